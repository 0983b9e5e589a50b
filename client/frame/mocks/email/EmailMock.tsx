import { useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import { Picture } from '../../parts/Picture.tsx';
import { Price } from '../../parts/Price.tsx';
import { ProductPage } from '../../parts/ProductPage.tsx';
import { ShopBar, ShopMark } from '../../parts/ShopBar.tsx';
import { Bones, Nothing, Trouble } from '../../parts/Trouble.tsx';
import type { EmailAnswer, Product } from '../../shapes.ts';
import { useAsk } from '../../useAsk.ts';
import styles from './EmailMock.module.css';

/** An e-mail of the shop, as it lies open in somebody's inbox. */
export function EmailMock() {
  const { t, mock } = useFrame();
  const { answer, problem, askAgain } = useAsk<'email'>({ kind: 'email' });
  const [open, setOpen] = useState<Product | null>(null);
  if (open) {
    return (
      <>
        <ShopBar onHome={() => setOpen(null)} />
        <main>
          <ProductPage product={open} back={{ words: t('firstLookMocks.email.back'), onBack: () => setOpen(null) }} />
        </main>
      </>
    );
  }
  return (
    <main className={styles.desk}>
      {problem && <Trouble problem={problem} onAgain={askAgain} />}
      {!answer && !problem && <Bones count={4} />}
      {answer && <Letter answer={answer} most={mock.settings.results} onOpen={setOpen} />}
    </main>
  );
}

type Props = { answer: EmailAnswer; most: number; onOpen: (product: Product) => void };

function Letter({ answer, most, onOpen }: Props) {
  const { t, look, mock } = useFrame();
  const { hero, products } = answer;
  const shop = look.brand.name;
  if (!hero && products.length === 0) return <Nothing text={t('firstLookMocks.email.nothing')} />;
  return (
    <article className={styles.mail}>
      <header className={styles.head}>
        <span className={styles.initial} aria-hidden="true">
          {initialOf(shop)}
        </span>
        <div className={styles.from}>
          <h1 className={styles.subject} dir="auto">
            {t('firstLookMocks.email.subject', { shop })}
          </h1>
          <p>
            <strong dir="auto">{shop}</strong> <span>{t('firstLookMocks.email.to')}</span>
          </p>
        </div>
      </header>
      <div className={styles.sheet}>
        <div className={styles.brand}>
          <ShopMark />
        </div>
        {hero && (
          <section className={styles.hero}>
            <Picture product={hero} isLowWithout />
            <h2 className={styles.heroTitle} dir="auto">
              {hero.title}
            </h2>
            {hero.description && (
              <p className={styles.description} dir="auto">
                {hero.description}
              </p>
            )}
            <Price product={hero} isLarge />
            <button type="button" className={styles.see} onClick={() => onOpen(hero)}>
              {t('firstLookMocks.email.see')}
            </button>
          </section>
        )}
        {products.length > 0 && (
          <section className={styles.more}>
            <h2 className={styles.moreTitle}>{t('firstLookMocks.email.more')}</h2>
            <ul className={styles.blocks} data-layout={mock.settings.layout}>
              {products.slice(0, most).map((product) => (
                <li key={product.id}>
                  <button type="button" className={styles.block} onClick={() => onOpen(product)}>
                    <Picture product={product} />
                    <span className={styles.blockWords}>
                      <span className={styles.blockTitle} dir="auto">
                        {product.title}
                      </span>
                      <Price product={product} />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <footer className={styles.foot}>
          <p>{t('firstLookMocks.email.why', { shop })}</p>
        </footer>
      </div>
    </article>
  );
}

/** The first letter of a name, whole also where it takes several characters. */
function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? '';
}
