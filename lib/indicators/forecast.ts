import { dayOf } from '../text/index.ts';
import type { Computed } from './lift.ts';
import type { Frame } from './on-time.ts';
import type { Period } from './period.ts';
import { scoreOf } from './score.ts';
import type { ComponentTally } from './tally.ts';

/** Days of receipt over which a rate is taken; a shorter span hangs on a handful of dossiers. */
export const WINDOW = 7;

/** Where a score is heading, never as a fact: `low` and `high` are the worst and the best seven days so far carried on. */
export interface Forecast {
  score: number;
  low: number;
  high: number;
}

export type ForecastReading =
  | {
      kind: 'forecast';
      /** Days of the period gone by and to come. */
      elapsed: number;
      left: number;
      total: Forecast;
      components: Record<string, Forecast>;
    }
  /** The period is over: the figures are what they are. */
  | { kind: 'ended' }
  /** Less than seven days have gone by. */
  | { kind: 'too-early'; elapsed: number }
  | { kind: 'nothing' };

interface Pace {
  passed: number;
  known: number;
}

/** Settled sums of each span of seven days that has any. */
function windows({ days }: ComponentTally, elapsed: number): Pace[] {
  const found: Pace[] = [];
  for (let from = 0; from + WINDOW <= elapsed; from++) {
    const span: Pace = { passed: 0, known: 0 };
    for (let day = from; day < from + WINDOW; day++) {
      span.passed += days.settledPassed[day] as number;
      span.known += days.settled[day] as number;
    }
    if (span.known > 0) found.push(span);
  }
  return found;
}

/**
 * The score at the end: what is settled stays; what is open, and as many new dossiers a day as so far, come out at the rate of what is
 * settled. With nothing to come it is the figure itself.
 */
function forecastOf({ component, tally }: Computed, elapsed: number, left: number): Forecast {
  const { passed, failed, openPassed, openFailed } = tally;
  const known = passed + failed;
  const settledPassed = passed - openPassed;
  const settled = known - openPassed - openFailed;
  const coming = openPassed + openFailed + (known / elapsed) * left;
  const at = (rate: number) => scoreOf(component, settledPassed + rate * coming, settled + coming);
  // Nothing is settled yet: what is known carries on.
  const usual = settled > 0 ? settledPassed / settled : passed / known;
  const rates = windows(tally, elapsed).map((span) => span.passed / span.known);
  return { score: at(usual), low: at(Math.min(usual, ...rates)), high: at(Math.max(usual, ...rates)) };
}

/** Days of the period that have begun. */
export function elapsedDays({ from, to }: Period, { cutoff, end }: Frame): number {
  return cutoff >= end ? to - from + 1 : Math.max(0, dayOf(cutoff) - from + 1);
}

/** Forecast of the end of the period from the components that can be computed. */
export function forecast(computed: readonly Computed[], period: Period, frame: Frame): ForecastReading {
  if (frame.cutoff >= frame.end) return { kind: 'ended' };
  const elapsed = elapsedDays(period, frame);
  if (elapsed < WINDOW) return { kind: 'too-early', elapsed };
  if (computed.length === 0) return { kind: 'nothing' };
  const left = period.to - period.from + 1 - elapsed;
  const components = Object.fromEntries(computed.map((one) => [one.component.id, forecastOf(one, elapsed, left)]));
  const total: Forecast = { score: 0, low: 0, high: 0 };
  for (const one of Object.values(components)) {
    total.score += one.score;
    total.low += one.low;
    total.high += one.high;
  }
  return { kind: 'forecast', elapsed, left, total, components };
}
