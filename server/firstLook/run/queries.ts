import { and, desc, eq, gt, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { files, reports, submissions, tasks } from '../../../drizzle/schema/index.ts';
import type { Db, Tx } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { fileOrder, judgeOrder } from '../../submissions/reports/commands.ts';
import type { SourceFile } from './order.ts';

/* Which of the files that were handed in a first look is made of, and which of them it passes over. */

export type FromFeed = { feed: SourceFile & { valid: number }; orders: SourceFile | null; submissionId: string };

/** Files of these sets of rules are what a first look is made of. */
export const sources = ['product-feed', 'order-history'];
/** What its check, or a person in spite of it, let pass. */
export const isGood = or(ne(reports.verdict, 'REJECTED'), isNotNull(submissions.acceptedAt));
/** Refused for now, with rows in it that are right: a client sees those while the others are mended. */
export const isPartly = and(eq(reports.rules, 'product-feed'), eq(reports.isReadable, true), gt(reports.valid, 0));

/** Judged and kept, of a task that clients see: what they do not see of their project they see nowhere. */
function isJudged(rules: string): SQL | undefined {
  return and(
    eq(tasks.visibility, 'SHARED'),
    isNotNull(submissions.finishedAt),
    eq(reports.rules, rules),
    eq(reports.state, 'DONE'),
    eq(files.state, 'STORED'),
  );
}
const newestFirst = [desc(submissions.finishedAt), desc(submissions.id)];

/**
 * The newest product feed that was judged good or accepted in spite of its findings, without one the refused one with
 * most good rows; and the newest order history that was judged good.
 */
export async function feedOf(services: Services, tx: Tx, projectId: string): Promise<FromFeed | null> {
  const good = await newest(tx, projectId, 'product-feed');
  const feed = good ?? (await newest(tx, projectId, 'product-feed', { which: isPartly, first: desc(reports.valid) }));
  const orders = await newest(tx, projectId, 'order-history');
  if (!feed) return null;
  const fileOf = ({ file, report }: NonNullable<typeof feed>): SourceFile => {
    const { places, name } = fileOrder(services, file, file.sizeBytes);
    return { places, name, judge: { ...judgeOrder(report), table: null } };
  };
  return {
    feed: { ...fileOf(feed), valid: feed.report.valid },
    orders: orders ? fileOf(orders) : null,
    submissionId: feed.submission.id,
  };
}

export async function newest(
  tx: Tx,
  projectId: string,
  rules: string,
  { which, first }: { which: SQL | undefined; first?: SQL } = { which: isGood },
) {
  const [found] = await tx
    .select({ submission: submissions, report: reports, file: files })
    .from(submissions)
    .innerJoin(reports, eq(reports.submissionId, submissions.id))
    .innerJoin(files, eq(files.id, submissions.fileId))
    .innerJoin(tasks, eq(tasks.id, submissions.taskId))
    .where(and(eq(submissions.projectId, projectId), isJudged(rules), which))
    .orderBy(...(first ? [first] : []), ...newestFirst)
    .limit(1);
  return found;
}

export type NewestFeed = {
  projectId: string;
  submissionId: string;
  at: Date;
  rows: number;
  valid: number;
  isGood: boolean;
  /** Whether any feed of the project is good. */
  hasGood: boolean;
};

/** The feed that came last of each of these projects, whatever was made of it. */
export async function newestFeeds(
  db: Pick<Db, 'selectDistinctOn'>,
  projectIds: readonly string[],
): Promise<NewestFeed[]> {
  const good = sql<boolean>`coalesce(${isGood}, false)`;
  const rows = await db
    .selectDistinctOn([submissions.projectId], {
      projectId: submissions.projectId,
      submissionId: submissions.id,
      purpose: files.purpose,
      finishedAt: submissions.finishedAt,
      judgedAt: reports.finishedAt,
      rows: reports.rows,
      valid: reports.valid,
      isGood: good,
      hasGood: sql<boolean>`bool_or(${good}) over (partition by ${submissions.projectId})`,
    })
    .from(submissions)
    .innerJoin(reports, eq(reports.submissionId, submissions.id))
    .innerJoin(files, eq(files.id, submissions.fileId))
    .innerJoin(tasks, eq(tasks.id, submissions.taskId))
    .where(and(inArray(submissions.projectId, [...projectIds]), isJudged('product-feed')))
    .orderBy(submissions.projectId, ...newestFirst);
  return rows.flatMap(({ purpose, finishedAt, judgedAt, ...row }) => {
    // What is fetched again and again is one delivery with the file of the last time.
    const at = purpose === 'FETCHED' ? (judgedAt ?? finishedAt) : finishedAt;
    return at === null ? [] : [{ ...row, at }];
  });
}
