/** A piece that is a sign knows the other of its pair. */
export type Piece = { text: string; side: 'open' | 'close' | null; pair?: symbol };

/**
 * What becomes of the sign of italic words beside a letter, where `_` says nothing: first the other sign, which people
 * can read, and where that is not read as it is meant the letter as a number.
 */
export const withinWords = ['*', null] as const;
type WithinWord = (typeof withinWords)[number];

const isLetter = (character: string | undefined) => character !== undefined && !/[\s\p{P}\p{S}]/u.test(character);

/**
 * Puts the pieces together. Whether a sign counts depends on what stands on both sides of it: a letter outside that
 * would spoil it is written as a number.
 */
export function put(given: readonly Piece[], within: WithinWord): string {
  const all = given.filter((piece) => piece.text !== '').map((piece) => ({ ...piece }));
  const sidesOf = (piece: Piece, at: number) => {
    const [before, after] = [all[at - 1], all[at + 1]];
    const isOpen = piece.side === 'open';
    const outer = isOpen ? before : after;
    return {
      outer,
      outermost: isOpen ? lastOf(before) : firstOf(after),
      innermost: isOpen ? firstOf(after) : lastOf(before),
    };
  };
  const other = new Set<symbol>();
  all.forEach((piece, at) => {
    if (within && piece.text === '_' && piece.pair && isLetter(sidesOf(piece, at).outermost)) other.add(piece.pair);
  });
  for (const piece of all) if (within && piece.pair && other.has(piece.pair)) piece.text = within;
  all.forEach((piece, at) => {
    if (piece.side === null) return;
    const { outer, outermost, innermost } = sidesOf(piece, at);
    if (!outer || !isLetter(outermost) || (piece.text !== '_' && isLetter(innermost))) return;
    const number = `&#${outermost?.codePointAt(0)};`;
    const length = outermost?.length ?? 0;
    outer.text = piece.side === 'open' ? outer.text.slice(0, -length) + number : number + outer.text.slice(length);
  });
  // What stands before a bracket may change what the bracket is.
  return all
    .map(({ text }, at) => {
      const started = text.startsWith('(') && /^@\[.*\]$/.test(all[at - 1]?.text ?? '') ? `\\${text}` : text;
      return started.endsWith('!') && all[at + 1]?.text.startsWith('[') ? `${started.slice(0, -1)}\\!` : started;
    })
    .join('');
}

function firstOf(piece: Piece | undefined): string | undefined {
  return piece && [...piece.text.slice(0, 2)][0];
}

function lastOf(piece: Piece | undefined): string | undefined {
  return piece && [...piece.text.slice(-2)].at(-1);
}
