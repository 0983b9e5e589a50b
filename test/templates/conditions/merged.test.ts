import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountFacts, people } from '../../../drizzle/schema/index.ts';
import { viewerFrom } from '../../../server/access/viewer.ts';
import { accountMerge } from '../../../server/accounts/merging/commands.ts';
import { mergePreview } from '../../../server/accounts/merging/queries.ts';
import { type ConditionsWorld, playbook, startConditionsWorld, task } from './conditionsWorld.ts';

let w: ConditionsWorld;
beforeAll(async () => {
  w = await startConditionsWorld();
});
afterAll(() => w.close());

const when = [{ of: 'FACT' as const, fact: 'shop.markets', isNot: false, values: ['Norway'] }];

it('tasks follow what the account knows that theirs went into', async () => {
  const { app, db, accountId: fromId } = w;
  await w.publish(playbook('merged', [task('a'), task('norway', { when })]));
  await w.clearFacts();
  const id = await w.project(['merged']);
  expect(await w.statesOf(id)).toEqual({ a: 'READY' });

  // Both say something else of it, and the word of the account that stays is kept: nothing is said anew.
  const intoId = app.world.otherProject.accountId;
  await db.delete(accountFacts).where(eq(accountFacts.accountId, intoId));
  const said = { key: 'shop.markets', source: 'SALES' as const, at: app.clock.now() };
  await db.insert(accountFacts).values([
    { ...said, accountId: fromId, value: 'Sweden' },
    { ...said, accountId: intoId, value: 'Norway' },
  ]);
  const personId = app.world.pm.id;
  await db.update(people).set({ role: 'MANAGER' }).where(eq(people.id, personId));
  const viewer = viewerFrom({ personId, sessionId: '', role: 'MANAGER', accountId: null });
  const ctx = { ...app.services, viewer, loaders: new Map() };
  const digest = (await mergePreview(ctx, intoId, fromId))?.digest ?? '';
  const facts = [{ key: 'shop.markets', keep: 'INTO' as const }];
  await accountMerge(ctx, intoId, { fromId, digest, facts, idempotencyKey: 'once' });
  expect(await w.statesOf(id)).toEqual({ a: 'READY', norway: 'READY' });
});
