import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawSample, recheckSentence, undetectedBound } from '../../lib/reconcile/index.ts';

/** Chance to see at most `found`, by counting in whole numbers: no logarithm can be wrong here. */
function chance(population: number, changed: number, sample: number, found: number): number {
  const choose = (n: number, k: number): bigint => {
    if (k < 0 || k > n) return 0n;
    let value = 1n;
    for (let i = 1; i <= k; i++) value = (value * BigInt(n - k + i)) / BigInt(i);
    return value;
  };
  let ways = 0n;
  for (let k = 0; k <= found; k++) ways += choose(changed, k) * choose(population - changed, sample - k);
  return Number((ways * 1_000_000_000n) / choose(population, sample)) / 1e9;
}

describe('the bound on what changed unseen', () => {
  it('is the rule of three where that holds', () => {
    expect(undetectedBound(100_000, 1000, 0) / 100_000).toBeCloseTo(3 / 1000, 4);
  });

  it('is nothing when all were asked, and all others when none was', () => {
    expect(undetectedBound(50, 50, 0)).toBe(0);
    expect(undetectedBound(50, 50, 7)).toBe(0);
    expect(undetectedBound(50, 0, 0)).toBe(50);
  });

  it('is exact: one more would have been seen with a chance of 95 in 100', () => {
    const world = fc
      .integer({ min: 1, max: 120 })
      .chain((population) => fc.integer({ min: 1, max: population }).map((sample) => ({ population, sample })))
      .chain(({ population, sample }) =>
        fc.integer({ min: 0, max: Math.min(5, sample) }).map((found) => ({ population, sample, found })),
      );
    fc.assert(
      fc.property(world, ({ population, sample, found }) => {
        const bound = undetectedBound(population, sample, found);
        const most = found + bound;
        expect(most).toBeLessThanOrEqual(population - (sample - found));
        if (bound > 0) expect(chance(population, most, sample, found)).toBeGreaterThan(0.05 - 1e-6);
        if (most < population - (sample - found))
          expect(chance(population, most + 1, sample, found)).toBeLessThan(0.05 + 1e-6);
      }),
    );
  });

  it('is said in words', () => {
    const text = recheckSentence({ side: 'national', unchanged: 5000, sampled: 100, changed: 0, undetected: 146 });
    expect(text).toBe(
      'Cổng DVCQG: 5000 hồ sơ không đổi từ lần trước; hỏi lại ngẫu nhiên 100, trong đó 0 đã đổi. ' +
        'Với độ tin cậy 95 %, không quá 146 hồ sơ khác (3,0 %) đã đổi mà lần này chưa thấy.',
    );
  });
});

describe('the random sample', () => {
  const codes = Array.from({ length: 400 }, (_, n) => `H29.999-261102-${n}`);

  it('hangs on the seed and the codes, not on their order, and grows when it is made larger', () => {
    const drawn = drawSample(codes, 'a', 40);
    expect([...drawSample([...codes].reverse(), 'a', 40)].sort()).toEqual([...drawn].sort());
    expect([...drawSample(codes, 'b', 40)].sort()).not.toEqual([...drawn].sort());
    const more = drawSample(codes, 'a', 60);
    expect([...drawn].every((code) => more.has(code))).toBe(true);
  });

  it('takes every dossier about equally often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++)
      for (const code of drawSample(codes, String(seed), 40)) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(counts.size).toBe(400);
    // 40 are expected of each, with a deviation of 6: five deviations either way.
    expect(Math.min(...counts.values())).toBeGreaterThan(10);
    expect(Math.max(...counts.values())).toBeLessThan(70);
  });
});
