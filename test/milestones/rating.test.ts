import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, inboxItems, milestoneRatings, people, projects, tasks } from '../../drizzle/schema/index.ts';
import { revisionOf } from '../submissions/inputsWorld.ts';
import {
  type Answer,
  type Loose,
  type MilestonesWorld,
  milestonesText,
  startMilestonesWorld,
} from './milestonesWorld.ts';

let w: MilestonesWorld;
beforeAll(async () => {
  w = await startMilestonesWorld();
});
afterAll(() => w.close());

const dayMs = 86_400_000;
const codes = (answer: Answer) =>
  answer.data?.milestoneRate?.userErrors.map(({ code }: { code: string }) => code) ??
  answer.errors.map((error) => error.extensions?.code);
const rows = (phaseId: string) =>
  w.app.services.db.select().from(milestoneRatings).where(eq(milestoneRatings.phaseId, phaseId));

test('those of the account who took part are asked, each once, however often it is reached', async () => {
  const { phaseId, taskIds } = await w.stretch(2);
  await w.finish(w.partner, taskIds[0]!);
  await w.finish(w.member, taskIds[1]!);
  expect((await rows(phaseId)).map(({ personId }) => personId)).toEqual([w.member.personId]);
  await w.pm.ask(
    'mutation ($id: ID!, $input: TaskReopenInput!) { taskReopen(id: $id, input: $input) { userErrors { code } } }',
    { id: taskIds[1], input: { revision: await revisionOf(w.pm, taskIds[1]!), reason: 'Once more.' } },
  );
  await w.finish(w.lead, taskIds[1]!);
  expect((await rows(phaseId)).map(({ personId }) => personId).sort()).toEqual(
    [w.member.personId, w.lead.personId].sort(),
  );
  const told = await w.app.services.db
    .select()
    .from(inboxItems)
    .where(and(eq(inboxItems.subjectId, phaseId), eq(inboxItems.personId, w.member.personId!)));
  expect(told.length).toBe(1);
});

test('an answer can be changed for a week, and is over then', async () => {
  const { phaseId } = await w.reached();
  expect(await w.look(w.member, phaseId)).toMatchObject({ myRating: { score: null }, viewerCan: { rate: true } });
  expect(codes(await w.rate(w.member, phaseId, 4, ' Quick answers. '))).toEqual([]);
  const since = (days: number, column: 'askedAt' | 'answeredAt') =>
    w.app.services.db
      .update(milestoneRatings)
      .set({ [column]: new Date(w.app.clock.now().getTime() - days * dayMs) })
      .where(eq(milestoneRatings.phaseId, phaseId));
  await since(6, 'answeredAt');
  expect(codes(await w.rate(w.member, phaseId, 5, 'Quick answers.'))).toEqual([]);
  expect((await w.look(w.member, phaseId)).myRating).toMatchObject({ score: 5, words: 'Quick answers.' });
  await since(7, 'answeredAt');
  expect(codes(await w.rate(w.member, phaseId, 1))).toEqual(['RATING_OVER']);
  expect((await w.look(w.member, phaseId)).viewerCan.rate).toBe(false);
  // A question that nobody answered is not asked for ever.
  const other = await w.reached();
  await w.app.services.db.update(milestoneRatings).set({ askedAt: new Date(w.app.clock.now().getTime() - 30 * dayMs) });
  expect(codes(await w.rate(w.lead, other.phaseId, 5))).toEqual(['RATING_OVER']);
});

test.each([0, 6, -1])('%i is no score', async (score) => {
  const { phaseId } = await w.reached();
  expect(codes(await w.rate(w.member, phaseId, score))).toEqual(['OUT_OF_RANGE']);
});

test('who would rather not say is not asked again', async () => {
  const { phaseId } = await w.reached();
  expect(codes(await w.rate(w.member, phaseId, null))).toEqual([]);
  expect((await w.look(w.pm, phaseId)).figures).toEqual({ asked: 2, answered: 0, average: null });
  expect((await rows(phaseId)).find(({ personId }) => personId === w.member.personId)?.answeredAt).not.toBeNull();
});

test('whoever was not asked has nothing to answer, and nobody answers for them', async () => {
  const { phaseId } = await w.reached();
  expect(codes(await w.rate(w.sponsor, phaseId, 1))).toEqual(['NOT_FOUND']);
  expect(codes(await w.rate(w.stranger, phaseId, 1))).toEqual(['NOT_FOUND']);
  for (const session of [w.pm, w.director, w.partner]) {
    expect(codes(await w.rate(session, phaseId, 1))).toEqual(['FORBIDDEN']);
  }
});

