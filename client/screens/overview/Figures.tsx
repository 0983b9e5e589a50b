import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { count, money } from '../../words/format.ts';
import styles from './Figures.module.css';

export const OverviewFigures = graphql(`
  fragment OverviewFigures on Overview {
    active
    waitingOnClient
    waitingOnCompany
    inReview
    revenueNotYetLive { amountMinor currency }
  }
`);

/** The figures above the table. */
export function Figures({ figures }: { figures: FragmentOf<typeof OverviewFigures> }) {
  const { t } = useTranslation();
  const read = readFragment(OverviewFigures, figures);
  const shown = [
    { label: t('overview.figures.active'), value: count(read.active) },
    { label: t('overview.figures.waitingOnClient'), value: count(read.waitingOnClient) },
    { label: t('overview.figures.waitingOnCompany'), value: count(read.waitingOnCompany) },
    { label: t('overview.figures.inReview'), value: count(read.inReview) },
    {
      label: t('overview.figures.revenue'),
      value: money(read.revenueNotYetLive),
      unit: t('overview.figures.perMonth'),
    },
  ];
  return (
    <dl className={styles.figures} aria-label={t('overview.figures.label')}>
      {shown.map(({ label, value, unit }) => (
        <div key={label} className={styles.figure}>
          <dt>{label}</dt>
          <dd>
            {value}
            {unit && <span className={styles.unit}>{unit}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
