/** What is fetched, which says how long and how much. */
export type FetchKind = 'PAGE' | 'IMAGE' | 'FEED' | 'HOOK' | 'CALL';

export type FetchLimits = {
  /** For everything: name, redirects, headers and body. */
  totalMs: number;
  /** From the request to the end of the headers of one hop. */
  answerMs: number;
  /** Counted after inflating. */
  bytes: number;
  redirects: number;
  /** Slower than this over `slowMs` is cut; a trickle would hold a worker for half an hour. */
  minBytesPerSecond: number;
  slowMs: number;
  /** Inflated to raw, once more than a megabyte came out. */
  ratio: number;
};

const megabyte = 1_000_000;
const quick = { answerMs: 10_000, redirects: 3, minBytesPerSecond: 0, slowMs: 30_000, ratio: 300 };

const limits: Readonly<Record<FetchKind, FetchLimits>> = {
  PAGE: { ...quick, totalMs: 10_000, bytes: 5 * megabyte },
  IMAGE: { ...quick, totalMs: 10_000, bytes: 16 * megabyte },
  // Shops make their feed while it is asked for, so its first byte may take a minute.
  FEED: { ...quick, totalMs: 30 * 60_000, answerMs: 60_000, bytes: 10_000 * megabyte, minBytesPerSecond: 10_000 },
  // A hook that moved is set anew: its secret goes nowhere else.
  HOOK: { ...quick, totalMs: 15_000, answerMs: 15_000, bytes: megabyte, redirects: 0 },
  // An interface that is asked with somebody's secret: that goes where it was said, and nowhere else.
  CALL: { ...quick, totalMs: 15_000, bytes: megabyte, redirects: 0 },
};

export function limitsOf(
  kind: FetchKind,
  maxFeedBytes: number | undefined,
  overrides: Partial<Record<FetchKind, Partial<FetchLimits>>> | undefined,
): FetchLimits {
  const own = kind === 'FEED' && maxFeedBytes !== undefined ? { bytes: maxFeedBytes } : {};
  return { ...limits[kind], ...own, ...overrides?.[kind] };
}