test('a low score opens one internal task for the PM, with the words as words', async () => {
  const { phaseId } = await w.reached();
  const said = 'Nobody answered *us* for {{accountId}}\n# a week <b>!';
  await w.rate(w.member, phaseId, 2, said);
  await w.rate(w.member, phaseId, 1, said);
  const mine = (await w.look(w.pm, phaseId)).ratings.find((one: Loose) => one.by.name === 'Of CLIENT_MEMBER');
  expect(mine).toMatchObject({
    score: 1,
    words: said,
    task: { visibility: 'INTERNAL', assignee: { id: w.app.world.project.pmId }, dueOn: expect.any(String) },
  });
  expect(mine.task.documentation).toContain(
    '> Nobody answered \\*us\\* for \\{\\{accountId\\}\\}\n> \\# a week \\<b\\>\\!',
  );
  const opened = await w.app.services.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.phaseId, phaseId), eq(tasks.visibility, 'INTERNAL')));
  expect(opened).toMatchObject([{ id: mine.task.id, state: 'READY', side: 'COMPANY' }]);
  const told = await w.app.services.db.select().from(inboxItems).where(eq(inboxItems.taskId, mine.task.id));
  expect(told.map(({ personId, reason }) => [personId, reason])).toEqual([[w.app.world.project.pmId, 'ASSIGNED']]);
  await w.rate(w.lead, phaseId, 3, 'All right.');
  expect((await w.look(w.pm, phaseId)).ratings.filter((one: Loose) => one.task)).toHaveLength(1);
});

test('clients see their own score alone: no other’s, no figure, no task, no event', async () => {
  const { phaseId } = await w.reached();
  await w.rate(w.member, phaseId, 1, 'kanarirating');
  const before = (await w.lead.ask(milestonesText, { id: w.projectId })).project.position;
  await w.rate(w.member, phaseId, 2, 'kanarirating');
  const after = (await w.lead.ask(milestonesText, { id: w.projectId })).project.position;
  expect(after).toBe(before);
  for (const session of [w.lead, w.sponsor, w.viewer, w.partner]) {
    expect(await w.look(session, phaseId)).toMatchObject({ ratings: null, figures: null });
    expect(session.bytesSeen()).not.toContain('kanarirating');
  }
  expect((await w.look(w.member, phaseId)).ratings).toBeNull();
  const page = await (await w.lead.fetch(`/records/${w.projectId}`)).text();
  expect(page).not.toContain('kanarirating');
  const told = await w.app.services.db
    .select()
    .from(events)
    .where(and(eq(events.kind, 'milestone.rated'), eq(events.subjectId, phaseId)))
    .orderBy(events.seq);
  expect(told.map(({ audience, facts }) => [audience, facts])).toEqual([
    ['INTERNAL', { isChanged: false }],
    ['INTERNAL', { isChanged: true }],
  ]);
});

test('a mean is told from five scores on', async () => {
  const { db, clock } = w.app.services;
  const { phaseId } = await w.reached();
  const at = clock.now();
  const add = async (score: number) => {
    const id = crypto.randomUUID();
    const stamps = { createdAt: at, updatedAt: at, timeZone: 'Europe/Paris', isSample: false };
    const of = { role: 'CLIENT_MEMBER' as const, accountId: w.app.world.client.accountId };
    await db.insert(people).values({ id, email: `${id}@rating.example`, name: 'One more', ...of, ...stamps });
    const said = { projectId: w.projectId, phaseId, personId: id, askedAt: at, answeredAt: at, words: '' };
    await db.insert(milestoneRatings).values({ id: crypto.randomUUID(), ...said, score });
  };
  for (const score of [5, 4, 4, 3]) await add(score);
  expect((await w.look(w.pm, phaseId)).figures).toEqual({ asked: 6, answered: 4, average: null });
  await add(1);
  expect((await w.look(w.pm, phaseId)).figures).toEqual({ asked: 7, answered: 5, average: 3.4 });
});

test('after the project is closed it can still be said, and opens no task there', async () => {
  const { phaseId } = await w.reached();
  const { db } = w.app.services;
  await db.update(projects).set({ state: 'CLOSED' }).where(eq(projects.id, w.projectId));
  try {
    expect(codes(await w.rate(w.member, phaseId, 1, 'Too late'))).toEqual([]);
    expect(codes({ ...(await w.rate(w.member, phaseId, 2)) })).toEqual([]);
    expect((await rows(phaseId)).every(({ taskId }) => taskId === null)).toBe(true);
    expect((await w.sign(w.lead, phaseId)).data.milestoneSignOff.userErrors).toEqual([
      { code: 'PROJECT_OVER', field: null },
    ]);
  } finally {
    await db.update(projects).set({ state: 'ACTIVE' }).where(eq(projects.id, w.projectId));
  }
});

test('somebody is asked something as long as they have not answered', async () => {
  const asked = async () => (await w.member.ask(milestonesText, { id: w.projectId })).project.isAskedOfMilestone;
  await w.app.services.db.update(milestoneRatings).set({ answeredAt: w.app.clock.now() });
  expect(await asked()).toBe(false);
  const { phaseId } = await w.reached();
  expect(await asked()).toBe(true);
  await w.rate(w.member, phaseId, 5);
  expect(await asked()).toBe(false);
});
