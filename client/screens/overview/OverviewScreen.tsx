import { useQuery } from '@apollo/client/react';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../api/graphql.ts';
import { NotFound } from '../../components/NotFound.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { SavedViewLook, ViewsQuery } from './documents.ts';
import { Integrations } from './Integrations.tsx';
import { lookOf, plainLook, saysLook } from './look.ts';
import { OverviewSkeleton } from './OverviewSkeleton.tsx';
import { lookOfView } from './useViews.ts';

const route = getRouteApi('/signedIn/overview');

/**
 * Every integration on one screen, one line each, live. Staff only; to others it does not exist. The address says how
 * they are looked at: by a saved view, by its own words, or plain.
 */
export function OverviewScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const { company, isStaff } = useViewer();
  const { data, error, refetch } = useQuery(ViewsQuery, { fetchPolicy: 'cache-and-network', skip: !isStaff });
  if (!isStaff) return <NotFound company={company.name} />;
  const title = t('overview.title');
  if (!data?.integrationOptions) {
    return (
      <Page title={title} company={company.name} isWide>
        {error ? <ErrorState onRetry={() => void refetch()} /> : <OverviewSkeleton />}
      </Page>
    );
  }
  const views = readFragment(SavedViewLook, data.savedViews);
  const current = views.find((view) => view.id === search.view) ?? null;
  const byDefault = views.find((view) => view.isDefault);
  if (!search.view && !saysLook(search) && byDefault) {
    return <Navigate to="/overview" search={{ view: byDefault.id }} replace />;
  }
  const kept = current ? lookOfView(current) : plainLook;
  return (
    <Integrations
      look={saysLook(search) ? lookOf(search) : kept}
      kept={kept}
      views={views}
      current={current}
      isGone={search.view !== undefined && search.view !== 'all' && !current}
      options={data.integrationOptions}
      // Where a view opens first, the plain overview has to be asked for.
      base={current?.id ?? (byDefault || search.view ? 'all' : null)}
    />
  );
}
