import { and, asc, count, desc, eq, inArray, isNotNull, max } from 'drizzle-orm';
import { comments, events, files, people, submissions, taskInputs } from '../../../drizzle/schema/index.ts';
import { can, isStaff } from '../../access/policy.ts';
import { companyOf } from '../../accounts/queries.ts';
import { mentionedIn, place } from '../../comments/queries.ts';
import type { Question } from '../../inputs.ts';
import type { Ctx, Services } from '../../platform/services.ts';
import { checkLoader, filledSpec, lastRun } from '../../submissions/checks/queries.ts';
import { CheckFinding, InputWanted } from '../../submissions/checks/types.ts';
import { type InputRow, takesDeliveries } from '../../submissions/deliver/queries.ts';
import { documentationFactsLoader, fillVariables, isOpen, taskMoves } from '../../tasks/queries.ts';
import { type Guest, isForGuests } from '../queries.ts';

/*
 * Everything that a guest is ever told, in one place and column by column: what is not written here they do not get.
 * Other tasks, the project and its days, people who did not write here, files, versions of others, what is known of the
 * account beside the documentation, and whatever staff said among themselves are left out by not being asked for.
 */
const maxComments = 200;

export type GuestComment = {
  id: string;
  by: string;
  isStaff: boolean;
  isMine: boolean;
  isReply: boolean;
  at: Date;
  /** Empty when it was deleted, or is files alone. */
  text: string;
  isDeleted: boolean;
  files: number;
};

async function commentsOf(ctx: Ctx, taskId: string): Promise<GuestComment[]> {
  const rows = await ctx.db
    .select({ comment: comments, name: people.name, role: people.role })
    .from(comments)
    .innerJoin(people, eq(people.id, comments.authorId))
    .where(and(eq(comments.taskId, taskId), eq(comments.audience, 'SHARED')))
    .orderBy(desc(place))
    .limit(maxComments);
  const ids = rows.map(({ comment }) => comment.id);
  const attached =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ commentId: files.commentId, count: count() })
          .from(files)
          .where(inArray(files.commentId, ids))
          .groupBy(files.commentId);
  const names = await namesIn(
    ctx,
    rows.map(({ comment }) => comment.text),
  );
  return rows.reverse().map(({ comment, name, role }) => ({
    id: comment.id,
    by: name,
    isStaff: isStaff({ role }),
    isMine: comment.authorId === ctx.viewer.personId,
    isReply: comment.parentId !== null,
    at: comment.createdAt,
    text: withNames(comment.text, names),
    isDeleted: comment.deletedAt !== null,
    files: attached.find((one) => one.commentId === comment.id)?.count ?? 0,
  }));
}

/** Who is named in what was said here: a name as it was said, and nothing that leads to the person. */
async function namesIn(ctx: Ctx, texts: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(texts.flatMap(mentionedIn))];
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function withNames(text: string, names: ReadonlyMap<string, string>): string {
  return mentionedIn(text).reduce((said, id) => said.replaceAll(`@[${id}]`, `@${names.get(id) ?? ''}`), text);
}

type Version = {
  version: number;
  state: string;
  at: Date;
  isMine: boolean;
  /** Of the guest's own: what was given, what was found, and what a reviewer wants changed. */
  given: string | null;
  findings: { title: string; expected: string | null; found: string | null; fix: string | null }[];
  wanted: string | null;
};
type GuestInput = {
  id: string;
  label: string;
  isRequired: boolean;
  /** How it is asked for; OTHERS: only people of the account hand it in. */
  asks: 'ADDRESS' | 'DOMAIN' | 'PAGES' | 'FORM' | 'OTHERS';
  questions: Omit<Question, 'fact'>[];
  pageTypes: readonly string[];
  records: { type: string; name: string; value: string | null }[];
  latest: Version | null;
};

