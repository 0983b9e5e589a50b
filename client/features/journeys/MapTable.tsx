import { Button, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Experience, Touchpoint } from '../../../server/journeys/map.ts';
import { Choice } from './Choice.tsx';
import { changed, movedInCell, movedTo, newTouchpoint } from './changes.ts';
import { countGaps } from './countGaps.ts';
import { DraftText } from './DraftText.tsx';
import { cellKey, layoutOf, nowhere } from './layout.ts';
import styles from './MapTable.module.css';
import type { JourneyDoc } from './useJourney.ts';

const feelings: readonly Experience[] = [-2, -1, 0, 1, 2];

type Props = {
  doc: JourneyDoc;
  openId: string | null;
  lit: ReadonlySet<string> | null;
  onOpen: (id: string) => void;
  onRemove: (id: string) => void;
  onAdded: (id: string) => void;
};

/** The same map as lines: everything that the canvas can, for keyboards, readers and small screens. */
export function MapTable({ doc, openId, lit, onOpen, onRemove, onAdded }: Props) {
  const { t } = useTranslation();
  const { map, parts, canEdit } = doc;
  const layout = layoutOf(map);
  const gaps = countGaps(doc);
  const add = (stageId: string, laneId: string) => {
    const made = newTouchpoint(parts, { map, name: t('journeyMap.newTouchpoint'), stageId, laneId });
    doc.edit([made]);
    onAdded(made.id);
  };
  const lanes = layout.lanes.map(({ id, name }) => ({
    id,
    name: id === nowhere ? t('journeyMap.noDepartment') : name,
  }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
    <section className={styles.scroll} tabIndex={0} aria-label={t('journeyMap.tableOf')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('journeyMap.touchpoint.name')}</th>
            <th scope="col">{t('journeyMap.touchpoint.stage')}</th>
            <th scope="col">{t('journeyMap.touchpoint.lane')}</th>
            <th scope="col">{t('journeyMap.touchpoint.channel')}</th>
            <th scope="col">{t('journeyMap.touchpoint.experience')}</th>
            <th scope="col">{t('journeyMap.panel.gaps')}</th>
            <th scope="col">{t('journeyMap.touchpoint.order')}</th>
          </tr>
        </thead>
        {layout.columns.map((stage) => (
          <tbody key={stage.id}>
            <tr className={styles.stage}>
              <th scope="rowgroup" colSpan={6}>
                {stage.id === nowhere ? t('journeyMap.noStage') : stage.name}
              </th>
              <td>
                {canEdit && stage.id !== nowhere && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={t('journeyMap.addTo', { stage: stage.name })}
                    onClick={() => add(stage.id, lanes[0]?.id ?? nowhere)}
                  >
                    <IconPlus size={16} stroke={1.5} aria-hidden />
                  </Button>
                )}
              </td>
            </tr>
            {layout.lanes
              .flatMap((lane) => layout.cells.get(cellKey(stage.id, lane.id)) ?? [])
              .map((touchpoint) => (
                <Row
                  key={touchpoint.id}
                  doc={doc}
                  touchpoint={touchpoint}
                  lanes={lanes}
                  laneId={lanes[layout.placeOf.get(touchpoint.id)?.lane ?? 0]?.id ?? nowhere}
                  gaps={gaps.get(touchpoint.id) ?? 0}
                  isOpen={touchpoint.id === openId}
                  isDim={lit !== null && !lit.has(touchpoint.id)}
                  onOpen={() => onOpen(touchpoint.id)}
                  onRemove={() => onRemove(touchpoint.id)}
                />
              ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

type RowProps = {
  doc: JourneyDoc;
  touchpoint: Touchpoint;
  lanes: readonly { id: string; name: string }[];
  laneId: string;
  gaps: number;
  isOpen: boolean;
  isDim: boolean;
  onOpen: () => void;
  onRemove: () => void;
};

function Row({ doc, touchpoint, lanes, laneId, gaps, isOpen, isDim, onOpen, onRemove }: RowProps) {
  const { t } = useTranslation();
  const { map, parts, canEdit } = doc;
  const { id, name } = touchpoint;
  const set = (over: Partial<Omit<Touchpoint, 'id'>>) => doc.edit(changed(parts, 'TOUCHPOINT', id, over));
  const isReadOnly = !canEdit;
  return (
    <tr data-open={isOpen || undefined} data-dim={isDim || undefined}>
      <th scope="row">
        <DraftText
          label={t('journeyMap.shape.nameOf', { name })}
          isHidden
          isRequired
          maxLength={120}
          value={name}
          isReadOnly={isReadOnly}
          onCommit={(next) => set({ name: next })}
        />
      </th>
      <td>
        <Choice
          label={t('journeyMap.fieldOf', { field: t('journeyMap.touchpoint.stage'), name })}
          isHidden
          value={touchpoint.stageId}
          from={map.stages}
          isReadOnly={isReadOnly}
          onChange={(stageId) => stageId !== null && set({ stageId })}
        />
      </td>
      <td>
        <Choice
          label={t('journeyMap.fieldOf', { field: t('journeyMap.touchpoint.lane'), name })}
          isHidden
          value={laneId}
          from={lanes}
          isReadOnly={isReadOnly}
          onChange={(lane) => lane !== null && doc.edit(movedTo(parts, map, id, touchpoint.stageId, lane))}
        />
      </td>
      <td>
        <DraftText
          label={t('journeyMap.fieldOf', { field: t('journeyMap.touchpoint.channel'), name })}
          isHidden
          maxLength={120}
          value={touchpoint.channel}
          isReadOnly={isReadOnly}
          onCommit={(channel) => set({ channel })}
        />
      </td>
      <td>
        <NativeSelect
          size="xs"
          aria-label={t('journeyMap.fieldOf', { field: t('journeyMap.touchpoint.experience'), name })}
          value={touchpoint.experience === null ? '' : String(touchpoint.experience)}
          disabled={isReadOnly}
          onChange={({ currentTarget: { value } }) =>
            set({ experience: value === '' ? null : (Number(value) as Experience) })
          }
          data={[
            { value: '', label: t('journeyMap.experience.none') },
            ...feelings.map((one) => ({ value: String(one), label: t(`journeyMap.experience.${one}`) })),
          ]}
        />
      </td>
      <td className={styles.figure}>{gaps > 0 ? gaps : ''}</td>
      <td>
        <span className={styles.tools}>
          <Button
            variant={isOpen ? 'light' : 'default'}
            size="compact-xs"
            aria-label={t('journeyMap.touchpoint.open', { name })}
            onClick={onOpen}
          >
            {t('journeyMap.openShort')}
          </Button>
          {canEdit && (
            <>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('journeyMap.touchpoint.earlier', { name })}
                onClick={() => doc.edit(movedInCell(parts, map, id, -1))}
              >
                <IconArrowUp size={14} stroke={1.5} aria-hidden />
              </Button>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('journeyMap.touchpoint.later', { name })}
                onClick={() => doc.edit(movedInCell(parts, map, id, 1))}
              >
                <IconArrowDown size={14} stroke={1.5} aria-hidden />
              </Button>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('journeyMap.flows.remove', { name })}
                onClick={onRemove}
              >
                <IconX size={14} stroke={1.5} aria-hidden />
              </Button>
            </>
          )}
        </span>
      </td>
    </tr>
  );
}
