import { createHash } from 'node:crypto';
import type { AccountRow } from '../accountRows.ts';

/** What is known of an account by a name, from where and since when. */
export type KnownFactRow = { accountId: string; key: string; value: string; source: string; at: Date };
export type FactConflict = { key: string; into: KnownFactRow; from: KnownFactRow };

/** All that two accounts are when one of them is to go into the other. */
export type MergeContent = {
  into: AccountRow;
  from: AccountRow;
  /** Everybody of each who is here, by name; `gone`: people of the one that ends who were removed, and go along. */
  intoPeople: readonly string[];
  people: readonly string[];
  gone: readonly string[];
  intoProjects: readonly string[];
  projects: readonly string[];
  /** What is known of the one that ends alone, and what the two say differently. */
  moving: readonly KnownFactRow[];
  conflicts: readonly FactConflict[];
  externalIds: readonly { system: string; externalId: string; setAt: Date }[];
  invitations: readonly string[];
  tokens: readonly { id: string; personId: string }[];
};

/** Which of two accounts' facts go along, and which the two say differently. What they say alike stays as it is. */
export function factsOfBoth(into: readonly KnownFactRow[], from: readonly KnownFactRow[]) {
  const known = new Map(into.map((fact) => [fact.key, fact]));
  return {
    moving: from.filter(({ key }) => !known.has(key)),
    conflicts: from.flatMap((fact): FactConflict[] => {
      const other = known.get(fact.key);
      return other && other.value !== fact.value ? [{ key: fact.key, into: other, from: fact }] : [];
    }),
  };
}

/**
 * Stands for all that a person was shown before a merge: whoever confirms it confirms this and nothing that came since.
 * Both revisions are in it; people and projects that come to an account move none, and are in it by themselves.
 */
export function digestOf(content: MergeContent): string {
  const { into, from, intoPeople, people, intoProjects, projects, moving, conflicts } = content;
  const shown = [
    [into.id, into.revision, from.id, from.revision],
    ...[intoPeople, people, intoProjects, projects, content.invitations].map((ids) => [...ids].sort()),
    content.tokens.map(({ id }) => id).sort(),
    content.externalIds.map(({ system, externalId }) => `${system} ${externalId}`).sort(),
    moving.map(({ key, value }) => [key, value]).sort(),
    conflicts.map((one) => [one.key, one.into.value, one.from.value]).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url');
}
