import { FetchRefused } from './refusals.ts';

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const maxLength = 2_048;

/**
 * An address as it will be fetched, or `FetchRefused`. The WHATWG parser makes one spelling of the many that a host has
 * (2130706433, 0x7f.1, 0177.0.0.1, 127.1, circled digits, a trailing dot), so that what is checked is what is asked.
 */
export function parseTarget(address: string, allowedPorts: readonly number[], base?: URL): URL {
  const url = address.length > maxLength ? null : parsed(address, base);
  if (url === null) throw new FetchRefused('ADDRESS_INVALID');
  const standard = defaultPorts[url.protocol];
  if (standard === undefined) throw new FetchRefused('SCHEME_REFUSED');
  if (url.username !== '' || url.password !== '') throw new FetchRefused('USER_IN_ADDRESS');
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  if (url.hostname === '' || url.hostname.endsWith('.')) throw new FetchRefused('ADDRESS_INVALID');
  if (!allowedPorts.includes(url.port === '' ? standard : Number(url.port))) throw new FetchRefused('PORT_REFUSED');
  url.hash = '';
  return url;
}

/** Not `URL.canParse`: Node 20 and 22 answer it with false for letters beyond ASCII, once it was asked often enough. */
function parsed(address: string, base: URL | undefined): URL | null {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}
