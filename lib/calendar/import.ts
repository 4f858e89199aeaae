import * as z from 'zod/mini';
import { type JsonProblem, readJson, unreadFields } from '../json/index.ts';
import { checkCalendar, layerFindings } from './check.ts';
import type { CalendarFinding } from './finding.ts';
import { CalendarLayer, WorkingCalendar } from './schema.ts';
import { SHIPPED_CALENDAR } from './shipped.ts';

export type CalendarFile =
  | { ok: true; layer: CalendarLayer; findings: (CalendarFinding & { line: number })[] }
  | { ok: false; problems: JsonProblem[] };

/**
 * Reads a calendar that an admin imports: a layer (`kind`: national | unit), or a whole calendar, which then stands for a national
 * layer with weekly hours. Never throws; a file that cannot be used comes back with its faults, one that can with its findings,
 * each with its line.
 * @param base the calendar that a layer is laid over
 */
export function readCalendarFile(text: string, base: WorkingCalendar = SHIPPED_CALENDAR): CalendarFile {
  const written = readJson(text, z.looseObject({}));
  if (!written.ok) return written;
  let layer: CalendarLayer;
  let findings: CalendarFinding[];
  if ('kind' in written.data) {
    const reading = readJson(text, CalendarLayer);
    if (!reading.ok) return reading;
    layer = reading.data;
    findings = layerFindings(base, layer);
  } else {
    const reading = readJson(text, WorkingCalendar);
    if (!reading.ok) return reading;
    layer = { kind: 'national', ...reading.data };
    findings = checkCalendar(reading.data);
  }
  const unread = unreadFields(written.data, layer).map((path): CalendarFinding => {
    return {
      severity: 'warning',
      path: [...path],
      message: 'không có trường nào tên như vậy, phần này không được đọc',
    };
  });
  const placed = [...unread, ...findings].map((one) => ({ ...one, line: written.at(one.path).line }));
  return { ok: true, layer, findings: placed.sort((a, b) => a.line - b.line) };
}
