import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import styles from './SignIn.module.css';
import { SignInPage } from './SignInPage.tsx';
import { useArrive } from './useArrive.ts';

const route = getRouteApi('/sign-in/link');

type Problem = 'used' | 'otherBrowser' | 'offline' | 'failed' | 'tooMany';

/** Links that are over; every other refusal leaves the link as good as it was. */
const over = ['LINK_USED', 'LINK_EXPIRED', 'LINK_DEAD', 'LINK_INVALID'];

function problemOf({ status, code }: { status: number; code: string }): Problem {
  if (status === 0) return 'offline';
  if (status === 429) return 'tooMany';
  if (code === 'LINK_OTHER_BROWSER') return 'otherBrowser';
  return over.includes(code) ? 'used' : 'failed';
}

const sentences = {
  used: 'signIn.linkUsed',
  otherBrowser: 'signIn.linkOtherBrowser',
  offline: 'signIn.linkOffline',
  failed: 'signIn.linkFailed',
  tooMany: 'signIn.tooMany',
} as const;

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
    if (!answer.ok) setProblem(problemOf(answer));
  }

  if (!id || !token || problem === 'used' || problem === 'otherBrowser') {
    return (
      <SignInPage
        company={company}
        title={problem === 'otherBrowser' ? t('signIn.linkOtherTitle') : t('signIn.linkUsedTitle')}
        lead={t(problem === null ? 'signIn.linkIncomplete' : sentences[problem])}
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
        {problem && <FieldError>{t(sentences[problem])}</FieldError>}
        <Button size="md" loading={isBusy} onClick={handleSignIn} autoFocus>
          {t('signIn.linkButton')}
        </Button>
      </div>
    </SignInPage>
  );
}
