import { expect, test } from 'vitest';
import { isWellFormed, newSecret, prefixOf, secretHash } from '../../server/tokens/secret.ts';

test('[S17] a secret is slw_, 190 random bits in base62, and a check', () => {
  const secrets = Array.from({ length: 200 }, newSecret);
  expect(new Set(secrets).size).toBe(200);
  for (const secret of secrets) expect(secret).toMatch(/^slw_[0-9A-Za-z]{38}$/);
  expect(32 * Math.log2(62)).toBeGreaterThan(160);
  expect(secrets.every(isWellFormed)).toBe(true);
});

test('a slip of the pen is found without asking the database', () => {
  const secret = newSecret();
  for (let at = 0; at < secret.length; at++) {
    const other = secret[at] === 'a' ? 'b' : 'a';
    expect(isWellFormed(secret.slice(0, at) + other + secret.slice(at + 1))).toBe(false);
  }
  for (const text of ['', 'slw_', secret.slice(1), `${secret}a`, `${secret}\n`, secret.toUpperCase()]) {
    expect(isWellFormed(text)).toBe(false);
  }
});

test('what is kept of a secret is ten characters and a hash of all', () => {
  const secret = newSecret();
  expect(secret.startsWith(prefixOf(secret))).toBe(true);
  expect(prefixOf(secret)).toHaveLength(10);
  expect(secretHash(secret)).not.toContain(secret.slice(4));
});
