import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../../api/graphql.ts';
import { ErrorState } from '../../../components/Notice.tsx';
import { Page } from '../../../components/Page.tsx';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { AboutForm } from './AboutForm.tsx';
import { AwayCard } from './AwayCard.tsx';
import { PasswordCard } from './PasswordCard.tsx';
import styles from './Profile.module.css';
import { SessionList, SessionRow } from './SessionList.tsx';

const ProfileQuery = graphql(
  `
  query Profile {
    viewer {
      person { id email }
      signIn { passwordSetAt isFresh }
      sessions { ...SessionRow }
    }
  }
`,
  [SessionRow],
);

/** Who one is here, how one signs in, and where one is signed in. */
export function ProfileScreen() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { data, error, refetch } = useQuery(ProfileQuery, { fetchPolicy: 'cache-and-network' });
  const own = data?.viewer;
  const { person } = viewer;
  const place = person.accountName ?? viewer.company.name;
  return (
    <Page
      title={t('settings.profile.title')}
      company={viewer.company.name}
      state={t('settings.profile.role', { role: t(`names.role.${person.role}`), place })}
    >
      <div className={styles.cards}>
        <AboutForm person={person} email={own?.person.email ?? null} isReadOnly={viewer.viewedBy !== null} />
        {!own && !error && <Skeletons rows={3} />}
        {!own && error && <ErrorState onRetry={() => void refetch()} />}
        {viewer.viewedBy === null && <AwayCard />}
        {own?.signIn && <PasswordCard signIn={own.signIn} onChanged={() => void refetch()} />}
        {own && own.sessions.length > 0 && <SessionList sessions={own.sessions} onEnded={() => void refetch()} />}
      </div>
    </Page>
  );
}
