import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events, inboxItems, milestoneSignOffs, phases, tasks } from '../../drizzle/schema/index.ts';
import { changesSince, digestOf, isReached } from '../../server/milestones/content.ts';
import { deliverUrl, revisionOf } from '../submissions/inputsWorld.ts';
import { anAddress } from '../support/taskWithInputs.ts';
import { type Answer, type MilestonesWorld, signText, startMilestonesWorld } from './milestonesWorld.ts';

let w: MilestonesWorld;
beforeAll(async () => {
  w = await startMilestonesWorld();
});
afterAll(() => w.close());

const codes = (answer: Answer) =>
  answer.data?.milestoneSignOff?.userErrors.map(({ code }: { code: string }) => code) ??
  answer.errors.map((error) => error.extensions?.code);

test.each([
  ['nothing on it', [], false],
  ['all done', ['DONE', 'DONE'], true],
  ['one open', ['DONE', 'READY'], false],
  ['one not ready', ['DONE', 'NOT_READY'], false],
  ['the rest not needed', ['DONE', 'WAIVED', 'CANCELLED'], true],
  ['nothing done, all of it not needed', ['WAIVED', 'CANCELLED'], false],
])('a milestone with %s', (_, states, wanted) => {
  expect(isReached(states.map((state) => ({ state })))).toBe(wanted);
});

test('what is signed stands for its words, its tasks and their versions, and for nothing else', () => {
  const task = { id: 'a', title: 'Feed', state: 'DONE', version: 3, submissionId: 's3' };
  const content = { name: 'Data', milestone: 'Products are there', tasks: [task] };
  const others = [
    { ...content, name: 'Build' },
    { ...content, milestone: 'Other' },
    { ...content, tasks: [] },
    { ...content, tasks: [{ ...task, title: 'Other' }] },
    { ...content, tasks: [{ ...task, submissionId: 's4', version: 4 }] },
    { ...content, tasks: [{ ...task, state: 'WAIVED' }] },
  ].map(digestOf);
  expect(new Set([digestOf(content), ...others]).size).toBe(others.length + 1);
  expect(digestOf(structuredClone(content))).toBe(digestOf(content));
  const newer = { ...task, version: 4, submissionId: 's4' };
  const added = { ...task, id: 'b' };
  expect(changesSince(content, content)).toEqual([]);
  expect(changesSince(content, { ...content, tasks: [added, newer] })).toEqual([
    { taskId: 'b', signed: null, now: added },
    { taskId: 'a', signed: task, now: newer },
  ]);
});

test('a lead or a sponsor signs a milestone that is reached, and who, when and what is kept', async () => {
  const { phaseId } = await w.reached();
  const before = await w.look(w.sponsor, phaseId);
  expect(before).toMatchObject({ isReached: true, signOff: null, viewerCan: { signOff: true } });
  const answer = await w.sign(w.sponsor, phaseId, { note: '  As we agreed. ' });
  expect(answer.data.milestoneSignOff).toMatchObject({ userErrors: [], position: expect.any(Number) });
  for (const session of [w.sponsor, w.member, w.partner, w.viewer, w.pm]) {
    expect(await w.look(session, phaseId)).toMatchObject({
      signOff: {
        number: 1,
        note: 'As we agreed.',
        digest: before.digest,
        isOutdated: false,
        by: { name: 'Of CLIENT_SPONSOR' },
        changes: [],
      },
      viewerCan: { signOff: false },
    });
  }
  const [event] = await w.app.services.db
    .select()
    .from(events)
    .where(and(eq(events.kind, 'milestone.signedOff'), eq(events.subjectId, phaseId)));
  expect(event).toMatchObject({ audience: 'SHARED', actorId: w.sponsor.personId, facts: { number: 1 } });
});

test('nobody else signs, and strangers find no milestone', async () => {
  const { phaseId } = await w.reached();
  for (const session of [w.member, w.viewer, w.partner, w.pm, w.director]) {
    expect(codes(await w.sign(session, phaseId))).toEqual(['FORBIDDEN']);
    expect((await w.look(session, phaseId)).viewerCan.signOff).toBe(false);
  }
  expect(codes(await w.sign(w.stranger, phaseId))).toEqual(['NOT_FOUND']);
  expect(
    await w.app.services.db.select().from(milestoneSignOffs).where(eq(milestoneSignOffs.phaseId, phaseId)),
  ).toEqual([]);
});

test('what is not reached, or is another than was seen, is not signed', async () => {
  const { phaseId, taskIds } = await w.stretch(1);
  expect(codes(await w.sign(w.lead, phaseId))).toEqual(['MILESTONE_NOT_REACHED']);
  await w.finish(w.member, taskIds[0]!);
  expect(codes(await w.sign(w.lead, phaseId, { digest: 'of something else' }))).toEqual(['CONFLICT']);
  expect((await w.look(w.lead, phaseId)).signOff).toBeNull();
});

