import type { InputSpec } from '../../inputs.ts';
import type { Db, Tx } from '../../platform/database/transaction.ts';
import type { Ctx } from '../../platform/services.ts';
import { documentationFactsLoader, fillVariables, variablesIn } from '../../tasks/queries.ts';

/*
 * Templates are written for every client, while records and tags hold what is the account's own: `{{search.host}}`. They
 * are filled as the documentation is, when they are read, so that a fact that comes later counts.
 */
type Filled = { spec: InputSpec /** Variables that nothing is known of yet. */; missing: string[] };

const hasVariables = (spec: InputSpec) => spec.kind === 'CHECK' && JSON.stringify(spec.check).includes('{{');

export async function filledSpec(ctx: Ctx, projectId: string, spec: InputSpec): Promise<Filled> {
  if (!hasVariables(spec)) return { spec, missing: [] };
  const facts = await documentationFactsLoader(ctx).load(projectId);
  const filled = everyText(spec, (text) => fillVariables(text, facts)) as InputSpec;
  const missing = variablesIn(JSON.stringify(spec)).filter((name) => !Object.hasOwn(facts, name));
  return { spec: filled, missing };
}

/** The same inside a transaction, which reads by itself. */
export function filledIn(tx: Tx, ctx: Ctx, projectId: string, spec: InputSpec): Promise<Filled> {
  return filledSpec({ ...ctx, db: tx as unknown as Db, loaders: new Map() }, projectId, spec);
}

function everyText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => everyText(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, everyText(each, change)]));
}
