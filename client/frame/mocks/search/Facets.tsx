import { type ReactNode, useId, useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import type { Count, Facets as FacetsOf } from '../../shapes.ts';
import styles from './Facets.module.css';
import { categoryTree, type Filters, lastStep, nowChosen } from './filters.ts';
import { PriceFilter } from './PriceFilter.tsx';

/** So many of a kind stand at first. */
const few = 7;

type Props = { facets: FacetsOf; filters: Filters; onFilters: (filters: Filters) => void };

/** What the hits can be narrowed by, each with how many there would be. */
export function Facets({ facets, filters, onFilters }: Props) {
  const { t, figure } = useFrame();
  return (
    <div className={styles.facets}>
      <Choices
        title={t('firstLookMocks.facet.category')}
        counts={categoryTree(facets.category, filters.category)}
        chosen={filters.category}
        wordsOf={lastStep}
        onChosen={(category) => onFilters({ ...filters, category: nowChosen(category) })}
      />
      <PriceFilter
        ranges={facets.price}
        chosen={filters.price}
        onChosen={(price) => onFilters({ ...filters, price })}
      />
      <Choices
        title={t('firstLookMocks.facet.brand')}
        counts={facets.brand}
        chosen={filters.brand}
        wordsOf={(brand) => brand}
        onChosen={(brand) => onFilters({ ...filters, brand })}
      />
      {(facets.available > 0 || filters.isAvailable) && (
        <Group title={t('firstLookMocks.facet.availability')}>
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={filters.isAvailable}
              onChange={(event) => onFilters({ ...filters, isAvailable: event.currentTarget.checked })}
            />
            <span>{t('firstLookMocks.facet.available')}</span>
            <span className={styles.count}>{figure(facets.available)}</span>
          </label>
        </Group>
      )}
    </div>
  );
}

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.title}>{title}</legend>
      {children}
    </fieldset>
  );
}

type ChoicesProps = {
  title: string;
  counts: readonly (Count & { depth?: number })[];
  chosen: readonly string[];
  wordsOf: (value: string) => string;
  onChosen: (chosen: string[]) => void;
};

function Choices({ title, counts, chosen, wordsOf, onChosen }: ChoicesProps) {
  const { t, figure } = useFrame();
  const id = useId();
  const [isWhole, setWhole] = useState(false);
  // What is chosen stays in sight, also where the other filters leave nothing of it.
  const missing = chosen.filter((value) => counts.every((count) => count.value !== value));
  const all = [...missing.map((value) => ({ value, count: 0, depth: 0 })), ...counts];
  if (all.length === 0) return null;
  const shown = isWhole ? all : all.filter(({ value }, at) => at < few || chosen.includes(value));
  const left = all.length - shown.length;
  return (
    <Group title={title}>
      {shown.map(({ value, count, depth = 0 }, at) => (
        <label
          key={value}
          className={styles.choice}
          htmlFor={`${id}-${at}`}
          title={value}
          style={{ paddingInlineStart: `${depth}rem` }}
        >
          <input
            id={`${id}-${at}`}
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChosen(event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
          <span className={styles.words} dir="auto">
            {wordsOf(value)}
          </span>
          <span className={styles.count}>{figure(count)}</span>
        </label>
      ))}
      {(left > 0 || isWhole) && all.length > few && (
        <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('firstLookMocks.facet.fewer') : t('firstLookMocks.facet.more', { count: left })}
        </button>
      )}
    </Group>
  );
}
