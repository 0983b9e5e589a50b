import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import type { Config } from '../../server/config.ts';
import { addressKey, clientAddress } from '../../server/platform/http/clientAddress.ts';
import { originAllowed, ownOrigin } from '../../server/platform/http/origin.ts';
import { testConfig } from '../support/config.ts';

function at(config: Partial<Config>) {
  return { config: { ...testConfig('/tmp', null), ...config }, publicOrigin: () => 'http://localhost:4000' };
}

const local = at({ host: '127.0.0.1' });
const onAll = at({ host: '0.0.0.0' });
const named = at({ host: 'slipway.lan' });
const published = at({ publicUrl: 'https://slipway.example.com', host: '0.0.0.0' });

const hosts: [ReturnType<typeof at>, string | undefined, string | null][] = [
  [local, 'localhost:4000', 'http://localhost:4000'],
  [local, '127.0.0.1:4000', 'http://127.0.0.1:4000'],
  [local, '[::1]:4000', 'http://[::1]:4000'],
  [local, 'localhost', 'http://localhost'],
  [local, 'evil.example:4000', null],
  [local, '192.168.1.5:4000', null],
  [local, 'localhost:99999', null],
  [local, 'user@localhost', null],
  [local, 'localhost/x', null],
  [local, '[:::::]', null],
  [local, '', null],
  [local, undefined, null],
  [onAll, '192.168.1.5:4000', 'http://192.168.1.5:4000'],
  [onAll, 'rebound.evil.example:4000', null],
  [named, 'slipway.lan:4000', 'http://slipway.lan:4000'],
  [named, 'x.slipway.lan:4000', null],
  [published, 'localhost:4000', 'https://slipway.example.com'],
  [published, 'evil.example', 'https://slipway.example.com'],
];

test.each(hosts)('[S15] our own origin, case %#', (services, host, wanted) => {
  expect(ownOrigin(services, host)).toBe(wanted);
});

test('[S15] a handshake needs our own origin, or no cookie to ride on', () => {
  const handshake = (headers: Record<string, string>) =>
    originAllowed(local, { headers: { host: 'localhost:4000', ...headers } } as unknown as IncomingMessage);
  const cookie = 'slipway_session=x';
  expect(handshake({ origin: 'http://localhost:4000', cookie })).toBe(true);
  expect(handshake({})).toBe(true);
  expect(handshake({ cookie })).toBe(false);
  for (const origin of [
    'https://evil.example',
    'null',
    '',
    'http://localhost:4000.evil.example',
    'http://evillocalhost:4000',
    'http://localhost:40000',
    'https://localhost:4000',
    'http://localhost',
  ]) {
    expect([origin, handshake({ origin, cookie })]).toEqual([origin, false]);
    expect([origin, handshake({ origin })]).toEqual([origin, false]);
  }
});

function from(trustProxy: number, forwarded?: string, peer = '10.0.0.1'): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddress({ trustProxy }, { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage);
}

test('[S9] X-Forwarded-For is believed as far as there are trusted proxies, counted from the right', () => {
  expect(from(0, '1.1.1.1')).toBe('10.0.0.1');
  expect(from(1)).toBe('10.0.0.1');
  expect(from(1, '1.1.1.1')).toBe('1.1.1.1');
  expect(from(1, '6.6.6.6, 1.1.1.1')).toBe('1.1.1.1');
  expect(from(2, '6.6.6.6, 1.1.1.1, 2.2.2.2')).toBe('1.1.1.1');
  expect(from(2, '1.1.1.1')).toBe('1.1.1.1');
});

test('[S9] limits count an IPv6 network as one', () => {
  expect(addressKey('::ffff:10.0.0.1')).toBe('10.0.0.1');
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(addressKey('2001:DB8:1:2::9')).toBe('2001:db8:1:2');
  expect(addressKey('2001:db8::1')).toBe('2001:db8:0:0');
  expect(addressKey('::1')).toBe('0:0:0:0');
});
