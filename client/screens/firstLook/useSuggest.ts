import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { type Failure, failureOf } from '../../api/failure.ts';
import type { EnumOf } from '../../api/graphql.ts';
import type { Settings } from '../../features/firstLook/look.ts';
import { DefaultsSetMutation, SuggestMutation } from './documents.ts';
import type { Base } from './draft.ts';

export type Outcome =
  | { kind: 'saved' | 'defaultsSaved' | 'takenBack' | 'defaultsTakenBack' }
  | { kind: 'conflict'; theirs: Settings }
  | { kind: 'refused'; message: string }
  | { kind: 'failed'; failure: Failure };

/**
 * Saves what was tried out, as a suggestion for this project or as what every such mock begins with; null takes back what
 * was saved before. After a conflict the next save carries the revision that the conflict told, and so replaces what the
 * other person saved.
 */
export function useSuggest(projectId: string, product: EnumOf<'Product'>, base: Base) {
  const [suggest, { loading: isSuggesting }] = useMutation(SuggestMutation);
  const [setDefaults, { loading: isSetting }] = useMutation(DefaultsSetMutation);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [suggestionSeen, suggestionTold] = useRevision(base.suggestion);
  const [defaultsSeen, defaultsTold] = useRevision(base.defaults);

  const outcomeOf = async (act: () => Promise<Outcome>): Promise<Outcome> => {
    setOutcome(null);
    const came = await act().catch((error): Outcome => ({ kind: 'failed', failure: failureOf(error) }));
    setOutcome(came);
    return came;
  };
  const save = (values: Settings | null, revision = suggestionSeen) =>
    outcomeOf(async () => {
      const input = { product, revision, values: values && plain(values) };
      const { data } = await suggest({ variables: { id: projectId, input } });
      const answer = data?.firstLookSuggest;
      const refusal = answer?.userErrors[0];
      if (answer?.mock) suggestionTold(answer.mock.suggestion?.revision ?? 0);
      if (!refusal) return { kind: values ? 'saved' : 'takenBack' };
      if (refusal.code !== 'CONFLICT' || !answer.mock) return { kind: 'refused', message: refusal.message };
      return { kind: 'conflict', theirs: plain(answer.mock.settings) };
    });
  const saveDefaults = (values: Settings | null, revision = defaultsSeen) =>
    outcomeOf(async () => {
      const input = { revision, values: values && plain(values) };
      const { data } = await setDefaults({ variables: { product, input } });
      const answer = data?.firstLookDefaultsSet;
      const refusal = answer?.userErrors[0];
      if (answer) defaultsTold(answer.defaults?.revision ?? 0);
      if (!refusal) return { kind: values ? 'defaultsSaved' : 'defaultsTakenBack' };
      if (refusal.code !== 'CONFLICT' || !answer.defaults) return { kind: 'refused', message: refusal.message };
      return { kind: 'conflict', theirs: plain(answer.defaults.values) };
    });
  return { save, saveDefaults, outcome, clear: () => setOutcome(null), isSaving: isSuggesting || isSetting };
}

/** The revision that the next save names: what the last answer told, until what is known of it moves on. */
function useRevision(known: number): [seen: number, tell: (revision: number) => void] {
  const [told, setTold] = useState<{ over: number; revision: number } | null>(null);
  if (told && told.over !== known) setTold(null);
  return [told?.over === known ? told.revision : known, (revision) => setTold({ over: known, revision })];
}

/** Without what Apollo adds to an answer, which an input does not know. */
function plain({ layout, accent, results, synonyms, boosts }: Settings) {
  return {
    layout,
    accent,
    results,
    synonyms: synonyms.map((group) => [...group]),
    boosts: boosts.map(({ field, value, factor }) => ({ field, value, factor })),
  };
}
