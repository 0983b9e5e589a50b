import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../words/format.ts';
import styles from './ConnectionStatus.module.css';
import { LiveStatusContext } from './LiveProject.tsx';

/** A dot and a word that tell whether what is on the screen is what the server has. */
export function ConnectionStatus() {
  const { t } = useTranslation();
  const status = useContext(LiveStatusContext);
  const behind = status.kind === 'catchingUp' ? status.behind : null;
  const time = status.kind === 'offline' ? clockTime(status.since) : '';
  return (
    <span
      className={styles.status}
      data-status={status.kind}
      role="status"
      title={t(`shell.${status.kind}Hint`, { time })}
    >
      <span className={styles.dot} aria-hidden="true" />
      {behind === null ? t(`shell.${status.kind}`, { time }) : t('shell.catchingUpOn', { count: behind })}
    </span>
  );
}
