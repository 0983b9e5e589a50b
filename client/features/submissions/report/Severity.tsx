import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EnumOf } from '../../../api/graphql.ts';
import styles from './Severity.module.css';

const looks = {
  ERROR: { Icon: IconCircleX, tone: 'bad' },
  WARNING: { Icon: IconAlertTriangle, tone: 'care' },
  HINT: { Icon: IconInfoCircle, tone: 'info' },
} as const;

type Props = {
  of: EnumOf<'FindingSeverity'>;
  /** The shape alone, where a line has no room for its word. */
  isShort?: boolean;
};

/** How bad a finding is. */
export function Severity({ of, isShort = false }: Props) {
  const { t } = useTranslation();
  const { Icon, tone } = looks[of];
  const word = t(`report.severity.${of}`);
  return isShort ? (
    <span className={styles.mark} data-tone={tone} title={word}>
      <Icon size={16} stroke={1.75} role="img" aria-label={word} />
    </span>
  ) : (
    <span className={styles.severity} data-tone={tone}>
      <Icon size={16} stroke={1.75} aria-hidden />
      {word}
    </span>
  );
}
