import { useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import { OpenPage } from '../../parts/OpenPage.tsx';
import { ProductTiles } from '../../parts/ProductTile.tsx';
import { ShopBar } from '../../parts/ShopBar.tsx';
import { Bones, Nothing, Trouble } from '../../parts/Trouble.tsx';
import { one } from '../../place.ts';
import type { CatalogueAnswer, Product } from '../../shapes.ts';
import { useAsk } from '../../useAsk.ts';
import { tellApart } from '../search/filters.ts';
import styles from './CatalogueMock.module.css';

/** The shop answers no further than its 50,000th product. */
const mostPages = 1_000;

/** The shop's products by their categories: what stands here for a product that has no mock of its own. */
export function CatalogueMock() {
  const { t, mock, place, go } = useFrame();
  const { results } = mock.settings;
  const [pressed, setPressed] = useState<Product | null>(null);
  const category = one(place.category);
  const page = Math.max(1, Math.min(mostPages, Math.trunc(Number(one(place.page) ?? 1)))) - 1 || 0;
  const open = one(place.open);
  const at = { category: category ?? '', page: one(place.page) ?? '' };
  const { answer, answered, problem, isAsking, askAgain } = useAsk<'catalogue'>({
    kind: 'catalogue',
    ...(category === null ? {} : { category }),
    first: results,
    offset: page * results,
  });
  const choose = (next: string | null) => go({ category: next ?? '' }, 'IN');
  return (
    <>
      <ShopBar onHome={() => choose(null)} />
      <main>
        {open !== null && (
          <OpenPage
            id={open}
            known={pressed}
            back={{ words: t('firstLookMocks.catalogue.back'), onBack: () => go(at, 'OUT') }}
          />
        )}
        <div className={styles.catalogue} hidden={open !== null}>
          {problem && <Trouble problem={problem} onAgain={askAgain} />}
          {!answer && !problem && <Bones count={8} />}
          {answer && answered && !problem && (
            <Shown
              answer={answer}
              category={answered.category ?? null}
              page={Math.floor(answered.offset / results)}
              isStale={isAsking}
              onCategory={choose}
              onPage={(next) => go({ ...at, page: String(next + 1) }, 'IN')}
              onOpen={(product) => {
                setPressed(product);
                go({ ...at, open: product.id }, 'IN');
              }}
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
  const named = tellApart(categories.map(({ value }) => value));
  return (
    <>
      <div className={styles.heading}>
        <h1 className={styles.title} dir="auto">
          {category?.replaceAll(' > ', ' › ') ?? t('firstLookMocks.catalogue.title')}
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
          {categories.map(({ value, count }, at) => (
            <button
              key={value}
              type="button"
              title={value}
              aria-pressed={category === value}
              onClick={() => onCategory(value)}
            >
              <span dir="auto">{named[at]}</span> <span className={styles.soft}>{figure(count)}</span>
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
