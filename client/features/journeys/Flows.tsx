import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow, FlowKind, Touchpoint } from '../../../server/journeys/map.ts';
import { Choice } from './Choice.tsx';
import { changed, made, removed } from './changes.ts';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

const kinds: readonly FlowKind[] = ['INPUT', 'USE', 'OUTPUT'];
type Said = Omit<Flow, 'id' | 'touchpointId'>;
type Props = { doc: JourneyDoc; touchpoint: Touchpoint };

/** Which information passes at a touchpoint: who gathers, uses and hands on what, and in which system. */
export function Flows({ doc, touchpoint }: Props) {
  const { t } = useTranslation();
  const { map, canEdit } = doc;
  const [openId, setOpenId] = useState<string | null>(null);
  const flows = map.flows.filter(({ touchpointId }) => touchpointId === touchpoint.id);
  const nameIn = (list: readonly { id: string; name: string }[], id: string | null) =>
    list.find((one) => one.id === id)?.name ?? '?';
  return (
    <section className={styles.part}>
      <h3>{t('journeyMap.flows.title')}</h3>
      {flows.length === 0 && <p className={styles.soft}>{t('journeyMap.flows.none')}</p>}
      <ul className={styles.rows}>
        {flows.map((flow) => {
          const item = nameIn(map.items, flow.itemId);
          const where = flow.systemId && nameIn(map.systems, flow.systemId);
          return (
            <li key={flow.id}>
              <div className={styles.row}>
                <button
                  type="button"
                  className={styles.plain}
                  aria-expanded={openId === flow.id}
                  disabled={!canEdit}
                  onClick={() => setOpenId(openId === flow.id ? null : flow.id)}
                >
                  <span>
                    {t('journeyMap.flows.said', {
                      department: nameIn(map.departments, flow.departmentId),
                      kind: t(`journeyMap.items.kinds.${flow.kind}`),
                      item,
                    })}
                  </span>
                  <span className={styles.soft}>
                    {[where, flow.isAskedOfClient && t('journeyMap.flows.asked'), flow.value]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </button>
                {canEdit && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    aria-label={t('journeyMap.flows.remove', { name: item })}
                    onClick={() => doc.edit(removed(doc.parts, flow.id))}
                  >
                    <IconX size={14} stroke={1.5} aria-hidden />
                  </Button>
                )}
              </div>
              {openId === flow.id && canEdit && (
                <FlowFields
                  doc={doc}
                  said={flow}
                  onChange={(over) => doc.edit(changed(doc.parts, 'FLOW', flow.id, over))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {canEdit && map.departments.length > 0 && <NewFlow doc={doc} touchpoint={touchpoint} />}
    </section>
  );
}

const newItem = 'new';

function NewFlow({ doc, touchpoint }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const blank: Said = {
    departmentId: touchpoint.departmentIds[0] ?? touchpoint.initiatorId ?? doc.map.departments[0]?.id ?? '',
    itemId: doc.map.items[0]?.id ?? newItem,
    ...{ kind: 'USE', systemId: null, isAutomatic: false, isAskedOfClient: false, value: null },
  };
  const [said, setSaid] = useState<Said>(blank);
  if (!isOpen)
    return (
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => {
          setSaid(blank);
          setOpen(true);
        }}
      >
        {t('journeyMap.flows.add')}
      </Button>
    );
  const isNamed = said.itemId !== newItem || name.trim() !== '';
  const handleSubmit = () => {
    if (!isNamed) return;
    const item =
      said.itemId === newItem
        ? made(doc.parts, 'ITEM', {
            ...{ name: name.trim(), ownerId: null, sensitivity: 'INTERNAL', homeIds: [], factKey: null },
          })
        : null;
    const itemId = item?.id ?? said.itemId;
    doc.edit([...(item ? [item] : []), made(doc.parts, 'FLOW', { ...said, itemId, touchpointId: touchpoint.id })]);
    setName('');
    setOpen(false);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        handleSubmit();
      }}
    >
      <FlowFields doc={doc} said={said} hasNew isFirst onChange={(over) => setSaid({ ...said, ...over })} />
      {said.itemId === newItem && (
        <TextInput
          size="xs"
          label={t('journeyMap.flows.newItemName')}
          value={name}
          maxLength={120}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
      )}
      <div className={styles.buttons}>
        <Button type="submit" size="compact-sm" disabled={!isNamed}>
          {t('journeyMap.flows.add')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => setOpen(false)}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

type FieldsProps = {
  doc: JourneyDoc;
  said: Said;
  hasNew?: boolean;
  isFirst?: boolean;
  onChange: (over: Partial<Said>) => void;
};

function FlowFields({ doc: { map }, said, hasNew = false, isFirst = false, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const items = hasNew ? [...map.items, { id: newItem, name: t('journeyMap.flows.newItem') }] : map.items;
  return (
    <div className={styles.fields}>
      <div className={styles.pair}>
        <Choice
          label={t('journeyMap.flows.department')}
          value={said.departmentId}
          from={map.departments}
          onChange={(id) => id !== null && onChange({ departmentId: id })}
        />
        <NativeSelect
          size="xs"
          label={t('journeyMap.flows.kind')}
          autoFocus={isFirst}
          value={said.kind}
          onChange={({ currentTarget }) => onChange({ kind: currentTarget.value as FlowKind })}
          data={kinds.map((kind) => ({ value: kind, label: t(`journeyMap.flows.${kind}`) }))}
        />
      </div>
      <div className={styles.pair}>
        <Choice
          label={t('journeyMap.flows.item')}
          value={said.itemId}
          from={items}
          onChange={(id) => id !== null && onChange({ itemId: id })}
        />
        <Choice
          label={t('journeyMap.flows.system')}
          value={said.systemId}
          from={map.systems}
          none={t('journeyMap.flows.noSystem')}
          onChange={(systemId) => onChange({ systemId })}
        />
      </div>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={said.isAutomatic}
          onChange={({ currentTarget }) => onChange({ isAutomatic: currentTarget.checked })}
        />
        {t('journeyMap.flows.automatic')}
      </label>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={said.isAskedOfClient}
          onChange={({ currentTarget }) => onChange({ isAskedOfClient: currentTarget.checked })}
        />
        {t('journeyMap.flows.asked')}
      </label>
    </div>
  );
}
