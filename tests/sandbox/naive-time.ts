/**
 * Working time the slow, obvious way, for the oracle and the population. Nothing here comes from lib/.
 *
 * `t` is a moment in epoch minutes; a `day` is the number of the calendar day at UTC+7 (0 = 1970-01-01).
 * Hours: Mon–Fri 07:30–11:30 and 13:00–17:00; a working Saturday has the same hours; a day off has none.
 */

import { CALENDAR } from './calendar-data.ts';

const OFFSET = 7 * 60;
const DAY = 24 * 60;

const MORNING_START = 7 * 60 + 30;
const MORNING_END = 11 * 60 + 30;
const AFTERNOON_START = 13 * 60;
const AFTERNOON_END = 17 * 60;
const CUT_OFF = 15 * 60;

export function dayOf(t: number): number {
  return Math.floor((t + OFFSET) / DAY);
}

/** 0–1439, wall clock at UTC+7. */
export function minuteOfDay(t: number): number {
  return t + OFFSET - dayOf(t) * DAY;
}

/** The moment at `minute` (0–1439) of a day. */
export function at(day: number, minute: number): number {
  return day * DAY - OFFSET + minute;
}

export function startOfDay(day: number): number {
  return at(day, 0);
}

/** `YYYY-MM-DD` of a day. */
export function isoDay(day: number): string {
  return new Date(day * DAY * 60_000).toISOString().slice(0, 10);
}

/** `YYYY-MM-DDTHH:mm:00+07:00`. */
export function isoMinute(t: number): string {
  return `${new Date((t + OFFSET) * 60_000).toISOString().slice(0, 16)}:00+07:00`;
}

/** Epoch minutes of a wall-clock text `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm` at UTC+7. */
export function wall(text: string): number {
  const full = text.length === 10 ? `${text}T00:00` : text;
  return Date.parse(`${full}:00Z`) / 60_000 - OFFSET;
}

export function yearOf(t: number): number {
  return Number(isoDay(dayOf(t)).slice(0, 4));
}

export function hasTable(year: number): boolean {
  return CALENDAR[year] !== undefined;
}

const known = new Map<number, boolean>();

/** A year without a table counts every Monday–Friday. */
export function isWorkingDay(day: number): boolean {
  const remembered = known.get(day);
  if (remembered !== undefined) return remembered;
  const date = isoDay(day);
  const table = CALENDAR[Number(date.slice(0, 4))];
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  let answer = weekday >= 1 && weekday <= 5;
  if (table?.off.includes(date)) answer = false;
  if (table?.workingSaturdays.includes(date)) answer = true;
  known.set(day, answer);
  return answer;
}

/** Is the minute that begins at `t` worked? 17:00 sharp is not. */
export function isWorkingMinute(t: number): boolean {
  if (!isWorkingDay(dayOf(t))) return false;
  const m = minuteOfDay(t);
  return (m >= MORNING_START && m < MORNING_END) || (m >= AFTERNOON_START && m < AFTERNOON_END);
}

/** First working minute at or after `t`. */
export function nextWorkingMinute(t: number): number {
  let moment = t;
  while (!isWorkingMinute(moment)) {
    // A day off holds no working minute, so it is left in one step.
    moment = isWorkingDay(dayOf(moment)) ? moment + 1 : startOfDay(dayOf(moment) + 1);
  }
  return moment;
}

/** Working minutes in [from, to) of one day. */
function minutesInDay(day: number, from: number, to: number): number {
  if (!isWorkingDay(day)) return 0;
  const morning = Math.min(to, at(day, MORNING_END)) - Math.max(from, at(day, MORNING_START));
  const afternoon = Math.min(to, at(day, AFTERNOON_END)) - Math.max(from, at(day, AFTERNOON_START));
  return Math.max(0, morning) + Math.max(0, afternoon);
}

/** Working minutes in [a, b); negative when b is before a. */
export function workingMinutesBetween(a: number, b: number): number {
  if (b === a) return 0;
  if (b < a) {
    const back = workingMinutesBetween(b, a);
    return back === 0 ? 0 : -back;
  }
  let sum = 0;
  for (let day = dayOf(a); day <= dayOf(b); day += 1) sum += minutesInDay(day, a, b);
  return sum;
}

/** 17:00 of a day, also of a day off. */
export function closeOfDay(day: number): number {
  return at(day, AFTERNOON_END);
}

/** The nth working day after `day` (n > 0) or before it (n < 0); n = 0: the day itself. */
export function shiftWorkingDays(day: number, n: number): number {
  let current = day;
  let left = Math.abs(n);
  while (left > 0) {
    current += n > 0 ? 1 : -1;
    if (isWorkingDay(current)) left -= 1;
  }
  return current;
}

/** Civil-code: the day of the effective receipt is day 0; the close of the nth working day after it. */
export function nthWorkingDayClose(receipt: number, n: number): number {
  return closeOfDay(shiftWorkingDays(dayOf(nextWorkingMinute(receipt)), n));
}

/** A same-day procedure: the close of the day of the effective receipt; from 15:00 on, of the next working day. */
export function sameDayClose(receipt: number): number {
  const start = nextWorkingMinute(receipt);
  return closeOfDay(shiftWorkingDays(dayOf(start), minuteOfDay(start) >= CUT_OFF ? 1 : 0));
}

/** The instant at which `minutes` working minutes have passed; 11:30 and 17:00 are stayed on when hit exactly. */
export function addWorkingMinutes(t: number, minutes: number): number {
  let moment = nextWorkingMinute(t);
  let left = minutes;
  while (left > 0) {
    const day = dayOf(moment);
    const rest = minutesInDay(day, moment, startOfDay(day + 1));
    if (left > rest) {
      left -= rest;
      moment = nextWorkingMinute(startOfDay(day + 1));
    } else {
      // The end is in this day: one minute at a time, over the lunch break.
      moment = nextWorkingMinute(moment) + 1;
      left -= 1;
    }
  }
  return moment;
}
