import type { Side } from '../../lib/reconcile/index.ts';
import {
  type ColumnField,
  DATE_FIELDS,
  fieldWords,
  type HeaderMeaning,
  isDateField,
  isPrivateName,
  type MappingProposal,
  meaningOf,
  proposeMapping,
} from './columns.ts';
import { type DateColumn, DateEvidence, type DateOrder } from './dates.ts';
import { FileMapping, mappingProblems } from './mapping.ts';
import { openTable } from './open.ts';
import { type Cell, type FileKind, isBad, isBlank, type SourceFile, type TableRow } from './source.ts';
import { cellText, type Table } from './table.ts';

/** One column for the mapping screen. Nothing of a person: personal columns have no samples, unknown ones only their shape. */
export interface ColumnView {
  header: string;
  /** What the words of the header say. */
  meaning: HeaderMeaning;
  /** What it will be read for. */
  field?: ColumnField;
  samples: string[];
  /** How the dates of the column are read, or why they cannot be. */
  dates?: DateColumn;
}

/** What a file is and how it will be read, before it is. */
export interface Inspection {
  name: string;
  kind: FileKind;
  sheet?: string;
  sheets: string[];
  encoding?: string;
  delimiter?: string;
  headerLine: number;
  columns: ColumnView[];
  proposal: MappingProposal;
  /** Rows below the header that were looked at, and whether these are all. */
  rows: number;
  complete: boolean;
  /** Why it cannot be read as it is, in Vietnamese; empty: it can. */
  problems: string[];
  warnings: string[];
}

/** Rows after which a survey ends, unless a date of the file can be read both ways: then all of it is seen. */
const SURVEY = 2000;
const SAMPLES = 5;
/** What is compared, and which columns can tell it. */
const COMPARED = [
  ['status', 'statusText'],
  ['receivedAt'],
  ['dueAt'],
  ['finishedAt'],
  ['procedure'],
  ['hasResult'],
] as const;
/** All that is known before the first row is read. */
export interface Plan {
  table: Table;
  columns: Partial<Record<ColumnField, number[]>>;
  dates: Partial<Record<ColumnField, DateColumn>>;
  inspection: Inspection;
  falseZ: boolean;
}

/** @throws FileError when the file cannot be read by any choice */
export async function planOf(file: SourceFile, side: Side, choice: FileMapping, signal?: AbortSignal): Promise<Plan> {
  const table = await openTable(file, choice, signal);
  const { headers, sample } = table;
  const proposal = proposeMapping(
    headers,
    sample.map(({ cells }) => cells),
  );
  const chosen = choice.columns ?? proposal.mapping;
  const problems = mappingProblems(chosen, headers);
  const warnings = [...table.warnings];
  for (const [field, list] of choice.columns
    ? []
    : proposal.ambiguous.map((one) => [one.field, one.headers] as const)) {
    const words = `nhiều cột có thể là «${fieldWords[field]}»: ${list.map((header) => `«${header}»`).join(', ')}; hãy chọn một`;
    // What is compared is not left out behind a person's back.
    if (field === 'unit' || field === 'unitName' || field === 'updatedAt') warnings.push(words);
    else problems.push(words);
  }
  const columns: Plan['columns'] = {};
  headers.forEach((header, column) => {
    const field = Object.hasOwn(chosen, header) ? chosen[header] : undefined;
    if (field !== undefined && !isPrivateName(header)) columns[field] = [...(columns[field] ?? []), column];
  });
  const survey = await surveyDates(table, columns, signal);
  const dates = decideDates(table, columns, survey.evidence, choice);
  for (const [field, { order, note }] of Object.entries(dates))
    if (order === 'mixed' || order === 'undecided')
      problems.push(`cột «${headers[columns[field as ColumnField]?.[0] ?? -1]}»: ${note}`);
  const untold = COMPARED.filter((list) => !list.some((field) => columns[field])).map(([field]) => fieldWords[field]);
  if (untold.length > 0) warnings.push(`không có cột: ${untold.join(', ')}; các trường này sẽ không được so`);
  const falseZ = choice.falseZ ?? side === 'lgsp';
  if (survey.rows === 0) warnings.push('tệp chỉ có dòng tiêu đề, không có hồ sơ nào');
  const inspection: Inspection = {
    name: file.name,
    kind: table.kind,
    ...(table.sheet !== undefined && { sheet: table.sheet }),
    sheets: table.sheets,
    ...(table.encoding !== undefined && { encoding: table.encoding }),
    ...(table.delimiter !== undefined && { delimiter: table.delimiter }),
    headerLine: table.headerLine,
    columns: headers
      .map((header, column) => viewOf(header, column, columns, dates, sample, table.words))
      .filter(({ header }) => header !== ''),
    proposal,
    rows: survey.rows,
    complete: survey.complete,
    problems,
    warnings,
  };
  return { table, columns, dates, inspection, falseZ };
}

