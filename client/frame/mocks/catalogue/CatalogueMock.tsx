import { useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import { ProductPage } from '../../parts/ProductPage.tsx';
import { ProductTiles } from '../../parts/ProductTile.tsx';
import { ShopBar } from '../../parts/ShopBar.tsx';
import { Bones, Nothing, Trouble } from '../../parts/Trouble.tsx';
import type { CatalogueAnswer, Product } from '../../shapes.ts';
import { useAsk } from '../../useAsk.ts';
import styles from './CatalogueMock.module.css';

/** The shop's products by their categories: what stands here for a product that has no mock of its own. */
export function CatalogueMock() {
  const { t, mock } = useFrame();
  const { results } = mock.settings;
  const [category, setCategory] = useState<string | null>(null);
  const [page, setPage] = useState(0);
  const [open, setOpen] = useState<Product | null>(null);
  const { answer, problem, isAsking, askAgain } = useAsk<'catalogue'>({
    kind: 'catalogue',
    ...(category === null ? {} : { category }),
    first: results,
    offset: page * results,
  });
  const choose = (next: string | null) => {
    setCategory(next);
    setPage(0);
    setOpen(null);
  };
  return (
    <>
      <ShopBar onHome={() => choose(null)} />
      <main>
        {open && (
          <ProductPage
            product={open}
            back={{ words: t('firstLookMocks.catalogue.back'), onBack: () => setOpen(null) }}
          />
        )}
        <div className={styles.catalogue} hidden={open !== null}>
          {problem && <Trouble problem={problem} onAgain={askAgain} />}
          {!answer && !problem && <Bones count={8} />}
          {answer && !problem && (
            <Shown
              answer={answer}
              category={category}
              page={page}
              isStale={isAsking}
              onCategory={choose}
              onPage={setPage}
              onOpen={setOpen}
            />
          )}
        </div>
      </main>
    </>
  );
}

type ShownProps = {
  answer: CatalogueAnswer;
  category: string | null;
  page: number;
  isStale: boolean;
  onCategory: (category: string | null) => void;
  onPage: (page: number) => void;
  onOpen: (product: Product) => void;
};

function Shown({ answer, category, page, isStale, onCategory, onPage, onOpen }: ShownProps) {
  const { t, mock, figure } = useFrame();
  const { layout, results } = mock.settings;
  const { total, products, categories } = answer;
  const pages = Math.ceil(total / results);
  return (
    <>
      <div className={styles.heading}>
        <h1 className={styles.title} dir="auto">
          {category ?? t('firstLookMocks.catalogue.title')}
        </h1>
        <p role="status" className={styles.soft}>
          {t('firstLookMocks.search.total', { count: total, shown: figure(total) })}
        </p>
      </div>
      {categories.length > 0 && (
        <nav className={styles.categories} aria-label={t('firstLookMocks.catalogue.categories')}>
          <button type="button" aria-pressed={category === null} onClick={() => onCategory(null)}>
            {t('firstLookMocks.catalogue.all')}
          </button>
          {categories.map(({ value, count }) => (
            <button key={value} type="button" aria-pressed={category === value} onClick={() => onCategory(value)}>
              <span dir="auto">{value}</span> <span className={styles.soft}>{figure(count)}</span>
            </button>
          ))}
        </nav>
      )}
      {products.length === 0 ? (
        <Nothing text={t('firstLookMocks.catalogue.nothing')} />
      ) : (
        <div className={styles.products} data-stale={isStale || undefined}>
          <ProductTiles products={products} onOpen={onOpen} layout={layout} />
        </div>
      )}
      {pages > 1 && (
        <div className={styles.pages}>
          <button type="button" disabled={page === 0 || isStale} onClick={() => onPage(page - 1)}>
            {t('firstLookMocks.catalogue.before')}
          </button>
          <span className={styles.soft}>
            {t('firstLookMocks.catalogue.page', { page: figure(page + 1), pages: figure(pages) })}
          </span>
          <button type="button" disabled={page + 1 >= pages || isStale} onClick={() => onPage(page + 1)}>
            {t('firstLookMocks.catalogue.next')}
          </button>
        </div>
      )}
    </>
  );
}
