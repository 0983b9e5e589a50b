import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { Day } from '../../components/Time.tsx';
import styles from './Panels.module.css';
import type { historyQuery } from './pastDocuments.ts';

export type DayFigures = NonNullable<ResultOf<typeof historyQuery>['journey']>['history'][number];

/** So many days are enough to see where it goes. */
const shownFirst = 8;

/** How much of the map's information was at home in Slipway, and in how many tools people worked, day by day. */
export function OverTime({ history }: { history: readonly DayFigures[] }) {
  const { t } = useTranslation();
  const [isAll, setAll] = useState(false);
  const days = isAll ? history : history.slice(0, shownFirst);
  if (history.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>{t('journeyMap.history.title')}</h3>
      <table className={styles.figures}>
        <thead>
          <tr>
            <th scope="col">{t('journeyMap.history.day')}</th>
            <th scope="col">{t('journeyMap.compare.centralised')}</th>
            <th scope="col">{t('journeyMap.compare.tools')}</th>
            <th scope="col">{t('journeyMap.compare.touchpoints')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ on, items, homeInSlipway, tools, touchpoints }) => (
            <tr key={on}>
              <th scope="row">
                <Day on={on} />
              </th>
              <td>
                {items === 0 ? nothing : t('journeyMap.percent', { value: Math.round((100 * homeInSlipway) / items) })}
              </td>
              <td>{tools}</td>
              <td>{touchpoints}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!isAll && history.length > shownFirst && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
          {t('journeyMap.gaps.more', { count: history.length - shownFirst })}
        </Button>
      )}
    </section>
  );
}

const nothing = '–';
