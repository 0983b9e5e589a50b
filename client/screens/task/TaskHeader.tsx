import { VisuallyHidden } from '@mantine/core';
import { IconArrowLeft, IconChevronLeft, IconChevronRight, IconFlag, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, type Ref, Suspense } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { hasEnded } from '../../api/hasEnded.ts';
import { InternalMark } from '../../components/Internal.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { Day } from '../../components/Time.tsx';
import { AssigneeMenu, assigneeFragment } from './AssigneeMenu.tsx';
import { DueEditor } from './acts/DueEditor.tsx';
import type { ActedTask } from './acts/documents.ts';
import { TaskMenu } from './acts/TaskMenu.tsx';
import styles from './TaskHeader.module.css';

/** A task that is somebody's turn has it; what is done needs none. */
const PromiseEditor = lazy(async () => {
  const [{ PromiseEditor }, { addCourtWords }] = await Promise.all([
    import('./acts/PromiseEditor.tsx'),
    import('../../words/court.ts'),
  ]);
  addCourtWords(getI18n());
  return { default: PromiseEditor };
});

export const taskHeaderFragment = graphql(
  `
    fragment TaskHeader_task on Task {
      id
      title
      visibility
      state
      stateSince
      isGate
      phase {
        id
        name
      }
      project {
        id
        name
        state
        account {
          id
          name
        }
      }
      ...AssigneeMenu_task
    }
  `,
  [assigneeFragment],
);

type Props = {
  task: FragmentOf<typeof taskHeaderFragment>;
  acted: ActedTask;
  /** Of its project, with their tasks in order. */
  phases: readonly { id: string; name: string; tasks: readonly { id: string; title: string }[] }[];
  viewer: { isStaff: boolean; company: { name: string } };
  titleRef: Ref<HTMLHeadingElement>;
  /** Who is here now. */
  presence: ReactNode;
  /** How live this is. */
  connection: ReactNode;
};

/** One title and one line of state: whose task it is, until when, where it stands, who is on it, and the way on and back. */
export function TaskHeader({ task: masked, acted, phases, viewer, titleRef, presence, connection }: Props) {
  const { t } = useTranslation();
  const task = readFragment(taskHeaderFragment, masked);
  const road = phases.flatMap((phase) => phase.tasks);
  const place = road.findIndex((one) => one.id === task.id);
  const previous = place > 0 ? road[place - 1] : undefined;
  const next = place >= 0 ? road[place + 1] : undefined;
  const isInternal = task.visibility === 'INTERNAL';
  const isOver = task.state === 'WAIVED' || task.state === 'CANCELLED';

  return (
    <header className={styles.header} data-internal={isInternal || undefined}>
      <div className={styles.trail}>
        <Link to="/projects/$projectId" params={{ projectId: task.project.id }} className={styles.back}>
          <IconArrowLeft size={16} stroke={1.5} aria-hidden />
          <VisuallyHidden>{t('task.backTo')}</VisuallyHidden>
          <span className={styles.backProject}>
            {viewer.isStaff ? task.project.account.name : task.project.name} {t('task.trailMark')}
          </span>
          <span>{task.phase.name}</span>
        </Link>
        <nav className={styles.neighbours} aria-label={t('task.neighbours')}>
          {previous && (
            <Link
              to="/tasks/$taskId"
              params={{ taskId: previous.id }}
              title={previous.title}
              className={styles.neighbour}
            >
              <IconChevronLeft size={16} stroke={1.5} aria-hidden />
              {t('task.previous')}
              <VisuallyHidden>{previous.title}</VisuallyHidden>
            </Link>
          )}
          {next && (
            <Link to="/tasks/$taskId" params={{ taskId: next.id }} title={next.title} className={styles.neighbour}>
              {t('task.next')}
              <VisuallyHidden>{next.title}</VisuallyHidden>
              <IconChevronRight size={16} stroke={1.5} aria-hidden />
            </Link>
          )}
        </nav>
      </div>
      <div className={styles.titleLine}>
        <h1 className={styles.title} tabIndex={-1} ref={titleRef}>
          {task.title}
        </h1>
        <span className={styles.aside}>
          {presence}
          <TaskMenu
            task={acted}
            account={task.project.account.name}
            company={viewer.company.name}
            isStaff={viewer.isStaff}
            phases={phases}
          />
        </span>
      </div>
      <div className={styles.state}>
        <StateBadge state={task.state} isEnded={hasEnded(task.project.state)} />
        {isInternal ? (
          <InternalMark company={viewer.company.name} />
        ) : (
          viewer.isStaff && (
            <span className={styles.shared} title={t('task.sharedHint', { account: task.project.account.name })}>
              <IconUsers size={16} stroke={1.5} aria-hidden />
              {t('names.visibility.SHARED')}
            </span>
          )
        )}
        {task.state === 'DONE' ? (
          <span className={styles.soft}>
            {t('task.doneOn')} <Day on={task.stateSince} />
          </span>
        ) : (
          !isOver && <DueEditor task={acted} />
        )}
        {(acted.promise || acted.viewerCan.promise) && (
          <Suspense fallback={null}>
            <PromiseEditor key={task.id} task={acted} />
          </Suspense>
        )}
        <AssigneeMenu task={task} company={viewer.company.name} isStaff={viewer.isStaff} />
        {task.isGate && (
          <span className={styles.shared}>
            <IconFlag size={16} stroke={1.5} aria-hidden />
            {t('taskActs.notice.gate')}
          </span>
        )}
        <span className={styles.connection}>{connection}</span>
      </div>
    </header>
  );
}
