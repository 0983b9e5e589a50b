import { TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../deliveries.ts';
import { FormActions } from '../FormActions.tsx';
import { useTyped } from '../useTyped.ts';
import styles from './Check.module.css';
import { useHandIn } from './useHandIn.ts';
import { domainMeant } from './view.ts';

type Props = { place: Place; before: string | null; onDone: () => void; onCancel: (() => void) | null };

/** The domain whose records are looked at. */
export function DomainForm({ place, before, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const { isBusy, handIn, changed } = useHandIn(place);
  const { text: domain, tell, field } = useTyped(before, changed);
  const meant = domainMeant(domain);
  const isOther = meant.includes('.') && !meant.includes('@') && meant !== domain.toLowerCase();
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (domain === '') return tell(t('checks.domain.empty'));
    const refused = await handIn({ domain });
    if (refused) tell(refused.message);
    else onDone();
  };
  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate>
      <TextInput
        {...field}
        label={t('checks.domain.label')}
        description={isOther ? t('checks.domain.as', { domain: meant }) : t('checks.domain.hint')}
        placeholder={t('checks.domain.placeholder')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
      />
      <FormActions submit={t('checks.domain.submit')} isBusy={isBusy} onCancel={onCancel} />
    </form>
  );
}
