import { dayNumber, fold } from '../lib/text/index.ts';

/** How government systems write facts on the wire (protocol notes §1–3), read once here for every connector. No network. */

const UTC7 = 25_200;
const DAY = 86_400;

export interface WireMoment {
  /** Epoch seconds. */
  second: number;
  /** The text told a day without a time; `second` is then 00:00 at UTC+7. */
  dayOnly: boolean;
}

export interface WireDates {
  /** The upstream writes local time with a `Z` behind it: the `Z` means UTC+7 (LGSP documents). */
  falseZ?: boolean;
}

const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/;
const DAY_FIRST = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:,?[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const YEAR_FIRST =
  /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** Milliseconds, from September 2001 on; ten digits (seconds) are in no source, and eight are a compact day. */
const EPOCH_MS = /^\d{13}$/;
/** What stands for "no date": the words of a serializer, Java's and .NET's lowest dates. */
const NO_DATE =
  /^(?:|0|null|undefined|0000-?00-?00.*|0000\/00\/00.*|00\/00\/0000.*|00010101.*|0001-01-01.*|01\/01\/0001.*)$/i;

/**
 * A moment in any form of protocol notes §1.4. `none`: the system says that there is none (empty text, null, an all-zero date);
 * `unreadable`: it says something that is not a moment, which must be shown and never guessed.
 */
export function readMoment(value: unknown, { falseZ = false }: WireDates = {}): WireMoment | 'none' | 'unreadable' {
  if (value === undefined || value === null) return 'none';
  if (typeof value !== 'string' && typeof value !== 'number') return 'unreadable';
  const text = String(value).trim();
  if (NO_DATE.test(text)) return 'none';
  if (EPOCH_MS.test(text)) {
    const second = Math.floor(Number(text) / 1000);
    return inRange(second) ? { second, dayOnly: false } : 'unreadable';
  }
  const compact = COMPACT.exec(text);
  const first = compact ?? YEAR_FIRST.exec(text);
  const last = first ? null : DAY_FIRST.exec(text);
  const m = first ?? last;
  if (!m) return 'unreadable';
  const day = last ? dayNumber(num(m[3]), num(m[2]), num(m[1])) : dayNumber(num(m[1]), num(m[2]), num(m[3]));
  if (day === null) return 'unreadable';
  if (m[4] === undefined) return { second: day * DAY - UTC7, dayOnly: true };
  const [hour, minute, second] = [num(m[4]), num(m[5]), num(m[6])];
  const zone = first && !compact ? zoneSeconds(m[7], falseZ) : UTC7;
  if (hour > 23 || minute > 59 || second > 59 || zone === null) return 'unreadable';
  return { second: day * DAY + hour * 3600 + minute * 60 + second - zone, dayOnly: false };
}

const num = (digits: string | undefined) => Number(digits ?? 0);
/** The years that `dayNumber` takes. */
const inRange = (second: number) => second >= 631_126_800 && second < 4_102_419_600;

function zoneSeconds(zone: string | undefined, falseZ: boolean): number | null {
  if (zone === undefined) return UTC7;
  if (zone === 'Z') return falseZ ? UTC7 : 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/** ISO day at UTC+7 of epoch seconds: the day half of a partition. */
export function isoDayOf(second: number): string {
  return new Date((second + UTC7) * 1000).toISOString().slice(0, 10);
}

const pad = (n: number) => String(n).padStart(2, '0');

/** `yyyyMMddHHmmss` at UTC+7 of epoch seconds, as mapi writes it; empty for none. */
export function compactMoment(second: number | undefined): string {
  if (second === undefined) return '';
  const d = new Date((second + UTC7) * 1000);
  const day = `${d.getUTCFullYear()}${pad(d.getUTCMonth() + 1)}${pad(d.getUTCDate())}`;
  return `${day}${pad(d.getUTCHours())}${pad(d.getUTCMinutes())}${pad(d.getUTCSeconds())}`;
}

/** Text as it is compared: NFC, trimmed. Numbers become their digits; anything else is no text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.normalize('NFC').trim();
  return text === '' ? undefined : text;
}

/**
 * A dossier code: NFC and trimmed, everything else exactly as written. A trailing slash belongs to it (`0000/2018/07/03/`), and
 * case and inner spaces are for the join to fold, not for the wire.
 */
export const codeOf = (value: unknown): string | undefined => textOf(value);

/** A code as one segment of a path: its slashes must not become segments of their own. */
export function inPath(code: string): string {
  return encodeURIComponent(code);
}

/**
 * A unit's code. A number has lost its leading zeros (quirk 8), so it is taken for the one known unit that differs from it in
 * nothing else; with none or several such units it stays as it came.
 */
export function unitOf(value: unknown, known: readonly string[] = []): string | undefined {
  const text = textOf(value);
  if (text === undefined || !/^\d+$/.test(text) || known.includes(text)) return text;
  const bare = text.replace(/^0+/, '');
  const same = known.filter((unit) => /^\d+$/.test(unit) && unit.replace(/^0+/, '') === bare);
  return same.length === 1 ? same[0] : text;
}

/** Is there something at all behind a value that a system may leave empty? */
const empty = (value: unknown) => value === undefined || value === null || value === '';

/** A list that holds one item may come as the item itself (quirk 6); a list that holds none, as null or an empty text. */
export function listOf(value: unknown): unknown[] {
  const inner = unwrap(value);
  if (Array.isArray(inner)) return inner;
  return empty(inner) ? [] : [inner];
}

/** JSON that was put into a text (quirk 31) becomes what it says; anything else stays. */
function unwrap(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** A truth in any of its spellings (quirk 5); undefined when it is none of them. `"false"` is false. */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = textOf(value)?.toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/** A whole number, written as a number or as its digits. */
export function integerOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/^-?\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}

/** The fields of one object by their names without case: `MaHoSo`, `mahoso`, `maHoSo` are one name (quirk 9). */
export class Fields {
  readonly #byName = new Map<string, unknown>();

  constructor(row: unknown) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return;
    for (const [name, value] of Object.entries(row)) {
      const key = name.toLowerCase();
      // Two spellings in one object: the one that says something wins.
      if (empty(this.#byName.get(key))) this.#byName.set(key, value);
    }
  }

  has(...names: string[]): boolean {
    return names.some((name) => this.#byName.has(name.toLowerCase()));
  }

  /** The first of these names that holds something; `''` and null hold nothing. */
  get(...names: string[]): unknown {
    for (const name of names) {
      const value = this.#byName.get(name.toLowerCase());
      if (!empty(value)) return value;
    }
    return undefined;
  }

  text(...names: string[]): string | undefined {
    return textOf(this.get(...names));
  }
}

/** All the spellings of "the code of the dossier" that were seen (quirk 9). */
export const CODE_NAMES = ['MaHoSo', 'MaSoHoSo', 'SoHoSoLT', 'IDHoSo', 'source_id', 'dossierNo'] as const;
/** A second code of the same dossier (quirk 13). */
export const ALIAS_NAMES = ['MaHoSoKhac', 'SoHoSoLT', 'MaHoSoDonVi', 'nationCode', 'ref_code'] as const;

/** `error_code` as text: `0`, `"0"` and `"00"` are all `"0"` (quirk 1). Undefined when the answer holds none. */
export function errorCodeOf(body: unknown): string | undefined {
  const fields = new Fields(body);
  const code = fields.text('error_code', 'errorCode', 'code');
  return code !== undefined && /^0+$/.test(code) ? '0' : code;
}

/** The rows of an answer: `result` or `data`, a list, one row, or an object with the list inside (quirk 10). */
export function rowsOf(body: unknown): unknown[] {
  const fields = new Fields(body);
  const outer = unwrap(fields.get('result', 'data'));
  if (typeof outer === 'object' && outer !== null && !Array.isArray(outer)) {
    if (Object.keys(outer).length === 0) return [];
    const inner = new Fields(outer);
    if (inner.has('data')) return listOf(inner.get('data'));
  }
  return listOf(outer);
}

/** Does a message say this? Case, tone marks and Unicode form do not count: servers write them as they like (quirks 2, 18). */
export function says(message: string | undefined, ...words: string[]): boolean {
  if (message === undefined) return false;
  const folded = fold(message);
  return words.some((word) => folded.includes(fold(word)));
}
