import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountCalendars, accounts, events, projectStandings, revisions, tasks } from '../../drizzle/schema/index.ts';
import { calendarOfAccount } from '../../server/accounts/queries.ts';
import { isWithinHours, plainCalendar } from '../../server/calendar.ts';
import { calendarsOf } from '../../server/plan/forecast/rows/queries.ts';
import { planFacts, planTask, shown } from '../plan/schedule/plans.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
let client: Session;
let id: string;

beforeAll(async () => {
  app = await startTestApp();
  pm = await app.signIn(app.world.pm);
  client = await app.signIn(app.world.client);
  id = app.world.project.accountId;
});
afterAll(() => app.close());

const payload = '{ account { revision staff { calendar { workingDays holidays } } } userErrors { code field } }';
const setText = `mutation ($id: ID!, $input: AccountCalendarSetInput!) { accountCalendarSet(id: $id, input: $input) ${payload} }`;
const set = async (input: Record<string, unknown>, account = id) =>
  (await pm.ask(setText, { id: account, input })).accountCalendarSet;
const revision = async () => (await app.services.db.select().from(accounts).where(eq(accounts.id, id)))[0]!.revision;

describe('when an account works', () => {
  test('is written down whole under the next revision, with its event, and taken back by the same act', async () => {
    const seen = await revision();
    const done = await set({
      revision: seen,
      workingDays: [4, 1, 1],
      holidays: ['2027-07-14', '2027-05-01', '2027-05-01'],
    });
    const calendar = { workingDays: [1, 4], holidays: ['2027-05-01', '2027-07-14'] };
    expect(done).toEqual({ account: { revision: seen + 1, staff: { calendar } }, userErrors: [] });
    const [event] = await app.services.db.select().from(events).orderBy(desc(events.seq)).limit(1);
    expect(event).toMatchObject({
      kind: 'account.calendarSet',
      audience: 'INTERNAL',
      projectId: null,
      subjectId: id,
      facts: {},
    });
    const [kept] = await app.services.db.select().from(revisions).where(eq(revisions.eventId, event!.id));
    expect(kept).toMatchObject({ before: { workingDays: null, holidays: [] }, after: calendar });

    const late = await set({ revision: seen, holidays: [] });
    expect(late).toMatchObject({
      userErrors: [{ code: 'CONFLICT', field: 'revision' }],
      account: { staff: { calendar } },
    });
    const count = await app.services.db.$count(events);
    expect((await set({ revision: seen + 1, ...calendar })).account.revision, 'said again, nothing changes').toBe(
      seen + 1,
    );
    expect(await app.services.db.$count(events)).toBe(count);
    const back = await set({ revision: seen + 1, workingDays: null, holidays: [] });
    expect(back.account).toEqual({ revision: seen + 2, staff: { calendar: { workingDays: null, holidays: [] } } });
  });

  test('is a week with a day in it and days that exist, 400 at most', async () => {
    const days = Array.from({ length: 401 }, (_, at) => new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10));
    for (const [input, field] of [
      [{ workingDays: [], holidays: [] }, 'workingDays'],
      [{ workingDays: [0, 1], holidays: [] }, 'workingDays'],
      [{ workingDays: [8], holidays: [] }, 'workingDays'],
      [{ workingDays: null, holidays: days }, 'holidays'],
      [{ workingDays: null, holidays: ['0002-02-03'] }, 'holidays'],
      [{ workingDays: null, holidays: ['2100-01-01'] }, 'holidays'],
    ] as const) {
      const refused = await set({ revision: await revision(), ...input });
      expect(refused.userErrors).toEqual([{ code: 'INVALID_CALENDAR', field }]);
    }
    for (const holidays of [['2027-02-30'], ['2027-02-29'], ['0000-01-01'], ['2027-13-01'], ['2027-05-01\u202e']]) {
      const sent = pm.ask(setText, { id, input: { revision: await revision(), holidays } });
      await expect(sent, holidays[0]).rejects.toThrow('BAD_USER_INPUT');
    }
    expect(await app.services.db.$count(accountCalendars, eq(accountCalendars.accountId, id))).toBe(1);
  });

  test('is neither read nor written by clients, whose account it is or not', async () => {
    const { viewer } = await client.ask('{ viewer { account { staff { calendar { holidays } } } } }');
    expect(viewer.account.staff).toBeNull();
    const input = { revision: await revision(), holidays: ['2027-05-01'] };
    await expect(client.ask(setText, { id, input })).rejects.toThrow('FORBIDDEN');
    await expect(client.ask(setText, { id: app.world.otherProject.accountId, input })).rejects.toThrow('NOT_FOUND');
  });
});

