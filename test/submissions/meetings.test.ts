import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events } from '../../drizzle/schema/index.ts';
import type { Session } from '../support/session.ts';
import { aMeeting, anAddress } from '../support/taskWithInputs.ts';
import { deliverUrl, type InputsWorld, key, startInputsWorld, taskText } from './inputsWorld.ts';

let w: InputsWorld;
beforeAll(async () => {
  w = await startInputsWorld();
});
afterAll(() => w.close());

const meetingFields = 'id revision state sequence startsAt calendarUrl proposedTimes { startsAt }';
const proposeText = `mutation ($input: MeetingProposeInput!) {
  meetingPropose(input: $input) { meeting { ${meetingFields} } task { state } userErrors { code field } }
}`;
const confirmText = `mutation ($id: ID!, $input: MeetingConfirmInput!) {
  meetingConfirm(id: $id, input: $input) { meeting { ${meetingFields} } task { state } userErrors { code field } }
}`;
const cancelText = `mutation ($id: ID!, $input: MeetingCancelInput!) {
  meetingCancel(id: $id, input: $input) { meeting { ${meetingFields} } userErrors { code } }
}`;

type Task = { id: string; inputs: { id: string; kind?: string }[] };

const inHours = (hours: number) => new Date(w.app.clock.now().getTime() + hours * 3_600_000).toISOString();

async function propose(session: Session, task: Task, times: string[], more: object = {}) {
  const inputId = task.inputs.at(-1)!.id;
  return session.gql(proposeText, { input: { inputId, idempotencyKey: key(), times, ...more } });
}
const confirm = (session: Session, meeting: { id: string; revision: number }, startsAt: string) =>
  session.gql(confirmText, { id: meeting.id, input: { revision: meeting.revision, startsAt } });
const seen = async (session: Session, task: Task) => (await session.ask(taskText, { id: task.id })).task;

