import { useTranslation } from 'react-i18next';
import { Page } from '../../../components/Page.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';

/** Who is here. */
export function PeopleScreen() {
  const { t } = useTranslation();
  const viewer = useViewer();
  return (
    <Page title={t('settings.sections.people')} company={viewer.company.name}>
      <p>{viewer.person.name}</p>
    </Page>
  );
}
