import { type CellCodes, isKnownCode, readCodes, statusOf } from '../dossier/index.ts';
import type { Dossier, DossierLimit } from '../schema/index.ts';
import { clean, fold, type ParsedMoment, parseMoment } from '../text/index.ts';
import {
  type Channel,
  channelOf,
  headerKey,
  isEmptyWord,
  isNoDueDate,
  matchLabel,
  titleCandidates,
} from './headers.ts';
import { remembered } from './memo.ts';

/** Why a field has no value, in the words of the record's gaps. */
export type GapReason = Dossier['gaps'][number]['reason'];

/** A moment that was read, or why there is none; `none`: the host says in words that nothing is promised. */
export type MomentReading = ParsedMoment | GapReason | 'none';

const TIME_ONLY = /^\d{1,2}:\d{2}(?::\d{2})?$/;
const DATE_LIKE = /\d[/-]\d{1,2}[/-]\d|\d{5,}/;
/** "Còn 1.5 ngày": the host counts for the officer and shows no date. */
const COUNTED = /\d\s*(?:ngày|giờ|phút)/i;

/**
 * The first date in the lines of a cell. A time that stands on a line of its own beside the date belongs to it.
 * Lines of the host's own count ("Quá hạn 1 ngày") hold no date and are passed over.
 */
export function readMoment(lines: readonly string[]): MomentReading {
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const found = parseMoment(line);
    if (!found) {
      // A date that cannot exist (31/02, year 1) must not be replaced by another date further down.
      if (DATE_LIKE.test(line)) return 'unreadable';
      continue;
    }
    if (!found.dayOnly) return found;
    const next = lines[i + 1] ?? '';
    const before = lines[i - 1] ?? '';
    if (TIME_ONLY.test(next)) return parseMoment(`${line} ${next}`) ?? found;
    if (TIME_ONLY.test(before)) return parseMoment(`${before} ${line}`) ?? found;
    return found;
  }
  const text = lines.join(' ');
  if (isEmptyWord(text)) return 'absent';
  if (lines.some(isNoDueDate)) return 'none';
  return COUNTED.test(text) ? 'not-shown' : 'unreadable';
}

const LIMIT = /(\d+(?:[.,]\d+)?) ?(ngay|gio|thang|nam)(?: ?(?:va )?(\d+) ?gio)?/;
/** Not "trong ngày 05/08", "trong ngày làm việc tiếp theo", "hẹn trả ngày thứ Hai". */
const SAME_DAY = /(?:trong|tra) ngay(?: lam viec)?(?! (?:\d|ti|th|k|l))/;
const DAYS = /\d ?(?:ngay|thang|nam)/;
/** Months beside more figures, or a part of one: "02 tháng và 15 ngày", "tháng 9 năm 2026", "1,5 tháng". */
const MIXED = /\d\D+\d+ ?(?:thang|nam)|\d ?(?:thang|nam).*\d/;
const UNITS: Record<string, DossierLimit['unit']> = { gio: 'hour', thang: 'month', nam: 'year' };

/**
 * A time limit in words: "5 ngày làm việc", "8 giờ làm việc", "2 ngày 4 giờ làm việc" (20 working hours: a day is 8).
 * "10 ngày" without "làm việc" is a limit in calendar days, as the law reads it; "trong ngày" is 0 working days. Undefined when
 * there is none, and for months beside days, which no rule adds up.
 */
export function readLimit(text: string): DossierLimit | undefined {
  const words = fold(text);
  // "Sau 15 giờ thì trả ngày hôm sau" is the cut-off; a number of days is another case of the procedure.
  if (SAME_DAY.test(words)) return DAYS.test(words) ? undefined : { value: 0, unit: 'workday' };
  const [, amount, unit = '', more = 0] = LIMIT.exec(words) ?? [];
  if (amount === undefined || MIXED.test(words)) return undefined;
  const value = Number(amount.replace(',', '.'));
  const working = words.includes('lam viec');
  if (unit === 'ngay' && Number(more) > 0) return working ? limit(value * 8 + Number(more), 'hour') : undefined;
  return limit(value, UNITS[unit] ?? (working ? 'workday' : 'calendarDay'));
}

function limit(value: number, unit: DossierLimit['unit']): DossierLimit | undefined {
  return value > 0 && value <= 10_000 ? { value, unit } : undefined;
}

export type Status = Dossier['status'];

/**
 * Status of the lines of a cell. The whole text first, then line by line (a second line may say more than
 * the status); two lines that say different things are not a status.
 */
export function readStatus(lines: readonly string[]): Status {
  const text = lines.join(' ').slice(0, 300);
  if (isEmptyWord(text)) return { code: 'unknown', text: '' };
  const whole = statusOf(stripLabel(text));
  if (whole !== 'unknown' || lines.length < 2) return { code: whole, text };
  const codes = new Set(lines.map((line) => statusOf(stripLabel(line))).filter((code) => code !== 'unknown'));
  const [only] = codes;
  return { code: codes.size === 1 && only !== undefined ? only : 'unknown', text };
}

