import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { exchangesOf } from '../../../server/journeys/gaps/exchanges.ts';
import type { Touchpoint } from '../../../server/journeys/map.ts';
import { Arrows } from './Arrows.tsx';
import styles from './Canvas.module.css';
import { Card } from './Card.tsx';
import { Curve } from './Curve.tsx';
import { movedBy, movedTo, newTouchpoint } from './changes.ts';
import { countGaps } from './countGaps.ts';
import type { Layer } from './layers.ts';
import { cellKey, type Direction, layoutOf, neighbour, nowhere } from './layout.ts';
import type { JourneyDoc } from './useJourney.ts';

type Props = {
  doc: JourneyDoc;
  openId: string | null;
  /** Those that stand out: what a gap is about, where an item goes, what was searched for; null: all alike. */
  lit: ReadonlySet<string> | null;
  /** Part of 100: how large it is drawn. */
  zoom: number;
  shown: ReadonlySet<Layer>;
  /** The item whose way alone is drawn with the flow. */
  itemId: string | null;
  onOpen: (id: string, isByKeyboard: boolean) => void;
  onRemove: (id: string) => void;
  onAdded: (id: string) => void;
};

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Lanes of departments over stages. Everything that can be done here can be done in the table as well. */
export function Canvas({ doc, openId, lit, zoom, shown, itemId, onOpen, onRemove, onAdded }: Props) {
  const { t } = useTranslation();
  const { map, parts, canEdit } = doc;
  const layout = layoutOf(map);
  const cards = useRef(new Map<string, HTMLButtonElement>());
  const [stop, setStop] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const first = map.touchpoints[0]?.id ?? null;
  // One stop of the tabulator for all cards; arrows go on from it.
  const tabStop = [stop, openId, first].find((id) => id !== null && layout.placeOf.has(id)) ?? null;
  const gapsAt = countGaps(doc);
  const grid = useRef<HTMLDivElement>(null);
  const { missing } = useMemo(() => exchangesOf(map), [map]);
  const focus = (id: string) => requestAnimationFrame(() => cards.current.get(id)?.focus());

  const add = (stageId: string, laneId: string, afterId?: string) => {
    const made = newTouchpoint(parts, {
      ...{ map, name: t('journeyMap.newTouchpoint'), stageId, laneId },
      ...(afterId === undefined ? {} : { afterId }),
    });
    doc.edit([made]);
    onAdded(made.id);
  };
  const handleKey = (event: KeyboardEvent, touchpoint: Touchpoint) => {
    const direction = arrows[event.key];
    if (direction && event.altKey) {
      if (canEdit) doc.edit(movedBy(parts, map, layout, touchpoint, direction));
      focus(touchpoint.id);
    } else if (direction) {
      const next = neighbour(layout, touchpoint.id, direction);
      if (next) focus(next);
    } else if (canEdit && event.key === 'Delete') {
      const next = neighbour(layout, touchpoint.id, 'right') ?? neighbour(layout, touchpoint.id, 'left');
      onRemove(touchpoint.id);
      if (next) focus(next);
    } else if (canEdit && event.key.toLowerCase() === 'n' && !event.ctrlKey && !event.metaKey) {
      const place = layout.placeOf.get(touchpoint.id);
      add(touchpoint.stageId, layout.lanes[place?.lane ?? 0]?.id ?? nowhere, touchpoint.id);
    } else return;
    event.preventDefault();
  };
  const drop = (stageId: string, laneId: string) => {
    if (dragged !== null) doc.edit(movedTo(parts, map, dragged, stageId, laneId));
    setDragged(null);
  };

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section className={styles.scroll} tabIndex={0} aria-label={t('journeyMap.canvas')}>
      <div
        className={styles.grid}
        ref={grid}
        style={{ '--columns': layout.columns.length, zoom: zoom / 100 } as CSSProperties}
      >
        <div className={styles.corner} />
        {layout.columns.map((stage) => (
          <div key={stage.id} className={styles.stage}>
            <strong>{stage.id === nowhere ? t('journeyMap.noStage') : stage.name}</strong>
          </div>
        ))}
        {shown.has('experience') && <Curve map={map} columns={layout.columns} />}
        {layout.lanes.map((lane) => {
          const laneName = lane.id === nowhere ? t('journeyMap.noDepartment') : lane.name;
          return [
            <div key={lane.id} className={styles.lane} data-kind={lane.kind ?? undefined}>
              {laneName}
              {shown.has('goals') && (
                <ul className={styles.laneGoals} aria-label={t('journeyMap.panel.goals')}>
                  {map.goals
                    .filter(({ departmentId }) => departmentId === lane.id)
                    .map(({ id, name }) => (
                      <li key={id}>{name}</li>
                    ))}
                </ul>
              )}
            </div>,
            ...layout.columns.map((stage) => {
              const stageName = stage.id === nowhere ? t('journeyMap.noStage') : stage.name;
              return (
                <ul
                  key={`${lane.id} ${stage.id}`}
                  className={styles.cell}
                  aria-label={t('journeyMap.cell', { stage: stageName, department: laneName })}
                  onDragOver={(event) => {
                    if (dragged !== null) event.preventDefault();
                  }}
                  onDrop={() => drop(stage.id, lane.id)}
                >
                  {(layout.cells.get(cellKey(stage.id, lane.id)) ?? []).map((touchpoint) => (
                    <li key={touchpoint.id}>
                      <button
                        type="button"
                        ref={(card) => {
                          if (card) cards.current.set(touchpoint.id, card);
                          else cards.current.delete(touchpoint.id);
                        }}
                        className={styles.card}
                        data-touchpoint={touchpoint.id}
                        data-open={touchpoint.id === openId || undefined}
                        data-dim={(lit !== null && !lit.has(touchpoint.id)) || undefined}
                        tabIndex={touchpoint.id === tabStop ? 0 : -1}
                        draggable={canEdit}
                        onDragStart={() => setDragged(touchpoint.id)}
                        onDragEnd={() => setDragged(null)}
                        onFocus={() => setStop(touchpoint.id)}
                        onClick={(event) => onOpen(touchpoint.id, event.detail === 0)}
                        onKeyDown={(event) => handleKey(event, touchpoint)}
                      >
                        <Card
                          doc={doc}
                          touchpoint={touchpoint}
                          laneId={lane.id}
                          gaps={gapsAt.get(touchpoint.id) ?? 0}
                          shown={shown}
                          missing={missing.get(touchpoint.id) ?? []}
                        />
                      </button>
                    </li>
                  ))}
                  {canEdit && stage.id !== nowhere && (
                    <li className={styles.adding}>
                      <Button
                        variant="subtle"
                        size="compact-xs"
                        aria-label={t('journeyMap.addIn', { stage: stageName, department: laneName })}
                        onClick={() => add(stage.id, lane.id)}
                      >
                        <IconPlus size={16} stroke={1.5} aria-hidden />
                      </Button>
                    </li>
                  )}
                </ul>
              );
            }),
          ];
        })}
        {shown.has('flow') && (
          <Arrows map={map} grid={grid} cards={cards} lit={openId === null ? lit : new Set([openId])} itemId={itemId} />
        )}
      </div>
    </section>
  );
}
