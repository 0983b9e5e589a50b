import { TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddressField } from '../AddressField.tsx';
import type { Place } from '../deliveries.ts';
import { FormActions } from '../FormActions.tsx';
import inputStyles from '../Inputs.module.css';
import { useTyped } from '../useTyped.ts';
import { addressProblem } from './addressProblem.ts';
import styles from './Check.module.css';
import { everyWords } from './every.ts';
import { useHandIn } from './useHandIn.ts';

type Props = {
  place: Place;
  everyMinutes: number | null;
  before: string | null;
  hasSecret: boolean;
  onDone: () => void;
  onCancel: (() => void) | null;
};

/** The address of a feed that is fetched again and again, with the user and the password that it may want. */
export function FeedForm({ place, everyMinutes, before, hasSecret, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const { isBusy, handIn, changed } = useHandIn(place);
  const { text: url, tell, field } = useTyped(before, changed);
  const [isGuarded, setGuarded] = useState(hasSecret);
  // Read when they are handed in, and nowhere kept.
  const user = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const found = addressProblem(url);
    if (found) return tell(t(`submissions.url.${found}`));
    const access = isGuarded ? { user: user.current?.value ?? '', password: password.current?.value ?? '' } : {};
    const refused = await handIn({ url, ...access });
    if (refused) tell(t('submissions.url.refused', { reason: refused.message }));
    else onDone();
  };
  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate autoComplete="off">
      <AddressField
        {...field}
        label={t('checks.feed.label')}
        description={
          everyMinutes === null ? t('checks.feed.hint') : t('checks.feed.every', { every: everyWords(everyMinutes, t) })
        }
        placeholder={t('submissions.url.placeholder')}
      />
      <label className={inputStyles.option}>
        <input
          type="checkbox"
          checked={isGuarded}
          onChange={(event) => {
            setGuarded(event.currentTarget.checked);
            changed();
          }}
        />
        {t('checks.feed.withAccess')}
      </label>
      {isGuarded && (
        <>
          <div className={styles.pair}>
            <TextInput
              ref={user}
              label={t('checks.feed.user')}
              autoComplete="off"
              spellCheck={false}
              onChange={changed}
            />
            <TextInput
              ref={password}
              type="password"
              label={t('checks.feed.password')}
              autoComplete="new-password"
              onChange={changed}
            />
          </div>
          <p className={styles.soft}>{t('checks.feed.sealed')}</p>
        </>
      )}
      <FormActions
        submit={t('checks.feed.submit')}
        icon={isGuarded && <IconLock size={16} stroke={1.5} aria-hidden />}
        isBusy={isBusy}
        onCancel={onCancel}
      />
    </form>
  );
}
