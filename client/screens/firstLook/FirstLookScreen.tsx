import { useQuery } from '@apollo/client/react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../components/NotFound.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { LiveProject } from '../../live/LiveProject.tsx';
import { ReadOnce } from '../../live/readOnce.ts';
import { FirstLookQuery } from './documents.ts';
import { placeIn } from './place.ts';
import { Stage } from './Stage.tsx';

const route = getRouteApi('/signedIn/projects/$projectId/first-look');

/** The client's own products in working mocks of what they bought, a tab for each; live while feeds are mended. */
export function FirstLookScreen() {
  const { t } = useTranslation();
  const { projectId } = route.useParams();
  const search = route.useSearch();
  const place = useMemo(() => placeIn(search), [search]);
  const viewer = useViewer();
  const company = viewer.company.name;
  const { data, previousData, error, refetch, startPolling, stopPolling } = useQuery(FirstLookQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
  const reading = useMemo(
    () => new ReadOnce(async () => (await refetch({ id: projectId })).data?.project?.position ?? null),
    [refetch, projectId],
  );
  const kept = previousData?.project?.id === projectId ? previousData.project : undefined;
  const project = data ? data.project : kept;

  if (!project) {
    if (data && !error) return <NotFound company={company} />;
    return (
      <Page title={t('common.loading')} company={company} heading={<Skeletons shape="title" />} isWide>
        {error ? <ErrorState onRetry={() => void refetch()} /> : <Skeletons shape="card" rows={2} />}
      </Page>
    );
  }
  const trail = (
    <Link to="/projects/$projectId" params={{ projectId }}>
      {t('firstLook.screen.back', { project: project.name })}
    </Link>
  );
  return (
    <LiveProject
      projectId={project.id}
      position={project.position}
      onChanges={(changes) => reading.through(changes.map(({ position }) => position))}
    >
      <Stage
        key={project.id}
        project={project}
        viewer={viewer}
        product={search.product}
        place={place}
        trail={trail}
        onPolling={(ms) => (ms === null ? stopPolling() : startPolling(ms))}
        onSaved={() => reading.now().catch(() => {})}
      />
    </LiveProject>
  );
}
