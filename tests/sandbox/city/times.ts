/** Draws again and again until the dossier is the case it is meant to be and clear of every boundary. */

import {
  closeOfDay,
  dayOf,
  isWorkingDay,
  minuteOfDay,
  nthWorkingDayClose,
  workingMinutesBetween,
} from '../naive-time.ts';
import type { Situation } from '../types.ts';
import { supplementsInOrder } from './counting.ts';
import { draw } from './draw.ts';
import { makeRng } from './rng.ts';
import { CLEAR, closeness, effective, judge, PLAIN_SOON, promised, type Scene, soonOf, type Times } from './scene.ts';
import { addStep } from './steps.ts';

const ATTEMPTS = 80;

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
    case 'supplement-known':
      return (verdict === 'overdue') === (variant % 4 === 3);
    case 'mismatch':
    case 'hour-counted':
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
  return supplementsInOrder(times, now);
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

export function makeTimes(key: string, situation: Situation, variant: number, now: number): Times {
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
