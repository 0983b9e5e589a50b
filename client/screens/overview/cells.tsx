import { Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResultOf, readFragment } from '../../api/graphql.ts';
import { CourtLabel } from '../../components/CourtLabel.tsx';
import { Face } from '../../components/Face.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { Tag } from '../../components/Tag.tsx';
import { Day, DueDay, RelativeTime } from '../../components/Time.tsx';
import { HealthFacts } from '../../features/health/documents.ts';
import { HealthPopover } from '../../features/health/HealthPopover.tsx';
import { EditableField } from '../../features/projectEdit/EditableField.tsx';
import { count, money, percent, todayOf } from '../../words/format.ts';
import type { OverviewRow } from './Integration.tsx';
import styles from './IntegrationTable.module.css';
import type { Column } from './look.ts';

type Props = { project: ResultOf<typeof OverviewRow> };

function Label({ of }: { of: Column }) {
  const { t } = useTranslation();
  return <span className={styles.cellLabel}>{t(`overview.column.${of}`)}</span>;
}

function Platform({ project }: Props) {
  return <EditableField project={project} field="platform" />;
}

function Products({ project }: Props) {
  const { t } = useTranslation();
  const named = project.products.map((product) => t(`names.product.${product}`));
  // The column has room for two; of more, the first says most, and the rest is a number.
  const shown = named.length > 2 ? named.slice(0, 1) : named;
  const others = named.slice(shown.length);
  return (
    <EditableField project={project} field="products">
      <span className={styles.tags} title={named.length > 1 ? named.join(', ') : undefined}>
        {shown.map((name) => (
          <Tag key={name}>{name}</Tag>
        ))}
        {others.length > 0 && (
          <Tag>
            <span aria-hidden="true">{t('overview.moreProducts', { more: count(others.length) })}</span>
            <span className={styles.heard}>{others.join(', ')}</span>
          </Tag>
        )}
      </span>
    </EditableField>
  );
}

function Progress({ project }: Props) {
  const { t } = useTranslation();
  const { phases, progress } = project;
  const current = phases.find((phase) => phase.progress.done < phase.progress.total);
  const done = percent(progress.done, progress.total);
  const phase = current?.name ?? (phases.length === 0 ? t('overview.noRoad') : t('overview.allDone'));
  return (
    <span className={styles.progressInside}>
      <span className={styles.phase}>
        <span className={styles.cut}>{phase}</span>
        <span className={styles.percent}>{t('overview.percent', { percent: done })}</span>
      </span>
      <ProgressBar
        segments={phases.map(({ id, progress: ofPhase }) => ({ id, ...ofPhase }))}
        currentId={current?.id ?? null}
        label={t('overview.phaseProgress', { phase, percent: done })}
      />
    </span>
  );
}

/** Where nothing is under way, that takes the place of a health. */
function Health({ project }: Props) {
  const { t } = useTranslation();
  if (readFragment(HealthFacts, project).health) return <HealthPopover project={project} />;
  return <span className={styles.faint}>{t(`names.projectState.${project.state}`)}</span>;
}

function Court({ project }: Props) {
  const { t } = useTranslation();
  return <CourtLabel court={project.court} since={project.courtSince} company={t('overview.us')} />;
}

function NextDue({ project: { nextDue } }: Props) {
  const { t } = useTranslation();
  if (!nextDue) return <span className={styles.faint}>{t('overview.nothingDue')}</span>;
  return (
    <span className={styles.due}>
      <Link to="/tasks/$taskId" params={{ taskId: nextDue.id }} className={styles.dueLink} title={nextDue.title}>
        {nextDue.title}
      </Link>
      {/* On hold it is nobody's turn, and nothing counts as late. */}
      {nextDue.dueOn && <DueDay on={nextDue.dueOn} isOverdue={nextDue.isOverdue} isShort />}
    </span>
  );
}

/** Of what is live, since when; of what was given up, that nothing is aimed at any more. */
function Target({ project }: Props) {
  const { t } = useTranslation();
  const { state, targetOn, wentLiveAt } = project;
  return (
    <>
      <Label of="TARGET" />
      {wentLiveAt !== null ? (
        <span className={styles.due}>
          <span>{t('overview.live')}</span> <Day on={todayOf(new Date(wentLiveAt))} />
        </span>
      ) : state === 'CANCELLED' ? (
        <span className={styles.faint}>{t('overview.notLive')}</span>
      ) : (
        <EditableField project={project} field="targetOn">
          <Day on={targetOn} />
        </EditableField>
      )}
    </>
  );
}

/** How soon after the signature the client saw their own products. */
function FirstLook({ project }: Props) {
  const { t } = useTranslation();
  const days = project.firstLook.daysToFirstLook;
  return (
    <>
      <Label of="FIRST_LOOK" />
      {days === null ? (
        <span className={styles.faint}>{t('overview.never')}</span>
      ) : (
        <span title={t('overview.firstLook.inFull', { count: days })}>
          {days === 0 ? t('overview.firstLook.sameDay') : t('overview.firstLook.days', { count: days })}
        </span>
      )}
    </>
  );
}

function LastClientActivity({ project }: Props) {
  const { t } = useTranslation();
  const at = project.staff?.lastClientActivityAt;
  return (
    <>
      <Label of="LAST_CLIENT_ACTIVITY" />
      {at ? <RelativeTime at={at} /> : <span className={styles.faint}>{t('overview.never')}</span>}
    </>
  );
}

function Revenue({ project }: Props) {
  const revenue = project.staff?.revenue;
  if (!revenue) return null;
  return (
    <>
      <Label of="REVENUE" />
      <EditableField project={project} field="revenue">
        {money(revenue)}
      </EditableField>
    </>
  );
}

function Unread({ project: { unreadCount } }: Props) {
  const { t } = useTranslation();
  if (unreadCount === 0) return null;
  return (
    <span className={styles.unread}>
      <span aria-hidden="true">{count(unreadCount)}</span>
      <span className={styles.heard}>{t('overview.unread', { count: unreadCount })}</span>
    </span>
  );
}

function Pm({ project }: Props) {
  return (
    <EditableField project={project} field="pm">
      <Face name={project.pm.name} isStaff={project.pm.isStaff} size="small" withTooltip />
    </EditableField>
  );
}

/** What stands in each column. */
export const cells: Record<Column, ComponentType<Props>> = {
  PLATFORM: Platform,
  PRODUCTS: Products,
  PROGRESS: Progress,
  HEALTH: Health,
  COURT: Court,
  NEXT_DUE: NextDue,
  TARGET: Target,
  FIRST_LOOK: FirstLook,
  LAST_CLIENT_ACTIVITY: LastClientActivity,
  REVENUE: Revenue,
  UNREAD: Unread,
  PM: Pm,
};
