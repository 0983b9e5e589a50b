import { isPublicAddress } from '../../platform/fetching/addresses.ts';
import { type Dns, type DnsType, firstFound } from '../../platform/fetching/dns.ts';
import { hostOf } from '../validation/facts/dns/answers.ts';
import type { BulkFact } from '../validation/facts/dns/bulk.ts';
import type { CnameFact } from '../validation/facts/dns/cname.ts';
import { type DkimFact, dkimName } from '../validation/facts/dns/dkim.ts';
import { type DmarcFact, walkDmarc } from '../validation/facts/dns/dmarc.ts';
import { type NameFact, nameProblem } from '../validation/facts/dns/names.ts';
import { type SpfFact, walkSpf } from '../validation/facts/dns/spf.ts';
import type { CaaFact, TxtFact } from '../validation/facts/dns/txt.ts';
import { type Walk, walkAsking } from '../validation/facts/dns/walk.ts';
import type { CheckSpecOf, DnsRecordSpec } from './spec.ts';

/** Everything that the records of a check need to be judged, by what they are. */
export type DnsFacts = {
  domain: string;
  names: NameFact[];
  cnames: CnameFact[];
  txts: TxtFact[];
  caas: CaaFact[];
  spfs: SpfFact[];
  dkims: DkimFact[];
  dmarcs: DmarcFact[];
  bulks: BulkFact[];
  /** How long name servers remember that a record was missing; null: the zone does not say. */
  recheckAfterSeconds: number | null;
};

const maxChain = 8;

export async function dnsFacts(dns: Dns, spec: CheckSpecOf<'DNS'>, signal?: AbortSignal): Promise<DnsFacts> {
  const gather = new Gathering(dns, hostOf(spec.domain), signal);
  await gather.all(spec.records);
  return gather.facts;
}

class Gathering {
  readonly facts: DnsFacts;
  /** A question is asked once in a check, however many records lead to it. */
  readonly #asked = new Map<string, ReturnType<Dns['ask']>>();

  constructor(
    private readonly dns: Dns,
    private readonly domain: string,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.facts = {
      domain,
      names: [],
      cnames: [],
      txts: [],
      caas: [],
      spfs: [],
      dkims: [],
      dmarcs: [],
      bulks: [],
      recheckAfterSeconds: null,
    };
  }

  async all(records: readonly DnsRecordSpec[]): Promise<void> {
    for (const record of records) {
      const name = this.#nameOf(record);
      this.facts.names.push({ name, domain: this.domain });
      // What is no name is not asked for: its own rule says so.
      if (nameProblem(name) === null) await this.#one(record, name);
    }
    const [, seconds] = firstFound(await this.#ask(this.domain, 'SOA'))[0]?.split(' ') ?? [];
    this.facts.recheckAfterSeconds = seconds === undefined ? null : Number(seconds);
  }

  #nameOf(record: DnsRecordSpec): string {
    if ('name' in record) return hostOf(record.name);
    return record.type === 'DKIM' ? dkimName(record.selector, this.domain) : this.domain;
  }

