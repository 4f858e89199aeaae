import { type Agreement, agreementOf, type Decision } from './agreement.ts';
import { SamplingError } from './error.ts';
import { type Estimate, estimateOne, estimateTotal, type Tally } from './estimate.ts';
import type { Interval } from './interval.ts';
import type { Figures, SampleRecord, SampleUnit } from './record.ts';

export interface StratumResult extends Tally {
  name: string;
  /** Not looked at yet. */
  open: number;
  estimate: Estimate | null;
}

export interface CheckResult {
  name: string;
  /** Not looked at yet. */
  open: number;
  /** Weighted; null while a stratum tells nothing. */
  total: Estimate | null;
  strata: StratumResult[];
  /** Verified minus declared rate, with the exact interval; null without both. */
  difference: { declared: number; value: number; interval: Interval; contradicted: boolean } | null;
  /** By the acceptance plan, where the sample has one. */
  verdict: 'accepted' | 'refused' | 'open' | null;
  /** Codes that failed, and those of which it could not be told. */
  failed: string[];
  unknown: string[];
  agreement: Agreement | null;
}

export interface SampleResult {
  confidence: number;
  checks: CheckResult[];
  /** Dossiers that could not be opened, with the reason. */
  unavailable: { code: string; stratum: string; reason: string }[];
}

/** What a record says: a rate for every check, by stratum and in total. Nothing but the record decides it. */
export function evaluate(record: SampleRecord): SampleResult {
  const { confidence } = record.design;
  return {
    confidence,
    checks: record.checks.map((check) => evaluateCheck(record, check)),
    unavailable: record.units.flatMap(({ code, stratum, unavailable }) =>
      unavailable === null ? [] : [{ code, stratum, reason: unavailable }],
    ),
  };
}

function evaluateCheck(record: SampleRecord, { name, declared }: SampleRecord['checks'][number]): CheckResult {
  const { confidence, basis } = record.design;
  const units = record.units.filter(({ unavailable }) => unavailable === null);
  // Signed off: what nobody looked at counts as not told, and the record still says that nobody did.
  const untold = record.signedOffAt === null ? null : 'unknown';
  const decisionOf = ({ first }: SampleUnit) => first[name] ?? untold;
  const codesOf = (decision: Decision) => units.filter((unit) => decisionOf(unit) === decision).map(({ code }) => code);
  const strata = record.population.strata.map(({ name: stratum, count }): StratumResult => {
    const own = units.filter((unit) => unit.stratum === stratum);
    const of = (decision: Decision | null) => own.filter((unit) => decisionOf(unit) === decision).length;
    const tally = { count, passed: of('pass'), failed: of('fail'), unknown: of('unknown') };
    return { name: stratum, ...tally, open: of(null), estimate: estimateOne(tally, confidence) };
  });
  const total = estimateTotal(strata, confidence);
  const failed = codesOf('fail');
  const unknown = codesOf('unknown');
  const open = strata.reduce((sum, stratum) => sum + stratum.open, 0);
  return {
    name,
    open,
    total,
    strata,
    difference: total && declared !== null ? differenceOf(total, declared) : null,
    verdict: basis.kind === 'plan' ? verdictOf(failed.length, unknown.length + open, units.length, basis) : null,
    failed,
    unknown,
    agreement: agreementOf(
      units.flatMap(({ code, first, second, settled }) => {
        // What each decided alone: talking it over makes agreement of anything.
        const pair = { first: settled[name] ?? first[name] ?? null, second: second?.[name] ?? null };
        return pair.first === null || pair.second === null ? [] : [{ code, first: pair.first, second: pair.second }];
      }),
    ),
  };
}

/** The rate if all that is not told failed, and if it passed: what nobody could tell, and what nobody has looked at yet. */
export function untoldRange({ strata }: CheckResult, confidence: number): Interval | null {
  const all = strata.map(({ unknown, open, ...tally }) => ({ ...tally, unknown: unknown + open }));
  return estimateTotal(all, confidence)?.range ?? null;
}

function differenceOf({ rate, exact: [low, high] }: Estimate, declared: number): CheckResult['difference'] {
  // A declared rate is written with a few digits; the last of them is no contradiction.
  const contradicted = declared < low - 1e-9 || declared > high + 1e-9;
  return { declared, value: rate - declared, interval: [low - declared, high - declared], contradicted };
}

/** Dossiers that are not told count for both sides until they are; a sample that lost some without replacement is never accepted. */
function verdictOf(
  failed: number,
  untold: number,
  size: number,
  { n, c }: { n: number; c: number },
): CheckResult['verdict'] {
  if (failed > c) return 'refused';
  return failed + untold + (n - size) <= c ? 'accepted' : 'open';
}

/** The figures of a result that a record keeps. */
export function figuresOf({ checks }: SampleResult): Figures[] {
  return checks.flatMap(({ name, total, strata }) => {
    const row = (stratum: string | null, estimate: Estimate | null): Figures => ({
      check: name,
      stratum,
      rate: estimate?.rate ?? null,
      wilson: estimate ? [...estimate.wilson] : null,
      exact: estimate ? [...estimate.exact] : null,
    });
    return [row(null, total), ...(strata.length > 1 ? strata.map((one) => row(one.name, one.estimate)) : [])];
  });
}

/** Engines may round the last digit of a logarithm differently. */
const SAME = 1e-9;
const near = (a: number | null | undefined, b: number | null | undefined) =>
  a === b || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= SAME);

/**
 * Holds the figures that a record keeps against those that follow from it.
 * @throws SamplingError `record` naming the first that is not the same
 */
export function verifyFigures(record: SampleRecord, result: SampleResult): void {
  if (record.figures === undefined) return;
  const now = figuresOf(result);
  const differs = now.findIndex((row, i) => {
    const old = record.figures?.[i];
    return (
      old?.check !== row.check ||
      old.stratum !== row.stratum ||
      ![
        [old.rate, row.rate],
        ...[0, 1].map((end) => [old.wilson?.[end] ?? null, row.wilson?.[end] ?? null]),
        ...[0, 1].map((end) => [old.exact?.[end] ?? null, row.exact?.[end] ?? null]),
      ].every(([a, b]) => near(a, b))
    );
  });
  if (differs < 0 && record.figures.length === now.length) return;
  const { check, stratum } = now[differs] ?? { check: '', stratum: null };
  throw new SamplingError(
    'record',
    `số liệu ghi trong tệp không phải số tính lại được${check === '' ? '' : `: «${check}»${stratum === null ? '' : `, nhóm «${stratum}»`}`}`,
  );
}
