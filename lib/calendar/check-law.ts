import { parseIsoDay, weekdayOf } from '../text/index.ts';
import { dateInWords, weekdayOfDate } from './check-table.ts';
import type { CalendarFinding } from './finding.ts';
import { namedDays } from './reasons.ts';
import { type CalendarYear, dateOfDayOff, type WorkingCalendar } from './schema.ts';
import {
  dayInWords,
  HOLIDAYS,
  isoDay,
  knowsStatutoryYear,
  type StatutoryDay,
  statutoryFit,
  worksOn,
} from './statutory.ts';

const UNNAMED_OFF = 'ngày nghỉ mà không luật, hoán đổi hay lý do nào nêu; nếu đúng, hãy ghi reason';
/** A make-up day this many days behind its lawful place is taken for the same one, moved. */
const MOVED_DAYS = 14;
const TET = 'tet';

interface Table {
  year: CalendarYear;
  index: number;
  severity: 'error' | 'warning';
  /** True when the day (number) is off, be it by the table or by the week; swapped days are not holidays. */
  holiday(day: number): boolean;
  /** The same, and the week would have it worked. */
  taken(day: number): boolean;
}

function tableOf(calendar: WorkingCalendar, index: number): Table {
  const year = calendar.years[index] as CalendarYear;
  const works = worksOn(calendar.weekly);
  const worked = new Set(calendar.years.flatMap(({ working }) => working.map(({ date }) => date)));
  const swapped = new Set(year.swaps.map(({ off }) => off));
  const off = new Set(year.off.map(dateOfDayOff).filter((date) => !worked.has(date) && !swapped.has(date)));
  const taken = (day: number) => works(weekdayOf(day)) && off.has(isoDay(day));
  return {
    year,
    index,
    severity: year.status === 'official' ? 'error' : 'warning',
    taken,
    holiday: (day) => taken(day) || (!works(weekdayOf(day)) && !worked.has(isoDay(day))),
  };
}

