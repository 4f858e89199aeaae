import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packCalendar, SHIPPED_CALENDAR, shippedTable, type WorkTable } from '../../lib/calendar/index.ts';
import {
  apologyWindow,
  type CountingChoice,
  countingOf,
  DEFAULT_RULES,
  type DueInput,
  dueAt,
  minutesOfLimit,
  type Reading,
  readingsOf,
  resolveRules,
  traceDue,
} from '../../lib/deadline/index.ts';
import type { Counting, DossierLimit } from '../../lib/schema/index.ts';
import { dayOf, isoOf } from '../../lib/text/index.ts';
import { STRIP_LEGEND, sayReading, sayTrace, stripOf } from '../../lib/words/index.ts';
import { wall } from '../sandbox/naive-time.ts';

const table = shippedTable();
const basis = { table, rules: DEFAULT_RULES };
const civil = countingOf({ policy: 'civil-code' });

const limits: fc.Arbitrary<DossierLimit> = fc.oneof(
  fc.record({
    unit: fc.constant('workday' as const),
    value: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(0.5, 1.25, 2.5)),
  }),
  fc.record({ unit: fc.constant('hour' as const), value: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ unit: fc.constant('calendarDay' as const), value: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ unit: fc.constant('month' as const), value: fc.integer({ min: 1, max: 6 }) }),
);
const countings: fc.Arbitrary<Counting> = fc
  .record({
    policy: fc.constantFrom('civil-code' as const, 'hour-to-hour' as const, 'keep-time' as const),
    dayZero: fc.constantFrom('effective' as const, 'receipt-date' as const),
    roundUpMinutes: fc.constantFrom(0, 15),
    closeOfDay: fc.constantFrom('stay' as const, 'next-opening' as const),
    supplement: fc.constantFrom('restart' as const, 'pause' as const, 'shift' as const, 'subtract' as const),
  })
  .map((choice) => countingOf(choice));
const START = wall('2024-06-01T00:00');
const receipts = fc.integer({ min: START, max: wall('2026-06-01T00:00') });
const inputs: fc.Arbitrary<DueInput> = fc
  .record({
    receivedAt: receipts,
    limit: limits,
    spans: fc.array(fc.tuple(fc.integer({ min: -3000, max: 30_000 }), fc.integer({ min: 0, max: 15_000 })), {
      maxLength: 3,
    }),
  })
  .map(({ receivedAt, limit, spans }) => ({
    receivedAt,
    limit,
    pauses: spans.map(([from, length]) => ({ from: receivedAt + from, to: receivedAt + from + length })),
  }));

