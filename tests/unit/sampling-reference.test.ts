import { describe, expect, it } from 'vitest';
import {
  acceptancePlan,
  agreementOf,
  allocate,
  betaQuantile,
  clopperPearson,
  DECISIONS,
  exactInterval,
  exactSize,
  hypergeometricBelow,
  hypergeometricFrom,
  hypergeometricTerm,
  incompleteBeta,
  logGamma,
  neymanShares,
  normalQuantile,
  operatingCurve,
  sizeForMargin,
  wilson,
  zeroAcceptancePlan,
} from '../../lib/sampling/index.ts';
import reference from '../fixtures/sampling/reference.json' with { type: 'json' };

type Row = readonly number[];
const rows = (name: Exclude<keyof typeof reference, 'made'>) => reference[name] as readonly Row[];
/** Relative error; both zero is none. */
const off = (ours: number, theirs: number) => (ours === theirs ? 0 : Math.abs(ours - theirs) / Math.abs(theirs));
/** The largest error of a table, with the row that has it. */
function worst(name: Exclude<keyof typeof reference, 'made'>, error: (row: Row) => number): number {
  const errors = rows(name).map(error);
  expect(errors.length).toBeGreaterThan(4);
  return Math.max(...errors);
}
const at = (row: Row, i: number) => row[i] as number;

describe('against R (tests/fixtures/sampling/reference.R)', () => {
  it('quantiles of the normal distribution', () => {
    expect(worst('normalQuantile', ([p, z]) => off(normalQuantile(p as number), z as number))).toBeLessThan(1e-13);
  });

  it('log-gamma', () => {
    expect(
      worst(
        'logGamma',
        ([x, value]) => Math.abs(logGamma(x as number) - (value as number)) / Math.max(1, value as number),
      ),
    ).toBeLessThan(1e-14);
  });

  it('incomplete beta function and its inverse', () => {
    // A chance near 1 is told apart from it by its complement: what counts is the absolute error there.
    expect(
      worst('incompleteBeta', ([x, a, b, p]) => {
        const ours = incompleteBeta(x as number, a as number, b as number);
        return (p as number) < 1e-290 ? ours : off(ours, p as number);
      }),
    ).toBeLessThan(1e-12);
    expect(
      worst('betaQuantile', ([a, b, p, x]) => off(betaQuantile(p as number, a as number, b as number), x as number)),
    ).toBeLessThan(1e-12);
  });

  it('hypergeometric distribution, both tails', () => {
    expect(
      worst('hypergeometric', (row) => {
        const [x, N, D, n] = [at(row, 0), at(row, 1), at(row, 2), at(row, 3)];
        return Math.max(
          off(hypergeometricTerm(x, N, D, n), at(row, 4)),
          off(hypergeometricBelow(x, N, D, n), at(row, 5)),
          off(hypergeometricFrom(x, N, D, n), at(row, 6)),
        );
      }),
    ).toBeLessThan(1e-13);
  });

  it('Wilson and Clopper–Pearson without a population', () => {
    expect(
      worst('intervals', (row) => {
        const [x, n, level] = [at(row, 0), at(row, 1), at(row, 2)];
        const ours = [...wilson(x, n, level), ...clopperPearson(x, n, level)];
        return Math.max(...ours.map((value, i) => Math.abs(value - at(row, 3 + i))));
      }),
    ).toBeLessThan(1e-12);
  });

  it.each(rows('exact').map((row) => [row] as const))('exact limits of a population: %j', (row) => {
    const [x, n, N, level] = [at(row, 0), at(row, 1), at(row, 2), at(row, 3)];
    expect(exactInterval(x, n, level, N)).toEqual([at(row, 4) / N, at(row, 5) / N]);
  });

  it.each(rows('plans').map((row) => [row] as const))('acceptance plans, every n and c tried: %j', (row) => {
    const [N, acceptable, rejectable, producerRisk, consumerRisk] = row as [number, number, number, number, number];
    const plan = acceptancePlan(N, { acceptable, rejectable, producerRisk, consumerRisk });
    expect([plan.n, plan.c]).toEqual([at(row, 5), at(row, 6)]);
  });

  it.each(rows('neyman').map((row) => [row] as const))(
    'Neyman in whole numbers has the smallest variance: %j',
    (row) => {
      const strata = [0, 1, 2].map((i) => ({ name: `${i}`, count: at(row, i), deviation: at(row, 3 + i) }));
      const sizes = allocate(strata, at(row, 6), 'neyman');
      const variance = strata.reduce(
        (sum, { name, count, deviation }) => sum + (count * deviation) ** 2 / (sizes.get(name) as number),
        0,
      );
      expect(off(variance, at(row, 7))).toBeLessThan(1e-12);
      expect([...sizes.values()].reduce((a, b) => a + b)).toBe(at(row, 6));
    },
  );

  it.each(rows('kappa').map((row) => [row] as const))("Cohen's kappa: %j", (row) => {
    const pairs = DECISIONS.flatMap((first, i) =>
      DECISIONS.flatMap((second, j) =>
        Array.from({ length: at(row, 3 * i + j) }, (_, k) => ({ code: `${i}${j}${k}`, first, second })),
      ),
    );
    const agreement = agreementOf(pairs);
    expect(agreement?.kappa).toBeCloseTo(at(row, 9), 12);
    expect(agreement?.disagreements).toHaveLength((agreement?.both ?? 0) - (agreement?.agreed ?? 0));
  });
});

