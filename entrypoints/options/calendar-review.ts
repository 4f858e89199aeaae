import { type CalendarLayer, mergeCalendars, readCalendarFile, SHIPPED_CALENDAR } from '../../lib/calendar/index.ts';
import { isUnitFile, readUnitFile, type Unit } from '../../lib/deadline/index.ts';
import { readCatalogueFile } from '../../lib/digitization/index.ts';
import { fieldOf } from '../../lib/json/index.ts';
import { type FileReader, refusal, refusalOf } from './file-review.ts';
import { withLayer } from './layers.tsx';

const MOST_LAYERS = 40;

/** What the section of the calendar takes. */
export type CalendarContent =
  | { kind: 'calendar'; layer: CalendarLayer; replaces: CalendarLayer | undefined }
  | { kind: 'unit'; unit: Unit };

/** Reads calendars and whole sets of rules; `layers` are the calendars that are there. */
export function calendarReader(layers: readonly CalendarLayer[]): FileReader<CalendarContent> {
  return {
    megabytes: 2,
    read(text) {
      const reading = isUnitFile(text)
        ? readUnitFile(text)
        : readCalendarFile(text, mergeCalendars(SHIPPED_CALENDAR, layers));
      if (!reading.ok)
        return readCatalogueFile(text).ok
          ? refusal('đây là danh mục thủ tục; hãy nhận ở mục «Danh mục thủ tục»')
          : refusalOf(reading.problems);
      const remarks = reading.findings.map(({ severity, line, path, message }) => ({
        severity,
        line,
        text: [fieldOf(path), message].filter(Boolean).join(': '),
      }));
      if (remarks.some(({ severity }) => severity === 'error')) return { remarks, content: null };
      if ('unit' in reading) return { remarks, content: { kind: 'unit', unit: reading.unit } };
      const { layer } = reading;
      if (withLayer(layers, layer).length > MOST_LAYERS) return refusal(`đã có ${MOST_LAYERS} lịch; hãy xoá bớt trước`);
      return { remarks, content: { kind: 'calendar', layer, replaces: layers.find(({ id }) => id === layer.id) } };
    },
  };
}
