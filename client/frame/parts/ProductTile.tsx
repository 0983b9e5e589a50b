import type { ReactNode } from 'react';
import { useFrame } from '../frameContext.ts';
import type { Product } from '../shapes.ts';
import { Picture } from './Picture.tsx';
import { Price } from './Price.tsx';
import styles from './ProductTile.module.css';

type Props = {
  product: Product;
  onOpen: (product: Product) => void;
  layout?: 'GRID' | 'LIST';
  /** Why it stands here, in a few words. */
  note?: ReactNode;
};

/** A product among others; a press shows its page within the mock. */
export function ProductTile({ product, onOpen, layout = 'GRID', note }: Props) {
  const { t } = useFrame();
  return (
    <button
      type="button"
      className={styles.tile}
      data-layout={layout}
      data-gone={!product.isAvailable || undefined}
      data-product={product.id}
      onClick={() => onOpen(product)}
    >
      <span className={styles.picture}>
        <Picture product={product} />
      </span>
      <span className={styles.words}>
        {product.brand && (
          <span className={styles.brand} dir="auto">
            {product.brand}
          </span>
        )}
        <span className={styles.title} dir="auto">
          {product.title}
        </span>
        {layout === 'LIST' && product.description && (
          <span className={styles.description} dir="auto">
            {product.description}
          </span>
        )}
        <Price product={product} />
        {!product.isAvailable && <span className={styles.gone}>{t('firstLookMocks.product.soldOut')}</span>}
        {note && <span className={styles.note}>{note}</span>}
      </span>
    </button>
  );
}

type TilesProps = { products: readonly Product[]; onOpen: (product: Product) => void; layout?: 'GRID' | 'LIST' };

/** Products beside or below each other. */
export function ProductTiles({ products, onOpen, layout = 'GRID' }: TilesProps) {
  return (
    <ul className={styles.tiles} data-layout={layout}>
      {products.map((product) => (
        <li key={product.id}>
          <ProductTile product={product} onOpen={onOpen} layout={layout} />
        </li>
      ))}
    </ul>
  );
}
