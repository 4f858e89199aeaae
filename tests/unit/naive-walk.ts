/**
 * Working time and due moments the slow, obvious way: one minute or one date at a time, straight from the counting rules. Nothing
 * here comes from lib/ (types only), so that an error of the tables cannot be an error of their test.
 *
 * `t` is a moment in epoch minutes; a `day` is the number of the calendar day at UTC+7 (0 = 1970-01-01).
 */
import type { Counting, DossierLimit } from '../../lib/schema/index.ts';

export interface NaiveCalendar {
  /** First and last day that are known. */
  first: number;
  last: number;
  /** Intervals of each weekday, minutes of the day; 0 = Sunday. */
  weekly: readonly (readonly (readonly [number, number])[])[];
  off: ReadonlySet<number>;
  /** Working days, with hours of their own or null for Monday's. */
  working: ReadonlyMap<number, readonly (readonly [number, number])[] | null>;
  cutoff: number;
}

export interface NaivePause {
  from: number;
  to: number | null;
}

export const day = (t: number) => Math.floor((t + 420) / 1440);
export const midnight = (d: number) => d * 1440 - 420;
const clock = (t: number) => t - midnight(day(t));

function intervals(c: NaiveCalendar, d: number): readonly (readonly [number, number])[] {
  if (d < c.first || d > c.last) return [];
  const own = c.working.get(d);
  // R1: a working day beats a day off and the weekday; 1970-01-01 was a Thursday.
  if (own !== undefined) return own ?? c.weekly[1] ?? [];
  return c.off.has(d) ? [] : (c.weekly[(((d + 4) % 7) + 7) % 7] ?? []);
}

/** R1: is the minute that begins at `t` worked? */
function works(c: NaiveCalendar, t: number): boolean {
  return intervals(c, day(t)).some(([from, to]) => clock(t) >= from && clock(t) < to);
}

export const worksOn = (c: NaiveCalendar, d: number) => intervals(c, d).some(([from, to]) => to > from);

export function close(c: NaiveCalendar, d: number): number | null {
  return worksOn(c, d) ? midnight(d) + Math.max(...intervals(c, d).map(([, to]) => to)) : null;
}

/** R2: the first working minute at or after `t`. */
export function open(c: NaiveCalendar, t: number): number | null {
  let m = Math.max(t, midnight(c.first));
  while (day(m) <= c.last && !works(c, m)) m = worksOn(c, day(m)) ? m + 1 : midnight(day(m) + 1);
  return day(m) <= c.last ? m : null;
}

/** Working minutes in [a, b), a ≤ b. */
export function between(c: NaiveCalendar, a: number, b: number): number {
  let sum = 0;
  for (let m = a; m < b; m++) {
    if (works(c, m)) sum++;
    else if (!worksOn(c, day(m))) m = midnight(day(m) + 1) - 1;
  }
  return sum;
}

const stands = (pauses: readonly NaivePause[], t: number) =>
  pauses.some(({ from, to }) => from <= t && (to === null || t < to));

/** R6, R8: the end of the `minutes`-th minute, from `t` on, that is worked and not paused. */
export function addMinutes(
  c: NaiveCalendar,
  t: number,
  minutes: number,
  pauses: readonly NaivePause[] = [],
): number | null {
  let left = minutes;
  for (let m = t; day(m) <= c.last; m++) {
    if (!worksOn(c, day(m))) m = midnight(day(m) + 1) - 1;
    else if (works(c, m) && !stands(pauses, m) && --left === 0) return m + 1;
  }
  return null;
}

/** The nth working day after (n > 0) or before (n < 0) `d` that `skip` does not name. */
export function nthDay(
  c: NaiveCalendar,
  d: number,
  n: number,
  skip: (d: number) => boolean = () => false,
): number | null {
  const step = Math.sign(n);
  let left = Math.abs(n);
  for (let e = d + step; e >= c.first && e <= c.last; e += step)
    if (worksOn(c, e) && !skip(e) && --left === 0) return e;
  return null;
}

/** R8 for work days: is date `d` paused? Beyond the calendar nothing opens again. */
export function pausedWorkDate(c: NaiveCalendar, pauses: readonly NaivePause[]): (d: number) => boolean {
  const opening = (t: number | null) => {
    const at = t === null ? null : open(c, t);
    return at === null ? Infinity : day(at);
  };
  const spans = pauses.map(({ from, to }) => [opening(from), opening(to)] as const);
  return (d) => spans.some(([from, to]) => from <= d && d < to);
}

/** R8 for calendar days. */
export function pausedDate(c: NaiveCalendar, pauses: readonly NaivePause[]): (d: number) => boolean {
  const date = (t: number | null) => {
    if (t === null) return Infinity;
    const end = close(c, day(t));
    return end !== null && t >= end ? day(t) + 1 : day(t);
  };
  const spans = pauses.map(({ from, to }) => [date(from), date(to)] as const);
  return (d) => spans.some(([from, to]) => from <= d && d < to);
}

