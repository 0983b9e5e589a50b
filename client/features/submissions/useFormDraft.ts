import { useApolloClient, useSubscription } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Failure, failureOf } from '../../api/failure.ts';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { draftSaveMutation, draftStream } from './acts.ts';
import { formDraftFragment } from './documents.ts';
import { answerOf, type Question, type Value, type Values, valuesOf } from './formValues.ts';

const saveAfterMs = 600;

type Options = {
  inputId: string;
  questions: readonly Question[];
  draft: FragmentOf<typeof formDraftFragment> | null;
  /** What the fields hold before anybody has typed: the version handed in last. */
  first: Values;
  /** What stands in a field that nobody has answered. */
  known: Values;
};
type Saving = 'idle' | 'saving' | Failure;

/**
 * What stands in a form: the shared draft, under what was typed here and is not kept yet. Somebody else's answers
 * appear as they are kept, but never in a field that is being typed into: there the last one counts.
 */
export function useFormDraft({ inputId, questions, draft: given, first, known }: Options) {
  const client = useApolloClient();
  const [kept, setKept] = useState(given);
  const [typed, setTyped] = useState<Values>({});
  const [saving, setSaving] = useState<Saving>('idle');
  const waiting = useRef<Record<string, Value>>({});
  const timer = useRef<number | undefined>(undefined);

  useSubscription(draftStream, {
    variables: { inputId },
    onData: ({ data }) => data.data && setKept(data.data.formDraftChanges),
  });

  const save = useCallback(async () => {
    window.clearTimeout(timer.current);
    const sent = waiting.current;
    const named = questions.filter((question) => Object.hasOwn(sent, question.key));
    if (named.length === 0) return;
    waiting.current = {};
    setSaving('saving');
    try {
      const answers = named.map((question) => answerOf(question, sent[question.key]));
      const { data } = await client.mutate({
        mutation: draftSaveMutation,
        variables: { id: inputId, input: { answers } },
      });
      const draft = data?.formDraftSave.draft;
      if (draft) setKept(draft);
      // What was typed on meanwhile stands in `waiting` again and stays.
      setTyped((now) =>
        Object.fromEntries(
          Object.entries(now).filter(([key, value]) => sent[key] !== value || !isSendable(questions, key, value)),
        ),
      );
      setSaving('idle');
    } catch (error) {
      waiting.current = { ...sent, ...waiting.current };
      setSaving(failureOf(error));
    }
  }, [client, inputId, questions]);

  // What was typed last is kept also when the page is left within the moment.
  useEffect(() => () => void save(), [save]);

  const setValue = (key: string, value: Value) => {
    setTyped((now) => ({ ...now, [key]: value }));
    waiting.current[key] = value;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void save(), saveAfterMs);
  };
  /** After it was handed in: what was typed is part of a version now. */
  const forget = () => {
    window.clearTimeout(timer.current);
    waiting.current = {};
    setTyped({});
  };

  const draft = kept && readFragment(formDraftFragment, kept);
  const keptValues = draft ? valuesOf(questions, draft.answers) : {};
  const base = draft?.savedAt ? keptValues : first;
  return { values: { ...known, ...base, ...typed }, draft, saving, setValue, save, forget };
}

/** A half-typed number is kept in its field, but not in the draft. */
function isSendable(questions: readonly Question[], key: string, value: Value): boolean {
  const question = questions.find((one) => one.key === key);
  return question?.kind !== 'NUMBER' || value === '' || answerOf(question, value).number !== null;
}
