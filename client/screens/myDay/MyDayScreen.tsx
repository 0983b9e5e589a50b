import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../components/NotFound.tsx';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useRowKeys } from '../../features/inbox/useRowKeys.ts';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import { LiveOverview } from '../../live/LiveOverview.tsx';
import { MyDayQuery } from './documents.ts';
import styles from './MyDay.module.css';
import { MyDayGroup } from './MyDayGroup.tsx';

const shownAtFirst = 10;
/** As many as a page of the API holds. */
const mostShown = 100;
/** A day is read again no oftener than this, however much happens in all of the company's projects. */
const apartMs = 1_000;
/** What is due becomes late by the clock alone. */
const byTheClockMs = 300_000;

/** What needs the viewer, and why, by urgency; live. Staff only; to others it does not exist. */
export function MyDayScreen() {
  const { t } = useTranslation();
  const { company, isStaff } = useViewer();
  const [first, setFirst] = useState(shownAtFirst);
  const lists = useRef<HTMLDivElement>(null);
  useRowKeys(lists, () => {});
  const { data, previousData, error, refetch } = useQuery(MyDayQuery, {
    variables: { first },
    fetchPolicy: 'cache-and-network',
    pollInterval: byTheClockMs,
    skip: !isStaff,
  });
  const day = data?.myDay ?? previousData?.myDay;
  if (!isStaff) return <NotFound company={company.name} />;

  async function handleChanges() {
    await refetch();
    await new Promise((resolve) => setTimeout(resolve, apartMs));
  }

  return (
    <LiveOverview cursor={day?.cursor} onChanges={handleChanges}>
      <Page
        title={t('myDay.title')}
        company={company.name}
        state={day && day.count > 0 ? t('myDay.state', { count: day.count }) : undefined}
        actions={
          <>
            <ConnectionStatus />
            <Button variant="default" component={Link} to="/workload">
              {t('myDay.workload')}
            </Button>
          </>
        }
      >
        {!day && error && <ErrorState onRetry={() => void refetch()} />}
        {!day && !error && <Skeletons rows={8} shape="card" />}
        {day?.count === 0 && (
          <EmptyState text={t('myDay.empty')}>
            <Button variant="default" component={Link} to="/overview">
              {t('myDay.toOverview')}
            </Button>
          </EmptyState>
        )}
        {day && day.count > 0 && (
          <>
            <div className={styles.groups} ref={lists}>
              {day.groups.map((group) => (
                <MyDayGroup
                  key={group.urgency}
                  group={group}
                  onMore={first < mostShown ? () => setFirst(mostShown) : null}
                />
              ))}
            </div>
            <p className={styles.keys}>{t('myDay.keys')}</p>
          </>
        )}
      </Page>
    </LiveOverview>
  );
}
