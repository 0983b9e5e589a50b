import { type BodyOf, isCompanyWide, type Part, type PartKind, type Put, partKinds } from '../parts.ts';
import { sameName } from '../sameName.ts';

/** How many parts of a kind a file makes, and how many it finds at the company. */
export type Count = { kind: PartKind; made: number; taken: number };

/**
 * What has to be made of a file's parts where a company has these: departments, items and systems of the same name are
 * the company's own, as they are there, and so is an integration that passes on all that the file's does. The others name
 * the company's in their place.
 */
export function madeBeside(company: readonly Part[], puts: readonly Put[]): { made: Put[]; counts: Count[] } {
  const there = new Map<string, string[]>();
  for (const part of [...company].sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1))) {
    const key = nameKey(part);
    if (key !== null) there.set(key, [...(there.get(key) ?? []), part.id]);
  }
  const theirs = new Map<string, string>();
  for (const put of puts) {
    const key = nameKey(put);
    // Two of one name in the file are two of that name here, in their order.
    const id = key === null ? undefined : there.get(key)?.shift();
    if (id !== undefined) theirs.set(put.id, id);
  }
  const links = company.flatMap((part) => (part.kind === 'LINK' ? [part.body] : []));
  const made: Put[] = [];
  const counts = new Map(partKinds.map((kind) => [kind, { kind, made: 0, taken: 0 }]));
  const behind = lastRanks(company);
  for (const put of puts) {
    const body = renamed(put.body, theirs);
    const isThere = theirs.has(put.id) || (put.kind === 'LINK' && links.some((link) => covers(link, body as Link)));
    const count = counts.get(put.kind);
    if (count) count[isThere ? 'taken' : 'made'] += 1;
    if (!isThere) made.push({ ...put, rank: put.rank + (behind.get(put.kind) ?? 0), body } as Put);
  }
  return { made, counts: [...counts.values()].filter((count) => count.made + count.taken > 0) };
}

type Link = BodyOf['LINK'];

function covers(link: Link, other: Link): boolean {
  if (link.fromId !== other.fromId || link.toId !== other.toId) return false;
  return link.itemIds === null || (other.itemIds?.every((id) => link.itemIds?.includes(id)) ?? false);
}

function nameKey({ kind, body }: { kind: PartKind; body: object }): string | null {
  return isCompanyWide(kind) && 'name' in body ? `${kind} ${sameName(String(body.name))}` : null;
}

/** What is new to the company stands behind what it has. */
function lastRanks(company: readonly Part[]): Map<PartKind, number> {
  const last = new Map<PartKind, number>();
  for (const { kind, rank } of company) last.set(kind, Math.max(last.get(kind) ?? 0, Math.ceil(rank)));
  return last;
}

/** Ids are the only texts that are keys here: new ones, which no person has written. */
function renamed(value: unknown, theirs: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return theirs.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => renamed(one, theirs));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, theirs)]));
}
