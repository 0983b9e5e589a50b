import { IconBuildingStore } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { LetterTile } from '../../components/Face.tsx';
import { HealthFacts } from '../../features/health/documents.ts';
import { ProjectEditable } from '../../features/projectEdit/editable.ts';
import { useWarm } from '../../live/useWarm.ts';
import { cells } from './cells.tsx';
import styles from './IntegrationTable.module.css';
import type { Column } from './look.ts';
import selecting from './Selecting.module.css';

export const OverviewRow = graphql(
  `
  fragment OverviewRow on Project {
    id
    revision
    name
    state
    account { id name }
    platform
    products
    court
    courtSince
    targetOn
    wentLiveAt
    pm { id name isStaff }
    progress { done total }
    phases { id name progress { done total } }
    nextDue { id title dueOn isOverdue }
    firstLook { daysToFirstLook }
    staff { lastClientActivityAt revenue { amountMinor currency } }
    unreadCount
    ...HealthFacts
    ...ProjectEditable
  }
`,
  [HealthFacts, ProjectEditable],
);

type Props = {
  project: FragmentOf<typeof OverviewRow>;
  columns: readonly Column[];
  /** Which line of the list it is. */
  index: number;
  isPicked: boolean;
  onPick: (id: string, isRange: boolean) => void;
};

/**
 * One integration as one line; on a phone as a card. The client's name is the link, the whole line leads there too.
 * Remembered, because scrolling draws the list anew for every few lines that come into view.
 */
export const Integration = memo(function Integration({ project, columns, index, isPicked, onPick }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const read = readFragment(OverviewRow, project);
  const isWarm = useWarm(read.id);
  // The column of health says it where there is no health to tell.
  const isStateSaid = columns.includes('HEALTH') && readFragment(HealthFacts, read).health === null;

  const { edit, assignPm } = readFragment(ProjectEditable, read).viewerCan;
  const canSelect = edit || assignPm;
  const isSelected = canSelect && isPicked;

  function handleClick(event: MouseEvent) {
    const target = event.target as Element;
    // What a cell opened floats elsewhere on the page, but its clicks come up through here.
    const isInside = event.currentTarget.contains(target);
    // Links and buttons inside the row do what they say; a selection of text is not a click.
    if (!isInside || target.closest('a, button, input, select') || getSelection()?.toString()) return;
    void navigate({ to: '/projects/$projectId', params: { projectId: read.id } });
  }

  return (
    <tr
      className={styles.row}
      data-line={index}
      aria-rowindex={index + 2}
      data-warm={isWarm || undefined}
      data-selected={isSelected || undefined}
      onClick={handleClick}
    >
      <th scope="row" className={styles.client}>
        <span className={styles.clientInside}>
          {canSelect && (
            <input
              type="checkbox"
              className={selecting.select}
              aria-label={t('overview.bulk.select', { name: read.account.name })}
              checked={isSelected}
              data-select
              onClick={(event) => onPick(read.id, event.shiftKey)}
              readOnly
            />
          )}
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
          <Link
            to="/accounts/$accountId"
            params={{ accountId: read.account.id }}
            className={selecting.account}
            aria-label={t('overview.toAccount', { name: read.account.name })}
            title={t('overview.toAccount', { name: read.account.name })}
          >
            <IconBuildingStore size={16} stroke={1.5} aria-hidden />
          </Link>
          {read.state !== 'ACTIVE' && !isStateSaid && (
            <span className={styles.state}>{t(`names.projectState.${read.state}`)}</span>
          )}
        </span>
      </th>
      {columns.map((column) => {
        const Cell = cells[column];
        return (
          <td key={column} className={styles[column]}>
            <Cell project={read} />
          </td>
        );
      })}
    </tr>
  );
});
