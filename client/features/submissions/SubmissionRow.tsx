import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconDownload,
  IconEye,
  IconHistory,
  IconProgressCheck,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { bytes, count } from '../../words/format.ts';
import { AnswerList } from './AnswerList.tsx';
import { downloadQuery } from './acts.ts';
import type { submissionFragment } from './documents.ts';
import { useProjectOver } from './projectOver.ts';
import { CurrentReport } from './report/CurrentReport.tsx';
import { ReportToggle } from './report/ReportToggle.tsx';
import styles from './Submissions.module.css';
import { useDownload } from './useDownload.ts';

type Submission = ResultOf<typeof submissionFragment>;
type Props = {
  taskId: string;
  submission: Submission;
  /** The version before it, where it is at hand: to say what has changed. */
  before: Submission | null;
  /** Of the latest version only: the task stands as its review left it. */
  taskState: string | null;
  /** Nobody answered when it was looked at, and it is not asked again by itself. */
  isUnanswered: boolean;
};

/** One version: what, from whom, when, and what the review came to. */
export function SubmissionRow({ taskId, submission, before, taskState, isUnanswered }: Props) {
  const { t } = useTranslation();
  const { file, url, check, answers, approval, submittedBy, finishedAt, isOnBehalf } = submission;
  const version = submission.version ?? 1;
  const isOver = useProjectOver();
  // Nobody looks at it any more, and nothing above says again what the review said.
  const awaited = isOver && taskState !== null ? 'OVER' : taskState;
  // An address that takes events is nothing to open, and a domain is none.
  const subject = check && (url === null || check.of === 'WEBHOOK') ? check.subject : null;
  return (
    <li
      className={styles.version}
      data-superseded={submission.state === 'SUPERSEDED' || undefined}
      data-decision={approval ? true : undefined}
    >
      {/* The version that counts in an approval is that of what was decided on. */}
      {!approval && (
        <span className={styles.number} title={t('submissions.history.versionSpoken', { version })}>
          {t('submissions.history.version', { version })}
        </span>
      )}
      <div className={styles.versionBody}>
        <div className={styles.versionHead}>
          {file && <span className={styles.fileName}>{file.name}</span>}
          {file && <span className={styles.figure}>{bytes(file.sizeBytes)}</span>}
          {subject !== null && <span className={styles.fileName}>{subject}</span>}
          {url && subject === null && (
            <a className={styles.fileName} href={url} target="_blank" rel="noopener noreferrer nofollow">
              {url}
            </a>
          )}
          {submission.kind === 'CREDENTIALS' && <span>{t('inputs.credentials.givenOnly')}</span>}
          {approval && <Decision approval={approval} by={submittedBy.name} />}
        </div>
        <p className={styles.soft}>
          {!approval && <Origin submission={submission} />}
          {isOnBehalf && <span className={styles.mark}>{t('submissions.history.onBehalf')}</span>}
          {finishedAt && <RelativeTime at={finishedAt} />}
        </p>
        {approval?.reason && <p className={styles.reason}>{approval.reason}</p>}
        {answers && (
          <details open={taskState !== null} className={styles.details}>
            <summary>{t('inputs.form.showAnswers')}</summary>
            <AnswerList answers={answers} before={before?.answers ?? null} />
          </details>
        )}
        <VerdictLine submission={submission} isAwaited={isAwaited(submission, awaited)} isUnanswered={isUnanswered} />
        {!approval && <ReviewLine submission={submission} taskState={awaited} />}
        {taskState === null && submission.report?.state === 'DONE' && (
          <EarlierReport taskId={taskId} submission={submission} />
        )}
      </div>
      {file && <Download fileId={file.id} name={file.name} version={version} />}
    </li>
  );
}

