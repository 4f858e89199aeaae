/**
 * The invented dossiers of the three simulated hosts: a pure function of a seed and of "now".
 *
 * Dossier i depends on the seed, on "now" and on i, never on how many are asked for. Times are drawn and redrawn
 * until the dossier is the case it is meant to be and stays away from every boundary, so that a test may run for
 * some minutes. Nobody here exists: unit H29.999 and procedures 9.9xxxxx are impossible, identities begin with
 * 999, phones with 0999, mail goes to example.invalid.
 */

import { makeComponents } from './city/papers.ts';
import { makePerson, ORGANISATION_KINDS } from './city/people.ts';
import { AGENCIES, pickProcedure } from './city/procedures.ts';
import { makeRng } from './city/rng.ts';
import { makeTimes } from './city/times.ts';
import { codeForm, makeCode, pad, STATUS_TEXTS, STEPS, shortDate } from './city/words.ts';
import { dayOf } from './naive-time.ts';
import type { Population, SandboxDossier, Situation } from './types.ts';

export { dueByLimit } from './city/scene.ts';

/** In the order in which they come round: dossier i has situation i mod 32. */
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
  'hour-counted',
  'same-day-late',
  'supplement-known',
  'no-appointment',
];

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
  if (times.supplements !== undefined) dossier.supplements = times.supplements;
  if (times.step !== undefined) {
    dossier.step = { name: rng.pick(STEPS), officer: `Cán bộ Mẫu ${pad(rng.int(1, 30), 2)}`, ...times.step };
  }
  return dossier;
}
