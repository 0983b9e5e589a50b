import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { eq, inArray, isNotNull, notLike, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  accountFacts,
  accounts,
  checkRuns,
  checks,
  comments,
  company,
  dueMoments,
  events,
  files,
  firstLooks,
  notes,
  noteUpdates,
  people,
  projectStaff,
  projects,
  reports,
  submissions,
  taskPromises,
  tasks,
} from '../../drizzle/schema/index.ts';
import { viewerFrom } from '../../server/access/viewer.ts';
import { myDay } from '../../server/day/queries.ts';
import type { NewEvent } from '../../server/events.ts';
import { firstLookNotice } from '../../server/firstLook/notice.ts';
import { milestonesNotice } from '../../server/milestones/commands.ts';
import { diskBlobs } from '../../server/platform/blobs/disk.ts';
import type { Tx } from '../../server/platform/database/transaction.ts';
import type { Ctx } from '../../server/platform/services.ts';
import type { StaffKey } from '../../server/sample/cast.ts';
import { loadSample } from '../../server/sample/commands.ts';
import { type SampleWorld, sampleWorld } from '../../server/sample/queries.ts';
import type { Report } from '../../server/submissions/validation/types.ts';
import { documentationFacts, fillVariables } from '../../server/tasks/documentation.ts';
import { templatesFromFiles } from '../../server/templates/commands.ts';
import { workload } from '../../server/workload/queries.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let services: TestServices;
let world: SampleWorld;

async function startWithBlobs(): Promise<TestServices> {
  const started = await startTestServices({
    blobs: diskBlobs(mkdtempSync(join(inject('runFolder'), 's-'))),
    // Who is asked how it went is asked in the transaction that reached the milestone.
    beforeCommit: milestonesNotice,
  });
  await templatesFromFiles(started);
  return started;
}

beforeAll(async () => {
  services = await startWithBlobs();
  expect(await loadSample(services)).toBe(true);
  world = await sampleWorld(services);
});
afterAll(() => services.close());

const statesOf = (key: keyof SampleWorld['projects']) =>
  Object.fromEntries(Object.values(world.projects[key].tasks).map((task) => [task.key, task.state]));

function ctxOf(key: StaffKey): Ctx {
  const { id: personId, role, accountId } = world.people[key];
  return { ...services, viewer: viewerFrom({ personId, sessionId: personId, role, accountId }), loaders: new Map() };
}

