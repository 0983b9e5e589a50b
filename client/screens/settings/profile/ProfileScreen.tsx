import { useTranslation } from 'react-i18next';
import { Page } from '../../../components/Page.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';

/** Who one is here. */
export function ProfileScreen() {
  const { t } = useTranslation();
  const viewer = useViewer();
  return (
    <Page title={t('settings.sections.profile')} company={viewer.company.name}>
      <p>{viewer.person.name}</p>
    </Page>
  );
}
