import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { files, projects } from '../../drizzle/schema/index.ts';
import { viewerByPerson } from '../../server/accounts/queries.ts';
import { fileCreate, fileRemove } from '../../server/files/commands.ts';
import { fileRow } from '../../server/files/queries.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const room = 1_000;
const uploads = 25;
let app: TestApp;
let ctx: Ctx;
let used: number;
beforeEach(async () => {
  app = await startTestApp();
  used = await bytesOf(app.world.project.accountId);
  // What the sample keeps already, and a little more.
  const config = { ...app.config, maxAccountBytes: used + room, maxUploadsAnHour: uploads };
  const viewer = (await viewerByPerson(app.services, app.world.client.id))!;
  ctx = { ...app.services, config, viewer, loaders: new Map() };
});
afterEach(() => app.close());

async function bytesOf(accountId: string): Promise<number> {
  const rows = await app.services.db
    .select({ sizeBytes: files.sizeBytes })
    .from(files)
    .innerJoin(projects, eq(projects.id, files.projectId))
    .where(eq(projects.accountId, accountId));
  return rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function begin(sizeBytes: number, of = app.world.clients[0]!): Promise<string> {
  const file = { projectId: of.project.id, taskId: of.tasks[0]!.id, name: 'a.csv', sizeBytes, contentType: 'text/csv' };
  return (await transaction(ctx, async (tx) => ({ id: await fileCreate(ctx, tx, file) }))).value.id;
}

const codesOf = (settled: PromiseSettledResult<unknown>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? 'ok' : one.reason.code)).sort();

test('[U11] ten uploads at once take no more of the account’s room than is left', async () => {
  const settled = await Promise.allSettled(Array.from({ length: 10 }, () => begin(room / 5)));
  expect(codesOf(settled)).toEqual([...Array(5).fill('STORAGE_FULL'), ...Array(5).fill('ok')]);
  expect(await bytesOf(app.world.project.accountId)).toBe(used + room);
});

test('[U11] room is the account’s own, and comes back when an upload is given up', async () => {
  const id = await begin(room);
  await expect(begin(1)).rejects.toMatchObject({ code: 'STORAGE_FULL', field: 'file' });
  const other = app.world.clients[1]!;
  const config = { ...ctx.config, maxAccountBytes: (await bytesOf(other.account.id)) + room };
  ctx = { ...ctx, config };
  await begin(room, other);
  ctx = { ...ctx, config: { ...config, maxAccountBytes: used + room } };
  const row = (await fileRow(app.services.db, id))!;
  await transaction(ctx, (tx) => fileRemove(ctx, tx, row));
  await begin(room);
});

test('[U11] thousands of tiny uploads are refused, also when each is given up at once', async () => {
  for (let i = 0; i < uploads; i++) {
    const row = (await fileRow(app.services.db, await begin(1)))!;
    await transaction(ctx, (tx) => fileRemove(ctx, tx, row));
  }
  await expect(begin(1)).rejects.toMatchObject({ code: 'TOO_OFTEN', params: { minutes: 60 } });
  expect(await bytesOf(app.world.project.accountId)).toBe(used);
});
