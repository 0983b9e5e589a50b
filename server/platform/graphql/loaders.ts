import DataLoader from 'dataloader';
import type { Ctx } from '../services.ts';

/** The request's loader of that name, made on first use. A request has one viewer, so nothing is shared across people. */
export function loaderOf<K, V>(
  ctx: Pick<Ctx, 'loaders'>,
  name: string,
  load: (keys: readonly K[]) => Promise<(V | Error)[]>,
): DataLoader<K, V> {
  const known = ctx.loaders.get(name) as DataLoader<K, V> | undefined;
  if (known) return known;
  const made = new DataLoader<K, V>(load);
  ctx.loaders.set(name, made);
  return made;
}

/** Puts rows in the order of the keys; null where there is none. */
export function byKey<K, R>(keys: readonly K[], rows: readonly R[], keyOf: (row: R) => K): (R | null)[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => found.get(key) ?? null);
}

/** Groups rows by key, in the order of the keys; an empty list where there is none. */
export function groupByKey<K, R>(keys: readonly K[], rows: readonly R[], keyOf: (row: R) => K): R[][] {
  const groups = new Map<K, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return keys.map((key) => groups.get(key) ?? []);
}
