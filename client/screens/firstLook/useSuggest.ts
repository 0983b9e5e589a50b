import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { type Failure, failureOf } from '../../api/failure.ts';
import type { EnumOf } from '../../api/graphql.ts';
import type { Settings } from '../../features/firstLook/look.ts';
import { DefaultsSetMutation, SuggestMutation } from './documents.ts';
import type { Base } from './draft.ts';

export type Outcome =
  | { kind: 'saved' | 'defaultsSaved' }
  | { kind: 'conflict'; theirs: Settings }
  | { kind: 'refused'; message: string }
  | { kind: 'failed'; failure: Failure };

/**
 * Saves what was tried out, as a suggestion for this project or as what every such mock begins with. After a conflict the
 * next save carries the revision that the conflict told, and so replaces what the other person saved.
 */
export function useSuggest(projectId: string, product: EnumOf<'Product'>, base: Base) {
  const [suggest, { loading: isSuggesting }] = useMutation(SuggestMutation);
  const [setDefaults, { loading: isSetting }] = useMutation(DefaultsSetMutation);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  // Told by the last answer: of what was saved here, or of what stood in the way.
  const [told, setTold] = useState<{ suggestion?: number; defaults?: number }>({});

  /** Whether it was saved. */
  const save = async (values: Settings): Promise<boolean> => {
    setOutcome(null);
    try {
      const revision = Math.max(base.suggestion, told.suggestion ?? 0);
      const { data } = await suggest({
        variables: { id: projectId, input: { product, revision, values: plain(values) } },
      });
      const answer = data?.firstLookSuggest;
      const refusal = answer?.userErrors[0];
      if (answer?.mock) setTold({ ...told, suggestion: answer.mock.suggestion?.revision ?? 0 });
      if (!refusal) setOutcome({ kind: 'saved' });
      else if (refusal.code === 'CONFLICT' && answer.mock) {
        setOutcome({ kind: 'conflict', theirs: plain(answer.mock.settings) });
      } else setOutcome({ kind: 'refused', message: refusal.message });
      return refusal === undefined;
    } catch (error) {
      setOutcome({ kind: 'failed', failure: failureOf(error) });
      return false;
    }
  };
  const saveDefaults = async (values: Settings): Promise<boolean> => {
    setOutcome(null);
    try {
      const revision = Math.max(base.defaults, told.defaults ?? 0);
      const { data } = await setDefaults({ variables: { product, input: { revision, values: plain(values) } } });
      const answer = data?.firstLookDefaultsSet;
      const refusal = answer?.userErrors[0];
      if (answer?.defaults) setTold({ ...told, defaults: answer.defaults.revision });
      if (!refusal) setOutcome({ kind: 'defaultsSaved' });
      else if (refusal.code === 'CONFLICT' && answer.defaults) {
        setOutcome({ kind: 'conflict', theirs: plain(answer.defaults.values) });
      } else setOutcome({ kind: 'refused', message: refusal.message });
      return refusal === undefined;
    } catch (error) {
      setOutcome({ kind: 'failed', failure: failureOf(error) });
      return false;
    }
  };
  return { save, saveDefaults, outcome, clear: () => setOutcome(null), isSaving: isSuggesting || isSetting };
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