describe('counting by the days of both sides', () => {
  const own = { ...plainCalendar, holidays: ['2026-03-04'] };
  const known = { workingDays: null, holidays: ['2026-03-03'] };

  test.each([
    ['COMPANY', 'a 2026-03-02..2026-03-05'],
    ['CLIENT', 'a 2026-03-02..2026-03-05'],
    ['THIRD_PARTY', 'a 2026-03-02..2026-03-04'],
  ] as const)('a task of three days of %s goes over the days off of its own side alone', (side, span) => {
    const facts = planFacts({ tasks: [planTask('a', 3, { side })], calendars: calendarsOf({ own, client: known }) });
    expect(shown(facts)).toEqual([span.replaceAll('2026-', '')]);
  });

  test('a client who works on Monday and Thursday needs until the second Monday for three days', () => {
    const calendars = calendarsOf({ own, client: { workingDays: [1, 4], holidays: [] } });
    const tasks = [planTask('a', 3, { side: 'CLIENT' })];
    expect(shown(planFacts({ tasks, calendars }))).toEqual(['a 03-02..03-09']);
  });

  test.each([
    ['2026-03-02T10:00:00Z', true, true],
    ['2026-03-03T10:00:00Z', false, true],
    ['2026-03-04T10:00:00Z', true, false],
  ])('at %s the client is at work: %s, the company: %s', (at, isClient, isCompany) => {
    expect(isWithinHours(new Date(at), calendarOfAccount(own, known))).toBe(isClient);
    expect(isWithinHours(new Date(at), own)).toBe(isCompany);
  });

  test('a day off of the client is left out of its working days and the plan of its own projects, and moves no due day', async () => {
    const projectId = app.world.project.id;
    const rows = await app.services.db.select().from(tasks).where(eq(tasks.projectId, projectId));
    const { project } = await pm.ask('query ($id: ID!) { project(id: $id) { tasks { id side dueOn } } }', {
      id: projectId,
    });
    const mine = project.tasks.find(
      ({ side, dueOn }: { side: string; dueOn: string | null }) => side === 'CLIENT' && dueOn,
    );
    const dues = rows.map(({ id: taskId, dueOn }) => [taskId, dueOn]);
    const next = async (session: Session, side: string) => {
      const { id: taskId } = project.tasks.find((task: { side: string }) => task.side === side);
      return (await session.ask('query ($id: ID!) { task(id: $id) { nextBusinessDays(first: 3) } }', { id: taskId }))
        .task.nextBusinessDays as string[];
    };
    const [clientDays, companyDays] = [await next(pm, mine.side), await next(pm, 'COMPANY')];
    await pm.ask('{ integrations(first: 50) { nodes { forecastOn } } }');
    const standing = async () =>
      (await app.services.db.select().from(projectStandings).where(eq(projectStandings.projectId, projectId)))[0]!;
    const others = async () =>
      (await app.services.db.select().from(projectStandings))
        .filter((one) => one.projectId !== projectId)
        .map(({ projectId: of, basis }) => `${of} ${basis}`)
        .sort();
    const [before, othersBefore] = [await standing(), await others()];

    const off = clientDays[0]!;
    await set({ revision: await revision(), workingDays: null, holidays: [off] });
    expect((await next(pm, mine.side)).slice(0, 2), 'the day off is left out').toEqual(clientDays.slice(1));
    expect(await next(client, mine.side), 'and for the client as well').toEqual(await next(pm, mine.side));
    expect(await next(pm, 'COMPANY'), 'the company works on it').toEqual(companyDays);
    await pm.ask('{ integrations(first: 50) { nodes { forecastOn } } }');
    const after = await standing();
    expect(after.basis, 'what was remembered is computed again').not.toBe(before.basis);
    expect(after.planHash).not.toBe(before.planHash);
    expect(await others(), 'of this account alone').toEqual(othersBefore);
    const now = await app.services.db.select().from(tasks).where(eq(tasks.projectId, projectId));
    expect(now.map(({ id: taskId, dueOn }) => [taskId, dueOn]).sort(), 'due days stay').toEqual(dues.sort());
  });
});
