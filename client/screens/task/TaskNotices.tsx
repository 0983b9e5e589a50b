import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconHandStop,
  IconHourglass,
  IconMinus,
  IconPlayerPlay,
  IconX,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, type ResultOf, readFragment } from '../../api/graphql.ts';
import { hasEnded } from '../../api/hasEnded.ts';
import { FieldError } from '../../components/Notice.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { Day, RelativeTime } from '../../components/Time.tsx';
import { type ActedTask, startMutation, unstickMutation } from './acts/documents.ts';
import { useTaskAct } from './acts/useTaskAct.ts';
import { ProjectStands } from './ProjectStands.tsx';
import styles from './TaskNotices.module.css';

/** Few tasks are with somebody from outside. */
const HandoverLine = lazy(async () => {
  const [{ HandoverLine }, { addHandoverWords }] = await Promise.all([
    import('./handover/HandoverLine.tsx'),
    import('../../words/handover.ts'),
  ]);
  addHandoverWords(getI18n());
  return { default: HandoverLine };
});

/** Few tasks are approved in somebody's place. */
const DelegationLine = lazy(async () => {
  const [{ DelegationLine }, { addDelegationWords }] = await Promise.all([
    import('./delegation/DelegationLine.tsx'),
    import('../../words/delegation.ts'),
  ]);
  addDelegationWords(getI18n());
  return { default: DelegationLine };
});

/** Few tasks are looked at by one role alone. */
const AwaitedLine = lazy(async () => {
  const [{ AwaitedLine }, { addDelegationWords }] = await Promise.all([
    import('./delegation/AwaitedLine.tsx'),
    import('../../words/delegation.ts'),
  ]);
  addDelegationWords(getI18n());
  return { default: AwaitedLine };
});

export const taskNoticesFragment = graphql(`
  fragment TaskNotices_task on Task {
    id
    project {
      id
      state
      account {
        id
        name
      }
    }
    latestSubmission {
      id
      review {
        outcome
        reason
        at
        by {
          name
        }
      }
    }
  }
`);

type Viewer = { isStaff: boolean; company: { name: string } };
type Props = {
  task: FragmentOf<typeof taskNoticesFragment>;
  acted: ActedTask;
  viewer: Viewer;
  /** How the project stands is said above the parts of the screen already. */
  isProjectSaid: boolean;
};

/** What must be known before anything is delivered: why it is stuck or over, what it waits for, what was wrong last time. */
export function TaskNotices({ task: masked, acted, viewer, isProjectSaid }: Props) {
  const task = readFragment(taskNoticesFragment, masked);
  return (
    <>
      {!isProjectSaid && <ProjectStands state={task.project.state} viewer={viewer} />}
      {acted.handover && (
        <Suspense fallback={null}>
          <HandoverLine task={acted} handover={acted.handover} />
        </Suspense>
      )}
      {acted.delegation && (
        <Suspense fallback={null}>
          <DelegationLine delegation={acted.delegation} />
        </Suspense>
      )}
      {viewer.isStaff && acted.state === 'IN_REVIEW' && acted.reviewerRole && (
        <Suspense fallback={null}>
          <AwaitedLine role={acted.reviewerRole} mayApprove={acted.viewerCan.approve} />
        </Suspense>
      )}
      {acted.stuck && <Stuck task={acted} account={task.project.account.name} viewer={viewer} />}
      {acted.isPredecessorOpen && <PredecessorOpen tasks={acted.predecessors} />}
      <StateNotice task={task} acted={acted} viewer={viewer} />
    </>
  );
}

type StateProps = { task: ResultOf<typeof taskNoticesFragment>; acted: ActedTask; viewer: Viewer };

function StateNotice({ task, acted, viewer }: StateProps) {
  const review = task.latestSubmission?.review;
  if (acted.state === 'WAIVED' || acted.state === 'CANCELLED') return <Over task={acted} state={acted.state} />;
  // It waits for nothing any more, and nobody has to do anything.
  if (hasEnded(task.project.state)) return null;
  if (acted.state === 'NOT_READY') return <WaitingFor task={acted} viewer={viewer} />;
  if (acted.reason && acted.state !== 'DONE') return <Reopened reason={acted.reason} />;
  if (acted.state === 'CHANGES_REQUESTED' && review?.outcome === 'CHANGES_REQUESTED') {
    return <ChangesRequested by={review.by.name} at={review.at} reason={review.reason} />;
  }
  if (acted.state === 'READY' && acted.viewerCan.start) return <StartOffer id={acted.id} revision={acted.revision} />;
  return null;
}

