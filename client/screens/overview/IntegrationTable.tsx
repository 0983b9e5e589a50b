import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FragmentOf, ResultOf } from '../../api/graphql.ts';
import type { OverviewQuery } from './documents.ts';
import { GroupName } from './GroupName.tsx';
import { Integration, type OverviewRow } from './Integration.tsx';
import styles from './IntegrationTable.module.css';
import type { Column, GroupKey, Look, SortKey } from './look.ts';
import type { Selection } from './useSelection.ts';

type Row = { id: string } & FragmentOf<typeof OverviewRow>;
export type Group = NonNullable<ResultOf<typeof OverviewQuery>['integrations']>['groups'][number];

type Props = {
  projects: readonly Row[];
  groups: readonly Group[];
  groupBy: GroupKey | null;
  columns: readonly Column[];
  sort: Look['sort'];
  onSort: (sort: Look['sort']) => void;
  selection: Selection;
};

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

const isSelecting = ({ key, altKey, ctrlKey, metaKey }: KeyboardEvent) =>
  key.toLowerCase() === 'x' && !altKey && !ctrlKey && !metaKey;

const sortOf: Partial<Record<Column | 'client', SortKey>> = {
  client: 'CLIENT',
  PROGRESS: 'PROGRESS',
  HEALTH: 'HEALTH',
  COURT: 'COURT_SINCE',
  TARGET: 'TARGET',
  PM: 'PM',
  LAST_CLIENT_ACTIVITY: 'LAST_CLIENT_ACTIVITY',
  REVENUE: 'REVENUE',
};

/** The integrations in their groups. J, K and the arrows move between them; Enter opens the one in focus. */
export function IntegrationTable({ projects, groups, groupBy, columns, sort, onSort, selection }: Props) {
  const { t } = useTranslation();
  const table = useRef<HTMLTableElement>(null);

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const step = steps[event.key];
      const target = event.target as Element;
      const links = [...(table.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
      if (isSelecting(event) && !target.closest('input, textarea, select, [role="menu"], [role="dialog"]')) {
        // As if its box were pressed, so that Shift means the same.
        const box = target.closest('tr')?.querySelector<HTMLInputElement>('input[data-select]');
        box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
        return;
      }
      const isInside = table.current?.contains(target) ?? false;
      const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (step === undefined || !isPlain || target.closest('input, textarea, select, [role="menu"], [role="dialog"]'))
        return;
      // Outside the table the arrows scroll the page, as everywhere.
      if (!isInside && event.key.startsWith('Arrow')) return;
      const at = links.findIndex((link) => link.closest('tr')?.contains(target));
      const next = at === -1 ? links[0] : links[Math.min(links.length - 1, Math.max(0, at + step))];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, []);

  return (
    <div className={styles.sheet}>
      <table className={styles.table} ref={table}>
        <caption className={styles.caption}>
          {t('overview.table')}. {t('overview.tableHint')}
        </caption>
        <thead className={styles.head}>
          <tr>
            {(['client', ...columns] as const).map((column) => (
              <Head key={column} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        {sections(projects, groupBy ? groups : []).map(({ group, rows }) => (
          <tbody key={group?.key ?? 'all'}>
            {group && groupBy && (
              <tr className={styles.group}>
                <th scope="rowgroup" colSpan={columns.length + 1}>
                  <span className={styles.groupInside}>
                    <GroupName group={group} groupBy={groupBy} />
                    <span className={styles.groupCount}>{t('overview.group.count', { count: group.count })}</span>
                  </span>
                </th>
              </tr>
            )}
            {rows.map((project) => (
              <Integration key={project.id} project={project} columns={columns} selection={selection} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

type HeadProps = { column: Column | 'client'; sort: Look['sort']; onSort: (sort: Look['sort']) => void };

/** A column's head; a press sorts by it, a second one turns the order round. */
function Head({ column, sort, onSort }: HeadProps) {
  const { t } = useTranslation();
  const key = sortOf[column];
  const isSorted = key === sort.by;
  const words = t(`overview.column.${column}`);
  const isUp = sort.direction === 'ASCENDING';
  const Arrow = isUp ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" className={styles[column]} aria-sort={isSorted ? (isUp ? 'ascending' : 'descending') : undefined}>
      {key ? (
        <button
          type="button"
          className={styles.sort}
          title={t('overview.sort.head', { column: words })}
          onClick={() => onSort({ by: key, direction: isSorted && isUp ? 'DESCENDING' : 'ASCENDING' })}
        >
          {words}
          {isSorted && <Arrow className={styles.arrow} stroke={1.5} aria-hidden="true" />}
        </button>
      ) : (
        words
      )}
    </th>
  );
}

/** The rows come in the order of the groups, which say how many are theirs over all pages. */
function sections(projects: readonly Row[], groups: readonly Group[]): { group: Group | null; rows: readonly Row[] }[] {
  if (groups.length === 0) return [{ group: null, rows: projects }];
  let from = 0;
  return groups
    .map((group) => {
      const rows = projects.slice(from, from + group.count);
      from += group.count;
      return { group, rows };
    })
    .filter(({ rows }) => rows.length > 0);
}
