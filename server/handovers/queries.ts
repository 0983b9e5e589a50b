import { aliasedTable, and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, guestSessions, handovers, people, projects, taskInputs, tasks } from '../../drizzle/schema/index.ts';
import { can, factsOfProject, isStaff } from '../access/policy.ts';
import { guestViewer, type Viewer } from '../access/viewer.ts';
import { tokenHash } from '../accounts/commands.ts';
import type { InputSpec } from '../inputs.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { byKey, groupByKey, loaderOf } from '../platform/graphql/loaders.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { isUnderWay, type TaskRow, type TaskSeen } from '../tasks/queries.ts';

export type HandoverRow = typeof handovers.$inferSelect;
type Reader = Pick<Services, 'db'> | { db: Pick<Tx, 'select'> };

const dayMs = 24 * 60 * 60_000;
/** How long a guest may still look at a task that is done: to read the last answer, and not for ever. */
export const afterDoneMs = dayMs;

const over: readonly TaskRow['state'][] = ['DONE', 'WAIVED', 'CANCELLED'];
export const isTaskOver = ({ state }: Pick<TaskRow, 'state'>): boolean => over.includes(state);

/** What ends a handover by itself: its last day, or a task that has been over for a day. Null: nothing yet. */
export function lapseOf(
  handover: Pick<HandoverRow, 'expiresAt'>,
  task: Pick<TaskRow, 'state' | 'stateSince'>,
  now: Date,
): 'EXPIRED' | 'DONE' | null {
  if (handover.expiresAt <= now) return 'EXPIRED';
  return isTaskOver(task) && task.stateSince.getTime() + afterDoneMs <= now.getTime() ? 'DONE' : null;
}

const giver = aliasedTable(people, 'giver');

/** A handover with its task, as the guests' door asks for it. */
export type Handed = { handover: HandoverRow; task: TaskSeen; account: string; giver: string };

async function handedBy(services: Reader, handoverId: string): Promise<Handed | null> {
  const [row] = await services.db
    .select({ handover: handovers, task: tasks, project: projects, account: accounts.name, giver })
    .from(handovers)
    .innerJoin(tasks, eq(tasks.id, handovers.taskId))
    .innerJoin(projects, eq(projects.id, handovers.projectId))
    .innerJoin(accounts, eq(accounts.id, projects.accountId))
    .innerJoin(giver, eq(giver.id, handovers.handedBy))
    .where(eq(handovers.id, handoverId));
  if (!row) return null;
  const { accountId, isDraft, isOver } = factsOfProject(row.project);
  const { timeZone, pmId } = row.project;
  const facts = { accountId, isDraft, isOver, timeZone, pmId, isUnderWay: isUnderWay(row.project) };
  // What somebody of the account handed over ends with them; what staff did stays good, as their invitations do.
  const isGiverGone = row.giver.removedAt !== null && !isStaff(row.giver);
  const handover = isGiverGone
    ? { ...row.handover, endedAt: row.handover.endedAt ?? row.giver.removedAt }
    : row.handover;
  return { handover, task: { ...row.task, ...facts }, account: row.account, giver: row.giver.name };
}

/** Whether a handover opens its task now: neither ended nor lapsed, and the task is still one to be seen. */
export function isOpenTo({ handover, task }: Handed, viewer: Viewer, now: Date): boolean {
  return handover.endedAt === null && lapseOf(handover, task, now) === null && can(viewer, 'task.read', task);
}

export const viewerOfHanded = ({ handover, task }: Handed, sessionId: string): Viewer =>
  guestViewer({ personId: handover.guestId ?? handover.id, sessionId, projectId: task.projectId, taskId: task.id });

/** A handover by its id, and whether it opens its task now; null when there is none. */
export async function handedById(services: Reader & Pick<Services, 'clock'>, id: string) {
  const handed = await handedBy(services, id);
  return handed && { ...handed, isOpen: isOpenTo(handed, viewerOfHanded(handed, ''), services.clock.now()) };
}

