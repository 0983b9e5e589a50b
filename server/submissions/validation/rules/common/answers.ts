import type { Broken, Params } from '../../types.ts';

/** What most rules answer: what is wrong stands in their words alone. One object for all, so that a finding costs nothing either. */
export const noParams: Readonly<Params> = {};

/** A row's mark at a column, without more. */
export function brokenAt(column: string | null, params: Params = noParams): Broken {
  return { column, params };
}
