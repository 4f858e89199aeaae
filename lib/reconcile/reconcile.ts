import { type JoinGroup, joinRecords } from './engine/index.ts';
import type { SideRecords } from './fields.ts';
import { buildReport, Cover, FieldTable, type ReconcileReport, type ReportContext } from './report.ts';
import { codeKey } from './same.ts';
import { SIDES, type Side, type SideRecord, type UnreadableRow } from './types.ts';

type Lists = Record<Side, readonly SideRecord[]>;

/** Field counts of the dossiers that the join found the same: there every system has one row, under one code. */
function equalFields(lists: Lists, groups: Iterable<JoinGroup>, rules: ReportContext['rules']) {
  const inGroups = { city: new Set<number>(), national: new Set<number>(), lgsp: new Set<number>() };
  for (const group of groups) for (const side of SIDES) for (const row of group[side]) inGroups[side].add(row);
  const dossiers = new Map<string, SideRecords>();
  for (const side of SIDES) {
    lists[side].forEach((record, row) => {
      if (inGroups[side].has(row)) return;
      const key = codeKey(record.code);
      const records = dossiers.get(key) ?? {};
      dossiers.set(key, records);
      records[side] = record;
    });
  }
  const table = new FieldTable(rules);
  for (const records of dossiers.values()) table.add(records);
  return table.rows;
}

/**
 * Holds the records of the systems against each other, in memory.
 * @param records rows of each side; a side that is not in `context.sides` is compared where it has the dossier, and never missing.
 * @throws TotalsError when the rows of a side do not add up.
 */
export function reconcileRecords(
  records: Partial<Record<Side, readonly SideRecord[]>>,
  unreadable: readonly UnreadableRow[],
  context: ReportContext,
): ReconcileReport {
  const all = [...unreadable];
  const lists: Lists = { city: [], national: [], lgsp: [] };
  const cover = new Cover();
  for (const side of SIDES) {
    lists[side] = (records[side] ?? []).filter((record) => {
      cover.add(record);
      if (codeKey(record.code) !== '') return true;
      all.push({ side, at: record.at, reason: 'mã hồ sơ: để trống' });
      return false;
    });
  }
  const { rules, sides } = context;
  const { groups, equalRows } = joinRecords(lists, { sides, tolerance: rules.tolerance });
  const pick = (side: Side, rows: readonly number[]) => rows.map((row) => lists[side][row] as SideRecord);
  const recordGroups = function* () {
    for (const { city, national, lgsp } of groups) {
      yield { city: pick('city', city), national: pick('national', national), lgsp: pick('lgsp', lgsp) };
    }
  };
  return buildReport(
    {
      rows: Object.fromEntries(SIDES.map((side) => [side, lists[side].length])),
      equalRows,
      groups: recordGroups(),
      unreadable: all,
      equalFields: equalFields(lists, groups, rules),
      cover,
    },
    context,
  );
}
