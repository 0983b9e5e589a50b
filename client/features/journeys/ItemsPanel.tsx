import { Button, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focus } from '../../../server/journeys/gaps/focus.ts';
import type { InformationItem, JourneyMap, Sensitivity } from '../../../server/journeys/map.ts';
import { Choice, Choices } from './Choice.tsx';
import { CommentsOf } from './Comments.tsx';
import { changed, removed } from './changes.ts';
import { DraftText } from './DraftText.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

const sensitivities: readonly Sensitivity[] = ['PUBLIC', 'INTERNAL', 'PERSONAL', 'SECRET'];

type Props = {
  doc: JourneyDoc;
  /** The item whose way is shown on the map. */
  itemId: string | null;
  onItem: (id: string | null) => void;
  takesFocus: boolean;
  onClose: () => void;
};

/** The pieces of information: who answers for each, where it is at home, and where it goes. */
export function ItemsPanel({ doc, itemId, onItem, takesFocus, onClose }: Props) {
  const { t } = useTranslation();
  const { map } = doc;
  const here = new Set([
    ...map.flows.map((flow) => flow.itemId),
    ...map.goals.flatMap(({ itemIds }) => itemIds),
    ...(itemId === null ? [] : [itemId]),
  ]);
  const [own, others] = [map.items.filter(({ id }) => here.has(id)), map.items.filter(({ id }) => !here.has(id))];
  const rowOf = (item: InformationItem) => (
    <ItemRow
      key={item.id}
      doc={doc}
      item={item}
      isFocused={item.id === itemId}
      onFocus={() => onItem(item.id === itemId ? null : item.id)}
    />
  );
  return (
    <PanelFrame title={t('journeyMap.panel.items')} takesFocus={takesFocus} onClose={onClose}>
      {own.length === 0 && <p className={styles.soft}>{t('journeyMap.items.none')}</p>}
      <ul className={styles.rows}>{own.map(rowOf)}</ul>
      {others.length > 0 && (
        <section className={styles.part}>
          <h3>{t('journeyMap.items.others')}</h3>
          <ul className={styles.rows}>{others.map(rowOf)}</ul>
        </section>
      )}
    </PanelFrame>
  );
}

type RowProps = { doc: JourneyDoc; item: InformationItem; isFocused: boolean; onFocus: () => void };

function ItemRow({ doc, item, isFocused, onFocus }: RowProps) {
  const { t } = useTranslation();
  const { map, canEdit } = doc;
  const [isOpen, setOpen] = useState(false);
  const set = (over: Partial<Omit<InformationItem, 'id'>>) => doc.edit(changed(doc.parts, 'ITEM', item.id, over));
  const homes = map.systems.filter(({ id }) => item.homeIds.includes(id)).map(({ name }) => name);
  const owner = map.departments.find(({ id }) => id === item.ownerId)?.name;
  return (
    <li>
      <div className={styles.row}>
        <button type="button" className={styles.plain} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span>{item.name}</span>
          <span className={styles.soft}>{[owner, ...homes].filter(Boolean).join(' · ')}</span>
        </button>
        <Button
          variant={isFocused ? 'light' : 'default'}
          size="compact-xs"
          aria-pressed={isFocused}
          aria-label={t('journeyMap.items.whereOf', { name: item.name })}
          onClick={onFocus}
        >
          {t('journeyMap.items.where')}
        </Button>
      </div>
      {isFocused && <Way map={map} item={item} />}
      {isOpen && (
        <div className={styles.fields}>
          <DraftText
            label={t('journeyMap.name')}
            value={item.name}
            maxLength={120}
            isRequired
            isReadOnly={!canEdit}
            onCommit={(name) => set({ name })}
          />
          <div className={styles.pair}>
            <Choice
              label={t('journeyMap.items.owner')}
              value={item.ownerId}
              from={map.departments}
              none={t('journeyMap.touchpoint.nobody')}
              isReadOnly={!canEdit}
              onChange={(ownerId) => set({ ownerId })}
            />
            <NativeSelect
              size="xs"
              label={t('journeyMap.items.sensitivity')}
              value={item.sensitivity}
              disabled={!canEdit}
              onChange={({ currentTarget }) => set({ sensitivity: currentTarget.value as Sensitivity })}
              data={sensitivities.map((one) => ({ value: one, label: t(`journeyMap.items.${one}`) }))}
            />
          </div>
          <Choices
            label={t('journeyMap.items.homes')}
            value={item.homeIds}
            from={map.systems}
            isReadOnly={!canEdit}
            onChange={(homeIds) => set({ homeIds })}
          />
          {canEdit && (
            <Button
              variant="subtle"
              size="compact-xs"
              className={styles.away}
              leftSection={<IconX size={14} stroke={1.5} aria-hidden />}
              onClick={() => doc.edit(removed(doc.parts, item.id))}
            >
              {t('journeyMap.flows.remove', { name: item.name })}
            </Button>
          )}
          <CommentsOf doc={doc} aboutId={item.id} name={item.name} />
        </div>
      )}
    </li>
  );
}

/** Where an item goes, step by step; the same is lit on the map. */
function Way({ map, item }: { map: JourneyMap; item: InformationItem }) {
  const { t } = useTranslation();
  const steps = focus(map, item.id)?.steps ?? [];
  const nameIn = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? '?';
  if (steps.length === 0) return <p className={styles.soft}>{t('journeyMap.items.nowhere')}</p>;
  return (
    <ol className={styles.way}>
      {steps.map(({ flow, touchpointId, departmentId, systemId, passedToIds }) => {
        const said = {
          touchpoint: nameIn(map.touchpoints, touchpointId),
          department: nameIn(map.departments, departmentId),
          kind: t(`journeyMap.items.kinds.${flow.kind}`),
        };
        return (
          <li key={flow.id}>
            {systemId === null
              ? t('journeyMap.items.stepPlain', said)
              : t('journeyMap.items.step', { ...said, system: nameIn(map.systems, systemId) })}
            {passedToIds.length > 0 && (
              <span className={styles.soft}>
                {t('journeyMap.items.passedTo', {
                  systems: passedToIds.map((id) => nameIn(map.systems, id)).join(', '),
                })}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
