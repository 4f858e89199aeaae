/**
 * The oracle: what the badge of one dossier must say in one view at one moment. It implements docs/verdicts.md a
 * second time, the slow way, and shares nothing with lib/. First `visible` cuts the dossier down to what the page
 * of that view shows, then `judgeVisible` applies the rules to that and to nothing else.
 */

import {
  addWorkingMinutes,
  closeOfDay,
  dayOf,
  hasTable,
  isoMinute,
  isWorkingDay,
  minuteOfDay,
  nextWorkingMinute,
  nthWorkingDayClose,
  sameDayClose,
  shiftWorkingDays,
  startOfDay,
  workingMinutesBetween,
  yearOf,
} from './naive-time.ts';
import type { Expected, SandboxDossier, SandboxLimit, SandboxSupplement, StatusCode, View } from './types.ts';

export { isoMinute };

export type MomentName = 'submittedAt' | 'receivedAt' | 'dueAt' | 'extendedDueAt' | 'completedAt' | 'returnedAt';

/** What can be read in one view. Moments of `dayOnly` are the 00:00 of their day. */
export interface Visible {
  status: StatusCode | 'unknown';
  channel?: SandboxDossier['channel'];
  submittedAt?: number;
  receivedAt?: number;
  dueAt?: number;
  extendedDueAt?: number;
  completedAt?: number;
  returnedAt?: number;
  limit?: SandboxLimit;
  step?: { startedAt?: number; dueAt?: number; limit?: SandboxLimit };
  supplementRequests: number;
  /** Supplements whose start and end the page tells. */
  pauses?: readonly SandboxSupplement[];
  /** The page says in words that no date is promised. */
  noDueDate?: true;
  dayOnly: ReadonlySet<MomentName>;
}

// ------------------------------------------------------------------------------------------------- what is shown

interface OpenCpsGroup {
  key: string;
  title: string;
  status: StatusCode | 'unknown';
  holds: readonly StatusCode[];
}

/** The menu of the OpenCPS-like host; a group's title is all its list says about the status. */
const OPENCPS_GROUPS: readonly OpenCpsGroup[] = [
  { key: '0', title: 'Chờ tiếp nhận', status: 1, holds: [1] },
  { key: '1', title: 'Đang xử lý', status: 4, holds: [2, 4] },
  { key: '2', title: 'Chờ bổ sung', status: 5, holds: [5] },
  { key: '3', title: 'Chờ thanh toán', status: 6, holds: [6] },
  { key: '4', title: 'Chờ trả kết quả', status: 9, holds: [9] },
  { key: '5', title: 'Đã trả kết quả', status: 10, holds: [10] },
  { key: '6', title: 'Không tiếp nhận', status: 3, holds: [3] },
  { key: '7', title: 'Rút hồ sơ', status: 7, holds: [7] },
  { key: '8', title: 'Dừng xử lý', status: 8, holds: [8] },
];

const OPENCPS_REST: OpenCpsGroup = { key: '9', title: 'Hồ sơ khác', status: 'unknown', holds: [] };

function groupOf(dossier: SandboxDossier): OpenCpsGroup {
  if (dossier.situation === 'odd-status') return OPENCPS_REST;
  return OPENCPS_GROUPS.find((group) => group.holds.includes(dossier.status)) ?? OPENCPS_REST;
}

/** Under which menu entry of the OpenCPS-like host a dossier is listed. */
export function openCpsGroup(dossier: SandboxDossier): { key: string; title: string } {
  const { key, title } = groupOf(dossier);
  return { key, title };
}

/** All menu entries, in the order of the menu. */
export function openCpsGroups(): { key: string; title: string }[] {
  return [...OPENCPS_GROUPS, OPENCPS_REST].map(({ key, title }) => ({ key, title }));
}

