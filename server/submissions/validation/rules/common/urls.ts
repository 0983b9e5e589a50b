import { isLetter } from './window.ts';

/*
 * Absolute http and https addresses by RFC 3986, ASCII only. One pass over the bytes for the healthy ones; the platform's
 * `URL` is asked only when a broken one shall be made right.
 */

export const UrlProblem = {
  none: 0,
  /** No `http://` or `https://` before it. */
  notAbsolute: 1,
  /** A scheme of another kind. */
  scheme: 2,
  noHost: 3,
  /** A label of the host is empty, too long, or has characters that no host has. */
  host: 4,
  /** No dot: it is no public name. */
  localHost: 5,
  userInfo: 6,
  port: 7,
} as const;

/** What is wrong with scheme and authority: of `UrlProblem`. Looks no further than the host. */
export function authorityProblem(bytes: Uint8Array, start: number, end: number): number {
  const host = hostStart(bytes, start, end);
  if (host < 0) return -host;
  const hostEnd = authorityEnd(bytes, host, end);
  if (hostEnd === host) return UrlProblem.noHost;
  let dots = 0;
  let label = 0;
  let at = host;
  for (; at < hostEnd; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e) {
      if (label === 0 || label > 63) return UrlProblem.host;
      dots++;
      label = 0;
    } else if (byte === 0x40) return UrlProblem.userInfo;
    else if (byte === 0x3a) break;
    else if (hostBytes[byte] === 1) label++;
    else return hasAt(bytes, at, hostEnd) ? UrlProblem.userInfo : UrlProblem.host;
  }
  if (at < hostEnd) {
    if (hasAt(bytes, at, hostEnd)) return UrlProblem.userInfo;
    if (!isPort(bytes, at + 1, hostEnd)) return UrlProblem.port;
  }
  if (label > 63 || at - host > 253) return UrlProblem.host;
  return dots === 0 || (dots === 1 && label === 0) ? UrlProblem.localHost : UrlProblem.none;
}

/** Where the host begins, or minus the problem. */
function hostStart(bytes: Uint8Array, start: number, end: number): number {
  const isHttp =
    end - start >= 7 &&
    ((bytes[start] as number) | 0x20) === 0x68 &&
    ((bytes[start + 1] as number) | 0x20) === 0x74 &&
    ((bytes[start + 2] as number) | 0x20) === 0x74 &&
    ((bytes[start + 3] as number) | 0x20) === 0x70;
  if (isHttp) {
    const at = ((bytes[start + 4] as number) | 0x20) === 0x73 ? start + 5 : start + 4;
    if (at + 3 <= end && bytes[at] === 0x3a && bytes[at + 1] === 0x2f && bytes[at + 2] === 0x2f) {
      return at + 3 < end ? at + 3 : -UrlProblem.noHost;
    }
  }
  let at = start;
  while (at < end && isLetter(bytes[at] as number)) at++;
  // `shop.example:8080/x` has no letters alone before its colon; `ftp:` and `mailto:` have.
  return at > start && bytes[at] === 0x3a ? -UrlProblem.scheme : -UrlProblem.notAbsolute;
}

/** The byte that ends the authority: `/`, `?`, `#`, or the end. */
export function authorityEnd(bytes: Uint8Array, host: number, end: number): number {
  let at = host;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte === 0x2f || byte === 0x3f || byte === 0x23) break;
    at++;
  }
  return at;
}

/** First byte of the host of an address that has one; -1: it has none. */
export function hostOf(bytes: Uint8Array, start: number, end: number): number {
  const host = hostStart(bytes, start, end);
  return host < 0 ? -1 : host;
}

/** Letters, digits, `-`, `_`, and what becomes ASCII by encoding. */
const hostBytes = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x5f ? 1 : 0,
);

function hasAt(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === 0x40) return true;
  return false;
}

function isPort(bytes: Uint8Array, start: number, end: number): boolean {
  let port = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x30 || byte > 0x39) return false;
    port = port * 10 + byte - 0x30;
    if (port > 65_535) return false;
  }
  return start === end || port > 0;
}

