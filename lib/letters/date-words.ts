import { dayOf, fullDate, minuteOfDay, startOfDay } from '../text/index.ts';

const NBSP = '\u00a0';

/** Moment as a letter says it: with the hour when the source gave one. `at` is epoch minutes. */
export interface LetterMoment {
  at: number;
  dayOnly: boolean;
}

/**
 * "ngày 05 tháng 7 năm 2026": days below 10 and months 1 and 2 take a leading 0 (NĐ 30/2020/NĐ-CP, Phụ lục I).
 * @param day day number (UTC+7). The spaces do not break, so that the date stays on one line.
 */
export function dateInWords(day: number): string {
  const [date = '', month = '', year = ''] = fullDate(startOfDay(day)).split('/');
  return ['ngày', date, 'tháng', Number(month) < 3 ? month : String(Number(month)), 'năm', year].join(NBSP);
}

/** "17 giờ 00", "07 giờ 30"; `minute` of the day. */
export function timeInWords(minute: number): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  return [pad(Math.floor(minute / 60)), 'giờ', pad(minute % 60)].join(NBSP);
}

/** "17 giờ 00 ngày 25 tháng 11 năm 2026", or the date alone when no hour is known; may break between hour and date. */
export function momentInWords({ at, dayOnly }: LetterMoment): string {
  const date = dateInWords(dayOf(at));
  return dayOnly ? date : `${timeInWords(minuteOfDay(at))} ${date}`;
}
