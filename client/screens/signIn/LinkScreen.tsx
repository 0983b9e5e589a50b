import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import styles from './SignIn.module.css';
import { SignInPage } from './SignInPage.tsx';
import { useArrive } from './useArrive.ts';

const route = getRouteApi('/sign-in/link');

type Problem = 'used' | 'offline' | 'tooMany';

/** Where the mail's link leads. Only the button signs in: a mail scanner that opens the page uses nothing up. */
export function LinkScreen() {
  const { t } = useTranslation();
  const options = route.useLoaderData();
  const { id, token } = route.useSearch();
  const arrive = useArrive();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const company = options?.company ?? t('common.slipway');

  async function handleSignIn() {
    setBusy(true);
    const answer = await arrive('/auth/session', { id, token }, undefined);
    setBusy(false);
    if (!answer.ok) setProblem(answer.status === 0 ? 'offline' : answer.status === 429 ? 'tooMany' : 'used');
  }

  if (!id || !token || problem === 'used') {
    return (
      <SignInPage
        company={company}
        title={t('signIn.linkUsedTitle')}
        lead={problem === 'used' ? t('signIn.linkUsed') : t('signIn.linkIncomplete')}
      >
        <Link to="/sign-in" className={styles.again} role="alert">
          {t('signIn.askAgain')}
        </Link>
      </SignInPage>
    );
  }
  return (
    <SignInPage company={company} title={t('signIn.linkTitle')} lead={t('signIn.linkLead', { company })}>
      <div className={styles.fields}>
        {problem && <FieldError>{t(problem === 'offline' ? 'signIn.linkOffline' : 'signIn.tooMany')}</FieldError>}
        <Button size="md" loading={isBusy} onClick={handleSignIn} autoFocus>
          {t('signIn.linkButton')}
        </Button>
      </div>
    </SignInPage>
  );
}
