import { useFrame } from '../../frameContext.ts';
import { ProductPage } from '../../parts/ProductPage.tsx';
import { ProductTile } from '../../parts/ProductTile.tsx';
import { ShopBar } from '../../parts/ShopBar.tsx';
import { Bones, Nothing, Trouble } from '../../parts/Trouble.tsx';
import { one } from '../../place.ts';
import type { Product } from '../../shapes.ts';
import { useAsk } from '../../useAsk.ts';
import styles from './RecommendationsMock.module.css';

/** A product's page with what goes with it; a press on one of those walks on to its page. */
export function RecommendationsMock() {
  const { t, look, place, go } = useFrame();
  // None where the mock itself chooses the first product.
  const walkedTo = one(place.open);
  const { answer, problem, isAsking, askAgain } = useAsk<'recommend'>({
    kind: 'recommend',
    productId: walkedTo,
  });
  const open = (product: Product) => go({ open: product.id }, 'IN');
  const home = () => go({}, 'IN');

  if (problem) {
    // A product that the newer feed no longer has: back to one that is there.
    const isLost = problem === 'GONE' && walkedTo !== null;
    return (
      <>
        <ShopBar onHome={home} />
        <main className={styles.alone}>
          <Trouble problem={problem} onAgain={isLost ? home : askAgain} />
        </main>
      </>
    );
  }
  if (!answer) {
    return (
      <>
        <ShopBar />
        <main className={styles.alone}>
          <Bones count={6} />
        </main>
      </>
    );
  }
  const { product, similar, together, popular } = answer;
  return (
    <>
      <ShopBar onHome={home} />
      <main aria-busy={isAsking}>
        <ProductPage
          product={product}
          back={walkedTo === null ? null : { words: t('firstLookMocks.recommend.back'), onBack: () => go({}, 'OUT') }}
        >
          {together.length > 0 && (
            <Shelf title={t('firstLookMocks.recommend.together')} products={together.map((one) => one.product)}>
              {(one) => (
                <ProductTile
                  product={one}
                  onOpen={open}
                  note={t('firstLookMocks.recommend.orders', {
                    count: together.find(({ product: other }) => other.id === one.id)?.count ?? 0,
                  })}
                />
              )}
            </Shelf>
          )}
          {similar.length > 0 && (
            <Shelf title={t('firstLookMocks.recommend.similar')} products={similar}>
              {(one) => <ProductTile product={one} onOpen={open} />}
            </Shelf>
          )}
          {together.length === 0 && popular.length > 0 && (
            <Shelf
              title={t(look.hasOrders ? 'firstLookMocks.recommend.popular' : 'firstLookMocks.recommend.others')}
              why={t(look.hasOrders ? 'firstLookMocks.recommend.neverTogether' : 'firstLookMocks.recommend.noOrders')}
              products={popular}
            >
              {(one) => <ProductTile product={one} onOpen={open} />}
            </Shelf>
          )}
          {similar.length + together.length + popular.length === 0 && (
            <Nothing text={t('firstLookMocks.recommend.alone')} />
          )}
        </ProductPage>
      </main>
    </>
  );
}

type ShelfProps = {
  title: string;
  why?: string;
  products: readonly Product[];
  children: (product: Product) => React.ReactNode;
};

function Shelf({ title, why, products, children }: ShelfProps) {
  return (
    <section className={styles.shelf}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {why && <p className={styles.why}>{why}</p>}
      </div>
      <ul className={styles.row}>
        {products.map((product) => (
          <li key={product.id}>{children(product)}</li>
        ))}
      </ul>
    </section>
  );
}
