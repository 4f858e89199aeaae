/** What a dossier is drawn from, and the sums that every draw needs. */

import {
  addWorkingMinutes,
  at,
  closeOfDay,
  dayOf,
  isWorkingDay,
  isWorkingMinute,
  minuteOfDay,
  nextWorkingMinute,
  nthWorkingDayClose,
  sameDayClose,
  shiftWorkingDays,
  workingMinutesBetween,
} from '../naive-time.ts';
import type { SandboxDossier, SandboxLimit, SandboxSupplement, Situation, StatusCode } from '../types.ts';
import type { Rng } from './rng.ts';

export interface Times {
  status: StatusCode;
  submittedAt: number;
  receivedAt?: number;
  dueAt?: number;
  extendedDueAt?: number;
  completedAt?: number;
  returnedAt?: number;
  limit?: SandboxLimit;
  step?: StepTimes;
  supplementRequests: number;
  supplements?: SandboxSupplement[];
  channel: SandboxDossier['channel'];
}

export interface StepTimes {
  startedAt: number;
  limit?: SandboxLimit;
  dueAt?: number;
}

export interface Scene {
  situation: Situation;
  /** How many times the situation came before: chooses among its variants. */
  variant: number;
  now: number;
  rng: Rng;
  channel: SandboxDossier['channel'];
}

const LIMITS = [2, 3, 5, 7, 8, 10, 12, 15, 20, 25, 30];
export const PLAIN_SOON = 960;
/** How far from every boundary, in real or working minutes. */
export const CLEAR = 120;

export function limitMinutes(limit: SandboxLimit): number {
  return limit.unit === 'hour' ? limit.value * 60 : limit.value * 480;
}

export function soonOf(limit: SandboxLimit | undefined): number {
  return limit === undefined ? PLAIN_SOON : Math.min(PLAIN_SOON, limitMinutes(limit) / 2);
}

/** The civil-code answer for a limit. */
export function dueByLimit(start: number, limit: SandboxLimit): number {
  if (limit.unit === 'workday' && limit.value === 0) return sameDayClose(start);
  const whole = limit.unit === 'workday' && Number.isInteger(limit.value);
  return whole ? nthWorkingDayClose(start, limit.value) : addWorkingMinutes(start, limitMinutes(limit));
}

export function effective(promise: number): number {
  const day = dayOf(promise);
  return isWorkingDay(day) ? promise : closeOfDay(shiftWorkingDays(day, 1));
}

type Running = 'overdue' | 'due-today' | 'due-soon' | 'on-time';

export function judge(due: number, now: number, soon: number): Running {
  if (now > due) return 'overdue';
  if (dayOf(due) === dayOf(now)) return 'due-today';
  return workingMinutesBetween(now, due) <= soon ? 'due-soon' : 'on-time';
}

/** Lower is more urgent. */
export const URGENCY: Record<Running, number> = { overdue: 0, 'due-today': 1, 'due-soon': 2, 'on-time': 3 };

/** How badly a due sits on a boundary; 0 = clear of all. */
export function closeness(due: number, now: number, soons: readonly number[], weight: number): number {
  let sum = Math.abs(due - now) <= CLEAR ? 4 * weight : 0;
  if (due > now && dayOf(due) !== dayOf(now)) {
    const left = workingMinutesBetween(now, due);
    // Just above the threshold is worse than just below it: time only runs one way.
    for (const soon of soons) if (Math.abs(left - soon) < CLEAR) sum += left > soon ? 2 * weight : weight;
  }
  return sum;
}

/** A minute of the day inside the hours. */
export function workMinute(rng: Rng): number {
  return rng.chance(0.55) ? rng.int(7 * 60 + 35, 11 * 60 + 20) : rng.int(13 * 60 + 5, 16 * 60 + 50);
}

/** A working moment strictly between two moments, or undefined. */
export function workingBetween(rng: Rng, from: number, to: number): number | undefined {
  if (to - from < 2) return undefined;
  for (let i = 0; i < 40; i += 1) {
    const t = rng.int(from + 1, to - 1);
    if (isWorkingMinute(t)) return t;
  }
  const t = nextWorkingMinute(rng.int(from + 1, to - 1));
  return t < to ? t : undefined;
}

export function submitBefore(rng: Rng, channel: SandboxDossier['channel'], receivedAt: number): number {
  if (channel === 'counter') return receivedAt - rng.int(0, 25);
  if (channel === 'post') return receivedAt - rng.int(1500, 6000);
  return receivedAt - rng.int(20, 1700);
}

type DueStyle = 'close' | 'noon' | 'odd';

/** A dossier under way whose promise falls on the working day `dueDay`. */
export function underWay(scene: Scene, dueDay: number, style: DueStyle, limitDays?: number, off = 0): Times {
  const { rng, channel, variant } = scene;
  const days = limitDays ?? rng.pick(LIMITS);
  const day0 = shiftWorkingDays(dueDay, -(days + off));
  const minute = workMinute(rng);
  let receivedAt = at(day0, minute);
  let dueAt = closeOfDay(dueDay);
  // Some are handed in after closing time of the day before: day 0 is then the next working day.
  if (style === 'close' && off === 0 && rng.chance(0.06)) receivedAt = at(day0 - 1, rng.int(17 * 60, 20 * 60));
  if (style === 'noon') dueAt = at(dueDay, 11 * 60 + 30);
  // The same time of day, as some hosts count; always less than a working day before closing time.
  if (style === 'odd') dueAt = at(dueDay, minute);
  return {
    status: variant % 4 === 1 ? 2 : 4,
    channel,
    submittedAt: submitBefore(rng, channel, receivedAt),
    receivedAt,
    dueAt,
    limit: rng.chance(0.85) || limitDays !== undefined ? { value: days, unit: 'workday' } : undefined,
    supplementRequests: 0,
  };
}

export function style(rng: Rng): DueStyle {
  const x = rng.next();
  if (x < 0.72) return 'close';
  return x < 0.84 ? 'noon' : 'odd';
}

/** The promise as a host with minutes shows it. */
export function promised(times: Times): number | undefined {
  const promise = times.extendedDueAt ?? times.dueAt;
  if (promise === undefined) return undefined;
  return minuteOfDay(promise) === 0 ? closeOfDay(dayOf(promise)) : promise;
}
