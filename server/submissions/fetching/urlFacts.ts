import { bytesOf } from '../../platform/fetching/body.ts';
import type { Fetched, FetchRequest } from '../../platform/fetching/guardedFetch.ts';
import { FetchRefused } from '../../platform/fetching/refusals.ts';
import { looksLike, readPage } from '../validation/facts/web/page.ts';
import { isAllowed } from '../validation/facts/web/robots.ts';
import { type UrlFact, urlProblem } from '../validation/facts/web/url.ts';
import type { CheckDeps } from './deps.ts';
import type { CheckSpecOf } from './spec.ts';

export type Expects = CheckSpecOf<'URL'>['expects'];

/** An answer and what it says of its address. `fetched` is null when there is nothing to read. */
export type Looked = { fact: UrlFact; fetched: Fetched | null };
/** A page that was read. */
export type PageLooked = { fact: UrlFact; html: string | null; policy: string | null };

const day = 86_400_000;
const robot = 'Slipway';

/** Fetches an address as far as its headers. Whoever gets `fetched` reads it or closes it. */
export async function lookAt(
  deps: CheckDeps,
  url: string,
  request: FetchRequest,
  expects?: Partial<Expects>,
): Promise<Looked> {
  const blank = blankFact(url, expects);
  if (urlProblem(url) !== null) return { fact: blank, fetched: null };
  try {
    const fetched = await deps.fetch(url, request);
    const { certificate } = fetched;
    const leftMs = certificate === null ? null : Date.parse(certificate.validUntil) - deps.clock.now().getTime();
    const fact = {
      ...blank,
      certificateDaysLeft: leftMs === null ? null : Math.floor(leftMs / day),
      status: fetched.status,
      finalUrl: fetched.url,
      redirects: fetched.redirects.map(({ to }) => to),
      contentType: fetched.header('content-type'),
    };
    return { fact, fetched };
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    return { fact: { ...blank, refusal: error.code, certificateFault: error.certificate }, fetched: null };
  }
}

function blankFact(url: string, expects: Partial<Expects> | undefined): UrlFact {
  return {
    url,
    refusal: null,
    certificateFault: null,
    certificateDaysLeft: null,
    status: null,
    finalUrl: null,
    redirects: [],
    contentType: null,
    expectedTypes: expects?.types ?? [],
    looksLike: null,
    hosts: expects?.hosts ?? [],
    environment: expects?.environment ?? null,
  };
}

/** A page as a visitor without a browser gets it, if its robots.txt lets us. */
export async function lookAtPage(
  deps: CheckDeps,
  url: string,
  expects: Partial<Expects>,
  signal?: AbortSignal,
): Promise<PageLooked> {
  if (urlProblem(url) === null && !(await robotsAllow(deps, url, signal))) {
    return { fact: { ...blankFact(url, expects), refusal: 'ROBOTS' }, html: null, policy: null };
  }
  const { fact, fetched } = await lookAt(
    deps,
    url,
    { kind: 'PAGE', signal, headers: { accept: 'text/html,*/*;q=0.8' } },
    expects,
  );
  if (fetched === null) return { fact, html: null, policy: null };
  // What an error page says is nobody's business, and a file is not read as a page.
  if (fetched.status !== 200 || !/^(text\/html|application\/xhtml)/i.test(fact.contentType ?? '')) {
    fetched.close();
    return { fact, html: null, policy: null };
  }
  try {
    const html = decoded(await bytesOf(fetched.body), fact.contentType ?? '');
    const page = readPage(html, fetched.url);
    return {
      fact: { ...fact, looksLike: looksLike(page, html, fetched.url) },
      html,
      policy: fetched.header('content-security-policy'),
    };
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    return { fact: { ...fact, refusal: error.code, status: null }, html: null, policy: null };
  }
}

/** A robots.txt that is not there, or cannot be read, forbids nothing: a person asked for this very page. */
async function robotsAllow(deps: CheckDeps, url: string, signal?: AbortSignal): Promise<boolean> {
  const { pathname, search } = new URL(url);
  try {
    const fetched = await deps.fetch(new URL('/robots.txt', url).href, { kind: 'PAGE', signal });
    if (fetched.status !== 200) {
      fetched.close();
      return true;
    }
    const text = new TextDecoder().decode(await bytesOf(fetched.body));
    return isAllowed(text, robot, `${pathname}${search}`);
  } catch (error) {
    if (error instanceof FetchRefused) return true;
    throw error;
  }
}

function decoded(bytes: Uint8Array, contentType: string): string {
  const [, label = 'utf-8'] = /charset\s{0,5}=\s{0,5}"?([\w-]{1,40})/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    // A charset that nobody knows.
    return new TextDecoder().decode(bytes);
  }
}
