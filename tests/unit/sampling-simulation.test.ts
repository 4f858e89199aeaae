import { describe, expect, it } from 'vitest';
import {
  draw,
  type Estimate,
  estimateOne,
  estimateTotal,
  freeze,
  type Interval,
  type Population,
  type Unit,
} from '../../lib/sampling/index.ts';

// Seeds are numbers from 1 on: the same 10,000 draws every time, so nothing here can fail by chance.
const DRAWS = 10_000;
const RATES = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
const CONFIDENCE = 0.95;
/** Nominal less one point. */
const ENOUGH = CONFIDENCE - 0.01;

const covers = ([low, high]: Interval, rate: number) => low <= rate + 1e-9 && rate <= high + 1e-9;

/** 99.9 % point of chi-square, by Wilson and Hilferty. */
const chiSquareLimit = (degrees: number) =>
  degrees * (1 - 2 / (9 * degrees) + 3.0902 * Math.sqrt(2 / (9 * degrees))) ** 3;

/** Chi-square of how often each of N was drawn when n are, without return: N − 1 degrees of freedom (Cochran 1977, §2.9). */
function chiSquare(counts: readonly number[], n: number): number {
  const N = counts.length;
  const expected = (DRAWS * n) / N;
  const spread = expected * (1 - n / N);
  return (counts.reduce((sum, count) => sum + (count - expected) ** 2, 0) / spread) * ((N - 1) / N);
}

/** Draws again and again; tells which units (by their place in the list) each draw took. */
function manyDraws(
  population: Population,
  places: Map<string, number>,
  sizes: Map<string, number>,
  see: (drawn: number[]) => void,
) {
  for (let seed = 1; seed <= DRAWS; seed++)
    see(draw(population, String(seed), sizes).map(({ code }) => places.get(code) as number));
}

const codeOf = (i: number) => `H29.999-261110-${String(i).padStart(4, '0')}`;

describe(`${DRAWS} draws`, () => {
  it('not divided: every dossier as often as any other, intervals cover the true rate', () => {
    const [N, n] = [250, 60];
    const units: Unit[] = Array.from({ length: N }, (_, i) => ({ code: codeOf(i), stratum: '' }));
    const places = new Map(units.map(({ code }, i) => [code, i]));
    const counts = new Array<number>(N).fill(0);
    const pairs = new Map<number, number>();
    const covered = RATES.map(() => ({ wilson: 0, exact: 0 }));
    const known = new Map<number, Estimate>();
    manyDraws(freeze(units), places, new Map([['', n]]), (drawn) => {
      for (const i of drawn) counts[i] = (counts[i] as number) + 1;
      // Neighbours in the list must not come together more often than strangers.
      const taken = new Set(drawn);
      for (const i of drawn) if (i % 2 === 0 && taken.has(i + 1)) pairs.set(i, (pairs.get(i) ?? 0) + 1);
      RATES.forEach((rate, r) => {
        const passed = drawn.filter((i) => i < Math.round(N * rate)).length;
        const estimate =
          known.get(passed) ?? estimateOne({ count: N, passed, failed: n - passed, unknown: 0 }, CONFIDENCE);
        if (estimate === null) throw new Error('nothing checked');
        known.set(passed, estimate);
        const tally = covered[r] as (typeof covered)[number];
        const truth = Math.round(N * rate) / N;
        tally.wilson += Number(covers(estimate.wilson, truth));
        tally.exact += Number(covers(estimate.exact, truth));
      });
    });
    expect(chiSquare(counts, n)).toBeLessThan(chiSquareLimit(N - 1));
    const together = [...pairs.values()].reduce((a, b) => a + b, 0) / ((N / 2) * DRAWS);
    expect(together).toBeCloseTo((n * (n - 1)) / (N * (N - 1)), 3);
    for (const tally of covered) {
      expect(tally.wilson / DRAWS).toBeGreaterThanOrEqual(ENOUGH);
      expect(tally.exact / DRAWS).toBeGreaterThanOrEqual(CONFIDENCE);
    }
  });

  it('in strata: equal within each stratum, and the weighted total is unbiased and covered', () => {
    const strata = [
      { name: 'a', count: 120, size: 30, tilt: 0.4 },
      { name: 'b', count: 60, size: 20, tilt: 1 },
      { name: 'c', count: 40, size: 20, tilt: 2.8 },
    ];
    const N = 220;
    const units: Unit[] = strata.flatMap(({ name, count }) =>
      Array.from({ length: count }, (_, i) => ({ code: codeOf(i) + name, stratum: name })),
    );
    const places = new Map(units.map(({ code }, i) => [code, i]));
    const starts = [0, 120, 180];
    const counts = new Array<number>(N).fill(0);
    const covered = RATES.map(() => ({ wilson: 0, exact: 0, sum: 0 }));
    const known = new Map<string, Estimate>();
    // Faults lie more often in the small stratum, as they would: it is weighted down for that.
    const faults = RATES.map((rate) =>
      strata.map(({ count, tilt }) => Math.min(count, Math.round(count * (1 - rate) * tilt))),
    );
    manyDraws(freeze(units), places, new Map(strata.map(({ name, size }) => [name, size])), (drawn) => {
      for (const i of drawn) counts[i] = (counts[i] as number) + 1;
      RATES.forEach((_, r) => {
        const failed = [0, 0, 0];
        for (const i of drawn) {
          const h = i < 120 ? 0 : i < 180 ? 1 : 2;
          if (i - (starts[h] as number) < (faults[r]?.[h] as number)) failed[h] = (failed[h] as number) + 1;
        }
        const key = failed.join();
        const estimate =
          known.get(key) ??
          estimateTotal(
            strata.map(({ count, size }, h) => ({
              count,
              passed: size - (failed[h] as number),
              failed: failed[h] as number,
              unknown: 0,
            })),
            CONFIDENCE,
          );
        if (estimate === null) throw new Error('nothing checked');
        known.set(key, estimate);
        const tally = covered[r] as (typeof covered)[number];
        const truth = 1 - (faults[r] as number[]).reduce((a, b) => a + b) / N;
        tally.wilson += Number(covers(estimate.wilson, truth));
        tally.exact += Number(covers(estimate.exact, truth));
        tally.sum += estimate.rate - truth;
      });
    });
    strata.forEach(({ count, size }, h) => {
      const own = counts.slice(starts[h], (starts[h] as number) + count);
      expect(chiSquare(own, size)).toBeLessThan(chiSquareLimit(count - 1));
    });
    for (const { wilson, exact, sum } of covered) {
      expect(wilson / DRAWS).toBeGreaterThanOrEqual(ENOUGH);
      expect(exact / DRAWS).toBeGreaterThanOrEqual(ENOUGH);
      expect(Math.abs(sum / DRAWS)).toBeLessThan(0.002);
    }
  });
});
