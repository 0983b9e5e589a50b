import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
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

export type Readers = {
  /** Who reads what is written to an audience, by name; nobody until it is known. */
  of: (audience: Audience) => Reader[];
  /** asked -> known | failed; failed -> asked again. What is known stays known. */
  phase: 'asked' | 'known' | 'failed';
  askAgain: () => void;
};

const nobody: Reader[] = [];

/** Who reads what is written to an audience here, by name. Staff alone read what is internal. */
export function useReaders(taskId: string): Readers {
  const [isAskedAgain, setAskedAgain] = useState(false);
  const { data, error, refetch } = useQuery(readersQuery, {
    variables: { id: taskId },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const all = data?.task?.mentionable.map(({ isOn, person }) => ({ ...person, isOn })) ?? nobody;
  return {
    of: (audience) => (audience === 'SHARED' ? all : all.filter((one) => one.isStaff)),
    phase: data ? 'known' : error && !isAskedAgain ? 'failed' : 'asked',
    askAgain: () => {
      setAskedAgain(true);
      refetch().catch(() => setAskedAgain(false));
    },
  };
}
