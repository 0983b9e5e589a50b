import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '../../../api/graphql.ts';
import type { Audience } from '../audience.ts';

const readersQuery = graphql(`
  query CommentReaders($id: ID!) {
    task(id: $id) {
      id
      mentionable(audience: SHARED) {
        isOn
        person {
          id
          name
          isStaff
          accountName
        }
      }
    }
  }
`);

type Candidate = NonNullable<ResultOf<typeof readersQuery>['task']>['mentionable'][number];
/** Somebody who reads what is written here; `isOn`: they have to do with the task already. */
export type Reader = Candidate['person'] & { isOn: boolean };

const nobody: Reader[] = [];

/** Who reads what is written to an audience here, by name. Staff alone read what is internal. */
export function useReaders(taskId: string, isAsked: boolean): (audience: Audience) => Reader[] {
  const { data } = useQuery(readersQuery, {
    variables: { id: taskId },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    skip: !isAsked,
  });
  const all = data?.task?.mentionable.map(({ isOn, person }) => ({ ...person, isOn })) ?? nobody;
  return (audience) => (audience === 'SHARED' ? all : all.filter((one) => one.isStaff));
}
