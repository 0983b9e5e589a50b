import { Button, TextInput } from '@mantine/core';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/post.ts';
import { FieldError } from '../../components/Notice.tsx';
import { hereZone, ZoneSelect } from '../../components/ZoneSelect.tsx';
import type { InvitationLook, InvitationUse, Invited } from './invitation.ts';
import styles from './SignIn.module.css';
import { SignInPage } from './SignInPage.tsx';
import { useArrive } from './useArrive.ts';

const route = getRouteApi('/invitation');

const over = {
  INVITATION_EXPIRED: 'invitation.expired',
  INVITATION_REVOKED: 'invitation.revoked',
  INVITATION_USED: 'invitation.used',
  INVITATION_KNOWN: 'invitation.known',
  INVITATION_INVALID: 'invitation.invalid',
} as const;
type Over = keyof typeof over;
const isOver = (code: string): code is Over => code in over;

/** Where an invitation leads. Only its button accepts it, and only for the address that it was sent to. */
export function InvitationScreen() {
  const { t } = useTranslation();
  const { options, answer } = route.useLoaderData();
  const { id, token } = route.useSearch();
  const [ended, setEnded] = useState<Over | null>(null);
  const company = options?.company ?? t('common.slipway');
  const code = ended ?? problemOf(answer);

  if (code !== null && isOver(code)) {
    const canSignIn = code === 'INVITATION_USED' || code === 'INVITATION_KNOWN';
    return (
      <SignInPage company={company} title={t('invitation.overTitle')} lead={t(over[code])}>
        <Link to="/sign-in" className={styles.again}>
          {t(canSignIn ? 'invitation.signIn' : 'invitation.toSignIn')}
        </Link>
      </SignInPage>
    );
  }
  if (!answer?.ok || 'problem' in answer.body || !id || !token) return <NotReached company={company} />;
  if (answer.body.signedInAs !== null) return <ForAnother invited={answer.body} as={answer.body.signedInAs} />;
  return <Accept invited={answer.body} use={{ id, token }} onOver={setEnded} />;
}

/** Why the page cannot be an invitation; null while nothing speaks against it. */
function problemOf(answer: InvitationLook): string | null {
  if (answer === null) return 'INVITATION_INVALID';
  if (!answer.ok) return answer.code;
  return 'problem' in answer.body ? answer.body.problem : null;
}

function NotReached({ company }: { company: string }) {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <SignInPage company={company} title={t('invitation.notReachedTitle')} lead={t('invitation.notReached')}>
      <div className={styles.fields}>
        <Button size="md" onClick={() => void router.invalidate()}>
          {t('common.tryAgain')}
        </Button>
      </div>
    </SignInPage>
  );
}

/** An invitation never changes who somebody signed in is: it says for whom it is and offers the way out. */
function ForAnother({ invited, as }: { invited: Invited; as: string }) {
  const { t } = useTranslation();
  const [hasFailed, setFailed] = useState(false);

  async function handleSignOut() {
    const answer = await post('/auth/sign-out');
    // A full load drops the cache and the socket with the session, and comes back to this page.
    if (answer.ok) location.reload();
    else setFailed(true);
  }

  return (
    <SignInPage
      company={invited.company}
      title={t('invitation.otherTitle')}
      lead={t('invitation.other', { email: invited.email, name: as })}
    >
      <div className={styles.fields}>
        {hasFailed && <FieldError>{t('signIn.failed')}</FieldError>}
        <Button size="md" onClick={handleSignOut}>
          {t('invitation.signOut')}
        </Button>
        <Link to="/">{t('invitation.stay', { name: as })}</Link>
      </div>
    </SignInPage>
  );
}

type AcceptProps = { invited: Invited; use: InvitationUse; onOver: (code: Over) => void };

function Accept({ invited, use, onOver }: AcceptProps) {
  const { t } = useTranslation();
  const arrive = useArrive();
  const [name, setName] = useState(invited.name);
  const [timeZone, setTimeZone] = useState(hereZone);
  const [problem, setProblem] = useState<'tooMany' | 'offline' | 'failed' | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function handleAccept(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await arrive('/auth/invitation', { ...use, name: name.trim(), timeZone }, undefined);
    setBusy(false);
    if (answer.ok) return;
    if (isOver(answer.code)) return onOver(answer.code);
    // Somebody signed in meanwhile, in another tab: the page says so when it is loaded again.
    if (answer.code === 'INVITATION_OTHER_PERSON') return location.reload();
    setProblem(answer.status === 0 ? 'offline' : answer.status === 429 ? 'tooMany' : 'failed');
  }

  const who = { inviter: invited.inviter ?? invited.company, company: invited.company };
  return (
    <SignInPage
      company={invited.company}
      title={t('invitation.title', { company: invited.company })}
      lead={t('invitation.lead', { ...who, email: invited.email })}
    >
      <form className={styles.fields} onSubmit={handleAccept} noValidate>
        <TextInput
          label={t('invitation.name')}
          size="md"
          autoComplete="name"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <ZoneSelect label={t('invitation.timeZone')} size="md" value={timeZone} onChange={setTimeZone} />
        {problem && <FieldError>{t(`invitation.${problem}`)}</FieldError>}
        <Button type="submit" size="md" loading={isBusy} disabled={name.trim() === ''}>
          {t('invitation.accept')}
        </Button>
        <p className={styles.quiet}>{t('invitation.noPassword')}</p>
      </form>
    </SignInPage>
  );
}
