import { fold } from '../text/index.ts';
import data from './data/headers.json' with { type: 'json' };
import { remembered } from './memo.ts';

/** What a column or a label can hold. `private` is recognised so that it is not read; `action` so that it is not asked. */
export type HeaderField =
  | 'code'
  | 'otherCode'
  | 'procedure'
  | 'procedureCode'
  | 'submittedAt'
  | 'receivedAt'
  | 'dueAt'
  | 'extendedDueAt'
  | 'completedAt'
  | 'returnedAt'
  | 'times'
  | 'limit'
  | 'status'
  | 'step'
  | 'unit'
  | 'channel'
  | 'private'
  | 'action';

/** Moments that a table can show in a column of its own or as a labelled line in a merged cell. */
export const MOMENT_HEADERS = [
  'submittedAt',
  'receivedAt',
  'dueAt',
  'extendedDueAt',
  'completedAt',
  'returnedAt',
] as const satisfies readonly HeaderField[];
const isMoment = (field: HeaderField) => (MOMENT_HEADERS as readonly string[]).includes(field);

export interface HeaderMatch {
  field: HeaderField;
  /** 4 exact strong word · 3 strong word inside · 2 exact weak word · 1 weak word inside. */
  score: 1 | 2 | 3 | 4;
  /** Another field's word must be in the same table, else this one proves nothing ("Ngày trả"). */
  needs?: HeaderField;
  /** The column also holds a person: only what has the form of a code may be read from it. */
  mixed?: boolean;
}

/** Words as they are compared: folded, punctuation as spaces. "Tổ chức/cá nhân" and "TO CHUC, CA NHAN" meet here. */
export function headerKey(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}

interface Inside {
  words: string;
  match: HeaderMatch;
}

const exact = new Map<string, HeaderMatch>();
const insides: Inside[] = [];
const never = data.never.map((words) => ` ${headerKey(words)} `);

for (const entry of data.fields) {
  const field = entry.field as HeaderField;
  const needs = new Map(
    Object.entries(entry.needs ?? {}).map(([words, other]) => [headerKey(words), other as HeaderField]),
  );
  const weak = new Set(entry.weak.map(headerKey));
  for (const words of entry.strong) exact.set(headerKey(words), { field, score: 4 });
  for (const words of weak) exact.set(words, { field, score: 2, ...(needs.has(words) && { needs: needs.get(words) }) });
  for (const words of entry.inside) {
    const key = headerKey(words);
    insides.push({ words: ` ${key} `, match: { field, score: weak.has(key) ? 1 : 3 } });
  }
}
// The longest words are the most telling: "ngày nhận kết quả" is not "ngày nhận".
insides.sort((a, b) => b.words.length - a.words.length);

function matchWhole(text: string): HeaderMatch | null {
  const key = headerKey(text);
  if (key === '') return null;
  const whole = exact.get(key);
  if (whole) return whole;
  if (key.length > 80) return null;
  const padded = ` ${key} `;
  if (never.some((words) => padded.includes(words))) return null;
  return insides.find(({ words }) => padded.includes(words))?.match ?? null;
}

const PARTS = /\s*(?:[\n/;,&|–-]|\svà\s)\s*/u;

/**
 * What a header holds, by its words; null when they are not known. `lines` are the header's text lines. Two moments
 * in one header ("Ngày tiếp nhận / Ngày hẹn trả") are a merged column; a person beside anything makes it private.
 */
export function matchHeader(lines: readonly string[]): HeaderMatch | null {
  return matchText(lines.join('\n').normalize('NFC'));
}

const matchText = remembered((text): HeaderMatch | null => {
  const whole = exact.get(headerKey(text));
  if (whole) return whole;
  const parts = text
    .split(PARTS)
    .map(matchWhole)
    .filter((part) => part !== null);
  const code = parts.find((part) => part.field === 'code');
  const person = parts.some((part) => part.field === 'private');
  if (person && code) return { ...code, mixed: true };
  if (person) return { field: 'private', score: 3 };
  const moments = new Set(parts.map((part) => part.field).filter(isMoment));
  if (moments.size > 1) return { field: 'times', score: 3 };
  return matchWhole(text) ?? parts[0] ?? null;
});

/** Field of a label on a detail page ("Ngày hẹn trả:"), or null. */
export function matchLabel(text: string): HeaderField | null {
  return matchHeader([text])?.field ?? null;
}

/** What a label at the end of running text names: "… ngày Hẹn trả" is Hẹn trả. */
const matchTail = remembered((text): HeaderMatch | null => {
  const words = headerKey(text).split(' ');
  const padded = ` ${words.join(' ')} `;
  let found: HeaderMatch | null = null;
  if (!never.some((forbidden) => padded.includes(forbidden))) {
    for (let from = 0; from < words.length && found === null; from += 1) {
      found = exact.get(words.slice(from).join(' ')) ?? null;
    }
  }
  return found;
});

interface Label {
  match: HeaderMatch | null;
  /** Where the label begins and where its value does. */
  start: number;
  from: number;
}

const LABEL_AT_MOST = 60;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** Labels in a text: the words before a colon that is not one of a time. A label holds no digit. */
function labelsIn(text: string): Label[] {
  const labels: Label[] = [];
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    let start = colon;
    while (start > 0 && colon - start < LABEL_AT_MOST) {
      const code = text.charCodeAt(start - 1);
      if (isDigit(code) || code === 58) break;
      start -= 1;
    }
    const words = text.slice(start, colon).trim();
    if (words !== '') labels.push({ match: matchTail(words), start, from: colon + 1 });
  }
  return labels;
}

