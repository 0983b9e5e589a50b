import type { Spread } from './typing.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[sorted.length / 2 - 1] ?? Number.NaN)) / 2;
}

/** The middle, and from where to where. */
export function range(values: readonly number[], digits = 1): string {
  if (values.length === 0) return 'none';
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`;
}

export function spread({ p50, p95, p99 }: Spread): string {
  return `${p50.toFixed(1)} / ${p95.toFixed(1)} / ${p99.toFixed(1)} ms`;
}

/** Of several runs the middle one, figure by figure. */
export function middleOf(spreads: readonly Spread[]): Spread {
  const of = (pick: (one: Spread) => number) => median(spreads.map(pick));
  return { p50: of((one) => one.p50), p95: of((one) => one.p95), p99: of((one) => one.p99), count: spreads.length };
}

/** Whether a ratio keeps its bar, in words. */
export function against(ratio: number, bar: number, is: 'most' | 'least'): string {
  const isKept = is === 'most' ? ratio <= bar : ratio >= bar;
  return `${ratio.toFixed(2)}x (bar ${is === 'most' ? '<=' : '>='} ${bar}${isKept ? '' : ', MISSED'})`;
}

/** The generator shares the machine with the server; over this it holds the server back. */
export function warnOfGenerator(share: number): string {
  return share > 0.85 ? `  the generator was the bottleneck: ${Math.round(share * 100)} % of a processor` : '';
}

export const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
