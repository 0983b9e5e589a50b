import { parsedAddress } from '../../address.ts';
import { commonPractice, type FactRule, type Mark } from '../rule.ts';
import { allows } from './policy.ts';
import { countOf, exampleTag, masked, mayCome, personalIn, sent, type TagFact, tagsOf } from './tag.ts';

const one = { severity: 'ERROR', code: 'validation_invalid_value', source: commonPractice } as const;
const csp = { name: 'Content Security Policy Level 3', url: 'https://www.w3.org/TR/CSP3/' };

const script = '<script async src="https://cdn.vendor.example/tag.js?id=acct-7"></script>';
const snippetThatRan =
  '<script>const s = document.createElement("script"); s.src = "https://cdn.vendor.example/tag.js?id=acct-7"</script>';
const structured =
  '<script type="application/ld+json">{"@type":"Product","sku":"SKU-1","offers":{"price":"12.90","priceCurrency":"EUR"}}</script>';
const data =
  '<body data-page-type="product"><script>vendor.view({productId: "SKU-1", currency: "EUR", price: 12.9})</script>';
const html = `<html>${script}${structured}${data}</html>`;
const healthy = exampleTag(html);
const unseen: TagFact = { ...healthy, page: null };
const missing = exampleTag('<html></html>');
const manager = '<script src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script>';
const managed = exampleTag(manager);
const managedUntilConsent = exampleTag(manager, { isRendered: true, wanted: { needsConsent: true } });

/** Addresses of pages may carry what this very rule set is about. */
const mark = (fact: TagFact, more: Mark = {}): Mark => ({
  ...more,
  at: masked(fact.url),
  found: more.found ? masked(more.found) : more.found,
});
const snippet = (fact: TagFact) =>
  `<script async src="https://${fact.wanted.script.replace(/^https?:\/\//, '')}"></script>`;
/** What the tag's own addresses and texts say. */
const textsOf = (fact: TagFact) => [
  ...tagsOf(fact).flatMap(({ src, text }) => [src ?? '', text]),
  ...Object.values(fact.page?.data ?? {}),
  ...(fact.page?.scripts ?? []).map(({ text }) => text),
  fact.page?.layer ?? '',
];
const typeWords: Readonly<Record<TagFact['type'], RegExp>> = {
  HOME: /^(home|front|index|start)/i,
  CATEGORY: /^(category|listing|list|collection|plp|catalog)/i,
  PRODUCT: /^(product|item|detail|pdp|offerdetail)/i,
  CART: /^(cart|basket|bag)/i,
  CONFIRMATION: /^(confirmation|purchase|order|thank|conversion|success)/i,
  OTHER: /./,
};