describe('a trace tells the count that was made', () => {
  it('ends at the due moment, without a gap between its days, and counts the whole limit', () => {
    fc.assert(
      fc.property(inputs, countings, (input, counting) => {
        const trace = traceDue(table, input, counting);
        expect(trace.due).toBe(dueAt(table, input, counting));
        expect(trace.steps.at(-1)).toEqual({ kind: 'due', at: trace.due });
        const days = trace.days.map(({ day }) => day);
        expect(days).toEqual(days.map((_, i) => (days[0] as number) + i));
        expect(days.at(-1)).toBe(dayOf(trace.due as number));
        expect(trace.days.filter(({ kind }) => kind === 'due')).toHaveLength(1);
        if ((counting.supplement === 'subtract' || counting.supplement === 'shift') && input.pauses?.length) return;
        const minutes = minutesOfLimit(input.limit, counting);
        const told = trace.steps.reduce((sum, step) => {
          if (step.kind === 'worked') return sum + (step.to - step.from + 1) * step.minutes;
          return step.kind === 'counted' ? Math.max(sum, step.last) : sum;
        }, 0);
        if (minutes !== null) expect(told).toBe(minutes);
        else if (input.limit.unit === 'workday') expect(told).toBe(Math.max(1, input.limit.value));
        else if (input.limit.unit === 'calendarDay') expect(told).toBe(input.limit.value);
      }),
      { numRuns: 1500 },
    );
  });

  it('says every step in a sentence, and every date of the strip in words', () => {
    fc.assert(
      fc.property(inputs, countings, (input, counting) => {
        const trace = traceDue(table, input, counting);
        for (const line of sayTrace(trace)) expect(line).toMatch(/^\p{Lu}.*\.$/su);
        const cells = stripOf(trace, minutesOfLimit(input.limit, counting) !== null).flatMap((week) => week.cells);
        for (const cell of cells) if (cell) expect(cell.label).toMatch(/^(thứ|Chủ).*: ./);
        expect(cells.filter((cell) => cell?.kind === 'due')).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  it('over Tết 2026: names each day off with its reason', () => {
    const trace = traceDue(
      table,
      { receivedAt: wall('2026-02-12T16:59'), limit: { value: 5, unit: 'workday' } },
      civil,
    );
    const text = sayTrace(trace).join('\n');
    expect(isoOf(trace.due as number)).toBe('2026-02-26T17:00:00+07:00');
    expect(text).toContain('Không tính ngày nhận, thứ Năm 12/02/2026');
    expect(text).toContain('Ngày 1: thứ Sáu 13/02/2026.');
    expect(text).toMatch(/Không đếm thứ Hai 16\/02.*Tết/);
    expect(text).toContain('Ngày 2 đến 5: thứ Hai 23/02 – thứ Năm 26/02/2026.');
    expect(text.endsWith('Hạn: 17:00 thứ Năm 26/02/2026.')).toBe(true);
    expect(stripOf(trace, false).map(({ cells }) => cells.map((cell) => cell?.sign ?? ' ').join(''))).toEqual([
      '   01✕✕',
      '✕✕✕✕✕✕✕',
      '234⚑   ',
    ]);
  });

  it('keeps beginning and end of a long count', () => {
    const trace = traceDue(
      table,
      { receivedAt: wall('2025-01-06T09:00'), limit: { value: 200, unit: 'workday' } },
      civil,
    );
    const weeks = stripOf(trace, false);
    expect(weeks).toHaveLength(12);
    expect(weeks.map(({ gap }) => gap).filter((gap) => gap > 0)).toHaveLength(1);
    expect(new Set(STRIP_LEGEND.map(({ sign }) => sign)).size).toBe(STRIP_LEGEND.length);
  });

  it('says where the clock stands and where the calendar ends', () => {
    const limit = { value: 5, unit: 'workday' as const };
    const open = traceDue(table, { receivedAt: START, limit, pauses: [{ from: START + 60, to: null }] }, civil);
    expect(open).toMatchObject({ due: null, days: [] });
    expect(open.steps.at(-1)).toEqual({ kind: 'stopped', from: START + 60 });
    const beyond = traceDue(table, { receivedAt: wall('2027-12-30T09:00'), limit }, civil);
    expect(beyond.steps.at(-1)).toEqual({ kind: 'no-calendar', year: 2028 });
    const before = traceDue(
      table,
      { receivedAt: wall('2019-12-30T09:00'), limit: { value: 3000, unit: 'workday' } },
      civil,
    );
    expect(before.due).toBeNull();
  });
});

describe('which way of counting explains a date of the system', () => {
  const input: DueInput = { receivedAt: wall('2026-11-19T15:10'), limit: { value: 5, unit: 'workday' } };
  const kindsOf = (at: string, change: Partial<DueInput> = {}, dayOnly = false, firstReceivedAt?: number): Reading[] =>
    readingsOf(basis, { ...input, ...change }, { dueAt: wall(at), dayOnly, firstReceivedAt }).map(
      ({ reading }) => reading,
    );

  it('none is needed where the dates agree', () => {
    expect(kindsOf('2026-11-27T17:00')).toEqual([]);
    expect(kindsOf('2026-11-27T00:00', {}, true)).toEqual([]);
  });

  it('by hours', () => {
    // 15:10 on 19/11 and 40 working hours, 24/11 off: 15:10 on 27/11.
    expect(kindsOf('2026-11-27T15:10')).toContainEqual({
      kind: 'policy',
      policy: 'hour-to-hour',
      dayZero: 'effective',
    });
    expect(kindsOf('2026-11-27T15:15')).toEqual([{ kind: 'policy', policy: 'hour-to-hour', dayZero: 'effective' }]);
  });

  it('a day off that the system does not have', () => {
    expect(kindsOf('2026-11-26T17:00')[0]).toEqual({ kind: 'receipt-counted' });
    expect(kindsOf('2026-11-26T17:00')).toContainEqual({ kind: 'day-off', days: [dayOf(wall('2026-11-24T12:00'))] });
    const [reading] = kindsOf('2026-02-24T17:00', {
      receivedAt: wall('2026-02-13T09:00'),
      limit: { value: 7, unit: 'workday' },
    });
    expect(reading).toMatchObject({ kind: 'day-off' });
  });

  it('a working Saturday that the system does not have', () => {
    const friday = { receivedAt: wall('2026-01-09T10:20'), limit: { value: 1, unit: 'workday' as const } };
    expect(kindsOf('2026-01-12T17:00', friday)).toEqual([
      { kind: 'day-worked', days: [dayOf(wall('2026-01-10T12:00'))] },
    ]);
  });

  it('another treatment of the supplement', () => {
    const pauses = [{ from: wall('2026-11-20T09:00'), to: wall('2026-11-25T16:00'), kind: 'supplement' as const }];
    const due = dueAt(table, { ...input, pauses }, { ...civil, supplement: 'pause' }) as number;
    expect(readingsOf(basis, { ...input, pauses }, { dueAt: due, dayOnly: false })[0]?.reading).toEqual({
      kind: 'supplement',
      mode: 'pause',
    });
  });

  it('OpenCPS: the working time waited, added to the old due', () => {
    const pauses = [
      { from: wall('2026-11-20T09:00'), to: wall('2026-11-20T10:30') },
      // A night waits for nothing.
      { from: wall('2026-11-25T17:00'), to: wall('2026-11-26T07:30') },
    ];
    const shift: Counting = { ...civil, supplement: 'shift' };
    expect(isoOf(dueAt(table, { ...input, pauses }, shift) as number)).toBe('2026-11-30T09:00:00+07:00');
    const night = pauses.slice(1);
    expect(isoOf(dueAt(table, { ...input, pauses: night }, shift) as number)).toBe('2026-11-27T17:00:00+07:00');
    const found = readingsOf(basis, { ...input, pauses }, { dueAt: wall('2026-11-30T09:00'), dayOnly: false });
    expect(found[0]?.reading).toEqual({ kind: 'supplement', mode: 'shift' });
  });

  it('the receipt at the unit that only took the dossier in', () => {
    const first = wall('2026-11-16T09:00');
    const due = dueAt(table, { ...input, receivedAt: first }, civil) as number;
    expect(kindsOf(isoOf(due).slice(0, 16), {}, false, first)).toContainEqual({ kind: 'first-receipt' });
  });

  it('says where they part, and nothing where nothing fits', () => {
    const [byHours] = readingsOf(basis, input, { dueAt: wall('2026-11-27T15:10'), dayOnly: false });
    expect(byHours?.parting?.day).toBe(dayOf(input.receivedAt));
    expect(kindsOf('2026-12-17T09:13')).toEqual([]);
  });

  it('every reading has words of its own', () => {
    const words = kindsOf('2026-11-26T17:00').map(sayReading);
    expect(new Set(words).size).toBe(words.length);
  });
});

describe('rules of a unit', () => {
  it('are those in force on the day of receipt', () => {
    const choice: CountingChoice = { effectiveFrom: '2026-06-01', policy: 'hour-to-hour', source: 'Thử' };
    const rules = resolveRules({ counting: [choice], cutoffs: [{ procedure: '1.014849.000.00.00.H29', at: '16:00' }] });
    expect(rules.counting.map(({ policy }) => policy)).toEqual(['civil-code', 'hour-to-hour']);
    expect(rules.cutoffs).toEqual([{ procedure: '1.014849', minute: 960 }]);
  });
});

describe('apology window', () => {
  const due = wall('2026-02-24T17:00');
  const state = (now: string, again = 0) => apologyWindow(table, due, wall(now), again);

  it('goes back over Tết by working days: D−1 is Monday 23/02, D−2 Friday 13/02, D−3 Thursday 12/02', () => {
    const window = state('2026-02-10T09:00');
    expect(isoOf(window?.letterDueAt ?? 0)).toBe('2026-02-23T17:00:00+07:00');
    expect(window?.warnAt.map((at) => isoOf(at).slice(0, 16))).toEqual(['2026-02-12T07:30', '2026-02-13T07:30']);
    expect(window?.cityDueAt).toBe(due);
  });

  it.each([
    ['2026-02-11T17:00', 'none'],
    ['2026-02-12T07:30', 'warn'],
    ['2026-02-18T10:00', 'warn'],
    ['2026-02-23T08:00', 'last-day'],
    ['2026-02-23T17:01', 'late'],
    ['2026-02-24T17:00', 'late'],
    ['2026-02-24T17:01', 'overdue'],
  ])('at %s: %s', (now, expected) => {
    expect(state(now)?.state).toBe(expected);
  });

  it('allows one re-appointment', () => {
    expect(state('2026-02-12T09:00')?.mayReappoint).toBe(true);
    expect(state('2026-02-12T09:00', 1)?.mayReappoint).toBe(false);
  });

  it('of a procedure shorter than the lead is the appointment itself: nobody can write before the receipt', () => {
    const sameDay = apologyWindow(
      table,
      wall('2026-11-25T17:00'),
      wall('2026-11-25T10:00'),
      0,
      wall('2026-11-25T08:00'),
    );
    expect(sameDay).toMatchObject({ letterDueAt: wall('2026-11-25T17:00'), state: 'last-day' });
    expect(sameDay?.warnAt).toEqual([wall('2026-11-25T08:00')]);
    const two = apologyWindow(table, wall('2026-11-26T17:00'), wall('2026-11-25T10:00'), 0, wall('2026-11-23T08:00'));
    expect(two?.letterDueAt).toBe(wall('2026-11-25T17:00'));
    expect(two?.warnAt.map((at) => isoOf(at).slice(0, 16))).toEqual(['2026-11-23T08:00']);
  });

  it('is unknown where the calendar does not reach', () => {
    const empty: WorkTable = { ...table, days: 0, workingDays: new Int32Array(0) };
    expect(apologyWindow(empty, due, due)).toBeNull();
    expect(apologyWindow(table, wall('2024-01-02T17:00'), wall('2024-01-02T09:00'))).toBeNull();
  });
});

it('the shipped calendar says of each special day why it is so', () => {
  for (const { why } of packCalendar(SHIPPED_CALENDAR).days) expect(why.length).toBeGreaterThan(5);
});
