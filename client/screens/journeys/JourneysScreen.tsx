import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { NotFound } from '../../components/NotFound.tsx';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { Tag } from '../../components/Tag.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ImportJourney } from './ImportJourney.tsx';
import styles from './Journeys.module.css';
import { NewJourney } from './NewJourney.tsx';

const journeysQuery = graphql(`
  query Journeys {
    journeys {
      id
      name
      archivedAt
      touchpointCount
    }
  }
`);

/** Every journey of the company. Staff only; to others it does not exist. */
export function JourneysScreen() {
  const { t } = useTranslation();
  const { company, viewerCan } = useViewer();
  const [opened, setOpened] = useState<'new' | 'import' | null>(null);
  const { data, error, refetch } = useQuery(journeysQuery, {
    fetchPolicy: 'cache-and-network',
    skip: !viewerCan.readJourneys,
  });
  if (!viewerCan.readJourneys) return <NotFound company={company.name} />;
  const journeys = data?.journeys ?? [];
  return (
    <Page
      title={t('journeyMap.title')}
      company={company.name}
      state={t('journeyMap.about')}
      actions={
        viewerCan.editJourneys && (
          <>
            <Button variant="default" onClick={() => setOpened('import')}>
              {t('journeyMap.files.import')}
            </Button>
            <Button leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />} onClick={() => setOpened('new')}>
              {t('journeyMap.new')}
            </Button>
          </>
        )
      }
    >
      {error && !data && <ErrorState onRetry={() => void refetch()} />}
      {!data && !error && <Skeletons rows={4} />}
      {data && journeys.length === 0 && <EmptyState text={t('journeyMap.none')} />}
      {journeys.length > 0 && (
        <ul className={styles.journeys}>
          {journeys.map(({ id, name, archivedAt, touchpointCount }) => (
            <li key={id}>
              <Link to="/journeys/$journeyId" params={{ journeyId: id }} className={styles.journey}>
                <strong>{name}</strong>
                <span className={styles.soft}>{t('journeyMap.touchpoints', { count: touchpointCount })}</span>
                {archivedAt && <Tag>{t('journeyMap.archived')}</Tag>}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.log}>
        <Link to="/journeys/reality">{t('journeyReality.title')}</Link>
        <span>{t('journeyReality.about')}</span>
      </p>
      {viewerCan.exportOverview && (
        <p className={styles.log}>
          {t('journeyMap.log.about')}
          <a href="/exports/process.xes" download>
            {t('journeyMap.log.xes')}
          </a>
          <a href="/exports/process.csv" download>
            {t('journeyMap.log.csv')}
          </a>
        </p>
      )}
      {opened === 'new' && <NewJourney copies={journeys} onClose={() => setOpened(null)} />}
      {opened === 'import' && <ImportJourney onClose={() => setOpened(null)} />}
    </Page>
  );
}
