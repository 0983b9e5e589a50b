import { Button, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DepartmentKind, SystemKind } from '../../../server/journeys/map.ts';
import type { BodyOf } from '../../../server/journeys/parts.ts';
import { AddNamed } from './AddNamed.tsx';
import { Choice } from './Choice.tsx';
import { CommentsOf } from './Comments.tsx';
import { changed, made, movedAmong, removed } from './changes.ts';
import { DraftText } from './DraftText.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

const departmentKinds: readonly DepartmentKind[] = ['CUSTOMER', 'TEAM', 'THIRD_PARTY'];
const systemKinds: readonly SystemKind[] = [
  ...(['SLIPWAY', 'CRM', 'SUPPORT', 'MARKETING', 'ERP', 'SHEET', 'MAIL', 'CHAT', 'DOCUMENT', 'OTHER'] as const),
];

type Props = { doc: JourneyDoc; takesFocus: boolean; onClose: () => void };

/** What a map is drawn upon: its stages, and the departments and systems of the company. */
export function ShapePanel({ doc, takesFocus, onClose }: Props) {
  const { t } = useTranslation();
  const { map, parts, canEdit } = doc;
  return (
    <PanelFrame title={t('journeyMap.panel.shape')} takesFocus={takesFocus} onClose={onClose}>
      <section className={styles.part}>
        <h3>{t('journeyMap.shape.stages')}</h3>
        <ul className={styles.rows}>
          {map.stages.map((stage) => (
            <NamedRow key={stage.id} doc={doc} kind="STAGE" list={map.stages} thing={stage} />
          ))}
        </ul>
        {canEdit && (
          <AddNamed
            label={t('journeyMap.shape.newStage')}
            button={t('journeyMap.shape.addStage')}
            onAdd={(name) => doc.edit([made(parts, 'STAGE', { name })])}
          />
        )}
      </section>
      <p className={styles.soft}>{t('journeyMap.shape.companyWide')}</p>
      <section className={styles.part}>
        <h3>{t('journeyMap.shape.departments')}</h3>
        <ul className={styles.rows}>
          {map.departments.map((one) => (
            <NamedRow
              key={one.id}
              doc={doc}
              kind="DEPARTMENT"
              list={map.departments}
              thing={one}
              hint={t(`journeyMap.shape.department.${one.kind}`)}
            >
              <Kind
                label={t('journeyMap.shape.kindOf', { name: one.name })}
                value={one.kind}
                kinds={departmentKinds.map((kind) => [kind, t(`journeyMap.shape.department.${kind}`)])}
                onChange={(kind) => doc.edit(changed(parts, 'DEPARTMENT', one.id, { kind }))}
              />
            </NamedRow>
          ))}
        </ul>
        {canEdit && (
          <AddNamed
            label={t('journeyMap.shape.newDepartment')}
            button={t('journeyMap.shape.addDepartment')}
            onAdd={(name) => doc.edit([made(parts, 'DEPARTMENT', { name, kind: 'TEAM' })])}
          />
        )}
      </section>
      <section className={styles.part}>
        <h3>{t('journeyMap.shape.systems')}</h3>
        <ul className={styles.rows}>
          {map.systems.map((one) => (
            <NamedRow
              key={one.id}
              doc={doc}
              kind="SYSTEM"
              list={map.systems}
              thing={one}
              hint={t(`journeyMap.shape.system.${one.kind}`)}
            >
              <Kind
                label={t('journeyMap.shape.kindOf', { name: one.name })}
                value={one.kind}
                kinds={systemKinds.map((kind) => [kind, t(`journeyMap.shape.system.${kind}`)])}
                onChange={(kind) => doc.edit(changed(parts, 'SYSTEM', one.id, { kind }))}
              />
            </NamedRow>
          ))}
        </ul>
        {canEdit && (
          <AddNamed
            label={t('journeyMap.shape.newSystem')}
            button={t('journeyMap.shape.addSystem')}
            onAdd={(name) => doc.edit([made(parts, 'SYSTEM', { name, kind: 'OTHER', ownerId: null })])}
          />
        )}
      </section>
      <Links doc={doc} />
    </PanelFrame>
  );
}

type RowProps<Kind extends 'STAGE' | 'DEPARTMENT' | 'SYSTEM'> = {
  doc: JourneyDoc;
  kind: Kind;
  list: readonly { id: string; name: string }[];
  thing: { id: string; name: string };
  hint?: string;
  children?: React.ReactNode;
};

