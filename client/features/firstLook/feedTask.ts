import type { ResultOf } from '../../api/graphql.ts';
import type { FeedTask } from './documents.ts';

type Task = ResultOf<typeof FeedTask>;
type Input = Task['inputs'][number];

export type Feed = {
  taskId: string;
  title: string;
  isDone: boolean;
  /** A version that is on its way or being looked at now. */
  underWay: { id: string; name: string } | null;
  /** What was found in the version that counts. */
  report: { isRefused: boolean; rows: number; valid: number } | null;
};

const feedRules = 'product-feed';
const over: readonly Task['state'][] = ['WAIVED', 'CANCELLED'];

/** The task that brings the products: where something is under way, else the first; null where no feed is asked for. */
export function feedOf(tasks: readonly Task[]): Feed | null {
  const feeds = tasks.flatMap((task): Feed[] => {
    const input = task.inputs.find(({ check }) => check?.rules === feedRules);
    if (!input || over.includes(task.state)) return [];
    const isDone = task.state === 'DONE';
    return [{ taskId: task.id, title: task.title, isDone, underWay: underWayOf(input), report: reportOf(input) }];
  });
  return feeds.find(({ underWay }) => underWay) ?? feeds.find(({ report }) => report) ?? feeds[0] ?? null;
}

function underWayOf({ arriving, current }: Input): Feed['underWay'] {
  const isLooked = current?.submissionState === 'VALIDATING' || current?.submissionState === 'RECEIVED';
  const moving = arriving ?? (isLooked && current?.report ? current : null);
  return moving && { id: moving.id, name: moving.file?.name ?? '' };
}

function reportOf({ current }: Input): Feed['report'] {
  const report = current?.report;
  if (!report?.verdict) return null;
  return { isRefused: report.verdict === 'REJECTED', rows: report.rows, valid: report.valid };
}
