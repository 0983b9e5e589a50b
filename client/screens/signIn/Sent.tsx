import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeForm } from './CodeForm.tsx';
import styles from './SignIn.module.css';

type Props = { email: string; returnTo: string | undefined; onOtherAddress: () => void };

/** After asking for a link. It says the same whether the address is known or not. */
export function Sent({ email, returnTo, onOtherAddress }: Props) {
  const { t } = useTranslation();
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => words.current?.focus(), []);
  return (
    <div className={styles.fields}>
      <div ref={words} tabIndex={-1} className={styles.sent}>
        <p>{t('signIn.sentTo', { email })}</p>
        <p>{t('signIn.sentHow')}</p>
      </div>
      <CodeForm returnTo={returnTo} />
      <p className={styles.quiet}>{t('signIn.sentNothing')}</p>
      <Button variant="default" onClick={onOtherAddress}>
        {t('signIn.otherAddress')}
      </Button>
    </div>
  );
}
