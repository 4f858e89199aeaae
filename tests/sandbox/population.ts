/**
 * The invented dossiers of the three simulated hosts: a pure function of a seed and of "now".
 *
 * Dossier i depends on the seed, on "now" and on i, never on how many are asked for. Times are drawn and redrawn
 * until the dossier is the case it is meant to be and stays away from every boundary, so that a test may run for
 * some minutes. Nobody here exists: unit H29.999 and procedures 9.9xxxxx are impossible, identities begin with
 * 999, phones with 0999, mail goes to example.invalid.
 */

import {
  addWorkingMinutes,
  at,
  closeOfDay,
  dayOf,
  isoDay,
  isWorkingDay,
  isWorkingMinute,
  minuteOfDay,
  nextWorkingMinute,
  nthWorkingDayClose,
  shiftWorkingDays,
  startOfDay,
  workingMinutesBetween,
} from './naive-time.ts';
import type {
  Population,
  SandboxComponent,
  SandboxDossier,
  SandboxFile,
  SandboxLimit,
  SandboxPerson,
  Situation,
  StatusCode,
} from './types.ts';

/** In the order in which they come round: dossier i has situation i mod 28. */
export const SITUATIONS: readonly Situation[] = [
  'on-time',
  'overdue-days',
  'due-soon',
  'new-online-fresh',
  'due-today',
  'waiting-supplement',
  'overdue-hours',
  'ready-on-time',
  'step-late',
  'mismatch',
  'extended',
  'new-online-late',
  'returned-on-time',
  'no-due',
  'short-limit',
  'midnight-due',
  'waiting-fee',
  'ready-late',
  'due-on-holiday',
  'new-counter',
  'returned-late',
  'odd-status',
  'after-supplement-overdue',
  'refused',
  'returned-pickup-late',
  'withdrawn',
  'ready-no-date',
  'stopped',
];

// ---------------------------------------------------------------------------------------------- random numbers

