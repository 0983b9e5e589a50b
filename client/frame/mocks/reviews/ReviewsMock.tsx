import { useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import { ProductPage } from '../../parts/ProductPage.tsx';
import { ShopBar } from '../../parts/ShopBar.tsx';
import { Bones, Trouble } from '../../parts/Trouble.tsx';
import { useAsk } from '../../useAsk.ts';
import { ReviewForm } from './ReviewForm.tsx';
import styles from './ReviewsMock.module.css';
import { Stars } from './Stars.tsx';

export type Review = { id: string; stars: number; name: string; text: string; isExample: boolean };

const marks = [5, 4, 3, 2, 1] as const;

/** A product's page with what people say of it, and the form that adds to it. */
export function ReviewsMock() {
  const { t, figure, look } = useFrame();
  const { answer, problem, askAgain } = useAsk<'reviews'>({ kind: 'reviews', productId: null });
  const [written, setWritten] = useState<readonly Review[]>([]);
  if (problem || !answer) {
    return (
      <>
        <ShopBar />
        <main className={styles.alone}>
          {problem ? <Trouble problem={problem} onAgain={askAgain} /> : <Bones count={4} />}
        </main>
      </>
    );
  }
  const { product, rating } = answer;
  const examples: Review[] = ([5, 4, 3] as const).map((stars) => ({
    id: `example-${stars}`,
    stars,
    name: t(`firstLookMocks.review.example${stars}.name`),
    text: t(`firstLookMocks.review.example${stars}.text`),
    isExample: true,
  }));
  const reviews = [...written, ...examples];
  const here = reviews.reduce((sum, review) => sum + review.stars, 0) / reviews.length;
  const decimal = new Intl.NumberFormat(look.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <>
      <ShopBar />
      <main>
        <ProductPage
          product={product}
          back={null}
          besidePrice={
            <p className={styles.line}>
              <Stars value={rating?.value ?? here} />
              <strong>{decimal.format(rating?.value ?? here)}</strong>
              <span className={styles.soft}>
                {rating
                  ? t('firstLookMocks.review.rating', { count: rating.count, shown: figure(rating.count) })
                  : t('firstLookMocks.review.ofExamples')}
              </span>
            </p>
          }
        >
          <section className={styles.section}>
            <h2 className={styles.title}>{t('firstLookMocks.review.title')}</h2>
            <div className={styles.columns}>
              <div className={styles.sum}>
                <p className={styles.average}>
                  <strong>{decimal.format(here)}</strong>
                  <Stars value={here} />
                  <span className={styles.soft}>{t('firstLookMocks.review.count', { count: reviews.length })}</span>
                </p>
                <ul className={styles.bars}>
                  {marks.map((mark) => {
                    const count = reviews.filter((review) => review.stars === mark).length;
                    return (
                      <li key={mark}>
                        <span>{t('firstLookMocks.review.stars', { count: mark })}</span>
                        <span className={styles.bar} aria-hidden="true">
                          <span style={{ width: `${(count / reviews.length) * 100}%` }} />
                        </span>
                        <span className={styles.soft}>{figure(count)}</span>
                      </li>
                    );
                  })}
                </ul>
                <ReviewForm onWritten={(review) => setWritten([review, ...written])} />
              </div>
              <ul className={styles.reviews}>
                {reviews.map((review) => (
                  <li key={review.id} className={styles.review} data-own={!review.isExample || undefined}>
                    <p className={styles.line}>
                      <Stars value={review.stars} />
                      <strong dir="auto">{review.name}</strong>
                      <span className={styles.tag}>
                        {t(review.isExample ? 'firstLookMocks.review.example' : 'firstLookMocks.review.own')}
                      </span>
                    </p>
                    <p className={styles.text} dir="auto">
                      {review.text}
                    </p>
                  </li>
                ))}
              </ul>
            </div>
          </section>
        </ProductPage>
      </main>
    </>
  );
}
