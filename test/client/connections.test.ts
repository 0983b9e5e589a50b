import { gql, InMemoryCache } from '@apollo/client';
import { describe, expect, it } from 'vitest';
import { connectionByNodes } from '../../client/api/connections.ts';

const query = gql`
  query ($before: String) {
    comments(last: 3, before: $before) {
      nodes { id }
      pageInfo { hasPreviousPage startCursor }
    }
  }
`;

/** Writes the answers one after the other; an answer is the ids of its comments, oldest first. */
function afterAnswers(...answers: { ids: string; before?: string; hasMore?: boolean }[]) {
  const cache = new InMemoryCache({ typePolicies: { Query: { fields: { comments: connectionByNodes() } } } });
  for (const { ids, before, hasMore = false } of answers) {
    const nodes = [...ids].map((id) => ({ __typename: 'Comment', id }));
    const pageInfo = { __typename: 'PageInfo', hasPreviousPage: hasMore, startCursor: ids[0] ?? null };
    const comments = { __typename: 'CommentConnection', nodes, pageInfo };
    cache.writeQuery({ query, variables: { before: before ?? null }, data: { comments } });
  }
  const read = cache.readQuery<{ comments: { nodes: { id: string }[]; pageInfo: { startCursor: string | null } } }>({
    query,
  });
  return [read?.comments.nodes.map((node) => node.id).join(''), read?.comments.pageInfo.startCursor];
}

describe('a list of comments in the browser', () => {
  it('grows at its front by earlier ones', () => {
    expect(afterAnswers({ ids: 'def', hasMore: true }, { ids: 'abc', before: 'd' })).toEqual(['abcdef', 'a']);
  });

  it('keeps the earlier ones when the newest are read again', () => {
    expect(afterAnswers({ ids: 'def' }, { ids: 'abc', before: 'd' }, { ids: 'efg' })).toEqual(['abcdefg', 'a']);
  });

  it('keeps what came live while an older answer was on its way', () => {
    expect(afterAnswers({ ids: 'bcd' }, { ids: 'abc' })).toEqual(['abcd', 'a']);
    expect(afterAnswers({ ids: 'a' }, { ids: '' })).toEqual(['a', null]);
  });

  it('never shows one twice, in whatever order it was told of them', () => {
    expect(afterAnswers({ ids: 'acb' }, { ids: 'abc' })).toEqual(['abc', 'a']);
  });

  it('starts anew when too much was missed to join the two', () => {
    expect(afterAnswers({ ids: 'abc', hasMore: true }, { ids: 'xyz', hasMore: true })).toEqual(['xyz', 'x']);
  });
});
