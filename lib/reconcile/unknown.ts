import { parseIsoDay } from '../text/index.ts';
import type { ClassifyContext, RecordGroup } from './case.ts';
import type { NotDone } from './job/types.ts';
import { codeKey, dayOfSeconds, isMoment } from './same.ts';
import { SIDES, type Side } from './types.ts';

interface Unanswered extends ClassifyContext {
  notDone?: readonly NotDone[];
  unanswered?: Partial<Record<Side, readonly string[]>>;
}

/**
 * Which sides a dossier may stand on without our knowing. A piece of work that was not done covers all units and so many days around
 * it, because systems file one dossier under different units and days; a question without an answer covers its codes.
 */
export function unknownFor(context: Unanswered): (group: RecordGroup) => readonly Side[] {
  const { notDone = [], unanswered = {}, rules } = context;
  const codes = new Map(SIDES.map((side) => [side, new Set((unanswered[side] ?? []).map(codeKey))] as const));
  // Questions whose codes are known cover these only.
  const whole = notDone.filter(({ dossiers, side }) => dossiers === undefined || codes.get(side)?.size === 0);
  const days = whole.map(({ side, partition }) => ({ side, day: parseIsoDay(partition.day) }));
  if (days.length === 0 && [...codes.values()].every(({ size }) => size === 0)) return context.unknownFor ?? (() => []);
  return (group) => {
    const rows = SIDES.flatMap((side) => group[side]);
    const received = rows.flatMap(({ receivedAt }) => (isMoment(receivedAt) ? [dayOfSeconds(receivedAt)] : []));
    const keys = rows.flatMap(({ code, aliases = [] }) => [code, ...aliases].map(codeKey));
    const near = (day: number | null) =>
      day === null || received.length === 0 || received.some((one) => Math.abs(one - day) <= rules.reachDays);
    const hidden = SIDES.filter(
      (side) => days.some((one) => one.side === side && near(one.day)) || keys.some((key) => codes.get(side)?.has(key)),
    );
    return [...hidden, ...(context.unknownFor?.(group) ?? [])];
  };
}
