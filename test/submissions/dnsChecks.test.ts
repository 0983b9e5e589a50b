import { afterEach, describe, expect, test } from 'vitest';
import { createDns } from '../../server/platform/fetching/dns.ts';
import { createGuardedFetch } from '../../server/platform/fetching/guardedFetch.ts';
import type { CheckDeps } from '../../server/submissions/fetching/deps.ts';
import { runCheck } from '../../server/submissions/fetching/runCheck.ts';
import { checkSpec } from '../../server/submissions/fetching/spec.ts';
import { exampleKeys } from '../../server/submissions/validation/facts/dns/exampleKeys.ts';
import { startDns, type TestDns, type Zone } from '../support/dnsServer.ts';
import { FakeClock } from '../support/fakeClock.ts';

const open: TestDns[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const noDns = createDns({ resolvers: ['127.0.0.1:9'], timeoutMs: 50, tries: 1 });

async function resolver(
  zone: Zone,
): Promise<{ dns: TestDns; run: (domain: string, records: object[]) => ReturnType<typeof runCheck> }> {
  const dns = await startDns(zone);
  open.push(dns);
  const deps: CheckDeps = {
    fetch: createGuardedFetch(),
    dns: createDns({ resolvers: [dns.address], ownersPort: dns.port, isPublic: (address) => address === '127.0.0.1' }),
    clock: new FakeClock(),
  };
  return { dns, run: (domain, records) => runCheck(deps, checkSpec.parse({ kind: 'DNS', domain, records })) };
}

const ids = ({ findings }: Awaited<ReturnType<typeof runCheck>>) => findings.map(({ rule }) => rule).sort();

describe('a check of DNS records', () => {
  const domain = 'shop.test';
  const cname = { type: 'CNAME', name: 'mail.shop.test', target: 'u1.sender.test' };
  const key = exampleKeys.rsa2048;
  const whole: Zone = {
    'shop.test': [
      'NS ns.shop.test',
      'SOA ns.shop.test 300',
      'TXT v=spf1 include:_spf.sender.test ~all',
      'TXT slipway=1',
      'CAA 0 issue letsencrypt.org',
    ],
    'ns.shop.test': ['A 127.0.0.1'],
    'mail.shop.test': ['CNAME u1.sender.test'],
    'u1.sender.test': ['A 203.0.113.9'],
    '_spf.sender.test': ['TXT v=spf1 ip4:192.0.2.0/24 -all'],
    's1._domainkey.shop.test': [`TXT v=DKIM1; k=rsa; p=${key.slice(0, 200)}|${key.slice(200)}`],
    '_dmarc.shop.test': ['TXT v=DMARC1; p=none; rua=mailto:dmarc@shop.test'],
  };
  const all = [
    cname,
    { type: 'TXT', name: 'shop.test', value: 'slipway=1' },
    { type: 'CAA', name: 'mail.shop.test', issuer: 'letsencrypt.org' },
    { type: 'SPF', includes: ['_spf.sender.test'] },
    { type: 'DKIM', selector: 's1', key },
    { type: 'DMARC', signer: 'mail.shop.test' },
    { type: 'BULK', messagesPerDay: 9_000, selectors: ['s1'] },
  ];

  test('a whole set of good records passes, and says when to look again', async () => {
    const { run } = await resolver(whole);
    const result = await run(domain, all);
    expect(ids(result)).toEqual([]);
    expect(result.verdict).toBe('ACCEPTED');
    expect(result.facts).toMatchObject({ dns: { recheckAfterSeconds: 300 } });
  });

  test('nothing there yet: each record is named with what to put there', async () => {
    const { run } = await resolver({ 'shop.test': ['NS ns.shop.test'] });
    const result = await run(domain, all.slice(0, 6));
    expect(ids(result)).toEqual([
      'DKIM-01.missing',
      'DMARC-01.missing',
      'DNS-02.missing',
      'DNS-04.unneeded',
      'SPF-01.missing',
      'TXT-01.missing',
    ]);
    expect(result.findings.map(({ fix }) => fix)).toContain('mail.shop.test. CNAME u1.sender.test.');
    expect(result.findings.map(({ fix }) => fix)).toContain('v=spf1 include:_spf.sender.test ~all');
    expect(result.verdict).toBe('REJECTED');
  });

  test('the usual slips with a CNAME', async () => {
    const { run } = await resolver({
      ...whole,
      'mail.shop.test.shop.test': ['CNAME u1.sender.test'],
      'a.shop.test': ['A 104.16.1.1'],
      'b.shop.test': ['A 10.0.0.7'],
      'c.shop.test': ['CNAME d.shop.test'],
      'd.shop.test': ['CNAME c.shop.test'],
      'e.shop.test': ['CNAME nowhere.sender.test'],
    });
    const of = async (name: string) =>
      ids(await run(domain, [{ ...cname, name, target: name === 'c.shop.test' ? 'd.shop.test' : 'u1.sender.test' }]));
    expect(await of('a.shop.test')).toEqual(['DNS-03.proxied']);
    expect(await of('c.shop.test')).toEqual(['DNS-03.chain']);
    expect(await of('e.shop.test')).toEqual(['DNS-02.target', 'DNS-03.target']);
    expect(await of('shop.test')).toEqual(['DNS-02.apex']);
    expect(await of('not a name')).toEqual(['DNS-01.name']);
    const { run: doubled } = await resolver({
      'shop.test': ['NS ns.shop.test'],
      'mail.shop.test.shop.test': ['CNAME u1.sender.test'],
    });
    expect(ids(await doubled(domain, [cname]))).toEqual(['DNS-01.misplaced', 'DNS-02.missing']);
    const hidden = await run(domain, [{ ...cname, name: 'b.shop.test' }]);
    expect(ids(hidden)).toEqual(['DNS-02.other']);
    expect(JSON.stringify(hidden)).not.toContain('10.0.0.7');
  });

  test('SPF is followed through what it includes; a question is asked once', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`s${i}.test`, [`TXT v=spf1 include:s${i + 1}.test -all`]]),
    );
    const { dns, run } = await resolver({
      ...chain,
      's12.test': ['TXT v=spf1 -all'],
      'shop.test': ['TXT v=spf1 include:s0.test include:s0.test -all'],
    });
    const result = await run(domain, [{ type: 'SPF' }]);
    expect(ids(result)).toEqual(['SPF-02.lookups']);
    expect(result.findings[0]!.title).toContain('26 DNS lookups');
    expect(dns.asked.filter((question) => question === 's5.test TXT')).toHaveLength(1);
  });

  test('a hostile SPF that branches for ever is left after forty lookups', async () => {
    const { dns, run } = await resolver({
      'shop.test': ['TXT v=spf1 include:a.test include:b.test -all'],
      ...Object.fromEntries(
        [...'abcdefgh'].map((letter) => [
          `${letter}.test`,
          [`TXT v=spf1 ${[...'abcdefgh'].map((l) => `include:${l}.test`).join(' ')} -all`],
        ]),
      ),
    });
    expect(ids(await run(domain, [{ type: 'SPF' }]))).toContain('SPF-02.lookups');
    expect(dns.asked.length).toBeLessThan(60);
  });

  test('name servers that do not answer are no proof of anything missing', async () => {
    const deps: CheckDeps = { fetch: createGuardedFetch(), dns: noDns, clock: new FakeClock() };
    const spec = checkSpec.parse({ kind: 'DNS', domain, records: [{ type: 'SPF' }, { type: 'DKIM', selector: 's1' }] });
    const result = await runCheck(deps, spec);
    expect(ids(result)).toEqual([]);
    expect(result.facts).toMatchObject({ dns: { unanswered: ['shop.test SOA'] } });
  });

  test('a single question that no server answers is told apart from a record that is missing', async () => {
    const { dns: server } = await resolver(whole);
    const dns = createDns({ resolvers: [server.address], timeoutMs: 300, tries: 1 });
    const spec = checkSpec.parse({ kind: 'DNS', domain, records: [{ ...cname, name: 'x.silent.test' }] });
    const result = await runCheck({ fetch: createGuardedFetch(), dns, clock: new FakeClock() }, spec);
    expect(ids(result)).toEqual([]);
    expect(result.facts).toMatchObject({ dns: { unanswered: ['x.silent.test CNAME'] } });
  });

  test('without a CAA record none is needed, whatever else its set says', async () => {
    const { run } = await resolver({ 'shop.test': ['NS ns.shop.test', 'CAA 0 iodef mailto:x@shop.test'] });
    const result = await run(domain, [{ type: 'CAA', name: 'mail.shop.test', issuer: 'letsencrypt.org' }]);
    expect(ids(result)).toEqual(['DNS-04.unneeded']);
    expect(result.verdict).toBe('ACCEPTED');
  });

  test('a domain that nobody knows is asked about once, and nothing is said of its records', async () => {
    const { dns, run } = await resolver(whole);
    const result = await run('shpo.test', all);
    expect(ids(result)).toEqual(['DNS-00.unknown']);
    expect(result.findings[0]).toMatchObject({
      title: 'We know no domain shpo.test; is it written right?',
      ...{ column: 'shpo.test', fix: null, count: 1 },
    });
    expect(dns.asked).toEqual(['shpo.test SOA']);
  });

  test('a name below a zone that somebody registered is no unknown domain; one below an ending is', async () => {
    const { run } = await resolver({ ...whole, 'co.uk': ['SOA ns.shop.test 300'] });
    expect(ids(await run('eu.shop.test', [{ ...cname, name: 'mail.eu.shop.test' }]))).toEqual(['DNS-02.missing']);
    expect(ids(await run('shpo.co.uk', [cname]))).toEqual(['DNS-00.unknown']);
  });

  test('sentences name a domain in its own letters; what is to be typed has those of DNS', async () => {
    const ascii = 'xn--mller-kva.test';
    const { run } = await resolver({ [ascii]: ['NS ns.shop.test'] });
    const result = await run('müller.test', [{ ...cname, name: 'mail.müller.test' }]);
    expect(result.findings[0]).toMatchObject({
      title: 'There is no CNAME at mail.müller.test',
      message: expect.stringContaining('at mail.müller.test that'),
      ...{ column: `mail.${ascii}`, fix: `mail.${ascii}. CNAME u1.sender.test.` },
    });
    expect((await run('müler.test', [cname])).findings[0]!.title).toContain('müler.test');
  });
});