/** Cut a dossier down to what one view shows. */
export function visible(dossier: SandboxDossier, view: View): Visible {
  const status = dossier.situation === 'odd-status' ? 'unknown' : dossier.status;
  const promise = dossier.extendedDueAt ?? dossier.dueAt;
  const { submittedAt, receivedAt, dueAt, extendedDueAt, completedAt, returnedAt, limit, step } = dossier;
  // Lists and answers do not tell how often papers were asked for, nor when the clock stood.
  const always = { status, supplementRequests: 0 } as const;
  const { supplements } = dossier;
  const asked = supplements && { supplementRequests: supplements.length, pauses: supplements };
  const noDueDate = dossier.situation === 'no-appointment' || undefined;
  // A limit of nought is a same-day procedure where words say so; as a number it may as well be one that nobody has set.
  const counted = limit?.value === 0 ? undefined : limit;

  switch (view) {
    case 'igate-json-list':
      // The list's answer knows neither an extension (the new date simply stands as the appointment) nor the day of return.
      return withMidnights({
        ...always,
        channel: dossier.channel,
        submittedAt,
        receivedAt,
        dueAt: promise,
        completedAt,
        limit: counted,
        step: step && { startedAt: step.startedAt, dueAt: step.dueAt, limit: step.limit },
      });
    case 'igate-json-detail':
      // Completed by what the detail page shows: "Ngày gia hạn", "Ngày trả kết quả", the table of supplements.
      return withMidnights({
        ...always,
        ...asked,
        channel: dossier.channel,
        submittedAt,
        receivedAt,
        dueAt,
        noDueDate,
        extendedDueAt,
        completedAt,
        returnedAt,
        limit,
        step: step && { startedAt: step.startedAt, dueAt: step.dueAt, limit: step.limit },
      });
    case 'igate-dom-list':
      if (status === 1) return withMidnights({ ...always });
      return withMidnights({ ...always, receivedAt, dueAt: promise, noDueDate });
    case 'igate-dom-detail':
      return withMidnights({
        ...always,
        ...asked,
        channel: dossier.channel,
        submittedAt,
        receivedAt,
        dueAt,
        noDueDate,
        extendedDueAt,
        completedAt,
        returnedAt,
        limit,
      });
    case 'opencps-json-list':
    case 'opencps-json-detail':
      return withMidnights({
        ...always,
        channel: dossier.channel === 'online' ? 'online' : 'counter',
        submittedAt,
        receivedAt,
        dueAt,
        extendedDueAt,
        completedAt,
        returnedAt,
        limit: counted,
        step: step && { dueAt: step.dueAt },
      });
    case 'opencps-dom-list':
      return withMidnights({
        ...always,
        status: groupOf(dossier).status,
        channel: dossier.channel === 'online' ? 'online' : 'counter',
        submittedAt,
        receivedAt,
        dueAt,
        extendedDueAt,
      });
    case 'opencps-dom-detail':
      return withMidnights({ ...always, submittedAt, receivedAt, dueAt, extendedDueAt, limit: counted });
    case 'webforms-list':
      return bareDays({ ...always, receivedAt, dueAt: promise, noDueDate });
    case 'webforms-detail':
      return bareDays({
        ...always,
        ...asked,
        submittedAt,
        receivedAt,
        dueAt: promise,
        noDueDate,
        completedAt,
        returnedAt,
      });
  }
}

type Shown = Omit<Visible, 'dayOnly'>;

/** A due at 00:00 is a bare day. */
function withMidnights(shown: Shown): Visible {
  const dayOnly = new Set<MomentName>();
  for (const name of ['dueAt', 'extendedDueAt'] as const) {
    const value = shown[name];
    if (value !== undefined && minuteOfDay(value) === 0) dayOnly.add(name);
  }
  return { ...shown, dayOnly };
}

/** A page that writes no time of day anywhere. */
function bareDays(shown: Shown): Visible {
  const result: Shown = { ...shown };
  const dayOnly = new Set<MomentName>();
  for (const name of ['submittedAt', 'receivedAt', 'dueAt', 'completedAt', 'returnedAt'] as const) {
    const value = shown[name];
    if (value === undefined) continue;
    result[name] = startOfDay(dayOf(value));
    dayOnly.add(name);
  }
  // From the first minute of the one day to the last of the other: a pause must not be taken for shorter than it was.
  result.pauses = shown.pauses?.map(({ from, to }) => ({
    from: startOfDay(dayOf(from)),
    to: startOfDay(dayOf(to) + 1),
  }));
  return { ...result, dayOnly };
}

// ------------------------------------------------------------------------------------------------------ the rules

type Clock = Expected['clock'];
type Verdict = Expected['verdict'];

interface Reading {
  clock: Clock;
  verdict: Verdict;
  /** The moment for data-due. */
  due?: number;
  left?: number;
  /** Never hides a clock that is known. */
  last?: boolean;
}

const MOST_URGENT_FIRST: readonly Verdict[] = [
  'overdue',
  'due-today',
  'due-soon',
  'finished-late',
  'unknown',
  'awaiting-pickup',
  'on-time',
  'paused',
  'finished-on-time',
  'not-started',
];

