import * as z from 'zod/mini';
import {
  type CalendarFinding,
  CalendarLayer,
  layerFindings,
  mergeCalendars,
  SHIPPED_CALENDAR,
} from '../calendar/index.ts';
import { fieldOf, type JsonProblem, readJson, unreadFields } from '../json/index.ts';
import { resolveRules, UnitRules } from './rules.ts';

const FORMAT = 'dunghen-unit/1';

const UnitFile = z.strictObject({
  format: z.literal(FORMAT, { error: `phải là "${FORMAT}" (tệp của bản Đúng Hẹn khác?)` }),
  rules: UnitRules,
  calendars: z.array(CalendarLayer).check(z.maxLength(40)),
});

/** Everything that a unit changes: its rules and the calendars over the shipped one, in order. */
export interface Unit {
  rules: UnitRules;
  calendars: CalendarLayer[];
}

export type UnitReading =
  | { ok: true; unit: Unit; findings: (CalendarFinding & { line: number })[] }
  | { ok: false; problems: JsonProblem[] };

/** True when a text says of itself that it holds a unit's whole rules; it may still be malformed. */
export function isUnitFile(text: string): boolean {
  return /"format"\s*:\s*"dunghen-unit\//.test(text);
}

/** The whole rules of a unit as a file that `readUnitFile` reads on another machine. */
export function unitFileText({ rules, calendars }: Unit): string {
  return `${JSON.stringify({ format: FORMAT, rules, calendars }, null, 2)}\n`;
}

/** Values of a list that stand there again, each with its place. */
function repeated<T>(list: readonly T[] | undefined, key: (item: T) => string): { i: number; value: string }[] {
  const seen = new Set<string>();
  return (list ?? []).flatMap((item, i) => {
    const value = key(item);
    if (seen.has(value)) return [{ i, value }];
    seen.add(value);
    return [];
  });
}

/**
 * Reads the whole rules of a unit. Never throws. Two ways of counting from one date, or two cut-offs of one procedure, are
 * faults; what its calendars give reason to look at comes as findings, each calendar against those before it.
 */
export function readUnitFile(text: string): UnitReading {
  const reading = readJson(text, UnitFile);
  if (!reading.ok) return reading;
  const { data, at } = reading;
  const { rules, calendars } = data;
  const twice = [
    ...repeated(rules.counting, ({ effectiveFrom }) => effectiveFrom).map(({ i, value }) => ({
      path: ['rules', 'counting', i, 'effectiveFrom'],
      message: `đã có một cách đếm áp dụng từ ${value}`,
    })),
    ...repeated(resolveRules(rules).cutoffs, ({ procedure }) => procedure).map(({ i, value }) => ({
      path: ['rules', 'cutoffs', i, 'procedure'],
      message: `thủ tục ${value} có hai giờ chốt`,
    })),
  ];
  if (twice.length > 0)
    return { ok: false, problems: twice.map(({ path, message }) => ({ ...at(path), field: fieldOf(path), message })) };

  const raw: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  const unread = unreadFields(raw, data).map((path) => ({
    severity: 'warning' as const,
    path: [...path],
    message: 'trường lạ, sẽ bị bỏ qua',
    line: at(path).line,
  }));
  const found = calendars.flatMap((layer, i) =>
    layerFindings(mergeCalendars(SHIPPED_CALENDAR, calendars.slice(0, i)), layer).map((finding) => {
      const path = ['calendars', i, ...finding.path];
      return { ...finding, path, line: at(path).line };
    }),
  );
  return { ok: true, unit: { rules, calendars }, findings: [...unread, ...found] };
}
