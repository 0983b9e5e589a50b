import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from './documents.ts';
import styles from './Editor.module.css';
import { Tick } from './Tick.tsx';

type Props = { questions: readonly Question[] };
type Answers = Record<string, string | string[]>;

/** A form as people will meet it. It can be tried: what is asked follows what is answered. Nothing is kept or sent. */
export function FormPreview({ questions }: Props) {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState<Answers>({});
  return (
    <div className={styles.preview}>
      <p className={styles.previewHead}>
        <span>{t('templates.inputs.preview')}</span>
        <span>{t('templates.inputs.previewHint')}</span>
      </p>
      {questions
        .filter((question) => isAsked(question, questions, answers))
        .map((question) => (
          <Field
            key={question.key}
            question={question}
            answer={answers[question.key] ?? ''}
            onAnswer={(answer) => setAnswers((current) => ({ ...current, [question.key]: answer }))}
          />
        ))}
    </div>
  );
}

/** A question is asked when its condition holds, and the question that it hangs on is asked itself. */
export function isAsked(question: Question, all: readonly Question[], answers: Answers): boolean {
  if (question.when === null) return true;
  const { question: key, is } = question.when;
  const before = all.slice(0, all.indexOf(question)).find((each) => each.key === key);
  if (!before || !isAsked(before, all, answers)) return false;
  const answer = answers[key] ?? '';
  return Array.isArray(answer) ? answer.includes(is) : answer === is;
}

type FieldProps = { question: Question; answer: string | string[]; onAnswer: (answer: string | string[]) => void };

function Field({ question, answer, onAnswer }: FieldProps) {
  const { t } = useTranslation();
  const name = question.label.trim() || t('templates.inputs.unnamed');
  const label = question.isRequired ? name : `${name} (${t('templates.inputs.optional')})`;
  const text = Array.isArray(answer) ? '' : answer;
  const common = { label, description: question.help || undefined, value: text };
  if (question.kind === 'LONG_TEXT') {
    return <Textarea {...common} minRows={3} autosize onChange={(event) => onAnswer(event.currentTarget.value)} />;
  }
  if (question.kind === 'YES_NO' || question.kind === 'CHOICE') {
    const options =
      question.kind === 'YES_NO'
        ? [
            { value: 'yes', label: t('templates.inputs.yes') },
            { value: 'no', label: t('templates.inputs.no') },
          ]
        : question.options.map((option) => ({ value: option.key, label: option.label }));
    return (
      <NativeSelect
        {...common}
        data={[{ value: '', label: '–' }, ...options]}
        onChange={(event) => onAnswer(event.currentTarget.value)}
      />
    );
  }
  if (question.kind === 'CHOICES') {
    const chosen = Array.isArray(answer) ? answer : [];
    return (
      <fieldset className={styles.choices}>
        <legend>{label}</legend>
        {question.help && <p className={styles.small}>{question.help}</p>}
        {question.options.map((option) => (
          <Tick
            key={option.key}
            isOn={chosen.includes(option.key)}
            onChange={(isOn) => onAnswer(isOn ? [...chosen, option.key] : chosen.filter((each) => each !== option.key))}
          >
            {option.label || t('templates.inputs.unnamed')}
          </Tick>
        ))}
      </fieldset>
    );
  }
  return (
    <TextInput
      {...common}
      type={question.kind === 'DATE' ? 'date' : 'text'}
      inputMode={question.kind === 'NUMBER' ? 'decimal' : undefined}
      onChange={(event) => onAnswer(event.currentTarget.value)}
    />
  );
}
