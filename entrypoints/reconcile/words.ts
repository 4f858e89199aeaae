import { fullDate, parseIsoDay, startOfDay } from '../../lib/text/index.ts';

/** `2026-11-05` as «05/11/2026»; what is no such day stays as it is. */
export function dayText(iso: string): string {
  const day = parseIsoDay(iso);
  return day === null ? iso : fullDate(startOfDay(day));
}
