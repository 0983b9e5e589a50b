import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import { ForecastQuery } from './documents.ts';
import styles from './Plan.module.css';
import { useFresh } from './useFresh.ts';

type Props = { projectId: string; position: number };

/** By when it is likely live, beside the target: one day for a client, and how sure that is for staff. */
export function ForecastLine({ projectId, position }: Props) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { data, previousData, refetch } = useQuery(ForecastQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
  useFresh(position, refetch);
  const project = (data ?? previousData)?.project;
  if (!project?.forecastOn) return null;
  const { forecast, forecastOn } = project;
  const day = (on: string) => dayWords(on, today);
  return (
    <p className={styles.soft}>
      {forecast
        ? `${t('project.target.forecast', { day: day(forecast.p50On) })} · ${t('project.target.range', { day: day(forecast.p80On) })}`
        : t('project.target.likely', { day: day(forecastOn) })}
    </p>
  );
}
