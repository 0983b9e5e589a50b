import type { LinkKind } from '../../drizzle/schema/index.ts';

/** How one task waits for another: what of the one holds what of the other, and so many working days later. */
export type LinkRule = { kind: LinkKind; lagDays: number };

/** Whether a link keeps a task from being ready, as `isHolding` has it for rows. */
export function holds({ kind, lagDays }: LinkRule): boolean {
  return kind === 'FINISH_TO_START' && lagDays >= 0;
}
