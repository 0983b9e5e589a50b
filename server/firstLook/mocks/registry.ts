import { z } from 'zod';
import type { LoadedIndex } from '../index/loaded.ts';
import type { SettingsValues } from '../settings.ts';
import type { Answer, Ask } from '../shapes.ts';
import { catalogue } from './catalogue/ranking.ts';
import { email } from './email/ranking.ts';
import { recommend } from './recommendations/ranking.ts';
import { reviews } from './reviews/ranking.ts';
import { search, suggest } from './search/ranking.ts';

/*
 * Which mock shows which product. A new one is a folder here with its ranking function, and a folder of the same name in
 * the client's frame; a product that names none shows the plain catalogue.
 */
export const mockKinds = ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS', 'CATALOGUE'] as const;
export type MockKind = (typeof mockKinds)[number];

const mockOfProduct: Readonly<Record<string, MockKind>> = {
  SEARCH: 'SEARCH',
  RECOMMENDATIONS: 'RECOMMENDATIONS',
  EMAIL: 'EMAIL',
  REVIEWS: 'REVIEWS',
};

export function mockOf(product: string): MockKind {
  return mockOfProduct[product] ?? 'CATALOGUE';
}

const most = { textCharacters: 200, page: 48, offset: 50_000, values: 30, valueCharacters: 1_000 };
const text = z.string().max(most.textCharacters);
const productId = z.string().max(most.textCharacters);
const id = productId.nullable();
const page = { first: z.number().int().min(1).max(most.page), offset: z.number().int().min(0).max(most.offset) };
const values = z.array(z.string().max(most.valueCharacters)).max(most.values).optional();
const amount = z.number().min(0).max(1e12);

const asks = {
  search: z.strictObject({
    kind: z.literal('search'),
    text,
    sort: z.enum(['RELEVANCE', 'PRICE_UP', 'PRICE_DOWN', 'NAME']),
    brand: values,
    category: values,
    price: z.strictObject({ currency: z.string().length(3), min: amount, max: amount }).optional(),
    isAvailable: z.literal(true).optional(),
    ...page,
  }),
  suggest: z.strictObject({ kind: z.literal('suggest'), text }),
  recommend: z.strictObject({ kind: z.literal('recommend'), productId: id }),
  email: z.strictObject({ kind: z.literal('email') }),
  reviews: z.strictObject({ kind: z.literal('reviews'), productId: id }),
  catalogue: z.strictObject({
    kind: z.literal('catalogue'),
    category: z.string().max(most.valueCharacters).optional(),
    ...page,
  }),
  product: z.strictObject({ kind: z.literal('product'), productId }),
};

/** What each mock may ask. */
export const asksOf = {
  SEARCH: z.discriminatedUnion('kind', [asks.search, asks.suggest, asks.product]),
  RECOMMENDATIONS: asks.recommend,
  EMAIL: z.discriminatedUnion('kind', [asks.email, asks.product]),
  REVIEWS: asks.reviews,
  CATALOGUE: z.discriminatedUnion('kind', [asks.catalogue, asks.product]),
} satisfies Record<MockKind, z.ZodType<Ask>>;

/** Null: nothing of that id. */
export function answerOf(index: LoadedIndex, ask: Ask, settings: SettingsValues): Answer | null {
  switch (ask.kind) {
    case 'search':
      return search(index, ask, settings);
    case 'suggest':
      return suggest(index, ask, settings);
    case 'recommend':
      return recommend(index, ask, settings);
    case 'email':
      return email(index, settings);
    case 'reviews':
      return reviews(index, ask);
    case 'catalogue':
      return catalogue(index, ask);
    case 'product': {
      const place = index.place(ask.productId);
      return place === null ? null : { product: index.shown(place) };
    }
  }
}
