import { closeOfDay, nextOpening, nthWorkingDayBefore, type WorkTable } from '../calendar/index.ts';
import { dayOf, startOfDay } from '../text/index.ts';
import data from './data/apology.json' with { type: 'json' };

/** When an apology letter is due and when to warn of it: dated data, two rules that do not agree (docs/deadlines.md). */
export interface ApologyRule {
  /** The letter is due this long before the appointment. */
  leadDays: number;
  leadUnit: 'workday' | 'calendarDay';
  /** Warn at the opening of these working days before the appointment, earliest first. */
  warnDays: readonly number[];
  /** Re-appointments that are allowed. */
  maxReappointments: number;
}

export const APOLOGY_RULE = data as unknown as ApologyRule & { version: string; source: string };

/**
 * none: nothing to do yet · warn: from the first warning on · last-day: it is due today · late: its moment has passed and the
 * appointment has not · overdue: the appointment has passed too (city rule: at the latest on that day).
 */
export type ApologyState = 'none' | 'warn' | 'last-day' | 'late' | 'overdue';

export interface ApologyWindow {
  /** Close of the working day by which the letter must be out (decree), epoch minutes. */
  letterDueAt: number;
  /** Last moment by the city's rule: the appointment itself. */
  cityDueAt: number;
  /** Openings of the days of warning, earliest first. */
  warnAt: readonly number[];
  state: ApologyState;
  /** False when the one re-appointment has been used up: a letter may apologise, not promise again. */
  mayReappoint: boolean;
}

/** Day on which the letter must be out: a working day, so that someone can send it. */
function leadDay(table: WorkTable, day: number, { leadDays, leadUnit }: ApologyRule): number | null {
  if (leadUnit === 'workday') return nthWorkingDayBefore(table, day, leadDays);
  return nthWorkingDayBefore(table, day - leadDays + 1, 1);
}

/**
 * The apology window of an appointment: NĐ 61/2018 art. 19.9 (one day before it ends) and QĐ 5157/QĐ-UBND (at the latest on the
 * day itself); the stricter one is `letterDueAt`, unless the dossier came in only after it: then the city's rule is all there is.
 * @param dueAt effective appointment, epoch minutes, on a working day.
 * @param receivedAt epoch minutes, when known: no warning and no letter lie before it.
 * @returns null when the calendar does not reach back that far.
 */
export function apologyWindow(
  table: WorkTable,
  dueAt: number,
  now: number,
  reappointments = 0,
  receivedAt = Number.NEGATIVE_INFINITY,
  rule: ApologyRule = APOLOGY_RULE,
): ApologyWindow | null {
  const day = dayOf(dueAt);
  const leading = leadDay(table, day, rule);
  const decreed = leading === null ? null : closeOfDay(table, leading);
  const openings = rule.warnDays.map((days) => {
    const warn = nthWorkingDayBefore(table, day, days);
    return warn === null ? null : nextOpening(table, startOfDay(warn));
  });
  if (decreed === null || openings.includes(null)) return null;
  const letterDueAt = decreed > receivedAt ? decreed : dueAt;
  const later = (openings as number[]).map((at) => Math.max(at, receivedAt));
  const warnAt = [...new Set(later)].filter((at) => at < letterDueAt);
  let state: ApologyState = 'none';
  if (now > dueAt) state = 'overdue';
  else if (now > letterDueAt) state = 'late';
  else if (dayOf(now) === dayOf(letterDueAt)) state = 'last-day';
  else if (now >= Math.min(...warnAt, letterDueAt)) state = 'warn';
  return { letterDueAt, cityDueAt: dueAt, warnAt, state, mayReappoint: reappointments < rule.maxReappointments };
}
