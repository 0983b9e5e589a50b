import { parsedAddress } from '../../submissions/validation/address.ts';

/*
 * Which of a shop's addresses are looked at: those that look like products, spread evenly over what it lists. Shops write
 * them in a few forms; the sitemap's own name helps where they do not.
 */
export type Listed = { readonly url: string /** Listed where the shop lists products. */; readonly isProduct: boolean };
/** `form`: what such addresses have in common. One that leads to no products is not tried for ever. */
export type Candidate = { readonly url: string; readonly form: string };

type Rank = 'SURE' | 'LIKELY' | 'MAYBE';

/** Shopify and others; Magento's own; WooCommerce in several languages; short forms; Shopware; Amazon's. */
const sure =
  /\/(products?|produkte?|produits?|productos?|prodott[oi]|produto|termek|p|dp|item|artikel|article-p|sku)\/[^/]+|\/catalog\/product\/view\/|\/detail\/[0-9a-f]{32}|[-_]p-?\d+(\.html?)?$|\/p-\d+|\/pd\//i;
const never =
  /\.(xml|gz|pdf|jpe?g|png|gif|webp|svg|avif|css|js|json|zip|mp4|txt|ico|woff2?)$|\/(cart|checkout|basket|warenkorb|account|customer|login|register|wishlist|search|suche|blogs?|news|magazin|pages?|content|cms|policies|policy|imprint|impressum|datenschutz|agb|privacy|terms|contact|kontakt|about|ueber-uns|faq|help|hilfe|category|categories|kategorie|product-category|product-tag|tag|tags|brand|brands|author|wp-content|wp-json|feed|cdn|stores?|jobs|karriere|gift-?cards?)(\/|\.html?$|$)/i;
const collection = /\/collections?\/[^/]+\/?$/i;
/** The last part: `blue-mug.html` of Magento and PrestaShop, `12-blue-mug` of the latter. */
const page = /\.html?$/i;
const words = /[a-z0-9][-_]/i;
const numbered = /^\d{1,12}-[a-z0-9]/i;
/** Longer ones are no product's that anybody typed. */
const maxPath = 500;
const locale = /^\/([a-z]{2}(?:[-_][a-z]{2})?)(?:\/|$)/i;

/** Whether a sitemap's address says that products are listed there. */
export function isProductSitemap(address: string): boolean {
  const path = parsedAddress(address)?.pathname ?? '';
  return (
    /prod|artikel|items?[-_.]|sku|pdp/i.test(path) &&
    !/categor|[-_]cat[-_.]|[-_]tags?[-_.]|brand|review|image/i.test(path)
  );
}

/**
 * At most `most`, best first, each group spread over what was listed; behind them `reserves` of the same, for those that
 * may not be asked. `home`: where the shop's front page is.
 */
export function chooseCandidates(listed: readonly Listed[], home: string, most: number, reserves = 0): Candidate[] {
  const ranked: Record<Rank, Map<string, Candidate>> = { SURE: new Map(), LIKELY: new Map(), MAYBE: new Map() };
  const host = bareHost(home);
  for (const { url, isProduct } of listed) {
    const address = parsedAddress(url);
    if (address === null || !/^https?:$/.test(address.protocol) || bareHost(url) !== host) continue;
    const path = address.pathname;
    const rank = rankOf(path, isProduct);
    if (rank === null) continue;
    address.hash = '';
    // The same product stands in many collections of one shop.
    const key = path.replace(/\/collections\/[^/]+(?=\/products\/)/, '') + address.search;
    if (!ranked[rank].has(key)) ranked[rank].set(key, { url: address.href, form: formOf(rank, path) });
  }
  const groups = (['SURE', 'LIKELY', 'MAYBE'] as const).map((rank) => inOneLanguage([...ranked[rank].values()], home));
  const chosen: Candidate[] = [];
  for (const group of groups) chosen.push(...spread(group, most - chosen.length));
  const taken = new Set(chosen);
  const others = groups.flatMap((group) =>
    spread(
      group.filter((one) => !taken.has(one)),
      reserves,
    ),
  );
  return [...chosen, ...others.slice(0, reserves)];
}

function rankOf(path: string, isProduct: boolean): Rank | null {
  if (path === '/' || path.length > maxPath || locale.exec(path)?.[0] === path || collection.test(path)) return null;
  if (sure.test(path)) return 'SURE';
  if (never.test(path)) return null;
  if (isProduct) return 'SURE';
  const parts = path.split('/').filter(Boolean);
  const last = parts.at(-1) ?? '';
  if (numbered.test(last) || (page.test(last) && words.test(last))) return 'LIKELY';
  return last.includes('-') || parts.length > 2 ? 'MAYBE' : null;
}

function formOf(rank: Rank, path: string): string {
  const parts = path.split('/').filter(Boolean);
  return `${rank} ${parts.length > 1 ? parts[0] : ''} ${parts.length}`;
}

/** A shop in several languages lists each product several times: those of its front page's language, else the most. */
function inOneLanguage(candidates: readonly Candidate[], home: string): readonly Candidate[] {
  const byLocale = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = localeOf(candidate.url);
    const group = byLocale.get(key);
    if (group) group.push(candidate);
    else byLocale.set(key, [candidate]);
  }
  const own = byLocale.get(localeOf(home)) ?? byLocale.get('');
  if (own && own.length > 0) return own;
  return [...byLocale.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}

function localeOf(address: string): string {
  return (locale.exec(parsedAddress(address)?.pathname ?? '')?.[1] ?? '').toLowerCase();
}

/** So many of a list, the same ones each time, from all over it. */
export function spread<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: Math.max(0, most) }, (_, at) => list[Math.floor(((at + 0.5) * list.length) / most)] as T);
}

/** `www.` is the same shop; empty for what is no address. */
export function bareHost(address: string): string {
  return (parsedAddress(address)?.host ?? '').replace(/^www\./, '');
}
