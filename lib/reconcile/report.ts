import type { ClassifyContext, RecordGroup } from './case.ts';
import { classify } from './classify.ts';
import { COMPARED_FIELDS, type ComparedField, compareAll, pairsOf, type SideRecords } from './fields.ts';
import type { NotDone } from './job/types.ts';
import { pickRow } from './pick.ts';
import { codeKey, dayOfSeconds, isMoment } from './same.ts';
import { RowCount, sumSentence, type Totals } from './totals.ts';
import { type Difference, type DifferenceClass, SIDES, type Side, type UnreadableRow } from './types.ts';
import { unknownFor } from './unknown.ts';
import { isoDayText } from './values.ts';

/** How often a field was the same, over all dossiers that two systems have (the form of dbt-audit-helper). */
export interface FieldMatch {
  field: ComparedField;
  matched: number;
  different: number;
  /** Fewer than two systems tell the field. */
  notComparable: number;
}

/** Dossiers of one day or one unit that are not plainly the same. */
export interface Bucket {
  /** ISO day of receipt, or unit; empty when no system tells it. */
  key: string;
  different: number;
  excluded: number;
  /** By the classes found; a dossier with two classes counts in both. */
  classes: Partial<Record<DifferenceClass, number>>;
}

export interface ReconcileReport {
  /** Version of the rules that decided. */
  rules: string;
  /** When the systems were read; epoch seconds. */
  now: number;
  sides: Side[];
  /** Days of receipt that the rows cover, ISO; null when no row tells one. */
  period: { from: string; to: string } | null;
  /** Units of the rows, sorted. */
  units: string[];
  /** Dossiers that are not plainly the same, by code. */
  differences: Difference[];
  unreadable: UnreadableRow[];
  totals: Totals;
  /** Dossiers that have the class; rows that could not be read and belong to none of them count as `unreadable`. */
  byClass: Partial<Record<DifferenceClass, number>>;
  byCause: Record<string, number>;
  byDay: Bucket[];
  byUnit: Bucket[];
  fields: FieldMatch[];
  notDone: NotDone[];
  /** The totals as a sentence in Vietnamese. */
  sum: string;
}

export interface ReportContext extends ClassifyContext {
  /** Pieces of work that no answer came for: nothing near them is missing on that side. */
  notDone?: readonly NotDone[];
  /** Codes that a side was asked for without an answer. */
  unanswered?: Partial<Record<Side, readonly string[]>>;
}

/** What a join brings to a report. */
export interface ReportInput {
  /** Readable rows that went into the join. */
  rows: Partial<Record<Side, number>>;
  /** Of these, rows of dossiers that the join itself found the same on all sides. */
  equalRows: Partial<Record<Side, number>>;
  /** All other dossiers. */
  groups: Iterable<RecordGroup>;
  unreadable: readonly UnreadableRow[];
  /** Field counts of the dossiers of `equalRows`. */
  equalFields?: readonly FieldMatch[];
  /** What the rows cover, when the join knows better than `groups` tell. */
  cover?: Cover;
}

/** Days and units that rows cover. */
export class Cover {
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #units = new Set<string>();

  add({ receivedAt, unit }: { receivedAt?: number; unit?: string }): void {
    if (isMoment(receivedAt)) {
      const day = dayOfSeconds(receivedAt);
      this.#from = Math.min(this.#from, day);
      this.#to = Math.max(this.#to, day);
    }
    if (unit) this.#units.add(unit);
  }

  get period(): ReconcileReport['period'] {
    return this.#from <= this.#to ? { from: isoDayText(this.#from), to: isoDayText(this.#to) } : null;
  }

  get units(): string[] {
    return [...this.#units].sort();
  }
}

/** Field counts, dossier by dossier. */
export class FieldTable {
  readonly rows: FieldMatch[];
  #rules: ClassifyContext['rules'];

  constructor(rules: ClassifyContext['rules'], start: readonly FieldMatch[] = []) {
    this.#rules = rules;
    this.rows = COMPARED_FIELDS.map((field) => ({
      ...(start.find((one) => one.field === field) ?? { field, matched: 0, different: 0, notComparable: 0 }),
    }));
  }

