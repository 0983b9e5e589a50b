import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { useAct } from '../useAct.ts';
import { recheckMutation } from './acts.ts';
import { LiveCheck } from './LiveCheck.tsx';
import { loadReport } from './loadReport.ts';
import styles from './Report.module.css';
import { ReportSkeleton } from './ReportSkeleton.tsx';
import type { Judged } from './SubmissionReport.tsx';

const SubmissionReport = lazy(async () => ({ default: (await loadReport()).SubmissionReport }));

export type JudgedVersion = Judged & {
  file: { name: string } | null;
  report: { id: string; state: string; finishedAt: string | null } | null;
};
type Props = { taskId: string; submission: JudgedVersion; isNewest: boolean };

/** What is known of checking a version: that it is under way, what it came to, or that it broke off. */
export function CurrentReport({ taskId, submission, isNewest }: Props) {
  const { report, file } = submission;
  if (!report || report.state === 'CANCELLED') return null;
  if (report.state === 'FAILED') return <Failed submission={submission} />;
  if (report.state !== 'DONE') {
    return (
      <div className={styles.report}>
        <LiveCheck submissionId={submission.id} name={file?.name ?? ''} />
      </div>
    );
  }
  return (
    <Suspense fallback={<ReportSkeleton />}>
      <SubmissionReport
        key={`${report.id} ${report.finishedAt}`}
        taskId={taskId}
        submission={submission}
        isNewest={isNewest}
      />
    </Suspense>
  );
}

function Failed({ submission: { id, viewerCan } }: Pick<Props, 'submission'>) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  const [problem, setProblem] = useState<string | null>(null);
  const handleAgain = async () => {
    const refused = await run(async () => {
      const { data } = await client.mutate({ mutation: recheckMutation, variables: { id, input: {} } });
      return data?.submissionRecheck.userErrors[0];
    });
    setProblem(refused && t('report.asks.failed', { reason: refused.message }));
  };
  return (
    <div className={styles.report}>
      <p role="status">{t('report.live.failed')}</p>
      {viewerCan.recheck && (
        <div className={styles.actions}>
          <Button loading={isBusy} onClick={handleAgain}>
            {t('report.live.again')}
          </Button>
        </div>
      )}
      {problem && <FieldError>{problem}</FieldError>}
    </div>
  );
}
