import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { readZip, type ZipLimits } from '../lib/letters/index.ts';
import { InputError } from './errors.ts';
import { readText } from './files.ts';

const MB = 1024 * 1024;
const MAX_MEGABYTES = 50;
/** hucre believes what a file says of its size; the limits are held before it sees the file. */
const WORKBOOK_LIMITS: ZipLimits = { file: MAX_MEGABYTES * MB, entries: 2000, total: 400 * MB, ratio: 400 };

/** A row of a data file: its values by column, or why it cannot be read. */
export type DataRow = { line: number; values: Record<string, unknown> } | { line: number; error: string };

/** Bytes of a file. @throws InputError naming the file. */
export function readBytes(file: string, maxMegabytes: number): Uint8Array {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new InputError(`${file}: không có tệp này`);
  if (!stat.isFile()) throw new InputError(`${file}: không phải là tệp`);
  if (stat.size > maxMegabytes * MB) throw new InputError(`${file}: tệp lớn hơn ${maxMegabytes} MB`);
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new InputError(`${file}: không đọc được (${(error as NodeJS.ErrnoException).code ?? 'lỗi'})`);
  }
}

interface CsvRecord {
  /** Line on which it begins; a quoted cell may go over several. */
  line: number;
  cells: string[];
}

const SEPARATORS = [',', ';', '\t'];

/** The separator that cuts the heading into the most columns. */
function separatorOf(text: string): string {
  const heading = text.split(/\r?\n/, 1)[0]?.replace(/"[^"]*"/g, '') ?? '';
  const counts = SEPARATORS.map((separator) => heading.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] as string;
}

/** RFC 4180 with the line of every record, by which faults are named; libraries give the count of records only. */
function* csvRecords(text: string, separator: string): Generator<CsvRecord> {
  const token = new RegExp(
    `"((?:[^"]|"")*)"|([^${separator}\\r\\n"][^${separator}\\r\\n]*)|(${separator})|(\\r\\n?|\\n)|"`,
    'gy',
  );
  let line = 1;
  let record: CsvRecord = { line, cells: [''] };
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [whole, quoted, plain, cut, end] = match;
    if (cut !== undefined) record.cells.push('');
    else if (end !== undefined) {
      yield record;
      line++;
      record = { line, cells: [''] };
    } else {
      const cell = quoted?.replace(/""/g, '"') ?? plain ?? whole;
      record.cells[record.cells.length - 1] += cell;
      line += whole.split(/\r\n?|\n/).length - 1;
    }
  }
  if (record.cells.length > 1 || record.cells[0] !== '') yield record;
}

/** Rows of a table whose first record is the heading. */
function tableRows(file: string, records: Iterable<{ line: number; cells: readonly unknown[] }>): DataRow[] {
  let heading: string[] | null = null;
  const rows: DataRow[] = [];
  for (const { line, cells } of records) {
    if (cells.every((cell) => cell === null || cell === undefined || String(cell).trim() === '')) continue;
    if (heading === null) {
      heading = cells.map((cell) =>
        String(cell ?? '')
          .normalize('NFC')
          .trim(),
      );
      const named = heading.filter(Boolean);
      const twice = named.find((name, i) => named.indexOf(name) !== i);
      if (twice !== undefined) throw new InputError(`${file}:${line}: cột «${twice}» có hai lần`);
      continue;
    }
    const extra = cells.slice(heading.length).find((cell) => cell !== null && cell !== '');
    if (extra !== undefined) rows.push({ line, error: 'nhiều ô hơn dòng tiêu đề' });
    else
      rows.push({
        line,
        values: Object.fromEntries(heading.map((name, i) => [name, cells[i]]).filter(([name]) => name)),
      });
  }
  return rows;
}

function ndjsonRows(text: string): DataRow[] {
  const rows: DataRow[] = [];
  for (const [i, source] of text.split(/\r?\n/).entries()) {
    if (source.trim() === '') continue;
    const line = i + 1;
    try {
      const values: unknown = JSON.parse(source);
      if (typeof values !== 'object' || values === null || Array.isArray(values)) throw new TypeError();
      rows.push({ line, values: values as Record<string, unknown> });
    } catch {
      rows.push({ line, error: 'không phải là một đối tượng JSON {…}' });
    }
  }
  return rows;
}

async function workbookRows(file: string): Promise<DataRow[]> {
  const bytes = readBytes(file, MAX_MEGABYTES);
  try {
    readZip(bytes, WORKBOOK_LIMITS);
    const { sheets } = await readXlsx(bytes, { sheets: [0] });
    return tableRows(
      file,
      (sheets[0]?.rows ?? []).map((cells, i) => ({ line: i + 1, cells })),
    );
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file}: không đọc được bảng tính: ${(error as Error).message.replace('.docx', '.xlsx')}`);
  }
}

/**
 * Rows of a .csv, .ndjson or .xlsx file (first sheet). A row that cannot be read is a row with an error; a file that cannot
 * be read is refused.
 * @throws InputError naming the file.
 */
export async function readRows(file: string): Promise<DataRow[]> {
  const kind = extname(file).toLowerCase();
  if (kind === '.xlsx') return workbookRows(file);
  if (!['.csv', '.tsv', '.ndjson', '.jsonl'].includes(kind))
    throw new InputError(`${file}: chỉ đọc được tệp .csv, .ndjson hoặc .xlsx`);
  const text = readText(file, MAX_MEGABYTES).replace(/^\ufeff/, '');
  return kind.includes('json') ? ndjsonRows(text) : tableRows(file, csvRecords(text, separatorOf(text)));
}