interface Rng {
  /** 0 ≤ x < 1 */
  next(): number;
  /** a ≤ x ≤ b, whole */
  int(a: number, b: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** xmur3 for the seed, mulberry32 for the stream. */
function makeRng(text: string): Rng {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i += 1) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  h = Math.imul(h ^ (h >>> 16), 2246822507);
  h = Math.imul(h ^ (h >>> 13), 3266489909);
  let state = (h ^ (h >>> 16)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (a: number, b: number): number => a + Math.floor(next() * (b - a + 1));
  return {
    next,
    int,
    chance: (p) => next() < p,
    pick: (list) => {
      const item = list[int(0, list.length - 1)];
      if (item === undefined) throw new Error('pick from an empty list');
      return item;
    },
  };
}

// --------------------------------------------------------------------------------------------------- the times

interface Times {
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
  channel: SandboxDossier['channel'];
}

interface StepTimes {
  startedAt: number;
  limit?: SandboxLimit;
  dueAt?: number;
}

interface Scene {
  situation: Situation;
  /** How many times the situation came before: chooses among its variants. */
  variant: number;
  now: number;
  rng: Rng;
  channel: SandboxDossier['channel'];
}

const LIMITS = [2, 3, 5, 7, 8, 10, 12, 15, 20, 25, 30];
const PLAIN_SOON = 960;
/** How far from every boundary, in real or working minutes. */
const CLEAR = 120;
const ATTEMPTS = 80;

export function limitMinutes(limit: SandboxLimit): number {
  return limit.unit === 'hour' ? limit.value * 60 : limit.value * 480;
}

function soonOf(limit: SandboxLimit | undefined): number {
  return limit === undefined ? PLAIN_SOON : Math.min(PLAIN_SOON, limitMinutes(limit) / 2);
}

/** The civil-code answer for a limit. */
export function dueByLimit(start: number, limit: SandboxLimit): number {
  const whole = limit.unit === 'workday' && Number.isInteger(limit.value);
  return whole ? nthWorkingDayClose(start, limit.value) : addWorkingMinutes(start, limitMinutes(limit));
}

function effective(promise: number): number {
  const day = dayOf(promise);
  return isWorkingDay(day) ? promise : closeOfDay(shiftWorkingDays(day, 1));
}

type Running = 'overdue' | 'due-today' | 'due-soon' | 'on-time';

function judge(due: number, now: number, soon: number): Running {
  if (now > due) return 'overdue';
  if (dayOf(due) === dayOf(now)) return 'due-today';
  return workingMinutesBetween(now, due) <= soon ? 'due-soon' : 'on-time';
}

/** Lower is more urgent. */
const URGENCY: Record<Running, number> = { overdue: 0, 'due-today': 1, 'due-soon': 2, 'on-time': 3 };

/** How badly a due sits on a boundary; 0 = clear of all. */
function closeness(due: number, now: number, soons: readonly number[], weight: number): number {
  let sum = Math.abs(due - now) <= CLEAR ? 4 * weight : 0;
  if (due > now && dayOf(due) !== dayOf(now)) {
    const left = workingMinutesBetween(now, due);
    // Just above the threshold is worse than just below it: time only runs one way.
    for (const soon of soons) if (Math.abs(left - soon) < CLEAR) sum += left > soon ? 2 * weight : weight;
  }
  return sum;
}

/** A minute of the day inside the hours. */
function workMinute(rng: Rng): number {
  return rng.chance(0.55) ? rng.int(7 * 60 + 35, 11 * 60 + 20) : rng.int(13 * 60 + 5, 16 * 60 + 50);
}

/** A working moment strictly between two moments, or undefined. */
function workingBetween(rng: Rng, from: number, to: number): number | undefined {
  if (to - from < 2) return undefined;
  for (let i = 0; i < 40; i += 1) {
    const t = rng.int(from + 1, to - 1);
    if (isWorkingMinute(t)) return t;
  }
  const t = nextWorkingMinute(rng.int(from + 1, to - 1));
  return t < to ? t : undefined;
}

function submitBefore(rng: Rng, channel: SandboxDossier['channel'], receivedAt: number): number {
  if (channel === 'counter') return receivedAt - rng.int(0, 25);
  if (channel === 'post') return receivedAt - rng.int(1500, 6000);
  return receivedAt - rng.int(20, 1700);
}

type DueStyle = 'close' | 'noon' | 'odd';

/** A dossier under way whose promise falls on the working day `dueDay`. */
function underWay(scene: Scene, dueDay: number, style: DueStyle, limitDays?: number, off = 0): Times {
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

function style(rng: Rng): DueStyle {
  const x = rng.next();
  if (x < 0.72) return 'close';
  return x < 0.84 ? 'noon' : 'odd';
}

/** A step that began lately; its due is always start + limit when both are given. */
function drawStep(scene: Scene, from: number): StepTimes | undefined {
  const { rng, now } = scene;
  const startedAt = workingBetween(rng, Math.max(from, now - rng.int(600, 20_000)), now);
  if (startedAt === undefined) return undefined;
  const limit = rng.pick<SandboxLimit>([
    { value: 4, unit: 'hour' },
    { value: 8, unit: 'hour' },
    { value: 16, unit: 'hour' },
    { value: 0.5, unit: 'workday' },
    { value: 1, unit: 'workday' },
    { value: 2, unit: 'workday' },
    { value: 3, unit: 'workday' },
    { value: 5, unit: 'workday' },
    { value: 10, unit: 'workday' },
  ]);
  const step: StepTimes = { startedAt, limit };
  if (rng.chance(0.5)) step.dueAt = dueByLimit(startedAt, limit);
  return step;
}

function stepDue(step: StepTimes): number | undefined {
  return step.dueAt ?? (step.limit ? dueByLimit(step.startedAt, step.limit) : undefined);
}

/** One draw; undefined when the draw contradicts itself. */
function draw(scene: Scene): Times | undefined {
  const { situation, variant, now, rng, channel } = scene;
  const today = dayOf(now);
  const future = (n: number): number => shiftWorkingDays(today, n);
  const past = (n: number): number => shiftWorkingDays(today, -n);

  switch (situation) {
    case 'new-online-fresh': {
      // Not before the last close, so the first working day after it is still to come as a whole.
      const open = nextWorkingMinute(now);
      const lastClose = closeOfDay(shiftWorkingDays(dayOf(open), -1));
      const submittedAt = rng.int(lastClose, Math.max(lastClose, now - 3));
      return { status: 1, channel: 'online', submittedAt, supplementRequests: 0 };
    }
    case 'new-online-late': {
      const submittedAt = at(past(rng.int(2, 7)), rng.int(0, 1439));
      return { status: 1, channel: 'online', submittedAt, supplementRequests: 0 };
    }
    case 'new-counter': {
      const submittedAt = at(past(rng.int(1, 4)), workMinute(rng));
      return { status: 1, channel: variant % 3 === 2 ? 'post' : 'counter', submittedAt, supplementRequests: 0 };
    }
    case 'on-time':
      return underWay(scene, future(rng.int(3, 18)), style(rng));
    case 'due-soon':
      return underWay(scene, future(rng.int(1, 2)), style(rng));
    case 'due-today': {
      const possible = isWorkingDay(today) && closeOfDay(today) - now > CLEAR;
      if (!possible) return underWay(scene, future(1), 'close', rng.pick([5, 7, 10, 15]));
      return underWay(scene, today, style(rng));
    }
    case 'overdue-hours':
      return underWay(scene, rng.chance(0.5) && isWorkingDay(today) ? today : past(1), style(rng));
    case 'overdue-days':
      return underWay(scene, past(rng.int(2, 15)), style(rng));
    case 'no-due': {
      const times = underWay(scene, future(rng.int(-3, 8)), 'close');
      return { ...times, dueAt: undefined, limit: variant % 3 === 0 ? times.limit : undefined };
    }
    case 'extended': {
      const late = variant % 4 === 3;
      const times = underWay(scene, past(late ? rng.int(5, 9) : rng.int(1, 6)), 'close');
      const day = late ? past(rng.int(1, 3)) : future(rng.int(3, 10));
      return { ...times, extendedDueAt: rng.chance(0.8) ? closeOfDay(day) : at(day, workMinute(rng)) };
    }
    case 'step-late':
      return underWay(scene, future(rng.int(3, 15)), style(rng));
    case 'mismatch':
      return underWay(scene, future(rng.int(1, 10)), 'close', rng.pick([4, 5, 7, 10, 15]), rng.pick([-2, -1, 1, 2, 3]));
    case 'short-limit': {
      const limit = rng.pick<SandboxLimit>([
        { value: 8, unit: 'hour' },
        { value: 10, unit: 'hour' },
        { value: 12, unit: 'hour' },
        { value: 16, unit: 'hour' },
        { value: 1, unit: 'workday' },
        { value: 2, unit: 'workday' },
        { value: 1.5, unit: 'workday' },
      ]);
      const received = workingBetween(rng, at(past(3), 7 * 60), now);
      if (received === undefined) return undefined;
      return {
        status: 4,
        channel,
        submittedAt: submitBefore(rng, channel, received),
        receivedAt: received,
        dueAt: dueByLimit(received, limit),
        limit,
        supplementRequests: 0,
      };
    }
    case 'waiting-supplement':
      return {
        ...underWay(scene, future(rng.int(-6, 8)), style(rng)),
        status: 5,
        supplementRequests: rng.int(1, 2),
      };
    case 'waiting-fee':
      return { ...underWay(scene, future(rng.int(-6, 8)), style(rng)), status: 6 };
    case 'after-supplement-overdue':
      return {
        ...underWay(scene, past(rng.int(2, 9)), style(rng)),
        status: 4,
        supplementRequests: rng.int(1, 2),
      };
    case 'ready-on-time':
    case 'returned-on-time':
    case 'returned-pickup-late': {
      const lateReturn = situation === 'returned-pickup-late';
      const times = underWay(scene, lateReturn ? past(rng.int(3, 12)) : future(rng.int(-10, 5)), style(rng));
      const { receivedAt = 0, dueAt = 0 } = times;
      const completedAt = workingBetween(rng, receivedAt + 10, Math.min(now, dueAt) - CLEAR);
      if (completedAt === undefined) return undefined;
      if (situation === 'ready-on-time') return { ...times, status: 9, completedAt };
      const returnedAt = lateReturn
        ? workingBetween(rng, dueAt + CLEAR, now)
        : workingBetween(rng, completedAt, Math.min(now, dueAt));
      if (returnedAt === undefined) return undefined;
      return { ...times, status: 10, completedAt: variant % 3 === 2 ? undefined : completedAt, returnedAt };
    }
    case 'ready-late':
    case 'returned-late': {
      const times = underWay(scene, past(rng.int(2, 12)), style(rng));
      const completedAt = workingBetween(rng, (times.dueAt ?? 0) + CLEAR, now - 10);
      if (completedAt === undefined) return undefined;
      if (situation === 'ready-late') return { ...times, status: 9, completedAt };
      const returnedAt = workingBetween(rng, completedAt, now);
      return returnedAt === undefined ? undefined : { ...times, status: 10, completedAt, returnedAt };
    }
    case 'ready-no-date': {
      const times = underWay(scene, future(rng.int(-8, 4)), style(rng));
      return { ...times, status: 9, dueAt: variant % 4 === 2 ? undefined : times.dueAt };
    }
    case 'refused': {
      if (variant % 2 === 0) {
        const submittedAt = at(past(rng.int(2, 9)), rng.int(6 * 60, 22 * 60));
        const completedAt = variant % 4 === 0 ? workingBetween(rng, submittedAt, now) : undefined;
        return { status: 3, channel, submittedAt, completedAt, supplementRequests: 0 };
      }
      return ended(scene, 3);
    }
    case 'withdrawn':
      return ended(scene, 7);
    case 'stopped':
      return ended(scene, 8);
    case 'odd-status':
      return underWay(scene, future(rng.int(-6, 8)), style(rng));
    case 'due-on-holiday': {
      const closed: number[] = [];
      for (let day = today - 8; day <= today + 30; day += 1) if (!isWorkingDay(day)) closed.push(day);
      // The telling ones: the promised moment has passed, the effective one has not.
      const between = closed.filter((day) => at(day, 0) < now && effective(closeOfDay(day)) > now + CLEAR);
      const day = rng.pick(variant % 3 === 0 && between.length > 0 ? between : closed);
      const times = underWay(scene, shiftWorkingDays(day, -1), 'close');
      const minute = rng.pick([17 * 60, 17 * 60, 11 * 60 + 30, 10 * 60 + 15]);
      return { ...times, dueAt: at(day, minute), limit: undefined };
    }
    case 'midnight-due': {
      const sameDay = variant % 2 === 0 && isWorkingDay(today) && closeOfDay(today) - now > CLEAR;
      const day = sameDay ? today : future(rng.pick([-5, -4, -3, -2, 1, 1, 2, 4, 5, 6, 8]));
      return { ...underWay(scene, day, 'close'), dueAt: startOfDay(day) };
    }
  }
}

/** 3, 7, 8: most have an end moment; some ended late, some without any date of it. */
function ended(scene: Scene, status: StatusCode): Times | undefined {
  const { rng, now, variant } = scene;
  const late = variant % 4 === 1;
  const times = underWay(scene, shiftWorkingDays(dayOf(now), late ? -rng.int(3, 10) : rng.int(-8, 5)), style(rng));
  if (variant % 4 === 2) return { ...times, status };
  const { receivedAt = 0, dueAt = 0 } = times;
  const completedAt = late
    ? workingBetween(rng, dueAt + CLEAR, now)
    : workingBetween(rng, receivedAt + 10, Math.min(now, dueAt) - CLEAR);
  return completedAt === undefined ? undefined : { ...times, status, completedAt };
}

/** The promise as a host with minutes shows it. */
function promised(times: Times): number | undefined {
  const promise = times.extendedDueAt ?? times.dueAt;
  if (promise === undefined) return undefined;
  return minuteOfDay(promise) === 0 ? closeOfDay(dayOf(promise)) : promise;
}

/** Does the draw show what it is named after? */
function isTheCase(scene: Scene, times: Times): boolean {
  const { situation, now, variant } = scene;
  const promise = promised(times);
  if (situation === 'new-online-fresh' || situation === 'new-online-late') {
    const verdict = judge(nthWorkingDayClose(times.submittedAt, 1), now, 240);
    return verdict === (situation === 'new-online-fresh' ? 'on-time' : 'overdue');
  }
  if (promise === undefined) return true;
  const due = effective(promise);
  const left = workingMinutesBetween(now, due);
  const verdict = judge(due, now, soonOf(times.limit));
  switch (situation) {
    case 'on-time':
    case 'step-late':
      return verdict === 'on-time' && judge(due, now, PLAIN_SOON) === 'on-time';
    case 'short-limit':
      // On time only because the threshold is cut to half of the limit.
      return verdict === 'on-time' && left <= PLAIN_SOON;
    case 'due-soon':
      return verdict === 'due-soon';
    case 'due-today': {
      const possible = isWorkingDay(dayOf(now)) && closeOfDay(dayOf(now)) - now > CLEAR;
      return verdict === (possible ? 'due-today' : 'due-soon');
    }
    case 'overdue-hours':
      return verdict === 'overdue' && left <= -10 && left > -480;
    case 'overdue-days':
    case 'after-supplement-overdue':
      return verdict === 'overdue' && left <= -480;
    case 'extended':
      return (
        (times.dueAt ?? 0) < now &&
        verdict === (variant % 4 === 3 ? 'overdue' : 'on-time') &&
        (times.dueAt ?? 0) < promise
      );
    case 'mismatch':
      return verdict === 'on-time' || verdict === 'due-soon';
    default:
      return true;
  }
}

/** The order of the moments, which no draw may break. */
function inOrder(times: Times, now: number): boolean {
  const { submittedAt, receivedAt, dueAt, completedAt, returnedAt } = times;
  if (submittedAt > now) return false;
  if (receivedAt !== undefined && (receivedAt < submittedAt || receivedAt > now - 2)) return false;
  if (receivedAt !== undefined && dueAt !== undefined && dayOf(dueAt) < dayOf(receivedAt)) return false;
  if (receivedAt !== undefined && dueAt !== undefined && minuteOfDay(dueAt) !== 0 && dueAt <= receivedAt) return false;
  if (completedAt !== undefined && (completedAt < (receivedAt ?? submittedAt) || completedAt > now)) return false;
  if (returnedAt !== undefined && (returnedAt < (completedAt ?? receivedAt ?? 0) || returnedAt > now)) return false;
  return true;
}

/** Boundaries of every view: with the limit and without, with minutes and with bare days. */
function penalty(times: Times, now: number): number {
  if (times.status === 1) {
    if (times.channel !== 'online') return 0;
    return closeness(nthWorkingDayClose(times.submittedAt, 1), now, [240, PLAIN_SOON], 10);
  }
  const promise = promised(times);
  if (promise === undefined || (times.status !== 2 && times.status !== 4)) return 0;
  return (
    closeness(effective(promise), now, [soonOf(times.limit), PLAIN_SOON], 10) +
    closeness(effective(closeOfDay(dayOf(promise))), now, [PLAIN_SOON], 1)
  );
}

/** A step that never hides the clock the situation is about; for "step-late" one that always does. */
function addStep(scene: Scene, times: Times): boolean {
  const { rng, now, situation } = scene;
  const { receivedAt } = times;
  if (receivedAt === undefined) return true;
  const active = times.status === 2 || times.status === 4;
  const wanted = situation === 'step-late';
  if (!wanted && !(active || times.status === 5 || times.status === 6)) return true;
  if (!wanted && rng.chance(0.35)) return true;
  for (let i = 0; i < 24; i += 1) {
    const step = drawStep(scene, receivedAt);
    if (step === undefined) continue;
    const due = stepDue(step);
    if (due === undefined) continue;
    if (active) {
      const verdicts = [judge(due, now, soonOf(step.limit)), judge(due, now, PLAIN_SOON)];
      if (closeness(due, now, [soonOf(step.limit), PLAIN_SOON], 1) > 0) continue;
      const promise = promised(times);
      if (wanted) {
        if (verdicts[0] !== 'overdue' || workingMinutesBetween(now, due) > -30) continue;
      } else if (promise === undefined) {
        if (verdicts.some((verdict) => verdict !== 'on-time')) continue;
      } else {
        // A step ends before the whole does.
        if (effective(promise) > now && due > effective(promise)) continue;
        // Whatever each view can see, the appointment is at least as urgent.
        const dues = [effective(promise), effective(closeOfDay(dayOf(promise)))];
        const least = Math.max(
          ...dues.flatMap((moment) =>
            [soonOf(times.limit), PLAIN_SOON].map((soon) => URGENCY[judge(moment, now, soon)]),
          ),
        );
        if (verdicts.some((verdict) => URGENCY[verdict] < least)) continue;
      }
    }
    times.step = step;
    return true;
  }
  if (wanted) return false;
  // A step whose clock nobody knows: it has a name and a start only.
  if (rng.chance(0.5)) {
    const startedAt = workingBetween(rng, Math.max(receivedAt, now - 9000), now);
    if (startedAt !== undefined) times.step = { startedAt };
  }
  return true;
}

function makeTimes(key: string, situation: Situation, variant: number, now: number): Times {
  let best: Times | undefined;
  let bestPenalty = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS * 4; attempt += 1) {
    // A flawless draw ends the search; otherwise the least bad of the first draws is taken.
    if (best !== undefined && attempt >= ATTEMPTS) break;
    const rng = makeRng(`${key}|${attempt}`);
    const channel = rng.pick(['online', 'online', 'online', 'counter', 'counter', 'post'] as const);
    const scene: Scene = { situation, variant, now, rng, channel };
    const times = draw(scene);
    if (times === undefined || !inOrder(times, now) || !isTheCase(scene, times)) continue;
    const cost = penalty(times, now);
    if (cost >= bestPenalty) continue;
    if (!addStep(scene, times)) continue;
    best = times;
    bestPenalty = cost;
    if (cost === 0) break;
  }
  if (best === undefined) throw new Error(`no times for ${situation} at ${now} (${key})`);
  return best;
}

// -------------------------------------------------------------------------------------------------- the people

const SURNAMES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Lý', 'Thạch', 'K’'];
const MIDDLES = ['Thị', 'Văn', 'Hữu', 'Ngọc', 'Minh', 'Thị Ánh', 'Quốc', 'Đức'];
const GIVEN = ['Hoa', 'Bình', 'Tuấn', 'Hằng', 'Phượng', 'Khoa', 'Thuỷ', 'Yến', 'Đạt', 'Giang', 'Ưng', 'Ẩn'];

/** Kinds of names, by index mod 23: the awkward ones come early and often. */
function personName(rng: Rng, number: number, kind: number): string {
  const mark = `Mẫu ${pad(number, 5)}`;
  const plain = `${rng.pick(SURNAMES)} ${rng.pick(MIDDLES)} ${rng.pick(GIVEN)} ${mark}`;
  switch (kind) {
    case 2:
      return `<b>Đậm</b> ${mark}`;
    case 4:
      return `<script>window.__pwned=1</script> ${mark}`;
    case 6:
      return `Trần "Bảy" O'Nít ${mark}`;
    case 8:
      return plain.normalize('NFD');
    case 10: {
      const long = `${mark} ${'Công Tằng Tôn Nữ Thị Rất Dài '.repeat(8)}`;
      return `${long.slice(0, 199)}Ỹ`;
    }
    case 12:
      return `Lê &amp; Hoàng &lt;em&gt; &nbsp;${mark}`;
    case 14:
      return `CÔNG TY TNHH MỘT THÀNH VIÊN ${mark.toUpperCase()}`;
    case 16:
      return `Hộ kinh doanh "Bánh mì ${rng.pick(GIVEN)}" ${mark}`;
    case 18:
      return `<img src=x onerror=window.__pwned=2> ${mark}`;
    case 20:
      return `Hội Người cao tuổi ${mark}`;
    case 1:
    case 7:
    case 13:
      return plain.toUpperCase();
    default:
      return plain;
  }
}

function makePerson(rng: Rng, number: number, kind: number): SandboxPerson {
  return {
    name: personName(rng, number, kind),
    identity: `999${pad(number, 9)}`,
    phone: `0999${pad(number, 6)}`,
    email: `mau.${pad(number, 5)}@example.invalid`,
    address: `${number} đường Không Có ${pad(number, 5)}, khu phố ${rng.int(1, 40)}, Phường Không Thật, TP.HCM`,
  };
}

const ORGANISATION_KINDS: ReadonlySet<number> = new Set([14, 16, 20]);

// ---------------------------------------------------------------------------------------- procedures and papers

interface ProcedureSeed {
  name: string;
  sector: string;
  /** Usual working days; 0 = within the day. */
  days: number;
}

const PROCEDURES: readonly ProcedureSeed[] = [
  { name: 'Thủ tục đăng ký khai sinh', sector: 'Hộ tịch', days: 0 },
  { name: 'Thủ tục đăng ký kết hôn', sector: 'Hộ tịch', days: 0 },
  { name: 'Thủ tục đăng ký khai tử', sector: 'Hộ tịch', days: 0 },
  { name: 'Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh', sector: 'Hộ tịch', days: 0 },
  { name: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân', sector: 'Hộ tịch', days: 3 },
  {
    name: 'Thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc',
    sector: 'Hộ tịch',
    days: 3,
  },
  { name: 'Thủ tục đăng ký lại khai sinh', sector: 'Hộ tịch', days: 5 },
  { name: 'Đăng ký lại kết hôn', sector: 'Hộ tịch', days: 5 },
  { name: 'Đăng ký chấm dứt giám hộ', sector: 'Hộ tịch', days: 2 },
  {
    name:
      'Liên thông điện tử: đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế, ' +
      'cấp thẻ căn cước cho trẻ em dưới 6 tuổi',
    sector: 'Thủ tục hành chính liên thông',
    days: 3,
  },
  { name: 'Cấp thẻ căn cước cho người dưới 06 tuổi', sector: 'Cấp, quản lý căn cước', days: 7 },
  { name: 'Đăng ký thường trú', sector: 'Đăng ký, quản lý cư trú', days: 7 },
  {
    name:
      'Xác nhận về điều kiện diện tích bình quân nhà ở để đăng ký thường trú vào chỗ ở do thuê, mượn, ở nhờ; ' +
      'nhà ở, đất ở không có tranh chấp quyền sở hữu nhà ở, quyền sử dụng đất ở, ' +
      'không thuộc địa điểm không được đăng ký thường trú mới',
    sector: 'Đăng ký, quản lý cư trú',
    days: 2,
  },
  {
    name:
      'Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam; ' +
      'cơ quan, tổ chức có thẩm quyền của nước ngoài cấp hoặc chứng nhận',
    sector: 'Chứng thực',
    days: 0,
  },
  { name: 'Chứng thực di chúc', sector: 'Chứng thực', days: 2 },
  {
    name: 'Chứng thực giao dịch liên quan đến tài sản là động sản, quyền sử dụng đất, nhà ở',
    sector: 'Chứng thực',
    days: 2,
  },
  {
    name: 'Đăng ký thành lập hộ kinh doanh',
    sector: 'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)',
    days: 3,
  },
  {
    name: 'Chấm dứt hoạt động hộ kinh doanh',
    sector: 'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)',
    days: 5,
  },
  {
    name: 'Cấp lại giấy phép xây dựng đối với công trình cấp III, cấp IV và nhà ở riêng lẻ',
    sector: 'Hoạt động xây dựng',
    days: 5,
  },
  { name: 'Công nhận Ban quản trị nhà chung cư', sector: 'Nhà ở và công sở', days: 7 },
  { name: 'Đính chính Giấy chứng nhận đã cấp lần đầu có sai sót', sector: 'Đất đai', days: 8 },
  {
    name:
      'Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản ' +
      'gắn liền với đất lần đầu đối với hộ gia đình, cá nhân, cộng đồng dân cư',
    sector: 'Đất đai',
    days: 20,
  },
  { name: 'Thực hiện, điều chỉnh, thôi hưởng trợ cấp hưu trí xã hội', sector: 'Bảo trợ xã hội', days: 10 },
  {
    name: 'Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật',
    sector: 'Bảo trợ xã hội',
    days: 25,
  },
  {
    name:
      'Giải quyết chế độ ưu đãi đối với trường hợp tặng hoặc truy tặng danh hiệu vinh dự nhà nước ' +
      '"Bà mẹ Việt Nam anh hùng"',
    sector: 'Người có công',
    days: 10,
  },
  { name: 'Giải quyết chế độ mai táng phí đối với dân công hỏa tuyến', sector: 'Người có công', days: 12 },
  {
    name: 'Trợ cấp một lần đối với thanh niên xung phong đã hoàn thành nhiệm vụ trong kháng chiến',
    sector: 'Người có công',
    days: 15,
  },
  { name: 'Công nhận ban vận động thành lập hội', sector: 'Quản lý nhà nước về hội, quỹ', days: 30 },
];

const AGENCIES: readonly SandboxDossier['agency'][] = [
  { code: 'H29.999', name: 'UBND Phường Không Thật' },
  { code: 'H29.999.01', name: 'Trung tâm Phục vụ hành chính công Phường Không Thật' },
];

function pickProcedure(rng: Rng, limit: SandboxLimit | undefined): SandboxDossier['procedure'] {
  const days = limit === undefined ? undefined : limit.unit === 'hour' || limit.value < 2 ? 0 : limit.value;
  const fitting = PROCEDURES.filter((procedure) => procedure.days === days);
  const seed = rng.pick(fitting.length > 0 ? fitting : PROCEDURES);
  return { code: `9.9${pad(PROCEDURES.indexOf(seed) + 1, 5)}`, name: seed.name, sector: seed.sector };
}

interface PaperSeed {
  name: string;
  slug: string;
  heading?: boolean;
  conditional?: boolean;
  required?: boolean;
}

const REQUIRED_PAPERS: readonly PaperSeed[] = [
  { name: 'Tờ khai đăng ký (theo mẫu)', slug: 'to-khai' },
  { name: 'Giấy chứng sinh', slug: 'giay-chung-sinh' },
  { name: 'Thẻ căn cước công dân hoặc Thẻ căn cước', slug: 'cccd' },
  { name: 'Giấy tờ chứng minh thông tin về cư trú', slug: 'cu-tru' },
  { name: 'Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất', slug: 'so-do' },
  { name: 'Bản vẽ hiện trạng nhà ở, công trình', slug: 'ban-ve' },
  { name: 'Đơn đề nghị (Mẫu số 01)', slug: 'don-de-nghi' },
  { name: 'Dự thảo hợp đồng, giao dịch', slug: 'du-thao' },
];

const OTHER_PAPERS: readonly PaperSeed[] = [
  { name: 'Văn bản ủy quyền (nếu có)', slug: 'uy-quyen', conditional: true },
  {
    name: 'Bản sao hộ chiếu còn giá trị (đối với người nước ngoài)',
    slug: 'ho-chieu',
    conditional: true,
    required: true,
  },
  {
    name: 'Giấy xác nhận tình trạng hôn nhân (đối với người nước ngoài)',
    slug: 'xac-nhan-hon-nhan',
    conditional: true,
  },
  {
    name: 'Giấy tờ chứng minh quan hệ (trường hợp cha, mẹ chưa đăng ký kết hôn)',
    slug: 'quan-he',
    conditional: true,
    required: true,
  },
  { name: 'Giấy tờ khác', slug: 'giay-to-khac' },
];

const HEADINGS: readonly PaperSeed[] = [
  { name: 'I. Giấy tờ phải nộp', slug: '', heading: true },
  { name: '* Giấy tờ phải xuất trình', slug: '', heading: true },
  { name: 'Một trong các giấy tờ sau:', slug: '', heading: true },
];

function makeFile(rng: Rng, slug: string, number: number, part: number): SandboxFile {
  const who = `${rng.pick(['nguyen', 'tran', 'le', 'pham'])}-${rng.pick(['thi', 'van'])}-mau-${pad(number, 5)}`;
  const extension = rng.pick(['pdf', 'pdf', 'pdf', 'pdf', 'jpg', 'docx']);
  const size = rng.chance(0.04) ? 0 : rng.int(18_000, 2_600_000);
  return { name: `${slug}-${who}${part > 0 ? `-${part + 1}` : ''}.${extension}`, size };
}

/** 2–6 rows, at least one that is always needed; about half of the dossiers lack nothing. */
function makeComponents(rng: Rng, index: number, owner: number): SandboxComponent[] {
  const total = 2 + (index % 5);
  const seeds: PaperSeed[] = [];
  const take = (list: readonly PaperSeed[]): void => {
    const free = list.filter((seed) => !seeds.includes(seed));
    if (free.length > 0) seeds.push(rng.pick(free));
  };
  if (total > 2 && rng.chance(0.5)) take(HEADINGS);
  take(REQUIRED_PAPERS);
  while (seeds.length < total) {
    const x = rng.next();
    if (x < 0.12 && seeds.length < total - 1 && seeds.at(-1)?.heading !== true) take(HEADINGS);
    else if (x < 0.5) take(OTHER_PAPERS);
    else take(REQUIRED_PAPERS);
  }
  const complete = rng.chance(0.55);
  return seeds.map((seed) => {
    const heading = seed.heading === true;
    const conditional = seed.conditional === true;
    const required = !heading && (seed.required ?? (!conditional && seed.slug !== 'giay-to-khac'));
    let count = 0;
    if (!heading) {
      if (required && !conditional) count = complete || rng.chance(0.55) ? rng.pick([1, 1, 1, 2, 3]) : 0;
      else count = rng.pick([0, 0, 1]);
    }
    const files = Array.from({ length: count }, (_, part) => makeFile(rng, seed.slug, owner, part));
    return { name: seed.name, heading, required, conditional, quantity: heading ? 0 : rng.pick([1, 1, 2]), files };
  });
}

// ---------------------------------------------------------------------------------------------- words and codes

const STATUS_TEXTS: Readonly<Record<StatusCode, readonly string[]>> = {
  1: ['Mới đăng ký'],
  2: ['Được tiếp nhận'],
  3: ['Không được tiếp nhận'],
  4: ['Đang xử lý', 'Đang xử lý', 'Thụ lý hồ sơ', 'Chờ ký duyệt'],
  5: ['Yêu cầu bổ sung giấy tờ'],
  6: ['Yêu cầu thực hiện nghĩa vụ tài chính', 'Yêu cầu thanh toán'],
  7: ['Công dân yêu cầu rút hồ sơ'],
  8: ['Dừng xử lý'],
  9: ['Đã xử lý xong', 'Chờ trả kết quả'],
  10: ['Đã trả kết quả'],
};

const STEPS = ['Tiếp nhận hồ sơ', 'Thẩm định hồ sơ', 'Lãnh đạo duyệt', 'Ký số kết quả', 'Chuyển trả kết quả'];

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** YYMMDD */
function shortDate(day: number): string {
  return isoDay(day).slice(2).replaceAll('-', '');
}

function makeCode(form: number, day: number, sequence: number, index: number): string {
  const date = shortDate(day);
  if (form === 3) return `HS/LẠ ${pad(index + 1, 5)}-${date.slice(0, 2)}`;
  if (form === 2) return `000.00.99.H29-${date}-${pad(sequence, 4)}`;
  return `H29.999-${date}-${pad(sequence, 4)}`;
}

/** About 1 % strange codes, 3 % in another known form. */
function codeForm(index: number): number {
  const turn = index % 100;
  if (turn === 39) return 3;
  return turn === 17 || turn === 52 || turn === 83 ? 2 : 1;
}

// -------------------------------------------------------------------------------------------------- all together

export interface PopulationOptions {
  seed: string;
  /** Epoch minutes. */
  now: number;
  count?: number;
}

export function makePopulation({ seed, now, count = 360 }: PopulationOptions): Population {
  const moment = Math.floor(now);
  const perDay = new Map<number, number>();
  const dossiers: SandboxDossier[] = [];
  for (let index = 0; index < count; index += 1) dossiers.push(makeDossier(seed, moment, index, perDay));
  return { seed, now: moment, dossiers };
}

function makeDossier(seed: string, now: number, index: number, perDay: Map<number, number>): SandboxDossier {
  const key = `${seed}|${index}`;
  const rng = makeRng(key);
  const situation = SITUATIONS[index % SITUATIONS.length] ?? 'on-time';
  const variant = Math.floor(index / SITUATIONS.length);
  const times = makeTimes(key, situation, variant, now);

  const kind = index % 23;
  const owner = makePerson(rng, 2 * index + 1, kind);
  const represented = ORGANISATION_KINDS.has(kind) || rng.chance(0.2);
  const submitter = represented ? makePerson(rng, 2 * index + 2, rng.chance(0.2) ? 8 : 0) : owner;

  const day = dayOf(times.receivedAt ?? times.submittedAt);
  const sequence = (perDay.get(day) ?? 0) + 1;
  perDay.set(day, sequence);
  const form = codeForm(index);

  const hex = (length: number): string => Array.from({ length }, () => rng.int(0, 15).toString(16)).join('');
  const dossier: SandboxDossier = {
    index,
    situation,
    id: `6899${hex(12)}${pad(index, 8)}`,
    numericId: 55_000 + index,
    code: makeCode(form, day, sequence, index),
    status: times.status,
    statusText: situation === 'odd-status' ? 'Trạng thái lạ 27' : rng.pick(STATUS_TEXTS[times.status]),
    procedure: pickProcedure(rng, times.limit),
    agency: rng.pick(AGENCIES),
    owner,
    submitter,
    channel: times.channel,
    submittedAt: times.submittedAt,
    supplementRequests: times.supplementRequests,
    components: makeComponents(rng, index, 2 * index + 1),
  };
  if (rng.chance(0.22)) {
    dossier.nationCode = `G00.99-${shortDate(dayOf(times.submittedAt))}-${pad(index + 1, 4)}`;
  }
  const names = ['receivedAt', 'dueAt', 'extendedDueAt', 'completedAt', 'returnedAt'] as const;
  for (const name of names) {
    const value = times[name];
    if (value !== undefined) dossier[name] = value;
  }
  if (times.limit !== undefined) dossier.limit = times.limit;
  if (times.step !== undefined) {
    dossier.step = { name: rng.pick(STEPS), officer: `Cán bộ Mẫu ${pad(rng.int(1, 30), 2)}`, ...times.step };
  }
  return dossier;
}
