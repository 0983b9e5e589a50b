import { Button, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { type Refusal, useAct } from '../useAct.ts';
import styles from './Report.module.css';

type Declared = { key: string; value: string };
type Props = {
  asks: readonly string[];
  /** Nothing else is the first thing to do in this report. */
  isMain: boolean;
  /** Where what is typed counts at once, as far as it can be taken; an empty value takes it back. */
  onSay?: (declared: Declared[]) => void;
  onDeclare: (declared: Declared[]) => Promise<Refusal | null>;
};

/** What the file does not say itself, asked once of the person. */
export function Asks({ asks, isMain, onSay, onDeclare }: Props) {
  const { t } = useTranslation();
  const { isBusy, run } = useAct();
  const [values, setValues] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const declared = asks.map((key) => ({ key, value: cleaned(key, values[key] ?? '') }));
    const found = problemOf(declared, t);
    if (found) return setProblem(found);
    const refused = await run(async () => (await onDeclare(declared)) ?? undefined);
    setProblem(refused && t('report.asks.failed', { reason: refused.message }));
  };
  return (
    <form className={styles.box} onSubmit={handleSubmit} noValidate aria-label={t('report.asks.title')}>
      <p className={styles.title}>{t('report.asks.title')}</p>
      {asks.map((key) => (
        <TextInput
          key={key}
          label={key === 'currency' ? t('report.asks.currency') : t('report.asks.other', { key })}
          description={key === 'currency' ? t('report.asks.currencyHint') : undefined}
          maxLength={key === 'currency' ? 3 : 200}
          value={values[key] ?? ''}
          autoComplete="off"
          onChange={(event) => {
            const { value } = event.currentTarget;
            setValues((now) => ({ ...now, [key]: value }));
            setProblem(null);
            const said = { key, value: cleaned(key, value) };
            onSay?.([isTaken(said) ? said : { key, value: '' }]);
          }}
        />
      ))}
      {problem && <FieldError>{problem}</FieldError>}
      <div className={styles.actions}>
        <Button type="submit" variant={isMain ? 'filled' : 'default'} loading={isBusy}>
          {t('report.asks.submit')}
        </Button>
      </div>
    </form>
  );
}

function cleaned(key: string, value: string): string {
  return key === 'currency' ? value.trim().toUpperCase() : value.trim();
}

function problemOf(declared: readonly Declared[], t: TFunction): string | null {
  if (declared.some(({ value }) => value === '')) return t('report.asks.empty');
  return declared.every(isTaken) ? null : t('report.asks.currencyInvalid');
}

function isTaken({ key, value }: Declared): boolean {
  return key !== 'currency' || /^[A-Z]{3}$/.test(value);
}
