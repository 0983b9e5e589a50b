import { useQuery } from '@apollo/client/react';
import { Button, SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ComponentProps, useContext, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment } from '../../api/graphql.ts';
import { EmptyState, ErrorState, FieldError } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { type InboxItem, inboxItemFragment } from '../../features/inbox/documents.ts';
import styles from '../../features/inbox/Inbox.module.css';
import { InboxRow } from '../../features/inbox/InboxRow.tsx';
import { useMarking } from '../../features/inbox/useMarking.ts';
import { useRowKeys } from '../../features/inbox/useRowKeys.ts';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import { LiveStatusContext } from '../../live/LiveProject.tsx';
import { useWarm } from '../../live/useWarm.ts';

const inboxScreenQuery = graphql(
  `
    query InboxScreen($first: Int!, $onlyUnread: Boolean!) {
      viewer {
        inboxUnreadCount
        inboxPosition
        inbox(first: $first, onlyUnread: $onlyUnread) {
          nodes { id ...InboxRow_item }
          pageInfo { hasNextPage }
        }
      }
    }
  `,
  [inboxItemFragment],
);

/** Whether there is anything at all, read or not. */
const inboxAnyQuery = graphql('query InboxAny { viewer { inbox(first: 1, onlyUnread: false) { nodes { id } } } }');

const pageRows = 25;
/** As many as a page of the API holds. */
const mostRows = 100;

/** What concerns the viewer, newest first, live. */
export function InboxScreen() {
  const { t } = useTranslation();
  const { company, account, viewedBy } = useViewer();
  const { unread: onlyUnread = false } = useSearch({ from: '/signedIn/inbox' });
  const navigate = useNavigate();
  const [first, setFirst] = useState(pageRows);
  const [hasFailed, setFailed] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const { toggle, readAll } = useMarking();
  const { data, previousData, error, loading, refetch } = useQuery(inboxScreenQuery, {
    variables: { first, onlyUnread },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const viewer = data?.viewer ?? previousData?.viewer;
  const items = viewer?.inbox.nodes.map((node) => readFragment(inboxItemFragment, node)) ?? [];
  const canMark = viewedBy === null;
  const isNothingShown = viewer !== null && viewer !== undefined && items.length === 0;
  const any = useQuery(inboxAnyQuery, { skip: !(isNothingShown && onlyUnread), fetchPolicy: 'no-cache' });
  const hasRead = (any.data?.viewer?.inbox.nodes.length ?? 0) > 0;
  /** Nothing was ever in it: there is nothing to choose from, nor to mark. */
  const isEmpty = isNothingShown && (!onlyUnread || (any.data !== undefined && !hasRead));
  const { kind } = useContext(LiveStatusContext);
  const [kindBefore, setKindBefore] = useState(kind);
  if (kind !== kindBefore) {
    setKindBefore(kind);
    // The connection is back: what failed without it is to be tried again, not to be read about.
    if (kind === 'live') setFailed(false);
  }

  const handleToggle = async (item: InboxItem) => setFailed(!(await toggle(item)));
  useRowKeys(list, (id) => {
    const item = items.find((one) => one.id === id);
    if (item && canMark) void handleToggle(item);
  });

  return (
    <Page
      title={t('inbox.title')}
      company={company.name}
      state={t('inbox.about')}
      actions={
        <>
          <ConnectionStatus />
          {!isEmpty && (
            <SegmentedControl
              aria-label={t('inbox.show')}
              value={onlyUnread ? 'unread' : 'all'}
              data={[
                { value: 'all', label: t('inbox.all') },
                { value: 'unread', label: t('inbox.onlyUnread') },
              ]}
              onChange={(value) =>
                void navigate({ to: '/inbox', search: { unread: value === 'unread' || undefined }, replace: true })
              }
            />
          )}
          {!isEmpty && canMark && viewer && (
            <Button
              variant="default"
              disabled={viewer.inboxUnreadCount === 0}
              onClick={async () => setFailed(!(await readAll(viewer.inboxPosition)))}
            >
              {t('inbox.readAll')}
            </Button>
          )}
        </>
      }
    >
      {hasFailed && (
        <div className={styles.failed}>
          <FieldError>{t('inbox.failed')}</FieldError>
        </div>
      )}
      {!viewer && error && <ErrorState onRetry={() => void refetch()} />}
      {!viewer && !error && <Skeletons rows={8} shape="card" />}
      {isNothingShown && (
        <EmptyState text={isEmpty ? t('inbox.empty') : t('inbox.emptyUnread')}>
          {hasRead && onlyUnread && (
            <Button variant="default" onClick={() => void navigate({ to: '/inbox', search: {}, replace: true })}>
              {t('inbox.showAll')}
            </Button>
          )}
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className={styles.list} ref={list} aria-label={t('inbox.list')}>
          {items.map((item) => (
            <Row
              key={item.id}
              item={item}
              canMark={canMark}
              withAccount={account === null}
              company={company.name}
              onToggle={() => void handleToggle(item)}
            />
          ))}
        </ul>
      )}
      {items.length > 0 && (
        <div className={styles.foot}>
          {viewer?.inbox.pageInfo.hasNextPage && first < mostRows && (
            <Button variant="default" loading={loading} onClick={() => setFirst(first + pageRows)}>
              {t('inbox.more')}
            </Button>
          )}
          {viewer?.inbox.pageInfo.hasNextPage && first >= mostRows && <p>{t('inbox.end', { count: mostRows })}</p>}
          <p className={styles.keys}>{t('inbox.keys')}</p>
        </div>
      )}
    </Page>
  );
}

function Row(props: Omit<ComponentProps<typeof InboxRow>, 'isWarm'>) {
  return <InboxRow {...props} isWarm={useWarm(props.item.id)} />;
}
