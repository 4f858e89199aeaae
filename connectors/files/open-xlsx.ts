import { findHeader } from './header.ts';
import type { FileMapping } from './mapping.ts';
import { FileError, LIMITS, type SourceFile, type TableRow } from './source.ts';
import { below, firstRows, legacyHint, placeOf, type Table, wordsIn } from './table.ts';
import { checkWorkbook, type WorkbookInfo } from './workbook.ts';
import { xlsxRows } from './xlsx-rows.ts';

/** @throws FileError when the workbook is refused, or has no such sheet or header */
export async function openXlsx(file: SourceFile, choice: FileMapping, signal?: AbortSignal): Promise<Table> {
  if (file.size > LIMITS.workbook)
    throw new FileError(
      file.name,
      `tệp .xlsx lớn hơn ${LIMITS.workbook >> 20} MB; hãy lưu thành CSV UTF-8 rồi chọn lại`,
    );
  const bytes = new Uint8Array(await file.arrayBuffer());
  const info = infoOf(file, bytes);
  const words = wordsIn(choice.encoding);
  const peek = async (index: number) => firstRows(sheetRows(file.name, bytes, info, index, signal), choice.headerLine);
  const index = await sheetIndex(file.name, info, choice, words, peek);
  const first = await peek(index);
  if (first.length === 0 && choice.headerLine === undefined)
    throw new FileError(file.name, 'bảng tính không có dòng nào');
  const place = placeOf(file.name, first, words, choice.headerLine);
  const headerLine = first[place.at]?.line ?? 0;
  return {
    file: file.name,
    kind: 'xlsx',
    sheet: info.sheets[index]?.name ?? '',
    sheets: info.sheets.map(({ name }) => name),
    headerLine,
    headers: place.headers,
    date1904: info.date1904,
    warnings: legacyHint(first, place.known),
    sample: first.slice(place.at + 1),
    words,
    rows: (stop) => below(sheetRows(file.name, bytes, info, index, stop), headerLine),
  };
}

/** What the pre-pass told of a file; a `File` cannot change, it fails when what is on disk has. */
const passed = new WeakMap<SourceFile, WorkbookInfo>();

function infoOf(file: SourceFile, bytes: Uint8Array): WorkbookInfo {
  const info = passed.get(file) ?? checkWorkbook(file.name, bytes);
  passed.set(file, info);
  return info;
}

const sheetRows = (file: string, bytes: Uint8Array, info: WorkbookInfo, index: number, signal?: AbortSignal) =>
  xlsxRows(file, bytes, index, info.sheets[index]?.merges ?? [], signal);

/** Sheets that are looked into for a header when none is named. */
const SHEETS = 12;

async function sheetIndex(
  file: string,
  info: WorkbookInfo,
  choice: FileMapping,
  words: (text: string) => string,
  peek: (index: number) => Promise<TableRow[]>,
): Promise<number> {
  if (choice.sheet !== undefined) {
    const index = info.sheets.findIndex(({ name }) => name === choice.sheet);
    if (index < 0) throw new FileError(file, `không có trang tính «${choice.sheet}»`);
    return index;
  }
  if (info.sheets.length < 2) return 0;
  const known: number[] = [];
  for (const index of info.sheets.slice(0, SHEETS).keys()) known.push(findHeader(await peek(index), words)?.known ?? 0);
  return known.indexOf(Math.max(...known));
}
