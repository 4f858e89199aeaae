import type { ExtraFacts } from '../../lib/indicators/index.ts';
import type { ReadOutcome } from '../../lib/reconcile/index.ts';
import { clean, fold } from '../../lib/text/index.ts';
import { DATE_FIELDS, isPrivateName, keyOf } from './columns.ts';
import data from './data/fact-columns.json' with { type: 'json' };
import { type DateColumn, readDate } from './dates.ts';
import { type Inspection, type Plan, planOf } from './inspect.ts';
import { FileMapping } from './mapping.ts';
import { type ReadOptions, type ReadSummary, readFile } from './read.ts';
import { type Cell, isBlank, type SourceFile, type TableRow } from './source.ts';
import { cellText } from './table.ts';
import { isNothing, resultOf } from './values.ts';

/** Columns beyond those of a record; a file is read for whichever it has. */
type FactColumn = keyof typeof data.columns;

const names = new Map<string, FactColumn>();
for (const [column, list] of Object.entries(data.columns))
  for (const name of list) names.set(keyOf(name), column as FactColumn);

const channels = new Map<string, 'counter' | 'online' | 'post'>();
for (const [channel, words] of Object.entries(data.channels))
  for (const word of words) channels.set(fold(word), channel as 'counter' | 'online' | 'post');
const online = new Set(data.paidOnline.map(fold));
const otherwise = new Set(data.notPaidOnline.map(fold));

/** A file says the same few things over and over: each is cleaned and understood once. */
function remembered<T>(words: (text: string) => string, read: (text: string) => T): (cell: Cell | undefined) => T {
  const known = new Map<Cell | undefined, T>();
  return (cell) => {
    if (known.has(cell)) return known.get(cell) as T;
    const value = read(cellText(cell, words));
    if (known.size < 2000) known.set(cell, value);
    return value;
  };
}

/** An empty KenhThucHien counts as the counter (description of the formulae, 3.3). */
const channelOf = (text: string) => (isNothing(text) ? 'counter' : channels.get(fold(text)));
/** 1 the national portal, 2 the city's gate; anything else is not online, and so is nothing. */
function paidOf(text: string): boolean | undefined {
  const words = fold(text);
  if (online.has(words)) return true;
  if (otherwise.has(words) || /^\d+$/.test(words)) return false;
  return resultOf(text);
}

/** `20.000 đ`; undefined for no amount. */
function feeOf(text: string): number | undefined {
  if (/^miễn|^không (thu|có)/i.test(text)) return 0;
  const digits = /^(\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,]0+)?\s*(?:đ|đồng|vnd|vnđ)?$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits.replace(/[.,\s]/g, ''));
}

function countOf(text: string): number | undefined {
  if (isNothing(text)) return 0;
  return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

const FLAGS = ['hasFiles', 'reused', 'stored', 'citizenData', 'synced'] as const;

/** Where each extra fact stands, by the words of the headers. */
function columnsOf(headers: readonly string[]): Map<FactColumn, number> {
  const columns = new Map<FactColumn, number>();
  headers.forEach((header, column) => {
    const fact = names.get(keyOf(header.replace(/\([^)]*\)/g, ' '))) ?? names.get(keyOf(header));
    if (fact !== undefined && !columns.has(fact) && !isPrivateName(header)) columns.set(fact, column);
  });
  return columns;
}

