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
 * read of the newest keeps the older ones that were already fetched, so that a live refetch never shortens a list.
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
      const overlap = args?.last ? had.findIndex((node) => same(node, got[0])) : -1;
      if (overlap <= 0) return incoming;
      return {
        ...incoming,
        nodes: [...had.slice(0, overlap), ...got],
        pageInfo: merged(incoming.pageInfo, existing.pageInfo, 'older'),
      };
    },
  };
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
