import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { submissionFragment, submissionPanelFragment, submissionViewerFragment } from './documents.ts';
import { FileDelivery } from './FileDelivery.tsx';
import { ReviewBox } from './ReviewBox.tsx';
import { SubmissionHistory } from './SubmissionHistory.tsx';
import styles from './Submissions.module.css';
import { UrlDelivery } from './UrlDelivery.tsx';
import { useDelivery } from './useDelivery.ts';

type Props = {
  task: FragmentOf<typeof submissionPanelFragment>;
  viewer: FragmentOf<typeof submissionViewerFragment>;
};

/** What a task asks for: hand it in, see how it stands, review it, and everything that was handed in before. */
export function SubmissionPanel({ task: maskedTask, viewer: maskedViewer }: Props) {
  const { t } = useTranslation();
  const task = readFragment(submissionPanelFragment, maskedTask);
  const viewer = readFragment(submissionViewerFragment, maskedViewer);
  const latest = readFragment(submissionFragment, task.latestSubmission);
  const { delivery, deliveries } = useDelivery(task.id);
  const company = viewer.company.name;

  if (task.type !== 'FILE' && task.type !== 'URL') return <p className={styles.soft}>{t('submissions.notAsked')}</p>;
  const isOpen = task.state === 'READY' || task.state === 'IN_PROGRESS';
  const next = t(`submissions.next.${delivererOf(task.side, viewer.isStaff)}`, { company });
  const canDeliver = task.viewerCan.submit || delivery !== null;
  return (
    <div className={styles.panel} data-client={!viewer.isStaff || undefined}>
      {task.viewerCan.approve && latest ? (
        <ReviewBox taskId={task.id} version={latest.version ?? 1} isShared={task.visibility === 'SHARED'} />
      ) : (
        <Standing task={task} latest={latest} viewer={viewer} />
      )}
      {canDeliver && (
        <section className={styles.delivery}>
          {latest && <h2 className={styles.heading}>{t('submissions.newVersion')}</h2>}
          {task.type === 'FILE' ? (
            <FileDelivery
              taskId={task.id}
              acceptedExtensions={task.acceptedExtensions}
              pending={task.pendingUpload}
              maxBytes={viewer.maxUploadBytes}
              next={next}
              delivery={delivery}
              deliveries={deliveries}
            />
          ) : (
            <UrlDelivery taskId={task.id} next={next} />
          )}
        </section>
      )}
      <SubmissionHistory
        taskId={task.id}
        taskState={task.state}
        isQuietWhenEmpty={canDeliver || !isOpen}
        page={task.submissions}
      />
    </div>
  );
}

/** Who hands in decides what it means: staff may do it for the client, and should know that they do. */
function delivererOf(side: string, isStaff: boolean): 'client' | 'onBehalf' | 'company' {
  if (!isStaff) return 'client';
  return side === 'CLIENT' ? 'onBehalf' : 'company';
}

type StandingProps = {
  task: { state: string; side: string };
  latest: { version: number | null; submittedBy: { id: string } } | null;
  viewer: { isStaff: boolean; person: { id: string }; company: { name: string } };
};

/** One line: where what was handed in stands now. Nothing while it is somebody's turn to hand in. */
function Standing({ task, latest, viewer }: StandingProps) {
  const { t } = useTranslation();
  const company = viewer.company.name;
  const version = latest?.version ?? 1;
  if (task.state === 'NOT_READY') {
    const isOurs = task.side === 'CLIENT' || viewer.isStaff;
    return (
      <p className={styles.soft}>
        {isOurs ? t('submissions.notYetReady') : t('submissions.notYetTheirs', { company })}
      </p>
    );
  }
  if (task.state === 'IN_REVIEW' || task.state === 'SUBMITTED') {
    const isOwn = viewer.isStaff && latest?.submittedBy.id === viewer.person.id;
    return (
      <div className={styles.standing} data-tone="care" role="status">
        <p>{t('submissions.state.inReview', { version, company })}</p>
        {isOwn && <p className={styles.soft}>{t('submissions.state.ownDelivery')}</p>}
      </div>
    );
  }
  if (task.state === 'DONE') {
    return (
      <p className={styles.standing} data-tone="good" role="status">
        {latest ? t('submissions.state.done', { version }) : t('submissions.state.doneWithout')}
      </p>
    );
  }
  const isClosed = task.state === 'WAIVED' || task.state === 'CANCELLED';
  return isClosed ? <p className={styles.soft}>{t('submissions.state.closed')}</p> : null;
}
