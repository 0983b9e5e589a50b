import { createHash } from 'node:crypto';
import { FetchRefused } from '../../platform/fetching/refusals.ts';
import type { FeedFact } from '../validation/facts/web/feed.ts';
import type { UrlFact } from '../validation/facts/web/url.ts';
import type { CheckDeps } from './deps.ts';
import type { CheckSpecOf } from './spec.ts';
import { lookAt } from './urlFacts.ts';

export type FeedPull = {
  url: UrlFact;
  feed: FeedFact;
  /** To be given as `last` to the next pull; the one given when nothing came. */
  last: CheckSpecOf<'FEED'>['last'];
};

/**
 * Fetches a feed once, with the marks of the last pull. Each piece goes to `take` as it comes, and the next is asked for
 * when it is done, so that whoever validates or stores it sets the pace.
 */
export async function pullFeed(
  deps: CheckDeps,
  spec: CheckSpecOf<'FEED'>,
  take: (chunk: Uint8Array) => Promise<void> | void = () => {},
  signal?: AbortSignal,
): Promise<FeedPull> {
  const since = performance.now();
  const { fact, fetched } = await lookAt(deps, spec.url, { kind: 'FEED', signal, headers: headersOf(spec) });
  const hash = createHash('sha256');
  let bytes = 0;
  let isZipped = false;
  let { refusal } = fact;
  try {
    if (fetched?.status === 200) {
      for await (const chunk of fetched.body) {
        if (bytes === 0) isZipped = chunk[0] === 0x1f || (chunk[0] === 0x50 && chunk[1] === 0x4b);
        bytes += chunk.length;
        hash.update(chunk);
        await take(chunk);
      }
    }
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    refusal = error.code;
  } finally {
    fetched?.close();
  }
  const { last } = spec;
  const sha256 = hash.digest('hex');
  const isSame = fetched?.status === 304 || (bytes > 0 && refusal === null && sha256 === last?.sha256);
  // A sign-in or a guard against robots is no new version of the feed.
  const isPage = /^text\/html/i.test(fact.contentType ?? '');
  const isGood = refusal === null && (fetched?.status === 304 || (fetched?.status === 200 && bytes > 0 && !isPage));
  const now = deps.clock.now();
  const hadMarks = last !== null && (last.etag !== null || last.lastModified !== null);
  const etag = fetched?.header('etag') ?? null;
  const lastModified = fetched?.header('last-modified') ?? null;
  return {
    url: { ...fact, refusal },
    feed: {
      url: spec.url,
      refusal,
      status: refusal === null ? fact.status : null,
      hasCredentials: spec.auth !== null,
      ms: Math.round(performance.now() - since),
      bytes,
      etag,
      lastModified,
      contentType: fact.contentType,
      isCompressed: isZipped || fetched?.header('content-encoding') != null,
      isConditionalHonoured: hadMarks && isGood ? fetched?.status === 304 : null,
      isUnchanged: last !== null && isGood ? isSame : null,
      unchangedHours:
        last !== null && isSame ? Math.floor((now.getTime() - Date.parse(last.changedAt)) / 3_600_000) : 0,
      failures: isGood ? 0 : spec.failures + 1,
      rows: null,
    },
    last:
      isGood && fetched?.status === 200
        ? { etag, lastModified, sha256, changedAt: isSame && last ? last.changedAt : now.toISOString() }
        : last,
  };
}

function headersOf({ auth, last }: CheckSpecOf<'FEED'>): Record<string, string> {
  return {
    ...(auth && { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` }),
    ...(last?.etag && { 'if-none-match': last.etag }),
    ...(last?.lastModified && { 'if-modified-since': last.lastModified }),
  };
}
