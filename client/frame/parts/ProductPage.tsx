import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useFrame } from '../frameContext.ts';
import type { Product } from '../shapes.ts';
import { Icon } from './Icon.tsx';
import { Picture } from './Picture.tsx';
import { Price } from './Price.tsx';
import styles from './ProductPage.module.css';

type Props = {
  product: Product;
  /** Where one came from, and how to go there; null where the page stands first. */
  back: { words: string; onBack: () => void } | null;
  /** Beside the price: stars, for instance. */
  besidePrice?: ReactNode;
  children?: ReactNode;
};

/** A product's page in the mock; the one of the shop is never left for. */
export function ProductPage({ product, back, besidePrice, children }: Props) {
  const { t, moves } = useFrame();
  const title = useRef<HTMLHeadingElement>(null);
  const isArriving = back !== null && moves > 0;
  const { id } = product;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another product is another page
  useLayoutEffect(() => {
    // The page that stands first has not been gone to, nor has one whose address was opened.
    if (!isArriving) return;
    title.current?.focus({ preventScroll: true });
    document.body.scrollIntoView();
  }, [id]);

  return (
    <article className={styles.page}>
      {back && (
        <button type="button" className={styles.back} onClick={back.onBack}>
          <Icon of="back" />
          {back.words}
        </button>
      )}
      <div className={styles.product}>
        <div className={styles.picture}>
          <Picture product={product} isLowWithout />
        </div>
        <div className={styles.words}>
          {product.category.length > 0 && (
            <p className={styles.path} dir="auto">
              {product.category.join(' › ')}
            </p>
          )}
          <h1 ref={title} tabIndex={-1} className={styles.title} dir="auto">
            {product.title}
          </h1>
          {product.brand && (
            <p className={styles.brand} dir="auto">
              {product.brand}
            </p>
          )}
          {besidePrice}
          <Price product={product} isLarge />
          <p className={styles.stock} data-gone={!product.isAvailable || undefined}>
            {t(product.isAvailable ? 'firstLookMocks.product.available' : 'firstLookMocks.product.soldOut')}
          </p>
          {product.description && (
            <p className={styles.description} dir="auto">
              {product.description}
            </p>
          )}
        </div>
      </div>
      {children}
    </article>
  );
}
