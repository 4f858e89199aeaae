import { dayNumber, isoOf, monthsAfter, parseIsoDay, startOfDay } from '../text/index.ts';

/** A reporting period: day numbers, both inside. */
export interface Period {
  from: number;
  to: number;
  /** `tháng 11/2026` */
  label: string;
}

const MONTH = /^(\d{4})-(\d{2})$/;
const QUARTER = /^(\d{4})-Q([1-4])$/i;
const YEAR = /^(\d{4})$/;
const RANGE = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;
const MAX_DAYS = 400;

function months(year: number, month: number, count: number, label: string): Period | null {
  const from = dayNumber(year, month, 1);
  return from === null ? null : { from, to: monthsAfter(from, count) - 1, label };
}

const shown = (iso: string) => iso.split('-').reverse().join('/');

/**
 * A period as it is written: `2026-11`, `2026-Q4`, `2026`, or `2026-11-01..2026-11-15`. Null when it is none, ends before it begins, or is
 * longer than 400 days.
 */
export function parsePeriod(text: string): Period | null {
  const month = MONTH.exec(text);
  if (month) return months(Number(month[1]), Number(month[2]), 1, `tháng ${Number(month[2])}/${month[1]}`);
  const quarter = QUARTER.exec(text);
  if (quarter) return months(Number(quarter[1]), Number(quarter[2]) * 3 - 2, 3, `quý ${quarter[2]}/${quarter[1]}`);
  const year = YEAR.exec(text);
  if (year) return months(Number(year[1]), 1, 12, `năm ${year[1]}`);
  const range = RANGE.exec(text);
  if (!range) return null;
  const [from, to] = [parseIsoDay(range[1] as string), parseIsoDay(range[2] as string)];
  if (from === null || to === null || from > to || to - from >= MAX_DAYS) return null;
  return { from, to, label: `${shown(range[1] as string)} – ${shown(range[2] as string)}` };
}

/** `2026-11-30` of a day number. */
export const isoDayOf = (day: number): string => isoOf(startOfDay(day)).slice(0, 10);

/** First moment after the period, epoch minutes. */
export const endOf = ({ to }: Period): number => startOfDay(to + 1);
