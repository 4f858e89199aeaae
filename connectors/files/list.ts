import * as z from 'zod/mini';
import { GROUPINGS, type Grouping } from '../../lib/sampling/index.ts';
import { type ColumnField, isPrivateName } from './columns.ts';
import { groupingColumn } from './groupings.ts';
import { type Inspection, type Plan, planOf } from './inspect.ts';
import type { FileMapping } from './mapping.ts';
import { RowReader } from './records.ts';
import { FileError, isBad, type SourceFile, type TableRow } from './source.ts';
import { cellText } from './table.ts';
import { bare, isNothing, Pool } from './values.ts';

/** What a list to draw from is read for: which dossiers there are, and what divides them. */
const LIST_FIELDS = ['code', 'procedure', 'receivedAt', ...GROUPINGS] as const;
export type ListField = (typeof LIST_FIELDS)[number];

/** How a person says that a list is to be read; what is left out is found by the words of the headers. */
export const ListChoice = z.object({
  columns: z.optional(z.record(z.string(), z.enum(LIST_FIELDS))),
  dateOrder: z.optional(z.record(z.string(), z.enum(['dmy', 'mdy']))),
});
export type ListChoice = z.infer<typeof ListChoice>;

export interface ListInspection {
  inspection: Inspection;
  /** Header → what it is read for. */
  columns: Record<string, ListField>;
}

/** A dossier of a list. What the file does not say is null. */
export interface ListRow extends Record<Grouping, string | null> {
  code: string;
  procedure: string | null;
  /** Epoch seconds. */
  receivedAt: number | null;
  /** `tệp.csv:12` */
  at: string;
}

export interface ListBatch {
  rows: ListRow[];
  /** Rows of which not even the code can be read. */
  unreadable: { at: string; reason: string }[];
  /** Rows that are no dossier (totals, footers), by reason. */
  ignored: { at: string; reason: string }[];
  /** Dossiers whose day of receipt cannot be read; they are in `rows` all the same. */
  undated: { at: string; reason: string }[];
}

/** Of the fields only these are fields of a record; the others are taken from the row as words. */
const AS_RECORD = ['code', 'procedure', 'receivedAt'] as const satisfies readonly ColumnField[];
const isRecordField = (field: ListField): field is (typeof AS_RECORD)[number] =>
  (AS_RECORD as readonly string[]).includes(field);

const mappingOf = (columns: Readonly<Record<string, ListField>>): NonNullable<FileMapping['columns']> =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([header, field]) => (isRecordField(field) ? [[header, field]] : [])),
  );

/** What the words of the headers say. */
function proposedColumns({ inspection }: Plan): Record<string, ListField> {
  const { mapping } = inspection.proposal;
  const headers = inspection.columns.map(({ header }) => header);
  const columns: Record<string, ListField> = {};
  for (const field of AS_RECORD) {
    const header = headers.find((one) => mapping[one] === field);
    if (header !== undefined) columns[header] = field;
  }
  for (const by of GROUPINGS) {
    const header = groupingColumn(by, headers, mapping);
    if (header !== undefined) columns[header] ??= by;
  }
  return columns;
}

/** @throws FileError when the file cannot be read by any choice */
async function open(file: SourceFile, choice: ListChoice, signal?: AbortSignal) {
  const columns = choice.columns ?? proposedColumns(await planOf(file, 'city', {}, signal));
  const { dateOrder } = choice;
  const plan = await planOf(file, 'city', { columns: mappingOf(columns), ...(dateOrder && { dateOrder }) }, signal);
  const { inspection, table } = plan;
  const problems = [...inspection.problems];
  for (const by of GROUPINGS) {
    const own = Object.keys(columns).filter((header) => columns[header] === by);
    const wrong = own.find((header) => isPrivateName(header));
    if (wrong !== undefined) problems.push(`cột «${wrong}» là thông tin cá nhân, không được đọc`);
    if (own.length > 1) problems.push(`chỉ một cột được dùng để chia nhóm theo cùng một ý: «${own.join('», «')}»`);
  }
  // That columns lack which only a reconciliation compares, is no matter here.
  const warnings = inspection.rows === 0 ? [...table.warnings, 'tệp không có hồ sơ nào'] : table.warnings;
  return { plan, columns, inspection: { ...inspection, problems, warnings } };
}

/**
 * How a list will be read, for the mapping screen.
 * @throws FileError when the file cannot be read by any choice
 */
export async function inspectList(
  file: SourceFile,
  choice: ListChoice = {},
  signal?: AbortSignal,
): Promise<ListInspection> {
  const { inspection, columns } = await open(file, choice, signal);
  return { inspection, columns };
}

/**
 * The dossiers of a list, in pieces: every row below the header ends as a dossier, as unreadable or as ignored with a reason.
 * @throws FileError when the file, its header or its date column leave a choice open
 */
export async function* readList(
  file: SourceFile,
  choice: ListChoice = {},
  signal?: AbortSignal,
): AsyncGenerator<ListBatch> {
  const { plan, columns, inspection } = await open(file, choice, signal);
  const [problem] = inspection.problems;
  if (problem !== undefined) throw new FileError(file.name, problem);
  const { table } = plan;
  const at = (line: number) => `${file.name}:${line}`;
  const reader = new RowReader({
    columns: plan.columns,
    headers: table.headers,
    dates: plan.dates,
    reading: { falseZ: plan.falseZ, date1904: table.date1904 },
    words: table.words,
    at,
  });
  const pool = new Pool();
  const place = (by: Grouping) => table.headers.findIndex((header) => header !== '' && columns[header] === by);
  const places = Object.fromEntries(GROUPINGS.map((by) => [by, place(by)])) as Record<Grouping, number>;
  const wordsAt = ({ cells }: TableRow, column: number, max = 300): string | null => {
    const text = cellText(cells[column], table.words);
    return isNothing(text) ? null : pool.of(bare(text).slice(0, max));
  };
  for await (const batch of table.rows(signal)) {
    const out: ListBatch = { rows: [], unreadable: [], ignored: [], undated: [] };
    for (const row of batch) {
      const where = at(row.line);
      if (isBad(row)) {
        out.unreadable.push({ at: where, reason: row.reason });
        continue;
      }
      const reading = reader.read(row);
      if (reading.kind === 'blank') continue;
      if (reading.kind === 'ignored') {
        out.ignored.push({ at: where, reason: reading.reason });
        continue;
      }
      const groups = {
        unit: wordsAt(row, places.unit),
        field: wordsAt(row, places.field),
        channel: wordsAt(row, places.channel),
      };
      if (reading.kind === 'record') {
        const { code, procedure = null, receivedAt = null } = reading.record;
        out.rows.push({ code, procedure, receivedAt, ...groups, at: where });
      } else if (reading.code !== undefined) {
        // The code is known and only the day is not: leaving the dossier out would make the list better than it is.
        out.undated.push({ at: where, reason: reading.reason });
        const procedure = wordsAt(row, plan.columns.procedure?.[0] ?? -1, 120);
        out.rows.push({ code: reading.code, procedure, receivedAt: null, ...groups, at: where });
      } else out.unreadable.push({ at: where, reason: reading.reason });
    }
    yield out;
  }
}
