import type { lookGaps } from '../../../drizzle/schema/index.ts';
import { bytesOf } from '../../platform/fetching/body.ts';
import type { Fetched, GuardedFetch } from '../../platform/fetching/guardedFetch.ts';
import { NamesUnanswered } from '../../platform/fetching/names.ts';
import type { CheckDeps } from '../fetching/deps.ts';
import { imageFacts } from '../fetching/imageFacts.ts';
import { lookAtPage } from '../fetching/urlFacts.ts';
import type { Sampled } from '../reports/sampleFile.ts';
import { parsedAddress } from '../validation/address.ts';
import { imageRules } from '../validation/facts/image/rules.ts';
import { type FactFinding, type FactSample, judge, ordered, shown } from '../validation/facts/rule.ts';
import { readPage } from '../validation/facts/web/page.ts';
import type { Refusal } from '../validation/facts/web/refusals.ts';
import { linkRules, sampledWords } from '../validation/facts/web/sampled.ts';
import { urlRules } from '../validation/facts/web/url.ts';
import type { SampledCell } from '../validation/spread.ts';
import type { Finding, Judging } from '../validation/types.ts';
import { inTurns } from './turns.ts';

/*
 * Looks at some of the links and pictures of a feed, politely: few at once of one host, its robots.txt asked once. What
 * does not answer is tried a second time at the end; only then it is told. What our own name servers do not answer for
 * was not looked at, and is not counted. Nothing here blocks: an error is a warning.
 */
const turns = { atOnce: 4, perHost: 2 };
/** After so many that did not answer, and none that did, a host is left alone. */
const mostUnanswered = 3;

type Target = { kind: 'LINK' | 'IMAGE'; cell: SampledCell; host: string };
type Gap = (typeof lookGaps)[number];
type Seen = { findings: FactFinding[]; refusal: Refusal | null };
/** How the address itself and its certificate are written is told of every row; these may be gone the next minute. */
const passing: readonly Refusal[] = ['NOT_PUBLIC', 'UNREACHABLE', 'TOO_SLOW', 'CUT_OFF', 'BAD_ANSWER'];
const reached = urlRules.filter(({ id }) => /^URL-0[23]/.test(id));

export type Looks = { links: number; images: number; noLinks: Gap | null; noImages: Gap | null; findings: Finding[] };

export async function lookAtSamples(
  deps: Pick<CheckDeps, 'fetch' | 'dns' | 'clock'>,
  { links, images }: Sampled,
  signal: AbortSignal,
): Promise<Looks> {
  const polite = { ...deps, fetch: withRobotsOnce(deps.fetch) };
  const now = deps.clock.now();
  const judging: Judging = { asOf: now.toISOString(), asOfMs: now.getTime(), profile: 'product', declared: {} };
  const targets = [...targetsOf('LINK', links), ...targetsOf('IMAGE', images)];
  const hosts = new Map<string, { answered: number; unanswered: number }>();
  const seen = new Map<Target, Seen>();
  const again: Target[] = [];
  const leftAlone = new Set<Target>();
  const unasked = new Set<string>();
  const look = async (target: Target) => {
    const found = await seenOf(polite, target, judging, signal).catch(unlessUnanswered);
    signal.throwIfAborted();
    if (found === null) {
      unasked.add(target.host);
      return false;
    }
    seen.set(target, found);
    return found.refusal === null || !passing.includes(found.refusal);
  };
  await inTurns(targets, turns, async (target) => {
    const host = hosts.get(target.host) ?? { answered: 0, unanswered: 0 };
    hosts.set(target.host, host);
    if (host.answered === 0 && host.unanswered >= mostUnanswered) return void leftAlone.add(target);
    if (await look(target)) host.answered += 1;
    else {
      host.unanswered += 1;
      again.push(target);
    }
  });
  await inTurns(again, turns, async (target) => void (await look(target)));
  const of = (kind: Target['kind']) => [...seen.keys()].filter((target) => target.kind === kind).length;
  const gap = (kind: Target['kind']): Gap | null => {
    if (of(kind) > 0) return null;
    const wanted = targets.filter((target) => target.kind === kind);
    if (wanted.length === 0) return 'NO_ADDRESS';
    return wanted.every((target) => leftAlone.has(target) && !unasked.has(target.host)) ? 'LEFT_ALONE' : 'NOT_REACHED';
  };
  const counted = { links: of('LINK'), images: of('IMAGE'), noLinks: gap('LINK'), noImages: gap('IMAGE') };
  const givenUp = new Set([...leftAlone].map(({ host }) => host));
  return { ...counted, findings: reportFindings(seen, givenUp) };
}

