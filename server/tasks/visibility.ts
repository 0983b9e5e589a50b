import { and, eq, isNull, or } from 'drizzle-orm';
import { notes, people, projectPartners } from '../../drizzle/schema/index.ts';
import { can, isStaff } from '../access/policy.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { checkRevision, onTask, taskChange, taskLock } from './moving.ts';
import { assign } from './planning.ts';
import type { TaskRow, TaskSeen } from './queries.ts';

/**
 * Shares a task with the client, or takes it back. Both are told to whoever sees shared events: after `task.hidden` a
 * client who had it finds nothing under its id, and no later event of it reaches them. The audience of what was said
 * before does not change: what was internal stays so, and what was shared shows again when the task does. The note is
 * the task's own text, and goes with it.
 */
export function taskSetVisibility(
  ctx: Ctx,
  taskId: string,
  input: { revision: number; visibility: TaskRow['visibility'] },
): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    if (!can(ctx.viewer, 'task.setVisibility', task)) throw new ApiError('FORBIDDEN');
    checkRevision(task, input.revision);
    const { visibility } = input;
    if (visibility === task.visibility) return task;
    const isHidden = visibility === 'INTERNAL';
    await tx.update(notes).set({ audience: visibility }).where(eq(notes.taskId, task.id));
    append(tx, {
      ...onTask(ctx, task),
      kind: isHidden ? 'task.hidden' : 'task.shared',
      audience: 'SHARED',
      facts: {},
    });
    const changed = await taskChange(tx, ctx, task, { visibility });
    if (!isHidden) return changed;
    await endForClients(tx, ctx, task);
    return unassignClient(tx, ctx, changed);
  });
}

/** A client cannot have what does not exist for them. Said after the task was hidden, so for staff alone. */
async function unassignClient(tx: Tx, ctx: Ctx, task: TaskSeen): Promise<TaskSeen> {
  const [person] = task.assigneeId === null ? [] : await tx.select().from(people).where(eq(people.id, task.assigneeId));
  const isOfClient = task.isForLead || (person !== undefined && !isStaff(person));
  return isOfClient ? assign(tx, ctx, task, { assigneeId: null, isForLead: false }) : task;
}

/** Every open socket of the client's people is asked again: a note's room, and who is here, end at once. */
async function endForClients(tx: Tx, ctx: Ctx, task: TaskSeen): Promise<void> {
  const clients = await tx
    .select({ id: people.id })
    .from(people)
    .leftJoin(
      projectPartners,
      and(
        eq(projectPartners.personId, people.id),
        eq(projectPartners.projectId, task.projectId),
        isNull(projectPartners.detachedAt),
      ),
    )
    .where(
      and(
        isNull(people.removedAt),
        or(eq(people.accountId, task.accountId), eq(projectPartners.projectId, task.projectId)),
      ),
    );
  tx.afterCommit.push(() => {
    for (const { id } of clients) ctx.connections.recheck(id);
    ctx.bus.ring(`presence:${task.id}`);
  });
}
