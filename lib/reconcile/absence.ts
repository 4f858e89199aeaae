import { type Case, finding, isFresh, valuesOf } from './case.ts';
import { absenceCause, duplicateCause, hasNationalCode } from './causes.ts';
import type { SideRecords } from './fields.ts';
import type { OutsideEntry, ReconcileRules } from './rules.ts';
import { procedureListed, unitListed } from './same.ts';
import { type Finding, SIDES, type SideRecord } from './types.ts';
import { recordSummary, rowsSummary } from './values.ts';

function outsideOf(records: SideRecords, { outside }: ReconcileRules): OutsideEntry | undefined {
  return outside.find(({ procedures, units }) =>
    Object.values(records).some(
      ({ procedure, unit }) =>
        (procedure !== undefined && procedureListed(procedure, procedures)) ||
        (unit !== undefined && unitListed(unit, units)),
    ),
  );
}

/**
 * Systems that were asked and have no row of the dossier. In this order: a row that could not be read, an answer that did not come,
 * a dossier of another system, one received within the lag; only what is left is missing.
 */
export function absences({ records, group, context }: Case): Finding[] {
  const unknown = [...(context.unknownSides ?? []), ...(context.unknownFor?.(group) ?? [])];
  const outside = outsideOf(records, context.rules);
  const values = valuesOf(records, recordSummary);
  const present = (records.city ?? records.lgsp ?? records.national) as SideRecord;
  const source = records.national ?? present;
  const excuses = new Map<string, Finding>();
  const found: Finding[] = [];
  for (const side of SIDES) {
    if (records[side] || !context.sides.includes(side)) continue;
    const row = group.unreadable?.find((one) => one.side === side);
    const from = side === 'city' ? source : present;
    if (row) {
      found.push(finding('unreadable', { values: { ...values, [side]: row.reason }, rule: 'unreadable-row' }));
    } else if (unknown.includes(side)) {
      excuses.set('unknown', { ...finding('unreadable', { values, rule: 'no-answer' }), fix: 'run-again' });
    } else if (outside) {
      excuses.set('outside', finding('outside-system', { values, rule: outside.id }));
    } else if (isFresh(from.receivedAt ?? from.updatedAt, context)) {
      excuses.set('stale', finding('stale', { values, rule: 'received-lately' }));
    } else {
      const cause = absenceCause(side, from);
      // Under a code of the unit's own it may stand there under another one: sending would make it two.
      const unsure = side === 'national' && !hasNationalCode(present);
      const curable = side === 'national' && records.city !== undefined && !unsure;
      const missing = finding(`missing-${side}`, { values, rule: 'absent', cause, curable });
      found.push(unsure ? { ...missing, fix: 'find-other-code' } : missing);
    }
  }
  return [...found, ...excuses.values()];
}

/** Systems that have several rows of the dossier. */
export function duplicates({ group, records }: Case): Finding[] {
  const several = SIDES.filter((side) => group[side].length > 1);
  const first = several[0];
  if (first === undefined) return [];
  const values = valuesOf(records, recordSummary);
  for (const side of several) values[side] = rowsSummary(group[side]);
  return [finding('duplicate', { values, rule: 'several-rows', cause: duplicateCause(group[first]) })];
}
