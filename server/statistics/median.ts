/** Under so many cases a percentile tells of single projects, not of how it goes. */
export const leastCases = 5;

/** The middle of at least five values, rounded; null for fewer. */
export function median(values: readonly number[]): number | null {
  if (values.length < leastCases) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = 0, at = 0] = [sorted[middle - 1], sorted[middle]];
  return Math.round(sorted.length % 2 === 1 ? at : (below + at) / 2);
}
