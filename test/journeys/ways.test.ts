import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { events, projects } from '../../drizzle/schema/index.ts';
import { plainCalendar } from '../../server/calendar.ts';
import { completionsOf, type Logged } from '../../server/journeys/reality/history.ts';
import { realityOf } from '../../server/journeys/reality/overall.ts';
import { type ProcessStep, realityLoader, type StepKind } from '../../server/journeys/reality/queries.ts';
import { daysTaken, mostDaysOf, type Stretch } from '../../server/journeys/reality/taking.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { countStatements } from '../support/countedStatements.ts';
import { as } from '../tasks/taskRows.ts';

/** A moment of November 2026, whose 2nd is a Monday. */
const at = (day: number, hour = 12) => new Date(Date.UTC(2026, 10, day, hour));
const held = (...days: [number, number | null][]): Stretch[] =>
  days.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) }));

describe('working days that a task took', () => {
  test.each<[string, number, Date, Date, Stretch[], Partial<typeof plainCalendar>]>([
    ['the same day', 0, at(2, 9), at(2, 17), [], {}],
    ['the next day, however few hours', 1, at(2, 23), at(3, 1), [], {}],
    ['a week', 5, at(2), at(9), [], {}],
    ['over a weekend', 1, at(6), at(9), [], {}],
    ['begun on a Saturday', 1, at(7), at(9), [], {}],
    ['a holiday in it', 4, at(2), at(9), [], { holidays: ['2026-11-04'] }],
    ['a week of own days', 2, at(2), at(9), [], { workingDays: [2, 3] }],
    ['on hold for two days', 3, at(2), at(9), held([3, 5]), {}],
    ['on hold over a weekend', 4, at(2), at(9), held([6, 9]), {}],
    ['on hold when it began', 2, at(3), at(9), held([1, 5]), {}],
    ['still on hold', 1, at(2), at(9), held([3, null]), {}],
    ['on hold before and after', 5, at(9), at(16), held([2, 6], [17, 20]), {}],
    ['on hold twice', 2, at(2), at(9), held([2, 3], [4, 6]), {}],
    ['a zone where it is the next day already', 0, at(2, 23), at(3, 1), [], { timeZone: 'Asia/Tokyo' }],
    ['done before it began', 0, at(9), at(2), [], {}],
  ])('%s: %i', (_, days, from, to, onHold, over) => {
    expect(daysTaken(from, to, onHold, { ...plainCalendar, ...over })).toBe(days);
  });

  test('are too many when they are more than twice as planned, and three more at least', () => {
    const planned = [0, 1, 2, 3, 5, 10];
    expect(planned.map(mostDaysOf)).toEqual([2, 3, 4, 6, 10, 20]);
  });

  test('count from when it could begin, or was opened again, and clients knew of the project', () => {
    const event = (day: number, kind: string, taskId: string | null, isDone = false): Logged => ({
      ...{ at: at(day), kind, taskId, isDone },
    });
    const log = [
      event(2, 'task.ready', 'a'),
      event(2, 'task.ready', 'b'),
      event(4, 'task.completed', 'a', true),
      event(5, 'project.held', null),
      event(9, 'project.resumed', null),
      event(10, 'task.reopened', 'a'),
      event(11, 'task.completed', 'a', true),
      event(12, 'task.accepted', 'b', true),
      event(12, 'task.completed', 'c', true),
    ];
    const tell = (since: Date | null) =>
      completionsOf(log, since, () => plainCalendar).map(({ taskId, days }) => `${taskId} ${days}`);
    expect(tell(null)).toEqual(['a 2', 'a 1', 'b 6', 'c null']);
    expect(tell(at(3))).toEqual(['a 1', 'a 1', 'b 5', 'c null']);
  });
});

const step = (key: string | null, kind: StepKind = 'AS_PLANNED', days: number | null = 1): ProcessStep => ({
  ...{ kind, key, title: `The ${key ?? 'other'}`, at: at(2), taskId: key, days, plannedDays: 1 },
});
const project = (projectId: string, fitness: number, ...steps: ProcessStep[]) => ({
  projectId,
  fit: { fitness, isFinished: true, steps },
});
const keys = new Set(['a', 'b', 'c']);

