import {
  buildTable,
  type CalendarYear,
  dayInWords,
  isoDay,
  isWorkingDay,
  packCalendar,
  type WorkingCalendar,
  type WorkTable,
  workingDaysBetween,
} from '../lib/calendar/index.ts';
import { dayNumber, parseIsoDay, shortDate, startOfDay, timeOf, weekdayName, weekdayOf } from '../lib/text/index.ts';

const dateText = (iso: string) => dayInWords(parseIsoDay(iso) as number);

/** One day of a year as a program reads it. */
export interface DayLine {
  date: string;
  weekday: string;
  working: boolean;
  /** Working intervals, `HH:mm`. */
  hours: [string, string][];
  /** Why the day is not as its weekday, with the source. */
  why?: string;
  status: CalendarYear['status'];
  /** The choice, still open, on which this day depends. */
  undecided?: string;
}

interface Year {
  calendar: WorkingCalendar;
  year: CalendarYear;
  table: WorkTable;
  why: Map<number, string>;
  /** Day → the open choice it depends on. */
  open: Map<number, string>;
}

function yearOf(calendar: WorkingCalendar, year: CalendarYear): Year {
  const table = buildTable(packCalendar(calendar));
  const open = year.undecided.flatMap(({ why, assumed, alternatives = [] }) =>
    [...(assumed ? [assumed] : []), ...alternatives].map((iso) => [parseIsoDay(iso) as number, why] as const),
  );
  return {
    calendar,
    year,
    table,
    why: new Map(table.source.days.map(({ day, why }) => [day, why])),
    open: new Map(open),
  };
}

const firstOf = (year: number, month: number) => dayNumber(month > 12 ? year + 1 : year, month > 12 ? 1 : month, 1);

/** Day numbers of a month; the last month of the last year that dates can name ends with its own 31st. */
function daysOf(year: number, month: number): number[] {
  const first = firstOf(year, month) as number;
  const length = (firstOf(year, month + 1) ?? first + 31) - first;
  return Array.from({ length }, (_, i) => first + i);
}

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** Every day of a year, in order. */
export function dayLines(calendar: WorkingCalendar, year: CalendarYear): DayLine[] {
  const { table, why, open } = yearOf(calendar, year);
  return MONTHS.flatMap((month) => daysOf(year.year, month)).map((day) => {
    const flat = table.hours[day - table.firstDay] ?? [];
    const hours: [string, string][] = [];
    for (let i = 0; i < flat.length; i += 2) {
      const at = (minute: number | undefined) => timeOf(startOfDay(day) + (minute ?? 0));
      hours.push([at(flat[i]), at(flat[i + 1])]);
    }
    return {
      date: isoDay(day),
      weekday: weekdayName(weekdayOf(day)),
      working: isWorkingDay(table, day),
      hours,
      why: why.get(day),
      status: year.status,
      undecided: open.get(day),
    };
  });
}

function monthText({ year, table, why, open }: Year, month: number): string {
  const days = daysOf(year.year, month);
  const first = days[0] as number;
  const count = workingDaysBetween(table, first, first + days.length);
  const lines = days.flatMap((day) => {
    const reason = why.get(day);
    if (reason === undefined) return [];
    const kind = isWorkingDay(table, day) ? 'làm việc' : 'nghỉ';
    const date = `${weekdayName(weekdayOf(day))} ${shortDate(day, day)}`;
    // The year's own source stands above, once.
    const source = ` · ${year.source}`;
    const words = reason.endsWith(source) ? reason.slice(0, -source.length) : reason;
    return [`  ${kind.padEnd(8)}  ${date.padEnd(14)}  ${words}${open.has(day) ? ' (dự kiến)' : ''}`];
  });
  return [`Tháng ${month}: ${count} ngày làm việc`, ...lines].join('\n');
}

function undecidedText({ why, assumed, alternatives = [] }: CalendarYear['undecided'][number]): string {
  const taken = assumed ? `; tạm lấy ${dateText(assumed)}` : '';
  const others = alternatives.length > 0 ? `; có thể là ${alternatives.map(dateText).join(' hoặc ')}` : '';
  return `  ${why}${taken}${others}`;
}

/** A year that people read: each special day with its reason, working days of each month, what is still open. */
export function yearText(calendar: WorkingCalendar, year: CalendarYear): string {
  const model = yearOf(calendar, year);
  const { table } = model;
  const from = firstOf(year.year, 1) as number;
  const total = workingDaysBetween(table, from, (daysOf(year.year, 12).at(-1) as number) + 1);
  const status = year.status === 'official' ? 'chính thức' : 'DỰ KIẾN, chưa có thông báo';
  const head = [
    `Lịch làm việc năm ${year.year}: ${total} ngày làm việc, ${status}`,
    `${calendar.label} (bản ${calendar.version})`,
    `Nguồn: ${year.source || 'không ghi'}`,
  ];
  const parts = [head.join('\n'), ...MONTHS.map((month) => monthText(model, month))];
  if (year.undecided.length > 0)
    parts.push(['Chưa quyết định (dự kiến):', ...year.undecided.map(undecidedText)].join('\n'));
  return parts.join('\n\n');
}
