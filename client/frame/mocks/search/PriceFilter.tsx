import { type KeyboardEvent, useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import styles from './Facets.module.css';
import { Group } from './Facets.tsx';
import { amountOf, type Filters } from './filters.ts';

type Range = { currency: string; min: number; max: number };
type Props = { ranges: readonly Range[]; chosen: Filters['price']; onChosen: (price: Filters['price']) => void };

/** From where to where a price may be, in one currency at a time: amounts of two are never held against each other. */
export function PriceFilter({ ranges, chosen, onChosen }: Props) {
  const { t } = useFrame();
  const [currency, setCurrency] = useState<string | null>(null);
  const own = chosen?.currency ?? currency ?? ranges[0]?.currency;
  const range = ranges.find((one) => one.currency === own) ?? ranges[0];
  if (!own || !range) return null;
  return (
    <Group title={t('firstLookMocks.facet.price')}>
      {ranges.length > 1 && (
        <select
          className={styles.currency}
          aria-label={t('firstLookMocks.facet.currency')}
          value={own}
          onChange={(event) => {
            setCurrency(event.currentTarget.value);
            if (chosen) onChosen(null);
          }}
        >
          {ranges.map((one) => (
            <option key={one.currency} value={one.currency}>
              {one.currency}
            </option>
          ))}
        </select>
      )}
      {/* Made anew when it was changed from elsewhere. */}
      <Bounds
        key={`${own} ${chosen?.min} ${chosen?.max}`}
        currency={own}
        range={range}
        chosen={chosen}
        onChosen={onChosen}
      />
    </Group>
  );
}

type BoundsProps = Pick<Props, 'chosen' | 'onChosen'> & { currency: string; range: Range };

function Bounds({ currency, range, chosen, onChosen }: BoundsProps) {
  const { t, money } = useFrame();
  const [least, setLeast] = useState(chosen ? String(chosen.min) : '');
  const [most, setMost] = useState(chosen ? String(chosen.max) : '');
  const [isTold, setTold] = useState(false);
  const isWrong = (text: string) => isTold && text.trim() !== '' && amountOf(text) === null;
  const handleApply = () => {
    setTold(true);
    // What is no amount stays there, marked: it is not taken for another one.
    if ([least, most].some((text) => text.trim() !== '' && amountOf(text) === null)) return;
    const min = amountOf(least) ?? Math.min(range.min, chosen?.min ?? range.min);
    const max = amountOf(most) ?? Math.max(range.max, chosen?.max ?? range.max);
    onChosen(
      least.trim() === '' && most.trim() === '' ? null : { currency, min: Math.min(min, max), max: Math.max(min, max) },
    );
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') handleApply();
  };
  // No form: the sandbox sends none, and says nothing of its sending either.
  return (
    <div className={styles.bounds}>
      <span className={styles.range}>
        {t('firstLookMocks.facet.range', {
          from: money({ amount: range.min, currency }),
          to: money({ amount: range.max, currency }),
        })}
      </span>
      <input
        className={styles.bound}
        inputMode="decimal"
        aria-label={t('firstLookMocks.facet.from')}
        placeholder={t('firstLookMocks.facet.from')}
        maxLength={12}
        value={least}
        aria-invalid={isWrong(least)}
        onChange={(event) => setLeast(event.currentTarget.value)}
        onKeyDown={handleKeyDown}
      />
      <input
        className={styles.bound}
        inputMode="decimal"
        aria-label={t('firstLookMocks.facet.to')}
        placeholder={t('firstLookMocks.facet.to')}
        maxLength={12}
        value={most}
        aria-invalid={isWrong(most)}
        onChange={(event) => setMost(event.currentTarget.value)}
        onKeyDown={handleKeyDown}
      />
      <button type="button" className={styles.apply} onClick={handleApply}>
        {t('firstLookMocks.facet.apply')}
      </button>
    </div>
  );
}
