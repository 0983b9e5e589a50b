import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * What a token looks like: `slw_`, 32 random characters of base62 (190 bits), and 6 that check them. A scanner of
 * repositories knows one by its shape, and a slip of the pen is found before the database is asked.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const mark = 'slw_';
const randomCharacters = 32;
const checkCharacters = 6;
/** How much of a secret is kept and shown, so that its owner knows it by a log that has it cut short. */
const prefixCharacters = mark.length + 6;

const shape = new RegExp(`^${mark}[0-9A-Za-z]{${randomCharacters + checkCharacters}}$`);

export function newSecret(): string {
  const random = Array.from({ length: randomCharacters }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${mark}${random}${checkOf(mark + random)}`;
}

/** Whether a text can be one of our tokens at all. */
export function isWellFormed(secret: string): boolean {
  return shape.test(secret) && secret.endsWith(checkOf(secret.slice(0, -checkCharacters)));
}

export function prefixOf(secret: string): string {
  return secret.slice(0, prefixCharacters);
}

/** What is stored: a copy of the database opens nothing. The secret is random, so one round of a hash is enough. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function checkOf(text: string): string {
  let rest = crc32(text);
  let check = '';
  for (let i = 0; i < checkCharacters; i++) {
    check = alphabet[rest % alphabet.length] + check;
    rest = Math.floor(rest / alphabet.length);
  }
  return check;
}
