import { SamplingError } from './error.ts';
import { hypergeometricBelow } from './special.ts';

/** Accept when at most `c` of the `n` drawn dossiers fail. */
export interface Plan {
  n: number;
  c: number;
}

export interface Risks {
  /** Share of faulty dossiers that should still be accepted: 0.01. */
  acceptable: number;
  /** Share of faulty dossiers that should be refused: 0.05. */
  rejectable: number;
  /** Chance of refusing what is acceptable (producer's risk): 0.05. */
  producerRisk: number;
  /** Chance of accepting what is to be refused (consumer's risk): 0.1. */
  consumerRisk: number;
}

/** Chance that a population of N with D faulty dossiers is accepted. */
const acceptance = (N: number, D: number, { n, c }: Plan): number => hypergeometricBelow(c, N, D, n);

/** The smallest n for which c failures or fewer in D faulty dossiers of N have at most the chance `risk`; null: not even N. */
function smallestSize(N: number, D: number, c: number, risk: number): number | null {
  if (acceptance(N, D, { n: N, c }) > risk) return null;
  let low = c + 1;
  let high = N;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (acceptance(N, D, { n: middle, c }) <= risk) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Faulty dossiers that a share stands for: acceptable rounds down, rejectable up (never to none). */
const atMost = (N: number, rate: number) => Math.floor(N * rate + 1e-9);
const atLeast = (N: number, rate: number) => Math.max(1, Math.ceil(N * rate - 1e-9));

/**
 * The plan with the fewest dossiers that keeps both risks, by the hypergeometric distribution (ISO 2859-2's type A view: this list, not
 * the process behind it).
 * @throws SamplingError for shares and risks that mean nothing
 */
export function acceptancePlan(N: number, { acceptable, rejectable, producerRisk, consumerRisk }: Risks): Plan {
  const good = atMost(N, acceptable);
  const bad = atLeast(N, rejectable);
  // In whole dossiers, so that the two stay apart however near they are.
  if (!(acceptable >= 0 && rejectable <= 1 && acceptable < rejectable && good < bad))
    throw new SamplingError('plan', 'tỷ lệ lỗi chấp nhận phải nhỏ hơn tỷ lệ lỗi phải từ chối');
  if (![producerRisk, consumerRisk].every((risk) => risk > 0 && risk < 0.5))
    throw new SamplingError('plan', 'rủi ro phải lớn hơn 0 % và nhỏ hơn 50 %');
  // Ends at c = good at the latest: looking at all of them keeps both risks.
  for (let c = 0; ; c++) {
    const n = smallestSize(N, bad, c, consumerRisk);
    if (n !== null && acceptance(N, good, { n, c }) >= 1 - producerRisk) return { n, c };
  }
}

/** The fewest dossiers that all have to pass for a share of faults to be ruled out (c = 0): for faults that may not happen at all. */
export function zeroAcceptancePlan(N: number, rejectable: number, consumerRisk: number): Plan {
  const n = smallestSize(N, atLeast(N, rejectable), 0, consumerRisk);
  return { n: n ?? N, c: 0 };
}

export interface CurvePoint {
  /** Faulty dossiers in the population, and their share. */
  faulty: number;
  rate: number;
  /** Chance of being accepted. */
  accepted: number;
}

/** The operating curve of a plan: at most `points` + 1 populations from none faulty on, until acceptance is below one in a thousand. */
export function operatingCurve(N: number, plan: Plan, points = 100): CurvePoint[] {
  let last = 1;
  let high = N;
  while (last < high) {
    const middle = Math.floor((last + high) / 2);
    if (acceptance(N, middle, plan) < 0.001) high = middle;
    else last = middle + 1;
  }
  const steps = Math.min(points, last);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const faulty = Math.round((last * i) / steps);
    return { faulty, rate: faulty / N, accepted: acceptance(N, faulty, plan) };
  });
}
