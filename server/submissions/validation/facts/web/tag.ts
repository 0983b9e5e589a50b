import { parsedAddress } from '../../address.ts';
import { type PageFacts, readPage, type ScriptFacts } from './page.ts';

export const pageTypes = ['HOME', 'CATEGORY', 'PRODUCT', 'CART', 'CONFIRMATION', 'OTHER'] as const;
export type PageType = (typeof pageTypes)[number];

/** What a vendor's tag has to be, and where it tells what. */
export type TagWanted = {
  /** A part of its address that no other script has, `cdn.vendor.example/tag.js`; or of its text, when it stands in the page. */
  readonly script: string;
  readonly accountId: string | null;
  /** Origins that it loads scripts from, sends to, and loads pictures from. */
  readonly scriptOrigins: readonly string[];
  readonly connectOrigins: readonly string[];
  readonly imageOrigins: readonly string[];
  readonly needsConsent: boolean;
  readonly isPinned: boolean;
  /** Names under which pages send these: of a `data-` attribute, or of a key in a script; null: they are not sent. */
  readonly names: {
    readonly pageType: string | null;
    readonly productId: string | null;
    readonly currency: string | null;
    readonly price: string | null;
  };
};

/** Ids that are asked for one by one: a list of them, or a set that keeps no texts. */
export type KnownIds = Pick<readonly string[], 'length' | 'includes'>;

export type TagFact = {
  readonly url: string;
  readonly type: PageType;
  /** Null: the page could not be fetched, which the URL rules tell. */
  readonly page: PageFacts | null;
  /** The policies of the header and of the page. */
  readonly policies: readonly string[];
  readonly wanted: TagWanted;
  /** The page ran in a browser before it was looked at. */
  readonly isRendered: boolean;
  /** Its scripts were cut off there, because they would not come to rest. */
  readonly isCut: boolean;
  /** What the tag wanted to tell as the page ran: addresses, and what was sent along. */
  readonly events: readonly string[];
  /** Ids of the accepted feed; null: none is known. */
  readonly feedIds: KnownIds | null;
  /** The tag sent something before anybody agreed; null: not watched. */
  readonly ranBeforeConsent: boolean | null;
};

export function tagsOf({ page, wanted }: TagFact): readonly ScriptFacts[] {
  const part = wanted.script.toLowerCase();
  return (page?.scripts ?? []).filter((script) => (script.src ?? script.text).toLowerCase().includes(part));
}

/** How often the tag is there. What ran also shows the snippet that brought the tag, and what the tag brought itself. */
export function countOf(fact: TagFact): number {
  const tags = tagsOf(fact);
  if (!fact.isRendered) return tags.length;
  const times = new Map<string, number>();
  for (const { src } of tags) {
    const address = src?.replace(/[?#].*$/s, '');
    if (address !== undefined) times.set(address, (times.get(address) ?? 0) + 1);
  }
  return times.size === 0 ? tags.length : Math.max(...times.values());
}

/** A tag manager may bring what the HTML does not hold. */
function hasTagManager({ page }: TagFact): boolean {
  return (page?.scripts ?? []).some(({ src, text }) =>
    /googletagmanager\.com|gtm\.js|tealium|adobedtm|matomo.*container/i.test(src ?? text.slice(0, 5_000)),
  );
}

/** A tag manager may bring the tag yet: what it holds was not run, or it rightly waits until a visitor agrees. */
export function mayCome(fact: TagFact): boolean {
  return hasTagManager(fact) && (!fact.isRendered || fact.wanted.needsConsent);
}

/** What the page tells under a name: in what it sent as it ran, in an attribute, or as a literal in a script. */
export function sent({ page, events }: TagFact, name: string | null): string | null {
  if (page === null || name === null) return null;
  for (const event of events) {
    const query = parsedAddress(event)?.search ?? event;
    const value = new URLSearchParams(query).get(name);
    if (value !== null) return value.slice(0, 300);
  }
  const attribute = page.data[name.toLowerCase()];
  if (attribute !== undefined) return attribute;
  const key = name.replaceAll(/[^\w$-]/g, '').slice(0, 100);
  const literal = new RegExp(
    `(?:^|[^\\w$-])["']?${key.replaceAll(/[$-]/g, '\\$&')}["']?\\s{0,9}[:=]\\s{0,9}(?:"([^"\\n]{0,300})"|'([^'\\n]{0,300})'|(-?\\d+(?:\\.\\d+)?))`,
  );
  for (const text of [...events, ...page.scripts.map((script) => script.text), page.layer ?? '']) {
    const [, double, single, number] = literal.exec(text) ?? [];
    const value = double ?? single ?? number;
    if (value !== undefined) return value;
  }
  return null;
}

/** E-mail addresses and telephone numbers of the international form in what is sent. */
export function personalIn(text: string): string | null {
  const plain = text.slice(0, 20_000).replaceAll(/%40/gi, '@').replaceAll(/%2b/gi, '+');
  return (
    /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/.exec(plain)?.[0] ??
    /(?:[?&](?:phone|tel|mobile)=)(\+?\d[\d\s-]{6,20})/i.exec(plain)?.[1] ??
    null
  );
}

/** With the personal data in it made unreadable: the first character stays. */
export function masked(text: string): string {
  return text
    .replaceAll(/([\w.+-])[\w.+-]{0,63}(@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gi, '$1***$2***')
    .replaceAll(/([?&](?:phone|tel|mobile)=)[^&#]{1,40}/gi, '$1***')
    .replaceAll(/(?:\+|%2b)\d[\d\s-]{6,20}/gi, '+***');
}

/** For examples. */
export function exampleTag(
  html: string,
  more: Partial<Omit<TagFact, 'wanted'>> & { wanted?: Partial<TagWanted> } = {},
): TagFact {
  const url = more.url ?? 'https://shop.example/p/1';
  const wanted: TagWanted = {
    script: 'cdn.vendor.example/tag.js',
    accountId: 'acct-7',
    scriptOrigins: ['https://cdn.vendor.example'],
    connectOrigins: ['https://collect.vendor.example'],
    imageOrigins: [],
    needsConsent: false,
    isPinned: false,
    names: { pageType: 'data-page-type', productId: 'productId', currency: 'currency', price: 'price' },
    ...more.wanted,
  };
  return {
    type: 'PRODUCT',
    policies: [],
    isRendered: false,
    isCut: false,
    events: [],
    feedIds: null,
    ranBeforeConsent: null,
    ...more,
    url,
    wanted,
    page: readPage(html, url),
  };
}
