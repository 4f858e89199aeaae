import { closeOfDay, coverage, isWorkingDay, nthWorkingDayAfter, type WorkTable } from '../calendar/index.ts';
import { APOLOGY_RULE } from '../deadline/index.ts';
import { dayOf, fullDate, startOfDay, weekdayName, weekdayOf } from '../text/index.ts';
import data from './data/new-date.json' with { type: 'json' };

export interface NewDateProblem {
  id: 'second' | 'no-calendar' | 'day-off' | 'not-after-today' | 'not-after-old';
  message: string;
}

const named = (at: number) => `${weekdayName(weekdayOf(dayOf(at)))} ${fullDate(at)}`;

/**
 * What is wrong with a new appointment (NĐ 61/2018/NĐ-CP art. 19.9; BLDS 2015 art. 148.5). Moments in epoch minutes.
 * @param reappointments those that the dossier has had already.
 * @returns empty when it may be promised.
 */
export function checkNewDate(
  table: WorkTable,
  now: number,
  firstDue: number,
  newDate: number,
  reappointments = 0,
): NewDateProblem[] {
  const problems: NewDateProblem[] = [];
  const add = (id: NewDateProblem['id'], message: string) => problems.push({ id, message });
  const { maxReappointments } = APOLOGY_RULE;
  if (reappointments >= maxReappointments)
    add('second', `hồ sơ đã được hẹn lại ${reappointments} lần; chỉ được hẹn lại không quá ${maxReappointments} lần`);
  if (dayOf(newDate) <= dayOf(now)) add('not-after-today', `${named(newDate)} không sau ngày hôm nay`);
  if (dayOf(newDate) <= dayOf(firstDue))
    add('not-after-old', `${named(newDate)} không sau ngày hẹn cũ (${named(firstDue)})`);
  if (coverage(table, newDate, newDate) === 'none')
    add('no-calendar', `chưa có lịch làm việc cho ${named(newDate)}: không biết có phải ngày làm việc`);
  else if (!isWorkingDay(table, dayOf(newDate))) add('day-off', `${named(newDate)} là ngày nghỉ`);
  return problems;
}

/** Working days that are proposed when the officer has not said how many. */
const PROPOSED_WORKDAYS: number = data.workdays;

/**
 * A new appointment: the close of the Nth working day after the old date (rule R10) or after today, whichever is later.
 * @returns epoch minutes; null when the calendar does not reach that far or no further appointment is allowed.
 */
export function proposeNewDate(
  table: WorkTable,
  now: number,
  firstDue: number,
  reappointments = 0,
  workdays: number = PROPOSED_WORKDAYS,
): number | null {
  const from = Math.max(dayOf(now), dayOf(firstDue));
  const day = nthWorkingDayAfter(table, from, workdays);
  const due = day === null ? null : closeOfDay(table, day);
  if (due === null || checkNewDate(table, now, firstDue, due, reappointments).length > 0) return null;
  return due;
}

/** True when the date lies in a year whose calendar is not official yet: it may still become a day off. */
export function isProvisionalDate(table: WorkTable, newDate: number): boolean {
  return coverage(table, startOfDay(dayOf(newDate)), newDate) === 'provisional';
}
