import { expect, test } from 'vitest';
import { textOf } from '../../server/live/audit.ts';

test.each([
  ['words', 'words'],
  [3, '3'],
  [false, 'false'],
  [null, null],
  [undefined, null],
  [['a', 'b'], 'a, b'],
  [{ ratio: 2, name: 'Go live', none: null }, 'ratio: 2, name: Go live'],
  [
    [{ name: 'Shop', url: 'https://shop.example' }, { name: 'Feed' }],
    'name: Shop, url: https://shop.example; name: Feed',
  ],
  [{ days: [1, 2], open: { from: '9:00' }, at: 5 }, 'days: (1, 2), open: (from: 9:00), at: 5'],
  ['x'.repeat(500), `${'x'.repeat(400)}…`],
])('a value of a row is told as people read it: %j', (value, text) => {
  expect(textOf(value)).toBe(text);
});