test('one side proposes, the other picks; then the meeting is agreed and said in both zones', async () => {
  const task = await w.task({}, aMeeting);
  const times = [inHours(48), inHours(24)];
  const { meeting, task: after } = (await propose(w.pm, task, times)).data.meetingPropose;
  expect(after.state).toBe('IN_PROGRESS');
  expect(meeting).toMatchObject({ state: 'PROPOSED', calendarUrl: null, startsAt: null });
  expect(meeting.proposedTimes.map((one: { startsAt: string }) => one.startsAt)).toEqual([times[1], times[0]]);
  expect((await seen(w.pm, task)).inputs[0].viewerCan).toMatchObject({ arrange: true, confirm: false });
  expect((await seen(w.member, task)).inputs[0].viewerCan).toMatchObject({ arrange: true, confirm: true });
  expect((await confirm(w.pm, meeting, times[0]!)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  expect((await confirm(w.member, meeting, inHours(30))).data.meetingConfirm.userErrors[0]).toEqual({
    code: 'TIMES_INVALID',
    field: 'startsAt',
  });

  const { meetingConfirm } = (await confirm(w.member, meeting, times[1]!)).data;
  expect(meetingConfirm).toMatchObject({
    meeting: { state: 'CONFIRMED', startsAt: times[1], sequence: 1 },
    task: { state: 'IN_PROGRESS' },
  });
  const [input] = (await seen(w.member, task)).inputs;
  expect([input.meeting.clientTimeZone, input.meeting.companyTimeZone].every((zone) => zone.includes('/'))).toBe(true);
  const done = await w.pm.ask(
    'mutation ($id: ID!, $input: TaskCompleteInput!) { taskComplete(id: $id, input: $input) { task { state } userErrors { code } } }',
    { id: task.id, input: { revision: (await seen(w.pm, task)).revision } },
  );
  expect(done.taskComplete).toMatchObject({ task: { state: 'DONE' } });
});

test('of two who pick at once one is told that the meeting changed', async () => {
  const task = await w.task({}, aMeeting);
  const times = [inHours(24), inHours(48)];
  const { meeting } = (await propose(w.member, task, times)).data.meetingPropose;
  const answers = await Promise.all(times.map((time) => confirm(w.pm, meeting, time)));
  const codes = answers.map((answer) => answer.data.meetingConfirm.userErrors[0]?.code ?? null);
  expect(codes.sort()).toEqual(['CONFLICT', null]);
});

test('the calendar entry keeps its UID and raises its SEQUENCE when the meeting is moved or called off', async () => {
  const task = await w.task({ title: 'Kick-off; with, signs' }, aMeeting);
  let { meeting } = (await propose(w.pm, task, [inHours(24)])).data.meetingPropose;
  ({ meeting } = (await confirm(w.member, meeting, inHours(24))).data.meetingConfirm);
  const response = await w.member.fetch(meeting.calendarUrl);
  expect(response.headers.get('content-type')).toContain('text/calendar');
  const first = (await response.text()).replace(/\r\n /g, '');
  expect(first).toContain('METHOD:REQUEST');
  expect(first).toContain(`UID:meeting-${meeting.id}@slipway`);
  expect(first).toContain('SEQUENCE:1');
  expect(first).toContain('SUMMARY:Kick-off\\; with\\, signs');
  expect(first).toContain(`DTSTART:${inHours(24).replace(/[-:]|\.\d+/g, '')}`);
  expect(first).toMatch(/ATTENDEE[^\n]*client_member@inputs\.example/i);

  const moved = { revision: meeting.revision };
  ({ meeting } = (await propose(w.member, task, [inHours(72)], moved)).data.meetingPropose);
  expect(meeting).toMatchObject({ state: 'PROPOSED', calendarUrl: null });
  ({ meeting } = (await confirm(w.pm, meeting, inHours(72))).data.meetingConfirm);
  expect(await (await w.pm.fetch(meeting.calendarUrl)).text()).toContain('SEQUENCE:2');
  const cancelled = await w.pm.ask(cancelText, { id: meeting.id, input: { revision: meeting.revision } });
  const last = await (await w.pm.fetch(cancelled.meetingCancel.meeting.calendarUrl)).text();
  expect(last).toContain('METHOD:CANCEL');
  expect(last).toContain('STATUS:CANCELLED');
  expect(last).toContain('SEQUENCE:3');
  expect(last).toContain(`UID:meeting-${meeting.id}@slipway`);
});

test('[Z13] a calendar link is for its person, whole and for five minutes; anything else looks like nothing', async () => {
  const task = await w.task({}, aMeeting);
  let { meeting } = (await propose(w.pm, task, [inHours(24)])).data.meetingPropose;
  ({ meeting } = (await confirm(w.member, meeting, inHours(24))).data.meetingConfirm);
  const link: string = meeting.calendarUrl;
  const other = w.stranger.personId!;
  for (const wrong of [
    link.replace(meeting.id, task.id),
    link.replace(/person=[^&]+/, `person=${other}`),
    link.replace(/expires=\d/, 'expires=9'),
    `${link}&inline=1`,
    link.replace(/signature=(.)/, (_, first) => `signature=${first === '_' ? '-' : '_'}`),
    `/meetings/${meeting.id}.ics`,
    `/meetings/${meeting.id}`,
  ]) {
    expect([wrong, (await w.member.fetch(wrong)).status]).toEqual([wrong, 404]);
  }
  expect((await w.member.fetch(link)).status).toBe(200);
  for (const session of [w.app.anonymous(), w.stranger, w.lead, w.pm]) {
    expect((await session.fetch(link)).status).toBe(404);
  }
  w.app.clock.advance(5 * 60_000 + 1);
  expect((await w.member.fetch(link)).status).toBe(404);
});

test.each<[string, () => string[]]>([
  ['none', () => []],
  ['six', () => [1, 2, 3, 4, 5, 6].map((day) => inHours(day * 24))],
  ['one twice', () => [inHours(24), inHours(24)]],
  ['one that is past', () => [inHours(-1)]],
])('%s cannot be proposed', async (_, times) => {
  const task = await w.task({}, aMeeting);
  const { data } = await propose(w.pm, task, times());
  expect(data.meetingPropose).toMatchObject({ meeting: null, userErrors: [{ code: 'TIMES_INVALID', field: 'times' }] });
});

test('a proposal over one that was not seen is a conflict, and the same key proposes once', async () => {
  const task = await w.task({}, aMeeting);
  const more = { idempotencyKey: key() };
  const [one, two] = await Promise.all([1, 2].map(() => propose(w.pm, task, [inHours(24)], more)));
  expect(one!.data.meetingPropose.meeting.id).toBe(two!.data.meetingPropose.meeting.id);
  const blind = await propose(w.member, task, [inHours(30)]);
  expect(blind.data.meetingPropose.userErrors).toEqual([{ code: 'CONFLICT', field: 'revision' }]);
});

test('who only reads arranges nothing, and for another client there is no meeting', async () => {
  const task = await w.task({}, aMeeting);
  const { meeting } = (await propose(w.pm, task, [inHours(24)])).data.meetingPropose;
  for (const session of [w.viewer, w.sponsor, w.director]) {
    expect((await confirm(session, meeting, inHours(24))).errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await propose(session, task, [inHours(25)], { revision: 1 })).errors[0]?.extensions?.code).toBe(
      'FORBIDDEN',
    );
  }
  expect((await confirm(w.stranger, meeting, inHours(24))).errors[0]?.extensions?.code).toBe('NOT_FOUND');
  expect((await w.stranger.ask('query ($id: ID!) { node(id: $id) { id } }', { id: meeting.id })).node).toBeNull();
  const internal = await w.task({ visibility: 'INTERNAL' }, aMeeting);
  expect((await propose(w.lead, internal, [inHours(24)])).errors[0]?.extensions?.code).toBe('NOT_FOUND');
});

test('beside something to hand in, agreeing on the time is what was missing', async () => {
  const task = await w.task({}, anAddress, aMeeting);
  await deliverUrl(w.member, task.id, task.inputs[0]!.id);
  const { meeting } = (await propose(w.pm, task, [inHours(24)])).data.meetingPropose;
  expect((await confirm(w.member, meeting, inHours(24))).data.meetingConfirm.task.state).toBe('IN_REVIEW');
});

describe('a project that is cancelled', () => {
  const agreedIn = async (hours: number, values = {}) => {
    const task = await w.task(values, aMeeting);
    const { meeting } = (await propose(w.member, task, [inHours(hours)])).data.meetingPropose;
    return { task, meeting: (await confirm(w.pm, meeting, inHours(hours))).data.meetingConfirm.meeting };
  };
  const end = async () => {
    const { project } = await w.pm.ask('query ($id: ID!) { project(id: $id) { revision position } }', {
      id: w.projectId,
    });
    const input = { revision: project.revision, move: 'CANCEL', reason: 'The shop was sold.' };
    const text =
      'mutation ($id: ID!, $input: ProjectMoveInput!) { projectMove(id: $id, input: $input) { userErrors { code } } }';
    const { projectMove } = await w.pm.ask(text, { id: w.projectId, input });
    expect(projectMove.userErrors).toEqual([]);
  };

  test('calls off its meetings to come, in the act itself, and leaves what took place', async () => {
    const past = await agreedIn(1);
    w.app.clock.advance(2 * 3_600_000);
    const coming = await agreedIn(24);
    const proposed = await w.task({}, aMeeting);
    await propose(w.pm, proposed, [inHours(30)]);
    await end();

    const of = async (task: Task) => (await seen(w.member, task)).inputs[0].meeting;
    expect(await of(past.task)).toMatchObject({ state: 'CONFIRMED', sequence: 1 });
    expect(await of(proposed)).toMatchObject({ state: 'CANCELLED', startsAt: null });
    const off = await of(coming.task);
    expect(off).toMatchObject({ state: 'CANCELLED', sequence: 2, revision: coming.meeting.revision + 1 });
    const entry = await (await w.member.fetch(off.calendarUrl)).text();
    expect(entry).toContain('METHOD:CANCEL');
    expect(entry).toContain('SEQUENCE:2');

    const told = await w.app.services.db.select().from(events).where(eq(events.projectId, w.projectId));
    const ended = told.find(({ kind }) => kind === 'project.cancelled');
    const cancelled = told.filter(
      ({ kind, at }) => kind === 'meeting.cancelled' && at.getTime() === ended?.at.getTime(),
    );
    expect(cancelled.map(({ taskId }) => taskId)).toEqual(expect.arrayContaining([coming.task.id, proposed.id]));
    expect(cancelled.every(({ position }) => position! < ended!.position!)).toBe(true);

    // Nobody picks a time any more.
    const [input] = (await seen(w.pm, proposed)).inputs;
    expect(input.viewerCan).toMatchObject({ arrange: false, confirm: false });
  });
});