/** Who handed it in, and whether it is a file of theirs or what repairing made of one. */
function Origin({ submission: { submittedBy, repairs, repairOf } }: { submission: Submission }) {
  const { t } = useTranslation();
  const { name } = submittedBy;
  if (repairOf) return <span>{t('submissions.history.repairedFrom', { name, version: repairOf.version ?? 1 })}</span>;
  if (repairs === null) return <span>{t('submissions.history.by', { name })}</span>;
  return <span>{t('submissions.history.mended', { name, count: repairs, shown: count(repairs) })}</span>;
}

type DecisionProps = { approval: NonNullable<Submission['approval']>; by: string };

/** A yes or no as a sentence, with the version it is about. */
function Decision({ approval: { decision, ofSubmission, inPlaceOf }, by }: DecisionProps) {
  const { t } = useTranslation();
  const isApproved = decision === 'APPROVED';
  const Icon = isApproved ? IconCheck : IconAlertTriangle;
  return (
    <p className={styles.outcome} data-tone={isApproved ? 'good' : 'care'}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <span>
        {t(`inputs.approval.${decision}`, { name: bothOf(t, by, inPlaceOf) })}:{' '}
        {ofSubmission
          ? t('inputs.approval.version', { version: ofSubmission.version ?? 1 })
          : t('inputs.approval.text')}
      </span>
    </p>
  );
}

/** Who decided, and in whose place when it was not their own. */
function bothOf(t: TFunction, name: string, inPlaceOf: { name: string } | null): string {
  return inPlaceOf === null ? name : t('submissions.history.inPlaceOf', { name, other: inPlaceOf.name });
}

function ReviewLine({ submission, taskState }: Pick<Props, 'submission' | 'taskState'>) {
  const { t } = useTranslation();
  const { review, state, withdrawnAt, report, check } = submission;
  if (withdrawnAt) {
    return (
      <p className={styles.outcome}>
        <IconHistory size={16} stroke={1.75} aria-hidden /> {t('inputs.credentials.withdrawn')}
      </p>
    );
  }
  // The verdict says it already.
  const isSaid = taskState !== 'IN_REVIEW' || isAwaited(submission, taskState);
  if (!review && (report || check) && isSaid && state !== 'SUPERSEDED') return null;
  if (!review) {
    const [Icon, words] =
      taskState === 'IN_REVIEW'
        ? [IconEye, t('submissions.history.waiting')]
        : [
            IconHistory,
            state === 'SUPERSEDED' ? t('submissions.history.superseded') : t('submissions.history.received'),
          ];
    return (
      <p className={styles.outcome}>
        <Icon size={16} stroke={1.75} aria-hidden /> {words}
      </p>
    );
  }
  // Above, where the next version is asked for, the reason stands already.
  const isSaidAbove = taskState === 'CHANGES_REQUESTED';
  const isApproved = review.outcome === 'APPROVED';
  const Icon = isApproved ? IconCheck : IconAlertTriangle;
  return (
    <>
      <p className={styles.outcome} data-tone={isApproved ? 'good' : 'care'}>
        <Icon size={16} stroke={1.75} aria-hidden />
        <span>
          {t(`submissions.history.${review.outcome}`, { name: bothOf(t, review.by.name, review.inPlaceOf) })}{' '}
          <RelativeTime at={review.at} />
        </span>
      </p>
      {review.reason && !isSaidAbove && <p className={styles.reason}>{review.reason}</p>}
    </>
  );
}

const verdicts = {
  ACCEPTED: { Icon: IconCheck, tone: 'good' },
  ACCEPTED_WITH_WARNINGS: { Icon: IconCheck, tone: 'care' },
  REJECTED: { Icon: IconAlertTriangle, tone: 'bad' },
} as const;

/** Whether somebody still looks at what its check has let through: one state, told in one sentence. */
function isAwaited({ state, review, acceptance }: Submission, taskState: string | null): boolean {
  return (
    taskState === 'IN_REVIEW' && !review && !acceptance && (state === 'ACCEPTED' || state === 'ACCEPTED_WITH_WARNINGS')
  );
}

function isVerdict(state: string): state is keyof typeof verdicts {
  return Object.hasOwn(verdicts, state);
}

