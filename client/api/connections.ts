import type { FieldPolicy, Reference } from '@apollo/client/cache';

type PageInfo = {
  hasPreviousPage?: boolean;
  startCursor?: string | null;
  hasNextPage?: boolean;
  endCursor?: string | null;
};
type Connection = { nodes?: readonly Reference[]; pageInfo?: PageInfo };

const same = (a: Reference | undefined, b: Reference | undefined) => a?.__ref !== undefined && a.__ref === b?.__ref;

/**
 * A connection read by its `nodes`: an older page (`before`) goes in front, a further one (`after`) behind, and a fresh
 * read of the newest keeps the older ones that were already fetched, and the newer ones that came meanwhile, so that a
 * live refetch never shortens a list.
 */
export function connectionByNodes(keyArgs: string[] | false = false): FieldPolicy<Connection> {
  return {
    keyArgs,
    merge(existing, incoming, { args }) {
      const had = existing?.nodes;
      const got = incoming.nodes;
      if (!had || !got) return incoming;
      if (args?.before) {
        return {
          ...incoming,
          nodes: [...got, ...had],
          pageInfo: merged(existing.pageInfo, incoming.pageInfo, 'older'),
        };
      }
      if (args?.after) {
        return {
          ...incoming,
          nodes: [...had, ...got],
          pageInfo: merged(existing.pageInfo, incoming.pageInfo, 'further'),
        };
      }
      if (!args?.last) return incoming;
      const nodes = [...got, ...cameSince(had, got)];
      const overlap = had.findIndex((node) => same(node, got[0]));
      // Between what was known and this something is missing: of where the known began nothing holds any more.
      if (overlap < 0) return { ...incoming, nodes };
      // What this reader did not ask for, another still shows.
      if (overlap === 0) return { ...existing, ...incoming, nodes };
      return {
        ...existing,
        ...incoming,
        nodes: [...had.slice(0, overlap), ...nodes],
        pageInfo: merged(incoming.pageInfo, existing.pageInfo, 'older'),
      };
    },
  };
}

/** What the live connection brought while the answer was on its way: it stands behind all that the answer knows. */
function cameSince(had: readonly Reference[], got: readonly Reference[]): Reference[] {
  const lastKnown = had.findIndex((node) => same(node, got.at(-1)));
  if (got.length > 0 && lastKnown < 0) return [];
  return had.slice(lastKnown + 1).filter((node) => !got.some((one) => same(one, node)));
}

/** `edge` says which end `page` widened; the other end stays as `base` knows it. */
function merged(
  base: PageInfo | undefined,
  page: PageInfo | undefined,
  edge: 'older' | 'further',
): PageInfo | undefined {
  if (!base || !page) return base ?? page;
  return edge === 'older'
    ? { ...base, hasPreviousPage: page.hasPreviousPage, startCursor: page.startCursor }
    : { ...base, hasNextPage: page.hasNextPage, endCursor: page.endCursor };
}
