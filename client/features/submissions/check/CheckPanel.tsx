import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, FieldError } from '../../../components/Notice.tsx';
import { useProjectOver } from '../projectOver.ts';
import { ReportSkeleton } from '../report/ReportSkeleton.tsx';
import { useAct } from '../useAct.ts';
import styles from './Check.module.css';
import { Changed, CheckHead, FeedAge } from './CheckHead.tsx';
import { checkAgainMutation, checkQuery } from './documents.ts';
import { CheckFindings } from './Findings.tsx';
import { Records } from './Records.tsx';
import { Runs } from './Runs.tsx';
import { type CheckView, lookOf, looksLeft, sortByRecord, type WantedRecord } from './view.ts';

type Props = {
  submissionId: string;
  /** Changes whenever there is something new to see. */
  seen: string;
  /** Of DNS: what must stand in the zone. */
  records: readonly WantedRecord[];
  /** Of a feed: when the bytes that it has now were judged. */
  judgedAt: string | null;
  /** Its task is done by what was found before, and not by somebody who accepted it all the same. */
  isDone: boolean;
  /** What else can be done about it. */
  acts: ReactNode;
  children?: ReactNode;
};

/** By itself it looks again; what it came to is asked for again this often while somebody looks at it. */
const lookEveryMs = 60_000;

/** What is looked at for a version: how it stands, what was found, and when it is looked at again. */
export function CheckPanel({ submissionId, seen, records, judgedAt, isDone, acts, children }: Props) {
  const { t } = useTranslation();
  const { data, previousData, error, refetch, startPolling, stopPolling } = useQuery(checkQuery, {
    variables: { id: submissionId },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    skipPollAttempt: () => document.hidden,
  });
  const isOver = useProjectOver();
  const first = useRef(seen);
  useEffect(() => {
    if (first.current !== seen) void refetch();
    first.current = seen;
  }, [seen, refetch]);
  const node = (data ?? previousData)?.node;
  const check = node && 'check' in node ? node.check : null;
  // A look that nobody answers tells nothing by itself.
  const isByClock = !isOver && check !== null && (check.nextAt !== null || check.isRunning);
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
  const counted = states.filter(({ state }) => state !== 'FREE');
  const more = isDone && !isOver ? looksLeft(check) : null;
  return (
    <section className={styles.check} aria-label={t('checks.label', { subject: check.subject })}>
      <CheckHead check={check} wrong={counted.filter(({ state }) => state === 'WRONG').length} all={counted.length} />
      {more !== null && (
        <p className={styles.care}>
          {t('checks.reopens', { count: more })} {check.nextAt === null && t('checks.onlyAsked')}
        </p>
      )}
      <Changed check={check} />
      {states.length > 0 && <Records states={states} domain={check.subject} />}
      <CheckFindings findings={left} subject={check.pages.length > 1 ? null : check.subject} />
      <FeedAge judgedAt={judgedAt} runs={check.runs.nodes} />
      {children}
      <Runs runs={check.runs.nodes} />
      <Acts submissionId={submissionId} check={check} acts={acts} />
    </section>
  );
}

function Acts({ submissionId, check, acts }: { submissionId: string; check: CheckView; acts: ReactNode }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [problem, setProblem] = useState<string | null>(null);
  // When it had last been looked at as somebody asked: a look that nobody answered leaves nothing else behind.
  const [askedAfter, setAskedAfter] = useState<{ lastAt: string | null } | null>(null);
  const handleAgain = async () => {
    setAskedAfter(null);
    const refused = await run(async () => {
      const input = { idempotencyKey: crypto.randomUUID() };
      const { data } = await client.mutate({ mutation: checkAgainMutation, variables: { id: submissionId, input } });
      return data?.checkAgain.userErrors[0];
    });
    setProblem(refused?.message ?? null);
    if (!refused) setAskedAfter({ lastAt: check.lastAt });
  };
  const isUnanswered = askedAfter !== null && !isBusy && !check.isRunning && askedAfter.lastAt === check.lastAt;
  return (
    <>
      {isUnanswered && check.lastRun !== null && <p className={styles.care}>{t('checks.never')}</p>}
      <div className={styles.actions}>
        {check.viewerCan.checkAgain && (
          <Button
            // Of credentials that were refused others are entered, before anything is tried again.
            variant={check.lastRun?.result === 'FAILED' && check.of !== 'CREDENTIALS' ? 'filled' : 'default'}
            loading={isBusy || check.isRunning}
            onClick={handleAgain}
            leftSection={<IconRefresh size={16} stroke={1.5} aria-hidden />}
          >
            {t(`checks.again.${lookOf(check.of)}`)}
          </Button>
        )}
        {acts}
      </div>
      {problem && <FieldError>{problem}</FieldError>}
    </>
  );
}
