/*
 * What the mocks ask and are answered. The frame has its own copy of these types in `client/frame/shapes.ts`; a test
 * holds the two equal.
 */

/** An amount in major units, as the file writes it. */
export type Money = { amount: number; currency: string };

export type Product = {
  id: string;
  title: string;
  description: string;
  /** http(s) alone. */
  link: string | null;
  hasImage: boolean;
  price: Money | null;
  salePrice: Money | null;
  isAvailable: boolean;
  brand: string | null;
  /** From the widest to the narrowest. */
  category: string[];
};

export type Count = { value: string; count: number };
/** Of the hits under all other filters. */
export type Facets = {
  brand: Count[];
  category: Count[];
  price: { currency: string; min: number; max: number }[];
  available: number;
};

export type SearchSort = 'RELEVANCE' | 'PRICE_UP' | 'PRICE_DOWN' | 'NAME';
export type SearchAsk = {
  kind: 'search';
  text: string;
  sort: SearchSort;
  brand?: string[] | undefined;
  /** A category's path joined by ' > ', as the facets name it; holds what stands under it, too. */
  category?: string[] | undefined;
  price?: { currency: string; min: number; max: number } | undefined;
  isAvailable?: true | undefined;
  first: number;
  offset: number;
};
export type SearchAnswer = { total: number; products: Product[]; facets: Facets; corrected: string | null };

export type SuggestAsk = { kind: 'suggest'; text: string };
export type SuggestAnswer = { products: Product[]; words: string[]; categories: Count[] };

export type RecommendAsk = { kind: 'recommend'; productId: string | null };
export type RecommendAnswer = {
  product: Product;
  similar: Product[];
  together: { product: Product; count: number }[];
  popular: Product[];
};

export type EmailAsk = { kind: 'email' };
export type EmailAnswer = { hero: Product | null; products: Product[] };

export type ReviewsAsk = { kind: 'reviews'; productId: string | null };
export type ReviewsAnswer = { product: Product; rating: { value: number; count: number } | null };

export type CatalogueAsk = { kind: 'catalogue'; category?: string | undefined; first: number; offset: number };
export type CatalogueAnswer = { total: number; products: Product[]; categories: Count[] };

/** One product, whose page somebody comes to by its address. */
export type ProductAsk = { kind: 'product'; productId: string };
export type ProductAnswer = { product: Product };

export type Ask = SearchAsk | SuggestAsk | RecommendAsk | EmailAsk | ReviewsAsk | CatalogueAsk | ProductAsk;
export type Answer =
  | SearchAnswer
  | SuggestAnswer
  | RecommendAnswer
  | EmailAnswer
  | ReviewsAnswer
  | CatalogueAnswer
  | ProductAnswer;

/** A product on its way into the index, from a feed or from a shop's own pages; texts are cut and links checked there. */
export type SourceProduct = {
  id: string;
  title: string;
  description: string;
  link: string | null;
  image: string | null;
  price: Money | null;
  salePrice: Money | null;
  isAvailable: boolean;
  brand: string | null;
  category: string[];
  /** Variants of one product share it. */
  groupId: string | null;
  gtin: string | null;
  mpn: string | null;
  /** As the file or the page gives it: 0 to 5. */
  rating: { value: number; count: number } | null;
};
