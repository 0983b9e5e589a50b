import { readTags, type Tag } from '../../submissions/validation/facts/markup.ts';
import type { SourceProduct } from '../shapes.ts';
import { Microdata } from './microdata.ts';
import { maxTitle, type PageProduct, pathOf, productOf } from './product.ts';
import { plainText, webAddress } from './texts.ts';
import { type Thing, type Things, thingsOf } from './things.ts';

/** What a page of a shop says without being run. */
export type ShopPage = {
  readonly product: SourceProduct | null;
  /** Where its links lead, http(s) alone, each once. */
  readonly links: readonly string[];
  /** Names and contents of its `meta` and the `link`s of its head: what the brand is read from. */
  readonly meta: ReadonlyMap<string, string>;
  readonly icons: readonly { rel: string; href: string; sizes: string }[];
  readonly title: string;
  readonly things: Things;
};

/** Structured data stands within this, and reading more would hold the others up. */
export const maxHtml = 2_000_000;
/** No page that people can look at has more. */
const maxTags = 60_000;
const maxLinks = 2_000;
const maxMeta = 400;
const maxIcons = 20;
const iconRel = /(^|\s)(apple-touch-icon(-precomposed)?|icon|manifest)(\s|$)/;

/** Reads a page once, whatever stands in it: nothing is run, and nothing is fetched. */
export function readShopPage(html: string, url: string): ShopPage {
  const text = html.slice(0, maxHtml);
  const scripts: string[] = [];
  const links = new Set<string>();
  const meta = new Map<string, string>();
  const icons: { rel: string; href: string; sizes: string }[] = [];
  const microdata = /\sitemscope[\s=>/]/i.test(text) ? new Microdata(text, url) : null;
  let title = '';
  let canonical: string | null = null;
  let tags = 0;
  for (const tag of readTags(text)) {
    if (++tags > maxTags) break;
    microdata?.take(tag);
    const { name, attributes } = tag;
    if (name === 'title' && title === '') title = plainText(tag.content, maxTitle);
    else if (name === 'meta') keepMeta(meta, attributes);
    else if (name === 'script' && /^\s*application\/ld\+json/i.test(attributes.type ?? '')) scripts.push(tag.content);
    else if (name === 'a' && links.size < maxLinks) {
      const address = webAddress(attributes.href, url);
      if (address !== null) links.add(address.replace(/#.*$/, ''));
    } else if (name === 'link') {
      const rel = (attributes.rel ?? '').toLowerCase();
      const href = webAddress(attributes.href, url);
      if (href !== null && rel === 'canonical') canonical ??= href;
      if (href !== null && iconRel.test(rel) && icons.length < maxIcons)
        icons.push({ rel, href, sizes: attributes.sizes ?? '' });
    }
  }
  const things = thingsOf(scripts, microdata?.end());
  const isOwn = canonical !== null && new URL(canonical).host === new URL(url).host;
  const at = isOwn && canonical !== null ? canonical : url;
  return { product: productAt(things, meta, at), links: [...links], meta, icons, title, things };
}

function keepMeta(meta: Map<string, string>, attributes: Tag['attributes']): void {
  const key = (attributes.property ?? attributes.name ?? '').toLowerCase().slice(0, 100);
  const content = (attributes.content ?? '').slice(0, 5_000);
  if (key !== '' && content !== '' && !meta.has(key) && meta.size < maxMeta) meta.set(key, content);
}

/** From JSON-LD and microdata; what they leave open from Open Graph. */
function productAt(things: Things, meta: ReadonlyMap<string, string>, url: string): SourceProduct | null {
  const structured = productOf(things, url);
  const shown = openGraphProduct(meta, url);
  const found = structured === null ? shown : shown === null ? structured : filled(structured, shown);
  if (found === null) return null;
  const { sku, isAvailable, ...product } = found;
  return { ...product, id: sku ?? product.gtin ?? product.mpn ?? pathId(url), isAvailable: isAvailable ?? true };
}

function filled(product: PageProduct, from: PageProduct): PageProduct {
  const { price, salePrice } = product.price === null ? from : product;
  return {
    ...product,
    price,
    salePrice,
    description: product.description === '' ? from.description : product.description,
    image: product.image ?? from.image,
    isAvailable: product.isAvailable ?? from.isAvailable,
    brand: product.brand ?? from.brand,
    category: product.category.length === 0 ? from.category : product.category,
    sku: product.sku ?? from.sku,
  };
}

/** Open Graph tells of a product by its type, or by a price; every other page has a title and a picture, too. */
function openGraphProduct(meta: ReadonlyMap<string, string>, url: string): PageProduct | null {
  const of = (...keys: string[]) => keys.map((key) => meta.get(key)).find((value) => value !== undefined);
  const price = of('product:sale_price:amount', 'product:price:amount', 'og:price:amount');
  const isProduct = /(^|[:.])product(\.item)?$/i.test(of('og:type')?.slice(0, 40) ?? '');
  if (!isProduct && price === undefined) return null;
  const before = of('product:original_price:amount');
  const thing: Thing = {
    '@type': 'Product',
    name: of('og:title', 'twitter:title'),
    description: of('og:description', 'description'),
    image: of('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image'),
    brand: of('product:brand', 'og:brand'),
    sku: of('product:retailer_item_id'),
    offers: {
      price,
      priceCurrency: of('product:sale_price:currency', 'product:price:currency', 'og:price:currency'),
      availability: of('product:availability', 'og:availability'),
      priceSpecification: before && {
        priceType: 'ListPrice',
        price: before,
        priceCurrency: of('product:original_price:currency', 'product:price:currency'),
      },
    },
  };
  const product = productOf(thingsOf([], [thing]), url);
  return product && { ...product, category: pathOf(of('product:category')) };
}

function pathId(url: string): string {
  const { pathname } = new URL(url);
  return (
    plainText(
      pathname
        .replace(/\/$/, '')
        .split('/')
        .at(-1)
        ?.replace(/\.html?$/, '') ?? '',
      120,
    ) || pathname.slice(0, 120)
  );
}
