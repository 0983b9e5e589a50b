import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import { Conflicts } from './Conflicts.tsx';
import { type PlanChange, PlanPreviewQuery } from './documents.ts';
import styles from './Plan.module.css';

/** So many moved tasks are named; the rest are counted. */
const mostNamed = 4;

type Props = { projectId: string; change: PlanChange };
type Forecasts = { before: { p50On: string } | null; after: { p50On: string } | null };

/** What a change would move, before it is saved: in one line, then task by task. Staff only. */
export function Consequence({ projectId, change }: Props) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { data, previousData, error } = useQuery(PlanPreviewQuery, {
    variables: { projectId, change },
    fetchPolicy: 'network-only',
  });
  const found = (data ?? previousData)?.planPreview;
  if (error) return <p className={styles.soft}>{t('plan.preview.failed')}</p>;
  if (!found) return <Skeleton height={20} className={styles.waiting} aria-hidden />;
  const { moves, before, after, conflicts, others } = found;
  const day = (on: string) => dayWords(on, today);
  const isSafer = before && after && before.p80On !== after.p80On;
  return (
    <section className={styles.preview} aria-label={t('plan.preview.label')} data-stale={data ? undefined : true}>
      <p className={styles.line} role="status">
        {[
          moves.length > 0 ? t('plan.preview.moves', { count: moves.length }) : t('plan.preview.none'),
          ...goLive(t, { before, after }, day),
        ].join(' · ')}
      </p>
      {isSafer && (
        <p className={styles.soft}>{t('plan.preview.safe', { from: day(before.p80On), to: day(after.p80On) })}</p>
      )}
      {moves.length > 0 && (
        <ul className={styles.moves}>
          {moves
            .slice(0, mostNamed)
            .map(
              ({ task, fromOn, toOn }) =>
                task && (
                  <li key={task.id}>
                    {t('plan.preview.move', { title: task.title, from: day(fromOn), to: day(toOn) })}
                  </li>
                ),
            )}
          {moves.length > mostNamed && <li>{t('plan.preview.more', { count: moves.length - mostNamed })}</li>}
        </ul>
      )}
      <Conflicts conflicts={conflicts} />
      {others.map(
        ({ project, person }) =>
          project &&
          person && (
            <p key={`${project.id} ${person.id}`} className={styles.soft}>
              {t('plan.preview.other', { person: person.name, project: project.name })}
            </p>
          ),
      )}
    </section>
  );
}

function goLive(t: TFunction, { before, after }: Forecasts, day: (on: string) => string): string[] {
  if (!before || !after) return [];
  return before.p50On === after.p50On
    ? [t('plan.preview.same', { day: day(after.p50On) })]
    : [t('plan.preview.goLive', { from: day(before.p50On), to: day(after.p50On) })];
}