const ON_A_TIE: readonly Clock[] = ['appointment', 'step', 'acceptance', 'return'];

const SOON = 960;
const WORKING_DAY = 480;
/** The law's limit for accepting an online dossier: one working day. */
const ACCEPTANCE_LIMIT: SandboxLimit = { value: 1, unit: 'workday' };

function limitInMinutes(limit: SandboxLimit): number {
  return limit.unit === 'hour' ? limit.value * 60 : limit.value * WORKING_DAY;
}

function soonFor(limit: SandboxLimit | undefined): number {
  return limit === undefined ? SOON : Math.min(SOON, limitInMinutes(limit) / 2);
}

/** Civil-code: whole working days end at a close, everything else is counted in minutes. */
function dueAfter(start: number, limit: SandboxLimit): number {
  if (limit.unit === 'workday' && limit.value === 0) return sameDayClose(start);
  if (limit.unit === 'workday' && Number.isInteger(limit.value)) return nthWorkingDayClose(start, limit.value);
  return addWorkingMinutes(start, limitInMinutes(limit));
}

function effective(promise: number): number {
  const day = dayOf(promise);
  return isWorkingDay(day) ? promise : closeOfDay(shiftWorkingDays(day, 1));
}

function canCount(a: number, b: number): boolean {
  for (let year = yearOf(Math.min(a, b)); year <= yearOf(Math.max(a, b)); year += 1) {
    if (!hasTable(year)) return false;
  }
  return true;
}

/** A clock that runs towards `due`; `shown` is the moment that data-due names. */
function running(clock: Clock, due: number, shown: number, limit: SandboxLimit | undefined, now: number): Reading {
  if (!canCount(now, due)) return { clock, verdict: 'unknown', due: shown };
  const left = workingMinutesBetween(now, due);
  let verdict: Verdict = 'on-time';
  if (now > due) verdict = 'overdue';
  else if (dayOf(now) === dayOf(due)) verdict = 'due-today';
  else if (left <= soonFor(limit)) verdict = 'due-soon';
  return { clock, verdict, due: shown, left };
}

/** The promised moment, as data-due shows it. */
function promiseOf(shown: Visible): number | undefined {
  const name = shown.extendedDueAt !== undefined ? 'extendedDueAt' : 'dueAt';
  const value = shown[name];
  if (value === undefined) return undefined;
  return shown.dayOnly.has(name) ? closeOfDay(dayOf(value)) : value;
}

/** Did an end moment come in time? `left` counts from the end to the promise. */
function compareEnd(end: number, dayOnly: boolean, promise: number): { late: boolean; left: number } {
  const due = effective(promise);
  if (dayOnly) return { late: dayOf(end) > dayOf(due), left: workingMinutesBetween(closeOfDay(dayOf(end)), due) };
  return { late: end > due, left: workingMinutesBetween(end, due) };
}

/** The appointment of a dossier that has come to an end (3, 7, 8, 9, 10). */
function finished(shown: Visible): Reading {
  const promise = promiseOf(shown);
  const unknown: Reading = { clock: 'appointment', verdict: 'unknown', due: promise, last: shown.status === 9 };
  if (promise === undefined) return unknown;
  if (shown.completedAt !== undefined) {
    const { late, left } = compareEnd(shown.completedAt, shown.dayOnly.has('completedAt'), promise);
    return { clock: 'appointment', verdict: late ? 'finished-late' : 'finished-on-time', due: promise, left };
  }
  if (shown.status === 10 && shown.returnedAt !== undefined) {
    const { late, left } = compareEnd(shown.returnedAt, shown.dayOnly.has('returnedAt'), promise);
    if (!late) return { clock: 'appointment', verdict: 'finished-on-time', due: promise, left };
  }
  return unknown;
}

function acceptance(shown: Visible, now: number): Reading {
  if (shown.channel === 'counter' || shown.channel === 'post') return { clock: 'acceptance', verdict: 'not-started' };
  if (shown.channel === undefined || shown.submittedAt === undefined) {
    return { clock: 'acceptance', verdict: 'unknown' };
  }
  const firstDay = dayOf(nextWorkingMinute(shown.submittedAt));
  const due = closeOfDay(shiftWorkingDays(firstDay, 1));
  return running('acceptance', due, due, ACCEPTANCE_LIMIT, now);
}

