import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { initialsOf } from '../../frame/initials.ts';
import type { CatalogueAnswer, Product } from '../../frame/shapes.ts';
import { asked, pictureAddress } from './asking.ts';
import styles from './Strip.module.css';

const most = 5;

/** A few of the products that are in it, as pictures; nothing at all where none came. */
export function Strip({ projectId, run }: { projectId: string; run: number }) {
  const { t } = useTranslation();
  const [products, setProducts] = useState<readonly Product[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is another set of products.
  useEffect(() => {
    const asking = new AbortController();
    const ask = { kind: 'catalogue', first: 24, offset: 0 } as const;
    void asked(projectId, 'CATALOGUE', ask, asking.signal).then((outcome) => {
      if ('answer' in outcome) setProducts(chosen((outcome.answer as CatalogueAnswer).products));
    });
    return () => asking.abort();
  }, [projectId, run]);
  if (products.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label={t('firstLook.card.pictures')}>
      {products.map((product) => (
        <li key={`${product.id} ${run}`} className={styles.one}>
          <Shown product={product} address={pictureAddress(projectId, product.id, run)} />
        </li>
      ))}
    </ul>
  );
}

/** Those with a picture first, and of both those that are unlike the ones before; else in the order in which they came. */
function chosen(products: readonly Product[]): Product[] {
  const met = new Set<string>();
  const ranked = products.map((product) => {
    const kind = initialsOf(product.title);
    const rank = (product.hasImage ? 0 : 2) + (met.has(kind) ? 1 : 0);
    met.add(kind);
    return { product, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ product }) => product);
}

function Shown({ product, address }: { product: Product; address: string }) {
  const [isMissing, setMissing] = useState(!product.hasImage);
  return (
    <>
      <span className={styles.place}>
        {isMissing ? (
          <span className={styles.none} aria-hidden="true">
            {initialsOf(product.title)}
          </span>
        ) : (
          <img className={styles.picture} src={address} alt="" loading="lazy" onError={() => setMissing(true)} />
        )}
      </span>
      <span className={styles.title} dir="auto">
        {product.title}
      </span>
    </>
  );
}
