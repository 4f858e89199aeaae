import { isKnownCode, readCodes, statusOf } from '../../lib/dossier/index.ts';
import { COMPARED_MOMENTS, type ComparedMoment, type SideRecord } from '../../lib/reconcile/index.ts';
import { clean, fold } from '../../lib/text/index.ts';
import { type ColumnField, fieldWords } from './columns.ts';
import { type DateColumn, type DateReading, readDate } from './dates.ts';
import { type Cell, isBlank, type TableRow } from './source.ts';
import { cellText } from './table.ts';
import { bare, cellErrors, footers, isNothing, own, Pool, resultOf, Statuses, totals } from './values.ts';

/** All that turns a row into a record. */
export interface RowPlan {
  /** Columns of each field, from 0. */
  columns: Partial<Record<ColumnField, number[]>>;
  headers: readonly string[];
  dates: Partial<Record<ColumnField, DateColumn>>;
  reading: DateReading;
  words(text: string): string;
  /** `tệp.csv:12` */
  at(line: number): string;
}

export type RowReading =
  | { kind: 'record'; record: SideRecord }
  /** A dossier, or what should be one, that cannot be read. */
  | { kind: 'unreadable'; reason: string; code?: string }
  /** A total, a footer, a group heading: no dossier. */
  | { kind: 'ignored'; reason: string }
  | { kind: 'blank' };

/** What no total, footer or group heading looks like. */
const CODE_LIKE = /^(?=[^\d]*\d)[\w./-]{6,}$/;

/** A column numbering under the header: «(1) (2) (3)», «A B C». */
const NUMBERING = /^(\(?\d{1,3}\)?(\s*=.*)?|[A-Z])$/;

/** Reads the rows of one file. */
export class RowReader {
  readonly #plan: RowPlan;
  readonly #pool = new Pool();
  readonly #statuses = new Statuses();
  #rows = 0;

  constructor(plan: RowPlan) {
    this.#plan = plan;
  }

  read(row: TableRow): RowReading {
    const filled = row.cells.filter((cell) => !isBlank(cell));
    if (filled.length === 0) return { kind: 'blank' };
    this.#rows++;
    const ignored = this.#ignored(row, filled);
    if (ignored !== null) return { kind: 'ignored', reason: ignored };
    const codes = this.#codes(row);
    if ('reason' in codes) return { kind: 'unreadable', ...codes };
    const record: SideRecord = { code: own(codes.code), at: this.#plan.at(row.line) };
    if (codes.aliases.length > 0) record.aliases = codes.aliases;
    const reason = this.#facts(row, record);
    return reason === null ? { kind: 'record', record } : { kind: 'unreadable', reason, code: record.code };
  }

  #cell(row: TableRow, field: ColumnField): Cell {
    const [column] = this.#plan.columns[field] ?? [];
    return column === undefined ? null : (row.cells[column] ?? null);
  }

  #text(row: TableRow, field: ColumnField): string {
    return cellText(this.#cell(row, field), this.#plan.words);
  }

