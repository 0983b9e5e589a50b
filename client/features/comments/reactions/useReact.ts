import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { graphql } from '../../../api/graphql.ts';
import type { CommentShown } from '../fragments.ts';
import type { Reaction } from './kinds.ts';

const reactMutation = graphql(`
  mutation CommentReact($id: ID!, $input: CommentReactInput!) {
    commentReact(id: $id, input: $input) {
      comment {
        id
        reactions {
          reaction
          count
          isMine
          people {
            id
            name
          }
        }
      }
      userErrors {
        code
        message
      }
    }
  }
`);

/** Gives a reaction or takes it away. Shown at once; the failure, if any, in words. */
export function useReact(comment: CommentShown, viewer: { id: string; name: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [failure, setFailure] = useState<string | null>(null);

  const toggle = async (reaction: Reaction) => {
    const isOn = !comment.reactions.some((one) => one.reaction === reaction && one.isMine);
    setFailure(null);
    try {
      const { data } = await client.mutate({
        mutation: reactMutation,
        variables: { id: comment.id, input: { reaction, isOn } },
        optimisticResponse: {
          commentReact: {
            __typename: 'CommentReactPayload',
            comment: { __typename: 'Comment', id: comment.id, reactions: changed(comment, reaction, isOn, viewer) },
            userErrors: [],
          },
        } as never,
      });
      const refusal = data?.commentReact.userErrors[0];
      if (refusal) setFailure(t('comments.reactions.failed', { reason: refusal.message }));
    } catch (error) {
      setFailure(t('comments.reactions.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };
  return { toggle, failure };
}

type Groups = CommentShown['reactions'];

/** The reactions as they will be. */
function changed(
  { reactions }: CommentShown,
  reaction: Reaction,
  isOn: boolean,
  viewer: { id: string; name: string },
): Groups {
  const me = { __typename: 'Person', id: viewer.id, name: viewer.name };
  const known = reactions.some((one) => one.reaction === reaction);
  const all = known
    ? reactions
    : [...reactions, { __typename: 'CommentReactions', reaction, count: 0, isMine: false, people: [] }];
  return all
    .map((one) => {
      if (one.reaction !== reaction) return one;
      const others = one.people.filter((person) => person.id !== viewer.id);
      const people = isOn ? [...others, me] : others;
      return { ...one, isMine: isOn, count: people.length, people };
    })
    .filter((one) => one.count > 0);
}
