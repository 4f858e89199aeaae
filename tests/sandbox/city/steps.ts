/** The step that a dossier stands at. */

import { closeOfDay, dayOf, workingMinutesBetween } from '../naive-time.ts';
import type { SandboxLimit } from '../types.ts';
import {
  closeness,
  dueByLimit,
  effective,
  judge,
  PLAIN_SOON,
  promised,
  type Scene,
  type StepTimes,
  soonOf,
  type Times,
  URGENCY,
  workingBetween,
} from './scene.ts';

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

/** A step that never hides the clock the situation is about; for "step-late" one that always does. */
export function addStep(scene: Scene, times: Times): boolean {
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
