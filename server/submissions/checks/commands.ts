import { and, desc, eq, isNotNull, isNull, ne, notInArray } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { checkRuns, checks, projects, submissions } from '../../../drizzle/schema/index.ts';
import { type Tx, transaction } from '../../platform/database/transaction.ts';
import { append } from '../../platform/events/log.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { taskBroke } from '../../tasks/commands.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { words } from '../../words/en.ts';
import { movedOn } from '../deliver/commands.ts';
import type { InputRow } from '../deliver/queries.ts';
import type { CheckFacts, CheckResult } from '../fetching/runCheck.ts';
import type { StoredSpec } from '../fetching/spec.ts';
import { type CheckOutcome, outcomeOf, reopens, standingOf } from '../fetching/standing.ts';
import type { SubmissionRow } from '../queries.ts';
import { lockSubmission } from '../reports/commands.ts';
import type { FactFinding } from '../validation/facts/rule.ts';
import type { Verdict } from '../validation/types.ts';
import { checkNoticed } from './notices/commands.ts';
import { type CheckRow, checkFrom } from './queries.ts';
import { nextRunAt, retryAt } from './schedule.ts';
import { type CheckSecret, newWebhookSecret, openSecret, sealSecret } from './secrets.ts';
import type { CheckGiven } from './subject.ts';

/*
 * A check's life. Its row is made with its submission, it is begun when that is finished, and from then on:
 *   isRunning  somebody waits for a run: the submission's verdict is to come, or a person asked again
 *   nextAt     when it looks again by itself; a row of `due_moments` says so, so that no restart forgets it
 *   endedAt    another version took its place, or its project ended: it never runs again
 * The first verdict moves submission and task as that of a file does. Later runs turn a refusal back as soon as it is
 * mended, and take back an acceptance only when the check is BROKEN: three failures in a row, and not FLAPPING.
 */

/** The job that looks; its subject is the check. It also falls due. */
export const checkJob = 'check.run';
const keptRuns = 100;
const maxFailures = 3;
const good: readonly string[] = ['ACCEPTED', 'ACCEPTED_WITH_WARNINGS'];

/**
 * Makes the row beside a submission that is begun. Answers with a webhook's secret when it was made now: it is shown
 * once. The secret of the version before goes on, so that whoever set it up need not again.
 */
export async function checkCreate(
  tx: Tx,
  ctx: Ctx,
  submission: Pick<SubmissionRow, 'id' | 'projectId' | 'taskId'>,
  { input, spec, given }: { input: InputRow; spec: StoredSpec; given: CheckGiven },
): Promise<void> {
  const sealed = await sealedFor(tx, ctx, input, spec, given);
  const { id: submissionId, projectId, taskId } = submission;
  const everyMinutes = input.spec.kind === 'CHECK' || input.spec.kind === 'URL' ? input.spec.everyMinutes : null;
  await tx.insert(checks).values({
    ...{ id: uuidv7(), submissionId, projectId, taskId, inputId: input.id, spec, sealed },
    ...{ everyMinutes: everyMinutes ?? null, standing: 'PASSING', appeared: [], mended: [] },
    ...{ isRunning: false, run: 0, failures: 0 },
  });
}

async function sealedFor(
  tx: Tx,
  ctx: Ctx,
  input: InputRow,
  spec: StoredSpec,
  given: CheckGiven,
): Promise<string | null> {
  if (spec.kind === 'FEED') {
    const { user, password } = given;
    const isGiven = (user ?? '') !== '' || (password ?? '') !== '';
    return isGiven ? sealSecret(ctx, input.id, { user: user ?? '', password: password ?? '' }) : null;
  }
  if (spec.kind !== 'WEBHOOK') return null;
  const before = given.renewSecret ? null : await webhookOf(tx, input.id);
  return before?.sealed ?? sealSecret(ctx, input.id, { secret: newWebhookSecret() });
}

/** The check of an input that holds the secret its webhook is signed with: of what was handed in, not only begun. */
export async function webhookOf(tx: Tx, inputId: string): Promise<CheckRow | null> {
  const [row] = await tx
    .select({ check: checks })
    .from(checks)
    .innerJoin(submissions, eq(submissions.id, checks.submissionId))
    .where(
      and(
        eq(checks.inputId, inputId),
        isNotNull(checks.sealed),
        isNull(checks.endedAt),
        isNotNull(submissions.finishedAt),
      ),
    )
    .orderBy(desc(submissions.finishedAt))
    .limit(1);
  const check = row ? checkFrom(row.check) : null;
  return check?.spec.kind === 'WEBHOOK' ? check : null;
}

/**
 * The secret that was made with this submission, to be shown to whoever began it; null when there is none, when it was
 * that of an earlier version, and once it is handed in.
 */
