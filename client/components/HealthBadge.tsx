import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EnumOf } from '../api/graphql.ts';
import styles from './HealthBadge.module.css';

// Each has a shape of its own, so that nothing depends on telling colours apart.
const looks = {
  ON_TRACK: { Icon: IconCircleCheck, tone: 'good' },
  AT_RISK: { Icon: IconAlertTriangle, tone: 'care' },
  OFF_TRACK: { Icon: IconAlertOctagon, tone: 'bad' },
} as const satisfies Record<EnumOf<'Health'>, unknown>;

/** How a project is doing, as a shape and a word. */
export function HealthBadge({ health }: { health: EnumOf<'Health'> }) {
  const { t } = useTranslation();
  const { Icon, tone } = looks[health];
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon className={styles.icon} stroke={1.5} aria-hidden="true" />
      {t(`names.health.${health}`)}
    </span>
  );
}
