import { useTranslation } from 'react-i18next';
import type { Input } from '../documents.ts';
import styles from '../Editor.module.css';
import { wantedOf } from './wanted.ts';

/** The same to be read, where nothing can be changed. */
export function WantedShown({ input }: { input: Input }) {
  const { t } = useTranslation();
  const { of, records = [], script } = wantedOf(input.wanted);
  return (
    <>
      <p className={styles.soft}>
        {t('templateChecks.shown', { kind: t(`templateChecks.kind.${of}`) })}
        {script && ` ${script}`}
      </p>
      {of === 'DNS' && (
        <ul className={styles.waits}>
          {records.map(({ type, name, selector, target, value, issuer, includes }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: records have no name of their own
            <li key={at} className={styles.wait}>
              {[type, name ?? selector, target ?? value ?? issuer ?? includes?.join(' ')].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
