import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useSubscription } from '@apollo/client/react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Part, PartKind } from '../../../server/journeys/parts.ts';
import { failureOf } from '../../api/failure.ts';
import type { FragmentOf, ResultOf, VariablesOf } from '../../api/graphql.ts';
import { editMutation, type journeyFragment, type mapQuery, mapSubscription, type partsFragment } from './documents.ts';
import { type Answer, type Delta, type MapServer, type MapState, MapStore, type Sent } from './mapStore.ts';

type Parts = FragmentOf<typeof partsFragment>;
type Head = FragmentOf<typeof journeyFragment>;
export type JourneyLoaded = NonNullable<ResultOf<typeof mapQuery>['journey']>;
type Input = VariablesOf<typeof editMutation>['input'];

/** A map that is on the screen: everything on it, edits under way, and what others draw as they draw it. */
export function useMapStore(loaded: JourneyLoaded): [MapStore, MapState, Head] {
  const { id: journeyId, parts: start } = loaded;
  const client = useApolloClient();
  const [store] = useState(() => new MapStore(deltaOf(start), serverOf(client, journeyId)));
  const [head, setHead] = useState<Head>(loaded);
  // The position of the beginning: a connection that broke begins there again, and what was told is not told twice.
  useSubscription(mapSubscription, {
    variables: { id: journeyId, after: start.position },
    fetchPolicy: 'no-cache',
    onData: ({ data }) => {
      if (!data.data) return;
      const { journey, parts } = data.data.journeyChanges;
      store.hear(deltaOf(parts));
      setHead((was) => (journey.revision >= was.revision ? journey : was));
    },
  });
  useEffect(() => {
    const handleLeave = (event: BeforeUnloadEvent) => {
      if (store.state().status !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', handleLeave);
    return () => window.removeEventListener('beforeunload', handleLeave);
  }, [store]);
  return [store, useSyncExternalStore(store.subscribe, store.state), head];
}

const fieldOf = {
  STAGE: 'stages',
  DEPARTMENT: 'departments',
  GOAL: 'goals',
  TOUCHPOINT: 'touchpoints',
  ITEM: 'items',
  SYSTEM: 'systems',
  LINK: 'links',
  FLOW: 'flows',
  PAIN_POINT: 'painPoints',
  PERSONA: 'personas',
  INTERVIEW: 'interviews',
} as const satisfies Record<PartKind, keyof Parts>;

/** The parts of an answer, each as what is said of it and what stands beside that. */
export function deltaOf(parts: Parts): Delta {
  const kinds = Object.keys(fieldOf) as PartKind[];
  const of = (kind: PartKind) =>
    (parts[fieldOf[kind]] as readonly Said[]).map(({ id, revision, rank, votes, hasMyVote, __typename, ...body }) => ({
      ...{ id, revision, rank, kind, body },
      ...(kind === 'PAIN_POINT' ? { votes, hasMyVote } : {}),
    }));
  return {
    position: parts.position,
    parts: kinds.flatMap(of) as unknown as Part[],
    removedIds: parts.removedIds,
    comments: parts.comments,
    representatives: parts.representatives,
    decisions: parts.decisions,
  };
}

type Said = { id: string; revision: number; rank: number; votes?: number; hasMyVote?: boolean; __typename?: string };

function serverOf(client: ApolloClient, id: string): MapServer {
  return {
    async send(sent, after): Promise<Answer> {
      try {
        const variables = { id, input: inputOf(sent), after };
        const { data } = await client.mutate({ mutation: editMutation, variables, fetchPolicy: 'no-cache' });
        const act = data?.journeyEdit;
        if (!act) return { kind: 'offline' };
        const delta = act.journey && deltaOf(act.journey.parts);
        const [error] = act.userErrors;
        if (!error && delta) return { kind: 'done', delta };
        if (error?.code === 'CONFLICT' && delta) return { kind: 'conflict', reason: error.message, delta };
        return { kind: 'refused', reason: error?.message ?? '', delta };
      } catch (error) {
        return failureOf(error) === 'gone' ? { kind: 'refused', reason: '', delta: null } : { kind: 'offline' };
      }
    },
  };
}

function inputOf({ key, puts, removals }: Sent): Input {
  const input: Record<string, unknown> = { idempotencyKey: key, removals };
  for (const { id, kind, revision, to } of puts) {
    const field = fieldOf[kind];
    const list = (input[field] ?? []) as unknown[];
    input[field] = [...list, { id, revision, rank: to.rank, ...to.body }];
  }
  return input as Input;
}
