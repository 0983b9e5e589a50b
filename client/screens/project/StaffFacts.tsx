import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { Internal } from '../../components/Internal.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { money } from '../../words/format.ts';
import styles from './Project.module.css';

export const StaffFactsOf = graphql(`
  fragment StaffFactsOf on ProjectStaff {
    revenue { amountMinor currency }
    lastClientActivityAt
  }
`);

type Props = { staff: FragmentOf<typeof StaffFactsOf>; company: string };

/** What only staff know of a project. */
export function StaffFacts({ staff, company }: Props) {
  const { t } = useTranslation();
  const read = readFragment(StaffFactsOf, staff);
  return (
    <Internal company={company} title={t('project.internal.title')}>
      <dl className={styles.facts}>
        <dt>{t('project.internal.revenue')}</dt>
        <dd>{t('project.internal.aMonth', { sum: money(read.revenue) })}</dd>
        <dt>{t('project.internal.lastActivity')}</dt>
        <dd>
          {read.lastClientActivityAt ? <RelativeTime at={read.lastClientActivityAt} /> : t('project.internal.never')}
        </dd>
      </dl>
    </Internal>
  );
}
