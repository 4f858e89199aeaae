import { buildTable, isWorkingDay, type WorkTable } from '../calendar/index.ts';
import type { Counting, PackedCalendar } from '../schema/index.ts';
import { dayOf } from '../text/index.ts';
import type { Basis } from './assess.ts';
import type { DueInput } from './due.ts';
import { countingAt } from './in-force.ts';
import type { DayMark } from './marks.ts';
import { dueAt } from './paused.ts';
import { countingOf } from './policies.ts';
import { type Trace, traceDue } from './trace.ts';

/**
 * Another way of counting that gives exactly the system's date.
 * policy: a named policy · supplement: another treatment of the supplement · day-off: these days off are not in the system's
 * calendar · day-worked: these working weekend days are not · receipt-counted: the day of receipt was counted as the first ·
 * calendar-days: working days were counted as calendar days · first-receipt: from the receipt at the other unit.
 */
export type Reading =
  | { kind: 'policy'; policy: Counting['policy']; dayZero: Counting['dayZero'] }
  | { kind: 'supplement'; mode: Counting['supplement'] }
  | { kind: 'day-off' | 'day-worked'; days: number[] }
  | { kind: 'receipt-counted' | 'calendar-days' | 'first-receipt' };

export interface SystemReading {
  reading: Reading;
  trace: Trace;
  /** First date on which the two counts are not the same, and what it is in each. */
  parting: { day: number; ours: DayMark | undefined; theirs: DayMark | undefined } | null;
}

export interface SystemDate {
  /** Epoch minutes. */
  dueAt: number;
  /** The system gives a date without a time. */
  dayOnly: boolean;
  /** Receipt at the unit that only took the dossier in, when that is known too. */
  firstReceivedAt?: number | undefined;
}

interface Candidate {
  reading: Reading;
  table: WorkTable;
  input: DueInput;
  counting: Counting;
}

/** First date where two counts differ. */
function partingOf(ours: readonly DayMark[], theirs: readonly DayMark[]): SystemReading['parting'] {
  const mine = new Map(ours.map((mark) => [mark.day, mark]));
  const other = new Map(theirs.map((mark) => [mark.day, mark]));
  const days = [...new Set([...mine.keys(), ...other.keys()])].sort((a, b) => a - b);
  for (const day of days) {
    const a = mine.get(day);
    const b = other.get(day);
    if (a?.kind !== b?.kind || a?.n !== b?.n) return { day, ours: a, theirs: b };
  }
  return null;
}

function without(calendar: PackedCalendar, days: readonly number[]): WorkTable {
  return buildTable({ ...calendar, days: calendar.days.filter(({ day }) => !days.includes(day)) });
}

/** Ways in which the system may have a calendar without some of our special days between receipt and due. */
function calendars(table: WorkTable, input: DueInput, counting: Counting, from: number, to: number): Candidate[] {
  const special = table.source.days.filter(({ day }) => day >= from && day <= to).map(({ day }) => day);
  const off = special.filter((day) => !isWorkingDay(table, day));
  const worked = special.filter((day) => isWorkingDay(table, day));
  const lists: Reading[] = [
    ...off.map((day): Reading => ({ kind: 'day-off', days: [day] })),
    ...worked.map((day): Reading => ({ kind: 'day-worked', days: [day] })),
    ...(off.length > 1 ? [{ kind: 'day-off' as const, days: off }] : []),
    ...(worked.length > 1 ? [{ kind: 'day-worked' as const, days: worked }] : []),
  ];
  return lists.map((reading) => {
    const missing = reading.kind === 'day-off' || reading.kind === 'day-worked' ? reading.days : [];
    return { reading, table: without(table.source, missing), input, counting };
  });
}

function policies(table: WorkTable, input: DueInput, counting: Counting): Candidate[] {
  const { supplement } = counting;
  const ways = [
    countingOf({ policy: 'civil-code', supplement }),
    countingOf({ policy: 'civil-code', dayZero: 'receipt-date', supplement }),
    countingOf({ policy: 'hour-to-hour', supplement }),
    countingOf({ policy: 'hour-to-hour', closeOfDay: 'next-opening', supplement }),
    countingOf({ policy: 'hour-to-hour', roundUpMinutes: 15, supplement }),
    countingOf({ policy: 'hour-to-hour', roundUpMinutes: 15, closeOfDay: 'next-opening', supplement }),
    countingOf({ policy: 'keep-time', supplement }),
  ];
  return ways.map((way) => ({
    reading: { kind: 'policy', policy: way.policy, dayZero: way.dayZero },
    table,
    input,
    counting: { ...way, from: counting.from },
  }));
}

function supplements(table: WorkTable, input: DueInput, counting: Counting): Candidate[] {
  if (!input.pauses?.length) return [];
  return (['restart', 'shift', 'pause', 'subtract'] as const).map((mode) => ({
    reading: { kind: 'supplement', mode },
    table,
    input,
    counting: { ...counting, supplement: mode },
  }));
}

/** Counts that the law does not have, but that people and programs make. */
function habits(table: WorkTable, input: DueInput, counting: Counting, system: SystemDate): Candidate[] {
  const { limit } = input;
  const found: Candidate[] = [];
  const add = (reading: Reading, change: Partial<DueInput>) =>
    found.push({ reading, table, input: { ...input, ...change }, counting });
  if (system.firstReceivedAt !== undefined && system.firstReceivedAt !== input.receivedAt)
    add({ kind: 'first-receipt' }, { receivedAt: system.firstReceivedAt });
  if (limit.unit === 'workday' && limit.value > 1 && Number.isInteger(limit.value)) {
    add({ kind: 'receipt-counted' }, { limit: { ...limit, value: limit.value - 1 } });
    add({ kind: 'calendar-days' }, { limit: { value: limit.value, unit: 'calendarDay' } });
  }
  return found;
}

/**
 * Every known way of counting that gives the system's date exactly, the likeliest first; empty when none does. To the minute where
 * the system gives a time, else to the day.
 */
export function readingsOf({ table, rules }: Basis, input: DueInput, system: SystemDate): SystemReading[] {
  const counting = countingAt(rules, input.receivedAt);
  const ours = traceDue(table, input, counting);
  const matches = (due: number | null) =>
    due !== null && (system.dayOnly ? dayOf(due) === dayOf(system.dueAt) : due === system.dueAt);
  if (matches(ours.due)) return [];
  const from = dayOf(Math.min(input.receivedAt, system.firstReceivedAt ?? input.receivedAt));
  const to = Math.max(dayOf(system.dueAt), ours.due === null ? 0 : dayOf(ours.due));
  const candidates = [
    ...supplements(table, input, counting),
    ...policies(table, input, counting),
    ...habits(table, input, counting, system),
    ...calendars(table, input, counting, from, to),
  ];
  const fitting = candidates.filter(({ table, input, counting }) => matches(dueAt(table, input, counting)));
  // Several options of one policy may give the same moment: one word for it is enough.
  const names = fitting.map(({ reading }) => JSON.stringify(reading));
  return fitting
    .filter((_, i) => names.indexOf(names[i] as string) === i)
    .map((candidate) => {
      const trace = traceDue(candidate.table, candidate.input, candidate.counting);
      return { reading: candidate.reading, trace, parting: partingOf(ours.days, trace.days) };
    });
}
