import { and, asc, eq, isNull, lte, max } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  notes,
  type PinEdge,
  people,
  phases,
  projectPartners,
  projects,
  taskInputs,
  tasks,
} from '../../drizzle/schema/index.ts';
import { can, factsOfProject, isStaff } from '../access/policy.ts';
import { dayOf, instantOf } from '../calendar.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ActError, ApiError } from '../platform/graphql/errors.ts';
import { isUuid } from '../platform/graphql/ids.ts';
import { idempotent } from '../platform/idempotency.ts';
import type { Ctx, Services } from '../platform/services.ts';
import { checkMay, checkNotBefore, clientWasActive } from '../projects/commands.ts';
import { firstInputs } from './firstInputs.ts';
import { checkRevision, lockRow, onTask, settle, taskChange, taskLock } from './moving.ts';
import type { TaskRow, TaskSeen } from './queries.ts';

export const maxTitleCharacters = 200;
const maxPurposeCharacters = 500;
const maxDocumentationCharacters = 100_000;
const maxMinutes = 10_080;
const maxDurationDays = 400;

/** What a planner may write of a task. */
export type TaskWords = Partial<
  Pick<
    TaskRow,
    | 'title'
    | 'purpose'
    | 'documentation'
    | 'minutes'
    | 'side'
    | 'isReviewWanted'
    | 'isGate'
    | 'dueOn'
    | 'startsOn'
    | 'durationDays'
  >
>;
/** Where a planner holds a task in the plan. */
export type Pin = { edge: PinEdge; on: string };
/** `pin`: null takes it away; left out, a due day given by hand is held by itself, because whoever names a day means it. */
export type TaskEdit = { revision: number; phaseId?: string; pin?: Pin | null } & TaskWords;
export type TaskCreate = {
  phaseId: string;
  title: string;
  type: TaskRow['type'];
  side: TaskRow['side'];
  visibility: TaskRow['visibility'];
  idempotencyKey: string;
} & TaskWords;

/** The job that looks at a task on its start day. */
export const startsJob = 'task.starts';

/** Has a task looked at when its start day begins in the project's zone. Called wherever `startsOn` is set. */
export async function startsLater(
  tx: Tx,
  services: Pick<Services, 'jobs'>,
  task: { id: string; startsOn: string | null; timeZone: string },
): Promise<void> {
  if (task.startsOn === null) await services.jobs.notDue(tx, startsJob, task.id);
  else await services.jobs.due(tx, startsJob, task.id, instantOf(task.startsOn, '00:00', task.timeZone));
}

/** Adds a task at the end of a phase, with its note, and with the input that its type asks for. */
export function taskCreate(ctx: Ctx, { idempotencyKey, ...input }: TaskCreate): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { phase, project } = await phaseFor(tx, ctx, input.phaseId);
    checkMay(ctx, 'task.create', factsOfProject(project));
    const id = await idempotent(ctx, tx, { act: 'taskCreate', key: idempotencyKey, body: input }, async () => {
      const row = newTask(ctx, project, phase.id, await placeIn(tx, phase), input);
      await tx.insert(tasks).values(row);
      append(tx, {
        kind: 'task.created',
        ...onTask(ctx, row),
        facts: { phaseId: phase.id },
        revision: { before: null, after: { title: row.title, purpose: row.purpose, dueOn: row.dueOn } },
      });
      const inputs = firstInputs(row);
      if (inputs.length > 0) {
        const of = inputs.map((source, index) => ({ ...source, id: uuidv7(), taskId: row.id, index }));
        await tx.insert(taskInputs).values(of);
      }
      await addNote(tx, ctx, row);
      if (row.startsOn !== null) {
        await startsLater(tx, ctx, { id: row.id, startsOn: row.startsOn, timeZone: project.timeZone });
      }
      if (row.state === 'READY') {
        append(tx, { kind: 'task.ready', ...onTask(null, row), facts: { from: 'NOT_READY', to: 'READY' } });
      }
      return { subjectId: row.id };
    });
    const made = await lockRow(tx, id);
    if (!made) throw new ApiError('NOT_FOUND');
    return made;
  });
}