type VerdictProps = Pick<Props, 'submission' | 'isUnanswered'> & { isAwaited: boolean };

/** What checking it came to, in a word. */
function VerdictLine({ submission, isAwaited, isUnanswered }: VerdictProps) {
  const { t } = useTranslation();
  const isOver = useProjectOver();
  const { state, report, acceptance, check } = submission;
  // Of what was taken back nothing is right or wrong any more.
  if (submission.withdrawnAt) return null;
  // Whoever accepted it has judged it: what was found asks for nothing any more.
  if (acceptance && state !== 'VALIDATING') {
    return (
      <p className={styles.outcome} data-tone="care">
        <IconCheck size={16} stroke={1.75} aria-hidden />
        <span>
          {t('report.history.acceptedBy', { name: acceptance.by.name })} <RelativeTime at={acceptance.at} />
        </span>
      </p>
    );
  }
  if (!report && check !== null && state === 'VALIDATING') {
    const looking = check.of === 'CREDENTIALS' ? 'tried' : 'VALIDATING';
    return (
      <p className={styles.outcome} data-tone={isUnanswered || isOver ? undefined : 'info'}>
        <IconProgressCheck size={16} stroke={1.75} aria-hidden />{' '}
        {t(`checks.verdict.${isUnanswered || isOver ? 'unanswered' : looking}`)}
      </p>
    );
  }
  if (!report && check !== null && isVerdict(state)) {
    const { Icon, tone } = verdicts[state];
    return (
      <p className={styles.outcome} data-tone={tone}>
        <Icon size={16} stroke={1.75} aria-hidden />{' '}
        {isAwaited && state !== 'REJECTED'
          ? t(`checks.awaited.${state}`)
          : t(isOver && state === 'REJECTED' ? 'checks.verdict.over' : `checks.verdict.${state}`)}
      </p>
    );
  }
  if (!report) return null;
  if (state === 'VALIDATING' || report.verdict === null) {
    return state === 'VALIDATING' ? (
      <p className={styles.outcome} data-tone="info">
        <IconProgressCheck size={16} stroke={1.75} aria-hidden /> {t('report.verdict.VALIDATING')}
      </p>
    ) : null;
  }
  const { Icon, tone } = verdicts[report.verdict];
  return (
    <p className={styles.outcome} data-tone={tone}>
      <Icon size={16} stroke={1.75} aria-hidden />{' '}
      {isAwaited && report.verdict !== 'REJECTED'
        ? t(`report.awaited.${report.verdict}`)
        : t(isOver && report.verdict === 'REJECTED' ? 'report.verdict.over' : `report.verdict.${report.verdict}`)}
    </p>
  );
}

/** The report on a version that does not count any more, when it is asked for. */
function EarlierReport({ taskId, submission }: { taskId: string; submission: Submission }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div>
        <ReportToggle version={submission.version ?? 1} isOpen={isOpen} onOpen={setOpen} />
      </div>
      {isOpen && <CurrentReport taskId={taskId} submission={submission} isNewest={false} />}
    </>
  );
}

type DownloadProps = { fileId: string; name: string; version: number };

function Download({ fileId, name, version }: DownloadProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isLoading, problem, download } = useDownload(async () => {
    const { data } = await client.query({ query: downloadQuery, variables: { id: fileId }, fetchPolicy: 'no-cache' });
    return data?.node && 'downloadUrl' in data.node ? data.node.downloadUrl : null;
  });

  return (
    <div className={styles.download}>
      <Button
        variant="default"
        size="xs"
        loading={isLoading}
        onClick={download}
        leftSection={<IconDownload size={16} stroke={1.5} aria-hidden />}
        aria-label={t('submissions.history.downloadOf', { name, version })}
      >
        {t('submissions.history.download')}
      </Button>
      {problem && (
        <FieldError>
          {t(problem === 'gone' ? 'submissions.history.downloadGone' : 'submissions.history.downloadFailed')}
        </FieldError>
      )}
    </div>
  );
}