describe('the sample company', () => {
  it('has four accounts with a member, a lead and one project each, two project managers, two contributors, an admin and a partner', async () => {
    expect(await services.db.$count(accounts)).toBe(4);
    expect(await services.db.$count(projects)).toBe(4);
    expect(await services.db.$count(people, eq(people.role, 'PM'))).toBe(2);
    expect(await services.db.$count(people, eq(people.role, 'CONTRIBUTOR'))).toBe(2);
    expect(await services.db.$count(people, eq(people.role, 'CLIENT_MEMBER'))).toBe(4);
    expect(await services.db.$count(people, eq(people.role, 'CLIENT_LEAD'))).toBe(4);
    expect(await services.db.$count(people, eq(people.role, 'ADMIN'))).toBe(1);
    expect(await services.db.$count(people, eq(people.role, 'PARTNER'))).toBe(1);
    expect(await services.db.$count(people, eq(people.isSample, false))).toBe(0);
  });

  it('has its projects in three different phases', async () => {
    const phaseOf = async (projectId: string) => {
      const [row] = await services.db.execute<{ name: string }>(
        sql`select p.name from tasks t join phases p on p.id = t.phase_id
            where t.project_id = ${projectId} and t.state in ('IN_PROGRESS', 'CHANGES_REQUESTED', 'IN_REVIEW')
            order by p.index limit 1`,
      );
      return row?.name;
    };
    expect(await phaseOf(world.projects.fjord.id)).toBe('Kick-off and access');
    expect(await phaseOf(world.projects.lavande.id)).toBe('Your product data');
    expect(await phaseOf(world.projects.nordlicht.id)).toBe('Test and go live');
  });

  it('shows one task in review and one with changes asked for in the second, and only the test left in the third', () => {
    expect(statesOf('fjord')).toMatchObject({ kickoffPlan: 'DONE', sitemap: 'READY', feed: 'READY' });
    expect(statesOf('lavande')).toMatchObject({ feed: 'IN_REVIEW', orders: 'CHANGES_REQUESTED', brand: 'IN_PROGRESS' });
    const open = Object.entries(statesOf('nordlicht')).filter(([, state]) => state !== 'DONE');
    expect(Object.fromEntries(open)).toEqual({
      uat: 'IN_PROGRESS',
      goLiveChecklist: 'NOT_READY',
      liveCheck: 'NOT_READY',
    });
  });

  it('has exactly one open task overdue, and something due in the next days in every project', async () => {
    const today = services.clock.now().toISOString().slice(0, 10);
    const open = (await services.db.select().from(tasks)).filter((task) => task.state !== 'DONE');
    expect(open.filter((task) => task.dueOn! < today).map((task) => task.key)).toEqual(['sitemap']);
    const inAWeek = new Date(services.clock.now().getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
    for (const project of Object.values(world.projects)) {
      const dueSoon = open.filter(
        (task) => task.projectId === project.id && task.dueOn! >= today && task.dueOn! <= inAWeek,
      );
      expect(dueSoon.length, project.name).toBeGreaterThan(0);
    }
  });

  it('has work ahead for every colleague, and promises of clients that were kept, broken and are open', async () => {
    const work = await workload(ctxOf('elif'));
    for (const { person, weeks } of work!.people.filter(({ person }) => person?.role !== 'ADMIN')) {
      expect(
        weeks.some(({ taskCount }) => taskCount > 0),
        person?.name,
      ).toBe(true);
    }
    for (const key of ['mara', 'tom'] as const) {
      expect((await myDay(ctxOf(key)))!.groups.length, key).toBeGreaterThan(0);
    }
    const promised = await services.db
      .select({ task: tasks.key, on: taskPromises.promisedOn, endedBy: taskPromises.endedBy })
      .from(taskPromises)
      .innerJoin(tasks, eq(tasks.id, taskPromises.taskId))
      .orderBy(tasks.key, taskPromises.promisedOn);
    const today = services.clock.now().toISOString().slice(0, 10);
    expect(promised.map(({ task, on, endedBy }) => [task, endedBy ?? (on < today ? 'BROKEN' : 'OPEN')])).toEqual([
      // Handed in on the day that was promised: the turn left them.
      ['feed', 'LEFT'],
      ['feed', 'OPEN'],
      ['sitemap', 'BROKEN'],
    ]);
  });

  it('documents every task without a variable left open', async () => {
    const [firm] = await services.db.select().from(company);
    const staff = await services.db.select().from(people);
    for (const project of Object.values(world.projects)) {
      const [account] = await services.db.select().from(accounts).where(eq(accounts.id, project.accountId));
      const facts = await services.db.select().from(accountFacts).where(eq(accountFacts.accountId, project.accountId));
      const pm = staff.find((person) => person.id === project.pmId)!;
      const known = documentationFacts({ account: account!, company: firm!, pm, facts });
      for (const task of Object.values(project.tasks)) {
        expect(fillVariables(task.documentation, known)).not.toContain('{{');
      }
    }
  });

  it('has real files of more than one version, and an address, behind its submissions', async () => {
    const stored = await services.db.select().from(files);
    expect(stored.length).toBeGreaterThan(10);
    for (const file of stored) {
      expect(file.state).toBe('STORED');
      expect(await services.blobs.sizeOf(file.blobKey)).toBe(file.sizeBytes);
    }
    const delivered = await services.db.select().from(submissions).where(isNotNull(submissions.finishedAt));
    expect(Math.max(...delivered.map((each) => each.version!))).toBe(2);
    expect(delivered.some((each) => each.url !== null)).toBe(true);
    expect(delivered.some((each) => each.reviewReason !== null)).toBe(true);
  });

  it('shows files that are accepted, accepted with warnings and sent back, for reasons that its people talk of', async () => {
    const rows = await services.db
      .select({ name: files.name, state: submissions.state, verdict: reports.verdict, document: reports.document })
      .from(reports)
      .innerJoin(submissions, eq(submissions.id, reports.submissionId))
      .innerJoin(files, eq(files.id, submissions.fileId));
    const verdicts = Object.fromEntries(rows.map(({ name, verdict }) => [name, verdict]));
    expect(verdicts).toMatchObject({
      'produits-maison-lavande.csv': 'REJECTED',
      'produits-maison-lavande-v2.csv': 'ACCEPTED',
      'nordlicht-produkte-v2.csv': 'ACCEPTED_WITH_WARNINGS',
      'commandes-90-jours.csv': 'REJECTED',
      'bestellungen-90-tage.csv': 'ACCEPTED',
      'filter-nordlicht-v2.csv': 'ACCEPTED',
      'synonyme-nordlicht.csv': 'ACCEPTED',
    });
    const orders = rows.find(({ name }) => name === 'commandes-90-jours.csv');
    const found = (orders!.document as Report).findings.map(({ rule }) => rule);
    expect(found).toContain('personal.column');
    expect(found).not.toContain('CSV-06');
  });

  it('shows records that were missing and then right, looked at without a network, and never looks again by itself', async () => {
    const [row] = await services.db
      .select({ check: checks, state: tasks.state })
      .from(checks)
      .innerJoin(tasks, eq(tasks.id, checks.taskId))
      .where(eq(tasks.key, 'searchDomain'));
    expect(row?.state).toBe('DONE');
    expect(row?.check).toMatchObject({ standing: 'PASSING', isRunning: false, everyMinutes: null, nextAt: null });
    const runs = await services.db
      .select()
      .from(checkRuns)
      .where(eq(checkRuns.checkId, row!.check.id))
      .orderBy(checkRuns.at);
    expect(runs.map(({ result }) => result)).toEqual(['FAILED', 'PASSED', 'PASSED']);
    expect(runs[0]?.rules).toContain('DNS-01.misplaced');

    const all = await services.db.select().from(checks);
    expect(all.length).toBeGreaterThanOrEqual(4);
    expect(all.every(({ nextAt, isRunning }) => nextAt === null && !isRunning)).toBe(true);
    expect(await services.db.$count(dueMoments, eq(dueMoments.kind, 'check.run'))).toBe(0);
    expect(services.enqueued.filter(({ kind }) => kind === 'check.run')).toEqual([]);
  });

  it('talks both ways in every project, and among staff', async () => {
    const rows = await services.db.select().from(comments).innerJoin(people, eq(people.id, comments.authorId));
    for (const project of Object.values(world.projects)) {
      const own = rows.filter((row) => row.comments.projectId === project.id);
      expect(new Set(own.map((row) => row.people.accountId === null)).size).toBe(2);
      expect(own.some((row) => row.comments.audience === 'INTERNAL')).toBe(true);
    }
    expect(await services.db.$count(noteUpdates)).toBe(3);
  });

  it('spreads over the past weeks and never reaches into the future', async () => {
    // The templates were there before the company: they came with Slipway.
    const told = await services.db.select().from(events).orderBy(events.seq);
    const at = told.filter((event) => !event.kind.startsWith('template.')).map((event) => event.at.getTime());
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at.at(-1)!).toBeLessThanOrEqual(services.clock.now().getTime());
    expect(services.clock.now().getTime() - at[0]!).toBeGreaterThan(28 * 86_400_000);
    expect(await services.db.$count(projectStaff, isNotNull(projectStaff.lastClientActivityAt))).toBe(4);
  });

  it('has the event of every row of the domain, numbered without a gap', async () => {
    const of = (kind: string) => services.db.$count(events, eq(events.kind, kind));
    expect(await of('company.created')).toBe(1);
    expect(await of('account.created')).toBe(await services.db.$count(accounts));
    expect(await of('person.added')).toBe(await services.db.$count(people));
    expect(await of('project.created')).toBe(await services.db.$count(projects));
    expect(await of('task.created')).toBe(await services.db.$count(tasks));
    expect(await of('note.created')).toBe(await services.db.$count(notes));
    expect(await of('note.edited')).toBe(await services.db.$count(noteUpdates));
    expect(await of('comment.added')).toBe(await services.db.$count(comments));
    // What is handed in whole, such as a form, is finished in the act that makes it.
    const isBegunFirst = inArray(submissions.kind, ['FILE', 'URL', 'CHECK']);
    expect(await of('submission.created')).toBe(await services.db.$count(submissions, isBegunFirst));
    expect(await of('submission.finished')).toBe(
      await services.db.$count(submissions, isNotNull(submissions.finishedAt)),
    );
    for (const project of Object.values(world.projects)) {
      const own = await services.db.select().from(events).where(eq(events.projectId, project.id)).orderBy(events.seq);
      expect(own.map((event) => event.position)).toEqual(own.map((_, at) => at + 1));
    }
  });

  it("does nothing the second time, nor beside a company of one's own", async () => {
    const before = await services.db.$count(events);
    expect(await loadSample(services)).toBe(false);
    expect(await services.db.$count(events)).toBe(before);
    expect(await services.db.$count(company)).toBe(1);
  });
});

