import { expect, test } from 'vitest';
import { rebased } from '../../server/notes/document/rebase.ts';
import { randomOf } from '../support/random.ts';

test.each([
  ['nobody changed anything', 'a b', 'a b', 'a b', 'a b'],
  ['only the writer did', 'a b', 'a new b', 'a b', 'a new b'],
  ['only others did', 'a b', 'a b', 'a b c', 'a b c'],
  ['both did, at different places', 'one two three', 'ONE two three', 'one two three four', 'ONE two three four'],
  ['both did the same', 'one two', 'one three', 'one three', 'one three'],
  ['both put something at one place', 'a\n', 'a\nmine\n', 'a\ntheirs\n', 'a\ntheirs\nmine\n'],
  ['both changed one word', 'colour: red.', 'colour: blue.', 'colour: green.', 'colour: green blue.'],
  ['one took away what the other changed beside', 'a b c d', 'a d', 'a b c d e', 'a d e'],
  ['others emptied it', 'a b', 'a b c', '', ' c'],
  ['it was empty when it was read', '', 'mine', 'theirs', 'theirs mine'],
  ['letters of two halves stay whole', '🙂 a', '🙃 a', '🙂 a b', '🙃 a b'],
])('%s', (_, base, written, current, merged) => {
  expect(rebased(base, written, current)).toBe(merged);
});

test('no new word of either side is lost, and none comes twice, whatever both did', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const { below } = randomOf(seed);
    const words = Array.from({ length: below(12) }, (_, at) => `w${at}`);
    const changed = (mark: string) =>
      words.flatMap((word, at) => {
        const act = below(4);
        return act === 0 ? [] : act === 1 ? [`${mark}${at}`, word] : [word];
      });
    const [own, theirs] = [changed('own'), changed('their')];
    const merged = rebased(words.join(' '), own.join(' '), theirs.join(' ')).split(/\s+/);
    const added = (text: string[]) => text.filter((word) => /^(own|their)/.test(word));
    expect(added(merged).sort(), `seed ${seed}`).toEqual([...added(own), ...added(theirs)].sort());
    const old = merged.filter((word) => /^w\d/.test(word));
    expect(new Set(old).size, `seed ${seed}`).toBe(old.length);
    const kept = words.filter((word) => own.includes(word) && theirs.includes(word));
    expect(
      old.filter((word) => kept.includes(word)),
      `seed ${seed}`,
    ).toEqual(kept);
  }
});
