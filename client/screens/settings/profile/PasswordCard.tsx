import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../api/post.ts';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import { RelativeTime } from '../../../components/Time.tsx';
import styles from './Profile.module.css';

type SignIn = { passwordSetAt: string | null; isFresh: boolean };
type Props = { signIn: SignIn; onChanged: () => void };
type Act = 'set' | 'remove';

const problems = [
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_WRONG',
  'SIGN_IN_NOT_FRESH',
  'RATE_LIMITED',
] as const;

/** A password is a choice: the link by mail works with and without one. */
export function PasswordCard({ signIn, onChanged }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Act | null>(null);
  const [isDone, setDone] = useState(false);
  const { passwordSetAt, isFresh } = signIn;
  const mayAdd = passwordSetAt !== null || isFresh;

  function handleDone() {
    setOpen(null);
    setDone(true);
    onChanged();
  }

  return (
    <section className={styles.card} aria-labelledby="password-title">
      <h2 id="password-title" className={styles.title}>
        {t('settings.profile.password')}
      </h2>
      <p className={styles.quiet}>
        {passwordSetAt ? (
          <>
            {t('settings.profile.passwordKeep')} <RelativeTime at={passwordSetAt} />.
          </>
        ) : (
          t('settings.profile.passwordNone')
        )}
      </p>
      {!mayAdd && <p className={styles.quiet}>{t('settings.profile.notFresh')}</p>}
      <div className={styles.actions}>
        {mayAdd && (
          <Button variant="default" onClick={() => setOpen('set')}>
            {t(passwordSetAt ? 'settings.profile.passwordChange' : 'settings.profile.passwordAdd')}
          </Button>
        )}
        {passwordSetAt && (
          <Button variant="subtle" onClick={() => setOpen('remove')}>
            {t('settings.profile.passwordRemove')}
          </Button>
        )}
        <span role="status" className={styles.quiet}>
          {isDone && t('settings.profile.passwordDone')}
        </span>
      </div>
      {open && <PasswordDialog act={open} signIn={signIn} onClose={() => setOpen(null)} onDone={handleDone} />}
    </section>
  );
}

type DialogProps = { act: Act; signIn: SignIn; onClose: () => void; onDone: () => void };

function PasswordDialog({ act, signIn, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<(typeof problems)[number] | 'FAILED' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const asksCurrent = signIn.passwordSetAt !== null && !signIn.isFresh;
  const title = t(
    act === 'remove'
      ? 'settings.profile.passwordRemove'
      : signIn.passwordSetAt
        ? 'settings.profile.passwordChange'
        : 'settings.profile.passwordAdd',
  );

  async function handleSubmit() {
    setBusy(true);
    const answer = await post('/auth/password-change', {
      current: asksCurrent ? current : null,
      next: act === 'remove' ? null : next,
    });
    setBusy(false);
    if (answer.ok) return onDone();
    setProblem(problems.find((known) => known === answer.code) ?? 'FAILED');
  }

  const show = { 'aria-label': t('settings.profile.passwordShow'), tabIndex: 0 };
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogForm
        onSubmit={handleSubmit}
        actions={
          <>
            <Button type="submit" loading={isBusy} disabled={act === 'set' && next === ''}>
              {title}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        {asksCurrent && (
          <PasswordInput
            label={t('settings.profile.passwordCurrent')}
            autoComplete="current-password"
            visibilityToggleButtonProps={show}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
        )}
        {act === 'set' && (
          <PasswordInput
            label={t('settings.profile.passwordNew')}
            description={t('settings.profile.passwordHint')}
            autoComplete="new-password"
            visibilityToggleButtonProps={show}
            value={next}
            onChange={(event) => {
              setNext(event.currentTarget.value);
              setProblem(null);
            }}
          />
        )}
        <p className={styles.quiet}>{t('settings.profile.passwordOthers')}</p>
        {problem && (
          <FieldError>
            {t(problem === 'FAILED' ? 'settings.profile.failed' : `settings.profile.passwordProblem.${problem}`)}
          </FieldError>
        )}
      </DialogForm>
    </Dialog>
  );
}
