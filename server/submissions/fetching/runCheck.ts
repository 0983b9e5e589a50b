import { bulkRules } from '../validation/facts/dns/bulk.ts';
import { cnameRules } from '../validation/facts/dns/cname.ts';
import { dkimRules } from '../validation/facts/dns/dkim.ts';
import { dmarcRules } from '../validation/facts/dns/dmarcRules.ts';
import { domainRules, nameRules } from '../validation/facts/dns/names.ts';
import { spfRules } from '../validation/facts/dns/spfRules.ts';
import { caaRules, txtRules } from '../validation/facts/dns/txt.ts';
import { imageRules } from '../validation/facts/image/rules.ts';
import {
  type FactFinding,
  type FactRule,
  type FactSample,
  judge,
  ordered,
  verdictOf,
} from '../validation/facts/rule.ts';
import { type CredentialsFact, credentialsRules } from '../validation/facts/web/credentials.ts';
import { feedRules } from '../validation/facts/web/feed.ts';
import { hookRules } from '../validation/facts/web/hooks.ts';
import { sitemapRules } from '../validation/facts/web/sitemapRules.ts';
import { type KnownIds, masked } from '../validation/facts/web/tag.ts';
import { tagRules } from '../validation/facts/web/tagRules.ts';
import { urlRules } from '../validation/facts/web/url.ts';
import type { Judging, Verdict } from '../validation/types.ts';
import { credentialsFact } from './credentialsFacts.ts';
import type { CheckDeps } from './deps.ts';
import { type DnsFacts, dnsFacts, lettersOf } from './dnsFacts.ts';
import { type FeedPull, pullFeed } from './feedFacts.ts';
import { type ImageLooked, imageFacts } from './imageFacts.ts';
import { type SitemapFacts, sitemapFacts } from './sitemapFacts.ts';
import type { CheckSpec } from './spec.ts';
import { type TagFacts, tagFacts } from './tagFacts.ts';
import { lookAtPage, type PageLooked } from './urlFacts.ts';
import { type HookFacts, webhookFacts } from './webhookFacts.ts';

/** What was gathered, by the kind of check. Holds no secret and no page. */
export type CheckFacts =
  | { kind: 'DNS'; dns: DnsFacts }
  | { kind: 'URL'; url: PageLooked['fact'] }
  | ({ kind: 'IMAGE' } & ImageLooked)
  | { kind: 'TAG'; pages: { url: string; isReached: boolean; isRendered: boolean; scripts: number }[] }
  | ({ kind: 'WEBHOOK' } & HookFacts)
  | ({ kind: 'SITEMAP' } & SitemapFacts)
  | { kind: 'CREDENTIALS'; credentials: CredentialsFact }
  | ({ kind: 'FEED' } & FeedPull);

export type CheckResult = { verdict: Verdict; findings: FactFinding[]; facts: CheckFacts };

export type CheckOptions = {
  signal?: AbortSignal;
  /** Ids of the accepted product feed, for tags. */
  feedIds?: KnownIds | null;
  /** Of FEED: gets the bytes as they come. */
  take?: (chunk: Uint8Array) => Promise<void> | void;
};

/**
 * Looks once and judges. Never throws for anything that the other side does or gives; throws `NamesUnanswered` when our
 * name servers cannot be asked, which is no verdict about anybody.
 */
export async function runCheck(deps: CheckDeps, spec: CheckSpec, options: CheckOptions = {}): Promise<CheckResult> {
  const now = deps.clock.now();
  const profile = spec.kind === 'IMAGE' ? spec.use : null;
  const judging: Judging = { asOf: now.toISOString(), asOfMs: now.getTime(), profile, declared: {} };
  const { facts, findings } = await looked(deps, spec, options, judging);
  return { verdict: verdictOf(findings), findings: ordered(findings), facts };
}

async function looked(
  deps: CheckDeps,
  spec: CheckSpec,
  { signal, feedIds = null, take }: CheckOptions,
  judging: Judging,
): Promise<{ facts: CheckFacts; findings: FactFinding[] }> {
  const each = <F>(rules: readonly FactRule<F>[], facts: readonly (F | null)[]) =>
    facts.flatMap((fact) => (fact === null ? [] : judge(rules, fact, judging)));
  switch (spec.kind) {
    case 'DNS': {
      const dns = await dnsFacts(deps.dns, spec, signal);
      const findings = [
        each(domainRules, [dns.given]),
        each(nameRules, dns.names),
        each(cnameRules, dns.cnames),
        each(txtRules, dns.txts),
        each(caaRules, dns.caas),
        each(spfRules, dns.spfs),
        each(dkimRules, dns.dkims),
        each(dmarcRules, dns.dmarcs),
        each(bulkRules, dns.bulks),
      ].flat();
      return { facts: { kind: 'DNS', dns }, findings: inLetters(findings, dns.domain) };
    }
    case 'URL': {
      const { fact } = await lookAtPage(deps, spec.url, spec.expects, signal);
      return { facts: { kind: 'URL', url: fact }, findings: each(urlRules, [fact]) };
    }
    case 'IMAGE': {
      const found = await imageFacts(deps, spec.url, signal);
      return {
        facts: { kind: 'IMAGE', ...found },
        findings: [...each(urlRules, [found.url]), ...each(imageRules, [found.image])],
      };
    }
    case 'TAG': {
      const { urls, tags }: TagFacts = await tagFacts(deps, spec, feedIds, signal);
      const pages = tags.map(({ url, page, isRendered }) => ({
        url: masked(url),
        isReached: page !== null,
        isRendered,
        scripts: page?.scripts.length ?? 0,
      }));
      return { facts: { kind: 'TAG', pages }, findings: [...each(urlRules, urls), ...each(tagRules, tags)] };
    }
    case 'WEBHOOK': {
      const found = await webhookFacts(deps, spec.url, spec.secret, signal);
      return {
        facts: { kind: 'WEBHOOK', ...found },
        findings: [...each(urlRules, [found.url]), ...each(hookRules, [found.hook])],
      };
    }
    case 'SITEMAP': {
      const found = await sitemapFacts(deps, spec.url, signal);
      return {
        facts: { kind: 'SITEMAP', ...found },
        findings: [...each(urlRules, [found.url]), ...each(sitemapRules, [found.sitemap])],
      };
    }
    case 'CREDENTIALS': {
      const fact = await credentialsFact(deps, spec, signal);
      return { facts: { kind: 'CREDENTIALS', credentials: fact }, findings: each(credentialsRules, [fact]) };
    }
    case 'FEED': {
      const pull = await pullFeed(deps, spec, take, signal);
      // Reaching it and its status are the feed's own rules; the address and its certificate are everybody's.
      const shared = urlRules.filter(({ id }) => /^URL-0[134]/.test(id));
      return {
        facts: { kind: 'FEED', ...pull },
        findings: [...each(shared, [pull.url]), ...each(feedRules, [pull.feed])],
      };
    }
  }
}

/** Sentences name a domain as people write it; what is to be typed at a provider stays as DNS has it. */
function inLetters(findings: FactFinding[], domain: string): FactFinding[] {
  const letters = lettersOf(domain);
  if (letters === domain) return findings;
  const told = (text: string) => text.replaceAll(domain, letters);
  return findings.map((finding) => ({
    ...finding,
    title: told(finding.title),
    message: told(finding.message),
    samples: finding.samples.map((sample: FactSample): FactSample => ({ ...sample, message: told(sample.message) })),
  }));
}
