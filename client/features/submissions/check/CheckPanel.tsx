import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconPlus, IconRefresh } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, FieldError } from '../../../components/Notice.tsx';
import { useNow } from '../../../components/now.ts';
import { RelativeTime } from '../../../components/Time.tsx';
import { clockOrDay } from '../../../words/format.ts';
import { ReportSkeleton } from '../report/ReportSkeleton.tsx';
import { useAct } from '../useAct.ts';
import styles from './Check.module.css';
import { checkAgainMutation, checkQuery } from './documents.ts';
import { CheckFindings } from './Findings.tsx';
import { Records } from './Records.tsx';
import { Runs } from './Runs.tsx';
import { StandingPill } from './StandingPill.tsx';
import { type CheckView, sortByRecord, toDo, type WantedRecord } from './view.ts';

type Props = {
  submissionId: string;
  /** Changes whenever there is something new to see. */
  seen: string;
  /** Of DNS: what must stand in the zone. */
  records: readonly WantedRecord[];
  /** What else can be done about it. */
  acts?: ReactNode;
  children?: ReactNode;
};

/** By itself it looks again; what it came to is asked for again this often while somebody looks at it. */
const lookEveryMs = 60_000;

/** What is looked at for a version: how it stands, what was found, and when it is looked at again. */
export function CheckPanel({ submissionId, seen, records, acts, children }: Props) {
  const { t } = useTranslation();
  const { data, previousData, error, refetch, startPolling, stopPolling } = useQuery(checkQuery, {
    variables: { id: submissionId },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    skipPollAttempt: () => document.hidden,
  });
  const first = useRef(seen);
  useEffect(() => {
    if (first.current !== seen) void refetch();
    first.current = seen;
  }, [seen, refetch]);
  const node = (data ?? previousData)?.node;
  const check = node && 'check' in node ? node.check : null;
  const isByClock = check !== null && check.nextAt !== null;
  useEffect(() => {
    if (!isByClock) return;
    startPolling(lookEveryMs);
    return stopPolling;
  }, [isByClock, startPolling, stopPolling]);

  if (!check) {
    if (error) return <ErrorState text={t('checks.failed')} onRetry={() => void refetch()} />;
    return <ReportSkeleton />;
  }
  const { states, left } = sortByRecord(records, check.subject, check.lastRun);
  return (
    <section className={styles.check} aria-label={t('checks.label', { subject: check.subject })}>
      <Head check={check} wrong={states.filter(({ state }) => state === 'WRONG').length} all={states.length} />
      <Changed check={check} />
      {records.length > 0 && <Records states={states} domain={check.subject} />}
      <CheckFindings findings={left} subject={check.subject} />
      {children}
      <Runs runs={check.runs.nodes} />
      <Acts submissionId={submissionId} check={check} acts={acts} />
    </section>
  );
}

const looks = {
  PASSED: { Icon: IconCircleCheck, tone: 'good' },
  WARNED: { Icon: IconAlertTriangle, tone: 'care' },
  FAILED: { Icon: IconCircleX, tone: 'bad' },
} as const;

type HeadProps = { check: CheckView; wrong: number; all: number };

/** In one sentence what the last look came to, how it stands over time, and when it was looked at. */
function Head({ check, wrong, all }: HeadProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { lastRun, subject, pages, isRunning, isEnded, lastAt, nextAt } = check;
  const { Icon, tone } = looks[lastRun?.result ?? 'PASSED'];
  // Whoever is looked at once is right or not; a standing has what is looked at again and again.
  const isStanding = check.everyMinutes !== null;
  const isMending = check.standing === 'DEGRADED' && check.hasPassed && lastRun?.result === 'PASSED';
  return (
    <div className={styles.head}>
      <div className={styles.headTop}>
        <span className={styles.subject}>
          {pages.length > 1 ? t('checks.pages.count', { count: pages.length }) : subject}
        </span>
        {lastRun && isStanding && (
          <StandingPill standing={check.standing} since={check.standingSince} hasPassed={check.hasPassed} />
        )}
      </div>
      {lastRun ? (
        <p className={styles.sentence} data-tone={tone}>
          <Icon size={20} stroke={1.5} aria-hidden />
          <strong>{sentenceOf(check, lastRun, { wrong, all }, t)}</strong>
        </p>
      ) : (
        !isRunning && <p className={styles.soft}>{t('checks.never')}</p>
      )}
      {isStanding && isMending && <p className={styles.soft}>{t('checks.standing.once')}</p>}
      <p className={styles.soft} role="status">
        {isRunning ? (
          t(lastRun ? 'checks.looking' : 'checks.lookingFirst')
        ) : (
          <>
            {lastAt !== null && (
              <>
                {t(`checks.lookedAt.${check.of === 'FEED' ? 'FEED' : 'other'}`)} <RelativeTime at={lastAt} />
              </>
            )}
            {isEnded && <> · {t('checks.ended')}</>}
            {!isEnded && nextAt !== null && <> · {t('checks.next', { at: clockOrDay(new Date(nextAt), now) })}</>}
          </>
        )}
      </p>
    </div>
  );
}

type Run = NonNullable<CheckView['lastRun']>;

function sentenceOf({ of }: CheckView, run: Run, { wrong, all }: Omit<HeadProps, 'check'>, t: TFunction): string {
  const count = toDo(run);
  if (run.result === 'PASSED') return t(`checks.passed.${of}`);
  if (run.result === 'WARNED') return count === 0 ? t('checks.feed.remarks') : t('checks.warned', { count });
  if (of === 'DNS' && wrong > 0) return t('checks.recordsRight', { count: all, right: all - wrong });
  // Of a feed whose rows are not good enough, its report says more.
  return count === 0 ? t('checks.feed.rows') : t('checks.toFix', { count });
}

/** What appeared since it was last well, and what was mended since it last was not. */
function Changed({ check: { appeared: broken, mended: whole, hasPassed, runs } }: { check: CheckView }) {
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

function Acts({ submissionId, check, acts }: { submissionId: string; check: CheckView; acts: ReactNode }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [problem, setProblem] = useState<string | null>(null);
  const handleAgain = async () => {
    const refused = await run(async () => {
      const input = { idempotencyKey: crypto.randomUUID() };
      const { data } = await client.mutate({ mutation: checkAgainMutation, variables: { id: submissionId, input } });
      return data?.checkAgain.userErrors[0];
    });
    setProblem(refused?.message ?? null);
  };
  if (!check.viewerCan.checkAgain && !acts) return null;
  return (
    <>
      <div className={styles.actions}>
        {check.viewerCan.checkAgain && (
          <Button
            variant={check.lastRun?.result === 'FAILED' ? 'filled' : 'default'}
            loading={isBusy || check.isRunning}
            onClick={handleAgain}
            leftSection={<IconRefresh size={16} stroke={1.5} aria-hidden />}
          >
            {t(`checks.again.${check.of === 'FEED' ? 'FEED' : 'other'}`)}
          </Button>
        )}
        {acts}
      </div>
      {problem && <FieldError>{problem}</FieldError>}
    </>
  );
}