export const tagRules: readonly FactRule<TagFact>[] = [
  {
    ...one,
    id: 'TAG-01.missing',
    code: 'validation_missing_value',
    covers: ['F6:TAG-01'],
    title: 'The tag is not on {at}',
    advice:
      'Put {expected} into the head of the page template, also of this kind of page ({type}), and publish the theme.',
    check: (fact) => {
      const isMissing = fact.page !== null && tagsOf(fact).length === 0 && !mayCome(fact);
      return isMissing
        ? mark(fact, { expected: snippet(fact), fix: snippet(fact), params: { type: fact.type.toLowerCase() } })
        : null;
    },
    accepted: [healthy, unseen, managed, managedUntilConsent],
    refused: [
      missing,
      exampleTag('<!-- <script src="https://cdn.vendor.example/tag.js"></script> -->'),
      exampleTag(manager, { isRendered: true }),
    ],
  },
  {
    ...one,
    id: 'TAG-01.unseen',
    severity: 'HINT',
    code: 'validation_missing_value',
    covers: ['F6:TAG-01'],
    title: 'The tag is not in the HTML of {at}, but a tag manager is',
    advice:
      'The tag manager may load it, at once or when a visitor agrees. Check in its preview that it fires on this page, or put the tag into the page itself.',
    check: (fact) =>
      fact.page !== null && tagsOf(fact).length === 0 && mayCome(fact) ? mark(fact, { expected: snippet(fact) }) : null,
    accepted: [healthy, missing],
    refused: [managed, managedUntilConsent],
  },
  {
    ...one,
    id: 'TAG-01.several',
    code: 'validation_duplicate',
    covers: ['F6:TAG-01'],
    title: 'The tag is on {at} {count} times',
    advice: 'Keep one: every further one counts visits and orders again. Look into the theme and into the tag manager.',
    check: (fact) => {
      const count = countOf(fact);
      return count > 1 ? mark(fact, { expected: '1', found: String(count), params: { count } }) : null;
    },
    accepted: [
      healthy,
      missing,
      exampleTag(`${snippetThatRan}${script}<script src="https://cdn.vendor.example/tag.js/part.js"></script>`, {
        isRendered: true,
      }),
    ],
    refused: [exampleTag(script + script), exampleTag(snippetThatRan + script + script, { isRendered: true })],
  },
  {
    ...one,
    id: 'TAG-01.endless',
    severity: 'HINT',
    code: 'validation_invalid_value',
    covers: ['F6:TAG-01'],
    title: 'The scripts of {at} do not come to rest',
    advice:
      'Slipway opened the page in a browser and cut its scripts off when their time was up. What is said here is how the page stood then. They keep the browsers of visitors busy as well: a profiler shows with what.',
    check: (fact) => (fact.isCut ? mark(fact) : null),
    accepted: [healthy, { ...healthy, isRendered: true }],
    refused: [{ ...healthy, isCut: true }],
  },
  {
    ...one,
    id: 'TAG-01.account',
    covers: ['F6:TAG-01'],
    title: 'The tag on {at} does not carry the account {expected}',
    advice:
      'Use the snippet of this project, with the account id {expected}; another account’s id sends the data elsewhere.',
    check: (fact) => {
      const { accountId } = fact.wanted;
      if (accountId === null || tagsOf(fact).length === 0) return null;
      const whole = new RegExp(`(^|[^\\w-])${accountId.replaceAll(/[^\w]/g, '\\$&')}($|[^\\w-])`);
      return textsOf(fact).some((text) => whole.test(text))
        ? null
        : mark(fact, { expected: accountId, found: tagsOf(fact)[0]?.src ?? null });
    },
    accepted: [
      healthy,
      missing,
      exampleTag(`${script.replace('?id=acct-7', '')}<script>vendor.init("acct-7")</script>`),
    ],
    refused: [exampleTag(script.replace('acct-7', 'acct-77'))],
  },
  {
    ...one,
    id: 'TAG-01.blocking',
    severity: 'WARNING',
    covers: ['F6:TAG-01'],
    title: 'The tag holds up {at}',
    advice: 'Add async or defer to the script, so that the page does not wait for it.',
    check: (fact) =>
      tagsOf(fact).flatMap((tag) =>
        tag.src !== null && !tag.isAsync ? [mark(fact, { expected: snippet(fact), fix: snippet(fact) })] : [],
      ),
    accepted: [
      healthy,
      exampleTag(script.replace('async', 'defer')),
      exampleTag(script.replace('async', 'type="module"')),
    ],
    refused: [exampleTag(script.replace('async ', ''))],
  },
  {
    ...one,
    id: 'TAG-02.pageType',
    covers: ['F6:TAG-02'],
    title: '{at} says it is a page of the kind {found}',
    advice: 'This is the {expected} page of the sample. Send its kind in {name}.',
    check: (fact) => {
      const { pageType: name } = fact.wanted.names;
      const found = sent(fact, name);
      if (
        fact.page === null ||
        name === null ||
        tagsOf(fact).length === 0 ||
        (found !== null && typeWords[fact.type].test(found))
      )
        return null;
      return mark(fact, { expected: fact.type.toLowerCase(), found: found ?? 'nothing', params: { name } });
    },
    accepted: [healthy, missing, exampleTag(`${script}<i data-page-type="PDP">`)],
    refused: [exampleTag(`${script}<i data-page-type="category">`), exampleTag(script)],
  },
  {
    ...one,
    id: 'TAG-02.product',
    code: 'validation_inconsistent',
    covers: ['F6:TAG-02'],
    title: 'The product id on {at} is not in the feed',
    advice: 'Send the id of the feed in {name}, letter by letter. {at} sends {found}; this page is {expected}.',
    check: (fact) => {
      const { productId: name } = fact.wanted.names;
      if (fact.type !== 'PRODUCT' || name === null || fact.page === null || tagsOf(fact).length === 0) return null;
      const found = sent(fact, name);
      const wanted = fact.feedIds ?? fact.page.product.ids;
      if (found !== null && (wanted.length === 0 || wanted.includes(found))) return null;
      return mark(fact, { expected: fact.page.product.ids[0] ?? null, found: found ?? 'nothing', params: { name } });
    },
    accepted: [
      healthy,
      { ...healthy, type: 'HOME' },
      { ...healthy, feedIds: ['SKU-1', 'SKU-2'] },
      exampleTag(script + structured, {
        isRendered: true,
        events: ['https://collect.vendor.example/?productId=SKU-1'],
      }),
    ],
    refused: [
      exampleTag(html, { isRendered: true, events: ['{"productId":"other"}'], feedIds: ['SKU-1'] }),
      { ...healthy, feedIds: ['sku-1'] },
      exampleTag(html.replace('productId: "SKU-1"', 'productId: "1"')),
      exampleTag(script + structured),
    ],
  },
  {
    ...one,
    id: 'TAG-02.currency',
    code: 'validation_invalid_format',
    covers: ['F6:TAG-02'],
    title: 'The currency on {at} is {found}',
    advice: 'Send it as three capital letters of ISO 4217, such as EUR, and the same as the page shows.',
    check: (fact) => {
      const found = sent(fact, fact.wanted.names.currency);
      const shown = fact.page?.product.currency ?? null;
      return found !== null && (!/^[A-Z]{3}$/.test(found) || (shown !== null && shown !== found))
        ? mark(fact, { expected: shown ?? 'EUR', found })
        : null;
    },
    accepted: [healthy, missing],
    refused: [
      exampleTag(html.replace('currency: "EUR"', 'currency: "€"')),
      exampleTag(html.replace('currency: "EUR"', 'currency: "USD"')),
      exampleTag(html.replace('currency: "EUR"', 'currency: "eur"')),
    ],
  },
  {
    ...one,
    id: 'TAG-02.price',
    code: 'validation_inconsistent',
    covers: ['F6:TAG-02'],
    title: 'The price sent on {at} is not the one that is shown',
    advice: 'Send the price that the page shows, as a number with a dot: {expected} instead of {found}.',
    check: (fact) => {
      const found = sent(fact, fact.wanted.names.price);
      const shown = fact.page?.product.price ?? null;
      if (found === null || shown === null || Math.abs(Number(found) - Number(shown)) < 0.005) return null;
      return mark(fact, { expected: shown, found });
    },
    accepted: [healthy, missing],
    refused: [
      exampleTag(html.replace('price: 12.9', 'price: 1290')),
      exampleTag(html.replace('price: 12.9', 'price: "12,90"')),
    ],
  },
  {
    ...one,
    id: 'TAG-03.policy',
    source: csp,
    covers: ['F6:TAG-03'],
    title: 'The security policy of {at} blocks {found}',
    advice: 'Add {expected} to {directive} of the Content-Security-Policy header.',
    check: (fact) => {
      const { scriptOrigins, connectOrigins, imageOrigins } = fact.wanted;
      const asked = [
        ...scriptOrigins.map((origin) => ['script-src', origin] as const),
        ...connectOrigins.map((origin) => ['connect-src', origin] as const),
        ...imageOrigins.map((origin) => ['img-src', origin] as const),
      ];
      return asked.flatMap(([directive, origin]) => {
        if (!parsedAddress(origin) || !parsedAddress(fact.url) || allows(fact.policies, directive, origin, fact.url))
          return [];
        return [mark(fact, { expected: origin, found: origin, fix: `${directive} ${origin}`, params: { directive } })];
      });
    },
    accepted: [
      healthy,
      { ...healthy, policies: ["default-src 'self'; script-src 'self' https://*.vendor.example; connect-src https:"] },
      { ...healthy, policies: ["script-src 'nonce-x' 'strict-dynamic'"] },
      { ...healthy, policies: ["frame-ancestors 'none'"] },
    ],
    refused: [
      { ...healthy, policies: ["default-src 'self'"] },
      { ...healthy, policies: ["script-src 'self' https://cdn.vendor.example", "connect-src 'self'"] },
      { ...healthy, policies: ["default-src *; script-src 'none'"] },
    ],
  },
  {
    ...one,
    id: 'TAG-03.integrity',
    severity: 'WARNING',
    source: { name: 'Subresource Integrity', url: 'https://www.w3.org/TR/SRI/' },
    covers: ['F6:TAG-03'],
    title: 'The tag on {at} is not pinned',
    advice:
      'This version of the tag is fixed: add the integrity attribute that belongs to it, and crossorigin="anonymous".',
    check: (fact) =>
      fact.wanted.isPinned && tagsOf(fact).some((tag) => tag.src !== null && !tag.hasIntegrity) ? mark(fact) : null,
    accepted: [healthy, exampleTag(script.replace('async', 'integrity="sha384-x"'), { wanted: { isPinned: true } })],
    refused: [exampleTag(script, { wanted: { isPinned: true } })],
  },
  {
    ...one,
    id: 'TAG-03.consent',
    severity: 'WARNING',
    covers: ['F6:TAG-03'],
    title: 'The tag on {at} does not wait for consent',
    advice:
      'Let the consent tool start it: as type="text/plain" with the category of the tool, or through the tag manager’s consent mode. After consent it has to run.',
    check: (fact) => {
      const runs = fact.ranBeforeConsent ?? tagsOf(fact).some((tag) => !tag.waitsForConsent);
      return fact.wanted.needsConsent && tagsOf(fact).length > 0 && runs ? mark(fact) : null;
    },
    accepted: [
      healthy,
      exampleTag('<script type="text/plain" async src="https://cdn.vendor.example/tag.js"></script>', {
        wanted: { needsConsent: true },
      }),
      { ...exampleTag(script, { wanted: { needsConsent: true } }), ranBeforeConsent: false },
    ],
    refused: [exampleTag(script, { wanted: { needsConsent: true } })],
  },
  {
    ...one,
    id: 'TAG-04.personal',
    covers: ['F6:TAG-04'],
    title: 'Personal data is sent from {at}',
    advice:
      'Take e-mail addresses and telephone numbers out of addresses and events, or hash them as the vendor says: without consent they may not leave the page.',
    check: (fact) => {
      const places = [
        fact.url,
        ...tagsOf(fact).map(({ src }) => src ?? ''),
        ...fact.events,
        ...Object.values(fact.wanted.names).map((name) => sent(fact, name) ?? ''),
      ];
      const found = places.map(personalIn).find((personal) => personal !== null);
      return found ? mark(fact, { found }) : null;
    },
    accepted: [healthy, exampleTag(`${html}<p>info@shop.example</p>`)],
    refused: [
      exampleTag(html, { url: 'https://shop.example/thanks?email=jana%40shop.example' }),
      exampleTag(script.replace('acct-7', 'acct-7&phone=+420777123456')),
      exampleTag(html.replace('productId: "SKU-1"', 'productId: "jana@shop.example"')),
      exampleTag(html, { isRendered: true, events: ['{"visitor":{"mail":"jana@shop.example"}}'] }),
    ],
  },
];