export async function secretMade(tx: Tx, ctx: Ctx, submission: SubmissionRow): Promise<string | null> {
  if (submission.finishedAt !== null) return null;
  const own = await checkOf(tx, submission.id);
  if (own?.spec.kind !== 'WEBHOOK' || own.sealed === null) return null;
  const [carried] = await tx
    .select({ id: checks.id })
    .from(checks)
    .where(and(eq(checks.inputId, own.inputId), eq(checks.sealed, own.sealed), ne(checks.id, own.id)));
  const opened: CheckSecret | null = carried ? null : openSecret(ctx, own);
  return opened && 'secret' in opened ? opened.secret : null;
}

/** The check of a submission; null for what nothing looks at. */
export async function checkOf(tx: Pick<Tx, 'select'>, submissionId: string): Promise<CheckRow | null> {
  const [row] = await tx.select().from(checks).where(eq(checks.submissionId, submissionId));
  return row ? checkFrom(row) : null;
}

/** What finishing a submission does to its check, in the same transaction: it is begun, and those before it are over. */
export async function checkStart(tx: Tx, services: Services, check: CheckRow): Promise<void> {
  const older = await tx
    .update(checks)
    .set({ endedAt: services.clock.now(), nextAt: null, isRunning: false, sealed: null })
    .where(and(eq(checks.inputId, check.inputId), ne(checks.id, check.id), isNull(checks.endedAt)))
    .returning({ id: checks.id });
  for (const { id } of older) await services.jobs.notDue(tx, checkJob, id);
  await tx.update(checks).set({ isRunning: true, failures: 0 }).where(eq(checks.id, check.id));
  await services.jobs.enqueue(tx, checkJob, { subjectId: check.id });
}

export type CheckBegun = { check: CheckRow; run: number };

/**
 * Takes the next run. Null when there is nothing to look at: it is over for good, or its project or task rests, and it
 * is asked again later. When it looks next is written before it looks, so that a crash in between loses one run at most.
 */
export async function checkBegin(services: Services, checkId: string): Promise<CheckBegun | null> {
  const { value } = await transaction(services, async (tx) => {
    const found = await lockCheck(tx, checkId);
    if (!found || found.check.endedAt !== null) return { begun: null };
    const { check, task, submission } = found;
    const [project] = await tx.select({ state: projects.state }).from(projects).where(eq(projects.id, check.projectId));
    if (submission.finishedAt === null) return { begun: null };
    const isGone = submission.state === 'SUPERSEDED' || submission.withdrawnAt !== null;
    if (isGone || project?.state === 'CLOSED' || project?.state === 'CANCELLED') {
      await checkEnd(tx, services, check);
      return { begun: null };
    }
    const run = check.run + 1;
    const nextAt = await scheduled(tx, services, check, null);
    const isResting = !task.isUnderWay || task.state === 'WAIVED' || task.state === 'CANCELLED';
    if (isResting && !check.isRunning) {
      await tx.update(checks).set({ nextAt }).where(eq(checks.id, check.id));
      return { begun: null };
    }
    await tx.update(checks).set({ run, nextAt }).where(eq(checks.id, check.id));
    return { begun: { check: { ...check, run, nextAt }, run } };
  });
  return value.begun;
}

/** It never runs again, and what a run under way still says is not heard. */
export async function checkEnd(tx: Tx, services: Services, check: CheckRow): Promise<void> {
  await services.jobs.notDue(tx, checkJob, check.id);
  const over = { endedAt: services.clock.now(), nextAt: null, isRunning: false, sealed: null };
  await tx.update(checks).set(over).where(eq(checks.id, check.id));
}

/** Writes down when it looks next by itself; null when it does not. */
async function scheduled(
  tx: Tx,
  services: Services,
  check: CheckRow,
  looked: CheckResult | null,
): Promise<Date | null> {
  const at = nextRunAt(check, services.clock.now(), looked);
  if (at === null) await services.jobs.notDue(tx, checkJob, check.id);
  else await services.jobs.due(tx, checkJob, check.id, at);
  return at;
}

