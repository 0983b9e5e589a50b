import { parsedAddress } from '../../address.ts';
import { readTags } from '../markup.ts';
import type { UrlFact } from './url.ts';

/** What the HTML of a page says without running it. */
export type PageFacts = {
  readonly title: string;
  readonly scripts: readonly ScriptFacts[];
  /** The Content-Security-Policy in the page itself. */
  readonly policy: string | null;
  /** From structured data (JSON-LD, Open Graph). */
  readonly product: {
    readonly ids: readonly string[];
    readonly price: string | null;
    readonly currency: string | null;
  };
  /** Attributes that begin with `data-`, and their values; the first of a name. */
  readonly data: Readonly<Record<string, string>>;
  /** What it laid down for tag managers (`dataLayer`), as JSON; null: nothing, or it was not run. */
  readonly layer: string | null;
  readonly hasPassword: boolean;
  readonly isNoIndex: boolean;
};

export type ScriptFacts = {
  /** Resolved against the page; null: it stands in the page. */
  readonly src: string | null;
  readonly text: string;
  readonly isAsync: boolean;
  readonly hasIntegrity: boolean;
  /** A consent tool keeps it until the visitor agrees: `type="text/plain"`. */
  readonly waitsForConsent: boolean;
};

const maxScripts = 500;
const maxText = 200_000;

export function readPage(html: string, url: string): PageFacts {
  const scripts: ScriptFacts[] = [];
  const data: Record<string, string> = Object.create(null);
  const structured: string[] = [];
  const meta: Record<string, string> = Object.create(null);
  let title = '';
  let policy: string | null = null;
  let hasPassword = false;
  for (const { name, attributes, content } of readTags(html)) {
    if (name === 'title' && title === '') title = content.trim().slice(0, 200);
    if (name === 'input' && attributes.type?.toLowerCase() === 'password') hasPassword = true;
    if (name === 'meta') {
      const key = (attributes.property ?? attributes.name ?? attributes['http-equiv'] ?? '').toLowerCase();
      if (key === 'content-security-policy') policy = attributes.content ?? null;
      meta[key] ??= attributes.content ?? '';
    }
    for (const [key, value] of Object.entries(attributes))
      if (key.startsWith('data-')) data[key] ??= value.slice(0, 500);
    if (name === 'script' && scripts.length < maxScripts) {
      const type = (attributes.type ?? '').trim().toLowerCase();
      if (type === 'application/ld+json') structured.push(content);
      else if (isScript(type, attributes)) scripts.push(scriptOf(attributes, content, type, url));
    }
  }
  return {
    title,
    scripts,
    policy,
    product: productOf(structured, meta),
    data,
    layer: null,
    hasPassword,
    isNoIndex: /noindex/i.test(meta.robots ?? ''),
  };
}

function isScript(type: string, attributes: Readonly<Record<string, string>>): boolean {
  return (
    /^(|module|text\/plain|(text|application)\/(x-)?(java|ecma)script)$/.test(type) ||
    attributes['data-src'] !== undefined
  );
}

function scriptOf(
  attributes: Readonly<Record<string, string>>,
  content: string,
  type: string,
  url: string,
): ScriptFacts {
  const src = attributes.src ?? attributes['data-src'] ?? null;
  return {
    src: src === null ? null : (parsedAddress(src, url)?.href ?? src),
    text: content.slice(0, maxText),
    isAsync: attributes.async !== undefined || attributes.defer !== undefined || type === 'module',
    hasIntegrity: (attributes.integrity ?? '') !== '',
    waitsForConsent: type === 'text/plain' || (attributes.src === undefined && attributes['data-src'] !== undefined),
  };
}

function productOf(structured: readonly string[], meta: Readonly<Record<string, string>>): PageFacts['product'] {
  const products = structured
    .flatMap((text) => things(parsed(text), 0))
    .filter((thing) => /(^|,)Product(Group)?(,|$)/.test(String(thing['@type'])));
  const offers = products.flatMap((product) => things(product.offers, 0));
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []);
  const ids = products.flatMap(({ sku, productID, mpn }) => [sku, productID, mpn].flatMap(text));
  const prices = [
    ...offers.flatMap(({ price, lowPrice }) => [price, lowPrice].flatMap(text)),
    meta['product:price:amount'] ?? meta['og:price:amount'],
  ];
  const currencies = [
    ...offers.flatMap(({ priceCurrency }) => text(priceCurrency)),
    meta['product:price:currency'] ?? meta['og:price:currency'],
  ];
  return {
    ids: [...new Set([...ids, meta['product:retailer_item_id']].filter((id) => id !== undefined && id !== ''))].slice(
      0,
      50,
    ) as string[],
    price: prices.find((price) => price !== undefined && price !== '') ?? null,
    currency: currencies.find((currency) => currency !== undefined && currency !== '') ?? null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page with broken structured data has none.
    return null;
  }
}

/** Objects of JSON-LD, through lists and `@graph`. */
function things(value: unknown, depth: number): Record<string, unknown>[] {
  if (depth > 5 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.slice(0, 200).flatMap((part) => things(part, depth + 1));
  const thing = value as Record<string, unknown>;
  return [thing, ...things(thing['@graph'], depth + 1)];
}

/** Whether a page is something else than the shop: to sign in, parked, closed. */
export function looksLike(facts: PageFacts, html: string, finalUrl: string): UrlFact['looksLike'] {
  const path = parsedAddress(finalUrl)?.pathname.toLowerCase() ?? '';
  const visible = html.slice(0, 200_000).toLowerCase();
  if (
    /domain (is|may be) for sale|buy this domain|parked (free|domain)|sedoparking|parkingcrew|this domain is parked/.test(
      visible,
    )
  )
    return 'PARKED';
  const words = `${facts.title.toLowerCase()} ${facts.scripts.length < 15 ? visible.slice(0, 20_000) : ''}`;
  if (/maintenance mode|under maintenance|wartungsarbeiten|we.ll be back soon/.test(words)) return 'MAINTENANCE';
  if (/^\W*(coming soon|opening soon|maintenance)\W*$/.test(facts.title.toLowerCase())) return 'MAINTENANCE';
  const isLoginPath = /\/(login|log-in|signin|sign-in|password|anmelden|connexion)(\/|\.|$)/.test(path);
  return facts.hasPassword && (isLoginPath || /log ?in|sign ?in|password|anmelden|connexion|přihl/i.test(facts.title))
    ? 'LOGIN'
    : null;
}
