import { Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { dayWords, figure, todayOf } from '../../words/format.ts';
import type { Question, Value } from './formValues.ts';
import styles from './Inputs.module.css';

type Props = { question: Question; value: Value | undefined; problem: string | null; onValue: (value: Value) => void };

/** The field of one question, by its kind. */
export function FormField({ question, value, problem, onValue }: Props) {
  const { t } = useTranslation();
  const { kind } = question;
  const text = typeof value === 'string' ? value : '';
  const label = question.isRequired ? question.label : `${question.label} (${t('inputs.form.optional')})`;
  const common = { label, description: useHelp(question), error: problem, value: text, name: question.key };
  const handleText = (event: { currentTarget: { value: string } }) => onValue(event.currentTarget.value);

  if (kind === 'LONG_TEXT') return <Textarea {...common} autosize minRows={3} maxRows={12} onChange={handleText} />;
  if (kind === 'TEXT') return <TextInput {...common} onChange={handleText} />;
  if (kind === 'NUMBER') return <TextInput {...common} inputMode="decimal" onChange={handleText} />;
  if (kind === 'DATE') return <TextInput {...common} type="date" onChange={handleText} />;

  const isMany = kind === 'CHOICES';
  const chosen = Array.isArray(value) ? value : [text];
  const options = kind === 'YES_NO' ? yesNo.map((key) => ({ key, label: t(`inputs.form.${key}`) })) : question.options;
  const toggle = (key: string, isOn: boolean) => {
    if (!isMany) onValue(key);
    else onValue(options.map((one) => one.key).filter((one) => (one === key ? isOn : chosen.includes(one))));
  };
  return (
    <Group label={label} help={common.description} problem={problem}>
      {options.map((option) => (
        <label key={option.key} className={styles.option}>
          <input
            type={isMany ? 'checkbox' : 'radio'}
            name={question.key}
            checked={chosen.includes(option.key)}
            onChange={(event) => toggle(option.key, event.currentTarget.checked)}
          />
          {option.label}
        </label>
      ))}
    </Group>
  );
}

const yesNo = ['yes', 'no'] as const;

type GroupProps = { label: string; help: string | null; problem: string | null; children: ReactNode };

function Group({ label, help, problem, children }: GroupProps) {
  const id = useId();
  return (
    <fieldset className={styles.group} aria-describedby={`${id}-help ${id}-problem`}>
      <legend>{label}</legend>
      {help && (
        <p id={`${id}-help`} className={styles.soft}>
          {help}
        </p>
      )}
      <div className={styles.options}>{children}</div>
      {problem && <FieldError id={`${id}-problem`}>{problem}</FieldError>}
    </fieldset>
  );
}

/** What is said under a question: its help, and the bounds of a number. */
function useHelp({ known, ...question }: Question): string | null {
  const { t } = useTranslation();
  const help = useOwnHelp(question);
  if (!known) return help;
  const day = todayOf(new Date(known.at));
  return [t('inputs.form.known', { from: known.from, day: dayWords(day, day) }), help].filter(Boolean).join(' ');
}

function useOwnHelp({ help, kind, min, max }: Omit<Question, 'known'>): string | null {
  const { t } = useTranslation();
  if (kind !== 'NUMBER' || (min === null && max === null)) return help || null;
  const bounds =
    min !== null && max !== null
      ? t('inputs.form.range', { min: figure(min), max: figure(max) })
      : min !== null
        ? t('inputs.form.from', { min: figure(min) })
        : t('inputs.form.upTo', { max: figure(max ?? 0) });
  return [help, bounds].filter(Boolean).join(' ');
}
