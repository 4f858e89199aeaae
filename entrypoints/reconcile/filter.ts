import type { Difference, DifferenceClass } from '../../lib/reconcile/index.ts';
import { fold } from '../../lib/text/index.ts';

/** What the admin wants to see of the differences. */
export interface Filter {
  /** Empty: all classes. */
  classes: ReadonlySet<DifferenceClass>;
  /** Empty: all units. */
  unit: string;
  /** Words of a code or of a procedure, folded when compared. */
  search: string;
  /** Expected differences (chỉ để biết) as well. */
  excluded: boolean;
  order: 'code' | 'cause';
}

export const ALL: Filter = { classes: new Set(), unit: '', search: '', excluded: false, order: 'code' };

/** A row of the table: a dossier, or the head of a group of them. */
export type TableRow =
  | { kind: 'group'; key: string; cause: string; count: number }
  | { kind: 'dossier'; key: string; difference: Difference };

export const NO_CAUSE = '';

/** The cause that a dossier is grouped under: the first one known. */
export const causeOf = ({ findings }: Difference): string =>
  findings.find(({ cause }) => cause !== undefined)?.cause ?? NO_CAUSE;

function matches(difference: Difference, { classes, unit, search, excluded }: Filter): boolean {
  if (!excluded && difference.outcome === 'excluded') return false;
  if (classes.size > 0 && !difference.findings.some((finding) => classes.has(finding.class))) return false;
  if (unit !== '' && difference.unit !== unit) return false;
  const wanted = fold(search).trim();
  if (wanted === '') return true;
  const codes = Object.values(difference.records).flatMap(({ code, aliases = [] }) => [code, ...aliases]);
  return [difference.code, ...codes, difference.procedure ?? ''].some((text) => fold(text).includes(wanted));
}

/** Members by key, in the order they come (`Map.groupBy` is younger than our oldest browser). */
export function groupsOf<T, K extends string>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key);
    if (members) members.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Dossiers that pass, in order; grouped by cause when that is asked for, the cause with most dossiers first. */
export function rowsOf(differences: readonly Difference[], filter: Filter): TableRow[] {
  const passed = differences.filter((difference) => matches(difference, filter));
  const dossier = (difference: Difference): TableRow => ({ kind: 'dossier', key: difference.code, difference });
  if (filter.order === 'code') return passed.map(dossier);
  const groups = groupsOf(passed, causeOf);
  const ordered = [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return ordered.flatMap(([cause, members]) => [
    { kind: 'group', key: `cause ${cause}`, cause, count: members.length },
    ...members.map(dossier),
  ]);
}

/** How many dossiers have each class, among those that pass all but the choice of classes. */
export function countsOf(differences: readonly Difference[], filter: Filter): Map<DifferenceClass, number> {
  const counts = new Map<DifferenceClass, number>();
  for (const difference of differences) {
    if (!matches(difference, { ...filter, classes: ALL.classes })) continue;
    for (const name of new Set(difference.findings.map((finding) => finding.class)))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

export const unitsOf = (differences: readonly Difference[]): string[] =>
  [...new Set(differences.flatMap(({ unit }) => (unit === undefined ? [] : [unit])))].sort();
