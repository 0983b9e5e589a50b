import { and, eq, gte } from 'drizzle-orm';
import { type LinkKind, taskDependencies } from '../../drizzle/schema/index.ts';

/** How one task waits for another: what of the one holds what of the other, and so many working days later. */
export type LinkRule = { kind: LinkKind; lagDays: number };

/**
 * The links that keep a task from being ready: it begins after the other is done. One by which both may be worked on at
 * once moves days in the plan, and holds nobody up.
 */
export const isHolding = and(eq(taskDependencies.kind, 'FINISH_TO_START'), gte(taskDependencies.lagDays, 0));

export function holds({ kind, lagDays }: LinkRule): boolean {
  return kind === 'FINISH_TO_START' && lagDays >= 0;
}
