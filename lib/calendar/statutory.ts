import { fullDate, isoOf, parseIsoDay, shortDate, startOfDay, weekdayName, weekdayOf } from '../text/index.ts';
import lunar from './data/lunar-2020-2050.json' with { type: 'json' };
import data from './data/statutory.json' with { type: 'json' };
import { WEEK, type WorkingCalendar } from './schema.ts';

type Weekly = WorkingCalendar['weekly'];
/** True for a weekday (0 = Sunday) that has hours. */
export type Works = (weekday: number) => boolean;

/** A day that the law makes a day off, or the day off in its place (nghỉ bù). */
export interface StatutoryDay {
  /** Day number. */
  day: number;
  /** `YYYY-MM-DD` */
  date: string;
  /** Id of the rule in data/statutory.json. */
  rule: string;
  kind: 'holiday' | 'make-up';
  /** Days from the rule's own date (mùng 1, 02/09); of a make-up day, that of the day it makes up for. */
  offset: number;
  name: string;
  source: string;
}

/** One lawful way to place the days off of a year. */
export interface StatutoryYear {
  /** Rule → index of its span. */
  choice: Readonly<Record<string, number>>;
  /** Ascending, weekends included. */
  days: readonly StatutoryDay[];
  /** Make-up days that no text orders or forbids: the holiday is not one of those that the make-up rule names. */
  open: readonly StatutoryDay[];
}

interface InForce {
  effectiveFrom: string;
  effectiveTo: string | null;
  source: string;
}
export interface Holiday extends InForce {
  id: string;
  name: string;
  kind: 'solar' | 'lunar';
  /** `MM-DD` of a solar rule. */
  date?: string;
  /** Key in data/lunar-2020-2050.json of a lunar rule. */
  key?: 'tet' | 'hungVuong';
  days: number;
  /** Ways to lay the days around the date; the first is assumed while nothing is announced. */
  spans: { before: number; from: number }[];
  /** True when the make-up rule covers this holiday. */
  madeUp: boolean;
}

export const HOLIDAYS = data.holidays as readonly Holiday[];
const LUNAR: Partial<Record<string, { tet: string; hungVuong: string }>> = lunar.years;
/** Civil servants' week: what the national notices are written for. */
const FIVE_DAY_WEEK: Works = (weekday) => weekday >= 1 && weekday <= 5;
/** A unit that works one day a week still finds the five make-up days of Tết within this many days. */
const MAKE_UP_DAYS = 60;

const inForce = ({ effectiveFrom, effectiveTo }: InForce, date: string) =>
  effectiveFrom <= date && (effectiveTo === null || date <= effectiveTo);

/** `2026-01-02` of a day number. */
export const isoDay = (day: number) => isoOf(startOfDay(day)).slice(0, 10);

/** `thứ Sáu 02/01/2026` */
export const dayInWords = (day: number): string => `${weekdayName(weekdayOf(day))} ${fullDate(startOfDay(day))}`;

/** Which weekdays (0 = Sunday) have hours; without weekly hours, Monday to Friday. */
export function worksOn(weekly?: Weekly): Works {
  if (weekly === undefined) return FIVE_DAY_WEEK;
  const open = WEEK.map((name) => weekly[name].length > 0);
  return (weekday) => open[weekday] === true;
}

/** True when the data holds the law and the lunar dates of a year. */
export function knowsStatutoryYear(year: number): boolean {
  return LUNAR[year] !== undefined && inForce(data.makeUp, `${year}-01-01`);
}

/** Day number of the rule's own date, or null when the rule was not in force then. */
function anchorOf(rule: Holiday, year: number): number | null {
  const date = rule.kind === 'lunar' && rule.key ? LUNAR[year]?.[rule.key] : `${year}-${rule.date}`;
  return date !== undefined && inForce(rule, date) ? parseIsoDay(date) : null;
}

/** Which of the days of a holiday it is, for those that have several or move. */
function whichDay({ kind, key, days }: Holiday, offset: number): string {
  if (key === 'hungVuong') return '10/3 âm lịch';
  if (days === 1 || (kind === 'solar' && offset === 0)) return '';
  if (kind === 'lunar') return offset < 0 ? `${-offset} ngày trước mùng 1` : `mùng ${offset + 1}`;
  return offset < 0 ? 'ngày liền kề trước' : 'ngày liền kề sau';
}

