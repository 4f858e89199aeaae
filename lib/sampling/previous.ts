import { deviationOf } from './allocate.ts';
import { evaluate } from './evaluate.ts';
import type { SampleRecord } from './record.ts';

/** Standard deviation of each stratum as an earlier sample tells it: of its checks the one that differs most. */
export function deviationsOf(record: SampleRecord): Map<string, number> {
  const deviations = new Map<string, number>();
  for (const { strata } of evaluate(record).checks)
    for (const { name, passed, failed } of strata)
      if (passed + failed > 0)
        deviations.set(name, Math.max(deviations.get(name) ?? 0, deviationOf(passed, passed + failed)));
  return deviations;
}

/** Nobody knows a rate to be nearer to all or nothing than this before the sample is looked at. */
const EDGE = 0.01;

/** Standard deviation of a rate that a person remembers, √(p(1−p)); never 0, or the stratum would get its minimum only. */
export function deviationOfRate(rate: number): number {
  const p = Math.min(1 - EDGE, Math.max(EDGE, rate));
  return Math.sqrt(p * (1 - p));
}

/** The rate, half or more, that has this standard deviation. */
export const rateOfDeviation = (deviation: number): number => (1 + Math.sqrt(Math.max(0, 1 - 4 * deviation ** 2))) / 2;