/** Status that a page title names for all its rows; null when it names none. */
export function readTitleStatus(title: string): Status | null {
  for (const candidate of titleCandidates(clean(title))) {
    const code = statusOf(candidate);
    if (code !== 'unknown') return { code, text: candidate.slice(0, 300) };
  }
  return null;
}

/** "Trạng thái: Đang xử lý" → "Đang xử lý", when the label is one of ours. */
function stripLabel(text: string): string {
  const at = text.indexOf(':');
  if (at < 1) return text;
  return matchLabel(text.slice(0, at)) === null ? text : text.slice(at + 1);
}

const PROCEDURE_CODE = /^(\d\.\d{6}(?:\.[0-9A-Z]+){0,5})\s*[-–:.]?\s+(\S.*)$/s;
const BARE_PROCEDURE_CODE = /^\d\.\d{6}(?:\.[0-9A-Z]+){0,5}$/;
const ELLIPSIS = /\s*(?:…|\.{3})$/;

/**
 * Procedure of a cell's text and the tooltip of it. The tooltip counts only when it holds a procedure code or
 * goes on where the text was cut: "Nhấn để xem" is a tooltip too.
 */
export function readProcedure(text: string, title: string | null): Dossier['procedure'] {
  const shown = splitProcedure(text);
  if (title === null || title === '') return shown;
  const full = splitProcedure(clean(title));
  const start = headerKey((shown.name ?? '').replace(ELLIPSIS, ''));
  const continues = full.name !== undefined && start !== '' && headerKey(full.name).startsWith(start);
  if (continues) return { ...shown, ...full };
  if (shown.name === undefined && full.code !== undefined) return full;
  return full.code !== undefined ? { code: full.code, ...shown } : shown;
}

function splitProcedure(text: string): Dossier['procedure'] {
  if (isEmptyWord(text)) return {};
  if (BARE_PROCEDURE_CODE.test(text)) return { code: text };
  const found = PROCEDURE_CODE.exec(text);
  return found ? { code: found[1]?.slice(0, 60), name: found[2]?.slice(0, 600) } : { name: text.slice(0, 600) };
}

const channelOfWords = remembered(channelOf);

/** Channel of a whole line; lines with a digit are codes, and are not folded for nothing. */
export function channelOfLine(line: string): Channel | null {
  return /\d/.test(line) ? null : channelOfWords(line);
}

/** "HS/LẠ 00040-26 - Hồ sơ trực tuyến" → the channel, and the line without it. */
export function splitChannel(line: string): { line: string; channel: Channel | null } {
  const alone = channelOfLine(line);
  if (alone) return { line: '', channel: alone };
  const cut = /^(.*\S)\s[-–]\s+(\S.*)$/s.exec(line);
  const channel = cut ? channelOfLine(cut[2] ?? '') : null;
  return channel ? { line: cut?.[1]?.trim() ?? '', channel } : { line, channel: null };
}

/** A code in no known form has a digit and few words; a sentence, a heading or a sum has not. */
function looksLikeCode(text: string): boolean {
  return (
    /\d/.test(text) && text.length <= 60 && text.split(' ').length <= 4 && !/^(?:tong|cong|trang)\b/.test(fold(text))
  );
}

export interface CodeCell {
  codes: CellCodes;
  channel: Channel | null;
}

/**
 * Codes of a code cell. Lines labelled as the national code ("DVCQG: …") are aliases even when the dossier's own code
 * is in no known form. `strict`: the cell holds a person too, so only what has a known form is read.
 */
export function readCodeCell(lines: readonly string[], strict = false): CodeCell | null {
  const [first] = lines;
  // Most code cells hold one known code and nothing else.
  if (lines.length === 1 && first !== undefined && isKnownCode(first)) {
    return { codes: { code: first, aliases: [], codeKnown: true }, channel: null };
  }
  let channel: Channel | null = null;
  const own: string[] = [];
  const others: string[] = [];
  for (const whole of lines) {
    const split = splitChannel(whole);
    channel ??= split.channel;
    if (split.line === '') continue;
    const at = split.line.indexOf(':');
    const label = at > 0 ? matchLabel(split.line.slice(0, at)) : null;
    if (label === 'private') continue;
    if (label === 'otherCode') others.push(split.line.slice(at + 1));
    else own.push(label === 'code' ? split.line.slice(at + 1) : split.line);
  }
  const main = readCodes(own);
  const more = readCodes(others);
  const usable = main !== null && (main.codeKnown || (!strict && looksLikeCode(main.code)));
  if (!usable) return more?.codeKnown ? { codes: more, channel } : null;
  const aliases = more?.codeKnown ? [more.code, ...more.aliases] : [];
  const all = [...new Set([...main.aliases, ...aliases])].filter((code) => code !== main.code);
  return { codes: { ...main, aliases: all.slice(0, 8) }, channel };
}
