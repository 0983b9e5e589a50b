import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCopy, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { revealMutation } from './acts.ts';
import styles from './Inputs.module.css';
import { useAct } from './useAct.ts';

const shownForSeconds = 30;

type Props = { inputId: string; field: { key: string; label: string } };

/** One secret, for staff: shown for half a minute, copied on a click, then gone from the page. It is never cached. */
export function Secret({ inputId, field }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [value, setValue] = useState<string | null>(null);
  const [seconds, setSeconds] = useState(0);
  const [copied, setCopied] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isShown = value !== null;

  useEffect(() => {
    if (!isShown) return;
    const endsAt = performance.now() + shownForSeconds * 1000;
    const tick = setInterval(() => {
      const left = Math.ceil((endsAt - performance.now()) / 1000);
      setSeconds(left);
      if (left <= 0) setValue(null);
    }, 250);
    return () => clearInterval(tick);
  }, [isShown]);

  const handleReveal = async () => {
    const refused = await run(async () => {
      const variables = { id: inputId, input: { field: field.key } };
      const { data } = await client.mutate({ mutation: revealMutation, variables, fetchPolicy: 'no-cache' });
      const secret = data?.credentialsReveal.secret;
      setSeconds(shownForSeconds);
      setCopied(null);
      if (secret) setValue(secret.value);
      return data?.credentialsReveal.userErrors[0];
    });
    setProblem(refused && t('inputs.credentials.revealFailed', { reason: refused.message }));
  };
  const handleCopy = async () => {
    const isCopied = await navigator.clipboard?.writeText(value ?? '').then(
      () => true,
      () => false,
    );
    setCopied(isCopied ?? false);
  };

  if (!isShown) {
    return (
      <>
        <Button
          variant="default"
          size="xs"
          loading={isBusy}
          onClick={handleReveal}
          leftSection={<IconEye size={16} stroke={1.5} aria-hidden />}
          aria-label={t('inputs.credentials.revealOf', { label: field.label })}
        >
          {t('inputs.credentials.reveal')}
        </Button>
        {problem && <FieldError>{problem}</FieldError>}
      </>
    );
  }
  return (
    <div className={styles.stack}>
      <code className={styles.revealed}>{value}</code>
      <div className={styles.actions}>
        <Button
          variant="default"
          size="xs"
          onClick={handleCopy}
          leftSection={<IconCopy size={16} stroke={1.5} aria-hidden />}
        >
          {copied ? t('inputs.credentials.copied') : t('inputs.credentials.copy')}
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={() => setValue(null)}
          leftSection={<IconEyeOff size={16} stroke={1.5} aria-hidden />}
        >
          {t('inputs.credentials.hide')}
        </Button>
      </div>
      {copied === false && <FieldError>{t('inputs.credentials.notCopied')}</FieldError>}
      <p className={styles.soft}>{t('inputs.credentials.shown', { seconds })}</p>
    </div>
  );
}
