import type { Money, SourceProduct } from '../shapes.ts';
import { amountOf, currencyOf } from './money.ts';
import { plainText, webAddress } from './texts.ts';
import { held, isOf, listOf, type Thing, type Things } from './things.ts';

/*
 * The product that a page is about, out of its structured data as schema.org describes it. A page that is about many is a
 * list and has none.
 */
export const maxTitle = 300;
const maxDescription = 2_000;
const maxWord = 120;
const maxOffers = 60;
const maxVariants = 100;
const maxPath = 8;
/** So many without an address of their own: a list of products, and not a page of one. */
const tooMany = 4;
/** Everything else can be bought, if not at once. */
const gone = /(OutOfStock|SoldOut|Discontinued|Reserved)$|^(out ?of ?stock|oos|sold ?out|ausverkauft|épuisé)/i;

/** What a page says of its product; what it does not say is null. */
export type PageProduct = Omit<SourceProduct, 'id' | 'isAvailable'> & {
  sku: string | null;
  isAvailable: boolean | null;
};

export function productOf(things: Things, url: string): PageProduct | null {
  const products = things.main.filter((thing) => isOf(thing, 'Product', 'ProductGroup', 'ProductModel'));
  const own = products.find((thing) => isHere(things, thing, url));
  const main =
    own ?? (products.length === 1 ? products[0] : products.length < tooMany ? products.find(isUnplaced) : undefined);
  return main === undefined ? null : readProduct(things, main, url);
}

function isHere(things: Things, thing: Thing, url: string): boolean {
  const named = [
    held(thing, 'url'),
    held(thing, '@id'),
    ...things.follow(held(thing, 'mainEntityOfPage')).map((page) => held(page, '@id')),
  ];
  return named.some((address) => typeof address === 'string' && samePage(webAddress(address, url), url));
}

const isUnplaced = (thing: Thing) => held(thing, 'url') === undefined;

