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
 * Why a question has no answer: a newer one came (STALE), no connection (OFFLINE), too many in a row (BUSY), nothing that
 * one may know (GONE), the products are being prepared (NOT_READY), or the server broke (BROKEN).
 */
export type AskProblem = 'STALE' | 'OFFLINE' | 'BUSY' | 'GONE' | 'NOT_READY' | 'BROKEN';

export type ToFrame =
  /** `takesFocus`: whoever came here wants to type at once. */
  | { kind: 'start'; look: Look; mock: string; takesFocus: boolean }
  | { kind: 'mock'; mock: string }
  | { kind: 'settings'; product: string; values: MockSettings; asksAnew: boolean }
  | { kind: 'answer'; id: number; ok: true; answer: Answer }
  | { kind: 'answer'; id: number; ok: false; code: AskProblem }
  | { kind: 'image'; id: number; bytes: ArrayBuffer | null; type: string };

export type FromFrame =
  | { kind: 'ask'; id: number; mock: string; ask: Ask }
  | { kind: 'image'; id: number; productId: string | null }
  | { kind: 'height'; px: number };

const askKinds: readonly string[] = [
  'search',
  'suggest',
  'recommend',
  'email',
  'reviews',
  'catalogue',
] satisfies Ask['kind'][];
/** As much of a question as the server takes. */
const askLimit = 2_000;

/**
 * What a frame said, if it is one of the three things that a frame may say; null for anything else. What a question asks
 * for is the server's to judge: here it only must be one, and short.
 */
export function fromFrame(data: unknown): FromFrame | null {
  if (!isRecord(data)) return null;
  const { kind, id, mock, ask, productId, px } = data;
  if (kind === 'height') return typeof px === 'number' && Number.isFinite(px) && px >= 0 ? { kind, px } : null;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null;
  if (kind === 'image') {
    const isId = typeof productId === 'string' && productId.length > 0 && productId.length <= 500;
    return isId || productId === null ? { kind, id, productId } : null;
  }
  if (kind !== 'ask' || typeof mock !== 'string' || mock.length > 100 || !isRecord(ask)) return null;
  if (typeof ask.kind !== 'string' || !askKinds.includes(ask.kind)) return null;
  return JSON.stringify(ask).length <= askLimit ? { kind, id, mock, ask: ask as Ask } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
