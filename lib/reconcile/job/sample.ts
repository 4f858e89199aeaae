import { textDigest } from './digest.ts';

/** How sure the bound is. */
const CONFIDENCE = 0.95;

/** Dossiers of the sample when nobody said how many: two in a hundred, and enough to see something that is common. */
export const usualSample = (population: number): number =>
  Math.min(population, Math.max(30, Math.ceil(population / 50)));

/** `size` of the codes, by a seed: the same wherever it is drawn and in whatever order the codes come. */
export function drawSample(codes: readonly string[], seed: string, size: number): Set<string> {
  const order = codes.map((code) => [textDigest(`${seed}|${code}`), code] as const);
  order.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
  return new Set(order.slice(0, size).map(([, code]) => code));
}

/** ln n!, exact enough (Stirling with two terms above 20). */
function logFactorial(n: number): number {
  if (n > 20) return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return Math.log(product);
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** Chance to see at most `found` of `changed` dossiers in a sample drawn from `population` without putting back. */
function chanceOfAtMost(found: number, population: number, changed: number, sample: number): number {
  let sum = 0;
  const least = Math.max(0, sample - (population - changed));
  for (let k = least; k <= Math.min(found, changed, sample); k++)
    sum += Math.exp(
      logChoose(changed, k) + logChoose(population - changed, sample - k) - logChoose(population, sample),
    );
  return sum;
}

/**
 * At most so many of the dossiers that were not asked again have changed unseen, at 95 % (exact, hypergeometric; with nothing found
 * and a small share it is the rule of three). `found` of the `sample` drawn from `population` had changed.
 */
export function undetectedBound(population: number, sample: number, found: number): number {
  let sure = found;
  let tooMany = population - (sample - found) + 1;
  while (tooMany - sure > 1) {
    const middle = (sure + tooMany) >> 1;
    if (chanceOfAtMost(found, population, middle, sample) > 1 - CONFIDENCE) sure = middle;
    else tooMany = middle;
  }
  return sure - found;
}
