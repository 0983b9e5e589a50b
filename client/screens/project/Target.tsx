import type { TFunction } from 'i18next';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/now.ts';
import { EditableField } from '../../features/projectEdit/EditableField.tsx';
import { dayInFull, daysUntil, dayWords, todayOf } from '../../words/format.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';

const ForecastLine = lazy(async () => ({
  default: (await import('../../features/plan/ForecastLine.tsx')).ForecastLine,
}));

/** When we go live, in words; once we did, when that was; and that it was planned, where it is not to be any more. */
export function Target({ project }: { project: ProjectShown }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { state, targetOn, wentLiveAt } = project;
  const liveOn = wentLiveAt === null ? null : todayOf(new Date(wentLiveAt));
  return (
    <section className={styles.group} aria-labelledby="target-title">
      <h2 id="target-title" className={styles.groupTitle}>
        {t(`project.target.${titleOf(state, liveOn)}`)}
      </h2>
      {liveOn ? (
        <>
          <TargetDay on={liveOn} />
          <div className={styles.faint}>
            <EditableField project={project} field="targetOn">
              {t('project.target.plannedFor', { day: dayWords(targetOn, today) })}
            </EditableField>
          </div>
        </>
      ) : (
        <div>
          <EditableField project={project} field="targetOn">
            {state === 'CANCELLED' ? (
              <span className={styles.distance}>{dayInFull(targetOn)}</span>
            ) : (
              <TargetDay on={targetOn} />
            )}
          </EditableField>
          {state === 'ACTIVE' && <p className={styles.distance}>{distance(t, daysUntil(targetOn, today))}</p>}
          {state === 'ACTIVE' && (
            <Suspense fallback={null}>
              <ForecastLine projectId={project.id} position={project.position} />
            </Suspense>
          )}
        </div>
      )}
      <div className={styles.faint}>
        <EditableField project={project} field="signedOn">
          {t('project.target.signed', { day: dayWords(project.signedOn, today) })}
        </EditableField>
      </div>
    </section>
  );
}

function titleOf(state: ProjectShown['state'], liveOn: string | null): 'wentLive' | 'planned' | 'cancelled' | 'title' {
  if (liveOn) return 'wentLive';
  if (state === 'CANCELLED') return 'cancelled';
  return state === 'LIVE' || state === 'CLOSED' ? 'planned' : 'title';
}

function TargetDay({ on }: { on: string }): ReactNode {
  return (
    <time className={styles.target} dateTime={on}>
      {dayInFull(on)}
    </time>
  );
}

function distance(t: TFunction, days: number): string {
  if (days === 0) return t('project.target.today');
  if (days < 0) return t('project.target.past', { count: -days });
  if (days < 14) return t('project.target.inDays', { count: days });
  return t('project.target.inWeeks', { count: Math.round(days / 7) });
}
