import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconDownload, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../api/graphql.ts';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { ProjectEditable } from '../../features/projectEdit/editable.ts';
import { useViewer } from '../../features/viewer/viewer.ts';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import { LiveOverview } from '../../live/LiveOverview.tsx';
import type { Change } from '../../live/stream.ts';
import { BulkBar } from './BulkBar.tsx';
import { Board } from './board/Board.tsx';
import { Display } from './Display.tsx';
import { cardsOfColumn, OverviewPageQuery, OverviewQuery, pageRows } from './documents.ts';
import { Figures } from './Figures.tsx';
import { Filters, type Options } from './Filters.tsx';
import { OverviewRow } from './Integration.tsx';
import { IntegrationTable } from './IntegrationTable.tsx';
import { LayoutSwitch } from './LayoutSwitch.tsx';
import {
  columns,
  exportAddress,
  groupsOf,
  isFiltered,
  isSameLook,
  type Look,
  plainLook,
  searchOf,
  searchWithin,
  sortKeys,
} from './look.ts';
import { OverviewSkeleton } from './OverviewSkeleton.tsx';
import { Sentence } from './Sentence.tsx';
import styles from './Toolbar.module.css';
import { usePages } from './usePages.ts';
import { useReadAgain } from './useReadAgain.ts';
import { useSelection } from './useSelection.ts';
import type { View } from './ViewMenu.tsx';
import { Views } from './Views.tsx';

/** Not everybody looks at the days. */
const Timeline = lazy(async () => ({ default: (await import('./timeline/Timeline.tsx')).Timeline }));

type Props = {
  look: Look;
  /** As the open view, or the plain overview, keeps it. */
  kept: Look;
  views: readonly View[];
  current: View | null;
  /** The address names a view that is not there. */
  isGone: boolean;
  options: Options & { hasMoney: boolean };
  /** What the address of another look begins with: a view, `all`, or nothing. */
  base: string | null;
};

