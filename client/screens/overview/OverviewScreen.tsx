import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { NotFound } from '../../components/NotFound.tsx';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import { LiveOverview } from '../../live/LiveOverview.tsx';
import { Figures, OverviewFigures } from './Figures.tsx';
import { OverviewRow } from './Integration.tsx';
import { IntegrationTable } from './IntegrationTable.tsx';
import { refetchRows } from './refetchRows.ts';

export const OverviewQuery = graphql(
  `
  query Overview($after: String) {
    overview { cursor ...OverviewFigures }
    projects(first: 50, after: $after) {
      nodes { id ...OverviewRow }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
`,
  [OverviewFigures, OverviewRow],
);

/** Every integration on one screen, one line each, live. Staff only; to others it does not exist. */
export function OverviewScreen() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { company, isStaff } = useViewer();
  const {
    data: newest,
    previousData,
    error,
    loading,
    refetch,
    fetchMore,
  } = useQuery(OverviewQuery, {
    fetchPolicy: 'cache-and-network',
    skip: !isStaff,
  });
  // A refetch that failed takes nothing off the screen.
  const data = newest ?? previousData;
  const projects = data?.projects;
  if (!isStaff) return <NotFound company={company.name} />;

  return (
    <LiveOverview
      cursor={data?.overview?.cursor}
      onChanges={(changes) => refetchRows(client, changes, new Set(projects?.nodes.map((one) => one.id)))}
    >
      <Page title={t('overview.title')} company={company.name} isWide actions={data && <ConnectionStatus />}>
        {error && !data && <ErrorState onRetry={() => void refetch()} />}
        {!data && !error && <Skeletons rows={8} />}
        {data?.overview && <Figures figures={data.overview} />}
        {projects && projects.nodes.length === 0 && <EmptyState text={t('overview.empty')} />}
        {projects && projects.nodes.length > 0 && <IntegrationTable projects={projects.nodes} />}
        {projects?.pageInfo.hasNextPage && (
          <Button
            variant="default"
            mt="md"
            loading={loading}
            onClick={() => fetchMore({ variables: { after: projects.pageInfo.endCursor } })}
          >
            {t('overview.more')}
          </Button>
        )}
      </Page>
    </LiveOverview>
  );
}
