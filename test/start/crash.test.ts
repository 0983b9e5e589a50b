import { expect, test } from 'vitest';
import { copyEmbedded, makeDataDir } from '../database/both.ts';
import { copySample } from '../support/app.ts';
import { crash } from '../support/crash.ts';

test.each(['embedded', 'server'])(
  '[F1] five times kill -9 under load on the %s database: what was acknowledged is there, once',
  async (kind) => {
    const dataDir = makeDataDir();
    const database = kind === 'server' ? await copySample(dataDir) : null;
    if (database === null) await copyEmbedded(dataDir);
    const seed = Math.floor(Math.random() * 1_000_000);
    console.log(`seed ${seed}`);
    const report = await crash({
      dataDir,
      databaseUrl: database?.url ?? null,
      kills: 5,
      seed,
      tell: console.log,
    });
    expect(report.comments).toMatchObject({ lost: [], doubled: [] });
    expect(report.noteEdits).toMatchObject({ lost: [], doubled: [] });
    expect(report.comments.acknowledged).toBeGreaterThan(0);
    expect(report.noteEdits.acknowledged).toBeGreaterThan(0);
    await database?.drop();
  },
  300_000,
);