/** The date `n` dates after `d` that `skip` does not name. */
export function nthDate(c: NaiveCalendar, d: number, n: number, skip: (d: number) => boolean): number | null {
  let e = d;
  for (let left = n; left > 0; ) {
    e++;
    if (e > c.last) return null;
    if (!skip(e)) left--;
  }
  return e;
}

/** BLDS 2015 art. 148.3, on date fields: the same date of a later month, or that month's last. */
function sameDateLater(d: number, months: number): number {
  const date = new Date(d * 86_400_000);
  const wanted = date.getUTCDate();
  const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const target = month.getUTCMonth();
  let last = month;
  for (let i = 1; i < wanted; i++) {
    const next = new Date(last.getTime() + 86_400_000);
    if (next.getUTCMonth() !== target) break;
    last = next;
  }
  return last.getTime() / 86_400_000;
}

interface NaiveInput {
  receivedAt: number;
  limit: DossierLimit;
  pauses: readonly NaivePause[];
}

/** Where a moment counted in hours comes to lie under the options of the hour-to-hour policy. */
function landed(c: NaiveCalendar, t: number | null, { days, closeOfDay, roundUp }: Counting): number | null {
  let end = t;
  if (end === null || days !== 'hours') return end;
  if (closeOfDay === 'next-opening' && close(c, day(end)) === end) end = open(c, end);
  while (end !== null && roundUp > 1 && clock(end) % roundUp !== 0) end++;
  return end;
}

/** Working minutes of the limit, or null when it counts dates. R5 has eight hours a day. */
function inMinutes({ value, unit }: DossierLimit, { days }: Counting): number | null {
  if (unit === 'hour') return Math.round(value * 60);
  if (unit !== 'workday' || (Number.isInteger(value) && (days !== 'hours' || value === 0))) return null;
  return Math.round(value * 8 * 60);
}

/** R7 and its end: forward to a working date that is not paused, at its close. */
function byDates(c: NaiveCalendar, day0: number, limit: DossierLimit, pauses: readonly NaivePause[]): number | null {
  const skip = pausedDate(c, pauses);
  let n = Math.ceil(limit.value);
  if (limit.unit !== 'calendarDay')
    n = sameDateLater(day0, limit.unit === 'year' ? limit.value * 12 : limit.value) - day0;
  let target = nthDate(c, day0, n, skip);
  while (target !== null && target <= c.last && (!worksOn(c, target) || skip(target))) target++;
  return target === null ? null : close(c, target);
}

function counted(c: NaiveCalendar, { receivedAt, limit, pauses }: NaiveInput, counting: Counting): number | null {
  const start = open(c, receivedAt);
  if (start === null) return null;
  const minutes = inMinutes(limit, counting);
  if (minutes === 0) return landed(c, start, counting);
  if (minutes !== null) return landed(c, addMinutes(c, start, minutes, pauses), counting);
  const day0 = counting.dayZero === 'receipt-date' ? day(receivedAt) : day(start);
  if (limit.unit !== 'workday') return byDates(c, day0, limit, pauses);
  if (limit.value === 0) {
    const last = clock(start) >= c.cutoff ? nthDay(c, day(start), 1) : day(start);
    return last === null ? null : close(c, last);
  }
  const last = nthDay(c, day0, limit.value, pausedWorkDate(c, pauses));
  const end = last === null ? null : close(c, last);
  if (last === null || end === null || counting.days !== 'time') return end;
  return Math.min(end, midnight(last) + clock(start));
}

/** R1–R9 and their variants: the due moment, or null when the clock stands or the calendar ends. */
export function naiveDue(c: NaiveCalendar, input: NaiveInput, counting: Counting): number | null {
  const { pauses, receivedAt } = input;
  if (pauses.some(({ to }) => to === null)) return null;
  const ends = pauses.filter(({ from, to }) => to !== null && to > from).map(({ to }) => to as number);
  if (counting.supplement === 'restart')
    return counted(c, { ...input, receivedAt: Math.max(receivedAt, ...ends) }, counting);
  if (counting.supplement === 'pause') return counted(c, input, counting);
  let due = counted(c, { ...input, pauses: [] }, counting);
  // Every paused minute between receipt and the due moment, which moves on with each, is added.
  for (let t = receivedAt; due !== null && t < due; t++) if (stands(pauses, t)) due++;
  return due;
}

/** R10. */
export function naiveReappoint(
  c: NaiveCalendar,
  firstDue: number,
  limit: DossierLimit,
  counting: Counting,
): number | null {
  const minutes = inMinutes(limit, counting);
  if (minutes === 0) return landed(c, open(c, firstDue), counting);
  if (minutes !== null) return landed(c, addMinutes(c, firstDue, minutes), counting);
  if (limit.unit !== 'workday' || limit.value === 0)
    return byDates(c, day(firstDue), { ...limit, unit: limit.unit === 'workday' ? 'calendarDay' : limit.unit }, []);
  const last = nthDay(c, day(firstDue), limit.value);
  const end = last === null ? null : close(c, last);
  return last === null || end === null || counting.days !== 'time'
    ? end
    : Math.min(end, midnight(last) + clock(firstDue));
}