async function surveyDates(table: Table, columns: Plan['columns'], signal?: AbortSignal) {
  const evidence = new Map<ColumnField, DateEvidence>();
  for (const field of DATE_FIELDS) if (columns[field]) evidence.set(field, new DateEvidence());
  let rows = 0;
  let complete = true;
  for await (const batch of table.rows(signal)) {
    for (const row of batch) {
      if (isBad(row) || row.cells.every(isBlank)) continue;
      rows++;
      for (const [field, seen] of evidence) {
        const cell = row.cells[columns[field]?.[0] ?? -1] ?? null;
        seen.see(typeof cell === 'string' ? table.words(cell) : cell, row.line);
      }
    }
    if (rows >= SURVEY && ![...evidence.values()].some(({ open }) => open)) {
      complete = false;
      break;
    }
  }
  return { evidence, rows, complete };
}

function decideDates(
  table: Table,
  columns: Plan['columns'],
  evidence: Map<ColumnField, DateEvidence>,
  choice: FileMapping,
): Plan['dates'] {
  const proofs = new Set([...evidence.values()].map(({ proof }) => proof).filter((proof) => proof !== null));
  const [only] = proofs;
  const others: DateOrder | null = proofs.size === 1 && only !== undefined ? only : null;
  const dates: Plan['dates'] = {};
  for (const [field, seen] of evidence) {
    const header = table.headers[columns[field]?.[0] ?? -1] ?? '';
    const chosen = choice.dateOrder && Object.hasOwn(choice.dateOrder, header) ? choice.dateOrder[header] : undefined;
    dates[field] = seen.decide(chosen, others);
  }
  return dates;
}

/** Letters and digits as signs for themselves: the shape of a value without the value. */
const shapeOf = (text: string) =>
  text.slice(0, 40).replace(/[\p{L}\d]/gu, (sign) => (/\d/.test(sign) ? '9' : /\p{Lu}/u.test(sign) ? 'A' : 'a'));

/** A value may be shown where it looks like one of its field; a shifted row could put a name there. */
function isPlain(text: string, field: ColumnField | undefined): boolean {
  if (field === undefined) return false;
  if (field === 'code' || field === 'alias') return /^(?=.*\d)\S+$/.test(text);
  return !isDateField(field) || /^[\d\s/.:,TZ+-]+$/.test(text);
}

function viewOf(
  header: string,
  column: number,
  columns: Plan['columns'],
  dates: Plan['dates'],
  sample: readonly TableRow[],
  words: (text: string) => string,
): ColumnView {
  const meaning = meaningOf(header)?.field ?? null;
  const field = (Object.keys(columns) as ColumnField[]).find((name) => columns[name]?.includes(column));
  const shown = (cell: Cell | undefined) => {
    if (cell instanceof Date) return cell.toISOString().replace('T', ' ').slice(0, 16);
    const text = cellText(cell, words);
    return isPlain(text, field) ? text.slice(0, 80) : shapeOf(text);
  };
  const samples =
    meaning === 'private'
      ? []
      : [...new Set(sample.map(({ cells }) => shown(cells[column])))].filter((text) => text !== '');
  const view: ColumnView = { header, meaning, samples: samples.slice(0, SAMPLES) };
  if (field !== undefined) view.field = field;
  const column_ = field !== undefined && isDateField(field) ? dates[field] : undefined;
  if (column_ !== undefined) view.dates = column_;
  return view;
}

/**
 * What a file is, what its columns are taken for and what stands in the way; for the mapping screen.
 * @throws FileError when the file cannot be read by any choice
 */
export async function inspectFile(
  file: SourceFile,
  side: Side,
  choice: FileMapping = {},
  signal?: AbortSignal,
): Promise<Inspection> {
  return (await planOf(file, side, FileMapping.parse(choice), signal)).inspection;
}
