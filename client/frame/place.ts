import type { Place } from './protocol.ts';

/** The texts that stand under a key. */
export function all(value: Place[keyof Place]): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** The one text under a key, or none. */
export function one(value: Place[keyof Place]): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
