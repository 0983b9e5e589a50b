import { IconFlag, IconLock, IconPlayerPause, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/now.ts';
import type { Viewer } from '../../features/viewer/viewer.ts';
import { dayInFull, todayOf } from '../../words/format.ts';
import type { ProjectShown } from './ProjectScreen.tsx';
import styles from './StateNotice.module.css';

type Props = { project: ProjectShown; viewer: Viewer };

const looks = {
  DRAFT: { Icon: IconLock, tone: 'internal' },
  ON_HOLD: { Icon: IconPlayerPause, tone: 'care' },
  LIVE: { Icon: IconFlag, tone: 'good' },
  CLOSED: { Icon: IconFlag, tone: 'quiet' },
  CANCELLED: { Icon: IconX, tone: 'quiet' },
} as const;

/** What a project that is not simply under way says of itself, to both sides in the same words where it concerns both. */
export function StateNotice({ project, viewer }: Props) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { state, stateSince, stateReason } = project;
  if (state === 'ACTIVE') return null;
  const { Icon, tone } = looks[state];
  const since = stateSince ? dayInFull(todayOf(new Date(stateSince))) : null;
  const isToday = stateSince !== null && todayOf(new Date(stateSince)) === today;
  const company = viewer.company.name;
  return (
    <section className={styles.notice} data-tone={tone} aria-labelledby="state-title">
      <Icon className={styles.icon} stroke={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <h2 id="state-title" className={styles.title}>
          {isToday && state === 'LIVE'
            ? t('projectState.LIVE.today', { account: project.account.name })
            : t(`projectState.${state}.title`, { company, account: project.account.name })}
        </h2>
        <p>{t(viewer.isStaff ? `projectState.${state}.staff` : `projectState.${state}.client`, { company })}</p>
        {stateReason && <p className={styles.reason}>{t('projectState.reason', { reason: stateReason })}</p>}
        {since && state !== 'DRAFT' && <p className={styles.since}>{t('projectState.since', { day: since })}</p>}
      </div>
    </section>
  );
}
