import { useApolloClient } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useUndo } from '../../components/UndoToast.tsx';
import { type InboxItem, readMutation, unreadMutation } from './documents.ts';

/**
 * Marks items as read and unread. A row shows it at once; counts and the other devices follow by the stream, which tells
 * this page of its own mark too. Answers false when it could not be done, and the row is as it was.
 */
export function useMarking() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const offerUndo = useUndo();

  const show = ({ id, readAt }: Pick<InboxItem, 'id' | 'readAt'>) =>
    client.cache.modify({
      id: client.cache.identify({ __typename: 'InboxItem', id }),
      fields: { readAt: () => readAt },
    });

  async function toggle(item: InboxItem): Promise<boolean> {
    const { id, readAt } = item;
    const variables = { input: { ids: [id] } };
    show({ id, readAt: readAt === null ? new Date().toISOString() : null });
    try {
      if (readAt === null) await client.mutate({ mutation: readMutation, variables });
      else await client.mutate({ mutation: unreadMutation, variables });
      return true;
    } catch {
      show(item);
      return false;
    }
  }

  async function readAll(throughPosition: number): Promise<boolean> {
    try {
      const { data } = await client.mutate({ mutation: readMutation, variables: { input: { throughPosition } } });
      const mark = data?.inboxRead.mark ?? null;
      if (mark === null) return true;
      offerUndo(t('inbox.wasReadAll'), async () => {
        await client.mutate({ mutation: unreadMutation, variables: { input: { mark } } });
        return null;
      });
      return true;
    } catch {
      return false;
    }
  }

  return { toggle, readAll };
}
