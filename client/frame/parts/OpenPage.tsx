import type { Product } from '../shapes.ts';
import { useAsk } from '../useAsk.ts';
import { ProductPage } from './ProductPage.tsx';
import styles from './Trouble.module.css';
import { Bones, Trouble } from './Trouble.tsx';

type Props = {
  id: string;
  /** As a press on it handed it over; whoever came by the address has to ask. */
  known: Product | null;
  back: { words: string; onBack: () => void };
};

/** The page of the product that is open in a mock. */
export function OpenPage({ id, known, back }: Props) {
  const own = known?.id === id ? known : null;
  const { answer, problem, askAgain } = useAsk<'product'>(own ? null : { kind: 'product', productId: id });
  const product = own ?? (answer?.product.id === id ? answer.product : null);
  if (product) return <ProductPage product={product} back={back} />;
  return (
    <div className={styles.page}>
      {problem ? (
        // One that the newer feed no longer has will not come by asking again.
        problem === 'GONE' ? (
          <Trouble problem={problem} onAgain={back.onBack} words={back.words} />
        ) : (
          <Trouble problem={problem} onAgain={askAgain} />
        )
      ) : (
        <Bones count={4} />
      )}
    </div>
  );
}
