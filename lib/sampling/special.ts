/**
 * The few functions of probability that samples need. Own code because the libraries at hand are either large (@stdlib: hundreds of
 * packages) or too coarse (`jstat` 2e-9, `simple-statistics` 8e-4 in the normal quantile). Relative error against R 4.2
 * (tests/fixtures/sampling): 2e-14 for the hypergeometric distribution (N up to 1e8), 2e-13 for the incomplete beta function (down to
 * 1e-290), 4e-14 for its quantiles; the normal quantile is R's own method.
 */

const HALF_LOG_2_PI = 0.9189385332046728;

/** Lanczos' approximation, g = 7, nine terms (Godfrey's coefficients). */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7,
] as const;

/** Natural logarithm of the gamma function, for x > 0; absolute error below 1e-14 for x ≤ 20, relative below 1e-14 above. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum: number = LANCZOS[0];
  for (let i = 1; i < 9; i++) sum += (LANCZOS[i] as number) / (x - 1 + i);
  const t = x + 6.5;
  return HALF_LOG_2_PI + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** How far Stirling's formula for log n! is off (Loader 2000): what is left when the large parts cancel. */
function stirlingError(n: number): number {
  if (n < 16) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_2_PI;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

/** x·log(x/m) + m − x without cancellation where x is near m (Loader 2000). */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** Γ(n+1)/(Γ(x+1)Γ(n−x+1)) · p^x · q^(n−x), for real 0 ≤ x ≤ n; q = 1 − p is given because it may be the exact one. */
function binomialTerm(x: number, n: number, p: number, q: number): number {
  if (p === 0) return x === 0 ? 1 : 0;
  if (q === 0) return x === n ? 1 : 0;
  if (x === 0) return Math.exp(p < 0.1 ? n * Math.log1p(-p) : n * Math.log(q));
  if (x === n) return Math.exp(q < 0.1 ? n * Math.log1p(-q) : n * Math.log(p));
  const log = stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * p) - deviance(n - x, n * q);
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * x * (n - x)));
}

/** Lentz' method for the continued fraction of the incomplete beta function (DLMF 8.17.22). */
function betaFraction(a: number, b: number, x: number): number {
  const TINY = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < TINY ? TINY : d);
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    c = 1 + even / c;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    if (Math.abs(c) < TINY) c = TINY;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    c = 1 + odd / c;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    if (Math.abs(c) < TINY) c = TINY;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}

/** Regularised incomplete beta function I_x(a, b): the chance that a Beta(a, b) variable is at most x. a, b > 0. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = binomialTerm(a, a + b, x, 1 - x);
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x) * b) / (a + b)
    : 1 - (front * betaFraction(b, a, 1 - x) * a) / (a + b);
}

/** The x whose I_x(a, b) is p: halving, to the last bit that the function tells apart. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 200 && high - low > 1e-16 * high; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const A = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
] as const;
const B = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
] as const;
const C = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
] as const;
const D = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
] as const;
const polynomial = (terms: readonly number[], x: number) => terms.reduceRight((sum, term) => sum * x + term, 0);

/** Quantile of the normal distribution, for 1e-10 ≤ p ≤ 1 − 1e-10 (Wichura 1988, AS 241). */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(A, r)) / polynomial(B, r);
  }
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p))) - 1.6;
  return (Math.sign(q) * polynomial(C, r)) / polynomial(D, r);
}

/** The z of a two-sided interval: 1.96 for 0.95. */
export const zOf = (confidence: number): number => normalQuantile((1 + confidence) / 2);

/** Chance of x marked among n drawn without return from N of which D are marked. Whole numbers. */
export function hypergeometricTerm(x: number, N: number, D: number, n: number): number {
  if (x < Math.max(0, n + D - N) || x > Math.min(n, D)) return 0;
  if (n === 0 || n === N) return 1;
  const p = n / N;
  const q = (N - n) / N;
  return (binomialTerm(x, D, p, q) * binomialTerm(n - x, N - D, p, q)) / binomialTerm(n, N, p, q);
}

/** Chance of at most x marked; summed on the side of the smaller tail, so that neither tail loses its digits. */
export function hypergeometricBelow(x: number, N: number, D: number, n: number): number {
  if (x < Math.max(0, n + D - N)) return 0;
  if (x >= Math.min(n, D)) return 1;
  // Counting the unmarked turns the upper tail into a lower one.
  if (x * N > n * D) return 1 - lowerTail(n - x - 1, N, N - D, n);
  return lowerTail(x, N, D, n);
}

/** Chance of x or more marked. */
export function hypergeometricFrom(x: number, N: number, D: number, n: number): number {
  return hypergeometricBelow(n - x, N, N - D, n);
}

function lowerTail(x: number, N: number, D: number, n: number): number {
  const least = Math.max(0, n + D - N);
  let term = 1;
  let sum = 1;
  for (let k = x; k > least; k--) {
    term *= (k * (N - D - n + k)) / ((n - k + 1) * (D - k + 1));
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return hypergeometricTerm(x, N, D, n) * sum;
}
