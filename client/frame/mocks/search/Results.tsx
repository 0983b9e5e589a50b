import { useEffect, useState } from 'react';
import { AskFailure } from '../../bridge.ts';
import { useFrame } from '../../frameContext.ts';
import { Icon } from '../../parts/Icon.tsx';
import { ProductTiles } from '../../parts/ProductTile.tsx';
import { Bones, Nothing, Trouble } from '../../parts/Trouble.tsx';
import type { AskProblem, Layout } from '../../protocol.ts';
import type { Product, SearchAnswer, SearchSort } from '../../shapes.ts';
import { useAsk } from '../../useAsk.ts';
import { Chips } from './Chips.tsx';
import { Facets } from './Facets.tsx';
import { filterCount, noFilters, type Question, searchAsk, sorts } from './filters.ts';
import styles from './Results.module.css';

type Props = {
  question: Question;
  onQuestion: (question: Question) => void;
  onOpen: (product: Product) => void;
  onStart: () => void;
};

/** The hits, what narrows them, their order, and how they stand. */
export function Results({ question, onQuestion, onOpen, onStart }: Props) {
  const { t, mock } = useFrame();
  const { layout: layoutSet, results } = mock.settings;
  const [layout, setLayout] = useState<Layout>(layoutSet);
  const [areFiltersOpen, setFiltersOpen] = useState(false);
  const { answer, answered, problem, isAsking, askAgain } = useAsk<'search'>(searchAsk(question, results, 0));
  const { filters } = question;
  const narrowed = filterCount(filters);

  // Tried out from outside: what was chosen here before gives way.
  useEffect(() => setLayout(layoutSet), [layoutSet]);

  if (problem && !answer) return <Frame>{<Trouble problem={problem} onAgain={askAgain} />}</Frame>;
  if (!answer || !answered) {
    return (
      <Frame>
        <Bones count={8} />
      </Frame>
    );
  }
  return (
    <Frame>
      <Heading text={answered.text} answer={answer} />
      <div className={styles.columns}>
        <aside className={styles.aside} aria-label={t('firstLookMocks.facet.title')}>
          <button
            type="button"
            className={styles.filterButton}
            aria-expanded={areFiltersOpen}
            onClick={() => setFiltersOpen(!areFiltersOpen)}
          >
            <Icon of="filter" />
            {narrowed > 0 ? t('firstLookMocks.facet.titleCount', { count: narrowed }) : t('firstLookMocks.facet.title')}
          </button>
          <div className={styles.filters} data-open={areFiltersOpen || undefined}>
            <Facets
              facets={answer.facets}
              filters={filters}
              onFilters={(next) => onQuestion({ ...question, filters: next })}
            />
          </div>
        </aside>
        <section className={styles.hits} aria-busy={isAsking}>
          <div className={styles.tools}>
            <Chips filters={filters} onFilters={(next) => onQuestion({ ...question, filters: next })} />
            <label className={styles.sort}>
              <span>{t('firstLookMocks.sort.label')}</span>
              <select
                value={question.sort}
                onChange={(event) =>
                  onQuestion({
                    ...question,
                    sort: sorts.find((one) => one === event.currentTarget.value) ?? 'RELEVANCE',
                  })
                }
              >
                {sorts.map((sort: SearchSort) => (
                  <option key={sort} value={sort}>
                    {t(`firstLookMocks.sort.${sort}`)}
                  </option>
                ))}
              </select>
            </label>
            <LayoutSwitch layout={layout} onLayout={setLayout} />
          </div>
          {problem && <Trouble problem={problem} onAgain={askAgain} />}
          {answer.total === 0 ? (
            <Nothing
              text={
                answered.text === '' || narrowed > 0
                  ? t('firstLookMocks.search.nothingNarrowed')
                  : t('firstLookMocks.search.nothing', { text: answered.text })
              }
            >
              <button
                type="button"
                className={styles.plain}
                onClick={() => (narrowed > 0 ? onQuestion({ ...question, filters: noFilters }) : onStart())}
              >
                {t(narrowed > 0 ? 'firstLookMocks.facet.clear' : 'firstLookMocks.search.all')}
              </button>
            </Nothing>
          ) : (
            <Pages key={JSON.stringify([question, results])} question={question} answer={answer} isStale={isAsking}>
              {(products) => <ProductTiles products={products} onOpen={onOpen} layout={layout} />}
            </Pages>
          )}
        </section>
      </div>
    </Frame>
  );
}

