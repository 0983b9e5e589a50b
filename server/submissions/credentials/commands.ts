import { and, eq, inArray, ne } from 'drizzle-orm';
import { sealedCredentials, submissions, taskInputs } from '../../../drizzle/schema/index.ts';
import { can } from '../../access/policy.ts';
import { isFieldRequired } from '../../inputs.ts';
import { type Committed, type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import { ActError, ApiError } from '../../platform/graphql/errors.ts';
import { isUuid } from '../../platform/graphql/ids.ts';
import { idempotent } from '../../platform/idempotency.ts';
import type { Ctx } from '../../platform/services.ts';
import { checkMay } from '../../projects/commands.ts';
import { checkRevision } from '../../tasks/commands.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { checkCreate, checkEnd, checkOf, checkStart, webhookOf } from '../checks/commands.ts';
import { openSecret, secretField } from '../checks/secrets.ts';
import { deliverWhole, inputLock, movedOn } from '../deliver/commands.ts';
import { type InputOf, type InputRow, takesCredentials } from '../deliver/queries.ts';
import type { HandedIn } from '../forms/commands.ts';
import { type SubmissionRow, submissionById } from '../queries.ts';
import { purposeOf } from './queries.ts';

/*
 * A secret's way: typed -> sealed here, before any statement is made of it -> opened by `credentialsReveal` for one
 * answer, with an event, and by a check that tries it with one call to the platform it is for. It is destroyed when
 * another version takes its place, or when it is withdrawn. Its plain text never reaches a row, an event, a log line or
 * the hash of an idempotency key.
 */

const maxCharacters = 5_000;
export const revealedForMs = 30_000;

export type CredentialGiven = { field: string; value: string };
export type CredentialsInput = { inputId: string; idempotencyKey: string; revision: number; values: CredentialGiven[] };

/** Hands secrets in, all fields at once; those before them are destroyed. */
export function credentialsSubmit(ctx: Ctx, given: CredentialsInput): Promise<Committed<HandedIn>> {
  return transaction(ctx, async (tx) => {
    const { task: locked, input } = await inputLock(tx, ctx, given.inputId, 'CREDENTIALS');
    let task = locked;
    checkMay(ctx, 'credentials.submit', task);
    const { inputId, revision, values } = given;
    // A plain hash of a short password could be guessed: only a keyed one goes into the row of the idempotency key.
    const body = { inputId, revision, values: ctx.secrets.sign('credentialsSubmit', JSON.stringify(values)) };
    const id = await idempotent(ctx, tx, { act: 'credentialsSubmit', key: given.idempotencyKey, body }, async () => {
      checkRevision(task, revision);
      checkTaken(task);
      const sealed = seal(ctx, input, values);
      await destroy(tx, input.id);
      const { test } = input.spec;
      const state = test ? 'VALIDATING' : 'RECEIVED';
      const submission = await deliverWhole(tx, ctx, task, { ...input, kind: 'CREDENTIALS' }, { state });
      await tx.insert(sealedCredentials).values(sealed.map((row) => ({ ...row, submissionId: submission.id })));
      if (test) {
        await checkCreate(tx, ctx, submission, { input, spec: { kind: 'CREDENTIALS', ...test }, given: {} });
        const check = await checkOf(tx, submission.id);
        if (check) await checkStart(tx, ctx, check);
      }
      task = await movedOn(tx, ctx, task, submission.id);
      return { subjectId: submission.id };
    });
    return { projectId: task.projectId, submission: await submissionById(tx, id), task };
  });
}

/** Takes secrets back: they are destroyed, and that they were there stays on record. */
export function credentialsWithdraw(ctx: Ctx, inputId: string): Promise<Committed<HandedIn>> {
  return transaction(ctx, async (tx) => {
    const { task, input } = await inputLock(tx, ctx, inputId, 'CREDENTIALS');
    // Also when the project is over: then most of all.
    checkMay(ctx, 'credentials.submit', { ...task, isOver: false });
    const current = await currentOf(tx, input.id);
    if (!current) throw new ActError('EMPTY');
    if (current.withdrawnAt !== null) return { projectId: task.projectId, submission: current, task };
    await destroy(tx, input.id);
    // Whether they would have worked is nothing that anybody waits for any more.
    const isTried = current.state === 'VALIDATING';
    const withdrawn = { withdrawnAt: ctx.clock.now(), ...(isTried ? { state: 'RECEIVED' as const } : {}) };
    await tx.update(submissions).set(withdrawn).where(eq(submissions.id, current.id));
    const check = await checkOf(tx, current.id);
    if (check) await checkEnd(tx, ctx, check);
    append(tx, {
      kind: 'submission.withdrawn',
      audience: task.visibility,
      actorId: ctx.viewer.personId,
      subjectId: current.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { inputId: input.id },
    });
    const moved = isTried ? await movedOn(tx, ctx, task, current.id) : task;
    return { projectId: task.projectId, submission: { ...current, ...withdrawn }, task: moved };
  });
}

export type Revealed = { projectId: string; inputId: string; field: string; value: string; revealedUntil: Date };

/** Opens one secret for one answer. That it was looked at, and by whom, is on record before it leaves. */
export async function credentialsReveal(ctx: Ctx, inputId: string, field: string): Promise<Committed<Revealed>> {
  return transaction(ctx, async (tx) => {
    const { task, input } = await secretLock(tx, ctx, inputId);
    if (!can(ctx.viewer, 'credentials.reveal', task)) throw new ApiError('FORBIDDEN');
    const value =
      input.kind === 'CHECK'
        ? await webhookSecret(tx, ctx, input.id, field)
        : await credential(tx, ctx, input.id, field);
    if (value === null) throw new ApiError('NOT_FOUND');
    append(tx, {
      kind: 'credentials.revealed',
      audience: 'INTERNAL',
      actorId: ctx.viewer.personId,
      subjectId: input.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { inputId: input.id, field },
    });
    const revealedUntil = new Date(ctx.clock.now().getTime() + revealedForMs);
    return { projectId: task.projectId, inputId: input.id, field, value, revealedUntil };
  });
}

/** The input of a secret under its task's lock: one of credentials, or of a webhook whose events are signed. */
async function secretLock(tx: Tx, ctx: Ctx, inputId: string): Promise<{ task: TaskSeen; input: InputRow }> {
  const [known] = isUuid(inputId)
    ? await tx.select({ kind: taskInputs.kind }).from(taskInputs).where(eq(taskInputs.id, inputId))
    : [];
  return inputLock(tx, ctx, inputId, known?.kind === 'CHECK' ? 'CHECK' : 'CREDENTIALS');
}

async function credential(tx: Tx, ctx: Ctx, inputId: string, field: string): Promise<string | null> {
  const current = await currentOf(tx, inputId);
  if (!current) return null;
  const [row] = await tx
    .select()
    .from(sealedCredentials)
    .where(and(eq(sealedCredentials.submissionId, current.id), eq(sealedCredentials.field, field)));
  return row ? ctx.secrets.open(purposeOf(inputId, row.field), row.sealed) : null;
}

async function webhookSecret(tx: Tx, ctx: Ctx, inputId: string, field: string): Promise<string | null> {
  const check = field === secretField ? await webhookOf(tx, inputId) : null;
  const opened = check && openSecret(ctx, check);
  return opened && 'secret' in opened ? opened.secret : null;
}

/** What was given, sealed. An optional field that was left empty is not there. */
function seal(ctx: Ctx, input: InputOf<'CREDENTIALS'>, values: CredentialGiven[]): { field: string; sealed: string }[] {
  const { fields } = input.spec;
  const isKnown = values.every(({ field }) => fields.some((one) => one.key === field));
  if (!isKnown || new Set(values.map(({ field }) => field)).size < values.length) throw new ApiError('BAD_USER_INPUT');
  const given = fields.flatMap((field) => {
    const { key } = field;
    const value = values.find((one) => one.field === key)?.value ?? '';
    // Blanks around a value may belong to it; alone they are none.
    const isEmpty = value.trim() === '';
    if (isEmpty && isFieldRequired(field)) throw new ActError('EMPTY', { field: `values.${key}` });
    if (isEmpty) return [];
    if ([...value].length > maxCharacters) {
      throw new ActError('TOO_LONG', { field: `values.${key}`, params: { max: maxCharacters } });
    }
    return [{ field: key, sealed: ctx.secrets.seal(purposeOf(input.id, key), value) }];
  });
  if (given.length === 0) throw new ActError('EMPTY', { field: 'values' });
  return given;
}

function checkTaken(task: TaskSeen): void {
  if (!takesCredentials(task)) throw new ActError('WRONG_STATE', { params: { state: task.state } });
}

async function currentOf(tx: Tx, inputId: string): Promise<SubmissionRow | null> {
  const isCurrent = and(eq(submissions.inputId, inputId), ne(submissions.state, 'SUPERSEDED'));
  const [row] = await tx.select().from(submissions).where(isCurrent);
  return row ?? null;
}

async function destroy(tx: Tx, inputId: string): Promise<void> {
  const ofInput = tx.select({ id: submissions.id }).from(submissions).where(eq(submissions.inputId, inputId));
  await tx.delete(sealedCredentials).where(inArray(sealedCredentials.submissionId, ofInput));
}
