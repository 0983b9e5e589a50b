import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { exchangesOf } from '../../../server/journeys/gaps/exchanges.ts';
import type { JourneyMap } from '../../../server/journeys/map.ts';
import styles from './Canvas.module.css';
import { curveBetween, type Place } from './curves.ts';

type Props = {
  map: JourneyMap;
  /** What the cards stand in; it is as large as the map. */
  grid: RefObject<HTMLDivElement | null>;
  cards: RefObject<ReadonlyMap<string, HTMLElement>>;
  /** Those whose arrows stand out: the card that is open, or the way of an item. */
  lit: ReadonlySet<string> | null;
  itemId: string | null;
};

/** The information that goes from card to card. Readers are told the same by the panels; this is the picture of it. */
export function Arrows({ map, grid, cards, lit, itemId }: Props) {
  const { exchanges } = useMemo(() => exchangesOf(map), [map]);
  const [places, setPlaces] = useState<ReadonlyMap<string, Place>>(new Map());
  const measure = () => {
    const next = new Map<string, Place>();
    for (const [id, { offsetLeft, offsetTop, offsetWidth, offsetHeight }] of cards.current)
      next.set(id, { left: offsetLeft, top: offsetTop, width: offsetWidth, height: offsetHeight });
    setPlaces((was) => (isSame(was, next) ? was : next));
  };
  useLayoutEffect(measure);
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (grid.current) observer.observe(grid.current);
    return () => observer.disconnect();
  });
  const shown = exchanges.filter(({ itemIds }) => itemId === null || itemIds.includes(itemId));
  return (
    <svg className={styles.arrows} aria-hidden="true">
      <defs>
        {(['plain', 'automatic'] as const).map((kind) => (
          <marker
            key={kind}
            id={`arrow-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path className={styles.tip} data-kind={kind} d="M0 1 L7 4 L0 7 z" />
          </marker>
        ))}
      </defs>
      {shown.map(({ fromId, toId, itemIds, isAutomatic }) => {
        const [from, to] = [places.get(fromId), places.get(toId)];
        if (!from || !to) return null;
        const kind = isAutomatic ? 'automatic' : 'plain';
        return (
          <path
            key={`${fromId} ${toId}`}
            className={styles.arrow}
            data-kind={kind}
            data-dim={(lit !== null && !lit.has(fromId) && !lit.has(toId)) || undefined}
            data-many={itemIds.length > 2 || undefined}
            d={curveBetween(from, to)}
            markerEnd={`url(#arrow-${kind})`}
          />
        );
      })}
    </svg>
  );
}

function isSame(one: ReadonlyMap<string, Place>, other: ReadonlyMap<string, Place>): boolean {
  if (one.size !== other.size) return false;
  for (const [id, { left, top, width, height }] of other) {
    const was = one.get(id);
    if (!was || was.left !== left || was.top !== top || was.width !== width || was.height !== height) return false;
  }
  return true;
}
