import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPath } from '../../server/accounts/returnTo.ts';

const cases: [string, string | null][] = [
  ['/projects/1', '/projects/1'],
  ['/tasks/1?tab=note#end', '/tasks/1?tab=note#end'],
  ['/', '/'],
  ['', null],
  ['//evil', null],
  ['///evil', null],
  ['/\\evil', null],
  ['\\\\evil', null],
  ['/..//evil', null],
  ['/.//evil', null],
  ['/%2e%2e//evil', null],
  ['https:evil', null],
  ['https://evil.example', null],
  ['javascript:alert(1)', null],
  ['/\t/evil', null],
  ['/\n/evil', null],
  ['/a\r\nSet-Cookie: x', null],
  ['\t//evil', null],
  [' //evil', null],
  ['projects/1', null],
  [`/${'a'.repeat(3000)}`, null],
];

test.each(cases)('[S16] returnTo %j becomes %j', (given, wanted) => {
  expect(localPath(given)).toBe(wanted);
});

test('[S16] whatever is accepted stays on our origin, however a browser reads it', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    ':',
    '@',
    'evil.example',
    'https:',
    '%2f',
    '%5c',
    '\t',
    '?',
    '#',
    'a',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const accepted = localPath(parts.join(''));
      return (
        accepted === null || new URL(accepted, 'https://ours.example/sign-in/link').origin === 'https://ours.example'
      );
    }),
    { numRuns: 3000 },
  );
});
