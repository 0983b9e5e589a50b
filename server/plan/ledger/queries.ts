import { and, asc, inArray } from 'drizzle-orm';
import { events, revisions, tasks } from '../../../drizzle/schema/index.ts';
import type { Audience } from '../../access/viewer.ts';
import { answerHoursOf } from '../../accounts/queries.ts';
import { plainCalendar, type WorkingCalendar } from '../../calendar.ts';
import { byKey, groupByKey, loaderOf } from '../../platform/graphql/loaders.ts';
import type { Ctx } from '../../platform/services.ts';
import { type ProjectSeen, projectLoader } from '../../projects/queries.ts';
import { calendarOf, outcomeOf, sharedPromisesOfProjectLoader } from '../../tasks/queries.ts';
import { dayReader } from '../queries.ts';
import { type Ledger, ledgerOf, type Party, type Terms } from './ledger.ts';
import { type OriginTask, originOf } from './origin.ts';
import { type LedgerEvent, ledgerKinds, replay, replayFrom, sideMoved, toldUntil } from './replay.ts';

/** How a side kept the days that it named itself. */
export type DaysKept = { readonly kept: number; readonly missed: number };
export type ProjectLedger = Ledger & {
  readonly projectId: string;
  readonly days: { readonly [P in Party]: DaysKept };
  /** The company's: what a working day is. */
  readonly calendar: WorkingCalendar;
};

/**
 * Whose turn it has been in a project since its clients know of it; null for a draft. SHARED is told from what clients
 * may know of alone, and is what both sides see. Read from the log at each asking, in as many statements for one project
 * as for many: nothing is kept that could disagree with it.
 */
export function ledgerLoader(ctx: Ctx, audience: Audience) {
  return loaderOf<string, ProjectLedger | null>(ctx, `plan.ledger.${audience}`, async (projectIds) => {
    const projects = (await projectLoader(ctx).loadMany(projectIds)).flatMap((one) =>
      one && 'id' in one && one.activatedAt !== null ? [{ ...one, activatedAt: one.activatedAt }] : [],
    );
    const ids = projects.map((project) => project.id);
    if (ids.length === 0) return projectIds.map(() => null);
    const [log, rows, answers] = await Promise.all([logOf(ctx, ids), tasksOf(ctx, ids), answerHoursOf(ctx)]);
    const now = ctx.clock.now();
    const told = projects.map(async (project): Promise<ProjectLedger> => {
      const own = log.get(project.id) ?? [];
      const origin = originOf(project, rows.get(project.id) ?? [], own);
      const [client, company, third] = await Promise.all(
        (['CLIENT', 'COMPANY', 'THIRD_PARTY'] as const).map((side) => calendarFor(ctx, project, side)),
      );
      const terms: Terms = {
        CLIENT: { calendar: client ?? plainCalendar, answerHours: answers.client },
        COMPANY: { calendar: company ?? plainCalendar, answerHours: answers.company },
        THIRD_PARTY: { calendar: third ?? plainCalendar, answerHours: null },
      };
      const run = replay(replayFrom(origin, audience), own);
      const days = await daysOf(ctx, project.id, terms);
      return { ...ledgerOf(toldUntil(run, now), terms), projectId: project.id, days, calendar: terms.COMPANY.calendar };
    });
    return byKey(projectIds, await Promise.all(told), (one) => one.projectId);
  });
}

function calendarFor(ctx: Ctx, project: ProjectSeen, side: Party) {
  const { timeZone, accountId } = project;
  const of = { side, timeZone, accountId };
  return calendarOf(ctx, of);
}

async function daysOf(ctx: Ctx, projectId: string, terms: Terms): Promise<ProjectLedger['days']> {
  const said = await sharedPromisesOfProjectLoader(ctx).load(projectId);
  const now = ctx.clock.now();
  const dayIn = dayReader();
  const of = (side: Party): DaysKept => {
    const day = (at: Date) => dayIn(terms[side].calendar.timeZone, at);
    const outcomes = said.filter((one) => one.side === side).map((one) => outcomeOf(one, day(now), day));
    return {
      kept: outcomes.filter((outcome) => outcome === 'KEPT').length,
      missed: outcomes.filter((outcome) => outcome === 'MISSED').length,
    };
  };
  return { CLIENT: of('CLIENT'), COMPANY: of('COMPANY'), THIRD_PARTY: of('THIRD_PARTY') };
}

type LoggedEvent = LedgerEvent & { id: string; projectId: string | null };

async function logOf(ctx: Ctx, projectIds: readonly string[]): Promise<Map<string, LoggedEvent[]>> {
  const { id, projectId, kind, taskId, facts, at } = events;
  const rows = await ctx.db
    .select({ id, projectId, kind, taskId, facts, at })
    .from(events)
    .where(and(inArray(projectId, [...projectIds]), inArray(kind, [...ledgerKinds])))
    .orderBy(asc(projectId), asc(events.position));
  const whole = await withOldSides(ctx, rows);
  return new Map(
    groupByKey(projectIds, whole, (row) => row.projectId ?? '').map((own, i) => [projectIds[i] ?? '', own]),
  );
}

/** Edits of older days told in words alone that the side was among what changed; from whom to whom, their revision says. */
async function withOldSides(ctx: Ctx, rows: LoggedEvent[]): Promise<LoggedEvent[]> {
  const old = rows.filter(
    ({ kind, facts }) =>
      kind === 'task.edited' && sideMoved(facts) === null && String(facts.fields).split(' ').includes('side'),
  );
  if (old.length === 0) return rows;
  const found = await ctx.db
    .select({ eventId: revisions.eventId, before: revisions.before, after: revisions.after })
    .from(revisions)
    .where(
      inArray(
        revisions.eventId,
        old.map(({ id }) => id),
      ),
    );
  const moved = new Map(found.map(({ eventId, before, after }) => [eventId, { from: before?.side, to: after?.side }]));
  return rows.map((row) => {
    const side = moved.get(row.id);
    return side?.from && side.to ? { ...row, facts: { ...row.facts, side } } : row;
  });
}

async function tasksOf(ctx: Ctx, projectIds: readonly string[]): Promise<Map<string, OriginTask[]>> {
  const { id, projectId, index, state, side, visibility, dueOn, createdAt } = tasks;
  const rows = await ctx.db
    .select({ id, projectId, index, state, side, visibility, dueOn, createdAt })
    .from(tasks)
    .where(inArray(projectId, [...projectIds]));
  return new Map(groupByKey(projectIds, rows, (row) => row.projectId).map((own, i) => [projectIds[i] ?? '', own]));
}
