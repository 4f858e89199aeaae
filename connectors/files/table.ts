import { clean } from '../../lib/text/index.ts';
import { type Encoding, encodingName, fromLegacy, isLegacy, LEGACY } from './encoding.ts';
import { findHeader, HEADER_ROWS, type HeaderPlace } from './header.ts';
import { type BadRow, type Cell, FileError, type FileKind, isBad, isBlank, type TableRow } from './source.ts';

export type Rows = AsyncGenerator<(TableRow | BadRow)[]>;

/** A file as a table: its header found, its rows ready to be read as often as needed. */
export interface Table {
  file: string;
  kind: FileKind;
  encoding?: Encoding;
  delimiter?: string;
  sheet?: string;
  sheets: string[];
  /** Line of the (lower) header row; 0 for JSON, whose names are its header. */
  headerLine: number;
  /** One label a column, each different; '' for none. */
  headers: string[];
  date1904: boolean;
  /** Sentences in Vietnamese for the person who chose the file. */
  warnings: string[];
  /** The first rows below the header. */
  sample: TableRow[];
  /** Text of a cell in Unicode. */
  words(text: string): string;
  /** Rows below the header. */
  rows(signal?: AbortSignal): Rows;
}

/** Rows that are read to find the header, and to show what stands below it. */
export const PEEK = HEADER_ROWS + 20;

/** The first rows that are rows. */
export async function firstRows(rows: Rows, headerLine = 0): Promise<TableRow[]> {
  const first: TableRow[] = [];
  for await (const batch of rows) {
    // Above a header that a person named, one row more may belong to it.
    for (const row of batch)
      if (!isBad(row) && row.line >= headerLine - 1 && row.cells.some((cell) => !isBlank(cell))) first.push(row);
    if (first.length >= PEEK) break;
  }
  return first.slice(0, PEEK);
}

/** Only what stands below the header. */
export async function* below(rows: Rows, headerLine: number): Rows {
  for await (const batch of rows) yield batch.filter(({ line }) => line > headerLine);
}

export function placeOf(
  file: string,
  rows: TableRow[],
  words: (text: string) => string,
  headerLine?: number,
): HeaderPlace {
  const chosen = headerLine === undefined ? undefined : rows.findIndex(({ line }) => line === headerLine);
  const place = findHeader(rows, words, chosen);
  if (place !== null) return place;
  throw new FileError(
    file,
    headerLine === undefined ? 'không thấy dòng tiêu đề nào' : `dòng ${headerLine} không phải dòng tiêu đề`,
  );
}

export const same = (text: string) => text.normalize('NFC');

export function wordsIn(encoding: Encoding | undefined): (text: string) => string {
  return encoding !== undefined && isLegacy(encoding) ? (text) => fromLegacy(text, encoding) : same;
}

/** A font encoding in which the header says more than as it was read: only a hint, the choice is a person's. */
export function legacyHint(rows: readonly TableRow[], known: number): string[] {
  const better = LEGACY.find((legacy) => (findHeader(rows, wordsIn(legacy))?.known ?? 0) > known + 1);
  return better === undefined
    ? []
    : [`tiêu đề chỉ đọc được khi coi chữ là bảng mã ${encodingName[better]}; hãy chọn bảng mã đó`];
}

/** A cell's text for a person or a comparison; '' for none. */
export function cellText(cell: Cell | undefined, words: (text: string) => string): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? clean(words(cell)) : String(cell);
}
