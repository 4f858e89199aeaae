import { fold } from '../text/index.ts';
import { normalCode } from './engine/index.ts';
import type { Tolerance } from './rules.ts';

/** Vietnam keeps UTC+7 all year. */
const OFFSET = 25_200;
const DAY = 86_400;

/** Most codes are written as they are compared, and normalising was the largest part of a report's time. */
const AS_COMPARED = /^[0-9A-Z./_-]+$/;

/** A code as it is compared. One rule for all of the room: what the join calls one code is one code here. */
export const codeKey = (code: string): string => (AS_COMPARED.test(code) ? code : normalCode(code));

/** Epoch seconds that can be a moment of a dossier (1970 … 2099); anything else is as if it were not told. */
export const isMoment = (seconds: number | undefined): seconds is number =>
  seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 && seconds < 4_102_444_800;

/** Days since 1970-01-01 at UTC+7, of epoch seconds. */
export const dayOfSeconds = (seconds: number): number => Math.floor((seconds + OFFSET) / DAY);

/** Seconds since 00:00 at UTC+7, of epoch seconds. */
export const timeOfDay = (seconds: number): number => Math.floor(seconds) + OFFSET - dayOfSeconds(seconds) * DAY;

/**
 * Are two moments (epoch seconds) the same as far as the tolerance goes? A moment of which only the date is known is compared by
 * date, with the tolerance's days when it has some.
 */
export function sameMoment(a: number, b: number, tolerance: Tolerance, dayOnly: boolean): boolean {
  if ('days' in tolerance) return Math.abs(dayOfSeconds(a) - dayOfSeconds(b)) <= tolerance.days;
  if (dayOnly) return dayOfSeconds(a) === dayOfSeconds(b);
  return Math.abs(a - b) <= tolerance.seconds;
}

/** The national number of a procedure without the tail of who published it (`1.004944.000.00.00.H29` → `1.004944`); else the code. */
export function procedureStem(code: string): string {
  const key = codeKey(code);
  return /^\d\.\d{6}(?=$|[.-])/.exec(key)?.[0] ?? key;
}

/** Is it the same procedure? Tails do not count: the number before them is unique in the national database. */
export const sameProcedure = (a: string, b: string): boolean => procedureStem(a) === procedureStem(b);

/** One of the ten national statuses; 0, 11 and the like stand for «not in any table» (protocols §1.5). */
export const isKnownStatus = (status: number): boolean => Number.isInteger(status) && status >= 1 && status <= 10;

/** Does a procedure code stand in a list of codes, where `9.9*` is every code that begins so? */
export function procedureListed(code: string, list: readonly string[]): boolean {
  const stem = procedureStem(code);
  const key = codeKey(code);
  return list.some((entry) =>
    entry.endsWith('*') ? key.startsWith(codeKey(entry.slice(0, -1))) : procedureStem(entry) === stem,
  );
}

/** Does a unit's name or code hold one of these words, whatever its marks and case? */
export function unitListed(unit: string, words: readonly string[]): boolean {
  const folded = fold(unit);
  return words.some((word) => folded.includes(fold(word)));
}
