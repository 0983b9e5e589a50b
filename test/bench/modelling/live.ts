import 'reflect-metadata';
import { createSchema } from '../../../server/schema.ts';
import { lossyBus } from '../../live/lossyBus.ts';
import { liveModel } from '../../live/model.ts';
import type { ModelGround } from '../model.ts';
import { notesServices } from '../noting/services.ts';

const portion = 500;
const atOnce = 4;

/** Readers of one project, and all that may happen to them: test/live/model.ts. */
export async function live({ databaseUrl, dataDir, runs, firstSeed }: ModelGround): Promise<void> {
  const { services, close } = await notesServices({ dataDir, databaseUrl, logLevel: 'silent' });
  try {
    const bus = lossyBus();
    const model = await liveModel({ ...services, bus }, bus, createSchema());
    const begun = performance.now();
    let next = firstSeed;
    const end = firstSeed + runs;
    const found: string[] = [];
    const walk = async () => {
      while (next < end && found.length === 0) {
        const seed = next++;
        found.push(...(await model.run(seed)).map((fault) => `Seed ${seed}: ${fault}`));
        const done = seed + 1 - firstSeed;
        if (done % portion > 0) continue;
        const seconds = (performance.now() - begun) / 1_000;
        console.log(`  ${done.toLocaleString('en')} runs, no divergence, ${(done / seconds).toFixed(1)} a second`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, walk));
    if (found.length > 0) throw new Error(found.join('\n'));
  } finally {
    await close();
  }
}
