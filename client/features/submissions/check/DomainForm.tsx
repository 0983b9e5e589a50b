import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../deliveries.ts';
import styles from './Check.module.css';
import { useHandIn } from './useHandIn.ts';
import { domainMeant } from './view.ts';

type Props = { place: Place; before: string | null; onDone: () => void; onCancel: (() => void) | null };

/** The domain whose records are looked at. */
export function DomainForm({ place, before, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const { isBusy, handIn, changed } = useHandIn(place);
  const [domain, setDomain] = useState(before ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const meant = domainMeant(domain);
  const isOther = meant.includes('.') && !meant.includes('@') && meant !== domain.trim().toLowerCase();
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const refused =
      domain.trim() === '' ? { message: t('checks.domain.empty') } : await handIn({ domain: domain.trim() });
    setProblem(refused?.message ?? null);
    if (refused) field.current?.focus();
    else onDone();
  };
  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate>
      <TextInput
        ref={field}
        label={t('checks.domain.label')}
        description={isOther ? t('checks.domain.as', { domain: meant }) : t('checks.domain.hint')}
        placeholder={t('checks.domain.placeholder')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        value={domain}
        error={problem}
        onChange={(event) => {
          setDomain(event.currentTarget.value);
          setProblem(null);
          changed();
        }}
      />
      <div className={styles.actions}>
        <Button type="submit" loading={isBusy}>
          {t('checks.domain.submit')}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
