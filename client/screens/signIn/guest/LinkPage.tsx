import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { loadSignInOptions } from '../options.ts';
import styles from '../SignIn.module.css';
import { SignInPage } from '../SignInPage.tsx';
import { type Told, tell } from './door.ts';

type Look = { isUsed: boolean; asksName: boolean } | { problem: string };
type Props = { id: string; token: string | null; onOpened: () => void };

/** The company's name, which anybody may know; Slipway's own until it is here. */
function useCompany(): string {
  const { t } = useTranslation();
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    void loadSignInOptions().then((options) => setName(options?.company ?? null));
  }, []);
  return name ?? t('common.slipway');
}

/** Where the mail leads: looking uses nothing up, and only the address that it was sent to opens the task. */
export function LinkPage({ id, token, onOpened }: Props) {
  const company = useCompany();
  const [look, setLook] = useState<Told<Look> | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks once more
  useEffect(() => {
    if (token === null) return;
    let isLeft = false;
    void tell<Look>(id, 'look', { token }).then((answer) => !isLeft && setLook(answer));
    return () => {
      isLeft = true;
    };
  }, [id, token, turn]);

  if (token === null) return <Ended why="closed" />;
  if (look === null) return null;
  if (!look.ok) return <Ended why="offline" onRetry={() => setTurn(turn + 1)} />;
  if ('problem' in look.body) return <Ended why={look.body.problem === 'HANDOVER_INVALID' ? 'invalid' : 'over'} />;
  const { isUsed, asksName } = look.body;
  return isUsed ? (
    <Used use={{ id, token }} company={company} />
  ) : (
    <Open use={{ id, token }} company={company} asksName={asksName} onOpened={onOpened} />
  );
}

type Use = { id: string; token: string };
const said = ['HANDOVER_OTHER', 'HANDOVER_SPENT', 'NAME_MISSING'] as const;
type Trouble = (typeof said)[number] | 'tooMany' | 'offline' | 'failed';

function troubleOf({ status, code }: { status: number; code: string }): Trouble {
  const known = said.find((one) => one === code);
  return known ?? (status === 0 ? 'offline' : status === 429 ? 'tooMany' : 'failed');
}

type OpenProps = { use: Use; company: string; asksName: boolean; onOpened: () => void };

function Open({ use, company, asksName, onOpened }: OpenProps) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isUsedUp, setUsedUp] = useState(false);
  const [isBusy, setBusy] = useState(false);

  async function handleOpen(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await tell(use.id, 'open', { token: use.token, email, name });
    setBusy(false);
    if (answer.ok) return onOpened();
    if (answer.code === 'HANDOVER_USED') return setUsedUp(true);
    setTrouble(troubleOf(answer));
  }
  if (isUsedUp) return <Used use={use} company={company} />;
  return (
    <SignInPage company={company} title={t('guest.link.title')} lead={t('guest.link.lead', { company })}>
      <form className={styles.fields} onSubmit={handleOpen} noValidate>
        <TextInput
          type="email"
          label={t('guest.link.email')}
          description={t('guest.link.emailHint')}
          size="md"
          autoComplete="email"
          maxLength={320}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {asksName && (
          <TextInput
            label={t('guest.link.name')}
            description={t('guest.link.nameHint')}
            size="md"
            autoComplete="name"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {trouble && <FieldError>{t(`guest.trouble.${trouble}`)}</FieldError>}
        <Button
          type="submit"
          size="md"
          loading={isBusy}
          disabled={email.trim() === '' || (asksName && name.trim() === '')}
        >
          {t('guest.link.open')}
        </Button>
        {trouble === 'HANDOVER_SPENT' && <Again use={use} />}
      </form>
    </SignInPage>
  );
}

function Used({ use, company }: { use: Use; company: string }) {
  const { t } = useTranslation();
  return (
    <SignInPage company={company} title={t('guest.used.title')} lead={t('guest.used.text')}>
      <div className={styles.fields}>
        <Again use={use} />
      </div>
    </SignInPage>
  );
}

/** Has a fresh link mailed, to the address of the handover alone. */
function Again({ use }: { use: Use }) {
  const { t } = useTranslation();
  const [isSent, setSent] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  async function handleAgain() {
    const answer = await tell(use.id, 'again', { token: use.token });
    if (answer.ok) setSent(true);
    else setTrouble(troubleOf(answer));
  }
  if (isSent) {
    return (
      <p role="status" className={styles.lead}>
        {t('guest.link.sent')}
      </p>
    );
  }
  return (
    <>
      <Button size="md" variant="default" onClick={() => void handleAgain()}>
        {t('guest.link.again')}
      </Button>
      <p className={styles.quiet}>{t('guest.link.againHint')}</p>
      {trouble && <FieldError>{t(`guest.trouble.${trouble}`)}</FieldError>}
    </>
  );
}

type Why = 'over' | 'thanks' | 'invalid' | 'closed' | 'offline';

/** Why there is no task here, and what to do about it. */
export function Ended({ why, onRetry }: { why: Why; onRetry?: () => void }) {
  const { t } = useTranslation();
  const company = useCompany();
  const words = {
    over: [t('guest.over.title'), t('guest.over.text')],
    thanks: [t('guest.over.thanksTitle'), t('guest.over.thanks')],
    invalid: [t('guest.over.invalidTitle'), t('guest.over.invalid')],
    closed: [t('guest.over.closedTitle'), t('guest.over.closed')],
    offline: [t('guest.notReachedTitle'), t('guest.trouble.offline')],
  } as const;
  const [title, lead] = words[why];
  return (
    <SignInPage company={company} title={title} lead={lead}>
      {why === 'offline' && onRetry && (
        <div className={styles.fields}>
          <Button size="md" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        </div>
      )}
    </SignInPage>
  );
}
