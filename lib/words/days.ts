import { dayOf, fullDate, shortDate, startOfDay, timeOf, weekdayName, weekdayOf } from '../text/index.ts';

/** `thứ Hai 16/02/2026` of a day number. */
export const longDay = (day: number): string => `${weekdayName(weekdayOf(day))} ${fullDate(startOfDay(day))}`;

/** `thứ Hai 16/02`, with the year when it is not that of `near`. */
export const plainDay = (day: number, near: number): string => `${weekdayName(weekdayOf(day))} ${shortDate(day, near)}`;

/** `thứ Hai 16/02/2026`, or `thứ Hai 16/02 – thứ Sáu 20/02/2026`. */
export function dayRange(from: number, to: number): string {
  return from === to ? longDay(from) : `${plainDay(from, to)} – ${longDay(to)}`;
}

/** `16:59 thứ Năm 12/02/2026` of epoch minutes. */
export const longMoment = (minute: number): string => `${timeOf(minute)} ${longDay(dayOf(minute))}`;

/** First letter large, for a sentence. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
