import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { FormField } from '../../../features/submissions/FormField.tsx';
import { answerOf, isAsked, type Question, type Value, valueAt } from '../../../features/submissions/formValues.ts';
import type { GuestInput, GuestPage } from './door.ts';
import styles from './Guest.module.css';
import { useTelling } from './useTelling.ts';

type Props = { id: string; input: GuestInput; task: GuestPage['task']; onActed: () => Promise<void> };

/** What stands in the fields: by question, by kind of page, or under `subject`. */
const subject = 'subject';

/** The fields of one input: an address, a domain, some pages or a form, and the button that hands them in. */
export function GuestForm({ id, input, task, onActed }: Props) {
  const { t } = useTranslation();
  const { isBusy, refusal, run } = useTelling(id);
  const [typed, setTyped] = useState<Readonly<Record<string, Value>>>({});
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { asks } = input;
  // What is known of the account is not told to a guest: every question is a plain one.
  const questions: Question[] = input.questions.map((one) => ({ ...one, maxCharacters: null, known: null }));
  const set = (name: string, value: Value) => {
    setTyped((before) => ({ ...before, [name]: value }));
    // Other words are another act.
    setKey(crypto.randomUUID());
  };
  const textOf = (name: string) => {
    const value = valueAt(typed, name);
    return typeof value === 'string' ? value : '';
  };
  const asked = questions.filter((question) => isAsked(question, questions, typed));

  const given = () => {
    if (asks === 'FORM') return { answers: asked.map((question) => answerOf(question, valueAt(typed, question.key))) };
    if (asks === 'PAGES') return { pages: input.pageTypes.map((type) => ({ type, url: textOf(type).trim() })) };
    return asks === 'DOMAIN' ? { domain: textOf(subject) } : { url: textOf(subject) };
  };
  async function handleSend() {
    const isDone = await run('hand-in', { inputId: input.id, key, revision: task.revision, ...given() });
    if (isDone) setTyped({});
    // Refused or not: what stands there now is shown.
    await onActed();
  }
  const send = asks === 'DOMAIN' || asks === 'PAGES' ? 'check' : input.latest ? 'sendAgain' : 'send';

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void handleSend();
      }}
    >
      {asks === 'FORM' &&
        asked.map((question) => (
          <FormField
            key={question.key}
            question={question}
            value={valueAt(typed, question.key)}
            problem={null}
            onValue={(value) => set(question.key, value)}
          />
        ))}
      {asks === 'PAGES' &&
        input.pageTypes.map((type) => (
          <TextInput
            key={type}
            type="url"
            label={t(`guest.handIn.page.${type}`)}
            placeholder={t('guest.handIn.addressPlaceholder')}
            value={textOf(type)}
            onChange={(event) => set(type, event.currentTarget.value)}
          />
        ))}
      {(asks === 'ADDRESS' || asks === 'DOMAIN') && (
        <TextInput
          label={input.label}
          placeholder={t(asks === 'DOMAIN' ? 'guest.handIn.domainPlaceholder' : 'guest.handIn.addressPlaceholder')}
          value={textOf(subject)}
          onChange={(event) => set(subject, event.currentTarget.value)}
        />
      )}
      {refusal && <FieldError>{refusal}</FieldError>}
      <Button type="submit" loading={isBusy}>
        {t(`guest.handIn.${send}`)}
      </Button>
    </form>
  );
}
