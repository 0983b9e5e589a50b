import { and, eq, inArray, isNotNull, isNull, notInArray } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { events, milestoneRatings, people, phases, projects, tasks } from '../../../drizzle/schema/index.ts';
import type { EventKind, NewEvent } from '../../events.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { isReached } from '../content.ts';

const finishing: ReadonlySet<EventKind> = new Set<EventKind>([
  'task.completed',
  'task.approved',
  'task.accepted',
  'task.waived',
  'task.cancelled',
]);

/**
 * Notices in the transaction of an act that it finished the last shared task of a phase: tells it, and asks those on the
 * client's side who took part how it went, each once, however often a phase is opened again. Runs before what reads the
 * transaction's events, such as the inbox. Whoever finishes a task need not think of it.
 */
export async function milestonesNotice(tx: Tx, happened: readonly NewEvent[], at: Date): Promise<void> {
  const ids = happened.flatMap((event) => {
    return finishing.has(event.kind) && event.audience === 'SHARED' && 'taskId' in event ? [event.taskId] : [];
  });
  if (ids.length === 0) return;
  const closing = await tx
    .select({ id: tasks.id, phaseId: tasks.phaseId })
    .from(tasks)
    .where(and(inArray(tasks.id, ids), eq(tasks.visibility, 'SHARED')));
  const phaseIds = [...new Set(closing.map(({ phaseId }) => phaseId))].sort();
  if (phaseIds.length === 0) return;
  // Two last tasks that are finished at once would each see the other as open: the second waits here for the first.
  const locked = await tx
    .select({ id: phases.id, projectId: phases.projectId })
    .from(phases)
    .where(inArray(phases.id, phaseIds))
    .orderBy(phases.id)
    .for('no key update');
  const shared = await tx
    .select({ id: tasks.id, phaseId: tasks.phaseId, state: tasks.state })
    .from(tasks)
    .where(and(inArray(tasks.phaseId, phaseIds), eq(tasks.visibility, 'SHARED')));
  for (const { id: phaseId, projectId } of locked) {
    const own = shared.filter((task) => task.phaseId === phaseId);
    if (!isReached(own)) continue;
    const last = closing.findLast((task) => task.phaseId === phaseId);
    const [project] = await tx
      .select()
      .from(projects)
      .where(and(eq(projects.id, projectId), inArray(projects.state, ['ACTIVE', 'LIVE'])));
    if (!last || !project) continue;
    const asked = await ask(tx, happened, project, { phaseId, taskIds: own.map(({ id }) => id) }, at);
    append(tx, {
      kind: 'milestone.reached',
      audience: 'SHARED',
      actorId: null,
      subjectId: phaseId,
      projectId,
      taskId: last.id,
      facts: { phaseId, asked },
    });
  }
}

type Stretch = { phaseId: string; taskIds: readonly string[] };

/** People of the account who did something on the phase's shared tasks, now or before, and were not asked yet. */
async function ask(
  tx: Tx,
  happened: readonly NewEvent[],
  { id: projectId, accountId }: typeof projects.$inferSelect,
  { phaseId, taskIds }: Stretch,
  at: Date,
): Promise<string[]> {
  const before = await tx
    .selectDistinct({ actorId: events.actorId })
    .from(events)
    .where(and(inArray(events.taskId, [...taskIds]), eq(events.audience, 'SHARED'), isNotNull(events.actorId)));
  const now = happened.filter((event) => 'taskId' in event && taskIds.includes(event.taskId));
  const ids = [...new Set([...before, ...now].flatMap(({ actorId }) => actorId ?? []))];
  if (ids.length === 0) return [];
  const known = tx
    .select({ id: milestoneRatings.personId })
    .from(milestoneRatings)
    .where(eq(milestoneRatings.phaseId, phaseId));
  const asked = await tx
    .select({ id: people.id })
    .from(people)
    .where(
      and(
        inArray(people.id, ids),
        eq(people.accountId, accountId),
        eq(people.isApp, false),
        isNull(people.removedAt),
        notInArray(people.id, known),
      ),
    )
    .orderBy(people.id);
  if (asked.length > 0) {
    await tx
      .insert(milestoneRatings)
      .values(
        asked.map(({ id: personId }) => ({ id: uuidv7(), projectId, phaseId, personId, askedAt: at, words: '' })),
      );
  }
  return asked.map(({ id }) => id);
}
