import { Link } from '@tanstack/react-router';
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FragmentOf } from '../../../api/graphql.ts';
import { cardsOfColumn } from '../documents.ts';
import { GroupName } from '../GroupName.tsx';
import type { OverviewRow } from '../Integration.tsx';
import type { Group } from '../IntegrationTable.tsx';
import { type Filter, type GroupKey, type Look, type OverviewSearch, searchWithin } from '../look.ts';
import styles from './Board.module.css';
import { Card } from './Card.tsx';

type Row = { id: string } & FragmentOf<typeof OverviewRow>;
type Props = { projects: readonly Row[]; groups: readonly Group[]; groupBy: GroupKey; look: Look };

/** Takes the card that is being dragged to somebody. */
export type Move = (pm: { id: string; name: string }) => Promise<void>;

/**
 * The integrations as cards, a column for each group. Where a project stands, whose turn it is and how it does follow
 * from its tasks: no card can be dragged there. Who runs it is a person's choice, so by PM a card can be moved, by drag
 * or by its menu, and taken back.
 */
export function Board({ projects, groups, groupBy, look }: Props) {
  const { t } = useTranslation();
  const board = useRef<HTMLElement>(null);
  const dragged = useRef<Move | null>(null);
  const canMove = groupBy === 'PM';

  function handleKey(event: KeyboardEvent) {
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const card = (event.target as Element).closest<HTMLAnchorElement>('a[data-card]');
    if (!card || !isPlain) return;
    const columns = [...(board.current?.querySelectorAll('[data-column]') ?? [])]
      .map((column) => [...column.querySelectorAll<HTMLAnchorElement>('a[data-card]')])
      .filter((cards) => cards.length > 0);
    const across = columns.findIndex((cards) => cards.includes(card));
    const down = columns[across]?.indexOf(card) ?? 0;
    const next = nextCard(columns, across, down, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <section ref={board} className={styles.board} aria-label={t('overview.board.label')} onKeyDown={handleKey}>
      <p className={styles.hint}>
        {t('overview.board.hint')} {canMove && t('overview.board.hintMove')}
      </p>
      <div className={styles.columns}>
        {columnsOf(projects, groups).map(({ group, rows }) => (
          <Column
            key={group.key}
            group={group}
            rows={rows}
            groupBy={groupBy}
            look={look}
            onDrag={(move) => {
              dragged.current = move;
            }}
            onDrop={() => {
              if (group.pm) void dragged.current?.(group.pm);
              dragged.current = null;
            }}
          />
        ))}
      </div>
    </section>
  );
}

function nextCard(
  columns: readonly (readonly HTMLAnchorElement[])[],
  across: number,
  down: number,
  key: string,
): HTMLAnchorElement | undefined {
  const inColumn = (at: number, row: number) => columns[at]?.[Math.min(row, (columns[at]?.length ?? 1) - 1)];
  switch (key) {
    case 'ArrowDown':
      return inColumn(across, down + 1);
    case 'ArrowUp':
      return inColumn(across, Math.max(0, down - 1));
    case 'ArrowRight':
      return inColumn(Math.min(columns.length - 1, across + 1), down);
    case 'ArrowLeft':
      return inColumn(Math.max(0, across - 1), down);
    default:
      return undefined;
  }
}

type ColumnProps = {
  group: Group;
  rows: readonly Row[];
  groupBy: GroupKey;
  look: Look;
  onDrag: (move: Move | null) => void;
  onDrop: () => void;
};

function Column({ group, rows, groupBy, look, onDrag, onDrop }: ColumnProps) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const { pm } = group;
  const door = doorOf(group, groupBy, look);
  const handlers = pm && {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      onDrop();
    },
  };
  return (
    <section className={styles.column} data-column data-over={isOver || undefined} {...handlers}>
      <h2 className={styles.head}>
        <span className={styles.group}>
          <GroupName group={group} groupBy={groupBy} />
        </span>
        <span className={styles.count}>{t('overview.group.count', { count: group.count })}</span>
      </h2>
      {isOver && pm && <p className={styles.drop}>{t('overview.board.drop', { name: pm.name })}</p>}
      <ul className={styles.cards}>
        {rows.map((row) => (
          <Card key={row.id} project={row} groupBy={groupBy} onDrag={onDrag} />
        ))}
      </ul>
      {door && rows.length < group.count && (
        <Link to="/overview" search={door} className={styles.all}>
          {t('overview.board.all', { count: group.count })}
        </Link>
      )}
    </section>
  );
}

/** The rows come in the order of the groups, of each as many as a column shows; those of the last may be still to come. */
function columnsOf(projects: readonly Row[], groups: readonly Group[]) {
  let from = 0;
  return groups.map((group) => {
    const rows = projects.slice(from, from + Math.min(group.count, cardsOfColumn));
    from += rows.length;
    return { group, rows };
  });
}

/** The rows of a column as a table; null where no filter says just these. */
function doorOf({ pm, health, court, platform, phase }: Group, groupBy: GroupKey, look: Look): OverviewSearch | null {
  const only = (part: Partial<Filter>) =>
    searchWithin('all', { ...look, layout: 'TABLE', groupBy: null, filter: { ...look.filter, ...part } });
  if (groupBy === 'PM' && pm) return only({ pmIds: [pm.id] });
  if (groupBy === 'HEALTH' && health) return only({ healths: [health] });
  if (groupBy === 'COURT' && court) return only({ courts: [court] });
  if (groupBy === 'PLATFORM' && platform) return only({ platforms: [platform] });
  if (groupBy === 'PHASE' && phase) return only({ phase });
  return searchWithin('all', { ...look, layout: 'TABLE', groupBy });
}
