import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmailForm } from './EmailForm.tsx';
import { SamplePeople } from './SamplePeople.tsx';
import { Sent } from './Sent.tsx';
import { SignInPage } from './SignInPage.tsx';

const route = getRouteApi('/sign-in');

/** Ask for a link by e-mail, or, on one's own computer with sample data, step in as somebody. */
export function SignInScreen() {
  const { t } = useTranslation();
  const options = route.useLoaderData();
  const { returnTo } = route.useSearch();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const company = options?.company ?? t('common.slipway');
  const people = options?.samplePeople ?? [];

  if (sentTo !== null) {
    return (
      <SignInPage company={company} title={t('signIn.sentTitle')}>
        <Sent email={sentTo} onOtherAddress={() => setSentTo(null)} />
      </SignInPage>
    );
  }
  return (
    <SignInPage
      company={company}
      title={t('signIn.title', { company })}
      lead={t('signIn.lead')}
      beside={people.length > 0 && <SamplePeople people={people} company={company} returnTo={returnTo} />}
    >
      <EmailForm returnTo={returnTo} onSent={setSentTo} />
    </SignInPage>
  );
}
