import { parseIsoDay, weekdayOf } from '../text/index.ts';
import type { CalendarFinding } from './finding.ts';
import { type CalendarLayer, dateOfDayOff, WEEK, type WorkingCalendar } from './schema.ts';
import { dayInWords, worksOn } from './statutory.ts';

type LayerYear = CalendarLayer['years'][number];
type Path = CalendarFinding['path'];
type Hours = WorkingCalendar['weekly']['mon'];

/** `thứ Sáu 02/01/2026` of an ISO date. */
export const dateInWords = (iso: string): string => dayInWords(parseIsoDay(iso) as number);
export const weekdayOfDate = (iso: string): number => weekdayOf(parseIsoDay(iso) as number);

/** Intervals that share a minute; those that only touch are two halves of a day without a break. */
function overlaps(hours: Hours, path: Path): CalendarFinding[] {
  const sorted = hours.map(([from, to], index) => ({ from, to, index })).sort((a, b) => (a.from < b.from ? -1 : 1));
  let end = '';
  const found: CalendarFinding[] = [];
  for (const { from, to, index } of sorted) {
    if (from < end)
      found.push({
        severity: 'error',
        path: [...path, index],
        message: `khoảng giờ ${from}–${to} chồng lên khoảng khác`,
      });
    if (to > end) end = to;
  }
  return found;
}

/** Faults of weekly hours. */
export function weeklyFindings(weekly: WorkingCalendar['weekly']): CalendarFinding[] {
  const found = WEEK.flatMap((name) => overlaps(weekly[name], ['weekly', name]));
  if (WEEK.every((name) => weekly[name].length === 0))
    found.push({ severity: 'error', path: ['weekly'], message: 'cả tuần không có giờ làm việc nào' });
  return found;
}

/** Dates that stand twice in one list, or in another year's. */
function listFindings(dates: readonly string[], year: number, path: Path): CalendarFinding[] {
  const seen = new Set<string>();
  return dates.flatMap((date, index) => {
    const found: CalendarFinding[] = [];
    const here = { path: [...path, index], date };
    if (!date.startsWith(`${year}-`))
      found.push({ severity: 'error', ...here, message: `ngày ${date} không thuộc năm ${year}` });
    if (seen.has(date)) found.push({ severity: 'warning', ...here, message: `ngày ${date} ghi hai lần` });
    seen.add(date);
    return found;
  });
}

/** Faults that show without knowing the week or the law: years and dates written twice, or against each other. */
export function tableFindings(years: readonly LayerYear[]): CalendarFinding[] {
  const worked = new Set(years.flatMap(({ working = [] }) => working.map(({ date }) => date)));
  const seen = new Set<number>();
  return years.flatMap(({ year, off = [], working = [] }, i) => {
    const found: CalendarFinding[] = [];
    const path = ['years', i];
    if (seen.has(year)) found.push({ severity: 'error', path: [...path, 'year'], message: `năm ${year} có hai bảng` });
    seen.add(year);
    found.push(...listFindings(off.map(dateOfDayOff), year, [...path, 'off']));
    found.push(
      ...listFindings(
        working.map(({ date }) => date),
        year,
        [...path, 'working'],
      ),
    );
    for (const [j, date] of off.map(dateOfDayOff).entries()) {
      if (!worked.has(date)) continue;
      const message = `${dateInWords(date)} vừa là ngày nghỉ vừa là ngày làm việc`;
      found.push({ severity: 'error', path: [...path, 'off', j], message, date });
    }
    for (const [j, { date, hours }] of working.entries()) {
      if (hours === undefined) continue;
      const here = [...path, 'working', j, 'hours'];
      found.push(...overlaps(hours, here).map((one) => ({ ...one, date })));
      if (hours.length === 0)
        found.push({ severity: 'error', path: here, message: `ngày làm việc ${date} không có giờ nào`, date });
    }
    return found;
  });
}

/** Faults of a whole calendar that its own week shows: swaps without their pair, days that change nothing. */
export function weekFindings({ weekly, years }: WorkingCalendar): CalendarFinding[] {
  const works = worksOn(weekly);
  const offs = new Set(years.flatMap(({ off }) => off.map(dateOfDayOff)));
  const worked = new Set(years.flatMap(({ working }) => working.map(({ date }) => date)));
  const swapped = new Set(years.flatMap(({ swaps }) => swaps.map(({ work }) => work)));
  return years.flatMap(({ off, working, swaps }, i) => {
    const found: CalendarFinding[] = [];
    for (const [j, date] of off.map(dateOfDayOff).entries()) {
      if (works(weekdayOfDate(date))) continue;
      const message = `${dateInWords(date)} vốn không có giờ làm việc`;
      found.push({ severity: 'note', path: ['years', i, 'off', j], message, date });
    }
    for (const [j, { date, hours }] of working.entries()) {
      const path = ['years', i, 'working', j];
      const own = weekly[WEEK[weekdayOfDate(date)] as (typeof WEEK)[number]];
      const usual = own.length > 0;
      if (hours === undefined && weekly.mon.length === 0)
        found.push({
          severity: 'error',
          path,
          message: `ngày làm việc ${date} không ghi giờ, mà thứ Hai không có giờ để lấy theo`,
          date,
        });
      if (!usual && !swapped.has(date))
        found.push({
          severity: 'warning',
          path,
          message: `${dateInWords(date)} làm việc mà không hoán đổi cho ngày nào`,
          date,
          unexplained: true,
        });
      if (usual && !offs.has(date) && JSON.stringify(hours ?? weekly.mon) === JSON.stringify(own))
        found.push({ severity: 'note', path, message: `${dateInWords(date)} vốn là ngày làm việc`, date });
    }
    for (const [j, swap] of swaps.entries()) {
      const path = ['years', i, 'swaps', j];
      if (!offs.has(swap.off))
        found.push({
          severity: 'error',
          path: [...path, 'off'],
          message: `hoán đổi: ${dateInWords(swap.off)} không có trong off`,
          date: swap.off,
        });
      if (!worked.has(swap.work))
        found.push({
          severity: 'error',
          path: [...path, 'work'],
          message: `hoán đổi: ${dateInWords(swap.work)} không có trong working`,
          date: swap.work,
        });
    }
    return found;
  });
}