describe('what happened over projects', () => {
  const reality = realityOf(
    [
      project('1', 1, step('a'), step('b')),
      project('2', 0.5, step('b'), step('a'), step('a', 'REPEATED', 4)),
      project('3', 1, step('b', 'SLOW', 6), step('a')),
      project('4', 0.8, step('a'), step('b', 'SKIPPED', null), step(null, 'INSERTED', 20)),
      project('5', 0.8, step(null, 'INSERTED', 2), step('a'), step('b', 'SKIPPED', null), step('other', 'REPEATED', 9)),
    ],
    keys,
  );

  test('ways are told apart by where they left the plan, and not by an order that is free', () => {
    expect(reality.projectCount).toBe(5);
    expect(reality.medianFitness).toBe(0.8);
    expect(
      reality.ways.map(({ deviations, projectIds, share }) => [
        projectIds.join(),
        share,
        ...deviations.map(({ kind, title }) => `${kind} ${title}`),
      ]),
    ).toEqual([
      ['1,3', 0.4],
      ['4,5', 0.4, 'INSERTED The other', 'SKIPPED The b'],
      ['2', 0.2, 'REPEATED The a'],
    ]);
  });

  test('days beyond the plan are summed by task, all of them where it was done again', () => {
    expect(
      reality.bottlenecks.map(({ key, extraDays, projectCount, slowCount }) => [
        key,
        extraDays,
        projectCount,
        slowCount,
      ]),
    ).toEqual([
      ['b', 5, 3, 1],
      ['a', 4, 5, 0],
    ]);
    expect(reality.bottlenecks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
  });

  test('of no project there is nothing to tell', () => {
    expect(realityOf([], keys)).toEqual({ projectCount: 0, medianFitness: null, ways: [], bottlenecks: [] });
  });
});

describe('over the API', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  const query = `query ($id: ID!) { template(id: $id) { id reality { projectCount medianFitness
    ways { projectCount share deviations { kind title } examples { id } } bottlenecks { key extraDays slowCount } } } }`;
  const templateOf = async (name: string) => {
    const pm = await app.signIn(app.world.pm);
    const { templates } = await pm.ask('query { templates(first: 100) { nodes { id key name } } }');
    return templates.nodes.find((one: { name: string }) => one.name === name) as { id: string; key: string };
  };

  it('staff read it; a task that took long is told, on its project and in the sum', async () => {
    const { id } = await templateOf('Site search on Shopify');
    const pm = await app.signIn(app.world.pm);
    const before = (await pm.ask(query, { id })).template.reality;
    expect(before.projectCount).toBeGreaterThan(1);
    expect(before.ways.reduce((sum: number, way: { projectCount: number }) => sum + way.projectCount, 0)).toBe(
      before.projectCount,
    );
    const stepsOf =
      'query ($id: ID!) { project(id: $id) { processFit { steps { kind days plannedDays task { id } } } } }';
    const projectId = app.world.project.id;
    type Step = { kind: string; days: number; plannedDays: number; task: { id: string } };
    const steps = async (): Promise<Step[]> => (await pm.ask(stepsOf, { id: projectId })).project.processFit.steps;
    const longest = (await steps()).toSorted((one, other) => other.days - one.days)[0]!;
    expect(longest.days).toBeGreaterThan(0);
    // As if it had been ready three weeks before.
    const { db } = app.services;
    const early = (column: typeof events.at | typeof projects.activatedAt) => sql`${column} - interval '21 days'`;
    const isReady = and(eq(events.taskId, longest.task.id), eq(events.kind, 'task.ready'));
    await db
      .update(projects)
      .set({ activatedAt: early(projects.activatedAt) })
      .where(eq(projects.id, projectId));
    await db
      .update(events)
      .set({ at: early(events.at) })
      .where(isReady);
    const slow = (await steps()).find(({ task }) => task.id === longest.task.id)!;
    expect([slow.kind, slow.days > mostDaysOf(slow.plannedDays)]).toEqual(['SLOW', true]);
    for (const { kind, days, plannedDays } of await steps())
      expect([kind, days > mostDaysOf(plannedDays)]).toEqual([kind, kind === 'SLOW']);
    const { bottlenecks } = (await pm.ask(query, { id })).template.reality;
    expect(bottlenecks[0]).toMatchObject({ slowCount: 1, extraDays: slow.days - slow.plannedDays });
  });

  it('is nothing to clients and strangers', async () => {
    const { id, key } = await templateOf('Site search on Shopify');
    const client = await app.signIn(app.world.client);
    expect((await client.ask(query, { id })).template).toBeNull();
    for (const role of ['CLIENT_LEAD', 'CLIENT_MEMBER', 'PARTNER'] as const)
      expect([role, await realityLoader(as(app, role)).load(key)]).toEqual([role, null]);
  });

  it('takes as many statements for a template of many projects as for one of one', async () => {
    const counted = countStatements(app.config.databaseUrl!);
    const statementsFor = async (name: string) => {
      const { key } = await templateOf(name);
      counted.statements.length = 0;
      const reality = await realityLoader({ ...as(app, 'PM'), db: counted.db }).load(key);
      return [reality!.projectCount, counted.statements.length] as const;
    };
    const [few, statements] = await statementsFor('Site search on Magento');
    const [many, forMany] = await statementsFor('Site search on Shopify');
    expect(many).toBeGreaterThan(few);
    expect(forMany).toBe(statements);
    await counted.end();
  });
});