/** What is no address the report has told of already. */
function targetsOf(kind: Target['kind'], cells: readonly SampledCell[]): Target[] {
  return cells.flatMap((cell) => {
    const address = parsedAddress(cell.value);
    return address && /^https?:$/.test(address.protocol) ? [{ kind, cell, host: address.host }] : [];
  });
}

function unlessUnanswered(error: unknown): null {
  if (error instanceof NamesUnanswered) return null;
  throw error;
}

async function seenOf(
  deps: Pick<CheckDeps, 'fetch' | 'dns' | 'clock'>,
  { kind, cell }: Target,
  judging: Judging,
  signal: AbortSignal,
): Promise<Seen> {
  if (kind === 'IMAGE') {
    const { url, image } = await imageFacts(deps, cell.value, signal);
    const findings = [...judge(reached, url, judging), ...(image ? judge(imageRules, image, judging) : [])];
    return { findings, refusal: url.refusal };
  }
  const { fact, html } = await lookAtPage(deps, cell.value, {}, signal);
  const isNoIndex = html !== null && readPage(html, cell.value).isNoIndex;
  const link = { url: cell.value, redirects: fact.redirects.length, isNoIndex };
  return { findings: [...judge(reached, fact, judging), ...judge(linkRules, link, judging)], refusal: fact.refusal };
}

/** As a report tells findings: by rule and words, each place with its row and column. */
function reportFindings(seen: ReadonlyMap<Target, Seen>, givenUp: ReadonlySet<string>): Finding[] {
  const all = [...seen].flatMap(([target, { findings, refusal }]) =>
    findings.map((finding) => placed(target, finding, refusal, givenUp)),
  );
  return ordered(all).map(({ expected: _, found: __, fix: ___, ...finding }) => ({
    ...finding,
    rule: finding.rule.split(' ')[0] ?? '',
    samples: (finding.samples as FactSample[]).map(({ expected: ____, ...sample }) => sample),
  }));
}

function placed(
  { kind, cell, host }: Target,
  finding: FactFinding,
  refusal: Refusal | null,
  givenUp: ReadonlySet<string>,
): FactFinding {
  const at = shown(finding.column ?? '');
  const named = sampledWords[kind];
  const words = (text: string) =>
    at === '' ? text : text.replaceAll(at, (_, index: number) => (index === 0 ? named.first : named.within));
  const title = words(finding.title);
  const isUnanswered = refusal !== null && passing.includes(refusal);
  const tried = [sampledWords.twice, ...(givenUp.has(host) ? [sampledWords.leftAlone] : [])];
  const message = [words(finding.message), ...(isUnanswered ? tried : [])].join(' ');
  return {
    ...finding,
    // One entry for each way in which it is broken: whoever mends them mends these together.
    rule: `${finding.rule} ${kind} ${title}`,
    severity: finding.severity === 'ERROR' ? 'WARNING' : finding.severity,
    scope: 'CELL',
    column: cell.column,
    title,
    message,
    samples: [{ ...cell, value: shown(cell.value), message, fixed: null, expected: null }],
    fixable: 0,
    count: 1,
  };
}

/** A shop's robots.txt is asked for once, whatever number of its pages is looked at. */
function withRobotsOnce(fetch: GuardedFetch): GuardedFetch {
  const known = new Map<string, Promise<{ answer: Fetched; bytes: Uint8Array }>>();
  return async (url, request) => {
    if (parsedAddress(url)?.pathname !== '/robots.txt') return fetch(url, request);
    const asked =
      known.get(url) ?? fetch(url, request).then(async (answer) => ({ answer, bytes: await bytesOf(answer.body) }));
    known.set(url, asked);
    const { answer, bytes } = await asked;
    return {
      ...answer,
      body: (async function* () {
        yield bytes;
      })(),
      close: () => {},
    };
  };
}