/** 1 for every character that may stand in a URL as it is (RFC 3986 unreserved and reserved, without `%`). */
const allowed = allowedTable();

function allowedTable(): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of "-._~:/?#[]@!$&'()*+,;=") table[character.charCodeAt(0)] = 1;
  for (let byte = 0; byte < 128; byte++) {
    if (isLetter(byte) || (byte >= 0x30 && byte <= 0x39)) table[byte] = 1;
  }
  return table;
}

/** The first byte that has to be percent-encoded (or a `%` without two hex digits behind it); -1: none. */
export function illegalAt(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (allowed[byte] === 1) continue;
    if (byte !== 0x25 || !(at + 2 < end && isHex(bytes[at + 1] as number) && isHex(bytes[at + 2] as number))) return at;
  }
  return -1;
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

const encoder = new TextEncoder();

export function authorityProblemOf(url: string): number {
  const bytes = encoder.encode(url);
  return authorityProblem(bytes, 0, bytes.length);
}

export function isGoodUrl(url: string): boolean {
  const bytes = encoder.encode(url);
  return authorityProblem(bytes, 0, bytes.length) === UrlProblem.none && illegalAt(bytes, 0, bytes.length) === -1;
}

/** Percent-encodes what must be, the host to its ASCII form; null where the address cannot be read. */
export function encodeUrl(text: string): string | null {
  const trimmed = text.trim();
  if (authorityProblemOf(trimmed) !== UrlProblem.none) return null;
  const [, head = '', host = '', rest = ''] = /^(https?:\/\/)([^/?#]*)(.*)$/is.exec(trimmed) ?? [];
  const name = asciiHost(host);
  if (name === null || /[\r\n\t]/.test(rest)) return null;
  const encoded = rest.replace(/%(?![0-9a-f]{2})|[^\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]/giu, (found) =>
    encodeURIComponent(/^\p{Surrogate}$/u.test(found) ? '\ufffd' : found),
  );
  const made = `${head}${name}${encoded}`;
  return isGoodUrl(made) ? made : null;
}

/** `müller.example` -> `xn--mller-kva.example`; a host of ASCII stays as it is written. */
export function asciiHost(host: string): string | null {
  if (/^[\x21-\x7e]*$/.test(host)) return host;
  try {
    return new URL(`http://${host}/`).host;
  } catch {
    return null;
  }
}

/** `//shop.example/x` and `www.shop.example/x` with `https:` before them; null for anything less certain. */
export function addScheme(text: string): string | null {
  const trimmed = text.trim();
  const slashes = /^(?:https?:?)?\/\/?(?=[^/])/i.exec(trimmed);
  const made = trimmed.startsWith('//')
    ? `https:${trimmed}`
    : /^www\.[^\s/]+\.[^\s/]/i.test(trimmed)
      ? `https://${trimmed}`
      : slashes !== null && /^https?/i.test(trimmed)
        ? `${/^https/i.test(trimmed) ? 'https' : 'http'}://${trimmed.slice(slashes[0].length)}`
        : null;
  return made !== null && isGoodUrl(made) ? made : null;
}

/** The address without the named parameters of its query (and of `;name=value` in its path), apart from capitals. */
export function withoutParameters(text: string, names: readonly string[]): string {
  const hash = text.indexOf('#');
  const fragment = hash === -1 ? '' : text.slice(hash);
  const whole = hash === -1 ? text : text.slice(0, hash);
  const mark = whole.indexOf('?');
  const path = mark === -1 ? whole : whole.slice(0, mark);
  const isNamed = (part: string) => names.includes(part.slice(0, Math.max(part.indexOf('='), 0)).toLowerCase());
  const [first = '', ...inPath] = path.split(';');
  const keptPath = [first, ...inPath.filter((part) => !isNamed(part))].join(';');
  if (mark === -1) return `${keptPath}${fragment}`;
  const kept = whole
    .slice(mark + 1)
    .split('&')
    .map((part) =>
      part
        .split(';')
        .filter((piece) => !isNamed(piece))
        .join(';'),
    )
    .filter((part) => part !== '');
  return `${keptPath}${kept.length === 0 ? '' : `?${kept.join('&')}`}${fragment}`;
}
