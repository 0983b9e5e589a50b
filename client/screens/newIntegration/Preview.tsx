import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { Skeletons } from '../../components/Skeletons.tsx';
import { dayWords, todayOf } from '../../words/format.ts';
import type { PlanQuery } from './documents.ts';
import styles from './NewIntegration.module.css';

type Plan = ResultOf<typeof PlanQuery>['projectPlan'];

type Props = { plan: Plan | null; isLoading: boolean; isFailed: boolean; onRetry: () => void };

/** The road as it would be: its phases with their tasks and days. */
export function Preview({ plan, isLoading, isFailed, onRetry }: Props) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  return (
    <section className={styles.preview} aria-labelledby="preview-title" aria-busy={isLoading}>
      <h2 id="preview-title" className={styles.legend}>
        {t('newIntegration.preview.title')}
      </h2>
      {!plan && isLoading && <Skeletons rows={5} />}
      {!isLoading && isFailed && <ErrorState text={t('newIntegration.preview.failed')} onRetry={onRetry} />}
      {!plan && !isLoading && !isFailed && <p className={styles.hint}>{t('newIntegration.preview.empty')}</p>}
      {plan && !isFailed && (
        <>
          <p className={styles.hint}>
            {plan.phases.length === 0
              ? t('newIntegration.what.noneChosen')
              : t('newIntegration.preview.sum', {
                  tasks: t('newIntegration.preview.tasks', { count: plan.taskCount }),
                  phases: t('newIntegration.preview.phases', { count: plan.phases.length }),
                })}
          </p>
          <ol className={styles.phases}>
            {plan.phases.map((phase, index) => (
              <li key={phase.key} className={styles.phase}>
                <span className={styles.mark} aria-hidden="true">
                  {index + 1}
                </span>
                <span className={styles.phaseWords}>
                  <strong>{phase.name}</strong>
                  <span className={styles.hint}>
                    {t('newIntegration.preview.tasks', { count: phase.taskCount })},{' '}
                    {t('newIntegration.preview.due', { day: dayWords(phase.dueOn, today) })}
                  </span>
                </span>
              </li>
            ))}
          </ol>
          {plan.possibleTaskCount > 0 && (
            <p className={styles.hint}>{t('newIntegration.preview.possible', { count: plan.possibleTaskCount })}</p>
          )}
          {plan.missingFacts.length > 0 && (
            <p className={styles.note}>{t('newIntegration.preview.missing', { count: plan.missingFacts.length })}</p>
          )}
        </>
      )}
    </section>
  );
}