function appointment(shown: Visible, now: number): Reading {
  const promise = promiseOf(shown);
  if (promise === undefined) return { clock: 'appointment', verdict: 'unknown' };
  const due = effective(promise);
  // Nobody can say how long the clock stood while papers were waited for, unless the page tells from when to when.
  const known = shown.pauses?.some(({ from, to }) => to > from);
  if (shown.supplementRequests >= 1 && !known && now > due)
    return { clock: 'appointment', verdict: 'unknown', due: promise };
  return running('appointment', due, promise, shown.limit, now);
}

function stepDue(step: NonNullable<Visible['step']>): number | undefined {
  if (step.dueAt !== undefined) return step.dueAt;
  if (step.startedAt === undefined || step.limit === undefined) return undefined;
  return dueAfter(step.startedAt, step.limit);
}

/** All clocks that have something to say. */
function readings(shown: Visible, now: number): Reading[] {
  const step = shown.step === undefined ? undefined : stepDue(shown.step);
  switch (shown.status) {
    case 'unknown':
      return [{ clock: 'appointment', verdict: 'unknown', due: promiseOf(shown) }];
    case 1:
      return [{ clock: 'appointment', verdict: 'not-started', due: promiseOf(shown) }, acceptance(shown, now)];
    case 2:
    case 4: {
      const list = [appointment(shown, now)];
      if (step !== undefined) {
        const reading = running('step', step, step, shown.step?.limit, now);
        list.push({ ...reading, last: reading.verdict === 'unknown' });
      }
      return list;
    }
    case 5:
    case 6: {
      const list: Reading[] = [{ clock: 'appointment', verdict: 'paused', due: promiseOf(shown) }];
      if (step !== undefined) list.push({ clock: 'step', verdict: 'paused', due: step });
      return list;
    }
    case 9:
      return [finished(shown), { clock: 'return', verdict: 'awaiting-pickup', due: promiseOf(shown) }];
    case 3:
    case 7:
    case 8:
    case 10:
      return [finished(shown)];
  }
}

function rank(reading: Reading): number {
  return reading.last ? MOST_URGENT_FIRST.length : MOST_URGENT_FIRST.indexOf(reading.verdict);
}

function mostUrgent(list: readonly Reading[]): Reading {
  const sorted = [...list].sort((a, b) => rank(a) - rank(b) || ON_A_TIE.indexOf(a.clock) - ON_A_TIE.indexOf(b.clock));
  const first = sorted[0];
  if (first === undefined) throw new Error('no clock');
  return first;
}

/** From when the limit runs: once the papers asked for have come, the whole of it runs again (NĐ 61/2018 art. 19.4). */
function limitStart(receivedAt: number, pauses: readonly SandboxSupplement[]): number {
  return Math.max(receivedAt, ...pauses.map(({ to }) => to));
}

/** The system's promise minus our own computation, when they are a working day or more apart. */
function mismatchOf(shown: Visible): number | null {
  if (shown.status !== 2 && shown.status !== 4) return null;
  const { extendedDueAt, supplementRequests, pauses = [], receivedAt, limit } = shown;
  if (extendedDueAt !== undefined || (supplementRequests > 0 && pauses.length === 0)) return null;
  const promise = promiseOf(shown);
  if (promise === undefined || receivedAt === undefined || limit === undefined) return null;
  // Of a bare day nobody knows the minute, nor the side of 15:00.
  const byDays = limit.unit === 'workday' && Number.isInteger(limit.value) && limit.value > 0;
  if (!byDays && shown.dayOnly.has('receivedAt')) return null;
  const own = dueAfter(limitStart(receivedAt, pauses), limit);
  if (!canCount(receivedAt, Math.max(own, promise))) return null;
  const difference = workingMinutesBetween(own, promise);
  return Math.abs(difference) >= WORKING_DAY ? difference : null;
}

const WITH_LEFT: ReadonlySet<Verdict> = new Set([
  'overdue',
  'due-today',
  'due-soon',
  'on-time',
  'finished-on-time',
  'finished-late',
]);

/** The rules, applied to what is visible. */
export function judgeVisible(shown: Visible, now: number): Expected {
  const reading = mostUrgent(readings(shown, now));
  return {
    clock: reading.clock,
    verdict: reading.verdict,
    due: reading.due === undefined ? '' : isoMinute(reading.due),
    left: WITH_LEFT.has(reading.verdict) ? (reading.left ?? null) : null,
    mismatch: mismatchOf(shown),
  };
}

/** What the badge must carry for one dossier in one view at one moment. */
export function expectFor(dossier: SandboxDossier, view: View, now: number): Expected {
  return judgeVisible(visible(dossier, view), Math.floor(now));
}
