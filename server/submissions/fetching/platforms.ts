import type { CredentialsPlatform } from '../../inputs.ts';
import { parsedAddress } from '../validation/address.ts';

export type Values = Readonly<Record<string, string>>;
/** The one request that tries credentials: a GET that changes nothing. */
export type Call = { readonly url: string; readonly headers: Readonly<Record<string, string>> };
/** Why there is nothing to call, as the second half of a sentence. */
export type NoCall = { readonly why: string };

type Platform = {
  call(values: Values): Call | NoCall;
  /** The rights that an answer tells; null: what answers is no such interface. */
  read(body: string): readonly string[] | null;
};

const notWritten: NoCall = { why: 'the address is not written as one' };

/** Each interface asks for the least that it tells only to whoever may read. */
export const platforms: Readonly<Record<CredentialsPlatform, Platform>> = {
  SHOPIFY: {
    call({ address = '', token = '' }) {
      const shop = shopifyHost(address);
      if (typeof shop !== 'string') return shop;
      return { url: `https://${shop}/admin/oauth/access_scopes.json`, headers: { 'x-shopify-access-token': token } };
    },
    read(body) {
      const scopes = fieldOf(jsonOf(body), 'access_scopes');
      if (!Array.isArray(scopes)) return null;
      return told(scopes.map((scope) => fieldOf(scope, 'handle')));
    },
  },
  MAGENTO: {
    call({ address = '', token = '' }) {
      const query = 'searchCriteria[pageSize]=1&fields=total_count';
      return under(address, /\/rest(\/.*)?$/, `/rest/V1/products?${query}`, { authorization: `Bearer ${token}` });
    },
    read: (body) => (typeof fieldOf(jsonOf(body), 'total_count') === 'number' ? [] : null),
  },
  WOOCOMMERCE: {
    call({ address = '', consumerKey = '', consumerSecret = '' }) {
      const path = '/wp-json/wc/v3/products?per_page=1&_fields=id';
      return under(address, /\/wp-(json|admin)(\/.*)?$/, path, basic(consumerKey, consumerSecret));
    },
    read: (body) => (Array.isArray(jsonOf(body)) ? [] : null),
  },
  PRESTASHOP: {
    call: ({ address = '', key = '' }) => under(address, /\/api(\/.*)?$/, '/api/', basic(key, '')),
    read(body) {
      if (!/<prestashop\b/.test(body) || !/<api\b/.test(body)) return null;
      const resources = [...body.matchAll(/<([a-z_]{2,60})\b([^<>]{0,400})>/g)];
      const rights = resources.flatMap(([, name = '', attributes = '']) =>
        [...attributes.matchAll(/\b(get|put|post|patch|delete)="true"/g)].map(([, act]) => `${name}:${act}`),
      );
      return told(rights);
    },
  },
  BIGCOMMERCE: {
    call({ storeHash = '', token = '' }) {
      if (!/^[a-z0-9]{4,20}$/i.test(storeHash)) return { why: 'the store hash is not written as one' };
      const url = `https://api.bigcommerce.com/stores/${storeHash}/v3/catalog/summary`;
      return { url, headers: { accept: 'application/json', 'x-auth-token': token } };
    },
    read: (body) => (typeof fieldOf(fieldOf(jsonOf(body), 'data'), 'variant_count') === 'number' ? [] : null),
  },
  VTEX: {
    call({ account = '', appKey = '', appToken = '' }) {
      if (!/^[a-z0-9-]{2,60}$/i.test(account)) return { why: 'the account is not written as one' };
      const url = `https://${account}.vtexcommercestable.com.br/api/catalog_system/pvt/brand/pagedlist?page=1&pageSize=1`;
      return { url, headers: { 'x-vtex-api-appkey': appKey, 'x-vtex-api-apptoken': appToken } };
    },
    read: (body) => (Array.isArray(fieldOf(jsonOf(body), 'items')) ? [] : null),
  },
};

const mostRights = 300;

/** Rights as platforms name them; anything else that an answer may hold is nobody's to see. */
function told(rights: readonly unknown[]): string[] {
  const named = rights.filter((one) => typeof one === 'string' && /^[a-z][a-z_:]{1,79}$/.test(one)) as string[];
  return [...new Set(named)].slice(0, mostRights).sort();
}

/** An address as people give it: with or without https://, and with what they copied behind it. */
function shopAddress(given: string): URL | NoCall {
  const text = given.trim();
  const address = parsedAddress(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (address === null || text === '') return notWritten;
  if (address.protocol === 'http:') return { why: 'it begins with http://, and secrets are sent over https:// alone' };
  return address;
}

function under(given: string, copied: RegExp, path: string, headers: Call['headers']): Call | NoCall {
  const address = shopAddress(given);
  if (!(address instanceof URL)) return address;
  const base = address.pathname
    .replaceAll(/\/{2,}/g, '/')
    .replace(copied, '')
    .replace(/\/$/, '');
  // A user name in the address is refused by the fetcher, and so has to reach it.
  return { url: new URL(`${base}${path}`, address).href, headers: { accept: 'application/json', ...headers } };
}

/** Of an Admin token nothing is sent to anybody but Shopify. */
function shopifyHost(given: string): string | NoCall {
  const address = shopAddress(given);
  if (!(address instanceof URL)) return address;
  const [, admin] = /^\/store\/([a-z0-9][a-z0-9-]{0,60})/i.exec(address.pathname) ?? [];
  const host =
    address.hostname === 'admin.shopify.com' && admin ? `${admin.toLowerCase()}.myshopify.com` : address.host;
  const isTheirs = /^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com(:\d+)?$/.test(host);
  return isTheirs ? host : { why: 'the address does not end in .myshopify.com' };
}

function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : null;
}