/** Days off in a row around mùng 1, weekends included. */
function tetRun({ holiday }: Table, first: number): number[] {
  if (!holiday(first)) return [];
  let from = first;
  let to = first;
  while (holiday(from - 1)) from--;
  while (holiday(to + 1)) to++;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/**
 * Tết that follows none of the known spans. Five days, each on a weekly day off made up for, always come to five working days
 * off in a row, however they are laid.
 */
function tetFindings(table: Table, run: readonly number[], missing: readonly StatutoryDay[]): CalendarFinding[] {
  const path = ['years', table.index, 'off'];
  const count = run.filter(table.taken).length;
  const lawful = HOLIDAYS.find(({ id }) => id === TET)?.days ?? 0;
  if (count >= lawful)
    return [
      { severity: 'warning', path, message: 'Tết Nguyên đán được chia khác các cách đã biết (2 + 3 hoặc 1 + 4 ngày)' },
    ];
  const lacking = missing.map(({ day, name }) => `${dayInWords(day)} ${name}`).join(', ');
  const message =
    run.length === 0
      ? `Tết Nguyên đán: mùng 1 không phải là ngày nghỉ; thiếu ${lacking}`
      : run.length < lawful
        ? `Tết Nguyên đán chỉ nghỉ ${run.length} ngày liền kể cả cuối tuần, luật cho ${lawful}; thiếu ${lacking}`
        : `Tết Nguyên đán chỉ nghỉ ${count} ngày làm việc, luật cho ${lawful} ngày và nghỉ bù; thiếu ${lacking}`;
  return [{ severity: table.severity, path, message, date: missing[0]?.date }];
}

function yearFindings(calendar: WorkingCalendar, index: number): CalendarFinding[] {
  const table = tableOf(calendar, index);
  const { year, severity } = table;
  const works = worksOn(calendar.weekly);
  const dates = year.off.map(dateOfDayOff);
  const days = statutoryFit(year.year, new Set(dates), calendar.weekly).days;
  const missing = days.filter(({ day }) => works(weekdayOf(day)) && !table.taken(day));
  const first = days.find(({ rule, kind, offset }) => rule === TET && kind === 'holiday' && offset === 0)?.day;
  const missingTet = missing.filter(({ rule }) => rule === TET);
  const run = missingTet.length > 0 && first !== undefined ? tetRun(table, first) : [];
  const found = missingTet.length > 0 ? tetFindings(table, run, missingTet) : [];

  const named = namedDays(calendar, year);
  const swapped = new Set(year.swaps.map(({ off }) => off));
  const unnamed = new Map<string, number>();
  for (const [j, off] of year.off.entries()) {
    const explained = typeof off !== 'string' || named.has(off) || swapped.has(off) || !works(weekdayOfDate(off));
    if (!explained && !run.includes(parseIsoDay(off) as number)) unnamed.set(off, j);
  }
  for (const { day, date, kind, name, source, rule } of missing) {
    if (rule === TET) continue;
    const worked = year.working.findIndex((one) => one.date === date);
    const what = `${dayInWords(day)}: ${name} (${source})`;
    const moved = [...unnamed].find(([other]) => {
      const distance = (parseIsoDay(other) as number) - day;
      return kind === 'make-up' && distance > -MOVED_DAYS && distance < MOVED_DAYS;
    });
    if (worked >= 0) {
      found.push({
        severity: 'warning',
        path: ['years', index, 'working', worked],
        message: `làm việc vào ngày lễ ${what}`,
        date,
      });
    } else if (moved !== undefined) {
      unnamed.delete(moved[0]);
      const message = `${dateInWords(moved[0])} không phải chỗ luật đặt ngày nghỉ bù; theo luật là ${what}`;
      found.push({ severity: 'warning', path: ['years', index, 'off', moved[1]], message, date: moved[0] });
    } else {
      found.push({ severity, path: ['years', index, 'off'], message: `thiếu ngày nghỉ ${what}`, date });
    }
  }
  for (const [date, j] of unnamed)
    found.push({
      severity: 'warning',
      path: ['years', index, 'off', j],
      message: `${dateInWords(date)}: ${UNNAMED_OFF}`,
      date,
      unexplained: true,
    });
  return found;
}

/** A year's own word about itself: where it comes from, and what it leaves open. */
function statusFindings(year: CalendarYear, index: number): CalendarFinding[] {
  const found: CalendarFinding[] = [];
  const path = ['years', index];
  if (year.status === 'official' && year.source.trim() === '')
    found.push({
      severity: 'error',
      path: [...path, 'source'],
      message: `năm ${year.year} ghi là chính thức mà không nêu nguồn (số thông báo)`,
    });
  if (year.status === 'provisional' && year.undecided.length === 0)
    found.push({
      severity: 'note',
      path,
      message: `năm ${year.year} là dự kiến mà không nêu điều gì còn chờ thông báo`,
    });
  const off = new Set(year.off.map(dateOfDayOff));
  for (const [j, { assumed }] of year.undecided.entries()) {
    if (assumed === undefined || off.has(assumed)) continue;
    const message = `ngày tạm lấy ${assumed} không có trong off`;
    found.push({ severity: 'warning', path: [...path, 'undecided', j, 'assumed'], message, date: assumed });
  }
  return found;
}

/** Years held against the statutory rules: holidays and make-up days (nghỉ bù) that are missing, or off for no known reason. */
export function lawFindings(calendar: WorkingCalendar): CalendarFinding[] {
  return calendar.years.flatMap((year, index): CalendarFinding[] => {
    const found = statusFindings(year, index);
    if (knowsStatutoryYear(year.year)) return [...found, ...yearFindings(calendar, index)];
    const message = `năm ${year.year}: chưa có quy định trong dữ liệu, không đối chiếu được ngày lễ`;
    return [...found, { severity: 'note', path: ['years', index, 'year'], message }];
  });
}
