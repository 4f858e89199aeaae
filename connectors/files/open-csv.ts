import { CsvScanner, delimiterOf } from './csv-scan.ts';
import { detectEncoding, type Encoding, textOf } from './encoding.ts';
import type { FileMapping } from './mapping.ts';
import { type BadRow, FileError, isBad, isBlank, LIMITS, type SourceFile, type TableRow } from './source.ts';
import { below, firstRows, legacyHint, placeOf, type Rows, type Table, wordsIn } from './table.ts';

const SNIFF = 64 * 1024;

/** @throws FileError when there is no header, or a limit is passed */
export async function openCsv(file: SourceFile, choice: FileMapping, signal?: AbortSignal): Promise<Table> {
  const encoding = choice.encoding ?? (await detectEncoding(file));
  const words = wordsIn(encoding);
  let sample = '';
  for await (const piece of textOf(file, encoding, signal)) {
    sample += piece;
    if (sample.length >= SNIFF) break;
  }
  const delimiter = choice.delimiter ?? delimiterOf(sample);
  const raw = (stop?: AbortSignal) => csvRows(file, encoding, delimiter, stop);
  const first = await firstRows(raw(signal), choice.headerLine);
  if (first.length === 0 && choice.headerLine === undefined)
    throw new FileError(file.name, 'không có dòng nào đọc được');
  const place = placeOf(file.name, first, words, choice.headerLine);
  const headerLine = first[place.at]?.line ?? 0;
  const width = place.headers.length;
  // Bytes that are no UTF-8 were read as Windows-1258; font encodings are bytes of Windows-1252.
  const other =
    encoding === 'windows-1258' ? await firstRows(csvRows(file, 'tcvn3', delimiter, signal), choice.headerLine) : first;
  const warnings = legacyHint(other, place.known);
  return {
    file: file.name,
    kind: 'csv',
    encoding,
    delimiter,
    sheets: [],
    headerLine,
    headers: place.headers,
    date1904: false,
    warnings,
    sample: first.slice(place.at + 1),
    words,
    rows: async function* (stop) {
      for await (const batch of below(raw(stop), headerLine))
        yield batch.map((row) => (isBad(row) ? row : fitting(row, width)));
    },
  };
}

/** A row that is longer than the header, or that the file ends in, is no row. */
function fitting(row: TableRow, width: number): TableRow | BadRow {
  if (row.cut && row.cells.length < width)
    return { line: row.line, reason: `tệp kết thúc giữa dòng (${row.cells.length} ô, tiêu đề có ${width})` };
  if (row.cells.length > width && row.cells.slice(width).some((cell) => !isBlank(cell)))
    return { line: row.line, reason: `nhiều ô hơn dòng tiêu đề (${row.cells.length}, tiêu đề có ${width})` };
  return row;
}

async function* csvRows(file: SourceFile, encoding: Encoding, delimiter: string, signal?: AbortSignal): Rows {
  const scanner = new CsvScanner(delimiter);
  let nul = false;
  const checked = (row: TableRow | BadRow): TableRow | BadRow => {
    if (isBad(row)) return row;
    let width = row.cells.length;
    while (width > LIMITS.columns && isBlank(row.cells[width - 1])) width--;
    if (width > LIMITS.columns)
      throw new FileError(file.name, `dòng ${row.line} có ${width} cột, giới hạn là ${LIMITS.columns}`);
    if (nul && row.cells.some((cell) => typeof cell === 'string' && cell.includes('\0')))
      return { line: row.line, reason: 'có byte 0 trong dòng' };
    return row;
  };
  const told = (row: TableRow | BadRow) => !(row.line === 1 && !isBad(row) && /^sep=/i.test(String(row.cells[0])));
  for await (const piece of textOf(file, encoding, signal)) {
    nul ||= piece.includes('\0');
    yield scanner.push(piece).filter(told).map(checked);
  }
  yield scanner.push('', true).filter(told).map(checked);
}
