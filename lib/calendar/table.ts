import { dayNumber, dayOf, MINUTES_PER_DAY, minuteOfDay, parseIsoDay, startOfDay, weekdayOf } from '../text/index.ts';
import type { WorkingCalendar } from './schema.ts';

type Interval = readonly [from: number, to: number];
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/**
 * Working time as prefix sums: every query is a subtraction or a binary search, never a walk over days
 * (measured against date libraries in tests/bench). Built once for a calendar.
 */
export interface WorkTable {
  calendar: WorkingCalendar;
  /** Day numbers (UTC+7) covered: [firstDay, firstDay + days). */
  firstDay: number;
  days: number;
  /** First and last day number of each year, and how well it is known. */
  years: readonly { from: number; to: number; status: 'official' | 'provisional' }[];
  /** Intervals of each day, minutes of the day, interned. */
  intervals: readonly (readonly Interval[])[];
  /** Working minutes before each day; one longer than `days`. */
  minutesBefore: Int32Array;
  /** Working days before each day; one longer than `days`. */
  daysBefore: Int32Array;
  /** Offsets (from firstDay) of the working days, in order. */
  workingDays: Int32Array;
}

/** How well the calendar knows a span of time. */
export type Coverage = 'official' | 'provisional' | 'none';

function toIntervals(list: readonly (readonly [string, string])[]): Interval[] {
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  return list
    .map(([from, to]) => [minutes(from), minutes(to)] as const)
    .filter(([from, to]) => to > from)
    .sort((a, b) => a[0] - b[0]);
}

/** @throws when the calendar has no year, or a date in it does not exist; the message names it. */
export function buildTable(calendar: WorkingCalendar): WorkTable {
  const years = calendar.years.map((y) => y.year).sort((a, b) => a - b);
  const first = years[0];
  const last = years.at(-1);
  if (first === undefined || last === undefined) throw new Error(`Lịch ${calendar.id}: không có năm nào`);
  const firstDay = dayNumber(first, 1, 1) as number;
  const days = (dayNumber(last, 12, 31) as number) - firstDay + 1;

  const weekly = WEEK.map((name) => toIntervals(calendar.weekly[name]));
  const monday = weekly[1] as Interval[];
  const none: Interval[] = [];
  const intervals: (readonly Interval[])[] = new Array(days);
  for (let i = 0; i < days; i++) intervals[i] = weekly[weekdayOf(firstDay + i)] as Interval[];
  const offset = (iso: string) => {
    const day = parseIsoDay(iso);
    if (day === null) throw new Error(`Lịch ${calendar.id}: ngày không tồn tại ${iso}`);
    return day - firstDay;
  };
  for (const year of calendar.years) {
    for (const iso of year.off) intervals[offset(iso)] = none;
    for (const { date, hours } of year.working) intervals[offset(date)] = hours ? toIntervals(hours) : monday;
  }

  const minutesBefore = new Int32Array(days + 1);
  const daysBefore = new Int32Array(days + 1);
  for (let i = 0; i < days; i++) {
    let sum = 0;
    for (const [from, to] of intervals[i] as Interval[]) sum += to - from;
    minutesBefore[i + 1] = (minutesBefore[i] as number) + sum;
    daysBefore[i + 1] = (daysBefore[i] as number) + (sum > 0 ? 1 : 0);
  }
  const workingDays = new Int32Array(daysBefore[days] as number);
  for (let i = 0, k = 0; i < days; i++) if (daysBefore[i + 1] !== daysBefore[i]) workingDays[k++] = i;
  const spans = calendar.years.map(({ year, status }) => ({
    from: dayNumber(year, 1, 1) as number,
    to: dayNumber(year, 12, 31) as number,
    status,
  }));
  return { calendar, years: spans, firstDay, days, intervals, minutesBefore, daysBefore, workingDays };
}

/** The weakest knowledge of any year that [from, to] touches. Moments in epoch minutes, in any order. */
export function coverage(table: WorkTable, from: number, to: number): Coverage {
  const a = dayOf(Math.min(from, to));
  const b = dayOf(Math.max(from, to));
  let known = 0;
  let worst: Coverage = 'official';
  for (const year of table.years) {
    const days = Math.min(b, year.to) - Math.max(a, year.from) + 1;
    if (days <= 0) continue;
    known += days;
    if (year.status === 'provisional') worst = 'provisional';
  }
  return known === b - a + 1 ? worst : 'none';
}

