import { afterEach, expect, test } from 'vitest';
import { createDns } from '../../server/platform/fetching/dns.ts';
import { startDns, type TestDns, type Zone } from '../support/dnsServer.ts';

const servers: TestDns[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serving(zone: Zone): Promise<TestDns> {
  const server = await startDns(zone);
  servers.push(server);
  return server;
}

const zone: Zone = {
  'shop.test': [
    'A 192.0.2.1',
    'NS ns.shop.test',
    'MX 10 mail.shop.test',
    'TXT v=spf1 |-all',
    'CAA 0 issue ca.test',
    'SOA ns.shop.test 300',
  ],
  'ns.shop.test': ['A 127.0.0.1'],
  'www.shop.test': ['CNAME Target.Test.'],
  'target.test': ['A 192.0.2.9', 'AAAA 2001:db8::9', 'TXT at the target'],
};

test('every server answers for itself, by type', async () => {
  const one = await serving(zone);
  const two = await serving({ 'shop.test': ['A 192.0.2.2'] });
  const dns = createDns({ resolvers: [one.address, two.address] });
  const records = async (name: string, type: Parameters<typeof dns.ask>[1]) =>
    (await dns.ask(name, type)).map((answer) => [answer.status, ...answer.records]);
  expect(await records('shop.test', 'A')).toEqual([
    ['FOUND', '192.0.2.1'],
    ['FOUND', '192.0.2.2'],
  ]);
  expect(await records('shop.test', 'MX')).toEqual([['FOUND', '10 mail.shop.test'], ['EMPTY']]);
  expect(await records('www.shop.test', 'CNAME')).toEqual([['FOUND', 'target.test'], ['MISSING']]);
  expect(await records('www.shop.test', 'TXT')).toEqual([['FOUND', 'at the target'], ['MISSING']]);
  expect((await records('shop.test', 'CAA'))[0]).toEqual(['FOUND', '0 issue ca.test']);
  expect((await records('shop.test', 'SOA'))[0]).toEqual(['FOUND', 'ns.shop.test 300']);
  expect((await records('target.test', 'AAAA'))[0]).toEqual(['FOUND', '2001:db8::9']);
});

test('the strings of a TXT record are told as they stand and joined without a blank', async () => {
  const { address } = await serving(zone);
  const [answer] = await createDns({ resolvers: [address] }).ask('shop.test', 'TXT');
  expect(answer).toMatchObject({ records: ['v=spf1 -all'], strings: [['v=spf1 ', '-all']] });
});

test('a server that does not answer fails alone', async () => {
  const { address } = await serving(zone);
  const dead = await startDns({});
  await dead.close();
  const dns = createDns({ resolvers: [dead.address, address], timeoutMs: 100, tries: 1 });
  expect((await dns.ask('shop.test', 'A')).map(({ status }) => status)).toEqual(['FAILED', 'FOUND']);
});

test("the network's own server speaks only when no other does", async () => {
  const { address } = await serving({});
  const dns = createDns({ resolvers: ['system', address] });
  expect((await dns.ask('inside.test', 'A')).map(({ by }) => by)).toEqual([address]);
});

test('the owners of a zone are asked only where they are public', async () => {
  const server = await serving(zone);
  const options = { resolvers: [server.address], ownersPort: server.port };
  expect(await createDns(options).askOwners('shop.test', 'shop.test', 'A')).toEqual([]);
  const open = createDns({ ...options, isPublic: (address) => address === '127.0.0.1' });
  expect(await open.askOwners('shop.test', 'shop.test', 'A')).toMatchObject([
    { by: '127.0.0.1', status: 'FOUND', records: ['192.0.2.1'] },
  ]);
});
