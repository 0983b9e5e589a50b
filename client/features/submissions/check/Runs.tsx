import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../../components/Time.tsx';
import styles from './Check.module.css';
import type { CheckView } from './view.ts';

const looks = {
  PASSED: { Icon: IconCheck, tone: 'good' },
  WARNED: { Icon: IconAlertTriangle, tone: 'care' },
  FAILED: { Icon: IconX, tone: 'bad' },
} as const;

/** The last looks as a row of shapes, oldest first; opened, each with its moment and what it found. */
export function Runs({ runs }: { runs: CheckView['runs']['nodes'] }) {
  const { t } = useTranslation();
  if (runs.length < 2) return null;
  return (
    <details className={styles.runs}>
      <summary>
        <span>{t('checks.runs.title', { count: runs.length })}</span>
        <span className={styles.strip}>
          {[...runs].reverse().map(({ id, result }) => {
            const { Icon, tone } = looks[result];
            return (
              <span key={id} className={styles.tick} data-tone={tone}>
                <Icon size={16} stroke={2} role="img" aria-label={t(`checks.runs.${result}`)} />
              </span>
            );
          })}
        </span>
      </summary>
      <ol className={styles.runList}>
        {runs.map(({ id, at, result, findingCount }) => (
          <li key={id}>
            <RelativeTime at={at} />
            <span className={styles.state} data-tone={looks[result].tone}>
              {t(`checks.runs.${result}`)}
            </span>
            {findingCount > 0 && <span>{t('checks.runs.findings', { count: findingCount })}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}
