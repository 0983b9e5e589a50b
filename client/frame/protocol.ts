/*
 * What passes between a frame with mocks and the page around it, over one MessagePort that the page hands over when the
 * frame has loaded (`{kind: 'port'}` by postMessage, with the port). The frame reaches nothing else.
 *
 *   page -> frame   start     what to show, in whose colours and words; again when a newer build is there
 *                   mock      another product is chosen
 *                   settings  how a product is set, while somebody tries it out; `asksAnew` when its ranking changed
 *                   answer    to an ask: `{id, ok: true, answer}` or `{id, ok: false, code}`
 *                   image     to an image: its bytes, or null where there is none
 *   frame -> page   ask       one question of a mock; a newer one of its kind makes it stale
 *                   image     the picture of a product; of the shop's logo where `productId` is null
 *                   height    how high the mock is, in CSS pixels
 */
import type { Answer, Ask } from './shapes.ts';

export const mockKinds = ['SEARCH', 'RECOMMENDATIONS', 'EMAIL', 'REVIEWS', 'CATALOGUE'] as const;
export type MockKind = (typeof mockKinds)[number];

export type Layout = 'GRID' | 'LIST';
/** What of a product's settings the frame itself draws by; the others are the server's. */
export type MockSettings = { layout: Layout; accent: string | null; results: number };
export type Mock = { product: string; kind: MockKind; settings: MockSettings };
export type Brand = { name: string; accent: string | null; ground: string | null; hasLogo: boolean };

export type Look = {
  mocks: Mock[];
  brand: Brand;
  hasOrders: boolean;
  /** Whether the page around is dark: what a shop is shown on whose ground nobody knows. */
  isDark: boolean;
  locale: string;
  /** Every sentence of the mocks, by its key. */
  words: Record<string, string>;
  /** Which build this is: another one is another set of products. */
  run: number;
};

/**
 * Where somebody is in a mock, in texts as they stand in the page's address: what is looked for, what narrows it, and
 * whose page is open. Several of a kind are a list.
 */
export const placeKeys = ['q', 'sort', 'brand', 'category', 'price', 'stock', 'page', 'open'] as const;
export type Place = { readonly [Key in (typeof placeKeys)[number]]?: string | readonly string[] };
/** IN: one step further, which Back takes back. OUT: back from there; `place` is where to, if nobody came in here. */
export const steps = ['SAME', 'IN', 'OUT'] as const;
export type Step = (typeof steps)[number];

/**
 * Why a question has no answer: a newer one came (STALE), no connection (OFFLINE), too many in a row (BUSY), nothing that
 * one may know (GONE), the products are being prepared (NOT_READY), or the server broke (BROKEN).
 */
export type AskProblem = 'STALE' | 'OFFLINE' | 'BUSY' | 'GONE' | 'NOT_READY' | 'BROKEN';

export type ToFrame =
  /** `takesFocus`: whoever came here wants to type at once. */
  | { kind: 'start'; look: Look; mock: string; place: Place; takesFocus: boolean }
  | { kind: 'mock'; mock: string; place: Place }
  | { kind: 'settings'; product: string; values: MockSettings; asksAnew: boolean }
  | { kind: 'answer'; id: number; ok: true; answer: Answer }
  | { kind: 'answer'; id: number; ok: false; code: AskProblem }
  | { kind: 'image'; id: number; bytes: ArrayBuffer | null; type: string };

export type FromFrame =
  | { kind: 'ask'; id: number; mock: string; ask: Ask }
  | { kind: 'image'; id: number; productId: string | null }
  | { kind: 'height'; px: number }
  | { kind: 'place'; mock: string; place: Place; step: Step };

const askKinds: readonly unknown[] = [
  'search',
  'suggest',
  'recommend',
  'email',
  'reviews',
  'catalogue',
  'product',
] satisfies Ask['kind'][];
/** As much of a question as the server takes, and as much of a place as an address takes. */
const most = { ask: 2_000, place: 1_500, name: 100, id: 500, parts: 30, depth: 2 };

/**
 * What a frame said, if it is one of the four things that a frame may say; null for anything else, whatever it is. What a
 * question asks for is the server's to judge: here it only must be one, and short.
 */
export function fromFrame(data: unknown): FromFrame | null {
  if (!isRecord(data)) return null;
  const { kind, id, mock, ask, productId, px, step } = data;
  if (kind === 'height') return typeof px === 'number' && Number.isFinite(px) && px >= 0 ? { kind, px } : null;
  if (kind === 'place') {
    const place = placeFrom(data.place);
    const taken = steps.find((one) => one === step);
    return isText(mock, most.name) && place && taken ? { kind, mock, place, step: taken } : null;
  }
  if (!isId(id)) return null;
  if (kind === 'image') {
    const isNamed = isText(productId, most.id) && productId !== '';
    return isNamed || productId === null ? { kind, id, productId } : null;
  }
  if (kind !== 'ask' || !isText(mock, most.name) || !isRecord(ask) || !askKinds.includes(ask.kind)) return null;
  return isPlain(ask) && JSON.stringify(ask).length <= most.ask ? { kind, id, mock, ask: ask as Ask } : null;
}

/** Of something that was refused: who waits for an answer to it. */
export function waitingFor(data: unknown): { kind: 'ask' | 'image'; id: number } | null {
  if (!isRecord(data) || !isId(data.id)) return null;
  return data.kind === 'ask' || data.kind === 'image' ? { kind: data.kind, id: data.id } : null;
}

/** A place, in the order of its keys and without what is empty; null where it is none, or too long for an address. */
export function placeFrom(data: unknown): Place | null {
  if (!isRecord(data)) return null;
  const place: Record<string, string | string[]> = {};
  let left = most.place;
  for (const key of placeKeys) {
    const value = data[key];
    const texts: unknown[] = Array.isArray(value) ? value.slice(0, most.parts + 1) : value === undefined ? [] : [value];
    if (texts.length > most.parts) return null;
    const own: string[] = [];
    for (const text of texts) {
      if (!isText(text, left)) return null;
      left -= text.length;
      if (text !== '') own.push(text);
    }
    const [only] = own;
    if (only !== undefined) place[key] = own.length === 1 ? only : own;
  }
  return place;
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

/** A text that can stand in an address: half a character cannot. */
function isText(value: unknown, characters: number): value is string {
  return typeof value === 'string' && value.length <= characters && !/\p{Surrogate}/u.test(value);
}

/** A few texts and numbers, and lists of them: what JSON can say, and says at once. */
function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isText(value, most.ask);
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === undefined || value === null || typeof value === 'boolean') return true;
  if (depth > most.depth || (!Array.isArray(value) && !isRecord(value))) return false;
  if (Array.isArray(value) && value.length > most.parts) return false;
  const parts = Object.values(value);
  return parts.length <= most.parts && parts.every((part) => isPlain(part, depth + 1));
}

/** Neither a list nor any of the other objects that can be sent. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
