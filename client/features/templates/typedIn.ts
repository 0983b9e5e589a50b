/**
 * Where the one text or number stands that tells two values apart, such as `[0].label`: what somebody is typing, so that
 * all keys of it are one step back. Null when more differs, or something else: a choice, a tick, a thing put in or away.
 */
export function typedIn(before: unknown, after: unknown): string | null {
  const found = placesOf(before, after, '');
  return found.length === 1 && found[0]?.isTyped ? found[0].path : null;
}

type Place = { path: string; isTyped: boolean };

function placesOf(before: unknown, after: unknown, path: string): Place[] {
  if (before === after) return [];
  if (isTable(before) && isTable(after)) return placesOf(JSON.parse(before), JSON.parse(after), path);
  if (isThing(before) && isThing(after) && Array.isArray(before) === Array.isArray(after)) {
    // Words with commas between them, or one a line.
    if (areTexts(before) && areTexts(after)) return String(before) === String(after) ? [] : [{ path, isTyped: true }];
    const isList = Array.isArray(before);
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => placesOf(before[key], after[key], isList ? `${path}[${key}]` : `${path}.${key}`));
  }
  return [{ path, isTyped: isWritten(before) && isWritten(after) && !isTable(before) && !isTable(after) }];
}

function isThing(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** A table of columns is kept as the text of its JSON. */
function isTable(value: unknown): value is string {
  if (typeof value !== 'string' || !value.startsWith('{')) return false;
  try {
    return isThing(JSON.parse(value));
  } catch {
    return false;
  }
}

/** An empty field may be kept as nothing. */
function isWritten(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || value === null || value === undefined;
}
