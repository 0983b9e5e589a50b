import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResultOf, readFragment } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { figure } from '../../words/format.ts';
import { formSubmitMutation } from './acts.ts';
import { type Place, revisionOf } from './deliveries.ts';
import { formAnswerFragment, type inputFragment, type submissionFragment } from './documents.ts';
import { FormField } from './FormField.tsx';
import { answerOf, isAsked, knownValues, problemOf, type Question, valueAt, valuesOf } from './formValues.ts';
import styles from './Inputs.module.css';
import { useAct } from './useAct.ts';
import { useFormDraft } from './useFormDraft.ts';

type Props = {
  place: Place;
  input: ResultOf<typeof inputFragment>;
  latest: ResultOf<typeof submissionFragment> | null;
  next: string;
};

/** A form being filled in: kept as it is typed, for everybody who can hand it in. */
export function FormInput({ place, input, latest, next }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const questions = input.questions ?? [];
  const first = valuesOf(questions, readFragment(formAnswerFragment, latest?.answers ?? []));
  const form = useFormDraft({ inputId: input.id, questions, draft: input.draft, first, known: knownValues(questions) });
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());
  const fields = useRef<HTMLFormElement>(null);
  const asked = questions.filter((question) => isAsked(question, questions, form.values));

  const show = (found: Readonly<Record<string, string>>) => {
    setProblems(found);
    const firstKey = asked.find((question) => Object.hasOwn(found, question.key))?.key;
    const field = firstKey && fields.current?.elements.namedItem(firstKey);
    const element = field instanceof RadioNodeList ? field[0] : field;
    if (element instanceof HTMLElement) element.focus();
  };
  const saying = (question: Question): [string, string][] => {
    const problem = problemOf(question, valueAt(form.values, question.key));
    if (!problem) return [];
    const limit = figure(problem.limit);
    return [[question.key, t(`inputs.form.${problem.word}`, { min: limit, max: limit })]];
  };
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setRefusal(null);
    const found = Object.fromEntries(asked.flatMap(saying));
    show(found);
    if (Object.keys(found).length > 0) return;
    const answers = asked.map((question) => answerOf(question, valueAt(form.values, question.key)));
    const refused = await run(async () => {
      const revision = revisionOf(client, place.taskId);
      const variables = { input: { inputId: input.id, idempotencyKey: key.current, revision, answers } };
      const { data } = await client.mutate({ mutation: formSubmitMutation, variables });
      return data?.formSubmit.userErrors[0];
    });
    const named = refused?.field?.startsWith('answers.') ? refused.field.slice('answers.'.length) : null;
    if (!refused) form.forget();
    else if (named) show({ [named]: refused.message });
    else setRefusal(t('inputs.form.refused', { reason: refused.message }));
    // The same key holds for a repeat of the same answers only.
    if (refused?.code !== 'TROUBLE') key.current = crypto.randomUUID();
  };
  const handleValue = (question: Question, value: string | string[]) => {
    form.setValue(question.key, value);
    key.current = crypto.randomUUID();
    setProblems((now) => Object.fromEntries(Object.entries(now).filter(([one]) => one !== question.key)));
  };
  const count = Object.keys(problems).length;

  return (
    <form ref={fields} className={styles.form} onSubmit={handleSubmit} noValidate>
      {asked.map((question) => (
        <FormField
          key={question.key}
          question={question}
          value={valueAt(form.values, question.key)}
          problem={Object.hasOwn(problems, question.key) ? (problems[question.key] ?? null) : null}
          onValue={(value) => handleValue(question, value)}
        />
      ))}
      <div className={styles.actions}>
        <Button type="submit" loading={isBusy}>
          {t('inputs.form.handIn')}
        </Button>
        <p className={styles.soft} role="status">
          <DraftLine form={form} />
        </p>
      </div>
      {count > 0 && <FieldError>{t('inputs.form.problems', { count })}</FieldError>}
      {refusal && <FieldError>{refusal}</FieldError>}
      <p className={styles.soft}>
        {t('inputs.form.draft')} {next}
      </p>
    </form>
  );
}

function DraftLine({ form: { saving, draft } }: { form: ReturnType<typeof useFormDraft> }) {
  const { t } = useTranslation();
  if (saving === 'saving') return t('inputs.form.saving');
  if (saving !== 'idle') return t('inputs.form.notSaved', { reason: t(`submissions.trouble.${saving}`) });
  if (!draft?.savedAt || !draft.savedBy) return null;
  return (
    <>
      {t('inputs.form.savedBy', { name: draft.savedBy.name })} <RelativeTime at={draft.savedAt} />
    </>
  );
}