/** Names what a task waits for, as far as the viewer may know it; the company's own work is told as just that. */
function WaitingFor({ task, viewer }: { task: ActedTask; viewer: Viewer }) {
  const { t } = useTranslation();
  const tasks = openOf(task.predecessors);
  const ours = viewer.isStaff
    ? t('taskActs.notice.waitsOnUs')
    : t('taskActs.notice.waitsOnCompany', { company: viewer.company.name });
  const unnamed = task.isWaitingOnCompany ? ours : t('task.waitsForNothing');
  return (
    <section className={styles.notice} data-tone="quiet">
      <IconHourglass size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>{tasks.length > 0 ? t('task.waitsFor') : unnamed}</h2>
        <Waited tasks={tasks} />
        {task.startsOn && (
          <p className={styles.soft}>
            {t('taskActs.notice.startsOn')} <Day on={task.startsOn} />
          </p>
        )}
        <p className={styles.soft}>{t('task.waitsHint')}</p>
      </div>
    </section>
  );
}

type Tied = ActedTask['predecessors'][number];
const openOf = (tasks: readonly Tied[]) => tasks.filter((one) => one.state !== 'DONE' && one.state !== 'WAIVED');

function Waited({ tasks }: { tasks: readonly Tied[] }) {
  if (tasks.length === 0) return null;
  return (
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
  );
}

function PredecessorOpen({ tasks }: { tasks: readonly Tied[] }) {
  const { t } = useTranslation();
  return (
    <section className={styles.notice} data-tone="care">
      <IconArrowBackUp size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>{t('taskActs.notice.predecessorOpen')}</h2>
        <Waited tasks={openOf(tasks)} />
        <p className={styles.soft}>{t('taskActs.notice.predecessorOpenHint')}</p>
      </div>
    </section>
  );
}

/** Why nothing goes on, for whom it waits, and the way out. */
function Stuck({ task, account, viewer }: { task: ActedTask; account: string; viewer: Viewer }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  if (!task.stuck) return null;
  const { side, reason, by, since } = task.stuck;
  const isYou = side === (viewer.isStaff ? 'COMPANY' : 'CLIENT');
  const names = { CLIENT: account, COMPANY: viewer.company.name, THIRD_PARTY: t('names.side.THIRD_PARTY') };
  const handleUnstick = () =>
    run(() =>
      client.mutate({
        mutation: unstickMutation,
        variables: { id: task.id, input: { revision: task.revision } },
      }),
    );
  return (
    <section className={styles.notice} data-tone="care">
      <IconHandStop size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>
          {isYou
            ? t(`taskActs.stuck.${viewer.isStaff ? 'bannerUs' : 'bannerYou'}`)
            : t('taskActs.stuck.banner', { side: names[side] })}
        </h2>
        <p className={styles.reason}>{reason ?? t('taskActs.stuck.said')}</p>
        <p className={styles.soft}>
          {by && t('taskActs.stuck.by', { name: by.name })} <RelativeTime at={since} />
        </p>
        {task.viewerCan.unstick && (
          <div className={styles.start}>
            <Button variant={isYou ? 'filled' : 'default'} size="xs" loading={isBusy} onClick={handleUnstick}>
              {t('taskActs.stuck.unstick')}
            </Button>
          </div>
        )}
        {refusal && <FieldError>{refusal}</FieldError>}
      </div>
    </section>
  );
}

function Over({ task, state }: { task: ActedTask; state: 'WAIVED' | 'CANCELLED' }) {
  const { t } = useTranslation();
  const key = state === 'WAIVED' ? 'waived' : 'cancelled';
  const name = task.reason?.by?.name;
  return (
    <section className={styles.notice} data-tone="quiet">
      {state === 'WAIVED' ? (
        <IconMinus size={20} stroke={1.5} aria-hidden />
      ) : (
        <IconX size={20} stroke={1.5} aria-hidden />
      )}
      <div className={styles.words}>
        <h2>{name ? t(`taskActs.notice.${key}`, { name }) : t(`taskActs.notice.${key}Plain`)}</h2>
        {task.reason && <p className={styles.reason}>{task.reason.text}</p>}
        <p className={styles.soft}>
          <RelativeTime at={task.stateSince} />
        </p>
      </div>
    </section>
  );
}

function Reopened({ reason }: { reason: NonNullable<ActedTask['reason']> }) {
  const { t } = useTranslation();
  return (
    <section className={styles.notice} data-tone="care">
      <IconArrowBackUp size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>{reason.by ? t('taskActs.notice.reopened', { name: reason.by.name }) : t('checks.reopened')}</h2>
        <p className={styles.reason}>{reason.text}</p>
        <p className={styles.soft}>
          <RelativeTime at={reason.at} />
        </p>
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
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  const handleStart = () =>
    run(() => client.mutate({ mutation: startMutation, variables: { id, input: { revision } } }));
  return (
    <div className={styles.start}>
      <Button
        variant="default"
        size="xs"
        loading={isBusy}
        onClick={handleStart}
        leftSection={<IconPlayerPlay size={16} stroke={1.5} aria-hidden />}
      >
        {t('task.start')}
      </Button>
      <span className={styles.soft}>{t('task.startHint')}</span>
      {refusal && <FieldError>{refusal}</FieldError>}
    </div>
  );
}
