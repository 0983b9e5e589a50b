import { isUtf8 } from 'node:buffer';
import { ruleSets } from '../../../server/submissions/validation/rules/registry.ts';
import type { Options } from '../../../server/submissions/validation/types.ts';

/** The same for every side: all rules of the set, as of one day. */
export function optionsOf(name: string, set = 'product-feed'): Options {
  const rules = ruleSets[set];
  if (!rules) throw new Error(`There is no set of rules ${set}.`);
  // Unless it is declared, a hint says that tabs are no commas.
  const delimiter = name.endsWith('.tsv') ? '\t' : undefined;
  return { rules, name, asOf: '2026-11-01T00:00:00Z', isUtf8, delimiter };
}
