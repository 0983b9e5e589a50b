import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../api/graphql.ts';
import { ActivityFeed, ActivityItem } from '../../features/activity/ActivityFeed.tsx';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';

const earlierQuery = graphql(
  `
  query EarlierChanges($id: ID!, $before: String!) {
    project(id: $id) {
      id
      changes(last: 100, before: $before) {
        nodes { ...ActivityItem }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  }
`,
  [ActivityItem],
);

type Page = NonNullable<ResultOf<typeof earlierQuery>['project']>['changes'];
type Item = Page['nodes'][number];

/** What happened, newest first, and back to the first day for whoever asks. */
export function Happened({ project }: { project: ProjectShown }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { nodes, pageInfo } = project.changes;
  // Once somebody went further back, all that has been seen: the page of the newest moves on while things happen.
  const [kept, setKept] = useState<{ items: readonly Item[]; start: Page['pageInfo'] } | null>(null);
  const [isLoading, setLoading] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    setKept((now) => now && { ...now, items: withNewer(now.items, nodes) });
  }, [nodes]);
  const { hasPreviousPage, startCursor } = kept?.start ?? pageInfo;

  const handleMore = async (before: string) => {
    setLoading(true);
    const variables = { id: project.id, before };
    const found = await client.query({ query: earlierQuery, variables, fetchPolicy: 'no-cache' }).catch(() => null);
    const page = found?.data?.project?.changes;
    setLoading(false);
    setFailed(!page);
    if (page) {
      setKept((now) => ({ items: withNewer(page.nodes, now?.items ?? nodes), start: page.pageInfo }));
    }
  };
  const titles = new Map(project.tasks.map((task) => [task.id, task.title]));
  return (
    <section className={styles.group}>
      <h2 className={styles.groupTitle}>{t('activity.title')}</h2>
      <ActivityFeed
        items={kept ? withNewer(kept.items, nodes) : nodes}
        place="inProject"
        taskTitle={(id) => titles.get(id)}
        earlier={
          hasPreviousPage && startCursor !== null
            ? { isLoading, hasFailed, onMore: () => void handleMore(startCursor) }
            : null
        }
      />
    </section>
  );
}

/** Each once, by its place in the log. */
function withNewer(items: readonly Item[], newer: readonly Item[]): Item[] {
  const seen = new Set(newer.map((item) => item.position));
  return [...items.filter((item) => !seen.has(item.position)), ...newer];
}
