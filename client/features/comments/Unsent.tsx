import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetUnsent, readUnsent, unsentChanged } from './drafts.ts';
import styles from './Unsent.module.css';

type Props = { taskId: string; personId: string };

/** What somebody wrote on a task that they cannot open any more: why it was not sent, and their words, to be taken along. */
export function Unsent({ taskId, personId }: Props) {
  const { t } = useTranslation();
  const [texts, setTexts] = useState(() => readUnsent({ personId, taskId }));
  useEffect(() => {
    const readAgain = () => setTexts(readUnsent({ personId, taskId }));
    addEventListener(unsentChanged, readAgain);
    return () => removeEventListener(unsentChanged, readAgain);
  }, [personId, taskId]);
  if (texts.length === 0) return null;
  const handleDiscard = () => {
    forgetUnsent({ personId, taskId });
    setTexts([]);
  };
  return (
    <section className={styles.unsent} aria-labelledby="unsent">
      <h2 id="unsent" className={styles.title}>
        {t('unsent.title')}
      </h2>
      <p role="alert">{t('unsent.reason')}</p>
      <ul className={styles.texts}>
        {texts.map(({ key, text }) => (
          <li key={key} className={styles.text} data-unsent>
            {text}
          </li>
        ))}
      </ul>
      <Button size="sm" variant="default" onClick={handleDiscard}>
        {t('unsent.discard')}
      </Button>
    </section>
  );
}
