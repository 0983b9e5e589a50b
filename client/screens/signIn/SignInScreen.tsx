import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailForm } from './EmailForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { SamplePeople } from './SamplePeople.tsx';
import { Sent } from './Sent.tsx';
import styles from './SignIn.module.css';
import { SignInPage } from './SignInPage.tsx';

const route = getRouteApi('/sign-in');

/** Ask for a link by e-mail, or, on one's own computer with sample data, step in as somebody. */
export function SignInScreen() {
  const { t } = useTranslation();
  const options = route.useLoaderData();
  const { returnTo } = route.useSearch();
  const [email, setEmail] = useState('');
  const [isByPassword, setByPassword] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const company = options?.company ?? t('common.slipway');
  const people = options?.samplePeople ?? [];

  if (options?.isFresh) {
    return (
      <SignInPage company={company} title={t('setUp.freshTitle')} lead={t('setUp.fresh')}>
        {null}
      </SignInPage>
    );
  }
  if (sentTo !== null) {
    return (
      <SignInPage company={company} title={t('signIn.sentTitle')}>
        <Sent email={sentTo} returnTo={returnTo} onOtherAddress={() => setSentTo(null)} />
      </SignInPage>
    );
  }
  return (
    <SignInPage
      company={company}
      title={t('signIn.title', { company })}
      lead={t(isByPassword ? 'signIn.leadPassword' : 'signIn.lead')}
      beside={people.length > 0 && <SamplePeople people={people} returnTo={returnTo} />}
    >
      {isByPassword ? (
        <PasswordForm returnTo={returnTo} email={email} onEmail={setEmail} />
      ) : (
        <EmailForm returnTo={returnTo} email={email} onEmail={setEmail} onSent={setSentTo} />
      )}
      <Button variant="subtle" className={styles.otherWay} onClick={() => setByPassword(!isByPassword)}>
        {t(isByPassword ? 'signIn.byLink' : 'signIn.byPassword')}
      </Button>
    </SignInPage>
  );
}
