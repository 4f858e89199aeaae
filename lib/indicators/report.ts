import { elapsedDays, type ForecastReading, forecast } from './forecast.ts';
import { type Computed, flipsOf, gainOfAll, type Lift, liftsOf } from './lift.ts';
import { MEASURES } from './measures.ts';
import type { Frame } from './on-time.ts';
import { MASKS, type Reason } from './outcome.ts';
import { isoDayOf } from './period.ts';
import { neededFor, scoreOf } from './score.ts';
import type { IndicatorComponent, IndicatorTable } from './table.ts';
import type { Caveat, ComponentTally, Cost } from './tally.ts';
import { targetOf } from './targets.ts';
import type { Counts, IndicatorOptions, Tallies } from './types.ts';

/** Why a component has no figure. */
export type NotComputed =
  /** No list of dossiers tells it; the reason is the table's `why`. */
  | { kind: 'not-dossiers'; why: string }
  /** Nothing of this source tells it. */
  | { kind: 'not-told'; unknown: number; reasons: Reason[] }
  /** No dossier of the period counts here. */
  | { kind: 'empty' };

/** A component with its figure; rates from 0 to 1, scores in points, not rounded. */
export interface ComputedComponent {
  id: string;
  state: 'computed';
  passed: number;
  known: number;
  rate: number;
  score: number;
  /** Dossiers that count here but could not be judged, and what the score would be if all failed or all passed. */
  unknown: number;
  range: [low: number, high: number];
  /** How many dossiers for each reason, the most frequent first. */
  reasons: Partial<Record<Reason, number>>;
  caveats: Partial<Record<Caveat, number>>;
  /** Failures that mending cures, what that brings, and how many more must pass for all points (null: mending is not enough). */
  mend: { dossiers: number; gain: number; toFull: number | null };
  target: { rate: number; met: boolean /** Dossiers short of it. */; short: number } | null;
  /** The first dossiers by code that cost points, or could not be judged; the counts are `known - passed` and `unknown`. */
  costs: Cost[];
  unknowns: Cost[];
  /** By day of receipt, over the period so far. */
  days: { day: string; passed: number; known: number }[];
}

export type ComponentResult = ComputedComponent | { id: string; state: 'not-computed'; reason: NotComputed };

export interface GroupResult {
  id: string;
  name: string;
  max: number;
  /** Points of the components that could be computed; null when none could. */
  score: number | null;
  /** Points that these components can give. */
  of: number;
  components: ComponentResult[];
}

/** One unit beside the others. */
export interface UnitResult {
  unit: string;
  counted: number;
  score: number;
  of: number;
  components: Record<string, { passed: number; known: number; unknown: number; rate: number; score: number }>;
}

/** The indicators of a period. */
export interface IndicatorReport {
  table: Pick<IndicatorTable, 'id' | 'label' | 'effectiveFrom'>;
  period: { from: string; to: string; label: string };
  unit: string | null;
  /** Epoch minutes: until when unfinished dossiers were looked at. */
  asOf: number;
  ended: boolean;
  counts: Counts;
  withoutReceipt: Cost[];
  groups: GroupResult[];
  score: number;
  of: number;
  max: number;
  lifts: Lift[];
  /** Points gained when everything that can be mended is. */
  gainOfAll: number;
  forecast: ForecastReading;
  /** Best first; null: not asked for. */
  units: UnitResult[] | null;
}

type Options = IndicatorOptions & { table: IndicatorTable };

/** The most frequent first. */
const inOrder = ({ reasons }: ComponentTally) => [...reasons].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

function dayLines({ days }: ComponentTally, from: number, elapsed: number) {
  return Array.from({ length: elapsed }, (_, i) => ({
    day: isoDayOf(from + i),
    passed: days.passed[i] as number,
    known: days.known[i] as number,
  }));
}

