/*
 * The normal distribution, both ways. Forward by Abramowitz and Stegun, Handbook of Mathematical Functions (1964),
 * 7.1.26, to 1.5e-7; back by P. J. Acklam's rational approximation (2003), to a relative 1.2e-9.
 */
const a = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
const c = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
const tail = 0.02425;

/** The share of cases that lie below a number of standard deviations. */
export function shareBelow(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const rest = polynomial([1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592, 0], t) * Math.exp(-x * x);
  return deviations < 0 ? rest / 2 : 1 - rest / 2;
}

/** The number of standard deviations below which a share of cases lies, between 0 and 1. */
export function deviationsAt(share: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, share));
  if (p > 1 - tail) return -deviationsAt(1 - p);
  if (p < tail) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(c, q) / polynomial(d, q);
  }
  const q = p - 0.5;
  return (q * polynomial(a, q * q)) / polynomial(b, q * q);
}

/** The highest power first. */
function polynomial(of: readonly number[], x: number): number {
  let sum = 0;
  for (const factor of of) sum = sum * x + factor;
  return sum;
}
