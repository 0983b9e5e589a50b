import { expect } from 'vitest';
import { findGaps } from '../../server/journeys/gaps/findGaps.ts';
import { sentencesOf } from '../../server/journeys/gaps/sentence.ts';
import type { JourneyMap } from '../../server/journeys/map.ts';

const mark = '#id-';

/** The same map with ids that cannot be taken for words. */
export function marked(map: JourneyMap): JourneyMap {
  const within = (value: unknown, isId: boolean): unknown => {
    if (typeof value === 'string') return isId ? mark + value : value;
    if (Array.isArray(value)) return value.map((one) => within(one, isId));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, within(inner, /^(id|\w+Ids?|tools)$/.test(key))]),
    );
  };
  return within(map, false) as JourneyMap;
}

/** Every gap of the map is said in one plain sentence, or two, without an id and without a hole. */
export function expectPlain(map: JourneyMap): void {
  const given = marked(map);
  const say = sentencesOf(given);
  for (const gap of findGaps(given)) {
    const sentence = say(gap);
    expect(sentence).not.toContain(mark);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\s\s|“”| 1 (touchpoint|stage|system|item|part)s/);
    expect(sentence).toMatch(/\.$/);
  }
}
