import { useMutation, useQuery, useSubscription } from '@apollo/client/react';
import { useDeferredValue, useMemo } from 'react';
import { findGaps } from '../../../server/journeys/gaps/findGaps.ts';
import type { Gap } from '../../../server/journeys/gaps/gap.ts';
import type { JourneyMap } from '../../../server/journeys/map.ts';
import { costsOf, type Measured } from '../../../server/journeys/measured.ts';
import { mapOf, type Part, researchOf } from '../../../server/journeys/parts.ts';
import type { ResultOf } from '../../api/graphql.ts';
import { decideMutation, measuresQuery, presenceSubscription, voteMutation } from './documents.ts';
import type { Change, MapState } from './mapStore.ts';
import { deltaOf, type JourneyLoaded, useMapStore } from './useMapStore.ts';
import { type Saying, useSaying } from './useSaying.ts';

export type { JourneyLoaded };

type Person = ResultOf<typeof presenceSubscription>['journeyPresence']['people'][number];

/** A map, as its screen needs it. */
export type JourneyDoc = {
  journey: { id: string; revision: number; name: string; archivedAt: string | null };
  canEdit: boolean;
  canVote: boolean;
  parts: ReadonlyMap<string, Part>;
  map: JourneyMap;
  research: ReturnType<typeof researchOf>;
  saying: Saying;
  /** Of the map a moment ago, while it is being drawn. */
  gaps: readonly Gap[];
  /** What waiting and rework cost on live projects. */
  measured: Measured;
  state: MapState;
  /** Shows at once, is sent, and is taken back with a reason when it is refused. One step of undo. */
  edit(changes: readonly Change[]): void;
  undo(): void;
  redo(): void;
  /** Says what becomes of a gap; answers with why not, null when it was done. */
  decide(key: string, said: Said): Promise<string | null>;
  vote(painPointId: string, isOn: boolean): void;
  me: { id: string; name: string };
  /** Who has it open now, the viewer included. */
  people: readonly Person[];
};

export type Said =
  | { decision: 'PLANNED'; ownerId: string; dueOn: string | null; effect: string }
  | { decision: 'ACCEPTED'; reason: string }
  | { decision: null };

const unmeasured: Measured = { waits: [], rework: [] };
const nobody: readonly Person[] = [];

export function useJourney(loaded: JourneyLoaded, me: JourneyDoc['me']): JourneyDoc {
  const [store, state, journey] = useMapStore(loaded);
  const { id, viewerCan } = journey;
  const [vote] = useMutation(voteMutation);
  const [decide] = useMutation(decideMutation, { fetchPolicy: 'no-cache' });
  const { data } = useSubscription(presenceSubscription, { variables: { id } });
  const map = useMemo(() => mapOf(state.parts.values()), [state.parts]);
  const saying = useSaying(store, state, journey, map);
  const research = useMemo(() => researchOf(state.parts.values()), [state.parts]);
  const drawn = useDeferredValue(map);
  const { data: told } = useQuery(measuresQuery);
  const measured = told?.journeyMeasures ?? unmeasured;
  const gaps = useMemo(() => findGaps(drawn, costsOf(drawn, measured)), [drawn, measured]);
  return {
    journey,
    me,
    canEdit: viewerCan.edit,
    canVote: viewerCan.vote,
    parts: state.parts,
    map,
    research,
    saying,
    gaps,
    measured,
    state,
    edit: (changes) => store.edit(changes),
    undo: () => store.undo(),
    redo: () => store.redo(),
    decide: async (key, said) => {
      const revision = state.decisions.get(key)?.revision ?? 0;
      const { data } = await decide({ variables: { id, input: { key, revision, ...said }, after: store.position } });
      const act = data?.journeyGapDecide;
      if (act?.journey) store.hear(deltaOf(act.journey.parts));
      return act?.userErrors[0]?.message ?? null;
    },
    vote: (painPointId, isOn) => void vote({ variables: { painPointId, isOn } }),
    people: data?.journeyPresence.people ?? nobody,
  };
}
