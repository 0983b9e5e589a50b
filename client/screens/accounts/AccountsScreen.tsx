import { useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LetterTile } from '../../components/Face.tsx';
import { NotFound } from '../../components/NotFound.tsx';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import styles from './Accounts.module.css';
import { type AccountLine, AccountsQuery } from './documents.ts';
import { hostOf } from './hostOf.ts';

const route = getRouteApi('/signedIn/accounts');
/** Who types is left alone for so long before the list is asked. */
const restMs = 200;

/** Every client company, by name; what is looked for stands in the address. Staff only. */
export function AccountsScreen() {
  const { t } = useTranslation();
  const { company, isStaff } = useViewer();
  const { text = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(AccountsQuery, {
    variables: { text: text === '' ? null : text, after: null },
    fetchPolicy: 'cache-and-network',
    skip: !isStaff,
  });
  if (!isStaff) return <NotFound company={company.name} />;
  const page = (data ?? previousData)?.accounts;
  const handleSearch = (next: string) =>
    void navigate({ search: next === '' ? {} : { text: next }, replace: true, resetScroll: false });
  return (
    <Page title={t('accounts.title')} company={company.name} state={t('accounts.state')}>
      <Search value={text} onChange={handleSearch} />
      {!page && error && <ErrorState onRetry={() => void refetch()} />}
      {!page && !error && <Skeletons rows={8} />}
      {page?.nodes.length === 0 && (
        <EmptyState text={text === '' ? t('accounts.none') : t('accounts.nothing', { text })} />
      )}
      {page && page.nodes.length > 0 && (
        <ul className={styles.list} aria-label={t('accounts.list')}>
          {page.nodes.map((account) => (
            <Line key={account.id} account={account} />
          ))}
        </ul>
      )}
      {page?.pageInfo.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={loading}
          onClick={() =>
            void fetchMore({
              variables: { after: page.pageInfo.endCursor },
              updateQuery: (had, { fetchMoreResult: more }) => ({
                accounts: { ...more.accounts, nodes: [...had.accounts.nodes, ...more.accounts.nodes] },
              }),
            })
          }
        >
          {t('accounts.more')}
        </Button>
      )}
    </Page>
  );
}

function Line({ account }: { account: AccountLine }) {
  const { t } = useTranslation();
  const running = account.staff?.runningProjectCount ?? 0;
  return (
    <li>
      <Link to="/accounts/$accountId" params={{ accountId: account.id }} className={styles.line}>
        <LetterTile name={account.name} />
        <span className={styles.lineName}>
          <strong>{account.name}</strong>
          <span className={styles.soft}>{hostOf(account.website)}</span>
        </span>
        <span className={styles.count}>{t('accounts.peopleCount', { count: account.people.length })}</span>
        <span className={styles.count} data-none={running === 0 || undefined}>
          {t('accounts.running', { count: running })}
        </span>
      </Link>
    </li>
  );
}

function Search({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const tell = useEffectEvent((text: string) => leave(text));
  function leave(text: string) {
    if (text === told.current) return;
    told.current = text;
    onChange(text);
  }
  useEffect(() => {
    const timer = setTimeout(() => tell(typed.trim()), restMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      className={styles.search}
      type="search"
      aria-label={t('accounts.search')}
      placeholder={t('accounts.searchHint')}
      leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      // Whoever goes on to a line of the list is not called back from there when the rest is over.
      onBlur={() => leave(typed.trim())}
    />
  );
}
