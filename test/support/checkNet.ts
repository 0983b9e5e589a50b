import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestAppOptions } from './app.ts';
import { startDns, type TestDns, type Zone } from './dnsServer.ts';
import { hereOnly } from './hereOnly.ts';

export type CheckNet = {
  readonly dns: TestDns;
  /** Of the web server, under a name of the zone: `http://shop.test:<port>`. */
  readonly at: string;
  /** What the web server answers with. */
  answer: RequestListener;
  /** Lets an app look at these two instead of the world. */
  readonly options: Pick<TestAppOptions, 'config' | 'fetching'>;
  close(): Promise<void>;
};

/** A zone in which one of the records that `aDomain` wants is right, one is another's, and one is missing. */
export const halfSetZone: Zone = {
  'shop.test': ['NS ns.shop.test', 'SOA ns.shop.test 300', 'TXT v=spf1 include:mail.other.test -all', 'A 127.0.0.1'],
  'ns.shop.test': ['A 127.0.0.1'],
  'em.shop.test': ['CNAME u1.sender.test'],
  'link.shop.test': ['CNAME parked.other.test'],
  'u1.sender.test': ['A 203.0.113.9'],
  'parked.other.test': ['A 203.0.113.10'],
  'mail.other.test': ['TXT v=spf1 ip4:203.0.113.0/24 -all'],
  'spf.sender.test': ['TXT v=spf1 ip4:203.0.113.0/24 -all'],
};
export const setZone: Zone = {
  ...halfSetZone,
  'shop.test': ['NS ns.shop.test', 'SOA ns.shop.test 300', 'TXT v=spf1 include:spf.sender.test -all', 'A 127.0.0.1'],
  'link.shop.test': ['CNAME u1.sender.test'],
  'proof.shop.test': ['TXT sender-verification=4f2a91c07be3'],
};

export const aDomain = (everyMinutes: number | null = null) => {
  const records = [
    { type: 'CNAME', name: 'em', target: 'u1.sender.test' },
    { type: 'CNAME', name: 'link', target: 'u1.sender.test' },
    { type: 'TXT', name: 'proof', value: 'sender-verification=4f2a91c07be3' },
    { type: 'SPF', includes: ['spf.sender.test'] },
  ];
  return {
    key: 'domain',
    label: 'Your sending domain',
    spec: { kind: 'CHECK', check: { of: 'DNS', records }, everyMinutes },
  };
};
export const somePages = {
  key: 'tag',
  label: 'The tag on your pages',
  spec: { kind: 'CHECK', check: { of: 'TAG', script: 'cdn.lumen.example/tag.js', pageTypes: ['HOME', 'PRODUCT'] } },
};
export const aWebhook = {
  key: 'hook',
  label: 'Where orders are told',
  spec: { kind: 'CHECK', check: { of: 'WEBHOOK' } },
};
export const aFeedAddress = {
  key: 'feed',
  label: 'Your product feed',
  spec: { kind: 'URL', check: { rules: 'product-feed' }, everyMinutes: 360 },
};

/** A name server and a web server of this machine for checks to look at. */
export async function startCheckNet(zone: Zone): Promise<CheckNet> {
  const dns = await startDns(zone);
  const server = createServer((request, response) => net.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const net: CheckNet = {
    dns,
    at: `http://shop.test:${port}`,
    answer: (_, response) => void response.writeHead(404).end(),
    options: {
      config: { dnsResolvers: [dns.address] },
      fetching: {
        allowedPorts: [port],
        ...hereOnly,
        dns: { ownersPort: dns.port, isPublic: hereOnly.isPublic, timeoutMs: 500, tries: 1 },
      },
    },
    async close() {
      await dns.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return net;
}
