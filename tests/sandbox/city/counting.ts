/** Dossiers whose promise hangs on how days are counted: by the hour, within the day, around a supplement, or not at all. */

import {
  addWorkingMinutes,
  at,
  dayOf,
  nextWorkingMinute,
  nthWorkingDayClose,
  sameDayClose,
  shiftWorkingDays,
  workingMinutesBetween,
} from '../naive-time.ts';
import type { SandboxLimit, SandboxSupplement } from '../types.ts';
import { type Scene, submitBefore, type Times, underWay, workMinute } from './scene.ts';

function received(scene: Scene, receivedAt: number, dueAt: number, limit: SandboxLimit): Times {
  const channel = scene.channel;
  const submittedAt = submitBefore(scene.rng, channel, receivedAt);
  return { status: 4, channel, submittedAt, receivedAt, dueAt, limit, supplementRequests: 0 };
}

/**
 * The host counts N × 8 working hours. Taken in while the office works, that ends on the Nth day at the same hour: less
 * than a working day before the close of it. Taken in outside the hours, counting begins with an opening and ends with
 * the close before the Nth day (some hosts then write its opening): exactly a working day too early.
 */
export function hourCounted(scene: Scene): Times {
  const { rng, now, variant } = scene;
  const value = rng.pick([2, 3, 5, 7, 10, 15]);
  const dueDay = shiftWorkingDays(dayOf(now), rng.int(1, 10));
  const limit: SandboxLimit = { value, unit: 'workday' };
  if (variant % 2 === 0) {
    const receivedAt = at(shiftWorkingDays(dueDay, -value), workMinute(rng));
    return received(scene, receivedAt, addWorkingMinutes(receivedAt, value * 480), limit);
  }
  const first = shiftWorkingDays(dueDay, 1 - value);
  const receivedAt = at(first - 1, rng.pick([17 * 60, rng.int(17 * 60, 20 * 60)]));
  const end = addWorkingMinutes(receivedAt, value * 480);
  return received({ ...scene, channel: 'online' }, receivedAt, variant % 4 === 3 ? nextWorkingMinute(end) : end, limit);
}

/** To be returned within the day; what comes at 15:00 or later, by the close of the next working day. */
export function sameDay(scene: Scene): Times {
  const { rng, now, variant } = scene;
  const minute =
    variant % 2 === 0
      ? rng.pick([15 * 60, 15 * 60 + 20, rng.int(15 * 60, 16 * 60 + 50)])
      : rng.pick([rng.int(7 * 60 + 35, 9 * 60 + 59), rng.int(9 * 60, 9 * 60 + 59), 14 * 60 + 59]);
  const receivedAt = at(shiftWorkingDays(dayOf(now) + 1, -rng.int(1, 3)), minute);
  return received(scene, receivedAt, sameDayClose(receivedAt), { value: 0, unit: 'workday' });
}

/** The host lets the clock stand while papers are waited for; by the decree the whole limit begins anew. */
export function supplementKnown(scene: Scene): Times {
  const { rng, now, variant } = scene;
  const value = rng.pick([5, 7, 10, 15]);
  const day0 = shiftWorkingDays(dayOf(now), -rng.int(4, 24));
  const receivedAt = at(day0, workMinute(rng));
  const supplements: SandboxSupplement[] = [];
  // Asked on the very first day, hardly anything of the limit is used: both ways of counting nearly agree.
  const atOnce = variant % 3 === 2;
  let day = day0;
  for (let i = variant % 2; i < 2; i += 1) {
    const asked = atOnce ? day : shiftWorkingDays(day, rng.int(2, 3));
    // More than a working day, whatever the hours.
    day = shiftWorkingDays(asked, rng.int(2, 4));
    supplements.push({ from: at(asked, workMinute(rng)), to: at(day, workMinute(rng)) });
    if (atOnce) break;
  }
  const stood = supplements.reduce((sum, { from, to }) => sum + workingMinutesBetween(from, to), 0);
  const dueAt = addWorkingMinutes(nthWorkingDayClose(receivedAt, value), stood);
  return {
    ...received(scene, receivedAt, dueAt, { value, unit: 'workday' }),
    supplementRequests: supplements.length,
    supplements,
  };
}

/** A procedure that promises no date, and says so. */
export function noAppointment(scene: Scene): Times {
  const { rng, now } = scene;
  const times = underWay(scene, shiftWorkingDays(dayOf(now), rng.int(-3, 8)), 'close');
  return { ...times, dueAt: undefined, limit: undefined };
}

/** The moments of every supplement in order, the last of them over. */
export function supplementsInOrder({ receivedAt = 0, supplements = [] }: Times, now: number): boolean {
  if (supplements.length === 0) return true;
  const moments = [receivedAt, ...supplements.flatMap(({ from, to }) => [from, to]), now - 2];
  return moments.every((moment, i) => i === 0 || moment > (moments[i - 1] ?? 0));
}
