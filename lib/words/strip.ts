import type { DayMark, MarkKind, Trace } from '../deadline/index.ts';
import { shortDate, weekdayOf } from '../text/index.ts';
import { longDay } from './days.ts';

/** A date of the month strip. */
export interface StripCell {
  day: number;
  kind: MarkKind;
  /** `16`, or `1/2` on the first of a month and in the first cell. */
  date: string;
  /** What stands below the date: number of the day, or a sign that reads without colour. */
  sign: string;
  /** The same in words, for the ear and the tooltip. */
  label: string;
}

/** Dates of a count in weeks, Monday first; null where the count has no date. `gap`: weeks left out before this one. */
export interface StripWeek {
  gap: number;
  cells: (StripCell | null)[];
}

const SIGNS: Record<Exclude<MarkKind, 'counted'>, string> = {
  zero: '0',
  skipped: '✕',
  paused: '‖',
  free: '·',
  due: '⚑',
};
export const STRIP_HEADS = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'] as const;
/** Longer counts keep their beginning and their end. */
const MAX_WEEKS = 12;

/** Signs of the strip and what they mean, in the order of a legend. */
export const STRIP_LEGEND: readonly { kind: MarkKind; sign: string; text: string }[] = [
  { kind: 'zero', sign: SIGNS.zero, text: 'ngày nhận' },
  { kind: 'counted', sign: '1', text: 'ngày được đếm' },
  { kind: 'skipped', sign: SIGNS.skipped, text: 'ngày nghỉ' },
  { kind: 'paused', sign: SIGNS.paused, text: 'tạm dừng' },
  { kind: 'due', sign: SIGNS.due, text: 'đến hạn' },
];

function words({ kind, n, why }: DayMark, inMinutes: boolean): string {
  const count = inMinutes ? `${n ?? 0} phút` : `ngày thứ ${n ?? 0}`;
  const reason = why ? `: ${why}` : '';
  switch (kind) {
    case 'zero':
      return 'ngày nhận, không tính';
    case 'counted':
      return `được đếm, ${count}${reason}`;
    case 'skipped':
      return `ngày nghỉ${reason}`;
    case 'paused':
      return 'tạm dừng, không đếm';
    case 'free':
      return 'không đếm';
    case 'due':
      return n === undefined ? 'đến hạn' : `đến hạn, ${count}`;
  }
}

/** The dates of a count, for a small calendar. `inMinutes`: numbers are minutes and would not fit a cell. */
export function stripOf({ days }: Trace, inMinutes: boolean): StripWeek[] {
  const weeks: StripWeek[] = [];
  let month = '';
  for (const mark of days) {
    const column = (weekdayOf(mark.day) + 6) % 7;
    if (column === 0 || weeks.length === 0) weeks.push({ gap: 0, cells: Array<null>(7).fill(null) });
    const [date = '', ofMonth = ''] = shortDate(mark.day, mark.day).split('/');
    const counted = inMinutes ? '●' : String(mark.n ?? '');
    const cell: StripCell = {
      day: mark.day,
      kind: mark.kind,
      date: ofMonth === month ? String(Number(date)) : `${Number(date)}/${Number(ofMonth)}`,
      sign: mark.kind === 'counted' ? counted : SIGNS[mark.kind],
      label: `${longDay(mark.day)}: ${words(mark, inMinutes)}`,
    };
    month = ofMonth;
    (weeks.at(-1) as StripWeek).cells[column] = cell;
  }
  if (weeks.length <= MAX_WEEKS) return weeks;
  const gap = weeks.length - MAX_WEEKS;
  const end = weeks.slice(-MAX_WEEKS / 2).map((week, i) => (i === 0 ? { ...week, gap } : week));
  return [...weeks.slice(0, MAX_WEEKS / 2), ...end];
}
