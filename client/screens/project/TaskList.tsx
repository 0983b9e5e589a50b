import { IconChevronRight, IconFlag, IconHandStop, IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { hasEnded } from '../../api/hasEnded.ts';
import { Face } from '../../components/Face.tsx';
import { StateBadge, type TaskState } from '../../components/StateBadge.tsx';
import { Day, DueDay } from '../../components/Time.tsx';
import { UnreadFigure } from '../../features/comments/UnreadFigure.tsx';
import type { Viewer } from '../../features/viewer/viewer.ts';
import { useWarm } from '../../live/useWarm.ts';
import type { ProjectShown } from './ProjectScreen.tsx';
import { currentPhase, RoadPhase } from './Road.tsx';
import styles from './TaskList.module.css';
import { TaskListNew } from './TaskListNew.tsx';

export const TaskRow = graphql(`
  fragment TaskRow on Task {
    id
    revision
    title
    state
    stateSince
    side
    court
    visibility
    dueOn
    isOverdue
    promise { on isMissed }
    isGate
    unreadCount
    stuck { side }
    assignee { id name isStaff }
  }
`);

type Props = { project: ProjectShown; viewer: Viewer };

/** Every step, phase by phase; phases that are done are folded. */
export function TaskList({ project, viewer }: Props) {
  const { t } = useTranslation();
  const current = currentPhase(project.phases);
  return (
    <section className={styles.list} aria-labelledby="tasks-title">
      <div className={styles.head}>
        <h2 id="tasks-title" className={styles.title}>
          {t('project.tasks.title')}
        </h2>
        <TaskListNew project={project} company={viewer.company.name} />
      </div>
      {readFragment(RoadPhase, project.phases).map((phase) => (
        <details key={phase.id} className={styles.phase} open={isOpenAtFirst(phase.id)}>
          <summary className={styles.summary}>
            <IconChevronRight className={styles.chevron} stroke={1.75} aria-hidden="true" />
            <h3 className={styles.phaseName}>{phase.name}</h3>
            <span className={styles.count}>{t('project.tasks.count', phase.progress)}</span>
          </summary>
          <TaskLines>
            {project.tasks
              .filter((task) => task.phase.id === phase.id)
              .map((task) => (
                <TaskLine
                  key={task.id}
                  task={task}
                  viewer={viewer}
                  account={project.account.name}
                  isEnded={hasEnded(project.state)}
                  isOfColleagues={project.waitingOnOthers.some(({ id }) => id === task.id)}
                />
              ))}
          </TaskLines>
        </details>
      ))}
    </section>
  );

  /** What can be worked on now stands open; what is done and what cannot start yet is one click away. */
  function isOpenAtFirst(phaseId: string): boolean {
    const tasks = readFragment(TaskRow, project.tasks);
    return (
      phaseId === current?.id ||
      project.tasks.some((task, index) => task.phase.id === phaseId && isUnderWay(tasks[index]?.state))
    );
  }
}

const isUnderWay = (state: TaskState | undefined) =>
  state !== undefined && !['NOT_READY', 'DONE', 'WAIVED', 'CANCELLED'].includes(state);

export function TaskLines({ children }: { children: ReactNode }) {
  return <ul className={styles.lines}>{children}</ul>;
}

type LineProps = {
  task: FragmentOf<typeof TaskRow>;
  viewer: Viewer;
  account: string;
  /** Where the heading says already whose turn it is. */
  isSideSaid?: boolean;
  /** Its project was closed or cancelled. */
  isEnded?: boolean;
  /** It is the turn of others on the viewer's side. */
  isOfColleagues?: boolean;
};

/** One task as one line: its state, its title, whose turn it is, when it is due. */
export function TaskLine({ task, viewer, account, isSideSaid, isEnded, isOfColleagues = false }: LineProps) {
  const { t } = useTranslation();
  const read = readFragment(TaskRow, task);
  const isWarm = useWarm(read.id);
  const isInternal = read.visibility === 'INTERNAL';
  const isClosed = isEnded || read.state === 'DONE' || read.state === 'WAIVED' || read.state === 'CANCELLED';
  // Once it is settled it keeps nobody from going live.
  const isGate = read.isGate && !isEnded && read.state !== 'DONE' && read.state !== 'WAIVED';
  // Nobody's turn yet: then it says who will do it, quietly. Once it is settled that is nobody's question.
  const isLater = read.court === 'NOBODY';
  const court = isLater ? read.side : read.court;
  // A day that somebody named stands in place of any reminder, until it is over.
  const promise = read.promise?.isMissed ? null : read.promise;
  const isMine = !isLater && !isOfColleagues && court === (viewer.isStaff ? 'COMPANY' : 'CLIENT');
  const client = viewer.isStaff || isOfColleagues ? account : t('project.tasks.you');
  const whose = court === 'CLIENT' ? client : t(`names.court.${court}`, { company: viewer.company.name });
  return (
    <li
      className={styles.line}
      data-staff={viewer.isStaff || undefined}
      data-internal={isInternal || undefined}
      data-closed={isClosed || undefined}
      data-off={read.state === 'WAIVED' || read.state === 'CANCELLED' || undefined}
      data-warm={isWarm || undefined}
      data-side-said={isSideSaid || undefined}
    >
      <span className={styles.state}>
        <StateBadge state={read.state} isFramed={false} isEnded={isEnded} />
      </span>
      <Link to="/tasks/$taskId" params={{ taskId: read.id }} className={styles.link}>
        {read.title} <UnreadFigure count={read.unreadCount} />
      </Link>
      {(isInternal || read.stuck || isGate) && (
        <span className={styles.marks}>
          {isInternal && (
            <span className={styles.internal} title={t('common.internalOnly', { company: viewer.company.name })}>
              <IconLock className={styles.lock} stroke={1.75} aria-hidden="true" />
              {t('names.visibility.INTERNAL')}
            </span>
          )}
          {read.stuck && (
            <span className={styles.stuck}>
              <IconHandStop className={styles.lock} stroke={1.75} aria-hidden="true" />
              {t('taskActs.stuck.mark')}
            </span>
          )}
          {isGate && (
            <span className={styles.gate}>
              <IconFlag className={styles.lock} stroke={1.75} aria-hidden="true" />
              {t('taskActs.notice.gate')}
            </span>
          )}
        </span>
      )}
      {!isSideSaid && (
        <span
          className={styles.side}
          data-mine={isMine || undefined}
          data-later={isLater || undefined}
          title={isClosed ? undefined : t(isLater ? 'project.tasks.whoseLater' : 'project.tasks.whoseTurn', { whose })}
        >
          {!isClosed && whose}
        </span>
      )}
      <span className={styles.due}>
        {promise ? (
          <span title={t('project.tasks.promised')}>
            {t('project.tasks.by')} <Day on={promise.on} />
          </span>
        ) : (
          read.dueOn && !isClosed && <DueDay on={read.dueOn} isOverdue={read.isOverdue} isShort />
        )}
      </span>
      <span className={styles.face}>
        {read.assignee && <Face name={read.assignee.name} isStaff={read.assignee.isStaff} size="small" withTooltip />}
      </span>
    </li>
  );
}