function Frame({ children }: { children: React.ReactNode }) {
  return <div className={styles.frame}>{children}</div>;
}

/** What was looked for and what came of it belong together: the next text stands here with its own count. */
function Heading({ text, answer }: { text: string; answer: SearchAnswer }) {
  const { t, figure } = useFrame();
  const { total, corrected } = answer;
  const shown = figure(total);
  return (
    <div className={styles.heading}>
      <h1 className={styles.title} dir="auto">
        {text === ''
          ? t('firstLookMocks.search.titleAll')
          : t('firstLookMocks.search.title', { text: corrected ?? text })}
      </h1>
      <p className={styles.total} role="status">
        {corrected !== null && (
          <span className={styles.corrected} data-corrected>
            {t('firstLookMocks.search.corrected', { text: corrected, typed: text })}
          </span>
        )}
        <span>{t('firstLookMocks.search.total', { count: total, shown })}</span>
      </p>
    </div>
  );
}

function LayoutSwitch({ layout, onLayout }: { layout: Layout; onLayout: (layout: Layout) => void }) {
  const { t } = useFrame();
  return (
    <fieldset className={styles.layouts} aria-label={t('firstLookMocks.layout.label')}>
      {(['GRID', 'LIST'] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={layout === one}
          aria-label={t(`firstLookMocks.layout.${one}`)}
          onClick={() => onLayout(one)}
        >
          <Icon of={one === 'GRID' ? 'grid' : 'list'} />
        </button>
      ))}
    </fieldset>
  );
}

type PagesProps = {
  question: Question;
  answer: SearchAnswer;
  isStale: boolean;
  children: (products: Product[]) => React.ReactNode;
};

/** The first page of hits, and as many more as were asked for. */
function Pages({ question, answer, isStale, children }: PagesProps) {
  const { t, bridge, mock, figure } = useFrame();
  const [more, setMore] = useState<{ of: SearchAnswer; products: Product[] }>({ of: answer, products: [] });
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<AskProblem | null>(null);
  // Pages of an older answer may repeat what the newer one holds.
  const further = more.of === answer ? more.products : [];
  const products = [...answer.products, ...further];

  const handleMore = async () => {
    setAsking(true);
    setProblem(null);
    try {
      const ask = searchAsk(question, mock.settings.results, products.length);
      const next = await bridge.ask<'search'>(mock.product, ask);
      const known = new Set(products.map(({ id }) => id));
      setMore({ of: answer, products: [...further, ...next.products.filter(({ id }) => !known.has(id))] });
    } catch (error) {
      const code = error instanceof AskFailure ? error.code : 'BROKEN';
      if (code !== 'STALE') setProblem(code);
    } finally {
      setAsking(false);
    }
  };
  return (
    <div className={styles.pages} data-stale={isStale || undefined}>
      {children(products)}
      {problem && <Trouble problem={problem} onAgain={handleMore} />}
      {products.length < answer.total && !problem && (
        <div className={styles.more}>
          <p>{t('firstLookMocks.search.shown', { shown: figure(products.length), total: figure(answer.total) })}</p>
          <button type="button" className={styles.moreButton} disabled={isAsking || isStale} onClick={handleMore}>
            {t('firstLookMocks.search.more')}
          </button>
        </div>
      )}
    </div>
  );
}
