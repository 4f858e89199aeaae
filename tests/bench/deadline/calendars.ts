import { readFileSync } from 'node:fs';
import {
  type CalendarYear,
  dateOfDayOff,
  SHIPPED_CALENDAR,
  type WorkingCalendar,
} from '../../../lib/calendar/index.ts';
import type { DossierLimit } from '../../../lib/schema/index.ts';

/** Days off of all years, `YYYY-MM-DD`. */
export const daysOff = ({ years }: WorkingCalendar): string[] => years.flatMap(({ off }) => off.map(dateOfDayOff));

/** Days worked in place of a day off, `YYYY-MM-DD`. */
export const daysWorked = ({ years }: WorkingCalendar): string[] =>
  years.flatMap(({ working }) => working.map(({ date }) => date));

/** Saturdays of the calendar's years that are not worked. */
export function freeSaturdays(calendar: WorkingCalendar): string[] {
  const worked = new Set(daysWorked(calendar));
  const dates: string[] = [];
  for (const { year } of calendar.years) {
    for (let day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year; ) {
      const iso = day.toISOString().slice(0, 10);
      if (day.getUTCDay() === 6 && !worked.has(iso)) dates.push(iso);
      day = new Date(day.getTime() + 86_400_000);
    }
  }
  return dates;
}

/** The shipped years and as many again after them, with the same dates. */
export function twiceTheYears(): WorkingCalendar {
  const { years } = SHIPPED_CALENDAR;
  const later = years.map((year): CalendarYear => {
    const next = year.year + years.length;
    const moved = (iso: string) => `${next}${iso.slice(4)}`;
    return {
      ...year,
      year: next,
      off: year.off.map((off) => moved(dateOfDayOff(off))),
      working: year.working.map((day) => ({ ...day, date: moved(day.date) })),
    };
  });
  return { ...SHIPPED_CALENDAR, years: [...years, ...later] };
}

interface VectorFile {
  calendars: Record<
    string,
    { workHours: WorkingCalendar['weekly']; holidays: string[]; extraWorkingDays: CalendarYear['working'] }
  >;
  vectors: {
    calendar: string;
    received: string;
    limit: DossierLimit;
    pauses: unknown[];
    reappoint?: unknown;
    due: string;
  }[];
}

export interface Case {
  calendar: WorkingCalendar;
  /** Epoch minutes; seconds dropped. */
  receivedAt: number;
  days: number;
  due: number;
}

/** The worked cases that a library without pauses can be asked: whole working days, on the two calendars of eight hours. */
export function casesForLibraries(): Case[] {
  const path = new URL('../../fixtures/deadline-vectors.json', import.meta.url);
  const { calendars, vectors } = JSON.parse(readFileSync(path, 'utf8')) as VectorFile;
  const minute = (iso: string) => Math.floor(Date.parse(iso) / 60_000);
  const asked = new Map<string, WorkingCalendar>();
  for (const id of ['commune-8h', 'hanoi-8h']) {
    const given = calendars[id];
    if (!given) throw new Error(`Tệp trường hợp mẫu thiếu lịch ${id}`);
    const years = SHIPPED_CALENDAR.years.map(({ year }, i): CalendarYear => {
      const days = i === 0 ? { off: given.holidays, working: given.extraWorkingDays } : { off: [], working: [] };
      return { year, status: 'official', source: id, ...days, swaps: [], undecided: [] };
    });
    asked.set(id, { id, version: id, label: id, source: id, weekly: given.workHours, years });
  }
  return vectors.flatMap(({ calendar: id, received, limit, pauses, reappoint, due }) => {
    const calendar = asked.get(id);
    const plain = limit.unit === 'workday' && limit.value >= 1 && Number.isInteger(limit.value);
    if (!calendar || !plain || pauses.length > 0 || reappoint !== undefined) return [];
    return [{ calendar, receivedAt: minute(received), days: limit.value, due: minute(due) }];
  });
}
