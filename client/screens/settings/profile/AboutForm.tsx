import { useMutation } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../../api/graphql.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { ZoneSelect } from '../../../components/ZoneSelect.tsx';
import styles from './Profile.module.css';

const ProfileEditMutation = graphql(`
  mutation ProfileEdit($input: ProfileEditInput!) {
    profileEdit(input: $input) { person { id name timeZone } userErrors { code field } }
  }
`);

type Props = { person: { name: string; timeZone: string }; email: string | null; isReadOnly: boolean };

/** One's own name and clock, as everybody sees them. */
export function AboutForm({ person, email, isReadOnly }: Props) {
  const { t } = useTranslation();
  const [edit] = useMutation(ProfileEditMutation);
  const [input, setInput] = useState({ name: person.name, timeZone: person.timeZone });
  const [outcome, setOutcome] = useState<'saved' | 'failed' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isChanged = input.name.trim() !== person.name || input.timeZone !== person.timeZone;
  const set = (changed: Partial<typeof input>) => {
    setInput((had) => ({ ...had, ...changed }));
    setOutcome(null);
  };

  async function handleSubmit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const done = await edit({ variables: { input } }).then(
      ({ data }) => data?.profileEdit.userErrors.length === 0,
      () => false,
    );
    setBusy(false);
    setOutcome(done ? 'saved' : 'failed');
  }

  return (
    <section className={styles.card} aria-labelledby="about-title">
      <h2 id="about-title" className={styles.title}>
        {t('settings.profile.about')}
      </h2>
      {email && <p className={styles.quiet}>{t('settings.profile.email', { email })}</p>}
      {!isReadOnly && (
        <form className={styles.form} onSubmit={handleSubmit} noValidate>
          <TextInput
            label={t('settings.profile.name')}
            autoComplete="name"
            maxLength={200}
            value={input.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <ZoneSelect
            label={t('settings.profile.timeZone')}
            value={input.timeZone}
            onChange={(timeZone) => set({ timeZone })}
          />
          {outcome === 'failed' && <FieldError>{t('settings.profile.failed')}</FieldError>}
          <div className={styles.actions}>
            <Button type="submit" loading={isBusy} disabled={!isChanged || input.name.trim() === ''}>
              {t('settings.profile.save')}
            </Button>
            <span role="status" className={styles.quiet}>
              {outcome === 'saved' && !isChanged && t('settings.profile.saved')}
            </span>
          </div>
        </form>
      )}
    </section>
  );
}