/** The row of a task that somebody, or a rule, adds to a road that is under way. */
export function newTask(
  { clock }: Pick<Services, 'clock'>,
  project: { id: string; timeZone: string },
  phaseId: string,
  index: number,
  input: Omit<TaskCreate, 'idempotencyKey'>,
): TaskRow {
  const id = uuidv7();
  const now = clock.now();
  const words = checkWords(input);
  const startsOn = input.startsOn ?? null;
  checkNotBefore(startsOn, input.dueOn ?? null, 'dueOn');
  return {
    id,
    revision: 1,
    projectId: project.id,
    phaseId,
    index,
    // Playbooks name their tasks; one made by hand has no other name than its id.
    key: id,
    title: words.title ?? '',
    purpose: words.purpose ?? '',
    documentation: words.documentation ?? '',
    minutes: words.minutes ?? 30,
    type: input.type,
    side: input.side,
    visibility: input.visibility,
    state: startsOn !== null && startsOn > dayOf(now, project.timeZone) ? 'NOT_READY' : 'READY',
    stateSince: now,
    isReviewWanted: input.isReviewWanted ?? input.side === 'CLIENT',
    reviewerRole: null,
    acceptedExtensions: [],
    assigneeId: null,
    isForLead: false,
    isGate: input.isGate ?? false,
    startsOn,
    stuckSide: null,
    stuckBy: null,
    stuckSince: null,
    dueOn: input.dueOn ?? null,
    durationDays: words.durationDays ?? 1,
    // A day that is named from the beginning is meant, like one that is named later.
    pinEdge: input.dueOn ? 'FINISH' : null,
    pinOn: input.dueOn ?? null,
    startedAt: null,
    baselineOn: input.dueOn ?? null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Every task has its note from the first day, empty: the server owns its history, clients never seed it. */
export async function addNote(tx: Tx, ctx: Pick<Ctx, 'viewer'> | null, task: TaskRow): Promise<void> {
  const { projectId, id: taskId, visibility: audience, createdAt } = task;
  const note = { id: uuidv7(), projectId, taskId, audience, epoch: 1, createdAt };
  await tx.insert(notes).values(note);
  append(tx, { kind: 'note.created', ...onTask(ctx, task), subjectId: note.id, facts: {} });
}

/** Changes what is written of a task. Fields that are left out stay. */
export function taskEdit(ctx: Ctx, taskId: string, { revision, ...input }: TaskEdit): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'task.edit', task);
    checkRevision(task, revision);
    const { phaseId, pin, ...words } = checkWords(input);
    const place = phaseId === undefined || phaseId === task.phaseId ? {} : await placeFor(tx, ctx, task, phaseId);
    const change = differing(task, { ...words, ...place, ...pinned(task, pin, words.dueOn) });
    const fields = Object.keys(change) as (keyof TaskRow)[];
    if (fields.length === 0) return task;
    // One that is put off past its due day is late, and the plan says so; a due day before the start is a slip.
    if (change.dueOn) checkNotBefore({ ...task, ...change }.startsOn, change.dueOn, 'dueOn');

    const { dueOn, index: _, ...others } = change;
    const { side } = others;
    const hasOwnPin = pin !== undefined;
    const named = (Object.keys(others) as (keyof typeof others)[]).filter(
      // A pin that came with a due day is told by the due day.
      (field) => hasOwnPin || dueOn === undefined || (field !== 'pinEdge' && field !== 'pinOn'),
    );
    if (dueOn !== undefined) {
      append(tx, {
        kind: 'task.dueMoved',
        ...onTask(ctx, task),
        facts: { from: task.dueOn, to: dueOn },
        revision: { before: { dueOn: task.dueOn }, after: { dueOn } },
      });
    }
    if (named.length > 0) {
      append(tx, {
        kind: 'task.edited',
        ...onTask(ctx, task),
        // Whose turn it was is told again from the log: who owed it must not stand in words that can be erased.
        facts: { fields: named.join(' '), ...(side === undefined ? {} : { side: { from: task.side, to: side } }) },
        revision: {
          before: Object.fromEntries(named.map((field) => [field, task[field]])),
          after: Object.fromEntries(named.map((field) => [field, others[field]])),
        },
      });
    }
    const changed = await taskChange(tx, ctx, task, change);
    if (change.startsOn === undefined) return changed;
    await startsLater(tx, ctx, changed);
    return settle(tx, ctx, changed);
  });
}

/** The columns of a pin that was given, or that a new due day brings along. */
function pinned(task: TaskSeen, pin: Pin | null | undefined, dueOn: string | null | undefined): Partial<TaskRow> {
  if (pin === undefined && (dueOn === undefined || dueOn === task.dueOn)) return {};
  const held = pin === undefined && dueOn ? { edge: 'FINISH' as const, on: dueOn } : (pin ?? null);
  return { pinEdge: held?.edge ?? null, pinOn: held?.on ?? null };
}

/** Trims and bounds what was written; what was not given is not there. */
function checkWords<T extends TaskWords>(given: T): T {
  const words = { ...given };
  for (const [field, most] of [
    ['title', maxTitleCharacters],
    ['purpose', maxPurposeCharacters],
    ['documentation', maxDocumentationCharacters],
  ] as const) {
    const text = given[field]?.trim();
    if (text === undefined) continue;
    if (field === 'title' && text === '') throw new ActError('EMPTY', { field });
    if ([...text].length > most) throw new ActError('TOO_LONG', { field, params: { max: most } });
    words[field] = text;
  }
  const { minutes, durationDays } = given;
  if (durationDays !== undefined && (durationDays < 0 || durationDays > maxDurationDays)) {
    throw new ActError('OUT_OF_RANGE', { field: 'durationDays', params: { min: 0, max: maxDurationDays } });
  }
  if (minutes !== undefined && (minutes < 1 || minutes > maxMinutes)) {
    throw new ActError('OUT_OF_RANGE', { field: 'minutes', params: { min: 1, max: maxMinutes } });
  }
  return words;
}

