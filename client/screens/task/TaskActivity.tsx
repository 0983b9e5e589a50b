import { useQuery } from '@apollo/client/react';
import { graphql } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { ActivityFeed, ActivityItem } from '../../features/activity/ActivityFeed.tsx';

export const taskActivityName = 'TaskActivity';
const activityQuery = graphql(
  `
    query TaskActivity($id: ID!) {
      task(id: $id) {
        id
        changes(last: 100) {
          nodes {
            ...ActivityItem
          }
        }
      }
    }
  `,
  [ActivityItem],
);

/** What happened on this task, newest first, in words. Asked for when it is opened. */
export function TaskActivity({ taskId }: { taskId: string }) {
  const { data, error, refetch } = useQuery(activityQuery, {
    variables: { id: taskId },
    fetchPolicy: 'cache-and-network',
  });
  const changes = data?.task?.changes;
  if (changes) return <ActivityFeed items={changes.nodes} place="inTask" />;
  return error ? <ErrorState onRetry={() => void refetch()} /> : <Skeletons rows={5} shape="line" />;
}
