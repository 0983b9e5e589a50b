import { useQuery } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { MilestonesQuery } from './documents.ts';

/** The milestones of a project, read again when something happened in it. Null until they came. */
export function useMilestones(projectId: string, position: number) {
  const { data, previousData, refetch } = useQuery(MilestonesQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
  const asked = useRef(position);
  useEffect(() => {
    if (asked.current === position) return;
    asked.current = position;
    refetch().catch(() => {});
  }, [position, refetch]);
  const milestones = (data ?? previousData)?.project?.milestones ?? null;
  return {
    milestones,
    readAgain: () =>
      refetch().then(
        () => undefined,
        () => undefined,
      ),
  };
}
