import { dayNumber } from '../../lib/text/index.ts';
import { readMoment, type WireMoment } from '../wire.ts';
import type { Cell } from './source.ts';

/** Which of the two numbers of `05/11/2026` is the day. */
export type DateOrder = 'dmy' | 'mdy';

/** How one column writes its dates: decided once for the column, never for a cell. */
export interface DateColumn {
  /** Undecided: the column's texts can be read both ways, and nothing proves either. */
  order: DateOrder | 'undecided' | 'mixed';
  /** No cell of the column tells a time of day: its midnights are bare dates. */
  wholeDays: boolean;
  /** Why, in Vietnamese, when a person should know it. */
  note?: string;
}

const UTC7 = 25_200;
const DAY = 86_400;
/** Day 0 of Excel's count as days since 1970-01-01; its false 29/02/1900 is before every date that is read. */
const EXCEL_EPOCH = -25_569;
const MAC_EPOCH = -24_107;

const TIME = String.raw`(\d{1,2})(?::|h| giờ )(\d{2})(?::(\d{2})(?:[.,]\d+)?| phút)?`;
const NUMERIC = new RegExp(
  String.raw`^(?:${TIME},?\s+(?:ngày\s+)?)?(\d{1,2})([/.-])(\d{1,2})\5(\d{4}|\d{2})(?:[,\sT]+(?:lúc\s+)?${TIME}\s*(am|pm|sa|ch)?)?$`,
  'i',
);

interface NumericDate {
  first: number;
  second: number;
  year: number;
  time: [hour: number, minute: number, second: number] | null;
  /** Signs of a hand or of an English Excel: no leading zeros, two digits of the year, AM/PM. */
  loose: boolean;
}

/** The form that nearly all systems print. */
const USUAL = /^(\d{2})\/(\d{2})\/(\d{4})(?: (\d{2}):(\d{2}):(\d{2}))?$/;

function numericDate(text: string): NumericDate | null {
  const usual = USUAL.exec(text);
  if (usual) {
    const [, first, second, year, hour, minute, seconds] = usual;
    const time: NumericDate['time'] = hour === undefined ? null : [Number(hour), Number(minute), Number(seconds)];
    return { first: Number(first), second: Number(second), year: Number(year), time, loose: false };
  }
  const m = NUMERIC.exec(text);
  if (!m || (m[7]?.length === 2 && m[5] !== '/')) return null;
  const [hour, minute, second] = m[8] === undefined ? [m[1], m[2], m[3]] : [m[8], m[9], m[10]];
  const half = m[11]?.toLowerCase();
  const twelve = Number(hour) % 12;
  const hours = half === undefined ? Number(hour) : half === 'pm' || half === 'ch' ? twelve + 12 : twelve;
  return {
    first: Number(m[4]),
    second: Number(m[6]),
    year: Number(m[7]) + (m[7]?.length === 2 ? 2000 : 0),
    time: hour === undefined ? null : [hours, Number(minute), Number(second ?? 0)],
    loose: half !== undefined || m[7]?.length === 2 || m[4]?.length === 1 || m[6]?.length === 1,
  };
}

/** What the cells of one date column say about how they are written. */
export class DateEvidence {
  #dayFirst: number | null = null;
  #monthFirst: number | null = null;
  #either = 0;
  #loose = false;
  #timed = false;

  see(cell: Cell, line: number): void {
    if (cell instanceof Date) {
      this.#timed ||= cell.getTime() % 86_400_000 !== 0;
      return;
    }
    if (typeof cell === 'number' && cell < 100_000) {
      this.#timed ||= !Number.isInteger(cell);
      return;
    }
    if (typeof cell !== 'string' && typeof cell !== 'number') return;
    const text = String(cell).trim();
    const date = numericDate(text);
    if (date === null) {
      this.#timed ||=
        /[1-9]/.test(/\d{2}:\d{2}(:\d{2})?/.exec(text)?.[0] ?? '') || /^\d{10,}$/.test(text.replace(/0{6}$/, ''));
      return;
    }
    this.#timed ||= date.time?.some((part) => part !== 0) ?? false;
    if (date.first > 12) this.#dayFirst ??= line;
    else if (date.second > 12) this.#monthFirst ??= line;
    else if (date.first !== date.second) this.#either++;
    this.#loose ||= date.loose;
  }

  /** Is there a text that could be read both ways, so that more of the column should be seen? */
  get open(): boolean {
    return this.#either > 0 || this.#dayFirst !== null || this.#monthFirst !== null;
  }

