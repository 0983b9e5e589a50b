/*
 * Patterns that somebody else wrote are run over millions of cells, so they must not be able to take forever: the engine
 * of JavaScript tries all ways, and some patterns have exponentially many. Taken is what has few: no lookaround, no
 * backreference, no group that repeats with something in it that can be read in several ways, and few such ways in all.
 */

/** Longer texts are only asked where a pattern has few ways for them. */
export const usualCharacters = 500;
const mostWays = 1_000_000;
const mostTimes = 1_000;

export function isLinear(pattern: string): boolean {
  return waysOf(pattern) <= mostWays;
}

/** How many characters a text may have to be asked. */
export function mostCharactersOf(pattern: string): number {
  return waysOf(pattern) <= usualCharacters * 4 ? 1_000_000 : usualCharacters;
}

/** Of the group at hand: whether it can be read in several ways. */
type Group = { isManyWays: boolean; start: number };

/**
 * In how many ways a text of 500 characters can be divided among the repetitions, at most. A sign that none of the
 * repetitions before it can take divides them for good: `[a-z]+@[a-z]+` has no more ways than `[a-z]+`.
 */
function waysOf(pattern: string): number {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return Number.POSITIVE_INFINITY;
  }
  const never = Number.POSITIVE_INFINITY;
  const open: Group[] = [];
  let closed: Group | null = null;
  let worst = 1;
  let choices = 1;
  let run = 1;
  let repeated: (string | null)[] = [];
  let atom = '';
  let at = 0;
  while (at < pattern.length) {
    const sign = pattern[at] as string;
    const repeat = /^(?:[*+?]|\{(\d{1,6})(?:(,)(\d{0,6}))?\})\??/.exec(pattern.slice(at, at + 24));
    if (repeat !== null) {
      const [whole, least = '', comma, most = ''] = repeat;
      if (Number(least) > mostTimes || Number(most) > mostTimes) return never;
      at += whole.length;
      if (least !== '' && comma === undefined) {
        if (closed?.isManyWays) return never;
        continue;
      }
      const isOptional = whole.startsWith('?');
      if (closed?.isManyWays && !isOptional) return never;
      run *= isOptional ? 2 : most === '' ? usualCharacters : Number(most) - Number(least) + 1;
      repeated.push(closed === null ? atom : null);
      for (const group of open) group.isManyWays = true;
      closed = null;
    } else if (sign === '(') {
      if (pattern[at + 1] === '?' && pattern[at + 2] !== ':') return never;
      open.push({ isManyWays: false, start: at });
      at += pattern[at + 1] === '?' ? 3 : 1;
      closed = null;
    } else if (sign === ')') {
      closed = open.pop() ?? null;
      at++;
    } else if (sign === '|') {
      choices *= 2;
      for (const group of open) group.isManyWays = true;
      closed = null;
      at++;
    } else {
      const end = sign === '\\' ? afterEscape(pattern, at) : sign === '[' ? afterClass(pattern, at) : at + 1;
      atom = pattern.slice(at, end);
      // \1 to \9 and \k<name> look back at what was found.
      if (/^\\[1-9k]/.test(atom)) return never;
      at = end;
      closed = null;
      if (open.length === 0 && !/^[*+?{]/.test(pattern.slice(at, at + 1)) && isDividing(atom, repeated)) {
        worst = Math.max(worst, run);
        run = 1;
        repeated = [];
      }
    }
    if (run * choices > mostWays) return never;
  }
  return Math.max(worst, run) * choices;
}

/** One sign, which none of the repetitions takes. */
function isDividing(atom: string, repeated: readonly (string | null)[]): boolean {
  const literal = /^[^.^$\\[]$/.test(atom) ? atom : /^\\[^a-zA-Z0-9]$/.test(atom) ? atom.slice(1) : null;
  if (literal === null) return false;
  return repeated.every((each) => each !== null && !new RegExp(`^(?:${each})$`, 'u').test(literal));
}

/** `\d`, `\u{1f600}`, `\p{L}`. */
function afterEscape(pattern: string, at: number): number {
  const next = pattern[at + 1] ?? '';
  if (/[pPu]/.test(next) && pattern[at + 2] === '{') {
    const end = pattern.indexOf('}', at);
    return end === -1 ? pattern.length : end + 1;
  }
  return at + 2 + (next === 'u' ? 4 : next === 'x' ? 2 : next === 'c' ? 1 : 0);
}

function afterClass(pattern: string, at: number): number {
  let next = at + 1;
  while (next < pattern.length && pattern[next] !== ']') next += pattern[next] === '\\' ? 2 : 1;
  return next + 1;
}
