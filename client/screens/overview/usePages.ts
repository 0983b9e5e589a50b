import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { VariablesOf } from '../../api/graphql.ts';
import { type OverviewPageQuery, pageRows } from './documents.ts';
import type { Stretch } from './lines.ts';

type PageVariables = VariablesOf<typeof OverviewPageQuery>;
export type ListVariables = Omit<PageVariables, 'first' | 'offset'>;
type Page<Row> = { integrations: { nodes: readonly Row[] } | null };
/** `of`: the list that they are pages of. */
type Pages<Row> = { of: string; rows: ReadonlyMap<number, readonly Row[]> };

/** Who flies past a page does not ask for it. */
const restMs = 60;

/**
 * The rows of a long list by their places, read page by page as they come into view. Pages in view follow the cache;
 * what was seen stays known. Another list takes nothing away before its first page is there.
 */
export function usePages<Row>(
  document: TypedDocumentNode<Page<Row>, PageVariables>,
  variables: ListVariables,
  inView: readonly number[],
) {
  const client = useApolloClient();
  const [pages, setPages] = useState<Pages<Row>>({ of: '', rows: new Map() });
  const watched = useRef(new Map<string, { refetch: () => Promise<unknown>; end: () => void }>());
  const of = JSON.stringify(variables);
  const places = inView.join(' ');

  useEffect(() => {
    const wanted = new Map(places.split(' ').flatMap((page) => (page === '' ? [] : [[`${page} ${of}`, Number(page)]])));
    for (const [key, { end }] of watched.current) {
      if (wanted.has(key)) continue;
      end();
      watched.current.delete(key);
    }
    const missing = [...wanted].filter(([key]) => !watched.current.has(key));
    if (missing.length === 0) return;
    const timer = setTimeout(() => {
      for (const [key, page] of missing) {
        const asked = { ...(JSON.parse(of) as ListVariables), first: pageRows, offset: page * pageRows };
        const query = client.watchQuery({ query: document, variables: asked, fetchPolicy: 'cache-and-network' });
        const subscription = query.subscribe(({ data, dataState }) => {
          const nodes = dataState === 'complete' ? (data as Page<Row>).integrations?.nodes : undefined;
          if (nodes) setPages((now) => ({ of, rows: new Map(now.of === of ? now.rows : []).set(page, nodes) }));
        });
        watched.current.set(key, { refetch: () => query.refetch(), end: () => subscription.unsubscribe() });
      }
    }, restMs);
    return () => clearTimeout(timer);
  }, [client, document, of, places]);

  useEffect(() => {
    const { current } = watched;
    return () => {
      for (const { end } of current.values()) end();
      current.clear();
    };
  }, []);

  const { rows } = pages;
  // In the order of the list.
  const known = useMemo(() => [...rows].sort(([a], [b]) => a - b).flatMap(([, page]) => [...page]), [rows]);
  const readAgain = useCallback(
    () => Promise.allSettled([...watched.current.values()].map(({ refetch }) => refetch())),
    [],
  );
  return {
    rowAt: (place: number): Row | undefined => rows.get(Math.floor(place / pageRows))?.[place % pageRows],
    known,
    readAgain,
  };
}

/** The pages that a stretch of rows lies on. */
export function pagesBetween({ from, to }: Stretch): number[] {
  const first = Math.floor(from / pageRows);
  const last = Math.floor(Math.max(from, to - 1) / pageRows);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
