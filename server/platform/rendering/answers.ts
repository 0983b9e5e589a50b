import { bytesOf } from '../fetching/body.ts';
import type { Fetched, GuardedFetch } from '../fetching/guardedFetch.ts';
import { FetchRefused } from '../fetching/refusals.ts';
import type { Chromium, DevtoolsEvent } from './chromium.ts';

/*
 * Every request of a page that runs, answered by us. What its scripts need to come to their end is fetched through the
 * guarded door; what would only be looked at, or would tell somebody something, is answered with nothing and never asked.
 */

export type GivenPage = { readonly url: string; readonly html: string; readonly policy: string | null };

type Paused = {
  requestId: string;
  frameId: string;
  resourceType: string;
  request: { url: string; method: string; headers: Record<string, string>; postData?: string };
};
/** `body` is empty where nothing is sent along. */
export type Asked = { readonly url: string; readonly body: string };
type Answer = { status: number; headers: Record<string, string>; body: Uint8Array };

const limits = { requests: 300, atOnce: 6, bytes: 30_000_000, navigations: 3, told: 10_000 };
/** What goes on to the other side; cookies and credentials are not among it. */
const ownHeaders = ['accept', 'accept-language', 'origin', 'referer', 'x-requested-with'];
/** What the browser has to know of an answer. */
const keptHeaders = [
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'content-security-policy',
  'content-type',
  'x-content-type-options',
];
/** What can bring a script, or be needed by one. */
const fetchedKinds: readonly string[] = ['Script', 'XHR', 'Fetch'];

export type Answers = {
  /** Addresses of scripts that were asked for, in order. */
  readonly scripts: readonly string[];
  /** What the page wanted to tell or to have besides: to where, and with what. */
  readonly asked: readonly Asked[];
  /** Since when nothing is asked for, by `performance.now()`; null while something is. */
  quietSince(): number | null;
  /** No more of them: what is being fetched is let go. */
  close(): void;
};

/** Answers all that the browser asks for while it shows this page in this frame. */
export async function answerAll(
  chromium: Chromium,
  fetch: GuardedFetch,
  frameId: string,
  page: GivenPage,
): Promise<Answers> {
  const stop = new AbortController();
  const scripts: string[] = [];
  const asked: Asked[] = [];
  const turns = turnsOf(limits.atOnce);
  // The page itself is here already. So is what a redirect led to, when a script goes somewhere else.
  const ready = new Map<string, Answer>([[page.url, pageAnswer(page)]]);
  let left = limits.requests;
  let leftBytes = limits.bytes;
  let leftNavigations = limits.navigations;
  let open = 0;
  let since = performance.now();

  async function answerTo({ request, resourceType, frameId: frame }: Paused): Promise<Answer | null> {
    const { url, method } = request;
    left -= 1;
    if (left < 0) return null;
    if (resourceType === 'Script') scripts.push(url);
    else asked.push({ url: url.slice(0, limits.told), body: (request.postData ?? '').slice(0, limits.told) });
    if (resourceType === 'Document') {
      if (frame !== frameId) return nothing('text/html');
      const here = ready.get(url);
      ready.delete(url);
      if (here) return here;
      leftNavigations -= 1;
      // Where it may not go, it stays as it is.
      if (leftNavigations < 0 || method !== 'GET') return stays;
      return goneTo(url, request.headers).catch(() => stays);
    }
    if (resourceType === 'Stylesheet') return nothing('text/css');
    // Events that tell of a visitor: there was none.
    if (method !== 'GET' && method !== 'HEAD') return told(request.headers);
    return fetchedKinds.includes(resourceType) ? got(url, method, request.headers) : null;
  }

  async function got(url: string, method: 'GET' | 'HEAD', headers: Record<string, string>): Promise<Answer> {
    return (await fetched(url, method, headers)).answer;
  }

  /** Where a script led the whole page: the browser has to know where it came to stand. */
  async function goneTo(url: string, headers: Record<string, string>): Promise<Answer> {
    const { answer, at } = await fetched(url, 'GET', headers);
    if (at === url || new URL(at).href === new URL(url).href) return answer;
    ready.set(at, answer);
    return { status: 302, headers: { location: at }, body: new Uint8Array() };
  }

  async function fetched(url: string, method: 'GET' | 'HEAD', headers: Record<string, string>) {
    return turns(async () => {
      const answer = await fetch(url, {
        kind: 'PAGE',
        method,
        headers: picked(headers, ownHeaders),
        signal: stop.signal,
      });
      const body = await bytesOf(answer.body);
      leftBytes -= body.length;
      if (leftBytes < 0) throw new FetchRefused('TOO_LARGE');
      return { answer: { status: answer.status, headers: keptOf(answer), body }, at: answer.url };
    });
  }

  async function handle(paused: Paused): Promise<void> {
    const { requestId, request } = paused;
    const answer = await answerTo(paused).catch((error: unknown) => {
      if (error instanceof FetchRefused) return null;
      throw error;
    });
    if (answer === null) await chromium.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    else {
      await chromium.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: answer.status,
        responseHeaders: Object.entries(answer.headers).map(([name, value]) => ({ name, value })),
        body: request.method === 'HEAD' ? '' : Buffer.from(answer.body).toString('base64'),
      });
    }
  }

  chromium.onEvent(({ method, params }: DevtoolsEvent) => {
    if (method !== 'Fetch.requestPaused') return;
    open += 1;
    handle(params as Paused)
      // The page went on without its answer, or the browser ended: nobody waits for it.
      .catch(() => {})
      .finally(() => {
        open -= 1;
        since = performance.now();
      });
  });
  // Of the browser as a whole: frames, workers and whatever else it opens.
  await chromium.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });

  return { scripts, asked, quietSince: () => (open === 0 ? since : null), close: () => stop.abort() };
}

const stays: Answer = { status: 204, headers: {}, body: new Uint8Array() };

function pageAnswer({ html, policy }: GivenPage): Answer {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    ...(policy ? { 'content-security-policy': policy } : {}),
  };
  return { status: 200, headers, body: new TextEncoder().encode(html) };
}

function nothing(contentType: string): Answer {
  return { status: 200, headers: { 'content-type': contentType }, body: new Uint8Array() };
}

function told(headers: Record<string, string>): Answer {
  const origin = picked(headers, ['origin']).origin ?? '*';
  const allowed = { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
  return { status: 204, headers: allowed, body: new Uint8Array() };
}

function keptOf(answer: Fetched): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = answer.header(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

function picked(headers: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      names.includes(name.toLowerCase()) ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

/** Lets so many work at a time, in the order in which they came. */
export function turnsOf(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
