import {
  clopperPearson,
  exactInterval,
  type Interval,
  variation,
  wholeDossiers,
  wilson,
  wilsonOf,
} from './interval.ts';

/** What was found in one stratum. */
export interface Tally {
  /** Dossiers in the stratum. */
  count: number;
  passed: number;
  failed: number;
  /** Looked at, and it could not be told. */
  unknown: number;
}

export interface Estimate {
  passed: number;
  failed: number;
  unknown: number;
  /** Share that passes, weighted by the size of the strata; of those of which it could be told. */
  rate: number;
  /** For display. */
  wilson: Interval;
  /** For decisions: Clopper–Pearson, exact for one stratum (hypergeometric), by effective size for several. */
  exact: Interval;
  /** The rate if everything that could not be told failed, and if it passed. */
  range: Interval;
}

/** One stratum, or a population that is not divided; null: nothing could be told. */
export function estimateOne({ count, passed, failed, unknown }: Tally, confidence: number): Estimate | null {
  const checked = passed + failed;
  if (checked === 0) return null;
  const looked = checked + unknown;
  return {
    passed,
    failed,
    unknown,
    rate: passed / checked,
    wilson: wilson(passed, checked, confidence, count),
    exact: exactInterval(passed, checked, confidence, count),
    range: [passed / looked, (passed + unknown) / looked],
  };
}

/**
 * Several strata: the rate is Σ W·p with W = N_h/N (Cochran 1977, §5.3). Its variance is taken as `k`·p(1−p), where k is the larger of
 * - Σ W²v, what the weights alone do to it (Kish's effective size), so that strata without a fault do not make the interval vanish;
 * - Σ W²v·p̃(1−p̃)/(p(1−p)), what the strata tell, each drawn to the total by the weight of one dossier;
 *
 * v being the variation of a stratum with its finite-population correction. Wilson's interval takes k for 1/n, Clopper–Pearson 1/k for
 * n (Korn & Graubard 1998). Null when a stratum tells nothing: its part of the rate would be a guess.
 */
export function estimateTotal(strata: readonly Tally[], confidence: number): Estimate | null {
  const [only] = strata;
  if (only === undefined) return null;
  if (strata.length === 1) return estimateOne(only, confidence);
  const N = strata.reduce((sum, { count }) => sum + count, 0);
  const parts = strata.map(({ count, passed, failed, unknown }) => ({
    weight: count / N,
    checked: passed + failed,
    rate: passed / (passed + failed),
    vary: variation(passed + failed, count),
    low: passed / (passed + failed + unknown),
    high: (passed + unknown) / (passed + failed + unknown),
  }));
  if (parts.some(({ checked }) => checked === 0)) return null;
  const sum = (term: (part: (typeof parts)[number]) => number) => parts.reduce((all, part) => all + term(part), 0);
  const clean = strata.every(({ failed }) => failed === 0);
  // Weights that add up to 1 only after rounding must not make a rate of 0.9999… of a clean sample.
  const rate = clean
    ? 1
    : Math.min(
        1,
        sum(({ weight, rate }) => weight * rate),
      );
  const spread = rate * (1 - rate);
  const byWeight = sum(({ weight, vary }) => weight ** 2 * vary);
  const told = sum(({ weight, vary, checked, rate: own }) => {
    const drawn = (own * checked + rate) / (checked + 1);
    return weight ** 2 * vary * drawn * (1 - drawn);
  });
  const k = spread > 0 ? Math.max(byWeight, told / spread) : byWeight;
  const all = (name: 'passed' | 'failed' | 'unknown') => strata.reduce((total, stratum) => total + stratum[name], 0);
  const [passed, failed, unknown] = [all('passed'), all('failed'), all('unknown')];
  const exact: Interval = k > 0 ? clopperPearson(rate / k, 1 / k, confidence) : [rate, rate];
  return {
    passed,
    failed,
    unknown,
    rate,
    wilson: wholeDossiers(wilsonOf(rate, k, confidence), N, passed, failed),
    exact: wholeDossiers(exact, N, passed, failed),
    range: [sum(({ weight, low }) => weight * low), sum(({ weight, high }) => weight * high)],
  };
}