/** Writes down what a look came to; submission, task and standing follow from it. */
export async function checkDone(
  services: Services,
  { check: { id: checkId }, run }: CheckBegun,
  looked: CheckResult,
  tookMs: number,
): Promise<void> {
  await transaction(services, async (tx) => {
    const found = await lockCheck(tx, checkId);
    if (!found || found.check.run !== run || found.check.endedAt !== null) return;
    const { check, task, submission } = found;
    const outcome = outcomeOf(looked.verdict, rulesOf(looked.findings), services.clock.now());
    const { verdict, findings, facts } = looked;
    const row = { id: uuidv7(), checkId, verdict, findings, facts, tookMs };
    await tx.insert(checkRuns).values({ ...row, ...outcome, rules: [...outcome.rules] });
    const history = await historyOf(tx, checkId);
    await forgetOld(tx, checkId);
    const now = standingOf(history);
    const isChanged = differs(history.at(-2), outcome);
    const isAsked = check.isRunning;
    const passedAt = check.passedAt ?? (outcome.result === 'FAILED' ? null : outcome.at);
    const told = await toldRules(tx, checkId, outcome, findings);
    // Runs that are not kept any more were in the same standing already.
    const since = now.state === check.standing ? (check.standingSince ?? now.since) : now.since;
    const nextAt = await scheduled(tx, services, check, looked);
    await tx
      .update(checks)
      .set({
        ...(facts.kind === 'FEED' ? { spec: pulled(check.spec, facts) } : {}),
        standing: now.state,
        standingSince: since,
        appeared: now.appeared.map((rule) => ({ rule, title: told.get(rule) ?? rule })),
        mended: now.mended.map((rule) => ({ rule, title: told.get(rule) ?? rule })),
        passedAt,
        lastAt: outcome.at,
        nextAt,
        isRunning: false,
        failures: 0,
      })
      .where(eq(checks.id, checkId));
    const on = onSubmission(task, submission);
    const inputId = check.inputId;
    if (isAsked || isChanged) {
      append(tx, { ...on, kind: 'submission.checked', facts: { verdict, findings: findings.length, inputId } });
    }
    if (history.length > 1 && now.state !== check.standing) {
      const moved = { from: check.standing, to: now.state, inputId };
      append(tx, { ...on, kind: 'submission.standingChanged', facts: moved });
    }
    const isKnown = isExcused(submission, history);
    const titles = [...new Set(findings.map(({ title }) => title))];
    await checkNoticed(
      tx,
      services,
      { check, task, submission, titles },
      {
        ...{ now: outcome.at, standing: now.state, since, hasPassed: check.passedAt !== null, isExcused: isKnown },
        ...{ isStanding: nextAt !== null, isGivenUp: check.everyMinutes !== null && nextAt === null },
      },
    );
    const isBroken = now.state === 'BROKEN' && !isKnown;
    // Credentials can be replaced in a task that is done: others that do not work are as good as none.
    const isReplacement = submission.state === 'VALIDATING' && verdict === 'REJECTED';
    const state = stateAfter({ submission, verdict, history, isAsked, isBroken, hasPassed: check.passedAt !== null });
    const changed = state === null ? submission : await withState(tx, submission, state);
    if (task.state === 'DONE' && (isReplacement || (isBroken && reopens(check.standing, now.state)))) {
      const titles = (isReplacement ? outcome.rules : now.appeared).map((rule) => told.get(rule) ?? rule);
      await taskBroke(tx, services, task, { submissionId: submission.id, reason: words.checks.broke({ titles }) });
    } else if (changed !== submission) await movedOn(tx, services, task, submission.id);
  });
}

/** A run that our own machinery broke off: it is tried again a minute later, and given up after three. */
export async function checkFailed(services: Services, { check: { id: checkId }, run }: CheckBegun): Promise<void> {
  await transaction(services, async (tx) => {
    const found = await lockCheck(tx, checkId);
    if (!found || found.check.run !== run || found.check.endedAt !== null) return;
    const { check, task, submission } = found;
    const failures = check.failures + 1;
    if (failures < maxFailures) {
      const nextAt = retryAt(services.clock.now());
      await services.jobs.due(tx, checkJob, checkId, nextAt);
      await tx.update(checks).set({ failures, nextAt }).where(eq(checks.id, checkId));
      return;
    }
    const nextAt = await scheduled(tx, services, check, null);
    await tx.update(checks).set({ failures: 0, isRunning: false, nextAt }).where(eq(checks.id, checkId));
    if (check.isRunning)
      append(tx, { ...onSubmission(task, submission), kind: 'submission.validationFailed', facts: {} });
  });
}

/** Whether somebody waits for a run. */
export async function isWaitedFor(services: Services, checkId: string): Promise<boolean> {
  const [row] = await services.db.select({ isRunning: checks.isRunning }).from(checks).where(eq(checks.id, checkId));
  return row?.isRunning ?? false;
}

/** Checks that somebody waits for: what a restart has to take up again at once. What falls due takes care of itself. */
export async function checksLeft(services: Services): Promise<void> {
  const left = await services.db.select({ id: checks.id }).from(checks).where(eq(checks.isRunning, true));
  for (const { id } of left) {
    await transaction(services, (tx) => services.jobs.enqueue(tx, checkJob, { subjectId: id }));
  }
}

export type CheckLocked = { check: CheckRow; task: TaskSeen; submission: SubmissionRow };

