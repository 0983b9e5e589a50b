import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, post } from '../../api/post.ts';
import { FieldError } from '../../components/Notice.tsx';
import styles from './SignIn.module.css';

type Problem = 'emailInvalid' | 'tooMany' | 'offline' | 'failed';
type Props = {
  returnTo: string | undefined;
  email: string;
  onEmail: (email: string) => void;
  onSent: (email: string) => void;
};

function problemOf(answer: Answer<unknown> & { ok: false }): Problem {
  if (answer.status === 0) return 'offline';
  if (answer.status === 429) return 'tooMany';
  return answer.status === 400 ? 'emailInvalid' : 'failed';
}

/** One field. What was typed stays, whatever goes wrong. */
export function EmailForm({ returnTo, email, onEmail, onSent }: Props) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function handleSubmit(event: FormEvent) {
    event.preventDefault();
    const address = email.trim();
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) return setProblem('emailInvalid');
    setBusy(true);
    const answer = await post('/auth/link', { email: address, returnTo });
    setBusy(false);
    if (answer.ok) onSent(address);
    else setProblem(problemOf(answer));
  }

  return (
    <form className={styles.fields} onSubmit={handleSubmit} noValidate>
      <TextInput
        label={t('signIn.email')}
        placeholder={t('signIn.emailPlaceholder')}
        type="email"
        name="email"
        autoComplete="email"
        inputMode="email"
        size="md"
        autoFocus
        required
        withAsterisk={false}
        value={email}
        onChange={(event) => {
          onEmail(event.currentTarget.value);
          setProblem(null);
        }}
        error={problem === 'emailInvalid' ? t('signIn.emailInvalid') : undefined}
      />
      {problem && problem !== 'emailInvalid' && <FieldError>{t(`signIn.${problem}`)}</FieldError>}
      <Button type="submit" size="md" loading={isBusy}>
        {t('signIn.send')}
      </Button>
    </form>
  );
}