/** Reads the extra columns of the rows of one file. */
class FactReader {
  readonly #plan: Plan;
  readonly #columns: ReadonlyMap<FactColumn, number>;
  readonly #date: DateColumn;
  readonly #readers: readonly ((row: TableRow, facts: ExtraFacts) => void)[];
  readonly #count: (cell: Cell | undefined) => number | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
    const { headers, words } = plan.table;
    this.#columns = columnsOf(headers);
    // One program wrote all dates of a file; a midnight in a column that was not surveyed is taken for a bare date.
    const order = DATE_FIELDS.map((field) => plan.dates[field]?.order).find((found) => found !== undefined) ?? 'dmy';
    this.#date = { order, wholeDays: true };
    this.#count = remembered(words, countOf);
    const reader = <K extends FactColumn & keyof ExtraFacts>(column: K, read: (text: string) => ExtraFacts[K]) => {
      const at = this.#columns.get(column);
      if (at === undefined) return [];
      const understood = remembered(words, read);
      return [
        (row: TableRow, facts: ExtraFacts) => {
          const value = understood(row.cells[at]);
          if (value !== undefined) facts[column] = value;
        },
      ];
    };
    this.#readers = [
      ...FLAGS.flatMap((flag) => reader(flag, resultOf)),
      ...reader('channel', channelOf),
      ...reader('paidOnline', paidOf),
      ...reader('fee', feeOf),
      ...reader('extended', (text) => !isNothing(text)),
    ];
  }

  read(row: TableRow): ExtraFacts {
    const facts: ExtraFacts = {};
    for (const reader of this.#readers) reader(row, facts);
    const returned = this.#moment(row, 'returnedAt');
    if (returned !== undefined) facts.returnedAt = returned;
    this.#supplement(row, facts);
    return facts;
  }

  #supplement(row: TableRow, facts: ExtraFacts): void {
    const from = this.#moment(row, 'supplementFrom');
    const to = this.#moment(row, 'supplementTo');
    if (from !== undefined) facts.supplements = [{ from, to: to ?? null }];
    const seen = from === undefined ? 0 : 1;
    const at = this.#columns.get('supplementRequests');
    const requests = at === undefined ? undefined : this.#count(row.cells[at]);
    if (requests !== undefined) facts.supplementRequests = Math.max(requests, seen);
    else if (this.#columns.has('supplementFrom')) facts.supplementRequests = seen;
  }

  /** Epoch minutes. */
  #moment(row: TableRow, column: FactColumn): number | undefined {
    const at = this.#columns.get(column);
    const cell: Cell = at === undefined ? null : (row.cells[at] ?? null);
    if (isBlank(cell)) return undefined;
    const { table, falseZ } = this.#plan;
    const said = typeof cell === 'string' ? clean(table.words(cell)) : cell;
    const moment = readDate(said, this.#date, { falseZ, date1904: table.date1904 });
    return typeof moment === 'object' ? moment.second / 60 : undefined;
  }
}

/** What a file is and how it will be read for the indicators. */
export interface FactInspection {
  inspection: Inspection;
  /** Headers of the extra columns that are read. */
  extra: string[];
}

/** @throws FileError when the file cannot be read by any choice */
export async function inspectFacts(file: SourceFile, choice: FileMapping = {}): Promise<FactInspection> {
  const { inspection, table } = await planOf(file, 'city', FileMapping.parse(choice));
  // That columns lack which a reconciliation compares, is told by the indicators themselves.
  const warnings = inspection.rows === 0 ? [...table.warnings, 'tệp không có hồ sơ nào'] : table.warnings;
  const extra = [...columnsOf(table.headers).values()].map((column) => table.headers[column] ?? '');
  return { inspection: { ...inspection, warnings }, extra };
}

/** Records of a piece of a file with what else their rows tell; `facts[i]` goes with `records[i]`. */
export interface FactOutcome extends ReadOutcome {
  facts: ExtraFacts[];
}

/**
 * The dossiers of a file with all that the indicators ask for, in pieces.
 * @throws FileError when the file, its header or its date columns leave a choice open
 */
export async function* readFacts(
  file: SourceFile,
  options: Omit<ReadOptions, 'beside'> = {},
): AsyncGenerator<FactOutcome, ReadSummary> {
  let facts: ExtraFacts[] = [];
  const rows = readFile(file, 'city', {
    ...options,
    beside: (plan) => {
      const reader = new FactReader(plan);
      return (row) => facts.push(reader.read(row));
    },
  });
  for (;;) {
    const { done, value } = await rows.next();
    if (done) return value;
    yield { ...value, facts };
    facts = [];
  }
}
