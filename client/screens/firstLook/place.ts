import { type Place, placeFrom, placeKeys } from '../../frame/protocol.ts';

/** Where in a mock an address leads: what somebody wrote into it by hand may be anything, and counts as far as it is a place. */
export function placeIn(search: Readonly<Record<string, unknown>>): Place {
  const own = placeKeys.flatMap((key) => {
    const value = search[key];
    // A number in an address is read as one.
    const one = placeFrom({ [key]: typeof value === 'number' || typeof value === 'boolean' ? String(value) : value });
    return one ? Object.entries(one) : [];
  });
  return placeFrom(Object.fromEntries(own)) ?? {};
}
