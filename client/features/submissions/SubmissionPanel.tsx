import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../api/graphql.ts';
import { hasEnded } from '../../api/hasEnded.ts';
import { anyOfInWords } from '../../words/anyOf.ts';
import { bytes } from '../../words/format.ts';
import { checkHeadFragment } from './check/documents.ts';
import {
  inputFragment,
  meetingFragment,
  submissionFragment,
  submissionPanelFragment,
  submissionViewerFragment,
} from './documents.ts';
import { InputSection } from './InputSection.tsx';
import { CompleteButton, NoInput } from './NoInput.tsx';
import { sentAtOnceBytes } from './precheck/usePrecheck.ts';
import { ProjectOver } from './projectOver.ts';
import { ReviewBox } from './ReviewBox.tsx';
import styles from './Submissions.module.css';

type Props = {
  task: FragmentOf<typeof submissionPanelFragment>;
  viewer: FragmentOf<typeof submissionViewerFragment>;
  isStuck: boolean;
};

type Delivered = {
  inputId: string;
  label: string;
  latest: ResultOf<typeof submissionFragment>;
  /** The last look at it found something wrong. */
  isFailing: boolean;
  /** Nobody answered when it was looked at, and it is not asked again by itself. */
  isUnanswered: boolean;
};
const settled: readonly string[] = ['DONE', 'WAIVED', 'CANCELLED'];
const reviewed: readonly string[] = ['FILE', 'URL', 'FORM', 'CREDENTIALS', 'CHECK'];

/** What a task asks for, one thing after another: hand it in, see how it stands, and review it. */
export function SubmissionPanel({ task: maskedTask, viewer: maskedViewer, isStuck }: Props) {
  const { t } = useTranslation();
  const task = readFragment(submissionPanelFragment, maskedTask);
  const viewer = readFragment(submissionViewerFragment, maskedViewer);
  const inputs = readFragment(inputFragment, task.inputs);
  const company = viewer.company.name;
  const delivered = inputs.flatMap((input): Delivered[] => {
    const [latest] = readFragment(submissionFragment, input.submissions.nodes);
    const check = readFragment(checkHeadFragment, input.current?.check ?? null);
    const isFailing = check?.lastRun?.result === 'FAILED';
    const isUnanswered = latest?.state === 'VALIDATING' && check !== null && !check.isRunning && check.lastRun === null;
    return latest ? [{ inputId: input.id, label: input.label, latest, isFailing, isUnanswered }] : [];
  });
  const takers = inputs.flatMap(({ id, kind, label, acceptedExtensions, viewerCan, pendingUpload }) =>
    kind === 'FILE' && viewerCan.submit
      ? [{ inputId: id, label, acceptedExtensions: acceptedExtensions ?? [], isFree: pendingUpload === null }]
      : [],
  );
  const inReview = delivered.filter(({ latest }) => reviewed.includes(latest.kind));
  // What is done by meeting is done when the meeting was agreed on and has taken place.
  const isAgreed = inputs.every(
    (input) => input.kind !== 'MEETING' || readFragment(meetingFragment, input.meeting)?.state === 'CONFIRMED',
  );
  const awaited = task.awaited.length > 0 ? anyOfInWords(t, task.awaited, task.project.account.name) : null;
  const isEnded = hasEnded(task.project.state);
  const deliverer = delivererOf(task.side, viewer.isStaff);
  const next = t(`submissions.next.${deliverer}`, { company });
  const checked = t('submissions.next.checked', { size: bytes(sentAtOnceBytes) });
  const nextIfChecked = deliverer === 'onBehalf' ? `${next} ${checked}` : checked;
  // Templates that were merged may ask for two things by the same name.
  const nameOf = (index: number) => {
    const label = inputs[index]?.label ?? '';
    const alike = inputs.flatMap((one, at) => (one.label === label ? [at] : []));
    if (alike.length === 1) return label;
    return t('inputs.oneOfAlike', { label, number: alike.indexOf(index) + 1, all: alike.length });
  };
  return (
    <ProjectOver value={isEnded}>
      <div className={styles.panel} data-client={!viewer.isStaff || undefined}>
        {task.viewerCan.approve && inReview.length > 0 ? (
          <ReviewBox taskId={task.id} delivered={inReview} isShared={task.visibility === 'SHARED'} />
        ) : (
          <Standing
            task={task}
            isEnded={isEnded}
            delivered={delivered}
            isAsking={inputs.length > 0}
            isMany={inputs.length > 1}
            viewer={viewer}
          />
        )}
        {inputs.length === 0 && !isEnded && !settled.includes(task.state) && (
          <NoInput side={task.side} isStuck={isStuck} isStaff={viewer.isStaff} company={company} />
        )}
        {task.inputs.map((input, index) => (
          <InputSection
            key={inputs[index]?.id}
            task={task}
            input={input}
            name={nameOf(index)}
            isOneOfMany={inputs.length > 1}
            isEnded={isEnded}
            viewer={viewer}
            next={inputs[index]?.kind === 'FILE' && inputs[index].check ? nextIfChecked : next}
            takers={takers}
            awaited={awaited}
          />
        ))}
        {task.viewerCan.complete && isAgreed && <CompleteButton taskId={task.id} isStuck={isStuck} />}
      </div>
    </ProjectOver>
  );
}

