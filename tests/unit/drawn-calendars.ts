import fc from 'fast-check';
import { buildTable, packCalendar, type WorkTable } from '../../lib/calendar/index.ts';
import { countingOf } from '../../lib/deadline/index.ts';
import type { Counting, DossierLimit } from '../../lib/schema/index.ts';
import * as naive from './naive-walk.ts';

/** 2026-01-01, and the last days of the spans used here. */
const FIRST = Date.UTC(2026, 0, 1) / 86_400_000;
const LAST_OF = (year: number) => Date.UTC(year, 11, 31) / 86_400_000;
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export interface Drawn {
  weekly: [number, number][][];
  off: number[];
  working: [number, [number, number][] | null][];
  cutoff: number;
}

const pad = (n: number) => String(n).padStart(2, '0');
const clock = (minute: number) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The same drawn calendar as a table of the product and as a calendar of the walk. */
export function both(drawn: Drawn, lastYear = 2028): { table: WorkTable; walk: naive.NaiveCalendar } {
  const text = (hours: [number, number][]) => hours.map(([from, to]): [string, string] => [clock(from), clock(to)]);
  const years = Array.from({ length: lastYear - 2025 }, (_, i) => {
    const mine = (day: number) => iso(day).startsWith(String(2026 + i));
    return {
      year: 2026 + i,
      status: 'official' as const,
      source: '',
      off: [...new Set(drawn.off)].filter(mine).map(iso),
      working: drawn.working
        .filter(([day]) => mine(day))
        .map(([day, hours]) => ({ date: iso(day), ...(hours === null ? {} : { hours: text(hours) }) })),
      swaps: [],
      undecided: [],
    };
  });
  const weekly = Object.fromEntries(WEEK.map((name, i) => [name, text(drawn.weekly[i] ?? [])])) as Record<
    (typeof WEEK)[number],
    [string, string][]
  >;
  const calendar = { id: 'x', version: '1', label: 'x', source: '', weekly, years, sameDayCutoff: clock(drawn.cutoff) };
  return {
    table: buildTable(packCalendar(calendar)),
    walk: {
      first: FIRST,
      last: LAST_OF(lastYear),
      weekly: drawn.weekly,
      off: new Set(drawn.off),
      working: new Map(drawn.working),
      cutoff: drawn.cutoff,
    },
  };
}

/** A day's hours: touching and overlapping intervals, evening shifts, half days, odd minutes, and none at all. */
const hours: fc.Arbitrary<[number, number][]> = fc.oneof(
  fc.constantFrom<[number, number][]>(
    [
      [450, 690],
      [780, 1020],
    ],
    [
      [480, 720],
      [780, 1020],
    ],
    [
      [420, 540],
      [540, 690],
      [780, 990],
      [1080, 1200],
    ],
    [[450, 690]],
    [
      [780, 1020],
      [450, 690],
    ],
    [
      [450, 700],
      [600, 1020],
    ],
    [
      [450, 1020],
      [600, 700],
    ],
    [],
  ),
  fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 8 }).map((cuts) => {
    const sorted = cuts.slice(0, cuts.length - (cuts.length % 2)).sort((a, b) => a - b);
    return sorted.flatMap((from, i): [number, number][] => (i % 2 === 0 ? [[from, sorted[i + 1] as number]] : []));
  }),
);

const dayIn = (last: number) => fc.integer({ min: FIRST, max: last });
export const drawn: fc.Arbitrary<Drawn> = fc.record({
  weekly: fc
    .tuple(hours, hours, hours, hours, hours, hours, hours)
    // A unit that never opens has no due moments to test.
    .map((week) => week.map((day, i) => (i === 3 && day.length === 0 ? [[450, 690] as [number, number]] : day))),
  off: fc.array(dayIn(LAST_OF(2027)), { maxLength: 60 }),
  working: fc
    .uniqueArray(fc.tuple(dayIn(LAST_OF(2027)), fc.option(hours)), { maxLength: 30, selector: ([day]) => day })
    .map((days) => days),
  cutoff: fc.integer({ min: 300, max: 1300 }),
});

export const START = naive.midnight(FIRST);
/** Moments of the first ten months; most at the edges of hours, where the faults live. */
export const moment = fc
  .tuple(
    fc.integer({ min: 0, max: 300 }),
    fc.oneof(fc.constantFrom(0, 449, 450, 690, 780, 1019, 1020, 1439), fc.integer({ min: 0, max: 1439 })),
  )
  .map(([day, minute]) => START + day * 1440 + minute);
export const pause = fc
  .oneof(fc.tuple(moment, fc.integer({ min: 0, max: 3000 })), fc.tuple(moment, fc.integer({ min: 0, max: 60_000 })))
  .map(([from, length]) => ({ from, to: from + length }));
export const pauses = fc.array(pause, { maxLength: 4 });
export const limit: fc.Arbitrary<DossierLimit> = fc.oneof(
  fc.record({
    unit: fc.constant('workday' as const),
    value: fc.oneof(fc.integer({ min: 0, max: 25 }), fc.constantFrom(0.25, 0.5, 1.5, 2.5, 0.1)),
  }),
  fc.record({
    unit: fc.constant('hour' as const),
    value: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(0.5, 1.25, 1 / 60)),
  }),
  fc.record({
    unit: fc.constant('calendarDay' as const),
    value: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(2.5)),
  }),
  fc.record({ unit: fc.constant('month' as const), value: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ unit: fc.constant('year' as const), value: fc.integer({ min: 0, max: 1 }) }),
);

export const countings: Counting[] = (['pause', 'subtract', 'restart'] as const).flatMap((supplement) => [
  countingOf({ policy: 'civil-code', supplement }),
  countingOf({ policy: 'civil-code', dayZero: 'receipt-date', supplement }),
  countingOf({ policy: 'hour-to-hour', supplement }),
  countingOf({ policy: 'hour-to-hour', roundUpMinutes: 15, closeOfDay: 'next-opening', supplement }),
  countingOf({ policy: 'keep-time', supplement }),
]);
export const counting = fc.constantFrom(...countings);
