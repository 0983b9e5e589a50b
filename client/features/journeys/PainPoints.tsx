import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconThumbUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PainPoint } from '../../../server/journeys/map.ts';
import { Choices } from './Choice.tsx';
import { changed, made, removed } from './changes.ts';
import { evidenceOf } from './evidence.ts';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

type Severity = PainPoint['severity'];
const severities: readonly Severity[] = [1, 2, 3];

/** What hurts at a touchpoint; those who work here vote for what hurts most. */
export function PainPoints({ doc, touchpointId }: { doc: JourneyDoc; touchpointId: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [severity, setSeverity] = useState<Severity>(2);
  const pains = doc.map.painPoints
    .filter((one) => one.touchpointId === touchpointId)
    .sort((one, other) => other.votes - one.votes || other.severity - one.severity);
  const handleAdd = () => {
    if (text.trim() === '') return;
    doc.edit([made(doc.parts, 'PAIN_POINT', { touchpointId, text: text.trim(), severity, evidenceIds: [] })]);
    setText('');
  };
  return (
    <section className={styles.part}>
      <h3>{t('journeyMap.painPoints.title')}</h3>
      {pains.length === 0 && <p className={styles.soft}>{t('journeyMap.painPoints.none')}</p>}
      <ul className={styles.rows}>
        {pains.map((pain) => (
          <li key={pain.id} className={styles.row}>
            <span className={styles.grow}>
              <span>{pain.text}</span>
              <span className={styles.soft}>{t(`journeyMap.painPoints.${pain.severity}`)}</span>
              <Evidence doc={doc} pain={pain} />
            </span>
            <Vote doc={doc} pain={pain} />
            {doc.canEdit && (
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('journeyMap.flows.remove', { name: pain.text })}
                onClick={() => doc.edit(removed(doc.parts, pain.id))}
              >
                <IconX size={14} stroke={1.5} aria-hidden />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {doc.canEdit && (
        <form
          className={styles.adder}
          onSubmit={(event) => {
            event.preventDefault();
            handleAdd();
          }}
        >
          <TextInput
            size="xs"
            label={t('journeyMap.painPoints.text')}
            value={text}
            maxLength={500}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <NativeSelect
            size="xs"
            label={t('journeyMap.painPoints.severity')}
            value={String(severity)}
            onChange={({ currentTarget }) => setSeverity(Number(currentTarget.value) as Severity)}
            data={severities.map((one) => ({ value: String(one), label: t(`journeyMap.painPoints.${one}`) }))}
          />
          <Button type="submit" size="xs" variant="default" disabled={text.trim() === ''}>
            {t('journeyMap.painPoints.add')}
          </Button>
        </form>
      )}
    </section>
  );
}

/** Who told of it; whoever draws links it to what was said. */
function Evidence({ doc, pain }: { doc: JourneyDoc; pain: PainPoint }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const told = evidenceOf(doc, pain.id);
  const count = told.length;
  const said = count === 0 ? t('journeyResearch.noEvidence') : t('journeyResearch.evidence', { count });
  return (
    <>
      <button
        type="button"
        className={styles.told}
        aria-expanded={isOpen}
        aria-label={t('journeyResearch.evidenceOf', { said, name: pain.text })}
        onClick={() => setOpen(!isOpen)}
      >
        {said}
      </button>
      {isOpen && doc.research.interviews.length === 0 && (
        <span className={styles.soft}>{t('journeyResearch.firstAsk')}</span>
      )}
      {isOpen && (
        <Choices
          label={t('journeyResearch.toldIn')}
          value={told.map(({ id }) => id)}
          from={doc.research.interviews}
          isReadOnly={!doc.canEdit}
          onChange={(evidenceIds) => doc.edit(changed(doc.parts, 'PAIN_POINT', pain.id, { evidenceIds }))}
        />
      )}
    </>
  );
}

function Vote({ doc, pain }: { doc: JourneyDoc; pain: PainPoint }) {
  const { t } = useTranslation();
  const part = doc.parts.get(pain.id);
  const isMine = part !== undefined && 'hasMyVote' in part && part.hasMyVote === true;
  const count = t('journeyMap.painPoints.votes', { count: pain.votes });
  if (!doc.canVote) return <span className={styles.soft}>{count}</span>;
  return (
    <Button
      variant={isMine ? 'light' : 'subtle'}
      size="compact-xs"
      aria-pressed={isMine}
      aria-label={t('journeyMap.painPoints.vote', { name: pain.text })}
      leftSection={<IconThumbUp size={14} stroke={1.5} aria-hidden />}
      onClick={() => doc.vote(pain.id, !isMine)}
    >
      {pain.votes}
    </Button>
  );
}
