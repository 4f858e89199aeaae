import { betaQuantile, hypergeometricBelow, hypergeometricFrom, zOf } from './special.ts';

/** From and to, both rates from 0 to 1. */
export type Interval = readonly [low: number, high: number];

/** How much a sample of n from N varies beside one dossier: (N−n)/((N−1)n); 1/n for N = ∞, 0 when all were looked at. */
export function variation(n: number, N: number): number {
  if (N === Number.POSITIVE_INFINITY) return 1 / n;
  return n >= N ? 0 : (N - n) / ((N - 1) * n);
}

/** Wilson's interval (1927) for a rate whose variance is `vary`·p(1−p); with `vary` = 1/n it is the usual one. */
export function wilsonOf(rate: number, vary: number, confidence: number): Interval {
  const k = zOf(confidence) ** 2 * vary;
  const centre = (rate + k / 2) / (1 + k);
  const half = Math.sqrt(k * rate * (1 - rate) + (k * k) / 4) / (1 + k);
  // The ends of a rate of 0 or 1 are themselves; rounding must not move them.
  return [rate === 0 ? 0 : Math.max(0, centre - half), rate === 1 ? 1 : Math.min(1, centre + half)];
}

/**
 * An interval for a list of N dossiers, widened to whole dossiers (the true rate is one of 0/N, 1/N … N/N; without that, Wilson's
 * interval covers a rate of 99 % of 200 dossiers in 88 of 100 draws instead of 95) and held to what is known already: `passed` of them
 * pass and `failed` of them fail.
 */
export function wholeDossiers([low, high]: Interval, N: number, passed: number, failed: number): Interval {
  if (N === Number.POSITIVE_INFINITY) return [low, high];
  return [Math.max(Math.floor(low * N + 1e-9), passed) / N, Math.min(Math.ceil(high * N - 1e-9), N - failed) / N];
}

/** Wilson's interval for x of n; of a population of N with the finite-population correction, in whole dossiers. */
export const wilson = (x: number, n: number, confidence: number, N = Number.POSITIVE_INFINITY): Interval =>
  wholeDossiers(wilsonOf(x / n, variation(n, N), confidence), N, x, n - x);

/** Clopper and Pearson's interval (1934) for x of n, without a population; x and n need not be whole. */
export function clopperPearson(x: number, n: number, confidence: number): Interval {
  const tail = (1 - confidence) / 2;
  return [x <= 0 ? 0 : betaQuantile(tail, x, n - x + 1), x >= n ? 1 : betaQuantile(1 - tail, x + 1, n - x)];
}

/** The first whole number from `low` to `high` for which `holds`, which must hold from there on; `high` is taken to. */
function firstThat(low: number, high: number, holds: (value: number) => boolean): number {
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Clopper and Pearson's interval for x of n drawn from N: every population of N is kept in which neither x or more nor x or fewer has
 * a chance of at most (1 − confidence)/2. Exact: its coverage is never below the confidence. N = ∞ gives the binomial one.
 */
export function exactInterval(x: number, n: number, confidence: number, N = Number.POSITIVE_INFINITY): Interval {
  if (N === Number.POSITIVE_INFINITY) return clopperPearson(x, n, confidence);
  const tail = (1 - confidence) / 2;
  const least = firstThat(x, N - n + x, (D) => hypergeometricFrom(x, N, D, n) > tail);
  const beyond = firstThat(x, N - n + x + 1, (D) => D > N - n + x || hypergeometricBelow(x, N, D, n) <= tail);
  return [least / N, (beyond - 1) / N];
}
