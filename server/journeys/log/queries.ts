import { and, asc, count, gt, gte, inArray, like, lt, type SQL, sql } from 'drizzle-orm';
import { events, projects, type TaskState, taskStates } from '../../../drizzle/schema/index.ts';
import { accountLoader, companyOf, peopleLoader } from '../../accounts/queries.ts';
import { uuids } from '../../platform/graphql/ids.ts';
import { groupByKey } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { projectLoader } from '../../projects/queries.ts';
import { taskLoader } from '../../tasks/queries.ts';
import type { LoggedCase, LoggedEvent, Transition } from './xes.ts';

export type LogFilter = { projectId?: string | undefined; from?: Date | undefined; before?: Date | undefined };

/** So many projects are read at once. */
const page = 20;

/** What a task that became this did, in the standard's words: while it is looked at, its doer waits. */
const transitionTo: Readonly<Record<TaskState, Transition>> = {
  NOT_READY: 'unknown',
  READY: 'schedule',
  IN_PROGRESS: 'start',
  SUBMITTED: 'suspend',
  IN_REVIEW: 'unknown',
  CHANGES_REQUESTED: 'resume',
  DONE: 'complete',
  WAIVED: 'manualskip',
  CANCELLED: 'withdraw',
};

/** How many events the filter lets through; the caller has asked policy. */
export async function loggedCount(ctx: Ctx, filter: LogFilter): Promise<number> {
  const [row] = await ctx.db.select({ count: count() }).from(events).where(movesOf(filter));
  return row?.count ?? 0;
}

/** Every project in which tasks moved, with all of these moves in their order; the caller has asked policy. */
export async function* loggedCases(ctx: Ctx, filter: LogFilter): AsyncGenerator<LoggedCase> {
  const { name: company } = await companyOf(ctx);
  for (let last: string | null = null; ; ) {
    const ids = await nextProjects(ctx, filter, last);
    // What was loaded for a page is of no use to the next.
    const reader: Ctx = { ...ctx, loaders: new Map() };
    const rows = await ctx.db
      .select()
      .from(events)
      .where(and(movesOf(filter), inArray(events.projectId, ids)))
      .orderBy(asc(events.projectId), asc(events.position));
    const byProject = groupByKey(ids, rows, (row) => row.projectId ?? '');
    for (const [at, id] of ids.entries()) {
      const found = await caseOf(reader, company, id, byProject[at] ?? []);
      if (found) yield found;
    }
    if (ids.length < page) return;
    last = ids.at(-1) ?? null;
  }
}

async function nextProjects(ctx: Ctx, { projectId }: LogFilter, last: string | null): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: projects.id })
    .from(projects)
    .where(
      and(
        projectId === undefined ? undefined : inArray(projects.id, uuids([projectId])),
        last === null ? undefined : gt(projects.id, last),
      ),
    )
    .orderBy(asc(projects.id))
    .limit(page);
  return rows.map(({ id }) => id);
}

function movesOf({ projectId, from, before }: LogFilter): SQL | undefined {
  return and(
    like(events.kind, 'task.%'),
    inArray(sql`${events.facts}->>'to'`, [...taskStates]),
    projectId === undefined ? undefined : inArray(events.projectId, uuids([projectId])),
    from ? gte(events.at, from) : undefined,
    before ? lt(events.at, before) : undefined,
  );
}

type EventRow = typeof events.$inferSelect;

async function caseOf(ctx: Ctx, company: string, id: string, rows: EventRow[]): Promise<LoggedCase | null> {
  const project = await projectLoader(ctx).load(id);
  if (!project || rows.length === 0) return null;
  const account = await accountLoader(ctx).load(project.accountId);
  const told = await Promise.all(rows.map((row) => loggedOf(ctx, company, row)));
  const { name, platform, state } = project;
  return { id, name, client: account?.name ?? '', platform, state, events: told.filter((one) => one !== null) };
}

async function loggedOf(ctx: Ctx, company: string, row: EventRow): Promise<LoggedEvent | null> {
  const [task, person] = await Promise.all([
    row.taskId === null ? null : taskLoader(ctx).load(row.taskId),
    row.actorId === null ? null : peopleLoader(ctx).load(row.actorId),
  ]);
  if (!task) return null;
  const state = row.facts.to as TaskState;
  return {
    id: row.id,
    activity: task.title,
    at: row.at,
    transition: transitionTo[state],
    state,
    by: person && { name: person.name, role: person.role, group: person.accountName ?? company },
  };
}
