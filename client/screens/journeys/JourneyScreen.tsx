import { useMutation, useQuery } from '@apollo/client/react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { InlineText } from '../../components/InlineEdit.tsx';
import { NotFound } from '../../components/NotFound.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { mapQuery, updateMutation } from '../../features/journeys/documents.ts';
import { type JourneyLoaded, useJourney } from '../../features/journeys/useJourney.ts';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { MapState } from './MapState.tsx';
import { MapWork } from './MapWork.tsx';

const route = getRouteApi('/signedIn/journeys/$journeyId');

/** One journey: its map as it is drawn, by however many people. Staff only; to others it does not exist. */
export function JourneyScreen() {
  const { journeyId } = route.useParams();
  const { company, viewerCan } = useViewer();
  const { data, error, refetch } = useQuery(mapQuery, {
    variables: { id: journeyId },
    // The map lives in its store from then on; the cache would hold it a second time.
    fetchPolicy: 'no-cache',
    skip: !viewerCan.readJourneys,
  });
  const journey = data?.journey;
  if (!viewerCan.readJourneys || (data && !journey)) return <NotFound company={company.name} />;
  if (!journey && error) return <ErrorState onRetry={() => void refetch()} />;
  if (!journey) return <Skeletons rows={8} shape="card" />;
  return <OpenJourney key={journey.id} journey={journey} />;
}

function OpenJourney({ journey: loaded }: { journey: JourneyLoaded }) {
  const { t } = useTranslation();
  const { company, person } = useViewer();
  const doc = useJourney(loaded, person);
  const { journey } = doc;
  const [update] = useMutation(updateMutation);
  const rename = async (name: string) => {
    try {
      const { data } = await update({ variables: { id: journey.id, input: { revision: journey.revision, name } } });
      return data?.journeyUpdate.userErrors[0]?.message ?? null;
    } catch {
      return t('journeyMap.failed');
    }
  };
  return (
    <Page
      isWide
      title={journey.name}
      company={company.name}
      trail={<Link to="/journeys">{t('journeyMap.title')}</Link>}
      heading={
        doc.canEdit ? (
          <InlineText label={t('journeyMap.nameLabel')} value={journey.name} maxLength={120} onSave={rename} />
        ) : (
          journey.name
        )
      }
      state={<MapState doc={doc} />}
      actions={<ExportMenu journeyId={journey.id} />}
    >
      <MapWork doc={doc} />
    </Page>
  );
}