const inRange = (table: WorkTable, offset: number) => offset >= 0 && offset < table.days;

/** True when the day (day number, UTC+7) has working hours. */
export function isWorkingDay(table: WorkTable, day: number): boolean {
  const i = day - table.firstDay;
  return inRange(table, i) && table.daysBefore[i + 1] !== table.daysBefore[i];
}

/** Working minutes between the start of the table and `t` (epoch minutes); flat outside the table. */
function workedBefore(table: WorkTable, t: number): number {
  const i = dayOf(t) - table.firstDay;
  if (i < 0) return 0;
  if (i >= table.days) return table.minutesBefore[table.days] as number;
  const m = minuteOfDay(t);
  let sum = table.minutesBefore[i] as number;
  for (const [from, to] of table.intervals[i] as Interval[]) {
    if (m <= from) break;
    sum += Math.min(m, to) - from;
  }
  return sum;
}

/** Working minutes from `a` to `b`; negative when b is before a. O(1). */
export function workingMinutesBetween(table: WorkTable, a: number, b: number): number {
  return workedBefore(table, b) - workedBefore(table, a);
}

/** First working minute at or after `t` (R2: 17:00 sharp is outside [13:00,17:00)); null beyond the table. */
export function nextOpening(table: WorkTable, t: number): number | null {
  const i = dayOf(t) - table.firstDay;
  if (inRange(table, i)) {
    const m = minuteOfDay(t);
    for (const [from, to] of table.intervals[i] as Interval[]) if (m < to) return t + Math.max(0, from - m);
  }
  const k = i < 0 ? 0 : (table.daysBefore[Math.min(i + 1, table.days)] as number);
  const next = table.workingDays[k];
  if (next === undefined) return null;
  return startOfDay(table.firstDay + next) + ((table.intervals[next] as Interval[])[0] as Interval)[0];
}

/** End of the last working interval of a day (epoch minutes), or null when the day has none. */
export function closeOfDay(table: WorkTable, day: number): number | null {
  const i = day - table.firstDay;
  const last = inRange(table, i) ? (table.intervals[i] as Interval[]).at(-1) : undefined;
  return last ? startOfDay(day) + last[1] : null;
}

/** Close that a day would have by its weekly hours, Monday's when it has none: for showing a bare date. */
export function nominalClose(table: WorkTable, day: number): number {
  const own = closeOfDay(table, day);
  if (own !== null) return own;
  const monday = toIntervals(table.calendar.weekly.mon).at(-1);
  return startOfDay(day) + (monday ? monday[1] : MINUTES_PER_DAY);
}

/** Day number of the Nth working day after `day` (N ≥ 1; `day` itself is not counted); null beyond the table. */
export function nthWorkingDayAfter(table: WorkTable, day: number, n: number): number | null {
  const i = day + 1 - table.firstDay;
  if (i < 0 || i > table.days) return null;
  const offset = table.workingDays[(table.daysBefore[i] as number) + n - 1];
  return offset === undefined ? null : table.firstDay + offset;
}

/**
 * The instant at which `minutes` working minutes after `t` have elapsed (R6: landing exactly on the end of an interval
 * stays there, 11:30 and not 13:00). Null beyond the table.
 */
export function addWorkingMinutes(table: WorkTable, t: number, minutes: number): number | null {
  const start = nextOpening(table, t);
  if (start === null) return null;
  if (minutes <= 0) return start;
  const target = workedBefore(table, start) + minutes;
  if (target > (table.minutesBefore[table.days] as number)) return null;
  // The last day whose prefix is still below the target.
  let low = dayOf(start) - table.firstDay;
  let high = table.days - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table.minutesBefore[middle] as number) < target) low = middle;
    else high = middle - 1;
  }
  let rest = target - (table.minutesBefore[low] as number);
  for (const [from, to] of table.intervals[low] as Interval[]) {
    if (rest <= to - from) return startOfDay(table.firstDay + low) + from + rest;
    rest -= to - from;
  }
  return null;
}
