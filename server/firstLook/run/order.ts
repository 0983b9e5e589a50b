import type { SettingsValues } from '../settings.ts';
import type { Answer, Ask, SourceProduct } from '../shapes.ts';

/* What the main loop and the thread that makes and asks indexes say to each other. */

/** The module that the threads run. */
export const firstLookThread = new URL('./threadStart.mjs', import.meta.url);

/** Of JavaScript objects: a build of the most products takes a third of it, and one whose titles are noise all of it. */
export const buildMemoryMb = 400;

/** A file that was judged, and what it was judged by: the same rows are valid again. */
export type SourceFile = {
  places: readonly string[];
  name: string;
  judge: {
    rules: string;
    table: null;
    profile: string | null;
    threshold: number;
    declared: Readonly<Record<string, string>>;
    mapping: Readonly<Record<string, string | null>>;
    asOf: string;
  };
};

/** `valid`: rows that its report tells, to know which of them stand for all; `limit` is for tests. */
export type FeedOrder = {
  feed: SourceFile & { valid: number };
  orders: SourceFile | null;
  target: string;
  limit?: number | undefined;
};
/** Products that were read elsewhere. */
export type ProductsOrder = { products: readonly SourceProduct[]; target: string };

export type Built = {
  /** Rows of the file, and those of them without an error. */
  total: number;
  usable: number;
  /** 0: nothing was written. */
  shown: number;
  currencies: string[];
  hasOrders: boolean;
};

/** Which index: its key never holds another one. */
export type IndexPlace = { key: string; path: string };
export type AskOrder = IndexPlace & { ask: Ask; settings: SettingsValues };
export type ImageOrder = IndexPlace & { productId: string };

/** `isGone`: the index was replaced, and its successor is to be asked. */
export type Asked = { isGone: true } | { isGone: false; answer: Answer | null };
export type ImageAsked = { isGone: true } | { isGone: false; address: string | null };
