import { useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import { initialsOf } from '../../initials.ts';
import { OpenPage } from '../../parts/OpenPage.tsx';
import { Picture } from '../../parts/Picture.tsx';
import { Price } from '../../parts/Price.tsx';
import { ShopBar, ShopMark } from '../../parts/ShopBar.tsx';
import { Bones, Nothing, Trouble } from '../../parts/Trouble.tsx';
import { one } from '../../place.ts';
import type { EmailAnswer, Product } from '../../shapes.ts';
import { useAsk } from '../../useAsk.ts';
import styles from './EmailMock.module.css';

/** An e-mail of the shop, as it lies open in somebody's inbox. */
export function EmailMock() {
  const { t, mock, place, go } = useFrame();
  const { answer, problem, askAgain } = useAsk<'email'>({ kind: 'email' });
  const [pressed, setPressed] = useState<Product | null>(null);
  const open = one(place.open);
  const close = () => go({}, 'OUT');
  if (open !== null) {
    return (
      <>
        <ShopBar onHome={close} />
        <main>
          <OpenPage id={open} known={pressed} back={{ words: t('firstLookMocks.email.back'), onBack: close }} />
        </main>
      </>
    );
  }
  return (
    <main className={styles.desk}>
      {problem && <Trouble problem={problem} onAgain={askAgain} />}
      {!answer && !problem && <Bones count={4} />}
      {answer && (
        <Letter
          answer={answer}
          most={mock.settings.results}
          onOpen={(product) => {
            setPressed(product);
            go({ open: product.id }, 'IN');
          }}
        />
      )}
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
          {initialsOf(shop)}
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
