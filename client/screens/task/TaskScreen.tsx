import { useApolloClient, useQuery } from '@apollo/client/react';
import { VisuallyHidden } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { takeCommentChange } from '../../features/comments/appendComment.ts';
import { commentViewerFragment } from '../../features/comments/CommentThread.tsx';
import { submissionViewerFragment } from '../../features/submissions/documents.ts';
import { LiveProject } from '../../live/LiveProject.tsx';
import type { Change } from '../../live/stream.ts';
import { NoSuchTask } from './NoSuchTask.tsx';
import { taskActivityName } from './TaskActivity.tsx';
import styles from './TaskScreen.module.css';
import { TaskSkeleton } from './TaskSkeleton.tsx';
import { TaskWorkspace, taskWorkspaceFragment } from './TaskWorkspace.tsx';

const taskScreenName = 'TaskScreen';
const taskScreenQuery = graphql(
  `
    query TaskScreen($id: ID!) {
      viewer {
        isStaff
        person {
          id
          name
        }
        company {
          name
        }
        ...CommentThread_viewer
        ...SubmissionPanel_viewer
      }
      task(id: $id) {
        id
        title
        predecessors {
          id
        }
        successors {
          id
        }
        project {
          id
          position
        }
        ...TaskWorkspace_task
      }
    }
  `,
  [commentViewerFragment, submissionViewerFragment, taskWorkspaceFragment],
);

const route = getRouteApi('/signedIn/tasks/$taskId');

/** A task whole: its documentation, its input and its conversation side by side, live. */
export function TaskScreen() {
  const { taskId } = route.useParams();
  // Another task is another screen: no draft, tab or scroll place may leak from the one before.
  return <OneTask key={taskId} taskId={taskId} />;
}

function OneTask({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { data, error, refetch } = useQuery(taskScreenQuery, {
    variables: { id: taskId },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    // Earlier comments that were fetched already stay when the newest are asked for again.
    refetchWritePolicy: 'merge',
  });
  const task = data?.task;
  const viewer = data?.viewer;
  const titleRef = useRef<HTMLHeadingElement>(null);
  const isThere = Boolean(task);

  useEffect(() => {
    if (task && viewer) document.title = t('common.pageTitle', { page: task.title, company: viewer.company.name });
  }, [t, task, viewer]);
  useEffect(() => {
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (isThere && isFree) titleRef.current?.focus({ preventScroll: true });
  }, [isThere]);

  // Fields were merged already. A comment came whole and only takes its place; what else a change moves (rights,
  // deliveries, who waits for whom) is asked for again, and of this task alone.
  const handleChanges = (changes: Change[]) => {
    const own = changes.filter((change) => change.taskId === taskId);
    for (const change of own) takeCommentChange(client.cache, taskId, change);
    // What comes before and after is on the screen too: its states, and that one of it is open again.
    const tied = [...(task?.predecessors ?? []), ...(task?.successors ?? [])].map((one) => one.id);
    const isOfTied = changes.some(
      ({ taskId: at, node }) => at !== null && tied.includes(at) && (node === null || node.__typename === 'Task'),
    );
    // Whether the task is worked on at all: its project was put on hold, closed, or goes on.
    const isOfProject = changes.some(({ taskId: at, node }) => at === null && node?.__typename === 'Project');
    if (isOfTied && own.length === 0 && !isOfProject) {
      return client.refetchQueries({
        include: 'active',
        onQueryUpdated: ({ queryName }) => queryName === taskScreenName,
      });
    }
    const isTalk = !isOfProject && own.every((change) => change.node?.__typename === 'Comment');
    const stale = isTalk ? [taskActivityName] : [taskScreenName, taskActivityName];
    if (own.length === 0 && !isOfProject) return;
    return client.refetchQueries({
      include: 'active',
      onQueryUpdated: ({ queryName }) => stale.includes(queryName ?? ''),
    });
  };

  if (viewer && task === null) {
    return <NoSuchTask taskId={taskId} viewerId={viewer.person.id} company={viewer.company.name} />;
  }
  if (!task || !viewer) {
    return error ? (
      <div className={styles.alone}>
        <VisuallyHidden component="h1">{t('common.error.title')}</VisuallyHidden>
        <ErrorState onRetry={() => void refetch()} />
      </div>
    ) : (
      <TaskSkeleton />
    );
  }
  return (
    <LiveProject projectId={task.project.id} position={task.project.position} onChanges={handleChanges}>
      <TaskWorkspace task={task} viewer={viewer} titleRef={titleRef} />
    </LiveProject>
  );
}
