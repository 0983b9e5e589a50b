import type { FactRule } from '../rule.ts';

/** A page that a row of a feed leads to. */
export type LinkFact = {
  readonly url: string;
  readonly redirects: number;
  /** It asks search engines not to list it. */
  readonly isNoIndex: boolean;
};

/** What a report calls an address of many, and what it adds where nobody answered. */
export const sampledWords = {
  LINK: { first: 'A link', within: 'a link' },
  IMAGE: { first: 'A picture', within: 'a picture' },
  twice: 'It was tried twice.',
  leftAlone: 'Others of its host were left alone after that.',
} as const;

const page: LinkFact = { url: 'https://shop.example/p/1', redirects: 0, isNoIndex: false };
const products = {
  name: 'Google Merchant Center: link',
  url: 'https://support.google.com/merchants/answer/6324416',
};
const one = { severity: 'WARNING', code: 'validation_invalid_value', covers: ['F1:link'], source: products } as const;

export const linkRules: readonly FactRule<LinkFact>[] = [
  {
    ...one,
    id: 'LINK.noIndex',
    title: '{at} asks search engines to stay away',
    advice: 'Its page says noindex. Take that out of the template of your product pages, or leave the row out.',
    check: ({ url, isNoIndex }) => (isNoIndex ? { at: url, found: 'noindex' } : null),
    accepted: [page],
    refused: [{ ...page, isNoIndex: true }],
  },
  {
    ...one,
    id: 'LINK.redirects',
    severity: 'HINT',
    title: '{at} leads on to another page',
    advice: 'Give the address that it ends at: every visitor waits for the way round.',
    check: ({ url, redirects }) => (redirects > 0 ? { at: url, expected: '0', found: String(redirects) } : null),
    accepted: [page],
    refused: [{ ...page, redirects: 1 }],
  },
];
