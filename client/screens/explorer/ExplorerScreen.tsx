import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import styles from './Explorer.module.css';

// An editor with its workers: nobody loads it who does not open this page.
const Workbench = lazy(() => import('./Workbench.tsx').then((loaded) => ({ default: loaded.Workbench })));

const ExamplesQuery = graphql(`
  query ExplorerExamples {
    projects(first: 1) { nodes { id position nextStep { id } } }
  }
`);

/** The API to try, signed in as oneself: what is run here is really done. */
export function ExplorerScreen() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { data, error, refetch } = useQuery(ExamplesQuery, { fetchPolicy: 'network-only' });
  const [project] = data?.projects.nodes ?? [];
  return (
    <Page
      title={t('api.explorer.title')}
      company={viewer.company.name}
      isWide
      state={
        <div className={styles.about}>
          <p>
            {t('api.explorer.about', { name: viewer.person.name })} <Link to="/guide">{t('api.explorer.guide')}</Link>
          </p>
          {/* Whoever comes by the keyboard must know the way out before going in. */}
          <p>{t('api.explorer.keys')}</p>
        </div>
      }
    >
      {error && !data && <ErrorState onRetry={() => void refetch()} />}
      {!error && !data && <Skeletons shape="card" rows={2} />}
      {data && (
        <Suspense fallback={<Skeletons shape="card" rows={2} />}>
          <Workbench
            project={
              project ? { id: project.id, position: project.position, taskId: project.nextStep?.id ?? null } : null
            }
          />
        </Suspense>
      )}
    </Page>
  );
}
