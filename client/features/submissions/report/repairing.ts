import type { Refusal } from '../useAct.ts';
import type { Fix } from './view.ts';

/** A value that a person wrote in place of another. */
export type Edit = { row: number; column: string; value: string };
export type Changes = {
  changes: number;
  /** How often each rule was made right, and some of the values of each. */
  fixes: readonly { rule: string; changes: number }[];
  pairs: readonly { rule: string | null; row: number; column: string; before: string; after: string }[];
};

/** How what is shown can be repaired: by the server, or in this browser before a byte was sent. */
export type Repairing = {
  /** Null when it could not be counted. */
  look: (fixes: readonly Fix[]) => Promise<Changes | null>;
  make: (fixes: readonly Fix[], edits: readonly Edit[]) => Promise<Refusal | null>;
  /** What the button that does it says, what is said meanwhile, and where the original stays. */
  words: { apply: string; making: string; original: string };
};

/** More than these are not mended one by one. */
export const mostByHand = 50;
