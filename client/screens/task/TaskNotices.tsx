import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHourglass, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { StateBadge, type TaskState } from '../../components/StateBadge.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import styles from './TaskNotices.module.css';

export const taskNoticesFragment = graphql(`
  fragment TaskNotices_task on Task {
    id
    revision
    state
    predecessors {
      id
      title
      state
    }
    latestSubmission {
      id
      review {
        outcome
        reason
        at
        by {
          id
          name
        }
      }
    }
    viewerCan {
      start
      submit
    }
  }
`);

const startMutation = graphql(`
  mutation TaskStart($id: ID!, $input: TaskStartInput!) {
    taskStart(id: $id, input: $input) {
      task {
        id
        revision
        state
        stateSince
        court
        viewerCan {
          start
          submit
          approve
          requestChanges
        }
      }
      userErrors {
        code
        message
      }
    }
  }
`);

type Props = { task: FragmentOf<typeof taskNoticesFragment> };

/** What must be known before anything is delivered: what the task waits for, or what was wrong last time. */
export function TaskNotices({ task: masked }: Props) {
  const task = readFragment(taskNoticesFragment, masked);
  const review = task.latestSubmission?.review;
  if (task.state === 'NOT_READY') {
    const open = task.predecessors.filter((one) => one.state !== 'DONE' && one.state !== 'WAIVED');
    return <WaitingFor tasks={open} />;
  }
  if (task.state === 'CHANGES_REQUESTED' && review?.outcome === 'CHANGES_REQUESTED') {
    return <ChangesRequested by={review.by.name} at={review.at} reason={review.reason} />;
  }
  if (task.state === 'READY' && task.viewerCan.start) return <StartOffer id={task.id} revision={task.revision} />;
  return null;
}

type Waited = { id: string; title: string; state: TaskState };

function WaitingFor({ tasks }: { tasks: Waited[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.notice} data-tone="quiet">
      <IconHourglass size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>{tasks.length > 0 ? t('task.waitsFor') : t('task.waitsForNothing')}</h2>
        <ul className={styles.waited}>
          {tasks.map((one) => (
            <li key={one.id}>
              <Link to="/tasks/$taskId" params={{ taskId: one.id }}>
                {one.title}
              </Link>
              <StateBadge state={one.state} isFramed={false} />
            </li>
          ))}
        </ul>
        {tasks.length > 0 && <p className={styles.soft}>{t('task.waitsHint')}</p>}
      </div>
    </section>
  );
}

function ChangesRequested({ by, at, reason }: { by: string; at: string; reason: string | null }) {
  const { t } = useTranslation();
  return (
    <section className={styles.notice} data-tone="bad">
      <IconAlertTriangle size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>{t('task.changesRequestedBy', { name: by })}</h2>
        {reason && <p className={styles.reason}>{reason}</p>}
        <p className={styles.soft}>
          <RelativeTime at={at} />
        </p>
      </div>
    </section>
  );
}

/** Quiet on purpose: delivering works without it, it only lets the others know that somebody is on it. */
function StartOffer({ id, revision }: { id: string; revision: number }) {
  const { t } = useTranslation();
  const [start, { loading }] = useMutation(startMutation);
  const [failure, setFailure] = useState<string | null>(null);
  const handleStart = async () => {
    setFailure(null);
    try {
      const { data } = await start({ variables: { id, input: { revision } } });
      const refusal = data?.taskStart.userErrors[0];
      if (refusal) setFailure(t('task.startFailed', { reason: refusal.message }));
    } catch (error) {
      setFailure(t('task.startFailed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };
  return (
    <div className={styles.start}>
      <Button
        variant="default"
        size="xs"
        loading={loading}
        onClick={handleStart}
        leftSection={<IconPlayerPlay size={16} stroke={1.5} aria-hidden />}
      >
        {t('task.start')}
      </Button>
      <span className={styles.soft}>{t('task.startHint')}</span>
      {failure && <FieldError>{failure}</FieldError>}
    </div>
  );
}
