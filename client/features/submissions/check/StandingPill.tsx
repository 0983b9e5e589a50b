import {
  IconActivity,
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EnumOf } from '../../../api/graphql.ts';
import { RelativeTime } from '../../../components/Time.tsx';
import styles from './Check.module.css';

// Each has a shape of its own, so that nothing depends on telling colours apart.
const looks = {
  PASSING: { Icon: IconCircleCheck, tone: 'good' },
  DEGRADED: { Icon: IconAlertTriangle, tone: 'care' },
  BROKEN: { Icon: IconAlertOctagon, tone: 'bad' },
  FLAPPING: { Icon: IconActivity, tone: 'care' },
  NEW: { Icon: IconCircleDashed, tone: 'quiet' },
} as const;

type Props = { standing: EnumOf<'CheckStanding'>; since: string | null; hasPassed: boolean };

/** How a check stands over its last looks, as a shape and a word, and since when. */
export function StandingPill({ standing, since, hasPassed }: Props) {
  const { t } = useTranslation();
  // What was never right has not worsened: it is still being set up.
  const shown = hasPassed ? standing : 'NEW';
  const { Icon, tone } = looks[shown];
  return (
    <span className={styles.standing}>
      <span className={styles.pill} data-tone={tone} title={t(`checks.standing.hint.${shown}`)}>
        <Icon size={16} stroke={1.75} aria-hidden />
        {t(`checks.standing.${shown}`)}
      </span>
      {since !== null && hasPassed && (
        <span className={styles.soft}>
          {t('checks.standing.since')} <RelativeTime at={since} />
        </span>
      )}
    </span>
  );
}
