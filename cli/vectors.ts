import * as z from 'zod/mini';
import {
  buildTable,
  type CalendarYear,
  Hours,
  IsoDay,
  packCalendar,
  Weekly,
  WorkingCalendar,
  type WorkTable,
} from '../lib/calendar/index.ts';
import { dueAt, reappoint } from '../lib/deadline/index.ts';
import { fieldOf, type JsonPath, type JsonProblem, readJson } from '../lib/json/index.ts';
import { type Counting, Limit } from '../lib/schema/index.ts';
import { dayOf, isoOf, parseIsoDay, parseWholeMoment, yearOf } from '../lib/text/index.ts';

/** First and last year that a moment may lie in, as everywhere in lib/text. */
const FIRST_DAY = parseIsoDay('1990-01-01') as number;
const LAST_YEAR = 2099;
/** Years of a first table beyond the last date of the file: most limits end there, and a table to 2099 is built only if not. */
const AHEAD = 2;

const NOT_A_MOMENT = 'phải là thời điểm có thật (1990–2099), như 2026-02-12T16:59:00+07:00 hoặc 12/02/2026 16:59';

/** A moment as text, read as epoch minutes; seconds are dropped. A bare date is no moment: it has no hour to count from. */
const Minute = z.pipe(
  z.string(),
  z.transform((text: string, context): number => {
    const moment = parseWholeMoment(text);
    if (moment !== null && !moment.dayOnly && dayOf(moment.minute) >= FIRST_DAY) return moment.minute;
    const message = moment?.dayOnly ? 'thiếu giờ trong ngày (chỉ có ngày)' : NOT_A_MOMENT;
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  }),
);

const GivenPause = z
  .object({ from: Minute, to: z.nullable(Minute) })
  .check(z.refine(({ from, to }) => to === null || to >= from, { error: 'kết thúc trước khi bắt đầu', path: ['to'] }));

const Vector = z.object({
  id: z.string().check(z.minLength(1)),
  calendar: z.string(),
  received: Minute,
  limit: Limit,
  pauses: z.optional(z.array(GivenPause)),
  reappoint: z.optional(Limit),
  firstDue: z.optional(z.nullable(Minute)),
});
type Vector = z.infer<typeof Vector>;

/** A calendar of a vectors file: hours and days without the years and sources that a unit's calendar has. */
const BareCalendar = z.object({
  workHours: Weekly,
  holidays: z.array(IsoDay),
  extraWorkingDays: z.array(z.object({ date: IsoDay, hours: z.optional(Hours) })),
  sameDayCutoff: WorkingCalendar.shape.sameDayCutoff,
});
type BareCalendar = z.infer<typeof BareCalendar>;

const calendars = z.record(z.string(), BareCalendar);
const NONE_GIVEN = 'không có trường hợp nào để tính';
const VectorFile = z.object({ calendars, vectors: z.array(Vector).check(z.minLength(1, NONE_GIVEN)) });
/** The same with vectors still unread, for a file in which only some of them are wrong. */
const Shell = z.object({ calendars, vectors: z.array(z.unknown()) });

export interface VectorReading {
  calendars: Record<string, BareCalendar>;
  /** In the order of the file; null where a fault of that vector is among the problems. */
  vectors: (Vector | null)[];
  problems: JsonProblem[];
  at(path: JsonPath): { line: number; column: number };
}

/**
 * A file of vectors. A fault inside one vector leaves the others to be answered; any other fault (not JSON, a wrong calendar)
 * gives the problems alone, because every answer may hang on it.
 */
export function readVectors(text: string): VectorReading | { problems: JsonProblem[]; vectors: null } {
  const whole = readJson(text, VectorFile);
  if (whole.ok) return { ...whole.data, problems: [], at: whole.at };
  const wrong = new Set<number>();
  for (const { field } of whole.problems) {
    const index = /^vectors\[(\d+)\]/.exec(field)?.[1];
    if (index === undefined) return { problems: whole.problems, vectors: null };
    wrong.add(Number(index));
  }
  const shell = readJson(text, Shell);
  if (!shell.ok) return { problems: shell.problems, vectors: null };
  const vectors = shell.data.vectors.map((raw, i) => (wrong.has(i) ? null : Vector.parse(raw)));
  return { calendars: shell.data.calendars, vectors, problems: whole.problems, at: shell.at };
}

