import { hostOf, recordsOf } from './answers.ts';
import { parseTags, tagOf } from './tags.ts';
import type { Walk } from './walk.ts';

/** What DMARC comes to for mail from a domain (RFC 9989). */
export type DmarcFact = {
  readonly domain: string;
  /** TXT at `_dmarc.<domain>` that is, or is meant as, DMARC. */
  readonly records: readonly string[];
  /** The name whose record applies: the domain's own, or its organisational domain's; null: no policy. */
  readonly policyAt: string | null;
  readonly policy: string | null;
  readonly organisation: string;
  /** Addresses of reports on other domains, and whether these agree to get them. */
  readonly reports: readonly { readonly target: string; readonly isAgreed: boolean }[];
  /** Who else stands in the mail, with their organisational domains; null: not told. */
  readonly signer: { readonly domain: string; readonly organisation: string } | null;
  readonly returnPath: { readonly domain: string; readonly organisation: string } | null;
};

export type DmarcAsked = { domain: string; signer: string | null; returnPath: string | null };

/** `v=DMARC1` as the first tag, in this spelling. */
export function isDmarc(record: string): boolean {
  return /^v\s*=\s*DMARC1\s*(;|$)/.test(record);
}
const isMeant = (record: string) => isDmarc(record) || /dmarc1|(^|;)\s*(p|rua)\s*=/i.test(record);

export function* walkDmarc({ domain, signer, returnPath }: DmarcAsked): Walk<DmarcFact> {
  const name = hostOf(domain);
  const records = recordsOf(yield { name: `_dmarc.${name}`, type: 'TXT' }).filter(isMeant);
  const own = records.filter(isDmarc);
  const tree = yield* walkTree(name);
  const isOwn = own.length === 1;
  const policy = isOwn ? (own[0] ?? null) : own.length === 0 ? tree.record : null;
  return {
    domain: name,
    records,
    policyAt: policy === null ? null : isOwn ? name : tree.organisation,
    policy,
    organisation: tree.organisation,
    reports: yield* walkReports(name, isOwn ? policy : null),
    signer:
      signer === null ? null : { domain: hostOf(signer), organisation: (yield* walkTree(hostOf(signer))).organisation },
    returnPath:
      returnPath === null
        ? null
        : { domain: hostOf(returnPath), organisation: (yield* walkTree(hostOf(returnPath))).organisation },
  };
}

/**
 * The organisational domain by the tree walk of RFC 9989: upwards from the name, at most 8 questions. `psd=n` names it,
 * `psd=y` stands right above it, otherwise it is the highest name that has a record.
 */
export function* walkTree(name: string): Walk<{ organisation: string; record: string | null }> {
  const labels = name.split('.');
  let found: { organisation: string; record: string | null } = { organisation: name, record: null };
  let below = name;
  for (let at = 0; at < labels.length; at = at === 0 && labels.length > 8 ? labels.length - 7 : at + 1) {
    const current = labels.slice(at).join('.');
    const records = recordsOf(yield { name: `_dmarc.${current}`, type: 'TXT' }).filter(isDmarc);
    const [record] = records;
    if (record !== undefined && records.length === 1) {
      const psd = tagOf(parseTags(record).tags, 'psd')?.toLowerCase();
      if (psd === 'n') return { organisation: current, record };
      if (psd === 'y' && current !== name) return { organisation: below, record: found.record ?? record };
      found = { organisation: current, record };
    }
    below = current;
  }
  return found;
}

function* walkReports(name: string, policy: string | null): Walk<DmarcFact['reports']> {
  if (policy === null) return [];
  const reports: { target: string; isAgreed: boolean }[] = [];
  const targets = new Set(reportAddresses(policy).flatMap((uri) => /^mailto:[^@]+@([^!]+)/i.exec(uri)?.[1] ?? []));
  const home = yield* walkTree(name);
  for (const target of [...targets].map(hostOf).slice(0, 10)) {
    if ((yield* walkTree(target)).organisation === home.organisation) continue;
    const answers = yield { name: `${name}._report._dmarc.${target}`, type: 'TXT' };
    reports.push({ target, isAgreed: recordsOf(answers).some((record) => /^v\s*=\s*DMARC1/.test(record)) });
  }
  return reports;
}

/** The addresses of rua and ruf. */
export function reportAddresses(policy: string): string[] {
  const { tags } = parseTags(policy);
  return ['rua', 'ruf']
    .flatMap((name) => (tagOf(tags, name) ?? '').split(',').map((uri) => uri.trim()))
    .filter(Boolean);
}
