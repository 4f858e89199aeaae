import type { Side, SideRecord, UnreadableRow } from '../types.ts';
import { CR, emptyRow, LF, QUOTE, splitRow, textsOf } from './csv.ts';
import { type ColumnMapping, resultOf, statusReader } from './mapping.ts';
import { readMoment, UNREADABLE } from './moments.ts';
import { INDEX_EVERY, type RangeOutcome, REASON } from './sink.ts';

/** One range of a source as it was read, with its place in the source. */
export interface ReadRange extends RangeOutcome {
  /** Offset of the range in the source. */
  offset: number;
  /** Row of the side and line of the source (from 0) that the range starts with. */
  firstRow: number;
  firstLine: number;
}

/** Finds rows of a source again: the place of every 16th one is known. Ranges come in the order of the source. */
export class RowIndex {
  #ranges: readonly ReadRange[];

  constructor(ranges: readonly ReadRange[]) {
    this.#ranges = ranges.filter((range) => range.rows > 0);
  }

  /** Where to start reading for a row: offset and line (from 0) of a row, and how many rows to pass over from there. */
  find(row: number): { offset: number; line: number; pass: number } {
    let low = 0;
    for (let high = this.#ranges.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((this.#ranges[middle] as ReadRange).firstRow <= row) low = middle;
      else high = middle - 1;
    }
    const range = this.#ranges[low];
    if (range === undefined || row < range.firstRow || row >= range.firstRow + range.rows)
      throw new RangeError(`no row ${row}`);
    const inRange = row - range.firstRow;
    const entry = Math.floor(inRange / INDEX_EVERY) * 2;
    return {
      offset: range.offset + (range.index[entry] as number),
      line: range.firstLine + (range.index[entry + 1] as number),
      pass: inRange % INDEX_EVERY,
    };
  }

  /** Unreadable rows of the source, each with its `REASON`. */
  *refused(): Generator<{ row: number; reason: number }> {
    for (const { firstRow, refused } of this.#ranges)
      for (let i = 0; i < refused.length; i += 2)
        yield { row: firstRow + (refused[i] as number), reason: refused[i + 1] as number };
  }
}

/** Texts of a row's fields, and its line (from 1). */
export interface FoundRow {
  line: number;
  fields: string[];
}

/**
 * The row that lies `pass` rows behind the start of `bytes`; null when it does not end in them (never when `final`). `line` is the
 * line (from 0) of the first row.
 */
export function rowIn(
  bytes: Uint8Array,
  pass: number,
  line: number,
  delimiter: number,
  final: boolean,
): FoundRow | null {
  const row = emptyRow();
  let at = 0;
  let current = line;
  for (let left = pass; ; ) {
    const c = bytes[at];
    const blank = c === LF || c === CR;
    if (!blank && left === 0) break;
    const next = blank ? -1 : plainEnd(bytes, at);
    let breaks = 0;
    if (next >= 0) at = next;
    else {
      at = splitRow(bytes, at, bytes.length, final, delimiter, row);
      breaks = row.breaks;
    }
    if (at < 0 || at >= bytes.length) return null;
    current += breaks + 1;
    if (!blank) left--;
  }
  if (splitRow(bytes, at, bytes.length, final, delimiter, row) < 0) return null;
  return { line: current + 1, fields: textsOf(row) };
}

/** Behind a row that has no quote and ends with LF; -1: it is not so simple. */
function plainEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const c = bytes[at];
    if (c === LF) return at + 1;
    if (c === QUOTE || c === CR) return -1;
  }
  return -1;
}

/** A row that the join has read, as a record. The same readers of dates, statuses and flags as the join's, on texts. */
export function recordOf(fields: readonly string[], mapping: ColumnMapping, at: string): SideRecord {
  const text = (column: number | undefined) => {
    const value = column === undefined ? undefined : fields[column]?.normalize('NFC').trim();
    return value === '' ? undefined : value;
  };
  const record: SideRecord = { code: text(mapping.code) ?? '', at };
  const aliases = (mapping.aliases ?? []).flatMap((column) => (text(column) ?? '').split(/[;,|]/));
  const named = aliases.map((alias) => alias.trim()).filter((alias) => alias !== '' && alias !== record.code);
  if (named.length > 0) record.aliases = named;
  const texts = {
    procedure: text(mapping.procedure),
    unit: text(mapping.unit) ?? text(mapping.unitName),
    statusText: text(mapping.statusText),
  };
  for (const key of ['procedure', 'unit', 'statusText'] as const) {
    const value = texts[key];
    if (value !== undefined) record[key] = value;
  }
  const statusText = text(mapping.status);
  const status = statusText === undefined ? undefined : statusReader(mapping)(statusText);
  if (status !== undefined) record.status = status;
  if (record.statusText === undefined && statusText !== undefined && !/^\d+$/.test(statusText))
    record.statusText = statusText;
  for (const key of ['receivedAt', 'dueAt', 'finishedAt', 'updatedAt'] as const) {
    const read = readMoment(text(mapping[key]) ?? '', mapping.falseZ === true);
    if (read === 0 || read === UNREADABLE) continue;
    record[key] = Math.floor(read / 2);
    if (read % 2 === 1 && key !== 'updatedAt') record.dayOnly = [...(record.dayOnly ?? []), key];
  }
  const hasResult = resultOf(text(mapping.result) ?? '');
  if (hasResult !== undefined) record.hasResult = hasResult;
  return record;
}

/** What is wrong with a row, for the person who has the file. */
export function unreadableRow(
  side: Side,
  reason: number,
  found: FoundRow | null,
  mapping: ColumnMapping,
  at: string,
): UnreadableRow {
  const fields = found?.fields ?? [];
  const value = (column: number | undefined) =>
    `«${(column === undefined ? '' : (fields[column] ?? '')).slice(0, 40)}»`;
  const reasons: Record<number, string> = {
    [REASON.columns]: `dòng có ${fields.length} cột, cần ${mapping.columns} cột`,
    [REASON.truncated]: 'dấu nháy mở ra mà không đóng lại cho đến hết tệp',
    [REASON.afterQuote]: 'có chữ sau dấu nháy đóng',
    [REASON.code]: 'không có mã hồ sơ',
    [REASON.tooLong]: 'dòng quá dài (trên 256 kB), có thể thiếu một dấu nháy',
    [REASON.received]: `ngày tiếp nhận không đọc được: ${value(mapping.receivedAt)}`,
    [REASON.due]: `hạn trả không đọc được: ${value(mapping.dueAt)}`,
    [REASON.finish]: `ngày hoàn thành không đọc được: ${value(mapping.finishedAt)}`,
  };
  const row: UnreadableRow = { side, at, reason: reasons[reason] ?? 'không đọc được' };
  const structural = reason === REASON.columns || reason === REASON.truncated || reason === REASON.tooLong;
  const code = structural ? undefined : fields[mapping.code]?.normalize('NFC').trim();
  if (code) row.code = code;
  return row;
}