  /** The order that the column itself proves. */
  get proof(): DateOrder | null {
    if (this.#dayFirst !== null && this.#monthFirst === null) return 'dmy';
    return this.#monthFirst !== null && this.#dayFirst === null ? 'mdy' : null;
  }

  /**
   * @param chosen by a person, for this column
   * @param others what the other columns of the file prove, when they agree: one program wrote them all
   */
  decide(chosen: DateOrder | undefined, others: DateOrder | null): DateColumn {
    const wholeDays = !this.#timed;
    if (chosen !== undefined) return { order: chosen, wholeDays };
    if (this.#dayFirst !== null && this.#monthFirst !== null)
      return {
        order: 'mixed',
        wholeDays,
        note: `vừa có ngày/tháng (dòng ${this.#dayFirst}) vừa có tháng/ngày (dòng ${this.#monthFirst})`,
      };
    if (this.proof !== null)
      return this.proof === 'dmy'
        ? { order: 'dmy', wholeDays }
        : { order: 'mdy', wholeDays, note: `viết tháng trước ngày (dòng ${this.#monthFirst})` };
    if (this.#either === 0) return { order: 'dmy', wholeDays };
    if (others !== null)
      return {
        order: others,
        wholeDays,
        note: `không tự cho biết ngày hay tháng đứng trước; đọc theo các cột ngày khác của tệp (${orderWords(others)})`,
      };
    if (this.#loose)
      return {
        order: 'undecided',
        wholeDays,
        note: 'không cho biết ngày hay tháng đứng trước; hãy chọn ngày/tháng hoặc tháng/ngày cho cột này',
      };
    return {
      order: 'dmy',
      wholeDays,
      note: 'không có ngày nào sau 12 nên không tự chứng tỏ; đọc theo lệ Việt Nam (ngày/tháng)',
    };
  }
}

const orderWords = (order: DateOrder) => (order === 'dmy' ? 'ngày/tháng/năm' : 'tháng/ngày/năm');

export interface DateReading {
  /** Dates of the workbook count from 1904. */
  date1904?: boolean;
  /** A `Z` behind a time is false: the time is local (LGSP documents). */
  falseZ?: boolean;
}

/**
 * The moment of a cell in a date column. `none`: the cell is empty or says that there is none. `undecided`: it could be read both
 * ways, in a column where neither is proven.
 */
export function readDate(
  cell: Cell,
  column: DateColumn,
  reading: DateReading = {},
): WireMoment | 'none' | 'unreadable' | 'undecided' {
  if (cell === null || cell === '') return 'none';
  if (cell instanceof Date) return wallClock(Math.round(cell.getTime() / 1000));
  if (typeof cell === 'boolean') return 'unreadable';
  const text = typeof cell === 'number' ? String(cell) : cell.normalize('NFC').trim();
  if (/^\d{1,14}(\.\d+)?$/.test(text)) return whole(countOf(Number(text), text, reading), column);
  const date = numericDate(text);
  if (date !== null && !/^0+$/.test(`${date.first}${date.second}`)) return numericMoment(date, column);
  return whole(readMoment(text, { falseZ: reading.falseZ ?? false }), column);
}

/** A midnight of a column that tells no times is a bare date. */
function whole<T extends string>(moment: WireMoment | T, { wholeDays }: DateColumn): WireMoment | T {
  return typeof moment === 'string' || !wholeDays || moment.dayOnly
    ? moment
    : { ...moment, dayOnly: (moment.second + UTC7) % DAY === 0 };
}

/** Nobody receives a dossier at the stroke of midnight: in a spreadsheet such a moment is a date that somebody typed. */
const wallClock = (second: number): WireMoment | 'unreadable' =>
  inRange(second) ? { second: second - UTC7, dayOnly: second % DAY === 0 } : 'unreadable';

/** 1990 to 2099, as everywhere in this product. */
const inRange = (second: number) => second >= 631_152_000 && second < 4_102_444_800;

/**
 * A bare number. The ranges do not meet between 1990 and 2099: days of Excel, epoch minutes (our own records), `yyyyMMdd`, epoch
 * seconds, `yyyyMMddHHmm`, epoch milliseconds, `yyyyMMddHHmmss`.
 */
function countOf(n: number, digits: string, { date1904 = false }: DateReading): WireMoment | 'none' | 'unreadable' {
  if (n === 0) return 'none';
  if (n >= 30_000 && n < 75_000) return wallClock(Math.round((n + (date1904 ? MAC_EPOCH : EXCEL_EPOCH)) * DAY));
  if (n >= 21_000_000 && n < 69_000_000) return { second: Math.floor(n) * 60, dayOnly: false };
  if (n >= 631_152_000 && n < 4_102_444_800) return { second: Math.floor(n), dayOnly: false };
  if (digits.length === 12 && n < 210_000_000_000) return readMoment(`${digits}00`);
  if (n >= 631_152_000_000 && n < 4_102_444_800_000) return { second: Math.floor(n / 1000), dayOnly: false };
  return digits.length === 8 || digits.length === 14 ? readMoment(digits) : 'unreadable';
}

function numericMoment(date: NumericDate, column: DateColumn): WireMoment | 'unreadable' | 'undecided' {
  const sure = date.first === date.second;
  if (!sure && (column.order === 'undecided' || column.order === 'mixed')) return 'undecided';
  const [day, month] = column.order === 'mdy' ? [date.second, date.first] : [date.first, date.second];
  const number = dayNumber(date.year, month, day);
  if (number === null) return 'unreadable';
  const start = number * DAY - UTC7;
  if (date.time === null) return { second: start, dayOnly: true };
  const [hours, minutes, seconds] = date.time;
  if (hours > 23 || minutes > 59 || seconds > 59) return 'unreadable';
  return {
    second: start + hours * 3600 + minutes * 60 + seconds,
    dayOnly: column.wholeDays && hours + minutes + seconds === 0,
  };
}