/** The given fields that the task does not have already. */
function differing(task: TaskSeen, given: Partial<TaskRow>): Partial<TaskRow> {
  const isNew = ([field, value]: [string, unknown]) => value !== undefined && task[field as keyof TaskRow] !== value;
  return Object.fromEntries(Object.entries(given).filter(isNew));
}

/** A phase with its project; NOT_FOUND when the viewer may not see it. */
async function phaseFor(tx: Tx, ctx: Ctx, phaseId: string) {
  if (!isUuid(phaseId)) throw new ApiError('NOT_FOUND');
  const [found] = await tx
    .select({ phase: phases, project: projects })
    .from(phases)
    .innerJoin(projects, eq(projects.id, phases.projectId))
    .where(eq(phases.id, phaseId));
  if (!found || !can(ctx.viewer, 'project.read', factsOfProject(found.project))) throw new ApiError('NOT_FOUND');
  return found;
}

async function placeFor(tx: Tx, ctx: Ctx, task: TaskSeen, phaseId: string): Promise<Partial<TaskRow>> {
  const { phase, project } = await phaseFor(tx, ctx, phaseId);
  if (project.id !== task.projectId) throw new ActError('OTHER_PROJECT', { field: 'phaseId' });
  return { phaseId, index: await placeIn(tx, phase) };
}

/**
 * The place of a task that comes last in a phase. It shares the index of the one before it, and the road is ordered by
 * index and then id, which is of later time: so that no other row has to move.
 */
export async function placeIn(tx: Tx, phase: { projectId: string; index: number }): Promise<number> {
  const [last] = await tx
    .select({ index: max(tasks.index) })
    .from(tasks)
    .innerJoin(phases, eq(phases.id, tasks.phaseId))
    .where(and(eq(tasks.projectId, phase.projectId), lte(phases.index, phase.index)));
  return last?.index ?? 0;
}

export type Assignment = { revision: number; assigneeId: string | null; isForLead?: boolean };

/** Gives a task to a person, to whoever leads on the client's side, or to nobody. */
export function taskAssign(ctx: Ctx, taskId: string, input: Assignment): Promise<Committed<TaskSeen>> {
  return transaction(ctx, async (tx) => {
    const { task } = await taskLock(tx, ctx, taskId);
    checkMay(ctx, 'task.assign', task);
    checkRevision(task, input.revision);
    const { assigneeId, isForLead = false } = input;
    const to = { assigneeId: isForLead ? null : assigneeId, isForLead };
    if (to.assigneeId !== null) await checkAssignable(tx, ctx, task, to.assigneeId);
    if (to.isForLead && task.visibility === 'INTERNAL') throw new ActError('NOT_ASSIGNABLE', { field: 'isForLead' });
    if (to.assigneeId === task.assigneeId && to.isForLead === task.isForLead) return task;
    return assign(tx, ctx, task, to);
  });
}

/** Writes a checked assignment of a locked task. */
export async function assign(
  tx: Tx,
  ctx: Ctx,
  task: TaskSeen,
  to: Pick<TaskRow, 'assigneeId' | 'isForLead'>,
): Promise<TaskSeen> {
  const { assigneeId, isForLead } = task;
  append(tx, {
    kind: 'task.assigned',
    ...onTask(ctx, task),
    facts: { from: assigneeId, to: to.assigneeId, isForLead: to.isForLead },
    revision: { before: { assigneeId, isForLead }, after: to },
  });
  await clientWasActive(tx, ctx, task.projectId);
  return taskChange(tx, ctx, task, to);
}

async function checkAssignable(tx: Tx, ctx: Ctx, task: TaskSeen, personId: string): Promise<void> {
  const [person] = isUuid(personId) ? await tx.select().from(people).where(eq(people.id, personId)) : [];
  const [attached] = await tx
    .select({ projectId: projectPartners.projectId })
    .from(projectPartners)
    .where(
      and(
        eq(projectPartners.projectId, task.projectId),
        eq(projectPartners.personId, person?.id ?? task.id),
        isNull(projectPartners.detachedAt),
      ),
    )
    .orderBy(asc(projectPartners.createdAt));
  const isOfClient = person?.accountId === task.accountId || attached !== undefined;
  const isAssignable =
    person?.removedAt === null && (isStaff(person) ? isStaff(ctx.viewer) : isOfClient && task.visibility === 'SHARED');
  if (!isAssignable) throw new ActError('NOT_ASSIGNABLE', { field: 'assigneeId' });
}
