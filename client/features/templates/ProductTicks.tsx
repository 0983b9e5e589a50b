import { useTranslation } from 'react-i18next';
import { type Product, products } from '../../api/options.ts';
import styles from './Editor.module.css';
import { Tick } from './Tick.tsx';

type Props = { products: readonly Product[]; onChange: (products: Product[]) => void };

/** What is integrated: one product or several. */
export function ProductTicks({ products: chosen, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.choices}>
      <legend>{t('templates.head.products')}</legend>
      {products.map((product) => (
        <Tick
          key={product}
          isOn={chosen.includes(product)}
          onChange={(isOn) => onChange(products.filter((each) => (each === product ? isOn : chosen.includes(each))))}
        >
          {t(`names.product.${product}`)}
        </Tick>
      ))}
    </fieldset>
  );
}
