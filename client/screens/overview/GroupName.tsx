import { useTranslation } from 'react-i18next';
import { CourtLabel } from '../../components/CourtLabel.tsx';
import { Face } from '../../components/Face.tsx';
import { HealthBadge } from '../../components/HealthBadge.tsx';
import type { Group } from './IntegrationTable.tsx';
import type { GroupKey } from './look.ts';

type Props = { group: Group; groupBy: GroupKey };

/** What all rows of a group have in common. */
export function GroupName({ group, groupBy }: Props) {
  const { t } = useTranslation();
  const { pm, health, court, platform, phase } = group;
  if (pm) {
    return (
      <>
        <Face name={pm.name} isStaff size="small" />
        {pm.name}
      </>
    );
  }
  if (health) return <HealthBadge health={health} />;
  if (court) return <CourtLabel court={court} since={null} company={t('overview.us')} />;
  if (platform) return t(`names.platform.${platform}`);
  if (groupBy === 'HEALTH') return t('overview.group.noHealth');
  return phase ?? t('overview.allDone');
}
