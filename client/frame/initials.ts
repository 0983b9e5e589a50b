/** The first letters of the first two words of a name, where there is no picture of it; none of a name without letters. */
export function initialsOf(name: string): string {
  const firsts = name.match(/(?<![\p{L}\p{M}\p{N}'’])\p{L}/gu) ?? [];
  return firsts.slice(0, 2).join('').toLocaleUpperCase();
}

/** One of so many tones, the same for all that is called so. */
export function toneOf(name: string, tones: number): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return sum % tones;
}
