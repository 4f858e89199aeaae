import { addWorkingMinutes, closeOfDay, nextOpening, nthWorkingDayAfter, type WorkTable } from '../calendar/index.ts';
import type { DossierLimit } from '../schema/index.ts';
import { dayOf } from '../text/index.ts';

/** NĐ 61/2018 counts a working day as eight hours when a limit is a fraction of a day (rule R5). */
const WORKDAY_MINUTES = 480;

/**
 * Due moment by the `civil-code` policy (BLDS 2015 art. 147–148; rules R2, R3, R5, R6 and R7 of the counting rules):
 * the day of receipt is not counted and the Nth working day ends at its close.
 * @param receivedAt epoch minutes
 * @returns epoch minutes, or null when the calendar does not reach that far or the limit is not of a kind that is
 * counted here (zero days: same-day procedures have a cut-off of their own).
 */
export function civilCodeDue(table: WorkTable, receivedAt: number, limit: DossierLimit): number | null {
  const start = nextOpening(table, receivedAt);
  if (start === null || limit.value <= 0) return null;
  if (limit.unit === 'hour') return addWorkingMinutes(table, start, Math.round(limit.value * 60));
  const day0 = dayOf(start);
  if (limit.unit === 'calendarDay') {
    const target = day0 + Math.ceil(limit.value);
    const own = closeOfDay(table, target);
    const next = own === null ? nthWorkingDayAfter(table, target, 1) : target;
    return next === null ? null : closeOfDay(table, next);
  }
  if (!Number.isInteger(limit.value)) return addWorkingMinutes(table, start, Math.round(limit.value * WORKDAY_MINUTES));
  const day = nthWorkingDayAfter(table, day0, limit.value);
  return day === null ? null : closeOfDay(table, day);
}