/** The list of one look, with all that changes the look. */
export function Integrations({ look, kept, views, current, isGone, options, base }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { company, viewerCan } = useViewer();
  const { filter, sort } = look;
  const { layout } = look;
  const groupBy = groupsOf(look);
  const variables = { filter, sort, groupBy, perGroup: layout === 'BOARD' ? cardsOfColumn : null };
  const {
    data: newest,
    previousData,
    error,
    loading,
    refetch,
    fetchMore,
  } = useQuery(OverviewQuery, { variables: { ...variables, first: pageRows }, fetchPolicy: 'cache-and-network' });
  // Another look, or a read that failed, takes nothing off the screen before there is something else to show.
  const data = newest ?? previousData;
  const list = data?.integrations;
  const [further, setFurther] = useState<readonly number[]>([]);
  const pages = usePages(OverviewPageQuery, { filter, sort, groupBy }, layout === 'TABLE' ? further : []);
  const known = [...(list?.nodes ?? []), ...pages.known];
  const selection = useSelection(known.map(({ id }) => id));
  const selected = known
    .filter(({ id }) => selection.isSelected(id))
    .map((node) => readFragment(ProjectEditable, readFragment(OverviewRow, node)));
  const readFirst = useReadAgain(variables, list?.nodes.length ?? 0);
  const readAgain = (changes: readonly Change[]) =>
    Promise.all([readFirst(changes), pages.readAgain(), readDays.current?.()]);
  const readDays = useRef<(() => Promise<unknown>) | null>(null);
  const handleReader = useCallback((next: typeof readDays.current) => {
    readDays.current = next;
  }, []);
  const may = <V extends string>(value: V) => value !== 'REVENUE' || options.hasMoney;
  const { hasMoney } = options;
  const shownColumns = useMemo(
    () => columns.filter((column) => look.columns.includes(column) && (hasMoney || column !== 'REVENUE')),
    [look.columns, hasMoney],
  );

  function handleLook(next: Look) {
    const isTyping = next.filter.text !== filter.text;
    void navigate({
      to: '/overview',
      search: base ? searchWithin(base, next) : searchOf(next),
      replace: isTyping,
      resetScroll: false,
    });
  }
  const handleFilter = (next: Look['filter']) => handleLook({ ...look, filter: next });

  return (
    <LiveOverview cursor={data?.overview?.cursor} onChanges={readAgain}>
      <Page title={t('overview.title')} company={company.name} isWide actions={data && <Actions />}>
        {error && !data && <ErrorState onRetry={() => void refetch()} />}
        {!data && !error && <OverviewSkeleton />}
        {data?.overview && <Figures figures={data.overview} />}
        {list && (
          <>
            <div className={styles.bar}>
              <Views
                views={views}
                current={current}
                look={look}
                isChanged={!isSameLook(look, kept)}
                isGone={isGone}
                tools={
                  <>
                    <Filters filter={filter} options={options} onFilter={handleFilter} />
                    <span className={styles.right}>
                      <LayoutSwitch layout={layout} onLayout={(next) => handleLook({ ...look, layout: next })} />
                      <Display
                        look={look}
                        offered={{ columns: columns.filter(may), sorts: sortKeys.filter(may) }}
                        onLook={handleLook}
                      />
                      {viewerCan.exportOverview && (
                        <Button
                          component="a"
                          href={exportAddress(look, shownColumns)}
                          download
                          variant="default"
                          size="xs"
                          leftSection={<IconDownload size={16} stroke={1.5} aria-hidden="true" />}
                        >
                          {t('overview.export')}
                        </Button>
                      )}
                    </span>
                  </>
                }
              />
            </div>
            <Sentence total={list.totalCount} filter={filter} options={options} onFilter={handleFilter} />
            {error && <ErrorState text={t('overview.stale')} onRetry={() => void refetch()} />}
            {list.nodes.length > 0 && layout === 'TIMELINE' && (
              <Suspense fallback={<OverviewSkeleton />}>
                <Timeline
                  list={{ filter, sort, groupBy }}
                  total={list.totalCount}
                  groups={groupBy ? list.groups : []}
                  zoom={look.zoom}
                  onZoom={(zoom) => handleLook({ ...look, zoom })}
                  onReader={handleReader}
                />
              </Suspense>
            )}
            {list.nodes.length > 0 && layout === 'BOARD' && groupBy && (
              <div aria-busy={loading}>
                <Board projects={list.nodes} groups={list.groups} groupBy={groupBy} look={look} />
              </div>
            )}
            {list.nodes.length > 0 && layout === 'TABLE' && (
              <div aria-busy={loading}>
                {selected.length > 0 && <BulkBar projects={selected} onClear={selection.clear} />}
                <IntegrationTable
                  of={JSON.stringify(variables)}
                  projects={list.nodes}
                  total={list.totalCount}
                  rowAt={pages.rowAt}
                  onView={setFurther}
                  groups={list.groups}
                  groupBy={groupBy}
                  columns={shownColumns}
                  sort={sort}
                  onSort={(next) => handleLook({ ...look, sort: next })}
                  selection={selection}
                />
              </div>
            )}
            {list.nodes.length === 0 && !isFiltered(look) && (
              <EmptyState text={t('overview.empty')}>{viewerCan.createProjects && <NewIntegration />}</EmptyState>
            )}
            {list.nodes.length === 0 && isFiltered(look) && (
              <EmptyState text={t('overview.noHits')}>
                <Button variant="default" onClick={() => handleFilter(plainLook.filter)}>
                  {t('overview.clear')}
                </Button>
              </EmptyState>
            )}
            {list.pageInfo.hasNextPage && layout !== 'TIMELINE' && (
              <p className={layout === 'BOARD' ? styles.rest : styles.restOfCards}>
                {layout === 'TABLE' && (
                  <span>{t('overview.shown', { shown: list.nodes.length, total: list.totalCount })}</span>
                )}
                <Button
                  variant="default"
                  size="xs"
                  loading={loading}
                  onClick={() => fetchMore({ variables: { after: list.pageInfo.endCursor } })}
                >
                  {layout === 'BOARD' ? t('overview.board.more') : t('overview.more')}
                </Button>
              </p>
            )}
          </>
        )}
      </Page>
    </LiveOverview>
  );
}

function Actions() {
  const { viewerCan } = useViewer();
  return (
    <>
      <ConnectionStatus />
      {viewerCan.createProjects && <NewIntegration />}
    </>
  );
}

function NewIntegration() {
  const { t } = useTranslation();
  return (
    <Button
      size="xs"
      leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
      renderRoot={(props) => <Link to="/projects/new" {...props} />}
    >
      {t('overview.create')}
    </Button>
  );
}
