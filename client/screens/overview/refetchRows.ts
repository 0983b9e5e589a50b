import type { ApolloClient } from '@apollo/client';
import { graphql } from '../../api/graphql.ts';
import type { Change } from '../../live/stream.ts';
import { OverviewFigures } from './Figures.tsx';
import { OverviewRow } from './Integration.tsx';

const RowQuery = graphql(
  `
  query OverviewRowAgain($id: ID!) {
    overview { ...OverviewFigures }
    project(id: $id) { id ...OverviewRow }
  }
`,
  [OverviewFigures, OverviewRow],
);

/** So many rows are read again one by one; when more changed at once, the whole list is cheaper. */
const fewRows = 5;

/** Reads again what changed: the rows of these projects and the figures; the whole list when a project is new here. */
export async function refetchRows(client: ApolloClient, changes: readonly Change[], shown: ReadonlySet<string>) {
  const ids = new Set(changes.map((change) => change.projectId).filter((id) => id !== null));
  if (ids.size > fewRows || [...ids].some((id) => !shown.has(id))) {
    await client.refetchQueries({ include: ['Overview'] });
    return;
  }
  await Promise.all(
    [...ids].map((id) => client.query({ query: RowQuery, variables: { id }, fetchPolicy: 'network-only' })),
  );
}
