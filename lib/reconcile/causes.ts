import { dayNumber } from '../text/index.ts';
import type { Pair } from './fields.ts';
import { codeKey, dayOfSeconds, isKnownStatus, procedureStem, timeOfDay } from './same.ts';
import type { ComparedMoment, Side, SideRecord } from './types.ts';

/**
 * Known causes of differences (rules.md §4.5, protocols.md §1.4–1.6, §1.11): what the values themselves show. A cause is a lead for
 * the person who looks, never a reason to call a difference none.
 */
export const CAUSES = [
  'pushed-as-9',
  'never-sent',
  'other-code',
  'not-fetched',
  'update-path',
  'unknown-status',
  'seven-hours',
  'day-month',
  'time-cut',
  'result-not-sent',
  'result-replaced',
  'procedure-local',
  'two-codes',
  'shared-code',
  'same-row-twice',
] as const;
export type CauseId = (typeof CAUSES)[number];

const SEVEN_HOURS = 25_200;
/** Codes as the nation writes them, with a province's code; others are given a new one when they are sent (MaHoSoKhac, rules.md §4.5). */
const NATIONAL_CODE = /^(?:(?:[0-9A-Z]{1,4}\.){1,6}[A-Y]\d{2}|[A-Y]\d{2}(?:\.[0-9A-Z]{1,4}){0,6})-\d{6,8}-\d+$/;

/** The day number with its day and month changed over; null when there is no such date, or it is the same. */
function swapped(day: number): number | null {
  const date = new Date(day * 86_400_000);
  const other = dayNumber(date.getUTCFullYear(), date.getUTCDate(), date.getUTCMonth() + 1);
  return other === day ? null : other;
}

/** Why two moments (epoch seconds) of one field may be apart. */
export function momentCause(field: ComparedMoment, { x, y }: Pair): CauseId | undefined {
  const a = x[field] as number;
  const b = y[field] as number;
  const dayA = dayOfSeconds(a);
  const dayB = dayOfSeconds(b);
  const timed = ![x, y].some(({ dayOnly }) => dayOnly?.includes(field));
  if (timed && Math.abs(Math.abs(a - b) - SEVEN_HOURS) < 60) return 'seven-hours';
  const sameTime = !timed || Math.abs(timeOfDay(a) - timeOfDay(b)) < 60;
  const cut = timeOfDay(a) === 0 || timeOfDay(b) === 0;
  if (swapped(dayA) === dayB && (sameTime || cut)) return 'day-month';
  return timed && dayA === dayB && cut ? 'time-cut' : undefined;
}

const STAGE: Record<number, number> = { 1: 0, 2: 1, 4: 2, 5: 2, 6: 2, 3: 3, 7: 3, 8: 3, 9: 3, 10: 4 };

/** Why two statuses may differ: something in no table, or the one further from the city is behind. */
export function statusCause({ x, y }: Pair): CauseId | undefined {
  if (![x, y].every(({ status }) => isKnownStatus(status as number))) return 'unknown-status';
  return (STAGE[y.status as number] as number) < (STAGE[x.status as number] as number) ? 'update-path' : undefined;
}

/** Why one has a result file and the other has none: not sent, or the first attachment was sent in its place. */
export const resultCause = ({ x }: Pair): CauseId => (x.hasResult ? 'result-not-sent' : 'result-replaced');

/** A number of the unit's own where the other has a national one: procedures that the city never matched. */
export function procedureCause({ x, y }: Pair): CauseId | undefined {
  const national = [x, y].map(({ procedure = '' }) => /^\d\.\d{6}$/.test(procedureStem(procedure)));
  return national.includes(true) && national.includes(false) ? 'procedure-local' : undefined;
}

/** Has a record a code in the nation's form, with a province's code? One that has none is given a new code when it is sent. */
export const hasNationalCode = ({ code, aliases = [] }: SideRecord): boolean =>
  [code, ...aliases].some((one) => NATIONAL_CODE.test(codeKey(one)));

/** Why a system may not have a dossier that another one has. */
export function absenceCause(missing: Side, present: SideRecord): CauseId | undefined {
  if (missing === 'city') return present.status === 1 ? 'not-fetched' : undefined;
  return missing === 'national' ? 'never-sent' : undefined;
}

const content = ({ at: _at, updatedAt: _updatedAt, aliases: _aliases, ...rest }: SideRecord) =>
  JSON.stringify({ ...rest, code: codeKey(rest.code) }, Object.keys(rest).sort());

/** Why one system has several rows of one dossier. */
export function duplicateCause(rows: readonly SideRecord[]): CauseId {
  if (new Set(rows.map(({ code }) => codeKey(code))).size > 1) return 'two-codes';
  const differs = (tell: (row: SideRecord) => string | number | undefined) =>
    new Set(rows.flatMap((row) => tell(row) ?? [])).size > 1;
  const procedures = differs(({ procedure }) => procedure && procedureStem(procedure));
  const days = differs(({ receivedAt }) => (receivedAt !== undefined && dayOfSeconds(receivedAt)) || undefined);
  if (procedures || days) return 'shared-code';
  return new Set(rows.map(content)).size === 1 ? 'same-row-twice' : 'update-path';
}
