import { expect, test } from 'vitest';
import { robotsFor } from '../../server/submissions/validation/facts/web/robots.ts';

const allowed = (robots: string, path: string) => robotsFor(robots, 'Slipway')(path);

test.each([
  ['a group for nobody is no group for us', 'User-agent:\nAllow: /\n\nUser-agent: *\nDisallow: /', '/', false],
  ['letters as they are written mean how they are sent', 'User-agent: *\nDisallow: /café', '/caf%C3%A9/1', false],
  ['and the other way round', 'User-agent: *\nDisallow: /caf%c3%a9', '/caf%C3%A9/1', false],
  [
    'our own group counts before the one for all',
    'User-agent: *\nDisallow: /\n\nUser-agent: slipway\nAllow: /',
    '/a',
    true,
  ],
  ['several names share the rules below them', 'User-agent: a\nUser-agent: Slipway\nDisallow: /a', '/a', false],
  ['old line ends and remarks', 'User-agent: * # all\rDisallow: /a # this\r', '/a', false],
  ['a byte order mark is no letter of it', '\ufeffUser-agent: *\nDisallow: /', '/', false],
  ['the longer rule wins', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b', true],
  ['nothing is forbidden by an empty rule', 'User-agent: *\nDisallow:', '/a', true],
  ['a pattern with its end', 'User-agent: *\nDisallow: /*.pdf$', '/x.pdf', false],
])('%s', (_what, robots, path, expected) => {
  expect(allowed(robots, path)).toBe(expected);
});
