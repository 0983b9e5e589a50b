/*
 * Patterns that somebody else wrote are run over millions of cells, so they must not be able to take forever: the engine
 * of JavaScript tries all ways, and some patterns have exponentially many. Taken is what has few: no lookaround, no
 * backreference, no group that repeats with something in it that repeats or is one of several, and few repetitions in all.
 */
const mostRepeats = 6;
const mostTimes = 1_000;

export function isLinear(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return false;
  }
  return isShapeLinear(pattern);
}

/** Of the group at hand: whether something in it repeats, or it has alternatives. */
type Group = { isManyWays: boolean };

function isShapeLinear(pattern: string): boolean {
  const open: Group[] = [];
  let closed: Group | null = null;
  let repeats = 0;
  let at = 0;
  while (at < pattern.length) {
    const sign = pattern[at] as string;
    if (sign === '\\') {
      const next = pattern[at + 1] ?? '';
      // \1 to \9 and \k<name> look back at what was found.
      if (/[1-9k]/.test(next)) return false;
      at = afterEscape(pattern, at);
      closed = null;
    } else if (sign === '[') {
      at = afterClass(pattern, at);
      closed = null;
    } else if (sign === '(') {
      if (pattern[at + 1] === '?' && pattern[at + 2] !== ':') return false;
      open.push({ isManyWays: false });
      at += pattern[at + 1] === '?' ? 3 : 1;
      closed = null;
    } else if (sign === ')') {
      closed = open.pop() ?? null;
      const around = open.at(-1);
      if (closed?.isManyWays && around) around.isManyWays = true;
      at++;
    } else if (sign === '|') {
      const group = open.at(-1);
      if (group) group.isManyWays = true;
      at++;
      closed = null;
    } else {
      const repeat = /^(?:[*+?]|\{(\d{1,6})(?:,(\d{0,6}))?\})\??/.exec(pattern.slice(at, at + 20));
      if (repeat === null) {
        closed = null;
        at++;
        continue;
      }
      const [whole, least, most = least] = repeat;
      if (Number(least ?? 0) > mostTimes || Number(most ?? 0) > mostTimes) return false;
      const isOptional = whole.startsWith('?');
      const isFixed = least !== undefined && most === least;
      if (closed?.isManyWays && !isOptional) return false;
      const around = open.at(-1);
      if (!isOptional && !isFixed) {
        if (++repeats > mostRepeats) return false;
      }
      if (around && !isFixed) around.isManyWays = true;
      closed = null;
      at += whole.length;
    }
  }
  return true;
}

/** `\d`, `\u{1f600}`, `\p{L}`. */
function afterEscape(pattern: string, at: number): number {
  const next = pattern[at + 1] ?? '';
  if (/[pPu]/.test(next) && pattern[at + 2] === '{') {
    const end = pattern.indexOf('}', at);
    return end === -1 ? pattern.length : end + 1;
  }
  return at + 2;
}

function afterClass(pattern: string, at: number): number {
  let next = at + 1;
  while (next < pattern.length && pattern[next] !== ']') next += pattern[next] === '\\' ? 2 : 1;
  return next + 1;
}
