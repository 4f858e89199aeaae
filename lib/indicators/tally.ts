import { MASKS, MENDS, type Outcome, type Reason } from './outcome.ts';
import type { Period } from './period.ts';

/** Something to know about a figure that does not change it. */
export type Caveat = 'extended' | 'by-day' | 'supplements-unknown';

/** A dossier that costs points, or that could not be judged. */
export interface Cost {
  code: string;
  why: Reason;
  unit?: string;
  procedure?: string;
  /** Day number of receipt; null: it has none. */
  day: number | null;
}

/** Every field takes part: two rows of one code must not change places with the order in which they come. */
const keyOf = ({ code, why, day, unit = '', procedure = '' }: Cost) => [code, why, day ?? 0, unit, procedure];

function byCode(a: Cost, b: Cost): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  const [left, right] = [keyOf(a), keyOf(b)];
  const at = left.findIndex((value, i) => value !== right[i]);
  return at < 0 ? 0 : (left[at] as string | number) < (right[at] as string | number) ? -1 : 1;
}

/** The first costs by code, however they come: a list that does not grow and does not hang on the order of the records. */
export class FirstCosts {
  readonly #most: number;
  #kept: Cost[] = [];
  #last: string | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  takes(code: string): boolean {
    return this.#last === null || code <= this.#last;
  }

  add(cost: Cost): void {
    this.#kept.push(cost);
    if (this.#kept.length >= 2 * this.#most + 16) this.#cut();
  }

  list(): Cost[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept.sort(byCode);
    if (this.#kept.length < this.#most) return;
    this.#kept = this.#kept.slice(0, this.#most);
    this.#last = this.#kept.at(-1)?.code ?? '';
  }
}

/** Sums of one indicator. */
export class ComponentTally {
  passed = 0;
  failed = 0;
  unknown = 0;
  /** Of those: outcomes that may still change before the period ends. */
  openPassed = 0;
  openFailed = 0;
  readonly reasons = new Map<Reason, number>();
  /** Failures by what would mend them. */
  readonly needs = new Int32Array(MASKS);
  readonly caveats = new Map<Caveat, number>();
  /** By day of receipt: passed, known, and the same of what is settled. */
  readonly days: Record<'passed' | 'known' | 'settledPassed' | 'settled', Int32Array>;
  readonly #failures: FirstCosts;
  readonly #unknowns: FirstCosts;

  constructor({ from, to }: Period, keep: number) {
    const days = () => new Int32Array(to - from + 1);
    this.days = { passed: days(), known: days(), settledPassed: days(), settled: days() };
    this.#failures = new FirstCosts(keep);
    this.#unknowns = new FirstCosts(keep);
  }

  /** @param day days since the first of the period */
  add({ state, why, needs, open }: Outcome, day: number): void {
    this.reasons.set(why, (this.reasons.get(why) ?? 0) + 1);
    if (state === 'unknown') {
      this.unknown++;
      return;
    }
    const { days } = this;
    const passed = state === 'pass';
    days.known[day] = (days.known[day] as number) + 1;
    if (passed) days.passed[day] = (days.passed[day] as number) + 1;
    if (!open) {
      days.settled[day] = (days.settled[day] as number) + 1;
      if (passed) days.settledPassed[day] = (days.settledPassed[day] as number) + 1;
    } else if (passed) this.openPassed++;
    else this.openFailed++;
    if (passed) this.passed++;
    else {
      this.failed++;
      this.needs[needs] = (this.needs[needs] as number) + 1;
    }
  }

  /** Keeps the code of a dossier that costs points; `cost` is asked for only when it will be kept. */
  note(outcome: Outcome, code: string, cost: () => Cost): void {
    const list = outcome.state === 'fail' ? this.#failures : this.#unknowns;
    if (list.takes(code)) list.add(cost());
  }

  caveat(which: Caveat): void {
    this.caveats.set(which, (this.caveats.get(which) ?? 0) + 1);
  }

  /** Dossiers that cost points, the first by code. */
  failures(): Cost[] {
    return this.#failures.list();
  }

  unknowns(): Cost[] {
    return this.#unknowns.list();
  }
}

/** How often each mend would help at least one indicator, by dossier. */
export class MendTally {
  readonly dossiers = new Int32Array(MENDS.length);

  /** @param needs union over the indicators of what would mend the dossier */
  add(needs: number): void {
    for (let i = 0; i < this.dossiers.length; i++)
      if ((needs & (1 << i)) !== 0) this.dossiers[i] = (this.dossiers[i] as number) + 1;
  }
}