/** Who hands in decides what it means: staff may do it for the client, and should know that they do. */
function delivererOf(side: string, isStaff: boolean): 'client' | 'onBehalf' | 'company' {
  if (!isStaff) return 'client';
  return side === 'CLIENT' ? 'onBehalf' : 'company';
}

type StandingProps = {
  task: { state: string; side: string };
  /** Nobody works in its project any more. */
  isEnded: boolean;
  delivered: Delivered[];
  /** Whether anything is handed in here at all; work and checks say themselves who does them. */
  isAsking: boolean;
  isMany: boolean;
  viewer: { isStaff: boolean; person: { id: string }; company: { name: string } };
};

/** One line: where what was handed in stands now. Nothing while it is somebody's turn to hand in. */
function Standing({ task, isEnded, delivered, isAsking, isMany, viewer }: StandingProps) {
  const { t } = useTranslation();
  const company = viewer.company.name;
  const [only] = isMany ? [] : delivered;
  const version = only?.latest.version ?? 1;
  if (isEnded && !settled.includes(task.state)) {
    return <p className={styles.soft}>{t(isAsking ? 'submissions.state.ended' : 'submissions.state.closed')}</p>;
  }
  if (task.state === 'NOT_READY') {
    if (!isAsking) return null;
    const isOurs = task.side === 'CLIENT' || viewer.isStaff;
    return (
      <p className={styles.soft}>
        {isOurs ? t('submissions.notYetReady') : t('submissions.notYetTheirs', { company })}
      </p>
    );
  }
  if (task.state === 'IN_REVIEW' || task.state === 'SUBMITTED') {
    // Until a file's check has ended nobody is asked to look at it.
    const isLookedAt = task.state === 'IN_REVIEW';
    const isOwn = viewer.isStaff && delivered.some(({ latest }) => latest.submittedBy.id === viewer.person.id);
    return (
      <div className={styles.standing} data-tone="care" role="status">
        <p>
          {only
            ? t(`submissions.state.${isLookedAt ? 'inReview' : only.isUnanswered ? 'unanswered' : 'checking'}`, {
                version,
                company,
              })
            : t(isLookedAt ? 'submissions.state.manyInReview' : 'submissions.state.manyChecking', { company })}
        </p>
        {isLookedAt && isOwn && <p className={styles.soft}>{t('submissions.state.ownDelivery')}</p>}
      </div>
    );
  }
  if (task.state === 'DONE') {
    const isAccepted = only && reviewed.includes(only.latest.kind);
    if (only?.isFailing && !only.latest.acceptance) {
      return (
        <p className={styles.standing} data-tone="care" role="status">
          {t('submissions.state.doneFails', { version })}
        </p>
      );
    }
    return (
      <p className={styles.standing} data-tone="good" role="status">
        {isAccepted ? t('submissions.state.done', { version }) : t('submissions.state.doneWithout')}
      </p>
    );
  }
  const isClosed = task.state === 'WAIVED' || task.state === 'CANCELLED';
  return isClosed ? <p className={styles.soft}>{t('submissions.state.closed')}</p> : null;
}
