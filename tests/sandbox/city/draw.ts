/** One draw of the moments of a dossier, situation by situation. */

import { at, closeOfDay, dayOf, isWorkingDay, nextWorkingMinute, shiftWorkingDays, startOfDay } from '../naive-time.ts';
import type { SandboxLimit, StatusCode } from '../types.ts';
import { hourCounted, noAppointment, sameDay, supplementKnown } from './counting.ts';
import {
  CLEAR,
  dueByLimit,
  effective,
  type Scene,
  style,
  submitBefore,
  type Times,
  underWay,
  workingBetween,
  workMinute,
} from './scene.ts';

/** One draw; undefined when the draw contradicts itself. */
export function draw(scene: Scene): Times | undefined {
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
    case 'hour-counted':
      return hourCounted(scene);
    case 'same-day-late':
      return sameDay(scene);
    case 'supplement-known':
      return supplementKnown(scene);
    case 'no-appointment':
      return noAppointment(scene);
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