/** A check with its task and submission, all locked, the task first as everywhere. */
async function lockCheck(tx: Tx, checkId: string): Promise<CheckLocked | null> {
  const [known] = await tx.select({ of: checks.submissionId }).from(checks).where(eq(checks.id, checkId));
  const locked = known ? await lockSubmission(tx, known.of) : null;
  const [row] = await tx.select().from(checks).where(eq(checks.id, checkId)).for('update');
  return locked && row ? { ...locked, check: checkFrom(row) } : null;
}

/** A feed with the marks of its last good pull, to ask with the next time. */
function pulled(spec: StoredSpec, { last, feed }: Extract<CheckFacts, { kind: 'FEED' }>): StoredSpec {
  return spec.kind === 'FEED' ? { ...spec, last, failures: feed.failures } : spec;
}

function rulesOf(findings: readonly FactFinding[]): string[] {
  // A hint is no fault: that it came or went is nothing to be told of.
  return findings.filter(({ severity }) => severity !== 'HINT').map(({ rule }) => rule);
}

/** The kept runs, oldest first. */
async function historyOf(tx: Tx, checkId: string): Promise<CheckOutcome[]> {
  const rows = await tx
    .select({ at: checkRuns.at, result: checkRuns.result, rules: checkRuns.rules })
    .from(checkRuns)
    .where(eq(checkRuns.checkId, checkId))
    .orderBy(desc(checkRuns.at), desc(checkRuns.id))
    .limit(keptRuns);
  return rows.reverse();
}

async function forgetOld(tx: Tx, checkId: string): Promise<void> {
  const kept = tx
    .select({ id: checkRuns.id })
    .from(checkRuns)
    .where(eq(checkRuns.checkId, checkId))
    .orderBy(desc(checkRuns.at), desc(checkRuns.id))
    .limit(keptRuns);
  await tx.delete(checkRuns).where(and(eq(checkRuns.checkId, checkId), notInArray(checkRuns.id, kept)));
}

function differs(before: CheckOutcome | undefined, now: CheckOutcome): boolean {
  const key = ({ result, rules }: CheckOutcome) => [result, ...[...rules].sort()].join(' ');
  return before === undefined || key(before) !== key(now);
}

/** The titles of rules, as they were told now or by the last run that came out otherwise. */
async function toldRules(
  tx: Tx,
  checkId: string,
  { result }: CheckOutcome,
  findings: readonly FactFinding[],
): Promise<Map<string, string>> {
  const isOther = result === 'FAILED' ? ne(checkRuns.result, 'FAILED') : eq(checkRuns.result, 'FAILED');
  const [other] = await tx
    .select({ findings: checkRuns.findings })
    .from(checkRuns)
    .where(and(eq(checkRuns.checkId, checkId), isOther))
    .orderBy(desc(checkRuns.at), desc(checkRuns.id))
    .limit(1);
  const all = [...((other?.findings ?? []) as FactFinding[]), ...findings];
  return new Map(all.map(({ rule, title }) => [rule, title]));
}

/** Somebody accepted it in spite of its findings, and it has not been well since: that it fails is known. */
function isExcused({ acceptedAt }: SubmissionRow, history: readonly CheckOutcome[]): boolean {
  return acceptedAt !== null && history.every(({ at, result }) => at < acceptedAt || result === 'FAILED');
}

type Judged = {
  submission: SubmissionRow;
  verdict: Verdict;
  history: readonly CheckOutcome[];
  isAsked: boolean;
  isBroken: boolean;
  hasPassed: boolean;
};

/** What the submission becomes; null when it stays. */
function stateAfter({ submission, verdict, history, isAsked, isBroken, hasPassed }: Judged): Verdict | null {
  const { state, acceptedAt } = submission;
  if (state === 'VALIDATING') return verdict;
  if (verdict === 'REJECTED') return good.includes(state) && isBroken ? verdict : null;
  if (state === 'REJECTED') {
    // One good run by itself after a break may be luck; when somebody asks, they have mended it.
    const isHealed = isAsked || !hasPassed || history.slice(-2).every(({ result }) => result !== 'FAILED');
    return isHealed ? verdict : null;
  }
  return good.includes(state) && acceptedAt === null && state !== verdict ? verdict : null;
}

async function withState(tx: Tx, submission: SubmissionRow, state: Verdict): Promise<SubmissionRow> {
  await tx.update(submissions).set({ state }).where(eq(submissions.id, submission.id));
  return { ...submission, state };
}

/** What every event of a check says: nobody's act. */
function onSubmission(task: TaskSeen, submission: Pick<SubmissionRow, 'id'>) {
  const { projectId, id: taskId, visibility: audience } = task;
  return { audience, actorId: null, subjectId: submission.id, projectId, taskId };
}
