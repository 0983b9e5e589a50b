import { Tabs } from '@mantine/core';
import { IconBook2, IconChevronDown } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type Ref, useContext, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { hasEnded } from '../../api/hasEnded.ts';
import type { commentViewerFragment } from '../../features/comments/CommentThread.tsx';
import { Documentation, documentationFragment } from '../../features/documentation/Documentation.tsx';
import { PresenceFaces } from '../../features/presence/PresenceFaces.tsx';
import { submissionPanelFragment, type submissionViewerFragment } from '../../features/submissions/documents.ts';
import { SubmissionPanel } from '../../features/submissions/SubmissionPanel.tsx';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import { LiveStatusContext } from '../../live/LiveProject.tsx';
import { taskActsFragment } from './acts/documents.ts';
import { Ties } from './acts/Ties.tsx';
import { Conversation, type ConversationTab, conversationFragment } from './Conversation.tsx';
import { ProjectStands } from './ProjectStands.tsx';
import { type Part, parts, turnOf, useLayout } from './parts.ts';
import { TaskHeader, taskHeaderFragment } from './TaskHeader.tsx';
import { TaskNotices, taskNoticesFragment } from './TaskNotices.tsx';
import styles from './TaskScreen.module.css';

export const taskWorkspaceFragment = graphql(
  `
    fragment TaskWorkspace_task on Task {
      id
      state
      unreadCount
      project {
        id
        state
        phases {
          id
          name
          tasks {
            id
            title
          }
        }
      }
      latestSubmission {
        id
        review {
          outcome
        }
      }
      viewerCan {
        submit
        approve
      }
      ...TaskActs_task
      ...TaskHeader_task
      ...Documentation_task
      ...TaskNotices_task
      ...SubmissionPanel_task
      ...Conversation_task
    }
  `,
  [
    taskActsFragment,
    taskHeaderFragment,
    documentationFragment,
    taskNoticesFragment,
    submissionPanelFragment,
    conversationFragment,
  ],
);

type Props = {
  task: FragmentOf<typeof taskWorkspaceFragment>;
  viewer: FragmentOf<typeof commentViewerFragment> &
    FragmentOf<typeof submissionViewerFragment> & {
      isStaff: boolean;
      person: { id: string; name: string };
      company: { name: string };
    };
  titleRef: Ref<HTMLHeadingElement>;
};

const route = getRouteApi('/signedIn/tasks/$taskId');

/**
 * The three parts of a task. They are the same elements in every layout, only arranged otherwise, so that turning a
 * phone or resizing a window never ends an upload or drops what was typed.
 */
export function TaskWorkspace({ task: masked, viewer, titleRef }: Props) {
  const { t } = useTranslation();
  const task = readFragment(taskWorkspaceFragment, masked);
  const { phases } = task.project;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const layout = useLayout();
  const id = useId();
  const turn = turnOf(task);
  const [isFolded, setFolded] = useState(true);
  const isOffline = useContext(LiveStatusContext).kind === 'offline';

  const tab: ConversationTab = search.tab ?? 'comments';
  const part: Part =
    search.part ?? (search.tab || search.comment ? 'conversation' : turn === 'toReview' ? 'input' : 'documentation');
  const isShown = (one: Part) => layout !== 'tabs' || one === part;
  const unseen = isShown('conversation') && tab === 'comments' ? 0 : task.unreadCount;

  const handlePart = (value: string | null) => {
    const next = parts.find((one) => one === value);
    if (next) void navigate({ search: (now) => ({ ...now, part: next }), replace: true });
  };
  const handleTab = (next: ConversationTab) => {
    void navigate({ search: (now) => ({ ...now, tab: next, part: 'conversation' }), replace: true });
  };
  const sectionOf = (one: Part) => ({
    className: styles.part,
    'data-part': one,
    hidden: !isShown(one),
    ...(layout === 'tabs'
      ? { role: 'tabpanel', id: `${id}-panel-${one}`, 'aria-labelledby': `${id}-tab-${one}` }
      : { 'aria-label': t(`task.part.${one}`) }),
  });
  const marks: Record<Part, string | null> = {
    documentation: null,
    input: turn && t(`task.part.${turn}`),
    conversation: unseen > 0 ? t('task.part.new', { count: unseen }) : null,
  };

  return (
    <div className={styles.screen} data-bar={!viewer.isStaff || undefined}>
      <TaskHeader
        task={task}
        acted={task}
        phases={phases}
        viewer={viewer}
        titleRef={titleRef}
        presence={<PresenceFaces taskId={task.id} viewerId={viewer.person.id} isOffline={isOffline} />}
        connection={<ConnectionStatus />}
      />
      {layout === 'tabs' && (
        <div className={styles.above}>
          <ProjectStands state={task.project.state} viewer={viewer} />
        </div>
      )}
      {layout === 'tabs' && (
        <Tabs id={id} value={part} onChange={handlePart} className={styles.partTabs}>
          <Tabs.List grow aria-label={t('task.part.label')}>
            {parts.map((one) => (
              <Tabs.Tab key={one} value={one} className={styles.partTab}>
                {t(`task.part.${one}`)}
                {marks[one] && <span className={styles.mark}>{marks[one]}</span>}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <div className={styles.parts}>
        <div className={styles.work} hidden={!isShown('documentation') && !isShown('input')}>
          <section {...sectionOf('documentation')} tabIndex={layout === 'three' ? 0 : undefined}>
            {layout === 'two' && (
              <button
                type="button"
                className={styles.fold}
                aria-expanded={!isFolded}
                aria-controls={`${id}-fold`}
                onClick={() => setFolded(!isFolded)}
              >
                <IconBook2 size={20} stroke={1.5} aria-hidden />
                {t('task.documentation.title')}
                <IconChevronDown size={16} stroke={1.5} className={styles.chevron} aria-hidden />
              </button>
            )}
            <div id={`${id}-fold`} hidden={layout === 'two' && isFolded}>
              <Documentation task={task} />
            </div>
          </section>
          <section {...sectionOf('input')}>
            <TaskNotices task={task} acted={task} viewer={viewer} isProjectSaid={layout === 'tabs'} />
            <SubmissionPanel task={task} viewer={viewer} isStuck={task.stuck !== null} />
            <Ties task={task} road={phases.flatMap((phase) => phase.tasks)} isEnded={hasEnded(task.project.state)} />
          </section>
        </div>
        <section {...sectionOf('conversation')}>
          <Conversation
            task={task}
            viewer={viewer}
            tab={tab}
            isShown={isShown('conversation')}
            unseen={unseen}
            isOffline={isOffline}
            commentId={search.comment ?? null}
            onTab={handleTab}
          />
        </section>
      </div>
    </div>
  );
}
