import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { count, money } from '../../words/format.ts';
import styles from './Figures.module.css';
import { type Filter, type OverviewSearch, plainLook, searchWithin } from './look.ts';

export const OverviewFigures = graphql(`
  fragment OverviewFigures on Overview {
    active
    atRisk
    offTrack
    waitingOnClient
    waitingOnCompany
    inReview
    revenueNotYetLive { amountMinor currency }
    medianDaysToLive
    questionsAvoided
  }
`);

/** The rows behind a figure, whatever was looked at before. */
const door = (filter: Partial<Filter>): OverviewSearch =>
  searchWithin('all', { ...plainLook, filter: { ...plainLook.filter, ...filter } });

type Figure = { label: string; value: string | null; unit?: string | null; to?: OverviewSearch };

/** The figures above the table; each is a door to the rows that it counts, where there are rows. */
export function Figures({ figures }: { figures: FragmentOf<typeof OverviewFigures> }) {
  const { t } = useTranslation();
  const read = readFragment(OverviewFigures, figures);
  const shown: Figure[] = [
    { label: t('overview.figures.active'), value: count(read.active), to: door({ states: ['ACTIVE'] }) },
    {
      label: t('overview.figures.atRisk'),
      value: count(read.atRisk + read.offTrack),
      unit: read.offTrack > 0 ? t('overview.figures.offTrack', { count: read.offTrack }) : null,
      to: door({ healths: ['OFF_TRACK', 'AT_RISK'] }),
    },
    {
      label: t('overview.figures.waitingOnClient'),
      value: count(read.waitingOnClient),
      to: door({ courts: ['CLIENT'] }),
    },
    {
      label: t('overview.figures.waitingOnCompany'),
      value: count(read.waitingOnCompany),
      to: door({ courts: ['COMPANY'] }),
    },
    { label: t('overview.figures.inReview'), value: count(read.inReview), to: door({ hasReview: true }) },
  ];
  if (read.revenueNotYetLive) {
    shown.push({
      label: t('overview.figures.revenue'),
      value: money(read.revenueNotYetLive),
      unit: t('overview.figures.perMonth'),
      to: door({ states: ['ACTIVE', 'ON_HOLD'] }),
    });
  }
  shown.push({
    label: t('overview.figures.medianDays'),
    value: read.medianDaysToLive === null ? null : count(read.medianDaysToLive),
    unit: read.medianDaysToLive === null ? t('overview.figures.tooFew') : t('overview.figures.days'),
    to: read.medianDaysToLive === null ? undefined : door({ states: ['LIVE', 'CLOSED'] }),
  });
  shown.push({
    label: t('overview.figures.avoided'),
    value: count(read.questionsAvoided),
    unit: t('overview.figures.avoidedHow'),
  });
  return (
    <dl className={styles.figures} aria-label={t('overview.figures.label')}>
      {shown.map(({ label, value, unit, to }) => (
        <div key={label} className={styles.figure}>
          <dt>{label}</dt>
          <dd>
            {to && value !== null ? (
              <Link
                to="/overview"
                search={to}
                className={styles.door}
                aria-label={t('overview.figures.show', { figure: label, value: unit ? `${value} ${unit}` : value })}
              >
                {value}
                {unit && <span className={styles.unit}>{unit}</span>}
              </Link>
            ) : (
              <>
                {value}
                {unit && <span className={value === null ? styles.alone : styles.unit}>{unit}</span>}
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
