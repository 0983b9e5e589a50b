import { useFrame } from '../frameContext.ts';
import { reduction } from '../money.ts';
import type { Product } from '../shapes.ts';
import styles from './Price.module.css';

type Props = { product: Product; isLarge?: boolean };

/** What a product costs in its own currency; where it is reduced, what it cost before. */
export function Price({ product, isLarge = false }: Props) {
  const { t, money } = useFrame();
  const { price, salePrice } = product;
  const now = salePrice ?? price;
  if (!now) return <span className={styles.none}>{t('firstLookMocks.price.none')}</span>;
  const percent = reduction(price, salePrice);
  return (
    <span className={styles.price} data-large={isLarge || undefined}>
      <strong className={percent > 0 ? styles.reduced : undefined}>{money(now)}</strong>
      {percent > 0 && price && (
        <>
          <s className={styles.before}>
            <span className={styles.heard}>{t('firstLookMocks.price.before')} </span>
            {money(price)}
          </s>
          <span className={styles.percent}>{t('firstLookMocks.price.less', { percent })}</span>
        </>
      )}
    </span>
  );
}
