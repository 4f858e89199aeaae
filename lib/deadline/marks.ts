import { covers, isWorkingDay, type Spans, type WorkTable, workingMinutesBetween } from '../calendar/index.ts';
import { dayOf, startOfDay, weekdayOf } from '../text/index.ts';

/**
 * zero: day 0, not counted · counted: a day of the limit · skipped: a day off · paused: the clock stood ·
 * free: worked, but nothing is counted on it · due: counted, and the last one.
 */
export type MarkKind = 'zero' | 'counted' | 'skipped' | 'paused' | 'free' | 'due';

/** What one date (day number) is in a count: for the month strip, and to see where two counts part. */
export interface DayMark {
  day: number;
  kind: MarkKind;
  /** Which day of the limit it is; for limits in minutes, how many working minutes of it count. */
  n?: number;
  /** Why it is not as its weekday, with the source. */
  why?: string;
}

/** Why a day is not as its weekday says, with the source; null for an ordinary day or weekend. O(log n). */
export function whyOf(table: WorkTable, day: number): string | null {
  const { days } = table.source;
  let low = 0;
  let high = days.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const special = days[middle] as (typeof days)[number];
    if (special.day === day) return special.why;
    if (special.day < day) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/** True when the weekly hours alone would have the day off. */
export function isOffByWeek(table: WorkTable, day: number): boolean {
  return (table.source.weekly[weekdayOf(day)] ?? []).length === 0;
}

export function markOf(table: WorkTable, day: number, kind: MarkKind, n?: number): DayMark {
  const why = whyOf(table, day);
  return { day, kind, ...(n === undefined ? {} : { n }), ...(why ? { why } : {}) };
}

/** Dates from the day after day 0 to the end, for a limit in working days: days off and paused days do not count. */
export function markWorkingDays(table: WorkTable, day0: number, end: number, paused: Spans): DayMark[] {
  const marks: DayMark[] = [];
  let n = 0;
  for (let day = day0 + 1; day <= end; day++) {
    if (!isWorkingDay(table, day)) marks.push(markOf(table, day, 'skipped'));
    else if (covers(paused, day)) marks.push(markOf(table, day, 'paused'));
    else marks.push(markOf(table, day, 'counted', ++n));
  }
  return marks;
}

/** The same for a limit in calendar days, whose last date is `last`: every date counts, and after it only the way to `end`. */
export function markDates(table: WorkTable, day0: number, last: number, end: number, paused: Spans): DayMark[] {
  const marks: DayMark[] = [];
  let n = 0;
  for (let day = day0 + 1; day <= end; day++) {
    if (covers(paused, day)) marks.push(markOf(table, day, 'paused'));
    else if (day <= last) marks.push(markOf(table, day, 'counted', ++n));
    else marks.push(markOf(table, day, day === end ? 'free' : 'skipped'));
  }
  return marks;
}

/** The same for a limit in minutes: working minutes of each date from `start` to `end` that no pause covers. */
export function markMinutes(table: WorkTable, start: number, end: number, pauses: Spans): DayMark[] {
  const marks: DayMark[] = [];
  for (let day = dayOf(start); day <= dayOf(end); day++) {
    const from = Math.max(start, startOfDay(day));
    const to = Math.min(end, startOfDay(day + 1));
    let stood = 0;
    for (let i = 0; i < pauses.length; i += 2) {
      const a = Math.max(from, pauses[i] as number);
      const b = Math.min(to, pauses[i + 1] as number);
      if (b > a) stood += workingMinutesBetween(table, a, b);
    }
    const left = workingMinutesBetween(table, from, to) - stood;
    if (left > 0) marks.push(markOf(table, day, 'counted', left));
    else if (!isWorkingDay(table, day)) marks.push(markOf(table, day, 'skipped'));
    else marks.push(markOf(table, day, stood > 0 ? 'paused' : 'free'));
  }
  return marks;
}
