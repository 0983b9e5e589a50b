import { isCompanyWide, namedBy, type Part, type PartKind } from '../parts.ts';

/**
 * What goes into the file of a journey: its own parts, and of the company's those that it names, or that these name. A
 * map shows all that the company has, and a file that is handed on is no place for what other journeys are about.
 */
export function takenAlong(parts: Iterable<Part>): Part[] {
  const all = [...parts].sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1));
  const byId = new Map(all.map((part) => [part.id, part]));
  const taken = new Map<string, Part>();
  const waiting = all.filter(({ kind }) => !isCompanyWide(kind));
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    taken.set(part.id, part);
    for (const { id } of namedBy(part)) {
      const named = byId.get(id);
      if (named && !taken.has(id)) waiting.push(named);
    }
  }
  return all.flatMap((part) => (part.kind === 'LINK' ? linkAmong(part, taken) : taken.has(part.id) ? [part] : []));
}

/** An integration goes along where both of its ends do, with what it passes on of what is there. */
function linkAmong(link: Extract<Part, { kind: 'LINK' }>, taken: ReadonlyMap<string, Part>): Part[] {
  const { fromId, toId, itemIds } = link.body;
  if (!taken.has(fromId) || !taken.has(toId)) return [];
  if (itemIds === null) return [link];
  const among = itemIds.filter((id) => taken.has(id));
  return among.length === 0 ? [] : [{ ...link, body: { ...link.body, itemIds: among } }];
}

/** Parts of one kind, in their order. */
export function ofKind<Kind extends PartKind>(parts: readonly Part[], kind: Kind): Extract<Part, { kind: Kind }>[] {
  return parts.filter((part): part is Extract<Part, { kind: Kind }> => part.kind === kind);
}
