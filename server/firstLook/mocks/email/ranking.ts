import type { LoadedIndex } from '../../index/loaded.ts';
import type { SettingsValues } from '../../settings.ts';
import type { EmailAnswer } from '../../shapes.ts';
import { boostsOf } from '../boosts.ts';
import { popular } from '../popular.ts';

/** A newsletter: what is reduced and bought most on top. Nothing in it is sold out, as long as anything is not. */
export function email(index: LoadedIndex, settings: SettingsValues): EmailAnswer {
  const places = popular(index, settings.results * 8, boostsOf(index, settings));
  const isReduced = (place: number) => index.at(place).salePrice !== null && index.at(place).isAvailable;
  const hero = places.find((place) => isReduced(place) && index.at(place).image !== null) ?? places[0];
  const others = oneOfEachGroup(
    index,
    places.filter((place) => place !== hero),
    hero,
  );
  return {
    hero: hero === undefined ? null : index.shown(hero),
    products: others.slice(0, settings.results).map((place) => index.shown(place)),
  };
}

/** The five sizes of one shirt would be a poor newsletter. */
function oneOfEachGroup(index: LoadedIndex, places: readonly number[], hero: number | undefined): number[] {
  const met = new Set<string>();
  const heroGroup = hero === undefined ? null : index.at(hero).groupId;
  if (heroGroup !== null) met.add(heroGroup);
  return places.filter((place) => {
    const { groupId } = index.at(place);
    if (groupId === null) return true;
    if (met.has(groupId)) return false;
    met.add(groupId);
    return true;
  });
}
