import {
  type CalendarFinding,
  type CalendarLayer,
  mergeCalendars,
  readCalendarFile,
  SHIPPED_CALENDAR,
} from '../../lib/calendar/index.ts';
import { isUnitFile, readUnitFile, type Unit } from '../../lib/deadline/index.ts';
import { fieldOf } from '../../lib/json/index.ts';

const LARGEST = 2 * 1024 * 1024;
const MOST_LAYERS = 40;

/** One line about a file that is to be imported; `line` counts from 1, 0 when it is about the whole file. */
export interface Remark {
  severity: CalendarFinding['severity'];
  line: number;
  text: string;
}

/** What a file is, before anything of it is taken. Remarks of severity `error` stand only in `refused`. */
export type Review = { name: string; remarks: Remark[] } & (
  | { kind: 'refused' }
  | { kind: 'calendar'; layer: CalendarLayer; replaces: CalendarLayer | undefined }
  | { kind: 'unit'; unit: Unit }
);

const refused = (name: string, text: string): Review => ({
  kind: 'refused',
  name,
  remarks: [{ severity: 'error', line: 0, text }],
});

/** Layers with one more: a new version takes the place of the one with its id, anything else goes on top. */
export function withLayer(layers: readonly CalendarLayer[], layer: CalendarLayer): CalendarLayer[] {
  return layers.some(({ id }) => id === layer.id)
    ? layers.map((other) => (other.id === layer.id ? layer : other))
    : [...layers, layer];
}

/** Reads a text that someone wants to import; `layers` are the calendars that are there. */
export function reviewText(name: string, text: string, layers: readonly CalendarLayer[]): Review {
  if (text.length > LARGEST) return tooLarge(name, text.length);
  if (text.trim() === '') return refused(name, 'không có chữ nào');
  // A replacement character stands where bytes were no UTF-8: a spreadsheet, a picture, an older encoding.
  if (text.includes('\uFFFD') || text.includes('\0')) return refused(name, 'không phải tệp chữ .json (UTF-8)');
  const reading = isUnitFile(text)
    ? readUnitFile(text)
    : readCalendarFile(text, mergeCalendars(SHIPPED_CALENDAR, layers));
  if (!reading.ok) {
    const remarks = reading.problems.map(({ line, field, message }) => ({
      severity: 'error' as const,
      line,
      text: [field, message].filter(Boolean).join(': '),
    }));
    return { kind: 'refused', name, remarks };
  }
  const remarks = reading.findings.map(({ severity, line, path, message }) => ({
    severity,
    line,
    text: [fieldOf(path), message].filter(Boolean).join(': '),
  }));
  if (remarks.some(({ severity }) => severity === 'error')) return { kind: 'refused', name, remarks };
  if ('unit' in reading) return { kind: 'unit', name, remarks, unit: reading.unit };
  const { layer } = reading;
  if (withLayer(layers, layer).length > MOST_LAYERS)
    return refused(name, `đã có ${MOST_LAYERS} lịch; hãy xoá bớt trước`);
  return { kind: 'calendar', name, remarks, layer, replaces: layers.find(({ id }) => id === layer.id) };
}

function tooLarge(name: string, size: number): Review {
  const megabytes = (size / 1024 / 1024).toFixed(1).replace('.', ',');
  return refused(name, `tệp ${megabytes} MB, lớn quá 2 MB`);
}

/** Reads a file; one that is too large is not read at all. */
export async function reviewFile(file: File, layers: readonly CalendarLayer[]): Promise<Review> {
  if (file.size > LARGEST) return tooLarge(file.name, file.size);
  try {
    return reviewText(file.name, await file.text(), layers);
  } catch {
    return refused(file.name, 'trình duyệt không đọc được tệp này');
  }
}

/** Remarks as text to send to whoever made the file. */
export function remarksText({ name, remarks }: Review): string {
  return remarks.map(({ line, text }) => `${line > 0 ? `${name}:${line}` : name}: ${text}`).join('\n');
}
