import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../api/graphql.ts';
import { ApprovalInput } from './ApprovalInput.tsx';
import { CredentialsInput } from './CredentialsInput.tsx';
import { checkHeadFragment } from './check/documents.ts';
import { inputFragment, meetingFragment, submissionFragment } from './documents.ts';
import { FileDelivery } from './FileDelivery.tsx';
import { FormInput } from './FormInput.tsx';
import styles from './Inputs.module.css';
import { MeetingInput } from './MeetingInput.tsx';
import { Arriving } from './report/Arriving.tsx';
import { ReportSkeleton } from './report/ReportSkeleton.tsx';
import { StandingReport } from './report/StandingReport.tsx';
import { withReportWords } from './report/withWords.ts';
import { SubmissionHistory } from './SubmissionHistory.tsx';
import type { Taker } from './several/placeFiles.ts';
import { WaitingList } from './several/WaitingList.tsx';
import { useWaitingFiles } from './several/waitingFiles.ts';
import { UrlDelivery } from './UrlDelivery.tsx';
import { useDelivery } from './useDelivery.ts';

// What few tasks ask for.
const CheckInput = lazy(async () => ({
  default: (await withReportWords(import('./check/CheckInput.tsx'))).CheckInput,
}));

type Submission = ResultOf<typeof submissionFragment>;
type Props = {
  task: { id: string; state: string };
  input: FragmentOf<typeof inputFragment>;
  /** What stands above it, which no other of the task has. */
  name: string;
  /** One of several: then it says its name and how it stands. */
  isOneOfMany: boolean;
  /** Nobody works in its project any more: what is not there will never be. */
  isEnded: boolean;
  viewer: { isStaff: boolean; maxUploadBytes: number; person: { id: string }; company: { name: string } };
  /** What happens with what is handed in, as a sentence. */
  next: string;
  /** The inputs of the task that take a file now. */
  takers: readonly Taker[];
  /** Who can do it, in words, where it is their turn and not the viewer's. */
  awaited: string | null;
};

const open: readonly string[] = ['READY', 'IN_PROGRESS', 'CHANGES_REQUESTED'];
const settled: readonly string[] = ['DONE', 'WAIVED', 'CANCELLED'];

