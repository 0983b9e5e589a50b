import { useApolloClient, useQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../api/graphql.ts';
import { ErrorState } from '../../../components/Notice.tsx';
import { revisionOf } from '../deliveries.ts';
import type { Refusal } from '../useAct.ts';
import { AcceptBox } from './AcceptBox.tsx';
import { Asks } from './Asks.tsx';
import { recheckMutation, repairMutation } from './acts.ts';
import { Columns } from './Columns.tsx';
import { DownloadMade } from './DownloadMade.tsx';
import { findingSampleFragment, repairPreviewQuery, reportQuery, samplesQuery } from './documents.ts';
import { Findings } from './Findings.tsx';
import { Looks } from './Looks.tsx';
import styles from './Report.module.css';
import { ReportSkeleton } from './ReportSkeleton.tsx';
import type { Edit, Repairing } from './repairing.ts';
import { VerdictHead } from './VerdictHead.tsx';
import { deltaWords } from './verdictWords.ts';
import { type FindingView, type Fix, findingsOf, type SampleView, type ServerReport, viewOfServer } from './view.ts';

export type Judged = {
  id: string;
  version: number | null;
  state: string;
  acceptance: { reason: string; at: string; by: { name: string } } | null;
  viewerCan: { accept: boolean; recheck: boolean; repair: boolean };
};
type Props = { taskId: string; submission: Judged; isNewest: boolean };

/** What checking a version came to, with everything that can be done about it. */
export function SubmissionReport({ taskId, submission, isNewest }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(reportQuery, {
    variables: { id: submission.id, from: 0 },
    // A report that was made anew has the same id.
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const node = data?.node && 'report' in data.node ? data.node : null;
  const report = node?.report ?? null;
  if (!report || !node) {
    if (error || (data && !report)) {
      return <ErrorState text={t('report.findings.failed')} onRetry={() => void refetch()} />;
    }
    return <ReportSkeleton />;
  }
  return (
    <Whole
      taskId={taskId}
      submission={submission}
      report={report}
      repairOf={node.repairOf?.version ?? null}
      isNewest={isNewest}
    />
  );
}

type WholeProps = Props & { report: ServerReport; repairOf: number | null };

function Whole({ taskId, submission, report, repairOf, isNewest }: WholeProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const key = useRef<string>(crypto.randomUUID());
  const [later, setLater] = useState<readonly FindingView[]>([]);
  const [isMending, setMending] = useState(false);
  const view = viewOfServer(report, later);
  const { id, acceptance, viewerCan } = submission;
  const version = submission.version ?? 1;
  if (!view) return null;
  const isMainFree = !isMending && !(viewerCan.repair && view.findings.some(({ fixable }) => fixable > 0));

  const loadSamples = async ({ at }: FindingView): Promise<readonly SampleView[] | null> => {
    const found = await client
      .query({ query: samplesQuery, variables: { id, at }, fetchPolicy: 'no-cache' })
      .catch(() => null);
    const node = found?.data?.node;
    const [finding] = node && 'report' in node ? (node.report?.findings ?? []) : [];
    return finding ? readFragment(findingSampleFragment, finding.samples) : null;
  };
  const loadMore = async () => {
    const from = view.findings.length;
    const found = await client
      .query({ query: reportQuery, variables: { id, from }, fetchPolicy: 'no-cache' })
      .catch(() => null);
    const node = found?.data?.node;
    const next = node && 'report' in node ? node.report?.findings : null;
    if (next) setLater((now) => [...now, ...findingsOf(next, from)]);
    return Boolean(next);
  };
  const recheck = async (input: {
    declared?: { key: string; value: string }[];
    mapping?: { source: string; column: string | null }[];
  }): Promise<Refusal | null> => {
    const { data } = await client.mutate({ mutation: recheckMutation, variables: { id, input } });
    return data?.submissionRecheck.userErrors[0] ?? null;
  };
  const repairing: Repairing = {
    words: {
      apply: t('report.repair.apply', { version: version + 1 }),
      making: t('report.repair.making', { version: version + 1 }),
      original: t('report.repair.original', { version }),
    },
    async look(fixes: readonly Fix[]) {
      const input = { submissionId: id, fixes: fixes.map(({ rule, column }) => ({ rule, column })) };
      const found = await client
        .query({ query: repairPreviewQuery, variables: { input }, fetchPolicy: 'no-cache' })
        .catch(() => null);
      return found?.data?.repairPreview ?? null;
    },
    async make(fixes: readonly Fix[], edits: readonly Edit[]) {
      const input = {
        idempotencyKey: key.current,
        revision: revisionOf(client, taskId),
        fixes: fixes.map(({ rule, column }) => ({ rule, column })),
        edits: edits.map(({ row, column, value }) => ({ row, column, value })),
      };
      const made = await client.mutate({ mutation: repairMutation, variables: { id, input } }).catch(() => null);
      if (!made) return { code: 'TROUBLE', message: t('submissions.trouble.offline') };
      const refused = made.data?.submissionRepair.userErrors[0] ?? null;
      // What was refused was not begun: another choice is another act.
      if (refused) key.current = crypto.randomUUID();
      return refused;
    },
  };

  return (
    <section className={styles.report} aria-label={t('report.label', { version })}>
      <VerdictHead report={view} isMeaningSaid={isNewest && !acceptance} acceptance={acceptance}>
        <Standing report={report} repairOf={repairOf} />
      </VerdictHead>
      {report.asks.length > 0 && viewerCan.recheck && (
        <Asks asks={report.asks} isMain={isMainFree} onDeclare={(declared) => recheck({ declared })} />
      )}
      <Findings
        report={view}
        loadSamples={loadSamples}
        repairing={viewerCan.repair ? repairing : null}
        onMore={loadMore}
        onMending={setMending}
      />
      <Looks submissionId={id} />
      <Columns report={report} onMap={viewerCan.recheck ? (mapping) => recheck({ mapping }) : null} />
      <div className={styles.actions}>
        {view.findings.length > 0 && <DownloadMade id={id} made="findings" />}
        {report.repairedUrl !== null && <DownloadMade id={id} made="repaired" />}
        {viewerCan.accept && (
          <AcceptBox
            taskId={taskId}
            submissionId={id}
            version={version}
            isMain={isMainFree && (report.asks.length === 0 || !viewerCan.recheck)}
          />
        )}
      </div>
    </section>
  );
}

/** How it stands to the version before, and what the file turned out to be. */
function Standing({ report, repairOf }: { report: ServerReport; repairOf: number | null }) {
  const { t } = useTranslation();
  const { delta, sameAs, file } = report;
  return (
    <>
      {delta && <p className={styles.soft}>{deltaWords(delta, t)}</p>}
      {sameAs && <p className={styles.soft}>{t('report.delta.sameAs', { version: sameAs.version ?? 1 })}</p>}
      {repairOf !== null && <p className={styles.soft}>{t('report.delta.repairOf', { version: repairOf })}</p>}
      {file?.platform && <p className={styles.soft}>{t('report.file.platform', { platform: file.platform })}</p>}
    </>
  );
}
