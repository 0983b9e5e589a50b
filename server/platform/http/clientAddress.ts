import type { IncomingMessage } from 'node:http';
import type { Config } from '../../config.ts';

/**
 * The address a request came from. With `TRUST_PROXY` n, the n-th from the right of X-Forwarded-For and the peer:
 * each proxy adds the address it saw at the right, and what stands further left is anybody's invention.
 */
export function clientAddress(config: Pick<Config, 'trustProxy'>, req: IncomingMessage): string {
  const peer = req.socket.remoteAddress ?? '';
  if (config.trustProxy === 0) return peer;
  const forwarded = [req.headers['x-forwarded-for'] ?? []].flat().flatMap((line) => line.split(','));
  const chain = [...forwarded.map((part) => part.trim()).filter((part) => part !== ''), peer];
  return chain[Math.max(0, chain.length - 1 - config.trustProxy)] ?? peer;
}

/** What limits count by: the address, or its /64 network, since one IPv6 customer owns at least that many. */
export function addressKey(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [left = '', right] = plain.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right ? right.split(':') : [];
  const middle =
    right === undefined ? [] : Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...head, ...middle, ...tail].slice(0, 4).join(':');
}

export function isLoopbackAddress(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address ?? '');
}