  /** Why a row is no dossier, or null. */
  #ignored(row: TableRow, filled: readonly Cell[]): string | null {
    const [column = -1] = this.#plan.columns.code ?? [];
    if (row.filled?.includes(column)) return 'dòng nối của hồ sơ phía trên (ô gộp)';
    const code = this.#text(row, 'code');
    const first = cellText(filled[0], this.#plan.words);
    if (code === this.#plan.headers[column] && code !== '') return 'dòng tiêu đề lặp lại';
    if (
      this.#rows <= 2 &&
      filled.length > 2 &&
      filled.every((cell) => NUMBERING.test(cellText(cell, this.#plan.words)))
    )
      return 'dòng đánh số cột';
    if (CODE_LIKE.test(code)) return null;
    if (code === '' || code === first) {
      const begins = fold(first);
      const words = begins.replace(/[\s:;.,]*[\d.,\s]*(ho so)?$/, '');
      if (totals.has(words)) return 'dòng tổng';
      if (
        !isKnownCode(code) &&
        footers.some(
          (footer) => begins === footer || begins.startsWith(`${footer} `) || begins.startsWith(`${footer}:`),
        )
      )
        return 'dòng cuối bảng (ghi chú, người ký)';
      if (filled.length === 1 && (code === '' ? !this.#tells(row) : /\s/.test(code) && !isKnownCode(code)))
        return 'dòng nhóm hoặc ghi chú, chỉ có một ô';
    }
    return null;
  }

  /** Does the only cell of a row say something that its column is read for? Then it is a dossier that lost its code. */
  #tells(row: TableRow): boolean {
    const column = row.cells.findIndex((cell) => !isBlank(cell));
    const mapped = Object.values(this.#plan.columns).some((list) => list.includes(column));
    const text = cellText(row.cells[column], this.#plan.words);
    return mapped && (/^\d/.test(text) || statusOf(text) !== 'unknown');
  }

  #codes(row: TableRow): { code: string; aliases: string[] } | { reason: string; code?: string } {
    const header = this.#plan.headers[this.#plan.columns.code?.[0] ?? -1] ?? '';
    const cell = this.#cell(row, 'code');
    if (isBlank(cell)) return { reason: `không có mã hồ sơ (cột «${header}» trống)` };
    if (cell instanceof Date || typeof cell === 'boolean' || (typeof cell === 'number' && !Number.isSafeInteger(cell)))
      return { reason: `mã hồ sơ ở cột «${header}» đã bị bảng tính đổi thành ngày hoặc số` };
    const source = typeof cell === 'string' ? this.#plan.words(cell) : String(cell);
    const text = bare(clean(source));
    if (/^\d([.,]\d+)?E\+?\d+$/i.test(text))
      return { reason: `mã hồ sơ ở cột «${header}» đã bị bảng tính đổi thành số (${text})` };
    if (cellErrors.has(fold(text))) return { reason: `ô mã hồ sơ báo lỗi ${text}` };
    if (text.includes('\ufffd')) return { reason: `mã hồ sơ ở cột «${header}» có ký tự hỏng` };
    if (text.length > 120) return { reason: `mã hồ sơ ở cột «${header}» dài hơn 120 ký tự` };
    const aliases = this.#aliases(row);
    if (!/[\r\n]/.test(source.trim())) return { code: text, aliases: aliases.filter((alias) => alias !== text) };
    // Several lines: only what has the form of a code may be taken, for the rest may be a person.
    const codes = readCodes(source.split(/\r\n?|\n/));
    if (codes === null || !codes.codeKnown)
      return { reason: `ô mã hồ sơ ở cột «${header}» có nhiều dòng, không dòng nào là mã` };
    return {
      code: codes.code,
      aliases: [...new Set([...codes.aliases, ...aliases])].filter((alias) => alias !== codes.code),
    };
  }

  #aliases(row: TableRow): string[] {
    const found = (this.#plan.columns.alias ?? []).flatMap((column) => {
      const cell = row.cells[column] ?? null;
      if (typeof cell !== 'string' && typeof cell !== 'number') return [];
      return this.#plan
        .words(String(cell))
        .split(/\r\n?|\n|[;,]\s/)
        .map((part) => bare(clean(part)));
    });
    return [...new Set(found)]
      .filter((text) => text.length <= 120 && !isNothing(text) && !text.includes('\ufffd'))
      .slice(0, 8)
      .map(own);
  }

  /** Puts in what the row tells; returns what cannot be read, or null. */
  #facts(row: TableRow, record: SideRecord): string | null {
    const short = (field: ColumnField, max: number) => {
      const text = this.#text(row, field);
      return isNothing(text) ? undefined : this.#pool.of(bare(text).slice(0, max));
    };
    const procedure = short('procedure', 120);
    const unit = short('unit', 300) ?? short('unitName', 300);
    if (procedure !== undefined) record.procedure = procedure;
    if (unit !== undefined) record.unit = unit;
    this.#status(row, record);
    const result = this.#plan.columns.hasResult && resultOf(this.#text(row, 'hasResult'));
    if (result !== undefined) record.hasResult = result;
    for (const field of [...COMPARED_MOMENTS, 'updatedAt'] as const) {
      const reason = this.#moment(row, field, record);
      if (reason !== null) return reason;
    }
    return null;
  }

  #moment(row: TableRow, field: ComparedMoment | 'updatedAt', record: SideRecord): string | null {
    const column = this.#plan.dates[field];
    const cell = this.#cell(row, field);
    if (column === undefined || isBlank(cell)) return null;
    const text = typeof cell === 'string' ? bare(clean(this.#plan.words(cell))) : cell;
    if (typeof text === 'string' && isNothing(text)) return null;
    const moment = readDate(text, column, this.#plan.reading);
    if (moment === 'none') return null;
    if (moment === 'unreadable' || moment === 'undecided') {
      const header = this.#plan.headers[this.#plan.columns[field]?.[0] ?? -1] ?? fieldWords[field];
      // A date is shown only when it looks like one: a shifted row could put a name here.
      const shown = typeof text === 'string' && /^[\d\s/.:,TZ+-]{1,30}$/.test(text) ? ` «${text}»` : '';
      return moment === 'undecided'
        ? `cột «${header}»${shown} có thể là ngày/tháng hoặc tháng/ngày, chưa được chọn`
        : `cột «${header}»${shown} không phải ngày có thật`;
    }
    record[field] = moment.second;
    if (moment.dayOnly && field !== 'updatedAt') record.dayOnly = [...(record.dayOnly ?? []), field];
    return null;
  }

  #status(row: TableRow, record: SideRecord): void {
    const code = this.#text(row, 'status');
    const words = this.#text(row, 'statusText');
    const { status, text } = this.#statuses.of(code, words);
    if (text !== undefined) record.statusText = text;
    if (status !== undefined) record.status = status;
  }
}
