import { createHash } from 'node:crypto';
import type { MilestoneContent } from '../../drizzle/schema/index.ts';

type ContentTask = MilestoneContent['tasks'][number];

/** What stands for a milestone as it is now: another content has another one. Numbers of versions are told by their ids. */
export function digestOf({ name, milestone, tasks }: MilestoneContent): string {
  const facts = tasks.map(({ id, title, state, submissionId }) => [id, title, state, submissionId]);
  return createHash('sha256')
    .update(JSON.stringify([name, milestone, facts]))
    .digest('hex');
}

const settled = ['DONE', 'WAIVED', 'CANCELLED'];

/** A milestone is reached when all that both sides see of its phase is done or not needed, and something was done. */
export function isReached(tasks: readonly { state: string }[]): boolean {
  return tasks.some(({ state }) => state === 'DONE') && tasks.every(({ state }) => settled.includes(state));
}

/** One task that is another now than when it was signed; null: it was not there then, or is not there now. */
export type ContentChange = { taskId: string; signed: ContentTask | null; now: ContentTask | null };

/** What differs from what was signed, in the order of the road, what is gone last. */
export function changesSince(signed: MilestoneContent, now: MilestoneContent): ContentChange[] {
  const before = new Map(signed.tasks.map((task) => [task.id, task]));
  const after = new Map(now.tasks.map((task) => [task.id, task]));
  const ids = [...new Set([...after.keys(), ...before.keys()])];
  return ids
    .map((taskId) => ({ taskId, signed: before.get(taskId) ?? null, now: after.get(taskId) ?? null }))
    .filter(({ signed, now }) => {
      return signed?.state !== now?.state || signed?.submissionId !== now?.submissionId || signed?.title !== now?.title;
    });
}
