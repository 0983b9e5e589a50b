import { createHash } from 'node:crypto';
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { approvals, files, submissions, taskInputs, tasks } from '../../../drizzle/schema/index.ts';
import { accountLoader, companyOf, peopleLoader } from '../../accounts/queries.ts';
import type { Ctx } from '../../platform/services.ts';
import type { ProjectSeen } from '../../projects/queries.ts';
import { type MilestoneNow, milestonesLoader, type SignOffRow, signOffsLoader } from '../queries.ts';

/** What is printed of one decision. */
export type PrintedApproval = {
  title: string;
  statement: string;
  decision: 'APPROVED' | 'REFUSED';
  reason: string;
  at: Date;
  by: string | null;
  /** In whose place; null when it was their own to decide, undefined when that person is not here any more. */
  inPlaceOf: string | null | undefined;
  /** What was decided on; null for the text of the task itself. */
  of: { title: string; version: number } | 'HIDDEN' | null;
  /** Of the text, or of the file, that was decided on; null where there is none. */
  fingerprint: string | null;
};
export type PrintedSignOff = {
  row: SignOffRow;
  by: string | null;
  isOutdated: boolean;
  shownTasks: ReadonlySet<string>;
};
export type ProjectRecord = {
  project: ProjectSeen;
  account: string;
  company: string;
  signOffs: PrintedSignOff[];
  approvals: PrintedApproval[];
};

/** All that was signed and approved in a project, of what both sides see: the same paper whoever prints it. */
export async function projectRecord(ctx: Ctx, project: ProjectSeen): Promise<ProjectRecord> {
  const [account, company, now, rows] = await Promise.all([
    accountLoader(ctx).load(project.accountId),
    companyOf(ctx),
    milestonesLoader(ctx).load(project.id),
    signOffsLoader(ctx).load(project.id),
  ]);
  return {
    project,
    account: account?.name ?? '',
    company: company.name,
    signOffs: await printedSignOffs(ctx, project, now, rows),
    approvals: await printedApprovals(ctx, project),
  };
}

async function printedSignOffs(
  ctx: Ctx,
  project: ProjectSeen,
  now: readonly MilestoneNow[],
  rows: readonly SignOffRow[],
): Promise<PrintedSignOff[]> {
  const shared = await ctx.db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.projectId, project.id), eq(tasks.visibility, 'SHARED')));
  const shownTasks = new Set(shared.map(({ id }) => id));
  const names = await namesOf(
    ctx,
    rows.map(({ personId }) => personId),
  );
  return rows.toReversed().map((row) => {
    const current = now.find(({ phase }) => phase.id === row.phaseId);
    return { row, by: names.get(row.personId) ?? null, isOutdated: current?.digest !== row.digest, shownTasks };
  });
}

async function printedApprovals(ctx: Ctx, project: ProjectSeen): Promise<PrintedApproval[]> {
  const seen = alias(submissions, 'seen');
  const seenTask = alias(tasks, 'seen_task');
  const rows = await ctx.db
    .select({
      title: tasks.title,
      spec: taskInputs.spec,
      approval: approvals,
      at: submissions.finishedAt,
      personId: submissions.submittedBy,
      version: seen.version,
      sha256: files.sha256,
      url: seen.url,
      answers: seen.answers,
      seenTitle: seenTask.title,
      seenVisibility: seenTask.visibility,
    })
    .from(approvals)
    .innerJoin(submissions, eq(submissions.id, approvals.submissionId))
    .innerJoin(tasks, eq(tasks.id, submissions.taskId))
    .innerJoin(taskInputs, eq(taskInputs.id, submissions.inputId))
    .leftJoin(seen, eq(seen.id, approvals.ofSubmissionId))
    .leftJoin(seenTask, eq(seenTask.id, seen.taskId))
    .leftJoin(files, eq(files.id, seen.fileId))
    .where(and(eq(tasks.projectId, project.id), eq(tasks.visibility, 'SHARED'), isNotNull(submissions.finishedAt)))
    .orderBy(asc(submissions.finishedAt), asc(submissions.id));
  const names = await namesOf(
    ctx,
    rows.flatMap(({ personId, approval }) => [personId, approval.givenForId ?? []].flat()),
  );
  return rows.map(({ title, spec, approval, at, personId, version, seenTitle, seenVisibility, ...delivered }) => {
    const isHidden = seenVisibility === 'INTERNAL';
    const of = seenTitle === null ? null : { title: seenTitle, version: version ?? 1 };
    return {
      title,
      statement: spec.kind === 'APPROVAL' ? spec.statement : '',
      decision: approval.decision,
      reason: approval.reason,
      at: at ?? ctx.clock.now(),
      by: names.get(personId) ?? null,
      inPlaceOf: approval.givenForId && names.get(approval.givenForId),
      of: isHidden ? 'HIDDEN' : of,
      fingerprint: isHidden ? null : (approval.ofText ?? fingerprintOf(delivered)),
    };
  });
}

type Delivered = { sha256: string | null; url: string | null; answers: unknown };

/** Of what was handed in: of a file its bytes, of an address or of answers what was written; none of what is sealed. */
function fingerprintOf({ sha256, url, answers }: Delivered): string | null {
  if (sha256 !== null) return sha256;
  const written = url ?? (answers === null ? null : JSON.stringify(answers));
  return written === null ? null : createHash('sha256').update(written).digest('hex');
}

async function namesOf(ctx: Ctx, personIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(personIds)];
  const people = await Promise.all(ids.map((id) => peopleLoader(ctx).load(id)));
  return new Map(ids.flatMap((id, index) => (people[index] ? [[id, people[index].name] as const] : [])));
}
