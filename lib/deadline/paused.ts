import {
  addUnpausedMinutes,
  addWorkingMinutes,
  covers,
  nthUnpausedDateAfter,
  nthUnpausedDayAfter,
  pausedCalendarDates,
  pausedWorkingDates,
  type Spans,
  unionOfPauses,
  type WorkTable,
  workingMinutesBetween,
} from '../calendar/index.ts';
import type { Counting } from '../schema/index.ts';
import { type CountedPause, countDue, type DueInput, type PausedTime } from './due.ts';

/** Time as it passes around pauses (rule R8). */
export function timeAround(table: WorkTable, pauses: Spans): PausedTime | null {
  if (pauses.length === 0) return null;
  let dates: Spans | undefined;
  const calendarDates = () => {
    dates ??= pausedCalendarDates(table, pauses);
    return dates;
  };
  return {
    addMinutes: (start, minutes) => addUnpausedMinutes(table, start, minutes, pauses),
    nthDay: (day, n) => nthUnpausedDayAfter(table, day, n, pausedWorkingDates(table, pauses)),
    nthDate: (day, n) => nthUnpausedDateAfter(day, n, calendarDates()),
    isPausedDate: (day) => covers(calendarDates(), day),
  };
}

/** The end of the last supplement, from which the whole limit runs again (NĐ 61/2018 art. 19.4), or null without one. */
export function restartOf(pauses: readonly CountedPause[]): number | null {
  let last: number | null = null;
  for (const { kind, from, to } of pauses) {
    if ((kind ?? 'supplement') === 'supplement' && to !== null && to > from && (last === null || to > last)) last = to;
  }
  return last;
}

/** A due moment pushed on by each pause that begins before it: by its calendar time, or by its working time. */
function pushed(table: WorkTable, due: number, receivedAt: number, pauses: Spans, inWork: boolean): number | null {
  let moment: number | null = due;
  for (let i = 0; i < pauses.length && moment !== null; i += 2) {
    const from = Math.max(receivedAt, pauses[i] as number);
    const to = pauses[i + 1] as number;
    if (from >= moment) break;
    if (to <= from) continue;
    const worked = workingMinutesBetween(table, from, to);
    if (!inWork) moment += to - from;
    else if (worked > 0) moment = addWorkingMinutes(table, moment, worked);
  }
  return moment;
}

/**
 * Due moment of a time limit: rules R1–R9 of the counting rules (BLDS 2015 art. 147–148) and their dated variants;
 * docs/deadlines.md gives each in words with its source. A pure function: nothing of the machine's clock or time zone.
 * @returns epoch minutes, or null while a pause is open (R9: the clock stands) and when the calendar does not reach that far.
 */
export function dueAt(table: WorkTable, input: DueInput, counting: Counting): number | null {
  const { pauses } = input;
  if (pauses === undefined || pauses.length === 0) return countDue(table, input, null, counting);
  for (const { to } of pauses) if (to === null) return null;
  if (counting.supplement === 'restart') {
    const again = restartOf(pauses);
    if (again !== null && again > input.receivedAt)
      return countDue(table, { ...input, receivedAt: again }, timeAround(table, unionOfPauses(pauses)), counting);
  }
  const union = unionOfPauses(pauses);
  const inWork = counting.supplement === 'shift';
  if (!inWork && counting.supplement !== 'subtract') return countDue(table, input, timeAround(table, union), counting);
  const due = countDue(table, input, null, counting);
  return due === null ? null : pushed(table, due, input.receivedAt, union, inWork);
}