function holidaysOf(year: number, choice: Readonly<Record<string, number>>): { rule: Holiday; day: StatutoryDay }[] {
  return HOLIDAYS.flatMap((rule) => {
    const anchor = anchorOf(rule, year);
    const span = rule.spans[choice[rule.id] ?? 0];
    if (anchor === null || span === undefined) return [];
    return Array.from({ length: span.before + span.from }, (_, i) => {
      const offset = i - span.before;
      const which = whichDay(rule, offset);
      const name = which === '' ? rule.name : `${rule.name} (${which})`;
      const day = anchor + offset;
      const { id, source } = rule;
      return { rule, day: { day, date: isoDay(day), rule: id, kind: 'holiday' as const, offset, name, source } };
    });
  }).sort((a, b) => a.day.day - b.day.day);
}

/**
 * The days off of a year with one choice of spans. A holiday on a weekly day off is made up for on the next working day that is
 * no holiday; several in a row take the working days after them in their order (BLLĐ 2019 art. 111.3).
 */
function layOut(year: number, choice: Readonly<Record<string, number>>, works: Works): StatutoryYear {
  const holidays = holidaysOf(year, choice);
  const taken = new Set(holidays.map(({ day }) => day.day));
  const days = holidays.map(({ day }) => day);
  const open: StatutoryDay[] = [];
  for (const { rule, day: holiday } of holidays) {
    if (works(weekdayOf(holiday.day))) continue;
    let day = holiday.day + 1;
    while (day < holiday.day + MAKE_UP_DAYS && (taken.has(day) || !works(weekdayOf(day)))) day++;
    if (day === holiday.day + MAKE_UP_DAYS) continue;
    const when = `rơi vào ${weekdayName(weekdayOf(holiday.day))} ${shortDate(holiday.day, holiday.day)}`;
    const which = [whichDay(rule, holiday.offset), when].filter(Boolean).join(' ');
    const name = `${data.makeUp.name} ${rule.name} (${which})`;
    const makeUp = { ...holiday, day, date: isoDay(day), kind: 'make-up' as const, name };
    if (rule.madeUp) {
      taken.add(day);
      days.push({ ...makeUp, source: data.makeUp.source });
    } else {
      open.push(makeUp);
    }
  }
  return { choice, days: days.sort((a, b) => a.day - b.day), open };
}

/** Every lawful way to place the days off of a year, the assumed one first. */
export function waysOf(year: number, works: Works): StatutoryYear[] {
  if (!knowsStatutoryYear(year)) {
    const known = Object.keys(LUNAR).filter((one) => knowsStatutoryYear(Number(one)));
    throw new Error(`Năm ${year}: chưa có quy định trong dữ liệu (chỉ có ${known[0]}–${known.at(-1)})`);
  }
  let choices: Record<string, number>[] = [{}];
  for (const { id, spans } of HOLIDAYS) {
    choices = choices.flatMap((choice) => spans.map((_, index) => ({ ...choice, [id]: index })));
  }
  return choices.map((choice) => layOut(year, choice, works));
}

/** Dates of the days off that the weekly hours would count as working. */
export const offOf = ({ days }: StatutoryYear, works: Works) =>
  days.filter(({ day }) => works(weekdayOf(day))).map(({ date }) => date);

function closest(ways: readonly StatutoryYear[], off: ReadonlySet<string>, works: Works): StatutoryYear {
  const scored = ways.map((way) => ({
    way,
    missing: offOf(way, works).filter((date) => !off.has(date)).length,
    madeUp: way.days.filter(({ kind }) => kind === 'make-up').length,
  }));
  // Of ways that come to the same days off, the notices name the one with the fewest make-up days.
  scored.sort((a, b) => a.missing - b.missing || a.madeUp - b.madeUp);
  return (scored[0] as (typeof scored)[number]).way;
}

/**
 * The lawful way to place a year's days off that a table follows best.
 * @param off dates that the table has off
 * @throws when the year's rules are not in the data
 */
export function statutoryFit(year: number, off: ReadonlySet<string>, weekly?: Weekly): StatutoryYear {
  const works = worksOn(weekly);
  return closest(waysOf(year, works), off, works);
}

/** The way that is assumed while nothing is announced. */
export function assumedOf(ways: readonly StatutoryYear[], works: Works): StatutoryYear {
  return closest(ways, new Set(offOf(ways[0] as StatutoryYear, works)), works);
}

/**
 * The statutory days off of a year by date, make-up days (nghỉ bù) included, with name and source; where the law leaves a choice,
 * the one that is assumed.
 * @throws when the year's rules are not in the data
 */
export function statutoryDays(year: number, weekly?: Weekly): readonly StatutoryDay[] {
  const works = worksOn(weekly);
  return assumedOf(waysOf(year, works), works).days;
}
