import { SamplingError } from './error.ts';

export interface StratumSize {
  name: string;
  /** Dossiers in the stratum. */
  count: number;
  /** Standard deviation within the stratum, √(p(1−p)) for a rate; not read for proportional allocation. */
  deviation?: number;
}

export type Allocation = 'proportional' | 'neyman';
export const ALLOCATIONS = ['proportional', 'neyman'] as const satisfies readonly Allocation[];

/**
 * Deals n dossiers out to strata one by one, each to the stratum with the strongest claim, so that a larger n never takes one away
 * (rounding by largest remainder can). Proportional: claim N/(2k+1) (Sainte-Laguë). Neyman: claim N·S/√(k(k+1)), which gives the
 * smallest variance that whole numbers can (Wright 2012, «The equivalence of Neyman optimum allocation for sampling and equal
 * proportions for apportioning the U.S. House of Representatives»). Every stratum first gets the minimum, or all it has.
 * @returns size by name; their sum is n, or the sum of the minima where that is more
 * @throws SamplingError when the strata have fewer dossiers than n
 */
export function allocate(
  strata: readonly StratumSize[],
  n: number,
  allocation: Allocation,
  minimum = 2,
): Map<string, number> {
  const total = strata.reduce((sum, { count }) => sum + count, 0);
  if (n > total) throw new SamplingError('size', `danh sách chỉ có ${total} hồ sơ, không rút được ${n}`);
  const sizes = strata.map(({ count }) => Math.min(count, minimum));
  const claim = (i: number): number => {
    const { count, deviation = 0.5 } = strata[i] as StratumSize;
    const k = sizes[i] as number;
    if (k >= count) return -1;
    if (allocation === 'proportional') return count / (2 * k + 1);
    return k === 0 ? Number.POSITIVE_INFINITY : (count * deviation) / Math.sqrt(k * (k + 1));
  };
  const claims = sizes.map((_, i) => claim(i));
  for (let dealt = sizes.reduce((a, b) => a + b, 0); dealt < n; dealt++) {
    let best = 0;
    for (let i = 1; i < claims.length; i++) if ((claims[i] as number) > (claims[best] as number)) best = i;
    sizes[best] = (sizes[best] as number) + 1;
    claims[best] = claim(best);
  }
  return new Map(strata.map(({ name }, i) => [name, sizes[i] as number]));
}

/** Neyman's shares of a sample before they are made whole numbers: N·S over the sum of all N·S. */
export function neymanShares(strata: readonly Required<StratumSize>[]): number[] {
  const total = strata.reduce((sum, { count, deviation }) => sum + count * deviation, 0);
  return strata.map(({ count, deviation }) => (count * deviation) / total);
}

/**
 * Standard deviation of a stratum as an earlier sample tells it: √(p̃(1−p̃)) with p̃ = (passed + 1)/(checked + 2), so that a stratum
 * without a fault so far does not count as one that cannot have any.
 */
export function deviationOf(passed: number, checked: number): number {
  const rate = (passed + 1) / (checked + 2);
  return Math.sqrt(rate * (1 - rate));
}
