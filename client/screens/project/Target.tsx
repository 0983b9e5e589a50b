import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/now.ts';
import { EditableField } from '../../features/projectEdit/EditableField.tsx';
import { dayInFull, daysUntil, dayWords, todayOf } from '../../words/format.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';

/** When we go live, in words. */
export function Target({ project }: { project: ProjectShown }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  return (
    <section className={styles.group} aria-labelledby="target-title">
      <h2 id="target-title" className={styles.groupTitle}>
        {t(project.state === 'LIVE' || project.state === 'CLOSED' ? 'project.target.planned' : 'project.target.title')}
      </h2>
      <div>
        <EditableField project={project} field="targetOn">
          <time className={styles.target} dateTime={project.targetOn}>
            {dayInFull(project.targetOn)}
          </time>
        </EditableField>
        {project.state === 'ACTIVE' && (
          <p className={styles.distance}>{distance(t, daysUntil(project.targetOn, today))}</p>
        )}
      </div>
      <div className={styles.faint}>
        <EditableField project={project} field="signedOn">
          {t('project.target.signed', { day: dayWords(project.signedOn, today) })}
        </EditableField>
      </div>
    </section>
  );
}

function distance(t: TFunction, days: number): string {
  if (days === 0) return t('project.target.today');
  if (days < 0) return t('project.target.past', { count: -days });
  if (days < 14) return t('project.target.inDays', { count: days });
  return t('project.target.inWeeks', { count: Math.round(days / 7) });
}
