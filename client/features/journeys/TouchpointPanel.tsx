import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sentencesOf } from '../../../server/journeys/gaps/sentence.ts';
import type { Experience, Touchpoint } from '../../../server/journeys/map.ts';
import { Choice, Choices } from './Choice.tsx';
import { CommentsOf } from './Comments.tsx';
import { changed } from './changes.ts';
import { DraftText } from './DraftText.tsx';
import { Flows } from './Flows.tsx';
import { PainPoints } from './PainPoints.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

type Props = {
  doc: JourneyDoc;
  touchpoint: Touchpoint;
  isNew: boolean;
  takesFocus: boolean;
  onClose: () => void;
  onRemove: () => void;
};

const feelings: readonly Experience[] = [-2, -1, 0, 1, 2];

/** All that is said of one touchpoint. Who may not draw reads the same. */
export function TouchpointPanel({ doc, touchpoint, isNew, takesFocus, onClose, onRemove }: Props) {
  const { t } = useTranslation();
  const { map, canEdit } = doc;
  const { id } = touchpoint;
  const isReadOnly = !canEdit;
  const set = (over: Partial<Omit<Touchpoint, 'id'>>) => doc.edit(changed(doc.parts, 'TOUCHPOINT', id, over));
  const here = doc.gaps.filter(({ about }) => about.touchpointIds.includes(id));
  const sentence = sentencesOf(map);
  const nobody = t('journeyMap.touchpoint.nobody');
  const fieldOf = (name: 'channel' | 'objective') => t(`journeyMap.touchpoint.${name}`);

  return (
    <PanelFrame title={touchpoint.name} takesFocus={takesFocus && !isNew} onClose={onClose}>
      <div className={styles.fields}>
        <DraftText
          label={t('journeyMap.touchpoint.name')}
          value={touchpoint.name}
          maxLength={120}
          isRequired
          isFirst={isNew}
          isReadOnly={isReadOnly}
          onCommit={(name) => set({ name })}
        />
        <Choice
          label={t('journeyMap.touchpoint.stage')}
          value={touchpoint.stageId}
          from={map.stages}
          isReadOnly={isReadOnly}
          onChange={(stageId) => stageId !== null && set({ stageId })}
        />
        <div className={styles.pair}>
          <Choice
            label={t('journeyMap.touchpoint.initiator')}
            value={touchpoint.initiatorId}
            from={map.departments}
            none={nobody}
            isReadOnly={isReadOnly}
            onChange={(initiatorId) => set({ initiatorId })}
          />
          <Choice
            label={t('journeyMap.touchpoint.receiver')}
            value={touchpoint.receiverId}
            from={map.departments}
            none={nobody}
            isReadOnly={isReadOnly}
            onChange={(receiverId) => set({ receiverId })}
          />
        </div>
        <div className={styles.pair}>
          <DraftText
            label={fieldOf('channel')}
            value={touchpoint.channel}
            maxLength={120}
            isReadOnly={isReadOnly}
            onCommit={(channel) => set({ channel })}
          />
          <NativeSelect
            size="xs"
            label={t('journeyMap.touchpoint.experience')}
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
        </div>
        <DraftText
          label={fieldOf('objective')}
          value={touchpoint.objective ?? ''}
          maxLength={1_000}
          lines={2}
          isReadOnly={isReadOnly}
          onCommit={(objective) => set({ objective: objective || null })}
        />
        <DraftText
          label={t('journeyMap.touchpoint.tasks')}
          value={touchpoint.tasks.join('\n')}
          maxLength={4_000}
          lines={3}
          isReadOnly={isReadOnly}
          onCommit={(text) => set({ tasks: linesOf(text) })}
        />
        <Choices
          label={t('journeyMap.touchpoint.departments')}
          value={touchpoint.departmentIds}
          from={map.departments}
          isReadOnly={isReadOnly}
          onChange={(departmentIds) => set({ departmentIds })}
        />
        <Choices
          label={t('journeyMap.touchpoint.tools')}
          value={touchpoint.tools}
          from={map.systems}
          isReadOnly={isReadOnly}
          onChange={(tools) => set({ tools })}
        />
      </div>
      {here.length > 0 && (
        <section className={styles.part}>
          <h3>{t('journeyMap.touchpoint.gaps')}</h3>
          <ul className={styles.sentences}>
            {here.map((gap) => (
              <li key={gap.key}>{sentence(gap)}</li>
            ))}
          </ul>
        </section>
      )}
      <Flows doc={doc} touchpoint={touchpoint} />
      <PainPoints doc={doc} touchpointId={id} />
      <SaidHere doc={doc} touchpointId={id} />
      <CommentsOf doc={doc} aboutId={id} name={touchpoint.name} />
      {canEdit && (
        <Button variant="subtle" color="red" size="compact-sm" className={styles.away} onClick={onRemove}>
          {t('journeyMap.touchpoint.remove')}
        </Button>
      )}
    </PanelFrame>
  );
}

/** What those said of it who were asked. */
function SaidHere({ doc, touchpointId }: { doc: JourneyDoc; touchpointId: string }) {
  const { t } = useTranslation();
  const said = doc.research.interviews.filter((one) => one.touchpointIds.includes(touchpointId));
  if (said.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>{t('journeyResearch.saidHere')}</h3>
      <ul className={styles.rows}>
        {said.map(({ id, name, role, notes }) => (
          <li key={id}>
            <span className={styles.soft}>{[name, role].filter(Boolean).join(' · ')}</span>
            <p className={styles.quote}>{notes}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
