import { useApolloClient } from '@apollo/client/react';
import type { ResultOf, VariablesOf } from '../../api/graphql.ts';
import type { Change } from '../../live/stream.ts';
import { OverviewQuery, pageRows, ViewsQuery } from './documents.ts';

type Variables = Omit<VariablesOf<typeof OverviewQuery>, 'first' | 'after'>;
type Answer = ResultOf<typeof OverviewQuery> | undefined;
type List = NonNullable<ResultOf<typeof OverviewQuery>['integrations']>;

/**
 * Reads the list again after a change, as far as it is shown, and puts it on the screen in one piece: a change may move
 * a row, take it out of a filter or bring it in, so the rows alone would not do.
 */
export function useReadAgain(variables: Variables, shownRows: number) {
  const client = useApolloClient();
  const ask = async (after: string | null): Promise<Answer> => {
    const asked = { ...variables, first: pageRows, after };
    return (await client.query({ query: OverviewQuery, variables: asked, fetchPolicy: 'no-cache' })).data;
  };
  return async (changes: readonly Change[]): Promise<void> => {
    if (changes.some(({ kind }) => kind.startsWith('view.'))) {
      await client.query({ query: ViewsQuery, fetchPolicy: 'network-only' });
      if (changes.every(({ kind }) => kind.startsWith('view.'))) return;
    }
    const nodes: List['nodes'] = [];
    for (let after: string | null = null; ; ) {
      const page: Answer = await ask(after);
      const list = page?.integrations;
      if (!page || !list) return;
      nodes.push(...list.nodes);
      after = list.pageInfo.endCursor;
      if (list.pageInfo.hasNextPage && nodes.length < shownRows) continue;
      client.writeQuery({
        query: OverviewQuery,
        variables: { ...variables, first: pageRows },
        data: { ...page, integrations: { ...list, nodes } },
      });
      return;
    }
  };
}
