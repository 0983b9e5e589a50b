import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf, readFragment } from '../../api/graphql.ts';
import { NotFound } from '../../components/NotFound.tsx';
import { EmptyState, ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { templateCard } from '../../features/templates/acts.ts';
import { Tick } from '../../features/templates/Tick.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { LiveOverview } from '../../live/LiveOverview.tsx';
import { ImportTemplate } from './ImportTemplate.tsx';
import { NewTemplate } from './NewTemplate.tsx';
import { TemplateGroup } from './TemplateGroup.tsx';

export const TemplatesQuery = graphql(
  `
  query Templates($includeRetired: Boolean!, $after: String) {
    overview { cursor }
    templates(first: 50, includeRetired: $includeRetired, after: $after) {
      nodes { id ...TemplateCard }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [templateCard],
);

type Card = ResultOf<typeof templateCard>;

/** Every playbook of the company, by product. Staff only; to others it does not exist. */
export function TemplatesScreen() {
  const { t } = useTranslation();
  const { company, viewerCan } = useViewer();
  const [includeRetired, setIncludeRetired] = useState(false);
  const [isNew, setIsNew] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const { data, error, loading, refetch, fetchMore } = useQuery(TemplatesQuery, {
    variables: { includeRetired },
    fetchPolicy: 'cache-and-network',
    skip: !viewerCan.readTemplates,
  });
  if (!viewerCan.readTemplates) return <NotFound company={company.name} />;
  const cards = (data?.templates.nodes ?? []).map((node) => readFragment(templateCard, node));
  const pageInfo = data?.templates.pageInfo;

  return (
    <LiveOverview
      cursor={data?.overview?.cursor}
      onChanges={(changes) =>
        changes.some(({ kind }) => kind.startsWith('template.')) ? refetch() : Promise.resolve()
      }
    >
      <Page
        title={t('templates.title')}
        company={company.name}
        state={t('templates.about')}
        actions={
          viewerCan.editTemplates && (
            <>
              <Button leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />} onClick={() => setIsNew(true)}>
                {t('templates.new')}
              </Button>
              <Button variant="default" onClick={() => setImporting(true)}>
                {t('templates.import.open')}
              </Button>
            </>
          )
        }
      >
        {error && !data && <ErrorState onRetry={() => void refetch()} />}
        {!data && !error && <Skeletons rows={8} />}
        {data && cards.length === 0 && <EmptyState text={t('templates.empty')} />}
        {groupsOf(cards).map((group) => (
          <TemplateGroup key={group.products.join()} products={group.products} cards={group.cards} />
        ))}
        {pageInfo?.hasNextPage && (
          <Button
            variant="default"
            mt="md"
            loading={loading}
            onClick={() => fetchMore({ variables: { after: pageInfo.endCursor } })}
          >
            {t('templates.more')}
          </Button>
        )}
        {data && (
          <Tick isOn={includeRetired} onChange={setIncludeRetired}>
            {t('templates.showRetired')}
          </Tick>
        )}
        {isImporting && <ImportTemplate onClose={() => setImporting(false)} />}
        {isNew && <NewTemplate copies={cards} onClose={() => setIsNew(false)} />}
      </Page>
    </LiveOverview>
  );
}

type Group = { products: Card['products']; cards: Card[] };

/** Templates of the same products together, by platform within. */
function groupsOf(cards: Card[]): Group[] {
  const groups = new Map<string, Group>();
  for (const card of cards) {
    const key = card.products.join();
    groups.set(key, { products: card.products, cards: [...(groups.get(key)?.cards ?? []), card] });
  }
  return [...groups.values()]
    .map((group) => ({ ...group, cards: group.cards.sort((a, b) => a.platform.localeCompare(b.platform)) }))
    .sort((a, b) => b.cards.length - a.cards.length || a.products.join().localeCompare(b.products.join()));
}