  add(records: SideRecords): void {
    const pairs = pairsOf(records);
    if (pairs.length === 0) return;
    for (const row of this.rows) {
      const found = compareAll(row.field, pairs, this.#rules);
      if (found === 'same') row.matched++;
      else if (found === 'different') row.different++;
      else row.notComparable++;
    }
  }
}

const unreadableKey = (side: Side, code: string) => `${side} ${codeKey(code)}`;

function byCode(rows: readonly UnreadableRow[]): Map<string, UnreadableRow[]> {
  const found = new Map<string, UnreadableRow[]>();
  for (const row of rows) {
    if (!row.code) continue;
    const key = unreadableKey(row.side, row.code);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
}

function rowsOf(group: RecordGroup, unreadable: Map<string, UnreadableRow[]>): UnreadableRow[] {
  if (unreadable.size === 0) return [];
  const codes = new Set(SIDES.flatMap((side) => group[side].flatMap(({ code, aliases = [] }) => [code, ...aliases])));
  const rows = [...codes].flatMap((code) => SIDES.flatMap((side) => unreadable.get(unreadableKey(side, code)) ?? []));
  const order = (row: UnreadableRow) => `${row.at}\n${row.reason}`;
  return [...new Set(rows)].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function bucketsOf(differences: readonly Difference[], keyOf: (one: Difference) => string | undefined): Bucket[] {
  const buckets = new Map<string, Bucket>();
  for (const one of differences) {
    const key = keyOf(one) ?? '';
    const bucket = buckets.get(key) ?? { key, different: 0, excluded: 0, classes: {} };
    buckets.set(key, bucket);
    bucket[one.outcome]++;
    for (const name of new Set(one.findings.map((finding) => finding.class))) {
      bucket.classes[name] = (bucket.classes[name] ?? 0) + 1;
    }
  }
  return [...buckets.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Dossiers by something that their findings tell. */
function countBy(differences: readonly Difference[], tell: (one: Difference) => (string | undefined)[]) {
  const counts: Record<string, number> = {};
  for (const one of differences) {
    for (const key of new Set(tell(one))) if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/**
 * The report of a join. Every row that came in ends as matched, different or excluded.
 * @throws TotalsError when the rows of a side do not add up.
 */
export function buildReport(input: ReportInput, context: ReportContext): ReconcileReport {
  const { rows, equalRows, groups, unreadable, equalFields, cover = new Cover() } = input;
  const asked = SIDES.filter(
    (side) => context.sides.includes(side) || rows[side] || unreadable.some((row) => row.side === side),
  );
  const unreadableOf = (side: Side) => unreadable.filter((row) => row.side === side).length;
  const count = new RowCount(Object.fromEntries(asked.map((side) => [side, (rows[side] ?? 0) + unreadableOf(side)])));
  for (const side of asked) {
    count.add(side, 'matched', equalRows[side] ?? 0);
    count.add(side, 'excluded', unreadableOf(side));
  }
  const table = new FieldTable(context.rules, equalFields);
  const own: ClassifyContext = { ...context, unknownFor: unknownFor(context) };
  const waiting = byCode(unreadable);
  const attached = new Set<UnreadableRow>();
  const differences: Difference[] = [];
  for (const group of groups) {
    const rowsHere = rowsOf(group, waiting);
    const difference = classify(rowsHere.length > 0 ? { ...group, unreadable: rowsHere } : group, own);
    const records: SideRecords = {};
    for (const side of SIDES) {
      for (const record of group[side]) cover.add(record);
      if (group[side].length > 0) records[side] = pickRow(group[side]);
      count.add(side, difference?.outcome ?? 'matched', group[side].length);
    }
    table.add(records);
    if (!difference) continue;
    differences.push(difference);
    if (difference.findings.some(({ rule }) => rule === 'unreadable-row'))
      for (const row of rowsHere) attached.add(row);
  }
  const totals = count.check();
  differences.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const byClass: ReconcileReport['byClass'] = countBy(differences, ({ findings }) =>
    findings.map((each) => each.class),
  );
  const alone = unreadable.length - attached.size;
  if (alone > 0) byClass.unreadable = (byClass.unreadable ?? 0) + alone;
  return {
    rules: context.rules.version,
    now: context.now,
    sides: asked,
    period: cover.period,
    units: cover.units,
    differences,
    unreadable: [...unreadable],
    totals,
    byClass,
    byCause: countBy(differences, ({ findings }) => findings.map(({ cause }) => cause)),
    byDay: bucketsOf(differences, ({ day }) => day),
    byUnit: bucketsOf(differences, ({ unit }) => unit),
    fields: table.rows,
    notDone: [...(context.notDone ?? [])],
    sum: sumSentence(totals),
  };
}
