/**
 * The first letters of the first two words of a name, where there is no picture of it; none of a name without letters.
 * "de", "of" and their like are passed over where there is something else.
 */
export function initialsOf(name: string): string {
  const firsts = name.match(/(?<![\p{L}\p{M}\p{N}'’])(?!\p{Ll}{1,3}(?!\p{L}))\p{L}/gu) ?? name.match(/\p{L}/u) ?? [];
  return firsts.slice(0, 2).join('').toLocaleUpperCase();
}

/** One of so many tones, the same for all that is called so. */
export function toneOf(name: string, tones: number): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return sum % tones;
}
