import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Fragment, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FragmentOf, ResultOf } from '../../api/graphql.ts';
import type { OverviewQuery } from './documents.ts';
import { GroupName } from './GroupName.tsx';
import { Integration, type OverviewRow } from './Integration.tsx';
import styles from './IntegrationTable.module.css';
import lineStyles from './Lines.module.css';
import { blocksOf, linesOf, placesIn } from './lines.ts';
import type { Column, GroupKey, Look, SortKey } from './look.ts';
import { useFocusedLine } from './useFocusedLine.ts';
import { pagesBetween } from './usePages.ts';
import { useRowKeys } from './useRowKeys.ts';
import { useRowWindow } from './useRowWindow.ts';
import type { Selection } from './useSelection.ts';

type Row = { id: string } & FragmentOf<typeof OverviewRow>;
export type Group = NonNullable<ResultOf<typeof OverviewQuery>['integrations']>['groups'][number];

type Props = {
  /** Tells this list from others. */
  of: string;
  /** Of the list, those that were read from its beginning on. */
  projects: readonly Row[];
  total: number;
  groups: readonly Group[];
  groupBy: GroupKey | null;
  columns: readonly Column[];
  sort: Look['sort'];
  onSort: (sort: Look['sort']) => void;
  selection: Selection;
  /** A row that was read further down. */
  rowAt: (place: number) => Row | undefined;
  /** Which pages of the list are in view beside its first. */
  onView: (pages: readonly number[]) => void;
};

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

/**
 * The integrations in their groups. J, K and the arrows move between them; Enter opens the one in focus. Of a long list
 * only the rows around those in view are there; cards of a phone are all there, as far as they were asked for.
 */
export function IntegrationTable(props: Props) {
  const { of, projects, total, groups, groupBy, columns, sort, onSort, selection, rowAt, onView } = props;
  const { t } = useTranslation();
  const table = useRef<HTMLTableElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const isSheet = useMediaQuery('(min-width: 62.01em)', undefined, { getInitialValueInEffect: false });
  const lines = useMemo(() => linesOf(groupBy ? groups : [], total), [groups, groupBy, total]);
  const view = useRowWindow(sheet, lines.count);
  const focus = useFocusedLine();
  const isRead = (index: number) => {
    const line = lines.at(index);
    return line !== null && 'place' in line && line.place < projects.length;
  };
  const blocks = isSheet
    ? blocksOf(lines, view, focus.line)
    : blocksOf(lines, { from: 0, to: projects.length + groups.length }, null).filter((block) =>
        block.lines.some(isRead),
      );
  const left = lines.count - 1 - (blocks.at(-1)?.lines.at(-1) ?? -1);
  const inView = placesIn(lines, view);
  const pagesInView = isSheet ? pagesBetween(inView).filter((page) => page > 0) : [];
  const places = pagesInView.join(' ');
  useEffect(() => onView(places === '' ? [] : places.split(' ').map(Number)), [onView, places]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is read from its top.
  useEffect(() => {
    // Answered with a promise by newer browsers, which is nothing to clean up with.
    void sheet.current?.scrollTo({ top: 0 });
  }, [of]);
  const { toggle } = selection;
  const press = useRef(toggle);
  useEffect(() => {
    press.current = toggle;
  }, [toggle]);
  const handlePick = useCallback((id: string, isRange: boolean) => press.current(id, isRange), []);

  useRowKeys(table);
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const target = event.target as Element;
      if (!isSelecting(event) || target.closest('input, textarea, select, [role="menu"], [role="dialog"]')) return;
      // As if its box were pressed, so that Shift means the same.
      const box = target.closest('tr')?.querySelector<HTMLInputElement>('input[data-select]');
      box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: event.shiftKey }));
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, []);

  const gap = (count: number) =>
    count > 0 && (
      <tbody aria-hidden="true">
        <tr>
          <td colSpan={columns.length + 1} className={lineStyles.gap} style={{ height: count * view.rowPx }} />
        </tr>
      </tbody>
    );
  const drawn = (index: number) => {
    const line = lines.at(index);
    if (!line) return null;
    if ('group' in line) {
      return (
        groupBy && (
          <GroupLine key={index} group={line.group} groupBy={groupBy} index={index} span={columns.length + 1} />
        )
      );
    }
    const project = projects[line.place] ?? rowAt(line.place);
    if (project) {
      return (
        <Integration
          key={project.id}
          project={project}
          columns={columns}
          index={index}
          isPicked={selection.isSelected(project.id)}
          onPick={handlePick}
        />
      );
    }
    return (
      isSheet && (
        <tr key={`waits ${index}`} className={styles.row} data-line={index} aria-busy="true">
          <td colSpan={columns.length + 1} className={lineStyles.waits} />
        </tr>
      )
    );
  };

  return (
    <div className={styles.sheet} ref={sheet}>
      <table
        className={styles.table}
        ref={table}
        aria-rowcount={isSheet ? lines.count + 1 : undefined}
        {...focus.handlers}
      >
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
        {blocks.map((block) => (
          <Fragment key={block.key}>
            {gap(block.gap)}
            <tbody>{block.lines.map(drawn)}</tbody>
          </Fragment>
        ))}
        {gap(left)}
      </table>
    </div>
  );
}

type GroupLineProps = { group: Group; groupBy: GroupKey; index: number; span: number };

function GroupLine({ group, groupBy, index, span }: GroupLineProps) {
  const { t } = useTranslation();
  return (
    <tr className={styles.group} data-line={index} aria-rowindex={index + 2}>
      <th scope="rowgroup" colSpan={span}>
        <span className={styles.groupInside}>
          <GroupName group={group} groupBy={groupBy} />
          <span className={styles.groupCount}>{t('overview.group.count', { count: group.count })}</span>
        </span>
      </th>
    </tr>
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
