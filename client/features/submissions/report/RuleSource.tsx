import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './RuleSource.module.css';

type Props = { of: { sourceName: string; sourceUrl: string | null } };

/** Where a rule is written; nothing when it is common knowledge. */
export function RuleSource({ of: { sourceName, sourceUrl } }: Props) {
  const { t } = useTranslation();
  if (sourceUrl === null) return null;
  return (
    <a
      className={styles.link}
      href={sourceUrl}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('report.sample.spec', { name: sourceName })}
    >
      {sourceName} <IconExternalLink size={16} stroke={1.5} aria-hidden />
    </a>
  );
}
