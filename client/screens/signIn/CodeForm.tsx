import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './SignIn.module.css';
import { useArrive } from './useArrive.ts';

type Props = { returnTo: string | undefined };

const sentences = {
  CODE_WRONG: 'signIn.codeWrong',
  CODE_USED: 'signIn.codeOver',
  CODE_EXPIRED: 'signIn.codeOver',
  CODE_DEAD: 'signIn.codeDead',
  RATE_LIMITED: 'signIn.tooMany',
  OFFLINE: 'signIn.codeOffline',
} as const;

/** The six digits of the mail, for whoever reads it on another device. */
export function CodeForm({ returnTo }: Props) {
  const { t } = useTranslation();
  const arrive = useArrive();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<keyof typeof sentences | 'FAILED' | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function handleSubmit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await arrive('/auth/code', { code }, returnTo);
    setBusy(false);
    if (!answer.ok) setProblem(answer.code in sentences ? (answer.code as keyof typeof sentences) : 'FAILED');
  }

  const error = problem && t(problem === 'FAILED' ? 'signIn.failed' : sentences[problem]);
  return (
    <form className={styles.code} onSubmit={handleSubmit} noValidate>
      <TextInput
        label={t('signIn.code')}
        description={t('signIn.codeHint')}
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        size="md"
        maxLength={12}
        classNames={{ input: styles.digits }}
        value={code}
        onChange={(event) => {
          setCode(event.currentTarget.value);
          setProblem(null);
        }}
        error={error}
      />
      <Button type="submit" size="md" loading={isBusy} disabled={code.replace(/\D/g, '').length !== 6}>
        {t('signIn.codeSend')}
      </Button>
    </form>
  );
}
