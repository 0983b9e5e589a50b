import { Link, useNavigate } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { CourtLabel } from '../../components/CourtLabel.tsx';
import { Face, LetterTile } from '../../components/Face.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { Tag } from '../../components/Tag.tsx';
import { Day, DueDay, RelativeTime } from '../../components/Time.tsx';
import { useWarm } from '../../live/useWarm.ts';
import { percent } from '../../words/format.ts';
import styles from './IntegrationTable.module.css';

export const OverviewRow = graphql(`
  fragment OverviewRow on Project {
    id
    name
    account { id name }
    platform
    products
    court
    courtSince
    targetOn
    pm { id name isStaff }
    progress { done total }
    phases { id name progress { done total } }
    nextDue { id title dueOn isOverdue }
    staff { lastClientActivityAt }
  }
`);

type Props = { project: FragmentOf<typeof OverviewRow> };

/** One integration as one line; on a phone as a card. The client's name is the link, the whole line leads there too. */
export function Integration({ project }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const read = readFragment(OverviewRow, project);
  const isWarm = useWarm(read.id);
  const current = read.phases.find((phase) => phase.progress.done < phase.progress.total);
  const done = percent(read.progress.done, read.progress.total);
  const phaseName = current?.name ?? t('overview.allDone');
  const lastActivity = read.staff?.lastClientActivityAt;

  function handleClick(event: MouseEvent) {
    // Links inside the row go where they say; a selection of text is not a click.
    if ((event.target as Element).closest('a') || getSelection()?.toString()) return;
    void navigate({ to: '/projects/$projectId', params: { projectId: read.id } });
  }

  return (
    <tr className={styles.row} data-warm={isWarm || undefined} onClick={handleClick}>
      <th scope="row" className={styles.client}>
        <Link
          to="/projects/$projectId"
          params={{ projectId: read.id }}
          className={styles.name}
          title={read.name}
          data-row
        >
          <LetterTile name={read.account.name} />
          <span className={styles.cut}>{read.account.name}</span>
        </Link>
      </th>
      <td className={styles.platform}>{t(`names.platform.${read.platform}`)}</td>
      <td className={styles.products}>
        {read.products.map((product) => (
          <Tag key={product}>{t(`names.product.${product}`)}</Tag>
        ))}
      </td>
      <td className={styles.progress}>
        <span className={styles.progressInside}>
          <span className={styles.phase}>
            <span className={styles.cut}>{phaseName}</span>
            <span className={styles.percent}>{t('overview.percent', { percent: done })}</span>
          </span>
          <ProgressBar
            segments={read.phases.map(({ id, progress }) => ({ id, ...progress }))}
            currentId={current?.id ?? null}
            label={t('overview.phaseProgress', { phase: phaseName, percent: done })}
          />
        </span>
      </td>
      <td className={styles.court}>
        <CourtLabel court={read.court} since={read.courtSince} company={t('overview.us')} />
      </td>
      <td className={styles.nextDue}>
        {read.nextDue ? (
          <span className={styles.due}>
            <Link
              to="/tasks/$taskId"
              params={{ taskId: read.nextDue.id }}
              className={styles.dueLink}
              title={read.nextDue.title}
            >
              {read.nextDue.title}
            </Link>
            {read.nextDue.dueOn && <DueDay on={read.nextDue.dueOn} isOverdue={read.nextDue.isOverdue} isShort />}
          </span>
        ) : (
          <span className={styles.faint}>{t('overview.nothingDue')}</span>
        )}
      </td>
      <td className={styles.target}>
        <span className={styles.cellLabel}>{t('overview.column.target')}</span>
        <Day on={read.targetOn} />
      </td>
      <td className={styles.activity}>
        <span className={styles.cellLabel}>{t('overview.column.lastActivity')}</span>
        {lastActivity ? (
          <RelativeTime at={lastActivity} />
        ) : (
          <span className={styles.faint}>{t('overview.never')}</span>
        )}
      </td>
      <td className={styles.pm}>
        <Face name={read.pm.name} isStaff={read.pm.isStaff} size="small" withTooltip />
      </td>
    </tr>
  );
}
