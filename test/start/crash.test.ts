import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { crash } from '../support/crash.ts';
import { createTestDatabase } from '../support/databases.ts';

test.each(['embedded', 'server'])(
  '[F1] five times kill -9 under load on the %s database: what was acknowledged is there, once',
  async (kind) => {
    const database = kind === 'server' ? await createTestDatabase() : null;
    const seed = Math.floor(Math.random() * 1_000_000);
    console.log(`seed ${seed}`);
    const report = await crash({
      dataDir: mkdtempSync(join(inject('runFolder'), 'd-')),
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
