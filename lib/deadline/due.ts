import {
  addWorkingMinutes,
  closeOfDay,
  coverage,
  isCloseOfDay,
  nextOpening,
  nthWorkingDayAfter,
  type Pause,
  type WorkTable,
} from '../calendar/index.ts';
import type { Counting, DossierLimit } from '../schema/index.ts';
import { dayOf, minuteOfDay, monthsAfter, startOfDay } from '../text/index.ts';

/** A span without work on the dossier, and whom it waits for. */
export interface CountedPause extends Pause {
  kind?: 'supplement' | 'financial' | 'other' | undefined;
}

export interface DueInput {
  /** Epoch minutes: receipt by the competent unit (phi địa giới: not by the unit that only took the dossier in). */
  receivedAt: number;
  limit: DossierLimit;
  pauses?: readonly CountedPause[] | undefined;
  /** Minute of the day from which a same-day procedure is due the next working day; else the calendar's. */
  cutoff?: number | undefined;
}

/** Time as it passes around pauses (paused.ts); the counting below is the same with and without them. */
export interface PausedTime {
  /** Working minutes after `start` that no pause covers. */
  addMinutes(start: number, minutes: number): number | null;
  /** Nth working day after `day` that is not paused. */
  nthDay(day: number, n: number): number | null;
  /** Nth date after `day` that is not paused. */
  nthDate(day: number, n: number): number;
  isPausedDate(day: number): boolean;
}

/** Working minutes of a limit counted in minutes under `counting`, or null when it is counted in dates. */
export function minutesOfLimit(limit: DossierLimit, counting: Counting): number | null {
  if (limit.unit === 'hour') return Math.round(limit.value * 60);
  if (limit.unit !== 'workday') return null;
  const inMinutes = !Number.isInteger(limit.value) || (counting.days === 'hours' && limit.value > 0);
  return inMinutes ? Math.round(limit.value * counting.workday) : null;
}

/** Close of the first working day at or after a date that no paused date covers (BLDS 2015 art. 148.5). */
function closeFrom(table: WorkTable, date: number, time: PausedTime | null): number | null {
  let day: number | null = date;
  while (day !== null && Number.isFinite(day)) {
    const close = closeOfDay(table, day);
    if (close !== null && !time?.isPausedDate(day)) return close;
    day = nthWorkingDayAfter(table, day, 1);
  }
  return null;
}

function settle(table: WorkTable, t: number | null, counting: Counting): number | null {
  if (t === null || counting.days !== 'hours') return t;
  const landed = counting.closeOfDay === 'next-opening' && isCloseOfDay(table, t) ? nextOpening(table, t) : t;
  if (landed === null || counting.roundUp <= 1) return landed;
  return landed + ((counting.roundUp - (minuteOfDay(landed) % counting.roundUp)) % counting.roundUp);
}

/** Nth working day after day 0 (rule R3), or at the time of `at` on that day, not after its close (keep-time). */
function nthDay(table: WorkTable, day0: number, n: number, at: number, time: PausedTime | null, counting: Counting) {
  const day = time ? time.nthDay(day0, n) : nthWorkingDayAfter(table, day0, n);
  if (day === null) return null;
  const close = closeOfDay(table, day);
  return close === null || counting.days !== 'time' ? close : Math.min(close, startOfDay(day) + minuteOfDay(at));
}

/** Last date of a limit in calendar days, months or years, before it moves on from a day off. Day numbers. */
export function lastDateOf(day0: number, { value, unit }: DossierLimit, time: PausedTime | null): number {
  const months = unit === 'year' ? value * 12 : value;
  const days = unit === 'calendarDay' ? Math.ceil(value) : monthsAfter(day0, Math.round(months)) - day0;
  return time ? time.nthDate(day0, days) : day0 + days;
}

/** Limits in calendar days, months or years (rule R7): every date counts, and a day off at the end moves the end on. */
function byDate(table: WorkTable, day0: number, limit: DossierLimit, time: PausedTime | null): number | null {
  return closeFrom(table, lastDateOf(day0, limit, time), time);
}

/** Same day, or the next one from the cut-off on (rule R4). `start` is the effective receipt. */
function sameDay(table: WorkTable, start: number, cutoff: number): number | null {
  const day = dayOf(start);
  if (minuteOfDay(start) < cutoff) return closeOfDay(table, day);
  const next = nthWorkingDayAfter(table, day, 1);
  return next === null ? null : closeOfDay(table, next);
}

/** Null for a count that went through a year without a table: its days would be a guess. */
function known(table: WorkTable, from: number, due: number | null): number | null {
  return due !== null && table.gaps && coverage(table, from, due) === 'none' ? null : due;
}

/** The count itself (rules R2–R7), in time as it passes around `time`'s pauses. */
export function countDue(
  table: WorkTable,
  input: DueInput,
  time: PausedTime | null,
  counting: Counting,
): number | null {
  return known(table, input.receivedAt, counted(table, input, time, counting));
}

function counted(table: WorkTable, input: DueInput, time: PausedTime | null, counting: Counting): number | null {
  const { receivedAt, limit } = input;
  const start = nextOpening(table, receivedAt);
  // Days before the table may have been working days.
  if (start === null || dayOf(receivedAt) < table.firstDay) return null;
  const minutes = minutesOfLimit(limit, counting);
  if (minutes !== null) {
    let end: number | null = start;
    if (minutes > 0) end = time ? time.addMinutes(start, minutes) : addWorkingMinutes(table, start, minutes);
    return settle(table, end, counting);
  }
  const day0 = counting.dayZero === 'receipt-date' ? dayOf(receivedAt) : dayOf(start);
  if (limit.unit !== 'workday') return byDate(table, day0, limit, time);
  if (limit.value <= 0) return sameDay(table, start, input.cutoff ?? table.source.cutoff);
  return nthDay(table, day0, limit.value, start, time, counting);
}

/**
 * Due moment of a limit whose clock never stood: all that a list needs, in little code. `dueAt` knows pauses too.
 * @returns epoch minutes; null when the calendar does not reach that far, and when the input has a pause.
 */
export function plainDue(table: WorkTable, input: DueInput, counting: Counting): number | null {
  return input.pauses?.length ? null : countDue(table, input, null, counting);
}

export type Reappointment =
  | { ok: true; due: number }
  /** `second`: only one re-appointment is allowed (NĐ 61/2018 art. 19.9); `no-calendar`: no table for that year. */
  | { ok: false; why: 'second' | 'no-calendar' };

/**
 * New date after an apology (hẹn lại, rule R10): days count from the old due **date** as day 0, hours go on from the old due
 * **instant**.
 * @param earlier re-appointments that the dossier already had.
 */
export function reappoint(
  table: WorkTable,
  firstDue: number,
  limit: DossierLimit,
  counting: Counting,
  earlier = 0,
): Reappointment {
  if (earlier > 0) return { ok: false, why: 'second' };
  const minutes = minutesOfLimit(limit, counting);
  let due: number | null;
  if (dayOf(firstDue) < table.firstDay) due = null;
  else if (minutes !== null) due = settle(table, addWorkingMinutes(table, firstDue, minutes), counting);
  else if (limit.unit !== 'workday') due = byDate(table, dayOf(firstDue), limit, null);
  else if (limit.value <= 0) due = closeFrom(table, dayOf(firstDue), null);
  else due = nthDay(table, dayOf(firstDue), limit.value, firstDue, null, counting);
  due = known(table, firstDue, due);
  return due === null ? { ok: false, why: 'no-calendar' } : { ok: true, due };
}
