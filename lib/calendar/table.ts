import type { PackedCalendar } from '../schema/index.ts';
import { dayNumber, dayOf, MINUTES_PER_DAY, startOfDay, weekdayOf } from '../text/index.ts';

/** Working intervals of a day: `[from, to, from, to …]`, minutes of the day, ascending. */
export type DayHours = readonly number[];

/**
 * Working time as prefix sums: every query is a subtraction or a binary search, never a walk over days
 * (measured against date libraries in tests/bench). Built once for a calendar.
 */
export interface WorkTable {
  source: PackedCalendar;
  /** Day numbers (UTC+7) covered: [firstDay, firstDay + days). */
  firstDay: number;
  days: number;
  /** First and last day number of each year, and how well it is known. */
  years: readonly { from: number; to: number; official: boolean }[];
  /** A year between the first and the last has no table. */
  gaps: boolean;
  /** Hours of each day, interned. */
  hours: readonly DayHours[];
  /** Working minutes before each day; one longer than `days`. */
  minutesBefore: Int32Array;
  /** Working days before each day; one longer than `days`. */
  daysBefore: Int32Array;
  /** Offsets (from firstDay) of the working days, in order. */
  workingDays: Int32Array;
}

/** How well the calendar knows a span of time. */
export type Coverage = 'official' | 'provisional' | 'none';

const length = (hours: DayHours): number => {
  let sum = 0;
  for (let i = 0; i < hours.length; i += 2) sum += (hours[i + 1] as number) - (hours[i] as number);
  return sum;
};

/** A calendar without a year gives an empty table: every answer is then null and every coverage `none`. */
export function buildTable(source: PackedCalendar): WorkTable {
  const years = source.years.map(({ year, official }) => ({
    from: dayNumber(year, 1, 1) as number,
    to: dayNumber(year, 12, 31) as number,
    official,
  }));
  const firstDay = years.length > 0 ? Math.min(...years.map(({ from }) => from)) : 0;
  const days = years.length > 0 ? Math.max(...years.map(({ to }) => to)) - firstDay + 1 : 0;
  const hours: DayHours[] = new Array(days);
  for (let i = 0, weekday = weekdayOf(firstDay); i < days; i++, weekday = weekday === 6 ? 0 : weekday + 1)
    hours[i] = source.weekly[weekday] ?? [];
  for (const special of source.days) {
    const i = special.day - firstDay;
    if (i >= 0 && i < days) hours[i] = special.hours;
  }
  const minutesBefore = new Int32Array(days + 1);
  const daysBefore = new Int32Array(days + 1);
  let minutes = 0;
  let working = 0;
  for (let i = 0; i < days; i++) {
    const sum = length(hours[i] as DayHours);
    minutes += sum;
    if (sum > 0) working++;
    minutesBefore[i + 1] = minutes;
    daysBefore[i + 1] = working;
  }
  const workingDays = new Int32Array(working);
  for (let i = 0, k = 0; i < days; i++) if (daysBefore[i + 1] !== daysBefore[i]) workingDays[k++] = i;
  const gaps = years.reduce((sum, { from, to }) => sum + to - from + 1, 0) !== days;
  return { source, years, gaps, firstDay, days, hours, minutesBefore, daysBefore, workingDays };
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
    if (!year.official) worst = 'provisional';
  }
  return known === b - a + 1 ? worst : 'none';
}

const inRange = (table: WorkTable, offset: number) => offset >= 0 && offset < table.days;

/** True when the day (day number, UTC+7) has working hours. */
export function isWorkingDay(table: WorkTable, day: number): boolean {
  const i = day - table.firstDay;
  return inRange(table, i) && table.daysBefore[i + 1] !== table.daysBefore[i];
}

/** Working days in [from, to), day numbers; what lies outside the table counts nothing. */
export function workingDaysBetween(table: WorkTable, from: number, to: number): number {
  return workingDaysBefore(table, to) - workingDaysBefore(table, from);
}

/** Number of working days before a day number; flat outside the table. */
export function workingDaysBefore(table: WorkTable, day: number): number {
  return table.daysBefore[Math.max(0, Math.min(table.days, day - table.firstDay))] as number;
}

/** Day number of the k-th working day of the table (from 0), or null beyond it. */
export function workingDayAt(table: WorkTable, k: number): number | null {
  const offset = table.workingDays[k];
  return offset === undefined ? null : table.firstDay + offset;
}

