import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import type { NotePerson } from './extensions.ts';
import type { NotePlace } from './NoteRoom.tsx';

const readersQuery = graphql(`
  query NoteReaders($id: ID!, $audience: Visibility!) {
    task(id: $id) {
      id
      mentionable(audience: $audience) {
        isOn
        person {
          id
          name
          accountName
        }
      }
    }
  }
`);

/** Who reads the note, and may be named in it; nobody until it is known. */
export function usePeople({ taskId, audience }: NotePlace, isWanted: boolean): NotePerson[] {
  const { t } = useTranslation();
  const { data } = useQuery(readersQuery, { variables: { id: taskId, audience }, skip: !isWanted });
  const all = data?.task?.mentionable ?? [];
  return all.map(({ isOn, person: { id, name, accountName } }) => ({
    id,
    name,
    detail: isOn ? (accountName ?? '') : t('notes.suggestions.notOn'),
  }));
}
