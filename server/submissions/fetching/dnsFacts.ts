import { domainToUnicode } from 'node:url';
import { isPublicAddress } from '../../platform/fetching/addresses.ts';
import { type Dns, type DnsType, firstFound } from '../../platform/fetching/dns.ts';
import { hostOf, isUnanswered } from '../validation/facts/dns/answers.ts';
import type { BulkFact } from '../validation/facts/dns/bulk.ts';
import type { CnameFact } from '../validation/facts/dns/cname.ts';
import { type DkimFact, dkimName } from '../validation/facts/dns/dkim.ts';
import { type DmarcFact, walkDmarc } from '../validation/facts/dns/dmarc.ts';
import { type DomainFact, isEnding, type NameFact, nameProblem } from '../validation/facts/dns/names.ts';
import { type SpfFact, walkSpf } from '../validation/facts/dns/spf.ts';
import type { CaaFact, TxtFact } from '../validation/facts/dns/txt.ts';
import { type Walk, walkAsking } from '../validation/facts/dns/walk.ts';
import type { CheckSpecOf, DnsRecordSpec } from './spec.ts';

/** Everything that the records of a check need to be judged, by what they are. */
export type DnsFacts = {
  domain: string;
  /** One that nobody knows has no records to be judged. */
  given: DomainFact;
  names: NameFact[];
  cnames: CnameFact[];
  txts: TxtFact[];
  caas: CaaFact[];
  spfs: SpfFact[];
  dkims: DkimFact[];
  dmarcs: DmarcFact[];
  bulks: BulkFact[];
  /** Questions about the records themselves that no server answered, `shop.example TXT`: then nothing can be said. */
  unanswered: string[];
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
      given: { name: lettersOf(domain), isKnown: true },
      names: [],
      cnames: [],
      txts: [],
      caas: [],
      spfs: [],
      dkims: [],
      dmarcs: [],
      bulks: [],
      unanswered: [],
      recheckAfterSeconds: null,
    };
  }

  async all(records: readonly DnsRecordSpec[]): Promise<void> {
    const isKnown = nameProblem(this.domain) !== null || (await this.#isKnown());
    this.facts.given = { ...this.facts.given, isKnown };
    if (!isKnown) return;
    for (const record of records) {
      // Nothing can be said any more: the others need not be waited for.
      if (this.facts.unanswered.length > 0) return;
      const name = this.#nameOf(record);
      this.facts.names.push({ name, domain: this.domain });
      // What is no name is not asked for: its own rule says so.
      if (nameProblem(name) === null) await this.#one(record, name);
    }
    const [, seconds] = firstFound(await this.#ask(this.domain, 'SOA'))[0]?.split(' ') ?? [];
    this.facts.recheckAfterSeconds = seconds === undefined ? null : Number(seconds);
  }

  /** Whether the domain is there, or a zone above it that somebody registered. */
  async #isKnown(): Promise<boolean> {
    const labels = this.domain.split('.');
    for (let at = 0; at < labels.length; at++) {
      const zone = labels.slice(at).join('.');
      if (at > 0 && isEnding(zone)) return false;
      const answers = await this.#own(zone, 'SOA');
      const isThere = answers.some(({ status }) => status === 'FOUND' || status === 'EMPTY');
      if (isThere || isUnanswered(answers)) return true;
    }
    return false;
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
        facts.txts.push({ name, value: record.value, answers: await this.#own(name, 'TXT') });
        break;
      case 'CAA':
        facts.caas.push(await this.#caa(name, record.issuer));
        break;
      case 'SPF':
        await this.#own(domain, 'TXT');
        facts.spfs.push(await this.#walk(walkSpf(domain, record.includes)));
        break;
      case 'DKIM':
        facts.dkims.push({
          name,
          answers: await this.#own(name, 'TXT'),
          key: record.key?.replaceAll(/\s/g, '') ?? null,
        });
        break;
      case 'DMARC':
        await this.#own(`_dmarc.${domain}`, 'TXT');
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

  /** What a record stands or falls with. */
  async #own(name: string, type: DnsType): ReturnType<Dns['ask']> {
    const answers = await this.#ask(name, type);
    if (isUnanswered(answers)) this.facts.unanswered.push(`${name} ${type}`);
    return answers;
  }

  #walk<R>(walk: Walk<R>): Promise<R> {
    return walkAsking(walk, ({ name, type }) => this.#ask(name, type));
  }

  async #cname(name: string, target: string): Promise<CnameFact> {
    const answers = await this.#own(name, 'CNAME');
    const fact = { name, domain: this.domain, target, answers };
    if (isUnanswered(answers)) {
      return { ...fact, owners: [], others: [], doubled: [], chain: [name], end: 'UNKNOWN' };
    }
    const isThere = firstFound(answers).length > 0;
    const owners = await this.dns.askOwners(this.domain, name, 'CNAME', this.signal);
    const doubled = isThere ? [] : firstFound(await this.#ask(`${name}.${this.domain}`, 'CNAME'));
    const others = isThere ? [] : await this.#othersAt(name);
    return { ...fact, owners, others, doubled, ...(await this.#chain(name)) };
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
      const records = firstFound(await this.#own(current, 'CAA'));
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

/** A domain as people write it; as it stands where its letters cannot be told. */
export function lettersOf(domain: string): string {
  return domainToUnicode(domain) || domain;
}
