import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from './addresses.ts';

/*
 * Questions to several name servers at once, each answered by itself: what one knows and another does not yet is what a
 * person who just changed a record has to hear. Nothing here throws; a server that fails is an answer too.
 */

export type DnsType = 'A' | 'AAAA' | 'CNAME' | 'TXT' | 'MX' | 'NS' | 'CAA' | 'PTR' | 'SOA';

export type DnsAnswer = {
  /** The server's address, or `system`. */
  readonly by: string;
  /** MISSING: the name does not exist. EMPTY: it does, without records of this type. FAILED: no answer, or a refusal. */
  readonly status: 'FOUND' | 'MISSING' | 'EMPTY' | 'FAILED';
  /** A line each: `10 mx.example.com`, `0 issue letsencrypt.org`. A TXT record's strings are joined. */
  readonly records: readonly string[];
  /** Of TXT: each record's strings as they came, at most 255 bytes each. */
  readonly strings: readonly (readonly string[])[];
};

export type Dns = {
  /** One answer per server, in the order of the configuration; from the network's own server only when no other answered. */
  ask(name: string, type: DnsType, signal?: AbortSignal): Promise<DnsAnswer[]>;
  /** The answers of the zone's own servers, as far as they can be found and are public. */
  askOwners(zone: string, name: string, type: DnsType, signal?: AbortSignal): Promise<DnsAnswer[]>;
};

export type DnsOptions = {
  /** `system`, or addresses with or without a port: `1.1.1.1`, `127.0.0.1:5353`, `[2606:4700:4700::1111]:53`. */
  resolvers: readonly string[];
  timeoutMs?: number;
  tries?: number;
  /** Of tests alone: which servers of a zone may be asked, and on what port they listen. */
  isPublic?: (address: string) => boolean;
  ownersPort?: number;
};

const missing = ['ENOTFOUND', 'NXDOMAIN'];
/** Asking the whole world's servers of one zone is not needed to see that they differ. */
const maxOwners = 4;

export function createDns(options: DnsOptions): Dns {
  const { isPublic = isPublicAddress, ownersPort = 53 } = options;

  async function askOne(server: string, name: string, type: DnsType, signal?: AbortSignal): Promise<DnsAnswer> {
    const resolver = new Resolver({ timeout: options.timeoutMs ?? 3_000, tries: options.tries ?? 2 });
    if (server !== 'system') resolver.setServers([server]);
    const cancel = () => resolver.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const { records, strings = [] } = await query(resolver, name, type);
      return { by: server, status: records.length > 0 ? 'FOUND' : 'EMPTY', records, strings };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const status = missing.includes(code) ? 'MISSING' : code === 'ENODATA' ? 'EMPTY' : 'FAILED';
      return { by: server, status, records: [], strings: [] };
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async function ask(name: string, type: DnsType, signal?: AbortSignal): Promise<DnsAnswer[]> {
    const outside = options.resolvers.filter((server) => server !== 'system');
    const answers = await Promise.all(outside.map((server) => askOne(server, name, type, signal)));
    if (answers.some(({ status }) => status !== 'FAILED') || outside.length === options.resolvers.length)
      return answers;
    // Our own network's server may know names that nobody outside does: it speaks only when no other can be reached.
    return [await askOne('system', name, type, signal)];
  }

  return {
    ask,
    async askOwners(zone, name, type, signal) {
      const hosts = firstFound(await ask(zone, 'NS', signal)).slice(0, maxOwners);
      const addresses = await Promise.all(hosts.map(async (host) => firstFound(await ask(host, 'A', signal))[0]));
      const open = addresses.flatMap((address) => (address !== undefined && isPublic(address) ? [address] : []));
      return Promise.all(
        [...new Set(open)].map(async (address) => ({
          ...(await askOne(`${address}:${ownersPort}`, name, type, signal)),
          by: address,
        })),
      );
    },
  };
}

/** The records of the first server that has any. */
export function firstFound(answers: readonly DnsAnswer[]): readonly string[] {
  return answers.find(({ status }) => status === 'FOUND')?.records ?? [];
}

type Records = { records: string[]; strings?: string[][] };

async function query(resolver: Resolver, name: string, type: DnsType): Promise<Records> {
  switch (type) {
    case 'A':
      return { records: (await resolver.resolve4(name)).sort() };
    case 'AAAA':
      return { records: (await resolver.resolve6(name)).sort() };
    case 'TXT': {
      const strings = await resolver.resolveTxt(name);
      return { records: strings.map((parts) => parts.join('')), strings };
    }
    case 'CNAME':
      return { records: (await resolver.resolveCname(name)).map(bare) };
    case 'NS':
      return { records: (await resolver.resolveNs(name)).map(bare).sort() };
    case 'PTR':
      return { records: (isIP(name) ? await resolver.reverse(name) : await resolver.resolvePtr(name)).map(bare) };
    case 'MX':
      return { records: (await resolver.resolveMx(name)).map((mx) => `${mx.priority} ${bare(mx.exchange)}`).sort() };
    case 'SOA': {
      const soa = await resolver.resolveSoa(name);
      return { records: [`${bare(soa.nsname)} ${soa.minttl}`] };
    }
    case 'CAA':
      return { records: (await resolver.resolveCaa(name)).flatMap(caaLine) };
  }
}

function caaLine(record: Awaited<ReturnType<Resolver['resolveCaa']>>[number]): string[] {
  const tags = ['issue', 'issuewild', 'issuemail', 'issuevmc', 'iodef', 'contactemail', 'contactphone'] as const;
  const held = record as unknown as Readonly<Record<string, unknown>>;
  return tags.flatMap((tag) => (typeof held[tag] === 'string' ? [`${record.critical} ${tag} ${held[tag]}`] : []));
}

/** Without the final dot, in lower case. */
function bare(name: string): string {
  return name.replace(/\.$/, '').toLowerCase();
}
