import type { ApolloClient } from '@apollo/client';
import { graphql } from './graphql.ts';
import { forgetKept, keptPlaces } from './kept.ts';

const stillMineQuery = graphql('query KeptNote($id: ID!) { node(id: $id) { __typename id } }');

/**
 * Deletes from this device every note that its person may not read any more: a right that ended while the page was
 * closed, or its line cut, is learned of here. A note holds others' words. When the server cannot be asked all stays,
 * since it holds what was not sent yet, too; so does a note that was started anew, to be shown beside the new one.
 */
export async function forgetUnreadable(client: ApolloClient): Promise<void> {
  for (const { noteId, epoch } of await keptPlaces()) {
    const { data } = await client.query({ query: stillMineQuery, variables: { id: noteId }, fetchPolicy: 'no-cache' });
    if (!data) return;
    const isMine = data.node?.__typename === 'Note';
    if (!isMine) await forgetKept((other) => other.noteId === noteId && other.epoch === epoch);
  }
}