test('the same key signs once, and two at once leave one number each', async () => {
  const { phaseId } = await w.reached();
  const { digest } = await w.look(w.lead, phaseId);
  const input = { idempotencyKey: crypto.randomUUID(), digest, note: '' };
  await Promise.all([1, 2, 3].map(() => w.lead.gql(signText, { id: phaseId, input })));
  await Promise.all([w.sign(w.lead, phaseId), w.sign(w.sponsor, phaseId)]);
  const rows = await w.app.services.db.select().from(milestoneSignOffs).where(eq(milestoneSignOffs.phaseId, phaseId));
  expect(rows.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
});

test('a newer version outdates it: it says which, and asks again', async () => {
  const { phaseId } = await w.stretch(0);
  const design = await w.task({ phaseId, title: 'Theme preview', isReviewWanted: false }, anAddress);
  await deliverUrl(w.member, design.id, design.inputs[0]!.id);
  await w.sign(w.lead, phaseId);
  w.app.clock.advance(60_000);
  await w.pm.ask(
    'mutation ($id: ID!, $input: TaskReopenInput!) { taskReopen(id: $id, input: $input) { userErrors { code } } }',
    { id: design.id, input: { revision: await revisionOf(w.pm, design.id), reason: 'Once more.' } },
  );
  const open = await w.look(w.lead, phaseId);
  expect(open).toMatchObject({
    isReached: false,
    signOff: { isOutdated: true, changes: [{ signedState: 'DONE', currentState: 'CHANGES_REQUESTED' }] },
    viewerCan: { signOff: false },
  });
  await deliverUrl(w.member, design.id, design.inputs[0]!.id, 'https://shop.example/b');
  expect(await w.look(w.lead, phaseId)).toMatchObject({
    isReached: true,
    signOff: { isOutdated: true, changes: [{ task: { title: 'Theme preview' }, signedVersion: 1, currentVersion: 2 }] },
    viewerCan: { signOff: true },
  });
  await w.sign(w.lead, phaseId);
  expect((await w.look(w.lead, phaseId)).signOff).toMatchObject({ number: 2, isOutdated: false });
});

test('internal work is no part of a milestone: neither its state nor its title shows through', async () => {
  const { phaseId } = await w.reached();
  const before = await w.look(w.lead, phaseId);
  const secret = await w.task({ phaseId, visibility: 'INTERNAL', title: 'kanariumilestone' });
  expect(await w.look(w.lead, phaseId)).toEqual(before);
  await w.sign(w.lead, phaseId);
  // Shared, it is a part that was not signed; hidden again, nothing says what it was.
  const set = (visibility: 'SHARED' | 'INTERNAL') =>
    w.app.services.db.update(tasks).set({ visibility }).where(eq(tasks.id, secret.id));
  await set('SHARED');
  expect((await w.look(w.lead, phaseId)).signOff.changes).toMatchObject([{ task: { id: secret.id } }]);
  await set('INTERNAL');
  expect((await w.look(w.lead, phaseId)).signOff).toMatchObject({ isOutdated: false, changes: [] });
});

test('whoever may sign is told in their inbox when it is reached, and nobody of staff', async () => {
  const { phaseId } = await w.reached();
  const rows = await w.app.services.db.select().from(inboxItems).where(eq(inboxItems.subjectId, phaseId));
  const told = rows.map(({ personId, reason }) => [personId, reason]);
  expect(told).toContainEqual([w.sponsor.personId, 'MILESTONE_REACHED']);
  expect(told).toContainEqual([w.member.personId, 'MILESTONE_REACHED']);
  expect(told.map(([id]) => id)).not.toContain(w.viewer.personId);
  expect(told.map(([id]) => id)).not.toContain(w.pm.personId);
});

test('of two last tasks that are finished at once, one reaches the milestone', async () => {
  const { phaseId, taskIds } = await w.stretch(2);
  await Promise.all([w.finish(w.member, taskIds[0]!), w.finish(w.lead, taskIds[1]!)]);
  const told = await w.app.services.db
    .select()
    .from(events)
    .where(and(eq(events.kind, 'milestone.reached'), eq(events.subjectId, phaseId)));
  expect(told.length).toBe(1);
});

test('what was signed stays signed when its phase is taken off the road', async () => {
  const { phaseId, taskIds } = await w.reached();
  await w.sign(w.lead, phaseId);
  const { db } = w.app.services;
  const [home] = await db.select().from(phases).where(eq(phases.projectId, w.projectId)).limit(1);
  for (const id of taskIds) await db.update(tasks).set({ phaseId: home!.id }).where(eq(tasks.id, id));
  const { project } = await w.pm.ask('query ($id: ID!) { project(id: $id) { revision } }', { id: w.projectId });
  const { phaseRemove } = await w.pm.ask(
    'mutation ($id: ID!, $input: PhaseRemoveInput!) { phaseRemove(id: $id, input: $input) { userErrors { code } } }',
    { id: phaseId, input: { revision: project.revision } },
  );
  expect(phaseRemove.userErrors).toEqual([]);
  const page = await (await w.pm.fetch(`/records/${w.projectId}`)).text();
  expect(page).toContain('All of it is there');
});
