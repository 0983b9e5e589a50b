import type { JourneyMap } from '../map.ts';
import { homesOf, itemsOfJourney, read } from './reading.ts';

/** How much of a journey's information has its home in Slipway; the goal of the case study is a share of 0.9. */
export type Centralisation = {
  /** Items of the journey: they flow on it, or a goal names them. */
  items: number;
  /** Of those, the ones that have a home and no home that is not Slipway. */
  homeInSlipway: number;
  /** From 0 to 1; null: the journey has no items. */
  share: number | null;
};

/** `items` is those in Slipway, those with the gap HELD_OUTSIDE and those with NO_HOME: no item is two of them. */
export function centralisation(map: JourneyMap): Centralisation {
  const reading = read(map);
  const homes = itemsOfJourney(reading).map((item) => homesOf(item, reading));
  const inside = homes.filter((found) => found.length > 0 && found.every(({ kind }) => kind === 'SLIPWAY'));
  const [items, homeInSlipway] = [homes.length, inside.length];
  return { items, homeInSlipway, share: items === 0 ? null : homeInSlipway / items };
}