/** Table of a calendar over whole years, first and last included. */
function tableOf(id: string, calendar: BareCalendar, first: number, last: number): WorkTable {
  const years = Array.from({ length: last - first + 1 }, (_, i): CalendarYear => {
    const own = i === 0 ? { off: calendar.holidays, working: calendar.extraWorkingDays } : { off: [], working: [] };
    return { year: first + i, status: 'official', source: id, ...own, swaps: [], undecided: [] };
  });
  const { workHours: weekly, sameDayCutoff } = calendar;
  return buildTable(packCalendar({ id, version: '', label: id, source: '', weekly, years, sameDayCutoff }));
}

interface Span {
  from: number;
  to: number;
}

/** Earliest and latest receipt or given due moment of each calendar, epoch minutes: a table must begin before both. */
function spansOf(vectors: readonly (Vector | null)[]): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const vector of vectors) {
    if (vector === null) continue;
    const from = Math.min(vector.received, vector.firstDue ?? Infinity);
    const to = Math.max(vector.received, vector.firstDue ?? 0);
    const span = spans.get(vector.calendar);
    if (span === undefined) spans.set(vector.calendar, { from, to });
    else Object.assign(span, { from: Math.min(span.from, from), to: Math.max(span.to, to) });
  }
  return spans;
}

/** Tables of a calendar, the near one first; each is built when it is first asked for. */
function tablesOf(id: string, calendar: BareCalendar, { from, to }: Span): (() => WorkTable)[] {
  return [Math.min(LAST_YEAR, yearOf(dayOf(to)) + AHEAD), LAST_YEAR].map((last) => {
    let table: WorkTable | undefined;
    return () => {
      table ??= tableOf(id, calendar, yearOf(dayOf(from)), last);
      return table;
    };
  });
}

/** Due moment of a vector, after its re-appointment when it has one; null when the table does not reach that far. */
function dueOf(table: WorkTable, vector: Vector, counting: Counting): number | null {
  const { received: receivedAt, limit, pauses } = vector;
  const first = vector.firstDue ?? null;
  if (vector.reappoint === undefined) return dueAt(table, { receivedAt, limit, pauses }, counting);
  const due = first ?? dueAt(table, { receivedAt, limit, pauses }, counting);
  const again = due === null ? null : reappoint(table, due, vector.reappoint, counting);
  return again?.ok ? again.due : null;
}

export interface Answers {
  /** `due` is null while the clock stands (rule R9). */
  answers: { id: string; due: string | null }[];
  /** Every fault of the file, in the order of its text. */
  problems: JsonProblem[];
}

/** Answers in the order of the file; a vector that cannot be answered is among the problems and not among the answers. */
export function answerVectors(reading: VectorReading, counting: Counting): Answers {
  const spans = spansOf(reading.vectors);
  const tables = new Map(
    Object.entries(reading.calendars).map(([id, calendar]) => {
      const span = spans.get(id);
      return [id, span === undefined ? [] : tablesOf(id, calendar, span)];
    }),
  );
  const answers: Answers['answers'] = [];
  const problems = [...reading.problems];
  const seen = new Set<string>();
  for (const [i, vector] of reading.vectors.entries()) {
    if (vector === null) continue;
    const fault = (key: string, message: string) => {
      const path = ['vectors', i, key];
      problems.push({ ...reading.at(path), field: fieldOf(path), message });
    };
    const { id, calendar } = vector;
    const choices = tables.get(calendar);
    const open = vector.pauses?.some(({ to }) => to === null) ?? false;
    if (seen.has(id)) fault('id', `mã «${id}» có hai lần`);
    else if (choices === undefined) fault('calendar', `không có lịch «${calendar}» trong calendars`);
    else if (open) answers.push({ id, due: null });
    else {
      let due: number | null = null;
      for (const table of choices) {
        due ??= dueOf(table(), vector, counting);
        if (due !== null) break;
      }
      if (due === null) fault('limit', `không có ngày đến hạn nào đến hết năm ${LAST_YEAR}`);
      else answers.push({ id, due: isoOf(due) });
    }
    seen.add(id);
  }
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { answers, problems };
}