/** Working minutes between the start of the table and `t` (epoch minutes); flat outside the table. O(1). */
export function workedBefore(table: WorkTable, t: number): number {
  const day = dayOf(t);
  const i = day - table.firstDay;
  if (i < 0) return 0;
  if (i >= table.days) return table.minutesBefore[table.days] as number;
  const m = t - startOfDay(day);
  const hours = table.hours[i] as DayHours;
  let sum = table.minutesBefore[i] as number;
  for (let j = 0; j < hours.length; j += 2) {
    const from = hours[j] as number;
    if (m <= from) break;
    sum += Math.min(m, hours[j + 1] as number) - from;
  }
  return sum;
}

/** Working minutes from `a` to `b`; negative when b is before a. O(1). */
export function workingMinutesBetween(table: WorkTable, a: number, b: number): number {
  return workedBefore(table, b) - workedBefore(table, a);
}

/** First working minute at or after `t` (R2: 17:00 sharp is outside [13:00,17:00)); null beyond the table. */
export function nextOpening(table: WorkTable, t: number): number | null {
  const day = dayOf(t);
  const i = day - table.firstDay;
  if (i >= 0 && i < table.days) {
    const m = t - startOfDay(day);
    const hours = table.hours[i] as DayHours;
    for (let j = 0; j < hours.length; j += 2) {
      if (m < (hours[j + 1] as number)) return t + Math.max(0, (hours[j] as number) - m);
    }
  }
  const k = i < 0 ? 0 : (table.daysBefore[Math.min(i + 1, table.days)] as number);
  const next = table.workingDays[k];
  if (next === undefined) return null;
  return startOfDay(table.firstDay + next) + ((table.hours[next] as DayHours)[0] as number);
}

/** End of the last working interval of a day (epoch minutes), or null when the day has none. */
export function closeOfDay(table: WorkTable, day: number): number | null {
  const i = day - table.firstDay;
  if (!inRange(table, i)) return null;
  const hours = table.hours[i] as DayHours;
  return hours.length === 0 ? null : startOfDay(day) + (hours[hours.length - 1] as number);
}

/** Close that a day would have by its weekly hours, Monday's when it has none: for showing a bare date. */
export function nominalClose(table: WorkTable, day: number): number {
  return closeOfDay(table, day) ?? startOfDay(day) + (table.source.weekly[1]?.at(-1) ?? MINUTES_PER_DAY);
}

/** Day number of the Nth working day after `day` (N ≥ 1; `day` itself is not counted); null beyond the table. */
export function nthWorkingDayAfter(table: WorkTable, day: number, n: number): number | null {
  const i = day + 1 - table.firstDay;
  if (i < 0 || i > table.days) return null;
  const offset = table.workingDays[(table.daysBefore[i] as number) + n - 1];
  return offset === undefined ? null : table.firstDay + offset;
}

/** Day number of the Nth working day before `day` (N ≥ 1; `day` itself is not counted); null before the table. */
export function nthWorkingDayBefore(table: WorkTable, day: number, n: number): number | null {
  return workingDayAt(table, workingDaysBefore(table, day) - n);
}

/**
 * The earliest instant (epoch minutes) before which exactly `worked` working minutes of the table lie, `worked` > 0. Landing on
 * the end of an interval stays there (rule R6: 11:30 and not 13:00). Null beyond the table. O(log days).
 */
export function instantOfWorked(table: WorkTable, worked: number): number | null {
  const { minutesBefore, days } = table;
  if (worked <= 0 || worked > (minutesBefore[days] as number)) return null;
  // The last day whose prefix is still below the target.
  let low = 0;
  let high = days - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((minutesBefore[middle] as number) < worked) low = middle;
    else high = middle - 1;
  }
  let rest = worked - (minutesBefore[low] as number);
  const hours = table.hours[low] as DayHours;
  for (let j = 0; j < hours.length; j += 2) {
    const from = hours[j] as number;
    const span = (hours[j + 1] as number) - from;
    if (rest <= span) return startOfDay(table.firstDay + low) + from + rest;
    rest -= span;
  }
  return null;
}

/** The instant at which `minutes` working minutes after `t` have elapsed; see `instantOfWorked`. Null beyond the table. */
export function addWorkingMinutes(table: WorkTable, t: number, minutes: number): number | null {
  const start = nextOpening(table, t);
  if (start === null || minutes <= 0) return start;
  return instantOfWorked(table, workedBefore(table, start) + minutes);
}

/** True when `t` is exactly the end of a working day. */
export function isCloseOfDay(table: WorkTable, t: number): boolean {
  return closeOfDay(table, dayOf(t)) === t;
}
