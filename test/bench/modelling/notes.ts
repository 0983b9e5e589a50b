import { makeModelWorlds, runMany } from '../../notes/modelRuns.ts';
import type { ModelGround } from '../model.ts';
import { notesServices } from '../noting/services.ts';

const portion = 1_000;

/** Five people in one note, and all that may happen to it: test/notes/model.ts. */
export async function notesModel({ databaseUrl, dataDir, runs, firstSeed }: ModelGround): Promise<void> {
  const { services, close } = await notesServices({ dataDir, databaseUrl, logLevel: 'silent' });
  try {
    const worlds = await makeModelWorlds(services);
    const begun = performance.now();
    for (let done = 0; done < runs; ) {
      done += await runMany(services, worlds, { runs: Math.min(portion, runs - done), firstSeed: firstSeed + done });
      const seconds = (performance.now() - begun) / 1_000;
      console.log(`  ${done.toLocaleString('en')} runs, no divergence, ${(done / seconds).toFixed(0)} a second`);
    }
  } finally {
    await close();
  }
}
