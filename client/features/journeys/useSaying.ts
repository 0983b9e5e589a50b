import { useMutation } from '@apollo/client/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyMap } from '../../../server/journeys/map.ts';
import { type Agreement, agreementOf } from '../../../server/journeys/said.ts';
import type { FragmentOf } from '../../api/graphql.ts';
import type { journeyFragment, partsFragment } from './documents.ts';
import type { Comment, MapState, MapStore } from './mapStore.ts';
import { commentMutation, commentUpdateMutation, representMutation, signMutation } from './sayingDocuments.ts';
import { deltaOf } from './useMapStore.ts';

/** What people say of a map, and how one says it. An act answers with why not, null when it was done. */
export type Saying = {
  canComment: boolean;
  /** In the order in which they were said. */
  comments: readonly Comment[];
  agreement: Agreement;
  comment(said: { aboutId: string | null; text: string; idempotencyKey: string }): Promise<string | null>;
  changeComment(id: string, change: CommentChange): Promise<string | null>;
  represent(departmentId: string, personId: string | null): Promise<string | null>;
  sign(departmentId: string, isOn: boolean): Promise<string | null>;
};

type CommentChange = { revision?: number; text?: string; isResolved?: boolean; isRemoved?: boolean };
type Head = FragmentOf<typeof journeyFragment>;
type Answer =
  | { journey: { parts: FragmentOf<typeof partsFragment> } | null; userErrors: readonly { message: string }[] }
  | undefined;

export function useSaying(store: MapStore, state: MapState, journey: Head, map: JourneyMap): Saying {
  const { t } = useTranslation();
  const { id } = journey;
  const noCache = { fetchPolicy: 'no-cache' } as const;
  const [comment] = useMutation(commentMutation, noCache);
  const [changeComment] = useMutation(commentUpdateMutation, noCache);
  const [represent] = useMutation(representMutation, noCache);
  const [sign] = useMutation(signMutation, noCache);
  const comments = useMemo(
    () =>
      [...state.comments.values()].sort(
        (one, other) => one.createdAt.localeCompare(other.createdAt) || one.id.localeCompare(other.id),
      ),
    [state.comments],
  );
  const agreement = useMemo(
    () => agreementOf(map, [...state.representatives.values()], journey.drawnAt),
    [map, state.representatives, journey.drawnAt],
  );
  const told = async (asked: Promise<Answer>): Promise<string | null> => {
    try {
      const act = await asked;
      if (act?.journey) store.hear(deltaOf(act.journey.parts));
      return act?.userErrors[0]?.message ?? null;
    } catch {
      return t('journeyMap.failed');
    }
  };
  return {
    canComment: journey.viewerCan.comment,
    comments,
    agreement,
    comment: (input) =>
      told(comment({ variables: { id, input, after: store.position } }).then(({ data }) => data?.journeyComment)),
    changeComment: (commentId, input) =>
      told(
        changeComment({ variables: { commentId, input, after: store.position } }).then(
          ({ data }) => data?.journeyCommentUpdate,
        ),
      ),
    represent: (departmentId, personId) =>
      told(
        represent({ variables: { id, input: { departmentId, personId }, after: store.position } }).then(
          ({ data }) => data?.journeyRepresent,
        ),
      ),
    sign: (departmentId, isOn) =>
      told(
        sign({ variables: { id, departmentId, isOn, after: store.position } }).then(({ data }) => data?.journeySign),
      ),
  };
}
