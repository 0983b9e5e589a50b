import { IconCircleCheck, IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../components/now.ts';
import { RelativeTime } from '../../../components/Time.tsx';
import { clockOrDay } from '../../../words/format.ts';
import { useProjectOver } from '../projectOver.ts';
import { Sentence } from '../report/Sentence.tsx';
import styles from './Check.module.css';
import { StandingPill } from './StandingPill.tsx';
import { asciiOf, type CheckView, lookOf, toDo } from './view.ts';

const tones = { PASSED: 'good', WARNED: 'care', FAILED: 'bad' } as const;

type HeadProps = { check: CheckView; wrong: number; all: number };

/** In one sentence what the last look came to, how it stands over time, and when it was looked at. */
export function CheckHead({ check, wrong, all }: HeadProps) {
  const { t } = useTranslation();
  const now = useNow();
  const isOver = useProjectOver();
  const { lastRun, subject, pages, isRunning, isEnded, lastAt, nextAt } = check;
  // Whoever is looked at once is right or not; a standing has what is looked at again and again.
  const isStanding = check.everyMinutes !== null;
  const ascii = check.of === 'DNS' ? asciiOf(subject) : subject;
  const isMending = !isOver && check.standing === 'DEGRADED' && check.hasPassed && lastRun?.result === 'PASSED';
  return (
    <div className={styles.head}>
      <div className={styles.headTop}>
        <span className={styles.subject}>
          {pages.length > 1 ? t('checks.pages.count', { count: pages.length }) : subject}
          {ascii !== subject && <span className={styles.soft}> {ascii}</span>}
        </span>
        {lastRun && isStanding && (
          <StandingPill standing={check.standing} since={check.standingSince} hasPassed={check.hasPassed} />
        )}
      </div>
      {lastRun ? (
        <Sentence tone={tones[lastRun.result]}>{sentenceOf(check, lastRun, { wrong, all, isOver }, t)}</Sentence>
      ) : (
        (isOver || !isRunning) && <p className={styles.soft}>{t(isOver ? 'checks.neverOver' : 'checks.never')}</p>
      )}
      {lastRun && lastRun.isRendered !== null && (
        <p className={styles.soft}>{t(lastRun.isRendered ? 'checks.tag.ran' : 'checks.tag.notRun')}</p>
      )}
      {isStanding && isMending && <p className={styles.soft}>{t('checks.standing.once')}</p>}
      <p className={styles.soft} role="status">
        {isRunning && !isOver ? (
          lookingWords(check, now, t)
        ) : (
          <>
            {lastAt !== null && (
              <>
                {t(`checks.lookedAt.${lookOf(check.of)}`)} <RelativeTime at={lastAt} />
              </>
            )}
            {isEnded && !isOver && <> · {t('checks.ended')}</>}
            {!isEnded && !isOver && nextAt !== null && (
              <> · {t('checks.next', { at: clockOrDay(new Date(nextAt), now) })}</>
            )}
          </>
        )}
      </p>
    </div>
  );
}

/** Somebody waits: for the look that is under way, or for the next one after nobody answered. */
function lookingWords({ of, lastRun, nextAt, everyMinutes }: CheckView, now: Date, t: TFunction): string {
  // What is not looked at by the clock has a next moment only where it is tried again.
  if (everyMinutes === null && nextAt !== null) {
    return t('checks.unanswered', { at: clockOrDay(new Date(nextAt), now) });
  }
  if (lastRun) return t('checks.looking');
  return t(of === 'CREDENTIALS' ? 'checks.lookingFirst.CREDENTIALS' : 'checks.lookingFirst.other');
}

type Run = NonNullable<CheckView['lastRun']>;

type Told = Omit<HeadProps, 'check'> & { isOver: boolean };

function sentenceOf({ of }: CheckView, run: Run, { wrong, all, isOver }: Told, t: TFunction): string {
  const count = toDo(run);
  if (run.result === 'PASSED') return t(`checks.passed.${of}`);
  if (run.result === 'WARNED') {
    if (count === 0) return t('checks.feed.remarks');
    return t(isOver ? 'checks.remarksOver' : 'checks.warned', { count });
  }
  if (of === 'DNS' && wrong > 0) return t('checks.recordsRight', { count: all, right: all - wrong });
  // Of a feed whose rows are not good enough, its report says more.
  if (count === 0) return t('checks.feed.rows');
  return t(isOver ? 'checks.faultsOver' : 'checks.toFix', { count });
}

/** What appeared since it was last well, and what was mended since it last was not. */
export function Changed({ check: { appeared: broken, mended: whole, hasPassed, runs } }: { check: CheckView }) {
  const { t } = useTranslation();
  const [last, before] = runs.nodes;
  const appeared = hasPassed ? broken : [];
  // Told by the look that found it so, and no longer.
  const mended = last?.result !== 'FAILED' && before?.result === 'FAILED' ? whole : [];
  if (appeared.length + mended.length === 0) return null;
  return (
    <ul className={styles.changed} aria-label={t('checks.changed')}>
      {appeared.map(({ rule, title }) => (
        <li key={rule} data-tone="bad">
          <IconPlus size={16} stroke={1.75} aria-hidden />
          <span>{t('checks.appeared', { title })}</span>
        </li>
      ))}
      {mended.map(({ rule, title }) => (
        <li key={rule} data-tone="good">
          <IconCircleCheck size={16} stroke={1.75} aria-hidden />
          <span>{t('checks.mended', { title })}</span>
        </li>
      ))}
    </ul>
  );
}

/** A fetch that brings the same bytes judges nothing anew: how old they are says the report on them. */
export function FeedAge({ judgedAt, runs: [, before] }: { judgedAt: string | null; runs: CheckView['runs']['nodes'] }) {
  const { t } = useTranslation();
  if (judgedAt === null || !before) return null;
  const isSame = Date.parse(judgedAt) <= Date.parse(before.at);
  return (
    <p className={styles.soft}>
      {isSame ? (
        <>
          {t('checks.feed.same')} <RelativeTime at={judgedAt} />
        </>
      ) : (
        t('checks.feed.changed')
      )}
    </p>
  );
}