  async #one(record: DnsRecordSpec, name: string): Promise<void> {
    const { facts, domain } = this;
    switch (record.type) {
      case 'CNAME':
        facts.cnames.push(await this.#cname(name, record.target));
        break;
      case 'TXT':
        facts.txts.push({ name, value: record.value, answers: await this.#ask(name, 'TXT') });
        break;
      case 'CAA':
        facts.caas.push(await this.#caa(name, record.issuer));
        break;
      case 'SPF':
        facts.spfs.push(await this.#walk(walkSpf(domain, record.includes)));
        break;
      case 'DKIM':
        facts.dkims.push({
          name,
          answers: await this.#ask(name, 'TXT'),
          key: record.key?.replaceAll(/\s/g, '') ?? null,
        });
        break;
      case 'DMARC':
        facts.dmarcs.push(
          await this.#walk(walkDmarc({ domain, signer: record.signer, returnPath: record.returnPath })),
        );
        break;
      case 'BULK':
        facts.bulks.push(await this.#bulk(record));
        break;
    }
  }

  #ask(name: string, type: DnsType): ReturnType<Dns['ask']> {
    const key = `${type} ${name}`;
    const before = this.#asked.get(key);
    if (before) return before;
    const answers = this.dns.ask(name, type, this.signal);
    this.#asked.set(key, answers);
    return answers;
  }

  #walk<R>(walk: Walk<R>): Promise<R> {
    return walkAsking(walk, ({ name, type }) => this.#ask(name, type));
  }

  async #cname(name: string, target: string): Promise<CnameFact> {
    const answers = await this.#ask(name, 'CNAME');
    const isThere = firstFound(answers).length > 0;
    const owners = await this.dns.askOwners(this.domain, name, 'CNAME', this.signal);
    const doubled = isThere ? [] : firstFound(await this.#ask(`${name}.${this.domain}`, 'CNAME'));
    const others = isThere ? [] : await this.#othersAt(name);
    return { name, domain: this.domain, target, answers, owners, others, doubled, ...(await this.#chain(name)) };
  }

  /** Addresses of a private network are nobody's business outside. */
  async #othersAt(name: string): Promise<string[]> {
    const found: string[] = [];
    for (const type of ['A', 'AAAA', 'MX', 'TXT'] as const) {
      const isAddress = type === 'A' || type === 'AAAA';
      for (const record of firstFound(await this.#ask(name, type))) {
        found.push(isAddress && !isPublicAddress(record) ? `${type} (private)` : `${type} ${record}`);
      }
    }
    return found;
  }

  async #chain(name: string): Promise<Pick<CnameFact, 'chain' | 'end'>> {
    const chain = [name];
    for (;;) {
      const [next] = firstFound(await this.#ask(chain.at(-1) ?? name, 'CNAME'));
      if (next === undefined) break;
      if (chain.includes(next)) return { chain: [...chain, next], end: 'LOOP' };
      chain.push(next);
      if (chain.length > maxChain + 1) return { chain, end: 'TOO_LONG' };
    }
    if (chain.length === 1) return { chain, end: 'UNKNOWN' };
    const last = chain.at(-1) ?? name;
    // A target may stand for a key (TXT) or for mail as well as for a host.
    for (const type of ['A', 'AAAA', 'TXT', 'MX'] as const) {
      const answers = await this.#ask(last, type);
      if (firstFound(answers).length > 0) return { chain, end: 'RESOLVES' };
      if (answers.every(({ status }) => status === 'FAILED')) return { chain, end: 'UNKNOWN' };
    }
    return { chain, end: 'NO_ADDRESS' };
  }

  /** The closest set of CAA records, upwards from the name (RFC 8659). */
  async #caa(name: string, issuer: string): Promise<CaaFact> {
    const labels = name.split('.');
    for (let at = 0; at < labels.length - 1; at++) {
      const current = labels.slice(at).join('.');
      const records = firstFound(await this.#ask(current, 'CAA'));
      if (records.length > 0) return { name, issuer, at: current, records };
    }
    return { name, issuer, at: null, records: [] };
  }

  async #bulk(record: Extract<DnsRecordSpec, { type: 'BULK' }>): Promise<BulkFact> {
    const { messagesPerDay, usesTls, hasOneClick, spamRate } = record;
    const { domain } = this;
    const spf = await this.#walk(walkSpf(domain, []));
    const dmarc = await this.#walk(walkDmarc({ domain, signer: null, returnPath: null }));
    const keys = await Promise.all(record.selectors.map((selector) => this.#ask(dkimName(selector, domain), 'TXT')));
    return {
      domain,
      messagesPerDay,
      hasSpf: spf.records.length === 1,
      hasDkim: keys.some((answers) => firstFound(answers).some((text) => /p\s*=\s*[A-Za-z0-9+/]/.test(text))),
      hasDmarc: dmarc.policy !== null,
      addresses: await Promise.all(record.addresses.map((address) => this.#reverse(address))),
      usesTls,
      hasOneClick,
      spamRate,
    };
  }

  async #reverse(address: string): Promise<BulkFact['addresses'][number]> {
    if (!isPublicAddress(address)) return { address, name: null, isConfirmed: false };
    const [name = null] = firstFound(await this.#ask(address, 'PTR'));
    const forward = name === null ? [] : firstFound(await this.#ask(name, address.includes(':') ? 'AAAA' : 'A'));
    return { address, name, isConfirmed: forward.includes(address) };
  }
}
