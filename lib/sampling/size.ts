import { SamplingError } from './error.ts';
import { hypergeometricTerm, zOf } from './special.ts';

export interface MarginGoal {
  /** Half the width of the wanted interval: 0.05 for ±5 points. */
  margin: number;
  /** 0.95 */
  confidence: number;
  /** The rate that is expected; 0.5 asks for the most dossiers and is safe. */
  expected: number;
}

const within = (value: number, low: number, high: number) => value >= low && value <= high;

/**
 * Dossiers to look at for a margin, not rounded: n₀ = z²p(1−p)/e², corrected for a population of N to n₀N/(n₀ + N − 1) (Cochran 1977,
 * §4.4; the same as Krejcie & Morgan 1970).
 * @throws SamplingError for goals that mean nothing
 */
export function exactSize(population: number, { margin, confidence, expected }: MarginGoal): number {
  if (!within(margin, 0.001, 0.5)) throw new SamplingError('size', 'sai số phải từ 0,1 % đến 50 %');
  if (!within(confidence, 0.5, 0.9999)) throw new SamplingError('size', 'độ tin cậy phải từ 50 % đến 99,99 %');
  if (!within(expected, 0.01, 0.99)) throw new SamplingError('size', 'tỷ lệ dự kiến phải từ 1 % đến 99 %');
  const first = (zOf(confidence) ** 2 * expected * (1 - expected)) / margin ** 2;
  return (first * population) / (first + population - 1);
}

/** The same in whole dossiers, rounded up and never more than there are. */
export const sizeForMargin = (population: number, goal: MarginGoal): number =>
  Math.min(population, Math.ceil(exactSize(population, goal) - 1e-9));

/** The margin (half the width, normal approximation) that n dossiers of N give at an expected rate. */
export function marginOfSize(population: number, size: number, confidence: number, expected: number): number {
  if (population <= 1) return 0;
  const left = (population - size) / (population - 1);
  return zOf(confidence) * Math.sqrt((expected * (1 - expected) * left) / size);
}

/**
 * The smallest number of faulty dossiers of which a sample of n finds at least one with the wanted confidence; faults that are rarer
 * may well be missed.
 */
export function detectable(population: number, size: number, confidence: number): number {
  let low = 1;
  let high = population;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (hypergeometricTerm(0, population, middle, size) <= 1 - confidence) high = middle;
    else low = middle + 1;
  }
  return low;
}
