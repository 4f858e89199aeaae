/** Moments straight from bytes. All zones end as epoch seconds; a moment without a zone is Vietnam's wall clock (UTC+7). */

export const UTC7 = 25_200;
export const DAY = 86_400;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2099;

/** Days since 1970-01-01 by (year - 1990) << 9 | month << 5 | date; 0 where there is no such date. */
const DAYS = buildDays();

function buildDays(): Uint16Array {
  const days = new Uint16Array((LAST_YEAR - FIRST_YEAR + 1) << 9);
  for (let at = Date.UTC(FIRST_YEAR, 0, 1); at < Date.UTC(LAST_YEAR + 1, 0, 1); at += DAY * 1000) {
    const date = new Date(at);
    const year = date.getUTCFullYear() - FIRST_YEAR;
    days[(year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()] = at / (DAY * 1000);
  }
  return days;
}

/** Forms of a fixed length, by which whole columns are written. */
export const FORM = { compact: 1, dayFirstTime: 2, isoDay: 3, dayFirst: 4, isoTime: 5, compactDay: 6 } as const;
/** Length of each form. */
export const FORM_LENGTH = [0, 14, 19, 10, 10, 19, 8];
/** Forms without a time of day. */
export const FORM_IS_DAY = [0, 0, 0, 1, 1, 0, 1];

/** Four bytes that are all digits; the two halves as numbers: first two digits in the low half, last two in the high half. */
const pairs = (w: number) => {
  const d = w & 0x0f0f0f0f;
  return (Math.imul(d, 10) + (d >>> 8)) & 0x00ff00ff;
};
const areDigits = (w: number) => ((w & 0xf0f0f0f0) | (((w + 0x06060606) & 0xf0f0f0f0) >>> 4)) === 0x33333333;

/** Days since 1970-01-01; 0: no such date. */
const dayNumber = (year: number, month: number, date: number): number =>
  year < FIRST_YEAR || year > LAST_YEAR || month > 12 || date > 31
    ? 0
    : (DAYS[((year - FIRST_YEAR) << 9) | (month << 5) | date] as number);

function secondsOf(year: number, month: number, date: number, time: number): number {
  const day = time < 0 ? 0 : dayNumber(year, month, date);
  return day === 0 ? 0 : (Math.imul(day, DAY) + time - UTC7) | 0;
}

const timeOf = (hour: number, minute: number, second: number) =>
  hour > 23 || minute > 59 || second > 59 ? -1 : hour * 3600 + minute * 60 + second;

/** Seconds of the day of `HH:mm:ss`; -1: something else. */
function clockAt(view: DataView, at: number): number {
  // HH:m and m:ss: both colons and all six digits, each looked at in its place.
  const a = view.getInt32(at, true);
  const b = view.getInt32(at + 4, true);
  if ((a & 0x00ff0000) !== 0x003a0000 || (b & 0x0000ff00) !== 0x00003a00) return -1;
  if (!areDigits((a & 0xff00ffff) | 0x00300000 | 0) || !areDigits((b & 0xffff00ff) | 0x00003000 | 0)) return -1;
  const hour = (a & 15) * 10 + ((a >>> 8) & 15);
  const minute = ((a >>> 24) & 15) * 10 + (b & 15);
  return timeOf(hour, minute, ((b >>> 16) & 15) * 10 + ((b >>> 24) & 15));
}

/**
 * `momentAt` for `yyyy-MM-dd HH:mm:ss` (or `T` between), in which most files are written: the expected text is taken off each word, so
 * that a digit is 0–9 and a separator 0, and what is left is tested for all bytes at once.
 */
export function isoTimeAt(view: DataView, at: number): number {
  const y = view.getInt32(at, true) ^ 0x30303030;
  const m = view.getInt32((at + 4) | 0, true) ^ 0x2d30302d;
  const d = view.getInt32((at + 8) | 0, true) ^ 0x00003030;
  // HH:m, then m:ss
  const h = view.getInt32((at + 11) | 0, true) ^ 0x303a3030;
  const s = view.getInt32((at + 15) | 0, true) ^ 0x30303a30;
  const date = (d | (d + 0x7676)) & 0xffff;
  const day = y | (y + 0x76767676) | m | (m + 0x7f76767f) | date;
  const time = h | (h + 0x767f7676) | s | (s + 0x76767f76);
  const between = (d >>> 16) & 255;
  if (((day | time) & 0x80808080) !== 0 || (between !== 32 && between !== 84)) return 0;
  const year = Math.imul(y, 10) + (y >>> 8);
  const number = dayNumber(
    (year & 255) * 100 + ((year >>> 16) & 255),
    ((m >>> 8) & 15) * 10 + ((m >>> 16) & 15),
    (d & 15) * 10 + ((d >>> 8) & 15),
  );
  const hour = (h & 15) * 10 + ((h >>> 8) & 15);
  const minute = ((h >>> 24) & 15) * 10 + (s & 15);
  const second = ((s >>> 16) & 15) * 10 + ((s >>> 24) & 15);
  if (number === 0 || hour > 23 || minute > 59 || second > 59) return 0;
  return (Math.imul(number, DAY) + hour * 3600 + minute * 60 + second - UTC7) | 0;
}

/**
 * Epoch seconds (as 32 bits) of a text of that form at a place; 0: the bytes there are something else. The caller sees to the length
 * and to eight readable bytes behind it.
 */
export function momentAt(view: DataView, at: number, form: number): number {
  if (form === FORM.compact || form === FORM.compactDay) {
    const [y, m] = [view.getInt32(at, true), view.getInt32(at + 4, true)];
    if (!areDigits(y) || !areDigits(m)) return 0;
    const [year, md] = [pairs(y), pairs(m)];
    let time = 0;
    if (form === FORM.compact) {
      const [h, s] = [view.getInt32(at + 8, true), view.getInt32(at + 10, true)];
      if (!areDigits(h) || !areDigits(s)) return 0;
      const hm = pairs(h);
      time = timeOf(hm & 255, hm >>> 16, pairs(s) >>> 16);
    }
    return secondsOf((year & 255) * 100 + (year >>> 16), md & 255, md >>> 16, time);
  }
  if (form === FORM.isoTime) return isoTimeAt(view, at);
  if (form === FORM.isoDay) {
    const y = view.getInt32(at, true);
    const m = view.getInt32(at + 4, true);
    const d = view.getUint16(at + 8, true);
    // -MM-
    if (!areDigits(y) || (m & 0xff0000ff) !== (0x2d00002d | 0)) return 0;
    if (!areDigits((m & 0x00ffff00) | 0x30000030 | 0) || !areDigits(d | 0x30300000)) return 0;
    const year = pairs(y);
    const month = ((m >>> 8) & 15) * 10 + ((m >>> 16) & 15);
    return secondsOf((year & 255) * 100 + (year >>> 16), month, (d & 15) * 10 + ((d >>> 8) & 15), 0);
  }
  // dd/MM/yyyy
  const a = view.getInt32(at, true);
  const b = view.getUint16(at + 4, true);
  const y = view.getInt32(at + 6, true);
  if ((a & 0x00ff0000) !== 0x002f0000 || b >>> 8 !== 0x2f || !areDigits(y)) return 0;
  if (!areDigits((a & 0xff00ffff) | 0x00300000 | 0) || !areDigits((b & 255) | 0x30303000)) return 0;
  let time = 0;
  if (form === FORM.dayFirstTime) {
    if (view.getUint8(at + 10) !== 32) return 0;
    time = clockAt(view, at + 11);
  }
  const year = pairs(y);
  const month = ((a >>> 24) & 15) * 10 + (b & 15);
  return secondsOf((year & 255) * 100 + (year >>> 16), month, (a & 15) * 10 + ((a >>> 8) & 15), time);
}

/** The form that a text of this length and these separators can have; 0: none of the fixed ones. */
export function formOf(source: Uint8Array, start: number, length: number): number {
  if (length === 14) return FORM.compact;
  if (length === 8) return FORM.compactDay;
  const dayFirst = source[start + 2] === 47;
  if (length === 10) return dayFirst ? FORM.dayFirst : FORM.isoDay;
  if (length === 19) return dayFirst ? FORM.dayFirstTime : FORM.isoTime;
  return 0;
}

const decoder = new TextDecoder();
const DAY_FIRST = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:,?[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const YEAR_FIRST =
  /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/;
const EPOCH_MS = /^\d{13}$/;
/** What systems write for "none": nothing, null, and the lowest dates of Java and .NET. */
const NO_DATE =
  /^(?:|0|null|undefined|0000-?00-?00.*|0000\/00\/00.*|00\/00\/0000.*|00010101.*|0001-01-01.*|01\/01\/0001.*)$/i;

export const UNREADABLE = -1;

/**
 * A moment in any known form: 0 = the system says that there is none, `UNREADABLE`, else epoch seconds × 2, and 1 more for a bare
 * day. `falseZ`: the source writes local time with a Z behind it.
 */
export function readMoment(text: string, falseZ: boolean): number {
  if (NO_DATE.test(text)) return 0;
  if (EPOCH_MS.test(text)) {
    const second = Math.floor(Number(text) / 1000);
    return second >= Date.UTC(FIRST_YEAR) / 1000 - UTC7 && second < Date.UTC(LAST_YEAR + 1) / 1000 - UTC7
      ? second * 2
      : UNREADABLE;
  }
  const first = COMPACT.exec(text) ?? YEAR_FIRST.exec(text);
  const m = first ?? DAY_FIRST.exec(text);
  if (!m) return UNREADABLE;
  const n = (i: number) => Number(m[i] ?? 0);
  const time = timeOf(n(4), n(5), n(6));
  const seconds = first ? secondsOf(n(1), n(2), n(3), time) : secondsOf(n(3), n(2), n(1), time);
  const shift = first ? zoneShift(m[7], falseZ) : 0;
  if (seconds === 0 || Number.isNaN(shift)) return UNREADABLE;
  return ((seconds >>> 0) + shift) * 2 + (m[4] === undefined ? 1 : 0);
}

/** Seconds to add to a moment read at UTC+7 so that it is the one of its own zone; NaN: no such zone. */
function zoneShift(zone: string | undefined, falseZ: boolean): number {
  if (zone === undefined || (zone === 'Z' && falseZ)) return 0;
  if (zone === 'Z') return UTC7;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) return Number.NaN;
  return UTC7 - (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/** As `readMoment`, of bytes; blanks around them do not count. Texts of a fixed form make no string. */
export function readMomentBytes(
  source: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  falseZ: boolean,
): number {
  let from = start;
  let to = end;
  while (from < to && (source[from] as number) <= 32) from++;
  while (to > from && (source[to - 1] as number) <= 32) to--;
  const form = formOf(source, from, to - from);
  if (form > 0) {
    const second = momentAt(view, from, form);
    if (second !== 0) return (second >>> 0) * 2 + (FORM_IS_DAY[form] as number);
  } else if (to - from >= 20) {
    const second = momentAt(view, from, FORM.isoTime);
    const zone = second === 0 ? Number.NaN : shiftAt(source, from + 19, to, falseZ);
    if (!Number.isNaN(zone)) return ((second >>> 0) + zone) * 2;
  }
  return readMoment(decoder.decode(source.subarray(from, to)), falseZ);
}

/** What stands behind `…:ss`: a fraction, a zone, both; NaN: read it as a text. */
function shiftAt(source: Uint8Array, start: number, end: number, falseZ: boolean): number {
  let at = start;
  if (source[at] === 46) {
    for (at++; at < end && (source[at] as number) >= 48 && (source[at] as number) <= 57; at++);
    if (at === start + 1 || at > start + 10) return Number.NaN;
  }
  if (at === end) return 0;
  if (source[at] === 90 && at + 1 === end) return falseZ ? 0 : UTC7;
  const sign = source[at];
  const digit = (i: number) => ((source[i] as number) ^ 48) >>> 0;
  const minutes = source[at + 3] === 58 ? at + 4 : at + 3;
  if ((sign !== 43 && sign !== 45) || minutes + 2 !== end) return Number.NaN;
  const [a, b, c, d] = [digit(at + 1), digit(at + 2), digit(minutes), digit(minutes + 1)];
  if (a > 1 || b > 9 || c > 5 || d > 9 || a * 10 + b > 14) return Number.NaN;
  return UTC7 - (sign === 45 ? -1 : 1) * ((a * 10 + b) * 3600 + (c * 10 + d) * 60);
}
