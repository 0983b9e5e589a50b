import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../../components/CodeBlock.tsx';
import styles from './Tokens.module.css';

type Props = { secret: string; onDone: () => void };

/** A new token's secret, for as long as it stands here and never again. */
export function SecretOnce({ secret, onDone }: Props) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className={styles.made} aria-labelledby="token-made">
      <h2 id="token-made" className={styles.heading} tabIndex={-1} ref={title}>
        {t('tokens.made.title')}
      </h2>
      <p>{t('tokens.made.text')}</p>
      <CodeBlock>{secret}</CodeBlock>
      <div className={styles.actions}>
        <Button variant="default" onClick={onDone}>
          {t('tokens.made.done')}
        </Button>
      </div>
    </section>
  );
}
