import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import styles from './SignIn.module.css';
import { useArrive } from './useArrive.ts';

type Props = { returnTo: string | undefined; email: string; onEmail: (email: string) => void };

const sentences = {
  PASSWORD_NOT_RIGHT: 'signIn.passwordNotRight',
  RATE_LIMITED: 'signIn.tooManyPasswords',
  OFFLINE: 'signIn.offline',
} as const;

/** For those who set a password of their own. */
export function PasswordForm({ returnTo, email, onEmail }: Props) {
  const { t } = useTranslation();
  const arrive = useArrive();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<keyof typeof sentences | 'FAILED' | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function handleSubmit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await arrive('/auth/password', { email: email.trim(), password, returnTo }, returnTo);
    setBusy(false);
    if (!answer.ok) setProblem(answer.code in sentences ? (answer.code as keyof typeof sentences) : 'FAILED');
  }

  return (
    <form className={styles.fields} onSubmit={handleSubmit} noValidate>
      <TextInput
        label={t('signIn.email')}
        placeholder={t('signIn.emailPlaceholder')}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        size="md"
        value={email}
        onChange={(event) => onEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('signIn.password')}
        name="password"
        autoComplete="current-password"
        size="md"
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.passwordShow'), tabIndex: 0 }}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          setProblem(null);
        }}
      />
      {problem && <FieldError>{t(problem === 'FAILED' ? 'signIn.failed' : sentences[problem])}</FieldError>}
      <Button type="submit" size="md" loading={isBusy} disabled={email.trim() === '' || password === ''}>
        {t('signIn.passwordSend')}
      </Button>
    </form>
  );
}