/** One thing that a task asks for: hand it in, and everything that was handed in for it before. */
export function InputSection({
  task,
  input: masked,
  name,
  isOneOfMany,
  isEnded,
  viewer,
  next,
  takers,
  awaited,
}: Props) {
  const { t } = useTranslation();
  const id = useId();
  const input = readFragment(inputFragment, masked);
  const [latest = null] = readFragment(submissionFragment, input.submissions.nodes);
  const head = readFragment(checkHeadFragment, input.current?.check ?? null);
  const place = { taskId: task.id, inputId: input.id };
  const { delivery, deliveries } = useDelivery(place);
  const { waiting, store } = useWaitingFiles(input.id);
  const isOpen = open.includes(task.state) && !isEnded;
  const canDeliver = input.viewerCan.submit || delivery !== null;
  const isLookedAt = input.wanted !== null && (input.kind === 'CHECK' || input.kind === 'URL');
  const isVersioned = input.kind === 'FILE' || input.kind === 'URL' || input.kind === 'FORM';
  const company = viewer.company.name;
  const [isInHand, setInHand] = useState(delivery !== null);
  const section = useRef<HTMLElement>(null);
  const wasFree = useRef(false);
  const hasReport = latest !== null && latest.report !== null;
  // It was dropped below a report that is folded now.
  useEffect(() => {
    if (isInHand && wasFree.current && hasReport) section.current?.scrollIntoView({ block: 'start' });
    wasFree.current = !isInHand;
  }, [isInHand, hasReport]);

  // What is new stands first, and what goes down keeps what was typed into it.
  const standing = latest?.report && (
    <StandingReport
      key="standing"
      taskId={task.id}
      submission={latest}
      isFolded={isInHand && latest.report.state === 'DONE'}
    />
  );
  const delivering = input.kind === 'FILE' && canDeliver && (
    <FileDelivery
      key="delivering"
      place={place}
      acceptedExtensions={input.acceptedExtensions ?? []}
      check={input.check}
      pending={input.pendingUpload}
      maxBytes={viewer.maxUploadBytes}
      next={next}
      delivery={delivery}
      deliveries={deliveries}
      takers={takers}
      waiting={waiting}
      store={store}
      onInHand={setInHand}
    />
  );

  return (
    <section ref={section} className={styles.section} aria-labelledby={`${id}-label`}>
      <div className={styles.sectionHead}>
        <h2 id={`${id}-label`} className={styles.heading}>
          {name}
        </h2>
        {isOneOfMany && <Mark input={input} latest={latest} isOpen={isOpen} />}
      </div>
      {input.arriving && input.arriving.submittedBy.id !== viewer.person.id && <Arriving upload={input.arriving} />}
      {isLookedAt && (
        <Suspense fallback={<ReportSkeleton />}>
          <CheckInput
            place={place}
            input={input}
            latest={latest}
            isDone={task.state === 'DONE'}
            canDeliver={input.viewerCan.submit}
          />
        </Suspense>
      )}
      {isInHand ? [delivering, standing] : [standing, delivering]}
      {input.kind === 'FILE' && (
        <WaitingList
          waiting={waiting}
          store={store}
          takers={takers}
          acceptedExtensions={input.acceptedExtensions ?? []}
          maxBytes={viewer.maxUploadBytes}
          isOpen={canDeliver}
        />
      )}
      {input.kind === 'URL' && !isLookedAt && canDeliver && <UrlDelivery place={place} next={next} />}
      {input.kind === 'FORM' && canDeliver && <FormInput place={place} input={input} latest={latest} next={next} />}
      {input.kind === 'CREDENTIALS' && (
        <CredentialsInput
          place={place}
          input={input}
          latest={latest}
          isDone={task.state === 'DONE'}
          isOpen={isOpen}
          awaited={awaited}
          company={company}
        />
      )}
      {input.kind === 'APPROVAL' && (
        <ApprovalInput place={place} input={input} latest={latest} isOpen={isOpen} awaited={awaited} />
      )}
      {input.kind === 'MEETING' && (
        <MeetingInput
          place={place}
          input={input}
          isStaff={viewer.isStaff}
          company={company}
          isOver={isEnded || settled.includes(task.state)}
        />
      )}
      {isVersioned && !latest && !canDeliver && (isEnded || task.state !== 'NOT_READY') && (
        <p className={styles.soft}>{t(isEnded ? 'submissions.never' : 'submissions.notYet')}</p>
      )}
      <SubmissionHistory
        taskId={task.id}
        inputId={input.id}
        taskState={task.state}
        page={input.submissions}
        isUnanswered={head !== null && !head.isRunning && head.lastRun === null}
      />
    </section>
  );
}

type MarkProps = { input: ResultOf<typeof inputFragment>; latest: Submission | null; isOpen: boolean };

/** How one of several inputs stands, in a word. */
function Mark({ input, latest, isOpen }: MarkProps) {
  const { t } = useTranslation();
  if (input.isRedoWanted && isOpen) {
    return (
      <span className={styles.state} data-tone="care">
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden /> {t('inputs.redo')}
      </span>
    );
  }
  const meeting = readFragment(meetingFragment, input.meeting);
  const isRefused =
    latest?.approval?.decision === 'REFUSED' || latest?.approval?.isOutdated || latest?.state === 'REJECTED';
  const isThere =
    input.kind === 'MEETING' ? meeting?.state === 'CONFIRMED' : latest && !latest.withdrawnAt && !isRefused;
  if (isThere) {
    return (
      <span className={styles.state} data-tone="good">
        <IconCircleCheck size={16} stroke={1.75} aria-hidden />{' '}
        {input.kind === 'MEETING' ? t('inputs.meeting.confirmed') : t('inputs.there')}
      </span>
    );
  }
  if (!isOpen) return null;
  return (
    <span className={styles.state}>
      <IconCircleDashed size={16} stroke={1.75} aria-hidden />{' '}
      {input.isRequired ? t('inputs.open') : t('inputs.optional')}
    </span>
  );
}