describe('against published tables', () => {
  // Newcombe 1998, table I; SciPy agrees.
  it.each([
    [81, 263, 0.2553, 0.3662, 0.2527, 0.3676],
    [15, 148, 0.0624, 0.1605, 0.0578, 0.1617],
    [0, 20, 0, 0.1611, 0, 0.1684],
    [1, 29, 0.0061, 0.1718, 0.0009, 0.1776],
    [29, 29, 0.883, 1, 0.8806, 1],
    [10, 500, 0.0109, 0.0364, 0.0096, 0.0365],
  ])('%i of %i', (x, n, ...table) => {
    const ours = [...wilson(x, n, 0.95), ...clopperPearson(x, n, 0.95)];
    expect(ours.map((value) => Number(value.toFixed(4)))).toEqual(table);
  });

  // Krejcie & Morgan 1970 round to the nearest; the printed 384 for 100,000 is 383 by their own formula.
  it.each([
    [100, 80],
    [200, 132],
    [500, 217],
    [1000, 278],
    [5000, 357],
    [10_000, 370],
    [100_000, 383],
  ])('Krejcie–Morgan: %i → %i', (N, n) => {
    const goal = { margin: 0.05, confidence: 0.95, expected: 0.5 };
    expect(Math.round(exactSize(N, goal))).toBe(n);
    // We never take fewer than the formula says.
    expect(sizeForMargin(N, goal)).toBe(Math.ceil(exactSize(N, goal)));
  });

  it.each([
    [0.05, 100, 45],
    [0.05, 200, 51],
    [0.05, 500, 56],
    [0.05, 1000, 57],
    [0.05, 5000, 59],
    [0.01, 1000, 258],
    [0.01, 10_000, 294],
    [0.01, 100_000, 298],
  ])('no fault accepted: %d of %i → %i', (rate, N, n) => {
    expect(zeroAcceptancePlan(N, rate, 0.05)).toEqual({ n, c: 0 });
  });

  it('Scheaffer, Mendenhall & Ott: N = 155, 62, 93 and S = 5, 15, 10 give 0.2941, 0.3529, 0.3529 of the sample', () => {
    const strata = [
      { name: 'a', count: 155, deviation: 5 },
      { name: 'b', count: 62, deviation: 15 },
      { name: 'c', count: 93, deviation: 10 },
    ];
    expect(neymanShares(strata).map((share) => Number(share.toFixed(4)))).toEqual([0.2941, 0.3529, 0.3529]);
    expect([...allocate(strata, 57, 'neyman').values()]).toEqual([17, 20, 20]);
  });

  it('hypergeometric: at most 2 of 80 from 1,000 with 30', () => {
    expect(hypergeometricBelow(2, 1000, 30, 80)).toBeCloseTo(0.5640694067, 10);
  });
});

describe('operating curve', () => {
  it('falls from certain acceptance to almost none, and meets both risks', () => {
    const risks = { acceptable: 0.01, rejectable: 0.05, producerRisk: 0.05, consumerRisk: 0.1 };
    const curve = operatingCurve(1000, acceptancePlan(1000, risks), 1000);
    expect(curve[0]).toEqual({ faulty: 0, rate: 0, accepted: 1 });
    for (const [i, point] of curve.slice(1).entries())
      expect(point.accepted).toBeLessThanOrEqual((curve[i]?.accepted as number) + 1e-12);
    expect(curve.find(({ faulty }) => faulty === 10)?.accepted).toBeGreaterThanOrEqual(0.95);
    expect(curve.find(({ faulty }) => faulty === 50)?.accepted).toBeLessThanOrEqual(0.1);
    expect(curve.at(-1)?.accepted).toBeLessThan(0.001);
  });

  it('refuses what cannot be told apart', () => {
    const risks = { acceptable: 0.01, rejectable: 0.02, producerRisk: 0.05, consumerRisk: 0.1 };
    expect(() => acceptancePlan(1000, { ...risks, rejectable: 0.01 })).toThrow('phải nhỏ hơn');
    expect(() => acceptancePlan(1000, { ...risks, acceptable: -0.1 })).toThrow('phải nhỏ hơn');
    // One dossier apart: only looking at all of them tells the two from each other.
    const nearly = { ...risks, acceptable: 0.02, rejectable: 0.04, producerRisk: 0.01, consumerRisk: 0.01 };
    expect(acceptancePlan(50, nearly)).toEqual({ n: 50, c: 1 });
    expect(() => acceptancePlan(1000, { ...risks, consumerRisk: 0 })).toThrow('rủi ro');
  });
});
