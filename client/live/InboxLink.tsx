import { useApolloClient } from '@apollo/client/react';
import { IconBell } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../api/graphql.ts';
import styles from './InboxLink.module.css';
import { UnreadContext } from './LiveInbox.tsx';

const taskReadMutation = graphql(
  'mutation InboxTaskRead($input: InboxReadInput!) { inboxRead(input: $input) { mark } }',
);

type Props = { className?: string; iconClassName?: string };

/**
 * The door to the inbox, on every page: says how much of it is unread here, in the window's title and in its icon. A task that is looked at has been read.
 */
export function InboxLink({ className, iconClassName }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const count = useContext(UnreadContext);
  const { taskId } = useParams({ strict: false });
  useMark(count);
  // On every page of somebody who is signed in, once it is loaded.
  useEffect(() => {
    void import('../api/forgetUnreadable.ts').then((module) => module.forgetUnreadable(client)).catch(() => {});
  }, [client]);
  useEffect(() => {
    if (!taskId || count === 0) return;
    const read = () => {
      if (document.visibilityState !== 'visible') return;
      client.mutate({ mutation: taskReadMutation, variables: { input: { taskId } } }).catch(() => {});
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [client, taskId, count]);
  return (
    <Link to="/inbox" className={className}>
      {/* No spans: on a phone the bar hides those, which are its words. */}
      <div className={styles.bell}>
        <IconBell className={iconClassName} stroke={1.5} aria-hidden="true" />
        {count > 0 && (
          <div className={styles.figure} role="img" aria-label={t('shell.unread', { count })}>
            {count > 99 ? '99+' : count}
          </div>
        )}
      </div>
      <span>{t('shell.inbox')}</span>
    </Link>
  );
}

/** Pages name the window; what is unread stands before the name, whoever writes it next. */
function useMark(count: number): void {
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon) icon.href = count > 0 ? '/icon-unread.svg' : '/icon.svg';
    const mark = () => {
      const name = document.title.replace(/^\(\d+\) /, '');
      const marked = count > 0 ? `(${count}) ${name}` : name;
      if (document.title !== marked) document.title = marked;
    };
    mark();
    const watch = new MutationObserver(mark);
    watch.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [count]);
}
