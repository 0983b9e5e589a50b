import type { LoadedIndex } from '../index/loaded.ts';
import { folded } from '../index/words.ts';
import type { SettingsValues } from '../settings.ts';

/** How much more or less a product is to be shown, by what was suggested; null where nothing was. */
export function boostsOf(
  index: LoadedIndex,
  { boosts }: Pick<SettingsValues, 'boosts'>,
): ((place: number) => number) | null {
  if (boosts.length === 0) return null;
  const wanted = boosts.map(({ field, value, factor }) => ({ field, value: folded(value), factor }));
  return (place) => {
    const { brand, id } = index.at(place);
    let all = 1;
    for (const { field, value, factor } of wanted) {
      const isMeant =
        field === 'BRAND'
          ? brand !== null && folded(brand) === value
          : field === 'ID'
            ? folded(id) === value
            : index.columns.pathsOf(place).some((path) => folded(path) === value) ||
              index.at(place).category.some((level) => folded(level) === value);
      if (isMeant) all *= factor;
    }
    return all;
  };
}
