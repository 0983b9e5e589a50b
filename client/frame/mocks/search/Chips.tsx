import { useFrame } from '../../frameContext.ts';
import { Icon } from '../../parts/Icon.tsx';
import { type Filters, noFilters, tellApart } from './filters.ts';
import styles from './Results.module.css';

type Props = { filters: Filters; onFilters: (filters: Filters) => void };

/** What narrows the hits now, each to be taken off by a press. */
export function Chips({ filters, onFilters }: Props) {
  const { t, money } = useFrame();
  const { brand, category, price, isAvailable } = filters;
  const apart = tellApart(category);
  const chips: { key: string; words: string; without: Filters }[] = [
    ...category.map((one, at) => ({
      key: `category ${one}`,
      words: apart[at] ?? one,
      without: { ...filters, category: category.filter((other) => other !== one) },
    })),
    ...brand.map((one) => ({
      key: `brand ${one}`,
      words: one,
      without: { ...filters, brand: brand.filter((other) => other !== one) },
    })),
    ...(price
      ? [
          {
            key: 'price',
            words: t('firstLookMocks.facet.range', {
              from: money({ amount: price.min, currency: price.currency }),
              to: money({ amount: price.max, currency: price.currency }),
            }),
            without: { ...filters, price: null },
          },
        ]
      : []),
    ...(isAvailable
      ? [{ key: 'stock', words: t('firstLookMocks.facet.available'), without: { ...filters, isAvailable: false } }]
      : []),
  ];
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t('firstLookMocks.facet.chosen')}>
      {chips.map(({ key, words, without }) => (
        <li key={key}>
          <button
            type="button"
            className={styles.chip}
            aria-label={t('firstLookMocks.facet.without', { filter: words })}
            onClick={() => onFilters(without)}
          >
            <span dir="auto">{words}</span>
            <Icon of="close" />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <button type="button" className={styles.plain} onClick={() => onFilters(noFilters)}>
            {t('firstLookMocks.facet.clear')}
          </button>
        </li>
      )}
    </ul>
  );
}
