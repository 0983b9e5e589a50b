import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interview, Persona } from '../../../server/journeys/parts.ts';
import { dayInFull } from '../../words/format.ts';
import { AddNamed } from './AddNamed.tsx';
import { Choice, Choices } from './Choice.tsx';
import { changed, made, removed } from './changes.ts';
import { DraftText } from './DraftText.tsx';
import { evidenceOf } from './evidence.ts';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

type Props = { doc: JourneyDoc; takesFocus: boolean; onClose: () => void };

/** What a map stands on: for whom it is made, and what those said who were asked. */
export function ResearchPanel({ doc, takesFocus, onClose }: Props) {
  const { t } = useTranslation();
  const { personas, interviews } = doc.research;
  const proven = doc.map.painPoints.filter(({ id }) => evidenceOf(doc, id).length > 0).length;
  const pains = doc.map.painPoints.length;
  return (
    <PanelFrame title={t('journeyResearch.title')} takesFocus={takesFocus} onClose={onClose}>
      <p className={styles.soft}>
        {pains === 0 ? t('journeyResearch.about') : t('journeyResearch.proven', { proven, count: pains })}
      </p>
      <section className={styles.part}>
        <h3>{t('journeyResearch.personas')}</h3>
        {personas.length === 0 && <p className={styles.soft}>{t('journeyResearch.noPersonas')}</p>}
        <ul className={styles.rows}>
          {personas.map((persona) => (
            <PersonaRow key={persona.id} doc={doc} persona={persona} />
          ))}
        </ul>
        {doc.canEdit && (
          <AddNamed
            label={t('journeyResearch.newPersona')}
            button={t('journeyResearch.addPersona')}
            onAdd={(name) => doc.edit([made(doc.parts, 'PERSONA', { name, role: null, about: null, wants: null })])}
          />
        )}
      </section>
      <section className={styles.part}>
        <h3>{t('journeyResearch.interviews')}</h3>
        {interviews.length === 0 && <p className={styles.soft}>{t('journeyResearch.noInterviews')}</p>}
        <ul className={styles.rows}>
          {interviews.map((interview) => (
            <InterviewRow key={interview.id} doc={doc} interview={interview} />
          ))}
        </ul>
        {doc.canEdit && (
          <AddNamed
            label={t('journeyResearch.newInterview')}
            button={t('journeyResearch.addInterview')}
            onAdd={(name) =>
              doc.edit([
                made(doc.parts, 'INTERVIEW', {
                  ...{ name, role: null, heldOn: null, notes: null, personaId: null, touchpointIds: [] },
                }),
              ])
            }
          />
        )}
      </section>
    </PanelFrame>
  );
}

function PersonaRow({ doc, persona }: { doc: JourneyDoc; persona: Persona }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isReadOnly = !doc.canEdit;
  const { id, name, role, about, wants } = persona;
  const set = (over: Partial<Omit<Persona, 'id'>>) => doc.edit(changed(doc.parts, 'PERSONA', id, over));
  const asked = doc.research.interviews.filter((one) => one.personaId === id).length;
  const said = [role, asked > 0 && t('journeyResearch.asked', { count: asked })].filter(Boolean).join(' · ');
  return (
    <li>
      <button type="button" className={styles.plain} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>{name}</span>
        <span className={styles.soft}>{said}</span>
      </button>
      {isOpen && (
        <div className={styles.fields}>
          <div className={styles.pair}>
            <DraftText
              label={t('journeyResearch.name')}
              value={name}
              maxLength={120}
              isRequired
              isReadOnly={isReadOnly}
              onCommit={(to) => set({ name: to })}
            />
            <DraftText
              label={t('journeyResearch.role')}
              value={role ?? ''}
              maxLength={120}
              isReadOnly={isReadOnly}
              onCommit={(to) => set({ role: to || null })}
            />
          </div>
          <DraftText
            label={t('journeyResearch.who')}
            value={about ?? ''}
            maxLength={2_000}
            lines={3}
            isReadOnly={isReadOnly}
            onCommit={(to) => set({ about: to || null })}
          />
          <DraftText
            label={t('journeyResearch.wants')}
            value={wants ?? ''}
            maxLength={2_000}
            lines={3}
            isReadOnly={isReadOnly}
            onCommit={(to) => set({ wants: to || null })}
          />
          <Remove doc={doc} id={id} name={name} />
        </div>
      )}
    </li>
  );
}

function InterviewRow({ doc, interview }: { doc: JourneyDoc; interview: Interview }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isReadOnly = !doc.canEdit;
  const { id, name, role, heldOn, notes, personaId, touchpointIds } = interview;
  const set = (over: Partial<Omit<Interview, 'id'>>) => doc.edit(changed(doc.parts, 'INTERVIEW', id, over));
  return (
    <li>
      <button type="button" className={styles.plain} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span>{name}</span>
        <span className={styles.soft}>{[role, heldOn && dayInFull(heldOn)].filter(Boolean).join(' · ')}</span>
      </button>
      {isOpen && (
        <div className={styles.fields}>
          <div className={styles.pair}>
            <DraftText
              label={t('journeyResearch.askedName')}
              value={name}
              maxLength={120}
              isRequired
              isReadOnly={isReadOnly}
              onCommit={(to) => set({ name: to })}
            />
            <DraftText
              label={t('journeyResearch.role')}
              value={role ?? ''}
              maxLength={120}
              isReadOnly={isReadOnly}
              onCommit={(to) => set({ role: to || null })}
            />
          </div>
          <div className={styles.pair}>
            <DraftText
              label={t('journeyResearch.heldOn')}
              value={heldOn ?? ''}
              maxLength={10}
              isDay
              isReadOnly={isReadOnly}
              onCommit={(to) => set({ heldOn: to || null })}
            />
            <Choice
              label={t('journeyResearch.likeWhom')}
              value={personaId}
              from={doc.research.personas}
              none={t('journeyResearch.nobody')}
              isReadOnly={isReadOnly}
              onChange={(to) => set({ personaId: to })}
            />
          </div>
          <DraftText
            label={t('journeyResearch.notes')}
            value={notes ?? ''}
            maxLength={20_000}
            lines={8}
            isReadOnly={isReadOnly}
            onCommit={(to) => set({ notes: to || null })}
          />
          <Choices
            label={t('journeyResearch.touchpoints')}
            value={touchpointIds}
            from={doc.map.touchpoints}
            isReadOnly={isReadOnly}
            onChange={(to) => set({ touchpointIds: to })}
          />
          <Remove doc={doc} id={id} name={name} />
        </div>
      )}
    </li>
  );
}

function Remove({ doc, id, name }: { doc: JourneyDoc; id: string; name: string }) {
  const { t } = useTranslation();
  if (!doc.canEdit) return null;
  return (
    <Button variant="subtle" size="compact-xs" className={styles.away} onClick={() => doc.edit(removed(doc.parts, id))}>
      {t('journeyMap.flows.remove', { name })}
    </Button>
  );
}
