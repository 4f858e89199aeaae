import type { CosmeticPair, ReconcileRules } from './rules.ts';
import { isKnownStatus, isMoment, sameMoment, sameProcedure } from './same.ts';
import type { ComparedMoment, Side, SideRecord } from './types.ts';

/** What is compared of one dossier between two systems. */
export const COMPARED_FIELDS = ['status', 'dueAt', 'finishedAt', 'receivedAt', 'procedure', 'hasResult'] as const;
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** `untold`: at least one of the two does not tell it, so that nothing can be said. */
export type Comparison = 'same' | 'different' | 'untold';

/** The way of a record: the city's system makes it, the bus carries it, the nation keeps it. */
const FLOW = ['city', 'lgsp', 'national'] as const satisfies readonly Side[];

/** Two systems that both have the dossier; `a` stands nearer to the city. */
export interface Pair {
  a: Side;
  b: Side;
  x: SideRecord;
  y: SideRecord;
}

export type SideRecords = Partial<Record<Side, SideRecord>>;

/** Every two systems that have the dossier. All pairs, not one reference: the answer must not depend on who is asked first. */
export function pairsOf(records: SideRecords): Pair[] {
  const there = FLOW.flatMap((side) => {
    const record = records[side];
    return record ? [{ side, record }] : [];
  });
  return there.flatMap(({ side: a, record: x }, i) =>
    there.slice(i + 1).map(({ side: b, record: y }) => ({ a, b, x, y })),
  );
}

function compareStatus({ a, b, x, y }: Pair, { equalStatuses }: ReconcileRules): Comparison {
  if (x.status === undefined || y.status === undefined) return 'untold';
  if (!isKnownStatus(x.status) && !isKnownStatus(y.status)) {
    return x.statusText !== undefined && x.statusText === y.statusText ? 'same' : 'untold';
  }
  if (x.status === y.status) return 'same';
  const both = [x.status, y.status];
  const equal = equalStatuses.some(
    ({ sides, statuses }) =>
      sides.includes(a) && sides.includes(b) && a !== b && both.every((status) => statuses.includes(status)),
  );
  return equal ? 'same' : 'different';
}

function compareMoment(field: ComparedMoment, { x, y }: Pair, { tolerance }: ReconcileRules): Comparison {
  const from = x[field];
  const to = y[field];
  if (!isMoment(from) || !isMoment(to)) return 'untold';
  const dayOnly = [x, y].some((record) => record.dayOnly?.includes(field) === true);
  return sameMoment(from, to, tolerance[field], dayOnly) ? 'same' : 'different';
}

/** Compares one field of one dossier between two systems, by the rules. Never throws, whatever the values. */
export function compareField(field: ComparedField, pair: Pair, rules: ReconcileRules): Comparison {
  const { x, y } = pair;
  switch (field) {
    case 'status':
      return compareStatus(pair, rules);
    case 'procedure':
      if (!x.procedure || !y.procedure) return 'untold';
      return sameProcedure(x.procedure, y.procedure) ? 'same' : 'different';
    case 'hasResult':
      if (x.hasResult === undefined || y.hasResult === undefined) return 'untold';
      return x.hasResult === y.hasResult ? 'same' : 'different';
    default:
      return compareMoment(field, pair, rules);
  }
}

/** A field between all systems that have the dossier: one pair that differs makes it different, none that tells leaves it untold. */
export function compareAll(field: ComparedField, pairs: readonly Pair[], rules: ReconcileRules): Comparison {
  const found = pairs.map((pair) => compareField(field, pair, rules));
  if (found.includes('different')) return 'different';
  return found.includes('same') ? 'same' : 'untold';
}

/** The expected difference of status that a pair shows, if it is one. */
export function cosmeticOf({ x, y }: Pair, records: SideRecords, rules: ReconcileRules): CosmeticPair | undefined {
  const noDueDate = Object.values(records).every(({ dueAt }) => !isMoment(dueAt));
  return rules.cosmetic.find(
    (rule) =>
      x.status !== undefined &&
      y.status !== undefined &&
      rule.from.includes(x.status) &&
      rule.to.includes(y.status) &&
      (rule.noDueDate !== true || noDueDate),
  );
}
