import { parseIsoDay } from '../text/index.ts';
import { type CalendarYear, dateOfDayOff, type WorkingCalendar } from './schema.ts';
import { dayInWords, knowsStatutoryYear, type StatutoryDay, statutoryFit } from './statutory.ts';

const MAX_REASON = 400;

/** Reasons of one year's special days, in words, with where each was decided: `Quốc khánh · TB 9441/TB-BNV`. */
export interface YearReasons {
  off(entry: CalendarYear['off'][number]): string;
  /** @param date `YYYY-MM-DD` */
  working(date: string): string;
}

const wordsFor = (iso: string): string => {
  const day = parseIsoDay(iso);
  return day === null ? iso : dayInWords(day);
};

function reason(words: string, source: string): string {
  const text = source === '' ? words : `${words} · ${source}`;
  return text.length > MAX_REASON ? `${text.slice(0, MAX_REASON - 1)}…` : text;
}

/**
 * The statutory days that a year's table follows, by date. National notices are written for Monday to Friday, so a unit with
 * other weekly hours is named by them where its own week names nothing.
 */
export function namedDays(calendar: WorkingCalendar, year: CalendarYear): Map<string, StatutoryDay> {
  if (!knowsStatutoryYear(year.year)) return new Map();
  const off = new Set(year.off.map(dateOfDayOff));
  const national = statutoryFit(year.year, off);
  const own = statutoryFit(year.year, off, calendar.weekly);
  const days = [...national.open, ...own.open, ...national.days, ...own.days];
  return new Map(days.map((day) => [day.date, day]));
}

/**
 * Why days of a year are off or worked: the admin's own words, else the swap (hoán đổi), else the holiday by law. The source is
 * the year's notice; of a provisional year, which has none, the law.
 */
export function reasonsOf(calendar: WorkingCalendar, year: CalendarYear): YearReasons {
  const named = namedDays(calendar, year);
  return {
    off(entry) {
      if (typeof entry !== 'string') return reason(entry.reason, entry.source ?? year.source);
      const swap = year.swaps.find(({ off }) => off === entry);
      if (swap) return reason(`hoán đổi: làm bù ${wordsFor(swap.work)}`, year.source);
      const holiday = named.get(entry);
      if (holiday === undefined) return reason('ngày nghỉ theo thông báo', year.source);
      const announced = year.status === 'official' && year.source !== '';
      return reason(holiday.name, announced ? year.source : holiday.source);
    },
    working(date) {
      const swap = calendar.years.flatMap(({ swaps }) => swaps).find(({ work }) => work === date);
      return reason(swap ? `làm bù cho ${wordsFor(swap.off)}` : 'ngày làm việc theo thông báo', year.source);
    },
  };
}