export type Guest = Handed & { viewer: Viewer; sessionId: string };

/**
 * The guest of a browser for one handover; null when it was not opened there, and as soon as it has ended. Asked at
 * every request and every beat of an open page, so that taking it back needs nobody's cooperation.
 */
export async function guestOf(services: Services, handoverId: string, token: string | null): Promise<Guest | null> {
  if (token === null) return null;
  const [session] = await services.db
    .select({ id: guestSessions.id })
    .from(guestSessions)
    .where(
      and(
        eq(guestSessions.handoverId, handoverId),
        eq(guestSessions.tokenHash, tokenHash(token)),
        isNull(guestSessions.endedAt),
      ),
    );
  const handed = session && (await handedBy(services, handoverId));
  if (!session || !handed || handed.handover.guestId === null) return null;
  const viewer = viewerOfHanded(handed, session.id);
  return isOpenTo(handed, viewer, services.clock.now()) ? { ...handed, viewer, sessionId: session.id } : null;
}

/** Who has tasks by a link, or gave them back while they are still open; null for nobody, and for who may not know. */
export function handoverOfTaskLoader(ctx: Ctx) {
  return loaderOf<string, HandoverRow | null>(ctx, 'handovers.ofTask', async (taskIds) => {
    const rows = await ctx.db
      .selectDistinctOn([handovers.taskId], { handover: handovers, state: tasks.state, stateSince: tasks.stateSince })
      .from(handovers)
      .innerJoin(tasks, eq(tasks.id, handovers.taskId))
      .where(inArray(handovers.taskId, [...taskIds]))
      .orderBy(handovers.taskId, desc(handovers.createdAt), desc(handovers.id));
    const now = ctx.clock.now();
    const told = rows.flatMap(({ handover, ...task }) => {
      const { endedAt, endedBy } = handover;
      const isGivenBack = endedBy === 'GIVEN_BACK' && !isTaskOver(task);
      return isGivenBack || (endedAt === null && lapseOf(handover, task, now) === null) ? [handover] : [];
    });
    return byKey(taskIds, told, (row) => row.taskId);
  });
}

/** What only somebody of the account hands in: secrets, a yes, a time, a file with its report. */
const notForGuests: readonly string[] = ['CREDENTIALS', 'APPROVAL', 'MEETING', 'FILE'];

/** Whether a guest can hand an input in. A webhook's secret is told to whoever hands it in, so it is none of theirs. */
export function isForGuests(spec: InputSpec): boolean {
  return !notForGuests.includes(spec.kind) && !(spec.kind === 'CHECK' && spec.check.of === 'WEBHOOK');
}

/** Whether a guest can finish tasks: whether all that they require can be handed in by one. */
export function isHandableLoader(ctx: Ctx) {
  return loaderOf<string, boolean>(ctx, 'handovers.isHandable', async (taskIds) => {
    const rows = await ctx.db
      .select({ taskId: taskInputs.taskId, spec: taskInputs.spec })
      .from(taskInputs)
      .where(and(inArray(taskInputs.taskId, [...taskIds]), eq(taskInputs.isRequired, true)));
    return groupByKey(taskIds, rows, (row) => row.taskId).map((inputs) =>
      inputs.every(({ spec }) => isForGuests(spec)),
    );
  });
}

/** Whether an address is somebody's who sees the task anyway, and whom its account may know. */
export async function isColleague(tx: Pick<Tx, 'select'>, task: TaskSeen, email: string): Promise<boolean> {
  const isOnProject = sql`exists (select 1 from project_partners attached where attached.person_id = ${people.id}
    and attached.project_id = ${task.projectId} and attached.detached_at is null)`;
  const [found] = await tx
    .select({ id: people.id })
    .from(people)
    .where(
      and(
        eq(people.email, email),
        isNull(people.removedAt),
        sql`(${people.accountId} = ${task.accountId} or ${isOnProject})`,
      ),
    );
  return found !== undefined;
}
