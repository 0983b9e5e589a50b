import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Gap } from '../../../server/journeys/gaps/gap.ts';
import { hintOf, sentencesOf, titleOf } from '../../../server/journeys/gaps/sentence.ts';
import { dearestOf } from '../../../server/journeys/measured.ts';
import { useNow } from '../../components/now.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import { Decide } from './Decide.tsx';
import type { Decision } from './mapStore.ts';
import { PanelFrame } from './PanelFrame.tsx';
import styles from './Panels.module.css';
import type { JourneyDoc } from './useJourney.ts';

type Props = {
  doc: JourneyDoc;
  shownKey: string | null;
  onShow: (gap: Gap | null) => void;
  takesFocus: boolean;
  onClose: () => void;
};

/** More than these at once would be read by nobody; the worst come first. */
const pageSize = 40;

/** Every gap of the map in a sentence, what becomes of it, and what was closed. */
export function GapsPanel({ doc, shownKey, onShow, takesFocus, onClose }: Props) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(pageSize);
  const { decisions } = doc.state;
  const rankOf = (gap: Gap) => (decisions.get(gap.key)?.decision === 'ACCEPTED' ? 0 : gap.severity);
  const sorted = [...doc.gaps].sort((one, other) => rankOf(other) - rankOf(one));
  const found = new Set(doc.gaps.map(({ key }) => key));
  const closed = [...decisions.values()].filter(({ key, decision }) => decision === 'PLANNED' && !found.has(key));
  const sentence = sentencesOf(doc.map);
  const page = sorted.slice(0, shown);
  return (
    <PanelFrame title={t('journeyMap.panel.gaps')} takesFocus={takesFocus} onClose={onClose}>
      {sorted.length === 0 && <p className={styles.soft}>{t('journeyMap.gaps.none')}</p>}
      <ul className={styles.gaps}>
        {page.map((gap, at) => (
          <GapRow
            key={gap.key}
            doc={doc}
            gap={gap}
            sentence={sentence(gap)}
            isFirstOfKind={page[at - 1]?.kind !== gap.kind}
            isShown={gap.key === shownKey}
            onShow={() => onShow(gap.key === shownKey ? null : gap)}
          />
        ))}
      </ul>
      {sorted.length > shown && (
        <Button variant="default" size="compact-sm" onClick={() => setShown(shown + pageSize)}>
          {t('journeyMap.gaps.more', { count: sorted.length - shown })}
        </Button>
      )}
      {closed.length > 0 && (
        <section className={styles.part}>
          <h3>{t('journeyMap.gaps.closed')}</h3>
          <p className={styles.soft}>{t('journeyMap.gaps.closedHint')}</p>
          <ul className={styles.sentences}>
            {closed.map((one) => (
              <li key={one.key} className={styles.closed}>
                {one.sentence}
                <Said decision={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </PanelFrame>
  );
}

type RowProps = {
  doc: JourneyDoc;
  gap: Gap;
  sentence: string;
  isFirstOfKind: boolean;
  isShown: boolean;
  onShow: () => void;
};

function GapRow({ doc, gap, sentence, isFirstOfKind, isShown, onShow }: RowProps) {
  const { t } = useTranslation();
  const [act, setAct] = useState<'PLANNED' | 'ACCEPTED' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const decision = doc.state.decisions.get(gap.key);
  const isDecided = decision?.decision !== undefined && decision.decision !== null;
  const takeBack = async () => setFailure(await doc.decide(gap.key, { decision: null }));
  return (
    <li
      className={styles.gap}
      data-severity={gap.severity}
      data-accepted={decision?.decision === 'ACCEPTED' || undefined}
    >
      <span className={styles.kind}>
        {titleOf(gap.kind)}
        <span className={styles.soft}>{t(`journeyMap.gaps.severity.${gap.severity}`)}</span>
      </span>
      <p>{sentence}</p>
      <Cost doc={doc} gap={gap} />
      {isFirstOfKind && !isDecided && <p className={styles.soft}>{hintOf(gap.kind)}</p>}
      {isDecided && <Said decision={decision} />}
      {failure && <p role="alert">{failure}</p>}
      {act !== null ? (
        <Decide doc={doc} gapKey={gap.key} decision={act} onClose={() => setAct(null)} />
      ) : (
        <div className={styles.buttons}>
          {gap.about.touchpointIds.length > 0 && (
            <Button
              variant={isShown ? 'light' : 'default'}
              size="compact-xs"
              aria-pressed={isShown}
              aria-label={t('journeyMap.gaps.show', { sentence })}
              onClick={onShow}
            >
              {t('journeyMap.gaps.showShort')}
            </Button>
          )}
          {doc.canEdit && !isDecided && (
            <>
              <Button
                variant="default"
                size="compact-xs"
                aria-label={t('journeyMap.gaps.planOf', { sentence })}
                onClick={() => setAct('PLANNED')}
              >
                {t('journeyMap.gaps.plan')}
              </Button>
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('journeyMap.gaps.acceptOf', { sentence })}
                onClick={() => setAct('ACCEPTED')}
              >
                {t('journeyMap.gaps.accept')}
              </Button>
            </>
          )}
          {doc.canEdit && isDecided && (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-label={t('journeyMap.gaps.takeBackOf', { sentence })}
              onClick={() => void takeBack()}
            >
              {t('journeyMap.gaps.takeBack')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** What it costs on live projects, where that was measured: it makes a gap graver. */
function Cost({ doc: { map, measured }, gap: { about } }: { doc: JourneyDoc; gap: Gap }) {
  const { t } = useTranslation();
  const wait = dearestOf(
    map.touchpoints.filter(({ id }) => about.touchpointIds.includes(id)),
    measured.waits,
    ({ workingDays }) => workingDays,
  );
  const again = dearestOf(
    map.items.filter(({ id }) => about.itemIds.includes(id)),
    measured.rework,
    ({ rounds }) => rounds,
  );
  if (!wait && !again) return null;
  return (
    <p className={styles.soft}>
      {[
        wait && t('journeyMap.gaps.waits', { count: wait.workingDays, name: wait.name, projects: wait.projectCount }),
        again && t('journeyMap.gaps.again', { count: again.rounds, name: again.name, projects: again.projectCount }),
      ]
        .filter(Boolean)
        .join(' ')}
    </p>
  );
}

/** What was decided, in a sentence. */
function Said({ decision }: { decision: Decision }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { reason, owner, dueOn } = decision;
  const effect = decision.effect ?? '';
  const name = owner?.name ?? t('journeyMap.gaps.somebody');
  return (
    <p className={styles.decided}>
      {decision.decision === 'ACCEPTED'
        ? t('journeyMap.gaps.accepted', { reason: reason ?? '' })
        : dueOn
          ? t('journeyMap.gaps.planned', { name, day: dayWords(dueOn, today), effect })
          : t('journeyMap.gaps.plannedOpen', { name, effect })}
    </p>
  );
}