describe('loading the sample', () => {
  it('leaves nothing behind when it is cut off, and begins anew the next time', async () => {
    const other = await startWithBlobs();
    try {
      const broken = { ...other, blobs: { ...other.blobs, adopt: async () => Promise.reject(new Error('cut off')) } };
      await expect(loadSample(broken)).rejects.toThrow('cut off');
      expect(await other.db.$count(people)).toBe(0);
      expect(await other.db.$count(events, notLike(events.kind, 'template.%'))).toBe(0);
      expect(await loadSample(other)).toBe(true);
      expect(await other.db.$count(projects)).toBe(4);
    } finally {
      await other.close();
    }
  });

  it('loads once when two processes start at the same time', async () => {
    const other = await startWithBlobs();
    try {
      expect((await Promise.all([loadSample(other), loadSample(other)])).sort()).toEqual([false, true]);
      expect(await other.db.$count(company)).toBe(1);
    } finally {
      await other.close();
    }
  });
});

describe("the sample's first looks", () => {
  it('are there a minute after the feed that they are made of, in the days of its story', async () => {
    const own = await startWithBlobs();
    const { jobs } = own;
    const withLooks = {
      ...own,
      beforeCommit: async (tx: Tx, done: readonly NewEvent[], at: Date) => {
        await milestonesNotice(tx, done, at);
        await firstLookNotice(tx, { jobs }, done);
      },
    };
    await loadSample(withLooks);
    const looks = await own.db
      .select({ look: firstLooks, handedIn: submissions.finishedAt })
      .from(firstLooks)
      .leftJoin(submissions, eq(submissions.id, firstLooks.submissionId));
    const ready = looks.filter(({ look }) => look.state === 'READY');
    expect(ready.length).toBeGreaterThan(0);
    for (const { look, handedIn } of ready) {
      expect(look.settledRun).toBe(look.run);
      expect(look.firstLookAt!.getTime()).toBeLessThan(own.clock.now().getTime());
      expect(look.builtAt!.getTime() - handedIn!.getTime()).toBeGreaterThanOrEqual(60_000);
      expect(await own.blobs.sizeOf(look.indexKey!)).toBeGreaterThan(0);
    }
    const told = await own.db.select().from(events).where(eq(events.kind, 'firstLook.ready'));
    expect(told.length).toBeGreaterThanOrEqual(ready.length);
    const first = told.find(({ projectId }) => projectId === ready[0]!.look.projectId);
    expect(first?.at).toEqual(ready[0]!.look.firstLookAt);
    await own.close();
  });
});
