import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import {
  CommentThread,
  commentThreadFragment,
  type commentViewerFragment,
} from '../../features/comments/CommentThread.tsx';
import styles from './Conversation.module.css';
import { TaskActivity } from './TaskActivity.tsx';
import { TaskNote, taskNoteFragment } from './TaskNote.tsx';

export const conversationTabs = ['comments', 'note', 'activity'] as const;
export type ConversationTab = (typeof conversationTabs)[number];

export const conversationFragment = graphql(
  `
    fragment Conversation_task on Task {
      id
      commentCount
      ...CommentThread_task
      ...TaskNote_task
    }
  `,
  [commentThreadFragment, taskNoteFragment],
);

type Props = {
  task: FragmentOf<typeof conversationFragment>;
  viewer: FragmentOf<typeof commentViewerFragment> & {
    person: { id: string; name: string };
    company: { name: string };
  };
  tab: ConversationTab;
  /** Whether this part is on the screen: on a phone it is one of three. */
  isShown: boolean;
  /** Comments that arrived while they were not on the screen. */
  unseen: number;
  /** What is said now does not get here. */
  isOffline: boolean;
  /** A comment that a link leads to. */
  commentId: string | null;
  onTab: (tab: ConversationTab) => void;
};

/** Comments, note and activity of a task, one at a time. */
export function Conversation({ task: masked, viewer, tab, isShown, unseen, isOffline, commentId, onTab }: Props) {
  const { t } = useTranslation();
  const task = readFragment(conversationFragment, masked);
  // The note stays once it was opened: leaving its tab must not cut the line that still carries what was typed.
  const [isNoteOpened, setNoteOpened] = useState(tab === 'note');
  if (tab === 'note' && !isNoteOpened) setNoteOpened(true);

  return (
    <Tabs
      value={tab}
      onChange={(value) => onTab(conversationTabs.find((one) => one === value) ?? 'comments')}
      keepMounted
      classNames={{ root: styles.tabs, list: styles.list, tab: styles.tab, panel: styles.panel }}
    >
      <Tabs.List aria-label={t('task.conversation.label')}>
        <Tabs.Tab value="comments">
          {task.commentCount > 0
            ? t('task.conversation.commentsCount', { count: task.commentCount })
            : t('task.conversation.comments')}
          {unseen > 0 && <span className={styles.unseen}>{t('task.part.new', { count: unseen })}</span>}
        </Tabs.Tab>
        <Tabs.Tab value="note">{t('task.conversation.note')}</Tabs.Tab>
        <Tabs.Tab value="activity">{t('task.conversation.activity')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="comments">
        {tab === 'comments' && isShown && (
          <CommentThread task={task} viewer={viewer} isOffline={isOffline} commentId={commentId} />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="note">{isNoteOpened && <TaskNote task={task} viewer={viewer} />}</Tabs.Panel>
      <Tabs.Panel value="activity" className={styles.activity} tabIndex={0}>
        {tab === 'activity' && <TaskActivity taskId={task.id} />}
      </Tabs.Panel>
    </Tabs>
  );
}
