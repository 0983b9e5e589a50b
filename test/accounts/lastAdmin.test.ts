import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../drizzle/schema/index.ts';
import { personChangeRole, personRemoveAs } from '../../server/accounts/members.ts';
import { viewerByPerson } from '../../server/accounts/queries.ts';
import type { Ctx } from '../../server/platform/services.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const isAdmin = and(eq(people.role, 'ADMIN'), isNull(people.removedAt));
const adminsNow = async () => (await app.services.db.select({ id: people.id }).from(people).where(isAdmin)).length;

/** Exactly these are admins, each with a request that was let in before anything happened. */
async function admins(count: number): Promise<Ctx[]> {
  const { db } = app.services;
  const ids = app.world.staff.slice(0, count).map(({ id }) => id);
  await db.update(people).set({ role: 'PM' }).where(isAdmin);
  for (const id of ids) await db.update(people).set({ role: 'ADMIN', removedAt: null }).where(eq(people.id, id));
  const viewers = await Promise.all(ids.map((id) => viewerByPerson(app.services, id)));
  return viewers.map((viewer) => ({ ...app.services, viewer: viewer!, loaders: new Map() }));
}

const acts = {
  remove: (ctx: Ctx, id: string) => personRemoveAs(ctx, id),
  demote: (ctx: Ctx, id: string) => personChangeRole(ctx, id, 'PM'),
};

test.each([
  ['remove', 'remove'],
  ['demote', 'demote'],
  ['remove', 'demote'],
] as const)('two admins who %s and %s each other at the same moment leave one', async (first, second) => {
  for (let round = 0; round < 25; round++) {
    const [one, other] = (await admins(2)) as [Ctx, Ctx];
    const done = await Promise.allSettled([
      acts[first](one, other.viewer.personId),
      acts[second](other, one.viewer.personId),
    ]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { extensions: { code: 'FORBIDDEN' } },
    });
    expect(await adminsNow()).toBe(1);
  }
});

test('a round of admins, each of whom removes the next, leaves one as well', async () => {
  for (let round = 0; round < 10; round++) {
    const all = await admins(4);
    await Promise.allSettled(all.map((ctx, i) => personRemoveAs(ctx, all[(i + 1) % all.length]!.viewer.personId)));
    expect(await adminsNow()).toBeGreaterThanOrEqual(1);
  }
});
