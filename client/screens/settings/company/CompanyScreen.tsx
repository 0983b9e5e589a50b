import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../../components/NotFound.tsx';
import { ErrorState } from '../../../components/Notice.tsx';
import { Page } from '../../../components/Page.tsx';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { AccentPart } from './AccentPart.tsx';
import { AnswersPart } from './AnswersPart.tsx';
import { CalendarPart } from './CalendarPart.tsx';
import styles from './Company.module.css';
import { CompanySettingsQuery } from './documents.ts';
import { LogoPart } from './LogoPart.tsx';
import { NamePart } from './NamePart.tsx';
import { SenderPart } from './SenderPart.tsx';

/** What an admin says once about the company: how it is called, how it looks, and when it works. */
export function CompanyScreen() {
  const { t } = useTranslation();
  const { company, viewerCan } = useViewer();
  const { data, error, refetch } = useQuery(CompanySettingsQuery, { fetchPolicy: 'cache-and-network' });
  const settings = data?.companySettings;
  if (!viewerCan.editCompany) return <NotFound company={company.name} />;
  return (
    <Page title={t('company.title')} company={company.name}>
      {!data && error && <ErrorState onRetry={() => void refetch()} />}
      {!data && !error && <Skeletons rows={4} shape="card" />}
      {settings && (
        <div className={styles.parts}>
          <NamePart settings={settings} />
          <LogoPart logoUrl={data.company.logoUrl} name={settings.name} />
          <AccentPart settings={settings} />
          <SenderPart settings={settings} />
          <CalendarPart settings={settings} />
          <AnswersPart settings={settings} company={settings.name} />
        </div>
      )}
    </Page>
  );
}
