import { GROUPINGS, type Grouping, NO_STRATUM, type Unit } from '../../lib/sampling/index.ts';

/** A dossier that may be drawn; null: the source does not tell. Nothing of a person. */
export interface Row extends Record<Grouping, string | null> {
  code: string;
  procedure: string | null;
  /** Day of receipt, as a day number. */
  day: number | null;
  /** Where it stands, for a person: `tệp.csv:12`. */
  at: string;
}

export interface Place {
  at: string;
  reason: string;
}

/** A source as it was read. */
export interface Loaded {
  /** In words for the record: name of the file, or what else it is. */
  source: string;
  /** Header of the column that tells each grouping; null where no column does. */
  columns: Record<Grouping, string | null>;
  rows: Row[];
  /** Rows of which not even the code could be read. */
  unreadable: Place[];
  /** Rows that are no dossier: totals, footers. */
  ignored: Place[];
  /** Dossiers whose day of receipt could not be read. */
  undated: Place[];
  /** Sentences about the source. */
  notes: string[];
}

/** Which rows are drawn from. An empty list takes all. */
export interface Filter extends Record<Grouping, string[]> {
  /** Days of receipt, as day numbers, both included; null: open. */
  from: number | null;
  to: number | null;
}

export const ALL: Filter = { unit: [], field: [], channel: [], from: null, to: null };

export interface Counts {
  total: number;
  kept: number;
  /** Dossiers by value, the most frequent first; each counted under the filters of the others. */
  values: Record<Grouping, [value: string, count: number][]>;
  /** First and last day of receipt in the source. */
  days: [first: number, last: number] | null;
  /** Dossiers that a period leaves out because their day is not known. */
  leftOutUndated: number;
  /** Codes among those kept that stand more than once. */
  repeated: { codes: number; rows: number; examples: Place[] };
  unreadable: { count: number; examples: Place[] };
  undated: { count: number; examples: Place[] };
  ignored: { count: number; examples: Place[] };
  /** Sentences about the source. */
  notes: string[];
}

/** Problems that are named; the rest is counted. */
const NAMED = 20;

/** Value of a row that a filter or a stratum goes by. */
export const groupOf = (row: Row, by: Grouping): string => row[by] ?? NO_STRATUM;

const inPeriod = ({ day }: Row, { from, to }: Filter): boolean =>
  (from === null && to === null) || (day !== null && (from === null || day >= from) && (to === null || day <= to));

type Sets = Record<Grouping, ReadonlySet<string>>;
const setsOf = (filter: Filter): Sets => ({
  unit: new Set(filter.unit),
  field: new Set(filter.field),
  channel: new Set(filter.channel),
});
const chosen = (row: Row, by: Grouping, sets: Sets): boolean => sets[by].size === 0 || sets[by].has(groupOf(row, by));

/** The rows that the filter lets through, in the order of the source. */
export function rowsOf({ rows }: Loaded, filter: Filter): Row[] {
  const sets = setsOf(filter);
  return rows.filter((row) => inPeriod(row, filter) && GROUPINGS.every((by) => chosen(row, by, sets)));
}

const examplesOf = (places: readonly Place[]) => ({ count: places.length, examples: places.slice(0, NAMED) });

/** What a filter would leave to draw from, and what is wrong with it. */
export function countsOf(loaded: Loaded, filter: Filter): Counts {
  const sets = setsOf(filter);
  const values = { unit: new Map<string, number>(), field: new Map<string, number>(), channel: new Map() };
  let days: Counts['days'] = null;
  let leftOutUndated = 0;
  for (const row of loaded.rows) {
    const { day } = row;
    if (day !== null) days = days ? [Math.min(days[0], day), Math.max(days[1], day)] : [day, day];
    const dated = inPeriod(row, filter);
    const wrong = GROUPINGS.filter((by) => !chosen(row, by, sets));
    if (!dated && day === null && wrong.length === 0) leftOutUndated += 1;
    if (!dated) continue;
    for (const by of GROUPINGS)
      if (wrong.every((one) => one === by)) {
        const value = groupOf(row, by);
        values[by].set(value, (values[by].get(value) ?? 0) + 1);
      }
  }
  const kept = rowsOf(loaded, filter);
  const most = (counts: ReadonlyMap<string, number>) =>
    [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'vi'));
  return {
    total: loaded.rows.length,
    kept: kept.length,
    values: { unit: most(values.unit), field: most(values.field), channel: most(values.channel) },
    days,
    leftOutUndated,
    repeated: repeatedIn(kept),
    unreadable: examplesOf(loaded.unreadable),
    undated: examplesOf(loaded.undated),
    ignored: examplesOf(loaded.ignored),
    notes: loaded.notes,
  };
}

function repeatedIn(rows: readonly Row[]): Counts['repeated'] {
  const first = new Map<string, string>();
  const again = new Map<string, string[]>();
  let count = 0;
  for (const { code, at } of rows) {
    const before = first.get(code);
    if (before === undefined) first.set(code, at);
    else {
      again.set(code, [...(again.get(code) ?? [before]), at]);
      count += 1;
    }
  }
  const examples = [...again].slice(0, NAMED).map(([code, places]) => ({ at: places.join(', '), reason: code }));
  return { codes: again.size, rows: count, examples };
}

/** How the rows become a list to freeze. */
export interface Freezing {
  filter: Filter;
  by: Grouping | null;
  /** Of a code that stands more than once the first row is taken; otherwise the list is refused. */
  firstOfEach: boolean;
}

export function unitsOf(loaded: Loaded, { filter, by, firstOfEach }: Freezing): Unit[] {
  const seen = new Set<string>();
  return rowsOf(loaded, filter).flatMap((row) => {
    const { code, procedure, at } = row;
    if (firstOfEach && seen.has(code)) return [];
    seen.add(code);
    return [{ code, stratum: by === null ? '' : groupOf(row, by), ...(procedure !== null && { procedure }), at }];
  });
}