function computedOf({ component, tally }: Computed, { period, targets, unit }: Options, elapsed: number) {
  const { passed, failed, unknown } = tally;
  const known = passed + failed;
  const flips = flipsOf(tally, MASKS - 1);
  const score = scoreOf(component, passed, known);
  const more = Math.max(0, neededFor(component.fullAt.value, known) - passed);
  const target = targetOf(targets, component.id, unit ?? null);
  const short = target === null ? 0 : Math.max(0, neededFor(target, known) - passed);
  const result: ComputedComponent = {
    id: component.id,
    state: 'computed',
    passed,
    known,
    rate: passed / known,
    score,
    unknown,
    range: [scoreOf(component, passed, known + unknown), scoreOf(component, passed + unknown, known + unknown)],
    reasons: Object.fromEntries(inOrder(tally)),
    caveats: Object.fromEntries(tally.caveats),
    mend: {
      dossiers: flips,
      gain: scoreOf(component, passed + flips, known) - score,
      toFull: more <= flips ? more : null,
    },
    target: target === null ? null : { rate: target, met: short === 0, short },
    costs: tally.failures(),
    unknowns: tally.unknowns(),
    days: dayLines(tally, period.from, elapsed),
  };
  return result;
}

function notComputed({ measure, why = '' }: IndicatorComponent, tally: ComponentTally | undefined): NotComputed | null {
  if (measure === null || tally === undefined) return { kind: 'not-dossiers', why };
  if (tally.passed + tally.failed > 0) return null;
  return tally.unknown > 0
    ? { kind: 'not-told', unknown: tally.unknown, reasons: inOrder(tally).map(([reason]) => reason) }
    : { kind: 'empty' };
}

function unitResults({ units }: Tallies, { components }: IndicatorTable): UnitResult[] | null {
  if (units === null) return null;
  const results = [...units.values()].map(({ unit, counted, sums }): UnitResult => {
    const result: UnitResult = { unit, counted, score: 0, of: 0, components: {} };
    for (const component of components) {
      if (component.measure === null) continue;
      const at = MEASURES.indexOf(component.measure) * 3;
      const [passed = 0, failed = 0, unknown = 0] = sums.subarray(at, at + 3);
      const known = passed + failed;
      if (known === 0) continue;
      const score = scoreOf(component, passed, known);
      result.components[component.id] = { passed, known, unknown, rate: passed / known, score };
      result.score += score;
      result.of += component.max.value;
    }
    return result;
  });
  const share = ({ score, of }: UnitResult) => (of === 0 ? -1 : score / of);
  return results.sort((a, b) => share(b) - share(a) || (a.unit < b.unit ? -1 : 1));
}

/** Scores, lists, trend, forecast and what would lift the score most, out of the sums. */
export function reportOf(tallies: Tallies, options: Options, frame: Frame): IndicatorReport {
  const { period, table } = options;
  const elapsed = elapsedDays(period, frame);
  const tallyOf = ({ measure }: IndicatorComponent) =>
    measure === null ? undefined : tallies.components[MEASURES.indexOf(measure)];
  const computed: Computed[] = [];
  const groups = table.groups.map(({ id, name, max }): GroupResult => {
    const group: GroupResult = { id, name, max: max.value, score: null, of: 0, components: [] };
    for (const component of table.components.filter((one) => one.group === id)) {
      const tally = tallyOf(component);
      const reason = notComputed(component, tally);
      if (reason !== null || tally === undefined) {
        if (reason !== null) group.components.push({ id: component.id, state: 'not-computed', reason });
        continue;
      }
      computed.push({ component, tally });
      const result = computedOf({ component, tally }, options, elapsed);
      group.components.push(result);
      group.score = (group.score ?? 0) + result.score;
      group.of += component.max.value;
    }
    return group;
  });
  return {
    table: { id: table.id, label: table.label, effectiveFrom: table.effectiveFrom },
    period: { from: isoDayOf(period.from), to: isoDayOf(period.to), label: period.label },
    unit: options.unit ?? null,
    asOf: frame.cutoff,
    ended: frame.cutoff >= frame.end,
    counts: tallies.counts,
    withoutReceipt: tallies.withoutReceipt.list(),
    groups,
    score: groups.reduce((sum, { score }) => sum + (score ?? 0), 0),
    of: groups.reduce((sum, { of }) => sum + of, 0),
    max: groups.reduce((sum, { max }) => sum + max, 0),
    lifts: liftsOf(computed, tallies.mends),
    gainOfAll: gainOfAll(computed),
    forecast: forecast(computed, period, frame),
    units: unitResults(tallies, table),
  };
}
