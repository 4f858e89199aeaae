import { dayOf } from '../text/index.ts';
import {
  closeOfDay,
  instantOfWorked,
  nextOpening,
  type WorkTable,
  workedBefore,
  workingDayAt,
  workingDaysBefore,
} from './table.ts';

/** A span in which the clock stood: [from, to), epoch minutes; `to` null while it still stands. */
export interface Pause {
  from: number;
  to: number | null;
}

/** Spans as one ascending list without overlap: `[from, to, from, to …]`. */
export type Spans = readonly number[];

/**
 * The union of pauses in any order; those of no length (or ending before they begin) have no effect. An open pause reaches to
 * infinity.
 */
export function unionOfPauses(pauses: readonly Pause[]): Spans {
  const inOrder = pauses.every(({ from }, i) => i === 0 || (pauses[i - 1] as Pause).from <= from);
  const sorted = inOrder ? pauses : [...pauses].sort((a, b) => a.from - b.from);
  const spans: number[] = [];
  for (const { from, to } of sorted) {
    const end = to ?? Infinity;
    if (end <= from) continue;
    const last = spans.length - 1;
    if (last > 0 && from <= (spans[last] as number)) spans[last] = Math.max(spans[last] as number, end);
    else spans.push(from, end);
  }
  return spans;
}

/**
 * The instant at which `minutes` (> 0) working minutes outside of the pauses have elapsed since `start`. Rule R8 for limits
 * counted in minutes. Null beyond the table.
 */
export function addUnpausedMinutes(table: WorkTable, start: number, minutes: number, pauses: Spans): number | null {
  const begin = workedBefore(table, start);
  let target = begin + minutes;
  for (let i = 0; i < pauses.length; i += 2) {
    const from = Math.max(begin, workedBefore(table, pauses[i] as number));
    // Reached before, or exactly at, this pause: what stands after that moment changes nothing.
    if (from >= target) break;
    const to = pauses[i + 1] as number;
    if (to === Infinity) return null;
    target += Math.max(0, workedBefore(table, to) - from);
  }
  return instantOfWorked(table, target);
}

/** First date at or after `t` on which work is still done: where a pause in whole working days begins and ends. */
function dayOfOpening(table: WorkTable, t: number): number {
  const open = t === Infinity ? null : nextOpening(table, t);
  return open === null ? Infinity : dayOf(open);
}

/**
 * Pauses in whole dates, `[from, to)` as day numbers. Rule R8 for limits in working days: a date is paused when
 * day(open(from)) ≤ date < day(open(to)), with open(t) the first working minute at or after t.
 */
export function pausedWorkingDates(table: WorkTable, pauses: Spans): Spans {
  return wholeDates(pauses, (t) => dayOfOpening(table, t));
}

/** The same for limits in calendar days: by the date of each end, the next date when it lies at or after closing time. */
export function pausedCalendarDates(table: WorkTable, pauses: Spans): Spans {
  return wholeDates(pauses, (t) => {
    if (t === Infinity) return t;
    const day = dayOf(t);
    const close = closeOfDay(table, day);
    return close !== null && t >= close ? day + 1 : day;
  });
}

function wholeDates(pauses: Spans, dateOf: (t: number) => number): Spans {
  const dates: number[] = [];
  for (let i = 0; i < pauses.length; i += 2) {
    const from = dateOf(pauses[i] as number);
    const to = dateOf(pauses[i + 1] as number);
    if (to <= from) continue;
    const last = dates.length - 1;
    if (last > 0 && from <= (dates[last] as number)) dates[last] = Math.max(dates[last] as number, to);
    else dates.push(from, to);
  }
  return dates;
}

/** The Nth working day after `day` that no paused date covers (N ≥ 1); null beyond the table. */
export function nthUnpausedDayAfter(table: WorkTable, day: number, n: number, paused: Spans): number | null {
  const first = workingDaysBefore(table, day + 1);
  if (day + 1 < table.firstDay) return null;
  let k = first + n - 1;
  for (let i = 0; i < paused.length; i += 2) {
    const from = Math.max(first, workingDaysBefore(table, paused[i] as number));
    if (from > k) break;
    const to = paused[i + 1] as number;
    if (to === Infinity) return null;
    k += Math.max(0, workingDaysBefore(table, to) - from);
  }
  return workingDayAt(table, k);
}

/** The Nth calendar date after `day` that no paused date covers (N ≥ 0); Infinity when a pause has no end. */
export function nthUnpausedDateAfter(day: number, n: number, paused: Spans): number {
  let target = day + n;
  for (let i = 0; i < paused.length; i += 2) {
    const from = Math.max(day + 1, paused[i] as number);
    if (from > target) break;
    target += Math.max(0, (paused[i + 1] as number) - from);
  }
  return target;
}

/** True when a date lies in one of the spans. */
export function covers(spans: Spans, day: number): boolean {
  for (let i = 0; i < spans.length; i += 2) {
    if (day < (spans[i] as number)) return false;
    if (day < (spans[i + 1] as number)) return true;
  }
  return false;
}
