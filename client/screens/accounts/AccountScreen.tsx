import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InlineText } from '../../components/InlineEdit.tsx';
import { NotFound } from '../../components/NotFound.tsx';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import { AccountFiles } from './AccountFiles.tsx';
import { AccountNotes } from './AccountNotes.tsx';
import styles from './Accounts.module.css';
import { Calendar } from './Calendar.tsx';
import { AccountQuery, type AccountShown } from './documents.ts';
import { ExternalIds } from './ExternalIds.tsx';
import { Group } from './Group.tsx';
import { History } from './History.tsx';
import { hostOf } from './hostOf.ts';
import { KnownFacts } from './KnownFacts.tsx';
import { Projects } from './Projects.tsx';
import { useAccountEdit } from './useAccountEdit.ts';

const MergeDialog = lazy(async () => ({ default: (await import('./merge/MergeDialog.tsx')).MergeDialog }));
const route = getRouteApi('/signedIn/accounts/$accountId');

/** A client company over all its projects. Staff only: to everybody else there is nothing here. */
export function AccountScreen() {
  const { accountId } = route.useParams();
  const { company, isStaff } = useViewer();
  const { data, error, refetch } = useQuery(AccountQuery, {
    variables: { id: accountId },
    fetchPolicy: 'cache-and-network',
    skip: !isStaff,
  });
  const account = data?.account;
  if (!isStaff || (data && !account)) return <NotFound company={company.name} />;
  if (!account && error) return <ErrorState onRetry={() => void refetch()} />;
  if (!account) return <Skeletons rows={6} shape="card" />;
  // It was merged into another: the old address leads there.
  if (account.id !== accountId)
    return <Navigate to="/accounts/$accountId" params={{ accountId: account.id }} replace />;
  return <Account key={account.id} account={account} onChanged={() => void refetch()} />;
}

type Props = { account: AccountShown; onChanged: () => void };

function Account({ account, onChanged }: Props) {
  const { t } = useTranslation();
  const { company } = useViewer();
  const [isMerging, setMerging] = useState(false);
  const edit = useAccountEdit(account, onChanged);
  const { staff, viewerCan } = account;
  if (!staff) return <NotFound company={company.name} />;
  const running = t('accounts.running', { count: staff.runningProjectCount });
  const today = todayOf(new Date());
  return (
    <Page
      title={account.name}
      company={company.name}
      trail={<Link to="/accounts">{t('accounts.title')}</Link>}
      heading={
        viewerCan.edit ? (
          <InlineText
            label={t('accounts.name')}
            value={account.name}
            maxLength={120}
            onSave={(name) => edit({ name })}
          />
        ) : (
          account.name
        )
      }
      state={
        <span className={styles.state}>
          {viewerCan.edit ? (
            <InlineText
              label={t('accounts.website')}
              value={account.website}
              maxLength={300}
              inputMode="url"
              onSave={(website) => edit({ website })}
            >
              {hostOf(account.website)}
            </InlineText>
          ) : (
            <span>{hostOf(account.website)}</span>
          )}
          <span>{running}</span>
          <span>{t('accounts.since', { day: dayWords(staff.createdAt.slice(0, 10), today) })}</span>
        </span>
      }
      actions={
        viewerCan.merge && (
          <Button variant="default" onClick={() => setMerging(true)}>
            {t('accounts.merge.open')}
          </Button>
        )
      }
    >
      {staff.merged.map((one) => (
        <p key={`${one.name} ${one.mergedAt}`} className={styles.former}>
          {t('accounts.formerly', { name: one.name, day: dayWords(one.mergedAt.slice(0, 10), today) })}
        </p>
      ))}
      <div className={styles.columns}>
        <div className={styles.column}>
          <Projects projects={staff.projects} />
          <History accountId={account.id} />
        </div>
        <div className={styles.column}>
          <People account={account} />
          <ExternalIds account={account} onChanged={onChanged} />
          <Calendar account={account} calendar={staff.calendar} onChanged={onChanged} />
          <KnownFacts account={account} facts={staff.facts} onChanged={onChanged} />
          <AccountFiles accountId={account.id} />
          <AccountNotes accountId={account.id} />
        </div>
      </div>
      {isMerging && (
        <Suspense fallback={null}>
          <MergeDialog into={account} onClose={() => setMerging(false)} onMerged={onChanged} />
        </Suspense>
      )}
    </Page>
  );
}

function People({ account }: { account: AccountShown }) {
  const { t } = useTranslation();
  return (
    <Group title={t('accounts.people.title')} none={account.people.length === 0 && t('accounts.people.none')}>
      <ul className={styles.plain}>
        {account.people.map((person) => (
          <li key={person.id} className={styles.pair}>
            <span>{person.name}</span>
            <span className={styles.soft}>{t(`names.role.${person.role}`)}</span>
          </li>
        ))}
      </ul>
      <Link to="/settings/people" className={styles.more}>
        {t('accounts.people.manage')}
      </Link>
    </Group>
  );
}
