import { and, between, eq, inArray, isNull, ne, notInArray } from 'drizzle-orm';
import { type LinkKind, type PinEdge, people, projects, tasks } from '../../../drizzle/schema/index.ts';
import { can, isStaff } from '../../access/policy.ts';
import { ApiError } from '../../platform/graphql/errors.ts';
import type { Ctx } from '../../platform/services.ts';
import { projectLoader } from '../../projects/queries.ts';
import { planFactsLoader } from '../forecast/queries.ts';
import { consequenceOf, type PlanChange, type PlanConsequence } from './change.ts';

/** So many other projects are named. */
const mostOthers = 10;

/** Another project in which somebody has something to do in the days to which this change moves their work here. */
export type OtherTouched = { projectId: string; personId: string };
export type PlanPreview = PlanConsequence & { projectId: string; others: OtherTouched[] };

/** A change as a request names it: the task, and exactly one of the other fields. */
type GivenChange = {
  taskId: string;
  due?: { dueOn?: string | null } | null;
  pin?: { pin?: { edge: PinEdge; on: string } | null } | null;
  durationDays?: number | null;
  isWaived?: boolean | null;
  link?: {
    predecessorId: string;
    isRemoved: boolean;
    kind: LinkKind;
    lagDays: number;
  } | null;
};

/** What would move if a change were saved; nothing is. Staff only: to everybody else the project's plan does not exist. */
export async function planPreview(ctx: Ctx, projectId: string, given: GivenChange): Promise<PlanPreview> {
  const project = await projectLoader(ctx).load(projectId);
  if (!project || !can(ctx.viewer, 'project.readStaffFields', project)) throw new ApiError('NOT_FOUND');
  const facts = await planFactsLoader(ctx).load(projectId);
  const known = new Set(facts?.tasks.map((task) => task.id));
  const named = given.link ? [given.taskId, given.link.predecessorId] : [given.taskId];
  if (!facts || named.some((id) => !known.has(id))) throw new ApiError('NOT_FOUND');
  const change = changeOf(given);
  if (change.of === 'DURATION' && (change.durationDays < 0 || change.durationDays > 400)) {
    throw new ApiError('BAD_USER_INPUT');
  }
  const consequence = consequenceOf(facts, change, projectId);
  return { projectId, ...consequence, others: await othersTouched(ctx, projectId, consequence) };
}

async function othersTouched(ctx: Ctx, projectId: string, { moves }: PlanConsequence): Promise<OtherTouched[]> {
  if (moves.length === 0) return [];
  const moved = moves.map((move) => move.taskId);
  const assigned = await ctx.db
    .selectDistinct({ id: people.id, role: people.role })
    .from(tasks)
    .innerJoin(people, eq(people.id, tasks.assigneeId))
    .where(and(inArray(tasks.id, moved), isNull(people.removedAt)));
  // The plans of clients are their own.
  const owners = assigned.filter(isStaff);
  if (owners.length === 0) return [];
  const days = moves.flatMap(({ fromOn, toOn }) => [fromOn, toOn]).sort();
  const busy = await ctx.db
    .selectDistinct({ projectId: tasks.projectId, personId: tasks.assigneeId })
    .from(tasks)
    .innerJoin(projects, eq(projects.id, tasks.projectId))
    .where(
      and(
        inArray(
          tasks.assigneeId,
          owners.map((owner) => owner.id),
        ),
        ne(tasks.projectId, projectId),
        eq(projects.state, 'ACTIVE'),
        notInArray(tasks.state, ['DONE', 'WAIVED', 'CANCELLED']),
        between(tasks.dueOn, days[0] ?? '', days.at(-1) ?? ''),
      ),
    )
    .limit(mostOthers);
  return busy.flatMap((row) => (row.personId === null ? [] : [{ projectId: row.projectId, personId: row.personId }]));
}

/** The one change that was given, of those that a request may name. */
function changeOf({ taskId, due, pin, durationDays, isWaived, link }: GivenChange): PlanChange {
  const all: PlanChange[] = [];
  if (due) all.push({ of: 'DUE', taskId, dueOn: due.dueOn ?? null });
  if (pin) all.push({ of: 'PIN', taskId, pin: pin.pin ?? null });
  if (typeof durationDays === 'number') all.push({ of: 'DURATION', taskId, durationDays });
  if (isWaived) all.push({ of: 'WAIVE', taskId });
  if (link) {
    const { predecessorId, isRemoved, kind, lagDays } = link;
    all.push({ of: 'LINK', taskId, predecessorId, rule: isRemoved ? null : { kind, lagDays } });
  }
  const [only, ...more] = all;
  if (!only || more.length > 0) throw new ApiError('BAD_USER_INPUT');
  return only;
}
