import { lawFindings } from './check-law.ts';
import { tableFindings, weekFindings, weeklyFindings } from './check-table.ts';
import type { CalendarFinding } from './finding.ts';
import { mergeCalendars } from './merge.ts';
import { type CalendarLayer, dateOfDayOff, type WorkingCalendar } from './schema.ts';

/**
 * What is wrong, or may be wrong, in a calendar: against itself (a day both off and working, a swap without its pair, hours that
 * overlap) and against the statutory rules (a holiday or its make-up day is missing). Empty for one that can be trusted.
 */
export function checkCalendar(calendar: WorkingCalendar): CalendarFinding[] {
  return [
    ...weeklyFindings(calendar.weekly),
    ...tableFindings(calendar.years),
    ...weekFindings(calendar),
    ...lawFindings(calendar),
  ];
}

/** Where a unit's layer itself names a date. */
function placeInUnit(own: CalendarLayer['years'][number], date: string | undefined): (string | number)[] | null {
  const lists: [string, readonly string[]][] = [
    ['off', (own.off ?? []).map(dateOfDayOff)],
    ['working', (own.working ?? []).map((day) => day.date)],
    ['swaps', (own.swaps ?? []).flatMap(({ off, work }) => [off, work])],
  ];
  for (const [list, dates] of lists) {
    const at = date === undefined ? -1 : dates.indexOf(date);
    if (at >= 0) return [list, list === 'swaps' ? at >> 1 : at];
  }
  return null;
}

/**
 * What a layer would bring into a calendar, at places of the layer's own JSON. What was so before the layer is not told again.
 * @param base the calendar that the layer is laid over
 */
export function layerFindings(base: WorkingCalendar, layer: CalendarLayer): CalendarFinding[] {
  const merged = mergeCalendars(base, [layer]);
  const yearAt = (calendar: WorkingCalendar, { path }: CalendarFinding) =>
    path[0] === 'years' ? calendar.years[path[1] as number]?.year : undefined;
  const before = new Set(checkCalendar(base).map((one) => `${yearAt(base, one)} ${one.message}`));

  const found = tableFindings(layer.years);
  for (const [i, { year, status }] of layer.years.entries()) {
    const known = base.years.find((one) => one.year === year);
    if (layer.kind === 'national') {
      if (known?.status !== 'official' || status !== 'provisional') continue;
      const message = `năm ${year} đã có bảng chính thức, tệp này thay bằng bảng dự kiến`;
      found.push({ severity: 'note', path: ['years', i, 'status'], message });
      continue;
    }
    if (known !== undefined) continue;
    const message = `lịch chung chưa có năm ${year}: ngày riêng của đơn vị trong năm này không được dùng`;
    found.push({ severity: 'warning', path: ['years', i, 'year'], message });
  }
  for (const one of checkCalendar(merged)) {
    const year = yearAt(merged, one);
    if (year === undefined) {
      if (layer.weekly) found.push(one);
      continue;
    }
    const i = layer.years.findLastIndex((own) => own.year === year);
    const own = layer.years[i];
    if (own !== undefined && layer.kind === 'national') {
      found.push({ ...one, path: ['years', i, ...one.path.slice(2)] });
      continue;
    }
    if (before.has(`${year} ${one.message}`)) continue;
    const place = own && placeInUnit(own, one.date);
    // A unit may close or open for reasons of its own.
    const severity = one.unexplained ? 'note' : one.severity;
    if (place) found.push({ ...one, severity, path: ['years', i, ...place] });
    else if (own) found.push({ ...one, severity, path: ['years', i] });
    else if (layer.weekly) found.push({ ...one, severity, path: ['weekly'], message: `năm ${year}: ${one.message}` });
  }
  const seen = new Set<string>();
  return found.filter(({ path, message }) => {
    const key = `${JSON.stringify(path)} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