/**
 * Labelled values in the lines of one merged cell: "Tiếp nhận: 03/08/2026 09:30" gives receivedAt. A value ends with
 * its line or at the next label; it may be empty, which says that the host has none. A stronger word wins
 * ("Hẹn trả" over "Hạn xử lý"), then the first. Values of personal labels are not returned.
 */
export function readLabelled(lines: readonly string[]): Map<HeaderField, string> {
  const values = new Map<HeaderField, string>();
  const scores = new Map<HeaderField, number>();
  for (const line of lines) {
    const labels = labelsIn(line);
    labels.forEach(({ match, from }, i) => {
      if (match === null || match.field === 'private' || (scores.get(match.field) ?? 0) >= match.score) return;
      scores.set(match.field, match.score);
      values.set(match.field, line.slice(from, labels[i + 1]?.start ?? line.length).trim());
    });
  }
  return values;
}

/**
 * `readLabelled` of a cell's whole text without its line breaks, which costs no walk through the nodes. Null when the
 * lines could matter: a label that is not known (it may be glued to the line before), one that is personal or comes
 * twice, or a value that does not begin with a digit (it may belong to the next line).
 */
export function readGlued(text: string): Map<HeaderField, string> | null {
  const values = new Map<HeaderField, string>();
  const labels = labelsIn(text);
  for (const [i, { match, from }] of labels.entries()) {
    if (match === null || match.score < 4 || match.field === 'private' || values.has(match.field)) return null;
    const value = text.slice(from, labels[i + 1]?.start ?? text.length).trim();
    if (!isDigit(value.charCodeAt(0))) return null;
    values.set(match.field, value);
  }
  return labels.length > 0 ? values : null;
}

export interface ColumnMap {
  /** Column number of each field. */
  index: Partial<Record<HeaderField, number>>;
  match: Partial<Record<HeaderField, HeaderMatch>>;
  /** How many columns are known words, `action` not counted. */
  known: number;
}

/**
 * Which column holds which field. Each column serves one field and each field has one column: the strongest word
 * wins, the leftmost on a tie. `candidates` are, per column, the texts to try in order (the deepest header row first).
 */
export function mapColumns(candidates: readonly (readonly (readonly string[])[])[]): ColumnMap {
  const matches = candidates.map((texts) => {
    for (const lines of texts) {
      const found = matchHeader(lines);
      if (found) return found;
    }
    return null;
  });
  const has = (field: HeaderField) => matches.some((found) => found?.field === field);
  const map: ColumnMap = { index: {}, match: {}, known: 0 };
  matches.forEach((found, column) => {
    if (!found || (found.needs && !has(found.needs))) return;
    if (found.field !== 'action') map.known += 1;
    const best = map.match[found.field];
    if (best && best.score >= found.score) return;
    map.match[found.field] = found;
    map.index[found.field] = column;
  });
  return map;
}

export type Channel = 'online' | 'counter' | 'post';

const channelWords = new Map<string, Channel>();
for (const [channel, list] of Object.entries(data.channels)) {
  for (const words of list) channelWords.set(headerKey(words), channel as Channel);
}

/** Channel of words that stand alone ("Hồ sơ trực tuyến"). */
export function channelOf(text: string): Channel | null {
  return channelWords.get(headerKey(text)) ?? null;
}

/** Channel named somewhere in a text; null when none, when two are, or when it is denied ("không trực tuyến"). */
export function channelIn(text: string): Channel | null {
  const alone = channelOf(text);
  if (alone) return alone;
  const padded = ` ${headerKey(text)} `;
  if (padded.includes(' khong ')) return null;
  const found = new Set<Channel>();
  for (const [words, channel] of channelWords) if (padded.includes(` ${words} `)) found.add(channel);
  const [only] = found;
  return found.size === 1 && only ? only : null;
}

/** The words of a page title that may be a status: "DANH SÁCH HỒ SƠ ĐANG XỬ LÝ" → itself, then "ĐANG XỬ LÝ". */
export function titleCandidates(title: string): string[] {
  const found = [title];
  for (const prefix of data.titlePrefixes.map(headerKey)) {
    const words = title.normalize('NFC').trim().split(/\s+/);
    const count = prefix.split(' ').length;
    if (words.length > count && headerKey(words.slice(0, count).join(' ')) === prefix) {
      found.push(words.slice(count).join(' '));
    }
  }
  return found;
}

const emptyWords = new Set(data.emptyWords.map((words) => words.normalize('NFC').toLowerCase()));

/** True for what hosts print when there is nothing: "", "-", "undefined", "Không quy định". */
export function isEmptyWord(text: string): boolean {
  return emptyWords.has(text.toLowerCase());
}

const noDueDates = data.noDueDate.map(headerKey);

/** True for what hosts print where a procedure promises no date: "Không có ngày hẹn trả". */
export function isNoDueDate(text: string): boolean {
  return noDueDates.includes(headerKey(text));
}

export type ComponentColumn = keyof typeof data.components;

/** Column of a table of papers (thành phần hồ sơ) by its header. */
export function componentColumn(text: string): ComponentColumn | null {
  const key = headerKey(text);
  const columns = Object.entries(data.components) as [ComponentColumn, string[]][];
  return columns.find(([, list]) => list.some((words) => headerKey(words) === key))?.[0] ?? null;
}
