import { and, eq, gt, or } from 'drizzle-orm';
import { meetings, tasks } from '../../drizzle/schema/index.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import type { Ctx } from '../platform/services.ts';

/**
 * Calls off what a project that ends had still before it: meetings to come, and times that nobody can pick any more.
 * From then on nobody could do it. Whoever has one in a calendar can take the cancelled entry, as of any that is called
 * off. One that has taken place stays as it was.
 */
export async function callOffMeetings(tx: Tx, ctx: Ctx, projectId: string): Promise<void> {
  const isToCome = or(
    eq(meetings.state, 'PROPOSED'),
    and(eq(meetings.state, 'CONFIRMED'), gt(meetings.startsAt, ctx.clock.now())),
  );
  const toCome = await tx
    .select({ meeting: meetings, audience: tasks.visibility })
    .from(meetings)
    .innerJoin(tasks, eq(tasks.id, meetings.taskId))
    .where(and(eq(meetings.projectId, projectId), isToCome))
    .orderBy(meetings.id)
    .for('update', { of: meetings });
  for (const { meeting, audience } of toCome) {
    const sequence = meeting.sequence + 1;
    const calledOff = { state: 'CANCELLED' as const, sequence, revision: meeting.revision + 1 };
    await tx.update(meetings).set(calledOff).where(eq(meetings.id, meeting.id));
    const { state, startsAt, proposedTimes: times } = meeting;
    append(tx, {
      kind: 'meeting.cancelled',
      audience,
      actorId: ctx.viewer.personId,
      subjectId: meeting.id,
      projectId,
      taskId: meeting.taskId,
      facts: { inputId: meeting.inputId, sequence },
      revision: { before: { state, startsAt, times }, after: { state: 'CANCELLED' } },
    });
  }
}
