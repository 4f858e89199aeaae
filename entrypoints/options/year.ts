import { isWorkingDay, type WorkTable, workingDaysBetween, workingMinutesBetween } from '../../lib/calendar/index.ts';
import { isOffByWeek, whyOf } from '../../lib/deadline/index.ts';
import { dayNumber, monthsAfter, startOfDay, weekdayOf } from '../../lib/text/index.ts';

/**
 * work: as its weekday · rest: off as its weekday · off: a day off on a weekday · worked: worked on a weekend ·
 * hours: worked, at other hours than its weekday.
 */
export type DayKind = 'work' | 'rest' | 'off' | 'worked' | 'hours';

export interface YearDay {
  day: number;
  /** Day of the month. */
  date: number;
  kind: DayKind;
  why: string | null;
}

function kindOf(table: WorkTable, day: number): DayKind {
  if (isOffByWeek(table, day)) return isWorkingDay(table, day) ? 'worked' : 'rest';
  if (!isWorkingDay(table, day)) return 'off';
  const usual = table.source.weekly[weekdayOf(day)] ?? [];
  return String(table.hours[day - table.firstDay]) === String(usual) ? 'work' : 'hours';
}

export interface Month {
  month: number;
  /** Weeks from Monday; null where a day belongs to another month. */
  weeks: (YearDay | null)[][];
}

/** The twelve months of a year of the table. */
export function monthsOf(table: WorkTable, year: number): Month[] {
  return Array.from({ length: 12 }, (_, i) => {
    const first = dayNumber(year, i + 1, 1) ?? 0;
    const length = monthsAfter(first, 1) - first;
    const before = (weekdayOf(first) + 6) % 7;
    const weeks: (YearDay | null)[][] = [];
    for (let cell = 0; cell < before + length; cell++) {
      if (cell % 7 === 0) weeks.push(new Array(7).fill(null));
      const day = first + cell - before;
      if (cell < before) continue;
      (weeks.at(-1) as (YearDay | null)[])[cell % 7] = {
        day,
        date: cell - before + 1,
        kind: kindOf(table, day),
        why: whyOf(table, day),
      };
    }
    return { month: i + 1, weeks };
  });
}

export interface YearTotals {
  workingDays: number;
  workingHours: number;
  off: number;
  worked: number;
}

export function totalsOf(table: WorkTable, year: number, months: readonly Month[]): YearTotals {
  const from = dayNumber(year, 1, 1) ?? 0;
  const to = (dayNumber(year, 12, 31) ?? 0) + 1;
  const days = months.flatMap(({ weeks }) => weeks.flat());
  const count = (kind: DayKind) => days.filter((day) => day?.kind === kind).length;
  return {
    workingDays: workingDaysBetween(table, from, to),
    workingHours: workingMinutesBetween(table, startOfDay(from), startOfDay(to)) / 60,
    off: count('off'),
    worked: count('worked'),
  };
}