/** By the last part of its path: one product stands under several categories. */
function samePage(a: string | null, b: string): boolean {
  const page = (address: string) =>
    address
      .replace(/[?#].*$/, '')
      .replace(/\/$/, '')
      .split('/')
      .slice(3)
      .at(-1);
  return a !== null && page(a) === page(b);
}

function readProduct(things: Things, thing: Thing, url: string): PageProduct | null {
  const variants = things.follow(held(thing, 'hasVariant')).slice(0, maxVariants);
  const offersOf = (part: Thing) => flatOffers(things, held(part, 'offers'));
  const offered = [thing, ...variants]
    .map((part) => ({ part, offers: offersOf(part) }))
    .filter(({ offers }) => offers.length > 0);
  const offers = offered.flatMap((one) => one.offers).slice(0, maxOffers);
  const bought = offers.filter(isBuyable);
  const { price, salePrice } = priceOf(things, bought.length > 0 ? bought : offers);
  const variant = offered.find((one) => one.part !== thing && one.offers.some(isBuyable))?.part ?? variants[0];
  const from = (key: string) => [thing, ...(variant ? [variant] : [])].flatMap((part) => listOf(held(part, key)));
  const title = firstText(from('name'), maxTitle);
  if (title === null) return null;
  const skus = [
    held(thing, 'sku'),
    variant && held(variant, 'sku'),
    held(thing, 'productID'),
    held(thing, 'productGroupID'),
  ];
  return {
    title,
    description: firstText(from('description'), maxDescription) ?? '',
    link: url,
    image: imageOf(things, [...from('image'), ...from('photo')], url),
    price,
    salePrice,
    isAvailable: offers.some((offer) => held(offer, 'availability') !== undefined) ? bought.length > 0 : null,
    brand: brandOf(things, [...from('brand'), ...from('manufacturer')]),
    category: categoryOf(things, thing, title, url),
    sku: firstText(skus, maxWord),
    groupId: firstText([held(thing, 'productGroupID'), held(thing, 'inProductGroupWithID')], maxWord),
    gtin: firstText(['gtin13', 'gtin', 'gtin12', 'gtin14', 'gtin8', 'isbn'].flatMap(from), 20),
    mpn: firstText(from('mpn'), maxWord),
    rating: ratingOf(things, [thing, ...(variant ? [variant] : [])]),
  };
}

/** Single offers; of several together with no single ones, what they say as a whole. */
function flatOffers(things: Things, value: unknown): Thing[] {
  return things
    .follow(value)
    .slice(0, maxOffers)
    .flatMap((offer) => {
      const inner = things.follow(held(offer, 'offers')).slice(0, maxOffers);
      return isOf(offer, 'AggregateOffer') && inner.length > 0 ? inner : [offer];
    });
}

function isBuyable(offer: Thing): boolean {
  return !listOf(held(offer, 'availability')).some((word) => typeof word === 'string' && gone.test(word.slice(-40)));
}

/** The lowest price, and what it was before, as far as the shop says that it was lowered. */
function priceOf(things: Things, offers: readonly Thing[]): { price: Money | null; salePrice: Money | null } {
  const found = offers.flatMap((offer) => {
    const specified = things.follow(held(offer, 'priceSpecification'));
    const isList = (part: Thing) =>
      /ListPrice|StrikethroughPrice|MSRP|SRP$/.test(String(held(part, 'priceType') ?? '').slice(-30));
    const own = moneyOf([offer, ...specified.filter((part) => !isList(part))]);
    return own === null ? [] : [{ own, list: moneyOf(specified.filter(isList)) }];
  });
  const [first, ...others] = found;
  if (first === undefined) return { price: null, salePrice: null };
  const same = others.filter(({ own }) => own.currency === first.own.currency);
  const { own, list } = same.reduce((least, next) => (next.own.amount < least.own.amount ? next : least), first);
  const isLowered = list !== null && list.currency === own.currency && list.amount > own.amount;
  return isLowered ? { price: list, salePrice: own } : { price: own, salePrice: null };
}

function moneyOf(parts: readonly Thing[]): Money | null {
  const values = (...keys: string[]) => parts.flatMap((part) => keys.flatMap((key) => listOf(held(part, key))));
  const prices = values('price', 'lowPrice', 'minPrice');
  const currency = currencyOf(...values('priceCurrency', 'currency'), ...prices);
  for (const price of prices) {
    const amount = amountOf(price, currency);
    if (amount !== null && currency !== null) return { amount, currency };
  }
  return null;
}

function imageOf(things: Things, values: readonly unknown[], url: string): string | null {
  for (const value of values) {
    const named =
      typeof value === 'string'
        ? [value]
        : things.follow(value).flatMap((part) => ['url', 'contentUrl', '@id'].map((key) => listOf(held(part, key))[0]));
    for (const one of named) {
      const address = webAddress(one, url);
      if (address !== null && !address.includes('#')) return address;
    }
  }
  return null;
}

function brandOf(things: Things, values: readonly unknown[]): string | null {
  const names = values.flatMap((value) =>
    typeof value === 'string' ? [value] : things.follow(value).flatMap((part) => listOf(held(part, 'name'))),
  );
  return firstText(names, maxWord);
}

/** The way to it as the page shows it, without the shop's front page and itself; else what it calls its category. */
function categoryOf(things: Things, thing: Thing, title: string, url: string): string[] {
  const way = things.main
    .flatMap((part) => [part, ...things.follow(held(part, 'breadcrumb'))])
    .find((part) => isOf(part, 'BreadcrumbList'));
  const steps = things.follow(way && held(way, 'itemListElement')).slice(0, maxPath + 2);
  const placed = steps.map((step, index) => {
    const item = held(step, 'item');
    const [inner] = things.follow(item);
    const name = firstText([held(step, 'name'), inner && held(inner, 'name')], maxWord);
    const at = webAddress(typeof item === 'string' ? item : inner && (held(inner, '@id') ?? held(inner, 'url')), url);
    return { name, at, position: Number(held(step, 'position')) || index + 1 };
  });
  const shown = placed
    .sort((a, b) => a.position - b.position)
    .filter(({ name, at }) => name !== null && name !== title && !samePage(at, url) && !isFront(at) && !isHome(name))
    .map(({ name }) => name as string);
  if (shown.length > 0) return shown.slice(0, maxPath);
  const [named] = listOf(held(thing, 'category'));
  const text = typeof named === 'string' ? named : things.follow(named).map((part) => held(part, 'name'))[0];
  return pathOf(text);
}

/** "Kitchen > Mugs", and "Kitchen/Mugs" of shops that write it so. */
export function pathOf(text: unknown): string[] {
  const plain = plainText(
    typeof text === 'string' ? text.replaceAll(/&gt;/gi, '>').replaceAll('>', '\u241e') : '',
    600,
  );
  const parts = plain.includes('\u241e') ? plain.split('\u241e') : plain.split(/\s?[›»|]\s?|\s\/\s/);
  return parts
    .map((part) => plainText(part, maxWord))
    .filter((part) => part !== '')
    .slice(0, maxPath);
}

const isFront = (address: string | null) => address !== null && /^https?:\/\/[^/]+\/?$/.test(address);
const isHome = (name: string) =>
  /^(home|homepage|startseite|start|accueil|inicio|home ?page|domů|strona główna)$/i.test(name);

/** On a scale of 0 to 5, whatever the shop's is. */
function ratingOf(things: Things, parts: readonly Thing[]): SourceProduct['rating'] {
  for (const part of parts.flatMap((one) => things.follow(held(one, 'aggregateRating')))) {
    const of = (key: string, otherwise: number) => amountOf(listOf(held(part, key))[0]) ?? otherwise;
    const [best, count] = [of('bestRating', 5), Math.floor(of('ratingCount', 0) || of('reviewCount', 0))];
    const value = Math.round((of('ratingValue', 0) / best) * 500) / 100;
    if (value > 0 && value <= 5 && count > 0) return { value, count };
  }
  return null;
}

/** The first that says anything, short enough to be kept. */
export function firstText(values: readonly unknown[], max: number): string | null {
  for (const value of values.slice(0, 50)) {
    const text = plainText(listOf(value)[0], max);
    if (text !== '') return text;
  }
  return null;
}
