import type { PackedCalendar } from '../schema/index.ts';
import { parseIsoDay } from '../text/index.ts';
import { reasonsOf } from './reasons.ts';
import { type CalendarYear, dateOfDayOff, WEEK, type WorkingCalendar } from './schema.ts';

/** "Nhận sau 15 giờ thì trả kết quả ngày làm việc tiếp theo": the wording of same-day procedures. */
const DEFAULT_CUTOFF = '15:00';

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Intervals as ascending numbers; what overlaps or touches becomes one, so that no minute counts twice. */
function packHours(hours: readonly (readonly [string, string])[]): number[] {
  const sorted = hours.map(([from, to]) => [minutes(from), minutes(to)] as const).sort((a, b) => a[0] - b[0]);
  const flat: number[] = [];
  for (const [from, to] of sorted) {
    const last = flat.at(-1);
    if (last !== undefined && from <= last) flat[flat.length - 1] = Math.max(last, to);
    else if (to > from) flat.push(from, to);
  }
  return flat;
}

/** Choices that nobody has announced, and what this table takes for now. */
function noteOf({ undecided }: CalendarYear): string {
  const date = (iso: string) => `${iso.slice(8)}/${iso.slice(5, 7)}`;
  return undecided
    .map(({ why, assumed, alternatives = [] }) => {
      const others = alternatives.filter((other) => other !== assumed).map(date);
      const taken = assumed ? `: tạm lấy ${date(assumed)}` : '';
      return `${why}${taken}${others.length > 0 ? `, có thể là ${others.join(' hoặc ')}` : ''}`;
    })
    .join('; ')
    .slice(0, 1500);
}

/**
 * A calendar as numbers, each special day with its reason in words: what tables are built from and pages are given.
 * @throws when a date in it does not exist; the message names it. A parsed `WorkingCalendar` has none.
 */
export function packCalendar(calendar: WorkingCalendar): PackedCalendar {
  const monday = packHours(calendar.weekly.mon);
  const days = new Map<number, PackedCalendar['days'][number]>();
  const dayOf = (iso: string) => {
    const day = parseIsoDay(iso);
    if (day === null) throw new Error(`Lịch ${calendar.id}: ngày không tồn tại ${iso}`);
    return day;
  };
  const reasons = calendar.years.map((year) => reasonsOf(calendar, year));
  for (const [i, year] of calendar.years.entries()) {
    for (const off of year.off) {
      const day = dayOf(dateOfDayOff(off));
      days.set(day, { day, hours: [], why: reasons[i]?.off(off) ?? '' });
    }
  }
  // A working day beats a day off, whichever year's table names it (rule R1).
  for (const [i, year] of calendar.years.entries()) {
    for (const { date, hours } of year.working) {
      const day = dayOf(date);
      days.set(day, { day, hours: hours ? packHours(hours) : monday, why: reasons[i]?.working(date) ?? '' });
    }
  }
  return {
    label: calendar.label,
    version: calendar.version,
    weekly: WEEK.map((name) => packHours(calendar.weekly[name])),
    cutoff: minutes(calendar.sameDayCutoff ?? DEFAULT_CUTOFF),
    years: calendar.years
      .map((year) => ({ year: year.year, official: year.status === 'official', note: noteOf(year) }))
      .sort((a, b) => a.year - b.year),
    days: [...days.values()].sort((a, b) => a.day - b.day),
  };
}
