import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './SignIn.module.css';

type Props = { email: string; onOtherAddress: () => void };

/** After asking for a link. It says the same whether the address is known or not. */
export function Sent({ email, onOtherAddress }: Props) {
  const { t } = useTranslation();
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => words.current?.focus(), []);
  return (
    <div className={styles.fields}>
      <div ref={words} tabIndex={-1} className={styles.sent}>
        <p>{t('signIn.sentTo', { email })}</p>
        <p>{t('signIn.sentHow')}</p>
        <p className={styles.quiet}>{t('signIn.sentNothing')}</p>
      </div>
      <Button variant="default" onClick={onOtherAddress}>
        {t('signIn.otherAddress')}
      </Button>
    </div>
  );
}
