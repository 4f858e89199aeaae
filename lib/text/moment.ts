/** Vietnam keeps UTC+7 all year: wall clock = epoch minutes + 420, so no date library is needed. */
const OFFSET_MINUTES = 420;
export const MINUTES_PER_DAY = 1440;

export interface ParsedMoment {
  /** Epoch minutes; seconds are dropped. */
  minute: number;
  /** True when the text held a date without a time; `minute` is then 00:00 at UTC+7. */
  dayOnly: boolean;
}

/** Days since 1970-01-01 at UTC+7. */
export function dayOf(minute: number): number {
  return Math.floor((minute + OFFSET_MINUTES) / MINUTES_PER_DAY);
}

/** Epoch minutes of 00:00 at UTC+7 of a day number. */
export function startOfDay(day: number): number {
  return day * MINUTES_PER_DAY - OFFSET_MINUTES;
}

/** Minutes since 00:00 at UTC+7. */
export function minuteOfDay(minute: number): number {
  return minute + OFFSET_MINUTES - dayOf(minute) * MINUTES_PER_DAY;
}

/** 0 = Sunday … 6 = Saturday, of a day number. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Day number of a calendar date, or null when there is no such date (31/02). */
export function dayNumber(year: number, month: number, date: number): number | null {
  if (month < 1 || month > 12 || date < 1 || date > 31 || year < 1990 || year > 2099) return null;
  const ms = Date.UTC(year, month - 1, date);
  return new Date(ms).getUTCDate() === date ? ms / 86_400_000 : null;
}

export interface DateParts {
  year: number;
  month: number;
  date: number;
}

function datePartsOf(day: number): DateParts {
  const d = new Date(day * 86_400_000);
  return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, date: d.getUTCDate() };
}

/**
 * The corresponding date some months later; the last day of the month when it has no such date (BLDS 2015 art. 148.3: 31/01 and
 * one month is 28/02 or 29/02). Day numbers.
 */
export function monthsAfter(day: number, months: number): number {
  const { year, month, date } = datePartsOf(day);
  const first = Date.UTC(year, month - 1 + months, 1) / 86_400_000;
  const length = Date.UTC(year, month + months, 1) / 86_400_000 - first;
  return first + Math.min(date, length) - 1;
}

/** Calendar year of a day number. */
export function yearOf(day: number): number {
  return datePartsOf(day).year;
}

/** Reads `YYYY-MM-DD` of our own data files; null when malformed. */
export function parseIsoDay(text: string): number | null {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return m ? dayNumber(Number(m[1]), Number(m[2]), Number(m[3])) : null;
}

const VIETNAMESE =
  /(?:(?<![\d:])(\d{1,2})(?::|h| giờ )(\d{2})(?::\d{2})?,?\s*(?:ngày\s*)?)?(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)(?:[\s,]+(\d{1,2}):(\d{2})(?::\d{2})?)?/;
const ISO = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?/;

/**
 * The first date in a text, in the forms that Vietnamese systems print: `dd/MM/yyyy[ HH:mm[:ss]]`,
 * `HH:mm[:ss] dd/MM/yyyy`, and ISO with `+0700`, `+07:00`, `Z` or no zone (then UTC+7).
 * Null when there is none or it cannot exist (31/02, 24:30, year 0000).
 */
export function parseMoment(text: string): ParsedMoment | null {
  const v = VIETNAMESE.exec(text);
  if (v) {
    const day = dayNumber(Number(v[5]), Number(v[4]), Number(v[3]));
    if (day === null) return null;
    const [hour, minute] = v[6] !== undefined ? [v[6], v[7]] : [v[1], v[2]];
    return atTime(day, hour, minute, OFFSET_MINUTES);
  }
  const i = ISO.exec(text);
  if (!i) return null;
  const day = dayNumber(Number(i[1]), Number(i[2]), Number(i[3]));
  if (day === null) return null;
  return atTime(day, i[4], i[5], zoneMinutes(i[6]));
}

const WHOLE_VIETNAMESE = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:,? (\d{1,2}):(\d{2})(?::[0-5]\d)?)?$/;
const WHOLE_ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::[0-5]\d(?:\.\d+)?)?\s?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/;

/**
 * A text that is a moment and nothing else: ISO (zone as in `parseMoment`) or `dd/MM/yyyy[ HH:mm[:ss]]`. For data files, where
 * the first date in a sentence would be a guess. Null for anything else and for a date that cannot exist.
 */
export function parseWholeMoment(text: string): ParsedMoment | null {
  const bare = text.trim();
  const v = WHOLE_VIETNAMESE.exec(bare);
  const m = v ?? WHOLE_ISO.exec(bare);
  if (!m) return null;
  const [year, month, date] = v ? [m[3], m[2], m[1]] : [m[1], m[2], m[3]];
  const day = dayNumber(Number(year), Number(month), Number(date));
  return day === null ? null : atTime(day, m[4], m[5], zoneMinutes(v ? undefined : m[6]));
}

function atTime(day: number, hour: string | undefined, minute: string | undefined, zone: number): ParsedMoment | null {
  if (hour === undefined) return { minute: startOfDay(day), dayOnly: true };
  const h = Number(hour);
  const m = Number(minute);
  if (h > 23 || m > 59) return null;
  return { minute: day * MINUTES_PER_DAY + h * 60 + m - zone, dayOnly: false };
}

function zoneMinutes(zone: string | undefined): number {
  if (!zone) return OFFSET_MINUTES;
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}

const pad = (n: number) => String(n).padStart(2, '0');

/** `2026-11-25T17:00:00+07:00` */
export function isoOf(minute: number): string {
  const { year, month, date } = datePartsOf(dayOf(minute));
  const m = minuteOfDay(minute);
  return `${year}-${pad(month)}-${pad(date)}T${pad(Math.floor(m / 60))}:${pad(m % 60)}:00+07:00`;
}

/** `17:00` */
export function timeOf(minute: number): string {
  const m = minuteOfDay(minute);
  return `${pad(Math.floor(m / 60))}:${pad(m % 60)}`;
}

const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'] as const;
/** 0 = Sunday … 6 = Saturday. */
export function weekdayName(weekday: number): string {
  return WEEKDAYS[weekday] ?? '';
}

/** `25/11`, with the year when it differs from that of `near`. */
export function shortDate(day: number, near: number): string {
  const p = datePartsOf(day);
  const sameYear = datePartsOf(near).year === p.year;
  return sameYear ? `${pad(p.date)}/${pad(p.month)}` : `${pad(p.date)}/${pad(p.month)}/${p.year}`;
}

/** `17:00 thứ Ba 25/11`: the calendar moment of a badge. */
export function calendarMoment(minute: number, now: number): string {
  const day = dayOf(minute);
  return `${timeOf(minute)} ${weekdayName(weekdayOf(day))} ${shortDate(day, dayOf(now))}`;
}

/** `17:00 25/11/2026`, for text that is copied out of its context. */
export function fullMoment(minute: number): string {
  const p = datePartsOf(dayOf(minute));
  return `${timeOf(minute)} ${pad(p.date)}/${pad(p.month)}/${p.year}`;
}

/** `25/11/2026` */
export function fullDate(minute: number): string {
  return fullMoment(minute).slice(6);
}
