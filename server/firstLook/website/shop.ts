import type { GuardedFetch } from '../../platform/fetching/guardedFetch.ts';
import { parsedAddress } from '../../submissions/validation/address.ts';
import type { SiteHints } from '../brand/hints.ts';
import { type SiteBrand, siteBrand } from '../brand/site.ts';
import type { SourceProduct } from '../shapes.ts';
import { type Candidate, chooseCandidates } from './choosing.ts';
import { ShopDoor, type Shut } from './door.ts';
import type { PageSeen, ReadPage } from './seen.ts';
import { listProducts } from './sitemaps.ts';

/*
 * A look at a shop from its address alone, as a polite visitor takes it: what its robots.txt allows, two pages at once, at
 * most fifty of them, and none after it asks to stop. What was read before the time was up counts.
 */
export const shopProblems = ['NO_WEBSITE', 'FORBIDDEN', 'UNREACHABLE', 'NO_PRODUCTS'] as const;
export type ShopProblem = (typeof shopProblems)[number];
export type ShopLook = {
  /** Null when there are products. */
  readonly problem: ShopProblem | null;
  /** Pages that were read to find them. */
  readonly pages: number;
  readonly products: readonly SourceProduct[];
  /** Null when no page of it was read. */
  readonly site: SiteBrand | null;
};

const maxPages = 50;
/** In the place of those that robots.txt forbids. */
const maxReserves = 100;
const atOnce = 2;
const patienceMs = 45_000;
/** Of one form of address without a single product among them: the others are no products, either. More where it looks sure. */
const maxMisses = { sure: 15, other: 5 };
/** Without a single answer: nobody is there. */
const maxSilent = 4;
const html = /^\s*(text\/html|application\/xhtml)/i;
const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';

/** Throws `NamesUnanswered` when our name servers could not be asked, and when `signal` ends it; for nothing else. */
export async function lookAtShop(
  { fetch, read }: { fetch: GuardedFetch; read: ReadPage },
  website: string,
  signal: AbortSignal,
  options: { patienceMs?: number; maxPages?: number } = {},
): Promise<ShopLook> {
  const front = parsedAddress(website);
  if (front === null || !/^https?:$/.test(front.protocol)) return nothing('NO_WEBSITE');
  if (isNobodys(website)) return nothing('UNREACHABLE');
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(options.patienceMs ?? patienceMs)]);
  const door = new ShopDoor(fetch, inTime);
  const look = await new Walk(door, read, inTime, Math.min(options.maxPages ?? maxPages, maxPages)).look(front.href);
  signal.throwIfAborted();
  if (look.products.length === 0 && door.unanswered !== null && door.answers === 0) throw door.unanswered;
  return look;
}

/** Names that nobody can have (RFC 2606): the sample's shops, and examples that were typed in. */
export function isNobodys(website: string): boolean {
  return /(^|\.)(example|invalid|localhost)$/.test(parsedAddress(website)?.hostname ?? '');
}

function nothing(problem: ShopProblem): ShopLook {
  return { problem, pages: 0, products: [], site: null };
}

/** Of the front page; the others leave something to try. */
const refusals: Readonly<Partial<Record<Shut, ShopProblem>>> = {
  FORBIDDEN: 'FORBIDDEN',
  ENOUGH: 'FORBIDDEN',
  BUSY: 'UNREACHABLE',
  SILENT: 'UNREACHABLE',
  LEFT: 'UNREACHABLE',
};
const isKeptOut = (shut: Shut) => shut === 'ROBOTS' || shut === 'FORBIDDEN';

class Walk {
  readonly #products = new Map<string, SourceProduct>();
  readonly #links = new Set<string>();
  readonly #forms = new Map<string, { hits: number; misses: number }>();
  #asked = 0;
  #read = 0;
  #forbidden = 0;
  #silent = 0;
  #isEnough = false;
  #site: SiteHints | null = null;

  constructor(
    private readonly door: ShopDoor,
    private readonly readPage: ReadPage,
    private readonly signal: AbortSignal,
    private readonly most: number,
  ) {}

  async look(front: string): Promise<ShopLook> {
    const home = await this.#page(front, true);
    const refusal = 'shut' in home ? refusals[home.shut] : undefined;
    if (refusal !== undefined) return nothing(refusal);
    const at = 'shut' in home ? front : home.url;
    if (!('shut' in home)) {
      this.#site = home.page.hints;
      if (this.#keep(home.page)) this.#read++;
    }
    const robots = await this.door.robotsOf(new URL(at).origin);
    const listed = await listProducts(this.door, at, robots.sitemaps);
    let candidates = chooseCandidates(listed, at, this.most, maxReserves);
    if (candidates.length === 0 && !('shut' in home)) {
      const links = home.page.links.map((url) => ({ url, isProduct: false }));
      candidates = chooseCandidates(links, at, this.most, maxReserves);
    }
    await this.#visit(candidates);
    const products = [...this.#products.values()];
    const site = this.#site === null ? null : await siteBrand(this.door, this.#site);
    const problem = products.length > 0 ? null : this.#problem('shut' in home ? home.shut : null);
    return { problem, pages: this.#read, products, site };
  }

  #problem(home: Shut | null): ShopProblem {
    const isForbidden = home === null ? this.#forbidden > this.#read : isKeptOut(home);
    if (isForbidden) return 'FORBIDDEN';
    return this.#read === 0 && this.#silent > 0 ? 'UNREACHABLE' : 'NO_PRODUCTS';
  }

  async #visit(candidates: readonly Candidate[]): Promise<void> {
    const waiting = [...candidates];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined && this.#goesOn(); next = waiting.shift()) {
        const form = this.#forms.get(next.form) ?? { hits: 0, misses: 0 };
        this.#forms.set(next.form, form);
        const mostMisses = next.form.startsWith('SURE') ? maxMisses.sure : maxMisses.other;
        if (form.hits === 0 && form.misses >= mostMisses) continue;
        if (await this.#visitOne(next)) form.hits++;
        else form.misses++;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  #goesOn(): boolean {
    const isDead = this.#read === 0 && this.#silent >= maxSilent;
    return !this.signal.aborted && !this.#isEnough && !isDead && this.#asked < this.most;
  }

  async #visitOne({ url }: Candidate): Promise<boolean> {
    this.#asked++;
    const found = await this.#page(url, false);
    if (!('shut' in found)) {
      this.#read++;
      this.#site ??= found.page.hints;
      return this.#keep(found.page);
    }
    if (found.shut === 'ROBOTS') this.#asked--;
    if (isKeptOut(found.shut)) this.#forbidden++;
    if (found.shut === 'SILENT') this.#silent++;
    if (found.shut === 'ENOUGH' || found.shut === 'BUSY') this.#isEnough = true;
    return false;
  }

  async #page(url: string, mayLeave: boolean): Promise<{ page: PageSeen; url: string } | { shut: Shut }> {
    const read = await this.door.read(url, html, { accept, mayLeave });
    if ('shut' in read) return read;
    return { page: await this.readPage(read.text, read.url), url: read.url };
  }

  /** One product counts once, under whatever addresses it stands. */
  #keep({ product }: PageSeen): boolean {
    if (product === null) return false;
    const known = this.#products.get(product.id);
    const isSame = known?.title === product.title || this.#links.has(product.link ?? '');
    if (product.link !== null) this.#links.add(product.link);
    // Shops give one number to many: by its address it is another product all the same.
    const id = known ? (product.link ?? product.id) : product.id;
    if (!isSame) this.#products.set(id, { ...product, id });
    return true;
  }
}
