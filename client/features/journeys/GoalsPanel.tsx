import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal, GoalKind } from '../../../server/journeys/map.ts';
import { AddNamed } from './AddNamed.tsx';
import { Choice, Choices } from './Choice.tsx';
import { CommentsOf } from './Comments.tsx';
import { changed, made, removed } from './changes.ts';
import { DraftText } from './DraftText.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

const kinds: readonly GoalKind[] = ['FOR_CUSTOMER', 'FOR_DEPARTMENT'];

type Props = { doc: JourneyDoc; takesFocus: boolean; onClose: () => void };

/** What the departments want, by department. */
export function GoalsPanel({ doc, takesFocus, onClose }: Props) {
  const { t } = useTranslation();
  const { goals, departments } = doc.map;
  const known = new Set(departments.map(({ id }) => id));
  const groups = [
    ...departments.map(({ id, name }) => ({ id, name, goals: goals.filter((one) => one.departmentId === id) })),
    { id: '', name: t('journeyMap.noDepartment'), goals: goals.filter((one) => !known.has(one.departmentId)) },
  ].filter((group) => group.goals.length > 0);
  const first = departments.find(({ kind }) => kind === 'TEAM') ?? departments[0];
  return (
    <PanelFrame title={t('journeyMap.panel.goals')} takesFocus={takesFocus} onClose={onClose}>
      <p className={styles.soft}>{goals.length === 0 ? t('journeyMap.goals.none') : t('journeyMap.goals.about')}</p>
      {groups.map((group) => (
        <section key={group.id} className={styles.part}>
          <h3>{group.name}</h3>
          <ul className={styles.rows}>
            {group.goals.map((goal) => (
              <GoalRow key={goal.id} doc={doc} goal={goal} />
            ))}
          </ul>
        </section>
      ))}
      {doc.canEdit && first && (
        <AddNamed
          label={t('journeyMap.goals.new')}
          button={t('journeyMap.goals.add')}
          onAdd={(name) =>
            doc.edit([
              made(doc.parts, 'GOAL', {
                ...{ name, departmentId: first.id, kind: 'FOR_CUSTOMER', metric: null, target: null },
                ...{ itemIds: [], touchpointIds: [] },
              }),
            ])
          }
        />
      )}
    </PanelFrame>
  );
}

function GoalRow({ doc, goal }: { doc: JourneyDoc; goal: Goal }) {
  const { t } = useTranslation();
  const { map, canEdit } = doc;
  const [isOpen, setOpen] = useState(false);
  const isReadOnly = !canEdit;
  const set = (over: Partial<Omit<Goal, 'id'>>) => doc.edit(changed(doc.parts, 'GOAL', goal.id, over));
  const reached = goal.metric && t('journeyMap.goals.reached', { metric: goal.metric, target: goal.target ?? '' });
  return (
    <li>
      <button type="button" className={styles.plain} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>{goal.name}</span>
        <span className={styles.soft}>{[t(`journeyMap.goals.${goal.kind}`), reached].filter(Boolean).join(' · ')}</span>
      </button>
      {isOpen && (
        <div className={styles.fields}>
          <DraftText
            label={t('journeyMap.goals.name')}
            value={goal.name}
            maxLength={120}
            isRequired
            isReadOnly={isReadOnly}
            onCommit={(name) => set({ name })}
          />
          <div className={styles.pair}>
            <Choice
              label={t('journeyMap.goals.department')}
              value={goal.departmentId}
              from={map.departments}
              isReadOnly={isReadOnly}
              onChange={(id) => id !== null && set({ departmentId: id })}
            />
            <NativeSelect
              size="xs"
              label={t('journeyMap.goals.kind')}
              value={goal.kind}
              disabled={isReadOnly}
              onChange={({ currentTarget }) => set({ kind: currentTarget.value as GoalKind })}
              data={kinds.map((kind) => ({ value: kind, label: t(`journeyMap.goals.${kind}`) }))}
            />
          </div>
          <div className={styles.pair}>
            <DraftText
              label={t('journeyMap.goals.metric')}
              value={goal.metric ?? ''}
              maxLength={120}
              isReadOnly={isReadOnly}
              onCommit={(metric) => set({ metric: metric || null })}
            />
            <DraftText
              label={t('journeyMap.goals.target')}
              value={goal.target ?? ''}
              maxLength={120}
              isReadOnly={isReadOnly}
              onCommit={(target) => set({ target: target || null })}
            />
          </div>
          <Choices
            label={t('journeyMap.goals.items')}
            value={goal.itemIds}
            from={map.items}
            isReadOnly={isReadOnly}
            onChange={(itemIds) => set({ itemIds })}
          />
          <Choices
            label={t('journeyMap.goals.touchpoints')}
            value={goal.touchpointIds}
            from={map.touchpoints}
            isReadOnly={isReadOnly}
            onChange={(touchpointIds) => set({ touchpointIds })}
          />
          {canEdit && (
            <Button
              variant="subtle"
              size="compact-xs"
              className={styles.away}
              onClick={() => doc.edit(removed(doc.parts, goal.id))}
            >
              {t('journeyMap.goals.remove', { name: goal.name })}
            </Button>
          )}
          <CommentsOf doc={doc} aboutId={goal.id} name={goal.name} />
        </div>
      )}
    </li>
  );
}
