import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../components/NotFound.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import { LiveOverview } from '../../live/LiveOverview.tsx';
import { WorkloadQuery } from './documents.ts';
import { PersonRow } from './PersonRow.tsx';
import { WeekHead } from './WeekHead.tsx';
import styles from './Workload.module.css';

const route = getRouteApi('/signedIn/workload');
/** Read again no oftener than this, however much happens in all of the company's projects. */
const apartMs = 2_000;
/** How the address names what nobody has yet. */
const nobody = 'nobody';

/** How full the weeks ahead are, by person; a week opens to the tasks that lie in it. Staff only. */
export function WorkloadScreen() {
  const { t } = useTranslation();
  const { company, isStaff, person } = useViewer();
  const open = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(WorkloadQuery, { fetchPolicy: 'cache-and-network', skip: !isStaff });
  const workload = data?.workload;
  if (!isStaff || (data && !workload)) return <NotFound company={company.name} />;
  const isOwn = workload?.people.every((one) => one.person?.id === person.id);

  async function handleChanges() {
    await refetch();
    await new Promise((resolve) => setTimeout(resolve, apartMs));
  }
  function handleOpen(whose: string, from: string) {
    const isOpen = open.person === whose && open.week === from;
    const search = isOpen ? {} : { person: whose, week: from };
    void navigate({ search, replace: true, resetScroll: false });
  }

  return (
    <LiveOverview cursor={workload?.cursor} onChanges={handleChanges}>
      <Page
        title={t('workload.title')}
        company={company.name}
        state={isOwn ? t('workload.stateOwn') : t('workload.state')}
        isWide
        actions={
          <>
            <ConnectionStatus />
            <Button variant="default" component={Link} to="/my-day">
              {t('workload.toMyDay')}
            </Button>
          </>
        }
      >
        {!workload && error && <ErrorState onRetry={() => void refetch()} />}
        {!workload && !error && <Skeletons rows={6} shape="card" />}
        {workload && (
          <>
            <div className={styles.sheet}>
              <WeekHead weeks={workload.weeks} />
              <ul aria-label={t('workload.people')}>
                {workload.people.map((one) => {
                  const whose = one.person?.id ?? nobody;
                  return (
                    <PersonRow
                      key={whose}
                      row={one}
                      weeks={workload.weeks}
                      openWeek={open.person === whose ? (open.week ?? null) : null}
                      onOpen={(from) => handleOpen(whose, from)}
                    />
                  );
                })}
              </ul>
            </div>
            <p className={styles.legend}>{t('workload.legend')}</p>
          </>
        )}
      </Page>
    </LiveOverview>
  );
}
