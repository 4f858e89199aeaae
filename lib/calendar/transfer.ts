import type { PackedCalendar } from '../schema/index.ts';
import { dayNumber, dayOf, minuteOfDay } from '../text/index.ts';
import { buildTable, type DayHours, type WorkTable } from './table.ts';

/** The part of a day's intervals that lies in [from, to), minutes of the day. */
function clip(hours: DayHours, from: number, to: number): number[] {
  const flat: number[] = [];
  for (let i = 0; i < hours.length; i += 2) {
    const begin = Math.max(from, hours[i] as number);
    const end = Math.min(to, hours[i + 1] as number);
    if (end > begin) flat.push(begin, end);
  }
  return flat;
}

/** The first unit's hours up to a minute of the day and the second's from then on; what touches there becomes one. */
function split(before: DayHours, after: DayHours, minute: number): number[] {
  const first = clip(before, 0, minute);
  const second = clip(after, minute, 1440);
  return first.at(-1) === second[0] ? [...first.slice(0, -1), ...second.slice(1)] : [...first, ...second];
}

const hoursOn = ({ hours, firstDay }: WorkTable, day: number): DayHours => hours[day - firstDay] ?? [];

/** Years of which every part is known: by the first unit up to its last day, by the second from its first day on. */
function yearsOf(before: WorkTable, after: WorkTable, lastBefore: number, firstAfter: number): PackedCalendar['years'] {
  const known = [before, after].map(({ source }) => new Map(source.years.map((year) => [year.year, year])));
  const years = [...new Set(known.flatMap((part) => [...part.keys()]))].sort((a, b) => a - b);
  return years.flatMap((year) => {
    const needed = [(dayNumber(year, 1, 1) ?? 0) <= lastBefore, (dayNumber(year, 12, 31) ?? 0) >= firstAfter];
    const parts = known.flatMap((part, i) => (needed[i] ? [part.get(year)] : []));
    const found = parts.filter((part) => part !== undefined);
    if (found.length < parts.length) return [];
    const notes = new Set(found.map(({ note }) => note).filter(Boolean));
    return [{ year, official: found.every(({ official }) => official), note: [...notes].join('; ') }];
  });
}

/**
 * Working time of a dossier that went from one unit to another (chuyển đơn vị xử lý): the hours of the first up to the minute of
 * transfer `at` (epoch minutes), of the second from then on. The day of transfer may be split between them. Cut-off, weekly
 * hours and label are the second unit's, which holds the dossier now.
 */
export function transferTable(before: WorkTable, after: WorkTable, at: number): WorkTable {
  const moved = dayOf(at);
  const reasons = new Map(before.source.days.map(({ day, why }) => [day, why]));
  const days: PackedCalendar['days'] = after.source.days.filter(({ day }) => day > moved);
  for (let day = before.firstDay; day < moved; day++) {
    days.push({ day, hours: [...hoursOn(before, day)], why: reasons.get(day) ?? before.source.label });
  }
  const hours = split(hoursOn(before, moved), hoursOn(after, moved), minuteOfDay(at));
  days.push({ day: moved, hours, why: `${before.source.label} → ${after.source.label}` });
  days.sort((a, b) => a.day - b.day);
  return buildTable({ ...after.source, years: yearsOf(before, after, dayOf(at - 1), moved), days });
}
