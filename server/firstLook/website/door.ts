import { bytesOf } from '../../platform/fetching/body.ts';
import type { Fetched, FetchRequest, GuardedFetch } from '../../platform/fetching/guardedFetch.ts';
import { NamesUnanswered } from '../../platform/fetching/names.ts';
import { FetchRefused } from '../../platform/fetching/refusals.ts';
import { parsedAddress } from '../../submissions/validation/address.ts';
import { robotsFor } from '../../submissions/validation/facts/web/robots.ts';
import { bareHost } from './choosing.ts';
import { webAddress } from './texts.ts';

/**
 * Why an address of a shop gave nothing. ROBOTS: its robots.txt says so, and nobody asked for it. FORBIDDEN: its answer
 * keeps us out. ENOUGH: it asks us to stop. BUSY: it has no time for anybody. MISSING: nothing is there that we could read. LEFT: it leads to another shop, or nowhere. SILENT: nobody answered in time, or with anything that can be read.
 */
export type Shut = 'ROBOTS' | 'FORBIDDEN' | 'ENOUGH' | 'BUSY' | 'LEFT' | 'MISSING' | 'SILENT';
export type Opened = { readonly fetched: Fetched } | { readonly shut: Shut };
export type Robots = {
  readonly isDown: boolean;
  readonly sitemaps: readonly string[];
  isAllowed(path: string): boolean;
};

const robot = 'Slipway';
const maxHops = 4;
const maxSitemaps = 20;

/**
 * The way into a shop: asks the robots.txt of whatever host it comes to, before every hop, and carries no cookie. The
 * guarded fetcher stands behind it.
 */
export class ShopDoor {
  /** How many answers came, of whatever kind. */
  answers = 0;
  /** Our own name servers had nothing to say: no verdict about the shop. */
  unanswered: NamesUnanswered | null = null;
  readonly #robots = new Map<string, Promise<Robots>>();

  constructor(
    private readonly fetch: GuardedFetch,
    private readonly signal: AbortSignal,
  ) {}

  /** `mayLeave`: to another shop's host, as a front page that has moved does. What is opened is read or closed. */
  async open(
    url: string,
    kind: FetchRequest['kind'],
    { accept = '*/*', mayLeave = false }: { accept?: string; mayLeave?: boolean } = {},
  ): Promise<Opened> {
    let at = url;
    for (let hop = 0; hop < maxHops; hop++) {
      const address = parsedAddress(at);
      if (address === null) return { shut: 'LEFT' };
      const robots = await this.robotsOf(address.origin);
      if (robots.isDown) return { shut: 'SILENT' };
      if (!robots.isAllowed(`${address.pathname}${address.search}`)) return { shut: 'ROBOTS' };
      const fetched = await this.#ask(at, kind, accept);
      if (fetched === null) return { shut: 'SILENT' };
      const { status } = fetched;
      if (status === 200) return { fetched };
      fetched.close();
      const next = status >= 300 && status < 400 ? webAddress(fetched.header('location'), at) : null;
      if (next === null) return { shut: shutBy(status) };
      const isDowngraded = at.startsWith('https:') && next.startsWith('http:');
      if (isDowngraded || (!mayLeave && bareHost(next) !== bareHost(url))) return { shut: 'LEFT' };
      at = next;
    }
    return { shut: 'LEFT' };
  }

  /** Opened and read as text; null when it is not of that type. */
  async read(
    url: string,
    type: RegExp,
    options: { accept?: string; mayLeave?: boolean } = {},
  ): Promise<{ text: string; url: string } | { shut: Shut }> {
    const opened = await this.open(url, 'PAGE', options);
    if ('shut' in opened) return opened;
    const { fetched } = opened;
    const contentType = fetched.header('content-type') ?? '';
    if (!type.test(contentType)) {
      fetched.close();
      return { shut: 'MISSING' };
    }
    const bytes = await this.#bytes(fetched);
    return bytes === null ? { shut: 'SILENT' } : { text: decoded(bytes, contentType), url: fetched.url };
  }

  robotsOf(origin: string): Promise<Robots> {
    const known = this.#robots.get(origin) ?? this.#readRobots(origin);
    this.#robots.set(origin, known);
    return known;
  }

  /** One that is not there forbids nothing; one that cannot be had forbids all for now (RFC 9309). */
  async #readRobots(origin: string): Promise<Robots> {
    const fetched = await this.#ask(`${origin}/robots.txt`, 'PAGE', 'text/plain,*/*;q=0.8', false);
    const down = { isDown: true, sitemaps: [], isAllowed: () => false };
    if (fetched === null) return down;
    if (fetched.status !== 200) {
      fetched.close();
      // Whoever is asked to wait cannot have it, either.
      return fetched.status >= 500 || fetched.status === 429
        ? down
        : { isDown: false, sitemaps: [], isAllowed: () => true };
    }
    const bytes = await this.#bytes(fetched);
    if (bytes === null) return down;
    const text = new TextDecoder().decode(bytes);
    return { isDown: false, sitemaps: sitemapsOf(text, origin), isAllowed: robotsFor(text, robot) };
  }

  async #ask(url: string, kind: FetchRequest['kind'], accept: string, staysPut = true): Promise<Fetched | null> {
    try {
      const fetched = await this.fetch(url, { kind, headers: { accept }, staysPut, signal: this.signal });
      this.answers++;
      return fetched;
    } catch (error) {
      if (error instanceof NamesUnanswered) this.unanswered = error;
      else if (!(error instanceof FetchRefused)) throw error;
      return null;
    }
  }

  async #bytes(fetched: Fetched): Promise<Uint8Array | null> {
    try {
      return await bytesOf(fetched.body);
    } catch (error) {
      if (error instanceof FetchRefused) return null;
      throw error;
    }
  }
}

function shutBy(status: number): Shut {
  if (status === 401 || status === 403 || status === 451) return 'FORBIDDEN';
  if (status === 429) return 'ENOUGH';
  if (status === 503) return 'BUSY';
  return status >= 500 ? 'SILENT' : 'MISSING';
}

/** `Sitemap:` lines belong to no group; a few of them. */
export function sitemapsOf(robots: string, origin: string): string[] {
  const found = new Set<string>();
  for (const [, written = ''] of robots
    .slice(0, 500_000)
    .matchAll(/^[ \t]{0,20}sitemap[ \t]{0,20}:[ \t]{0,20}(\S{1,2000})/gim)) {
    const address = webAddress(written, origin);
    if (address !== null) found.add(address);
    if (found.size >= maxSitemaps) break;
  }
  return [...found];
}

const charset = /charset\s{0,5}=\s{0,5}["']?([\w-]{1,40})/i;

/** What a page says of its own letters, near its beginning. */
function charsetWithin(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2_048)).toString('latin1');
  return (start.match(/<meta[^<>]{0,200}/gi) ?? [])
    .map((tag) => charset.exec(tag)?.[1])
    .find((label) => label !== undefined);
}

function decoded(bytes: Uint8Array, contentType: string): string {
  const label = charset.exec(contentType)?.[1] ?? charsetWithin(bytes) ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    // A charset that nobody knows.
    return new TextDecoder().decode(bytes);
  }
}