/** A name; opened, what it is called and its kind, its place among its like, and the way out. */
function NamedRow<Kind extends 'STAGE' | 'DEPARTMENT' | 'SYSTEM'>({
  doc,
  kind,
  list,
  thing,
  hint,
  children,
}: RowProps<Kind>) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { id, name } = thing;
  const at = list.findIndex((one) => one.id === id);
  const move = (step: 1 | -1) => doc.edit(movedAmong(doc.parts, kind, list, id, step));
  return (
    <li>
      <button type="button" className={styles.plain} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>{name}</span>
        {hint && <span className={styles.soft}>{hint}</span>}
      </button>
      {isOpen && doc.canEdit && (
        <div className={styles.line}>
          <DraftText
            label={t('journeyMap.shape.nameOf', { name })}
            value={name}
            maxLength={120}
            isRequired
            isHidden
            onCommit={(next) => doc.edit(changed(doc.parts, kind, id, { name: next } as Partial<BodyOf[Kind]>))}
          />
          {children}
          <span className={styles.tools}>
            <Button
              variant="subtle"
              size="compact-xs"
              disabled={at === 0}
              aria-label={t('journeyMap.shape.up', { name })}
              onClick={() => move(-1)}
            >
              <IconArrowUp size={14} stroke={1.5} aria-hidden />
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              disabled={at === list.length - 1}
              aria-label={t('journeyMap.shape.down', { name })}
              onClick={() => move(1)}
            >
              <IconArrowDown size={14} stroke={1.5} aria-hidden />
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              aria-label={t('journeyMap.shape.remove', { name })}
              onClick={() => doc.edit(removed(doc.parts, id))}
            >
              <IconX size={14} stroke={1.5} aria-hidden />
            </Button>
          </span>
        </div>
      )}
      {isOpen && <CommentsOf doc={doc} aboutId={id} name={name} />}
    </li>
  );
}

type KindProps<Kind extends string> = {
  label: string;
  value: Kind;
  kinds: readonly (readonly [Kind, string])[];
  onChange: (kind: Kind) => void;
};

function Kind<K extends string>({ label, value, kinds, onChange }: KindProps<K>) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value as K)}
      data={kinds.map(([kind, words]) => ({ value: kind, label: words }))}
    />
  );
}

/** Which system passes what it has on to which, by itself. */
function Links({ doc }: { doc: JourneyDoc }) {
  const { t } = useTranslation();
  const { map, parts, canEdit } = doc;
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const nameOf = (id: string) => map.systems.find((one) => one.id === id)?.name ?? '?';
  const isReal = from !== null && to !== null && from !== to;
  return (
    <section className={styles.part}>
      <h3>{t('journeyMap.links.title')}</h3>
      {map.links.length === 0 && <p className={styles.soft}>{t('journeyMap.links.none')}</p>}
      <ul className={styles.rows}>
        {map.links.map((link) => {
          const names = { from: nameOf(link.fromId), to: nameOf(link.toId) };
          const items = map.items.filter(({ id }) => link.itemIds?.includes(id)).map(({ name }) => name);
          return (
            <li key={link.id} className={styles.row}>
              <span className={styles.grow}>
                <span>{t('journeyMap.links.all', names)}</span>
                <span className={styles.soft}>{items.join(', ')}</span>
              </span>
              {canEdit && (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-label={t('journeyMap.links.remove', names)}
                  onClick={() => doc.edit(removed(parts, link.id))}
                >
                  <IconX size={14} stroke={1.5} aria-hidden />
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {canEdit && map.systems.length > 1 && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (!isReal) return;
            doc.edit([made(parts, 'LINK', { fromId: from, toId: to, itemIds: null })]);
            setFrom(null);
            setTo(null);
          }}
        >
          <div className={styles.pair}>
            <Choice label={t('journeyMap.links.from')} value={from} none="" from={map.systems} onChange={setFrom} />
            <Choice label={t('journeyMap.links.to')} value={to} none="" from={map.systems} onChange={setTo} />
          </div>
          <Button type="submit" size="compact-sm" variant="default" disabled={!isReal}>
            {t('journeyMap.links.add')}
          </Button>
        </form>
      )}
    </section>
  );
}