async function inputsOf(ctx: Ctx, { task }: Guest): Promise<GuestInput[]> {
  const rows = await ctx.db
    .select()
    .from(taskInputs)
    .where(eq(taskInputs.taskId, task.id))
    .orderBy(asc(taskInputs.index), asc(taskInputs.id));
  const versions = await ctx.db
    .select()
    .from(submissions)
    .where(and(eq(submissions.taskId, task.id), isNotNull(submissions.finishedAt)))
    .orderBy(desc(submissions.version));
  return Promise.all(
    rows.map(async (row) => {
      const latest = versions.find((one) => one.inputId === row.id);
      const { spec } = await filledSpec(ctx, task.projectId, row.spec);
      const wanted = isForGuests(spec) ? InputWanted.of(spec) : null;
      return {
        id: row.id,
        label: row.label,
        isRequired: row.isRequired,
        asks: asksOf(row),
        questions: spec.kind === 'FORM' ? spec.questions.map(({ fact: _, ...question }) => question) : [],
        pageTypes: wanted?.pageTypes ?? [],
        records: wanted?.records ?? [],
        latest: latest === undefined ? null : await versionOf(ctx, latest),
      };
    }),
  );
}

function asksOf({ spec }: InputRow): GuestInput['asks'] {
  if (!isForGuests(spec)) return 'OTHERS';
  if (spec.kind === 'FORM') return 'FORM';
  if (spec.kind !== 'CHECK') return 'ADDRESS';
  return spec.check.of === 'DNS' ? 'DOMAIN' : spec.check.of === 'TAG' ? 'PAGES' : 'ADDRESS';
}

/** Of what somebody else handed in, that it was; of their own, what came of it. */
async function versionOf(ctx: Ctx, row: typeof submissions.$inferSelect): Promise<Version> {
  const isMine = row.submittedBy === ctx.viewer.personId;
  const told = { version: row.version ?? 0, state: row.state, at: row.finishedAt ?? row.createdAt, isMine };
  if (!isMine) return { ...told, given: null, findings: [], wanted: null };
  const check = await checkLoader(ctx).load(row.id);
  const run = check && (await lastRun(ctx, check));
  const findings = (run?.findings ?? []).filter(({ severity }) => severity !== 'HINT').map(CheckFinding.of);
  return {
    ...told,
    given: check?.spec.kind === 'DNS' ? check.spec.domain : row.url,
    findings: findings.map(({ title, expected, found, fix }) => ({ title, expected, found, fix })),
    wanted: row.reviewOutcome === 'CHANGES_REQUESTED' ? row.reviewReason : null,
  };
}

/** The one page of a guest, whole. */
export async function guestPage(ctx: Ctx, guest: Guest) {
  const { task, handover } = guest;
  const [company, [me], facts, talk, inputs] = await Promise.all([
    companyOf(ctx),
    ctx.db.select({ name: people.name }).from(people).where(eq(people.id, ctx.viewer.personId)),
    documentationFactsLoader(ctx).load(task.projectId),
    commentsOf(ctx, task.id),
    inputsOf(ctx, guest),
  ]);
  const asksForInput = inputs.some(({ isRequired }) => isRequired);
  const isMovable = !task.isOver && task.isUnderWay;
  const submit = isMovable && takesDeliveries(task) && can(ctx.viewer, 'task.submit', task);
  return {
    company,
    account: guest.account,
    me: me?.name ?? '',
    giver: guest.giver,
    message: handover.message,
    expiresAt: handover.expiresAt,
    task: {
      revision: task.revision,
      title: task.title,
      purpose: task.purpose,
      documentation: fillVariables(task.documentation, facts),
      minutes: task.minutes,
      state: task.state,
      stateSince: task.stateSince,
      dueOn: isOpen(task) ? task.dueOn : null,
      isStuck: task.stuckSide !== null,
      isPaused: !task.isUnderWay,
    },
    inputs,
    comments: talk,
    can: {
      comment: can(ctx.viewer, 'comment.addShared', task),
      submit,
      complete:
        isMovable &&
        !asksForInput &&
        (taskMoves['task.completed'].from as readonly string[]).includes(task.state) &&
        can(ctx.viewer, 'task.complete', task),
      flagStuck: isMovable && isOpen(task) && task.stuckSide === null && can(ctx.viewer, 'task.flagStuck', task),
    },
  };
}

/** How far the shared events of a task have come: an open page loads anew when it moves, and is told nothing else. */
export async function headOfTask(services: Pick<Services, 'db'>, taskId: string): Promise<number> {
  const [row] = await services.db
    .select({ head: max(events.seq) })
    .from(events)
    .where(and(eq(events.taskId, taskId), eq(events.audience, 'SHARED')));
  return row?.head ?? 0;
}
