import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingMinutes,
  isWorkingDay,
  nextOpening,
  nthWorkingDayAfter,
  nthWorkingDayBefore,
  type WorkTable,
  workingDaysBetween,
  workingMinutesBetween,
} from '../../lib/calendar/index.ts';
import { countingOf, type DueInput, dueAt } from '../../lib/deadline/index.ts';
import type { Counting } from '../../lib/schema/index.ts';
import { both, counting, countings, drawn, limit, moment, pause, pauses } from './drawn-calendars.ts';
import { day as dayOfMoment } from './naive-walk.ts';

const PAUSING = ['pause', 'subtract'] as const;

describe('laws of the due moment', () => {
  const due = (table: WorkTable, input: DueInput, by: Counting) => dueAt(table, input, by) ?? Infinity;

  it('gives back what was added', () => {
    fc.assert(
      fc.property(
        drawn,
        moment,
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 100 }),
        (one, t, n, days) => {
          const { table } = both(one);
          const opening = nextOpening(table, t);
          const end = addWorkingMinutes(table, t, n);
          if (opening !== null && end !== null) expect(workingMinutesBetween(table, opening, end)).toBe(n);
          const day = dayOfMoment(t);
          const nth = nthWorkingDayAfter(table, day, days);
          if (nth !== null) {
            expect(workingDaysBetween(table, day + 1, nth + 1)).toBe(days);
            expect(isWorkingDay(table, nth)).toBe(true);
          }
          const back = nthWorkingDayBefore(table, day, days);
          if (back !== null) expect(workingDaysBetween(table, back, day)).toBe(days);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each(PAUSING)('more pause never brings the due moment earlier (%s)', (supplement) => {
    const mine = fc.constantFrom(...countings.filter((by) => by.supplement === supplement));
    fc.assert(
      fc.property(drawn, moment, limit, pauses, pause, mine, (one, receivedAt, span, stops, more, by) => {
        const { table } = both(one);
        const before = due(table, { receivedAt, limit: span, pauses: stops }, by);
        expect(due(table, { receivedAt, limit: span, pauses: [...stops, more] }, by)).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 2000 },
    );
  });

  it('neither the order of pauses nor a split of one changes anything', () => {
    fc.assert(
      fc.property(drawn, moment, limit, pauses, pause, counting, (one, receivedAt, span, stops, { from, to }, by) => {
        const { table } = both(one);
        const middle = Math.floor((from + to) / 2);
        const parts = [{ from: middle, to }, ...[...stops].reverse(), { from, to: middle }];
        const split = due(table, { receivedAt, limit: span, pauses: parts }, by);
        expect(split).toBe(due(table, { receivedAt, limit: span, pauses: [...stops, { from, to }] }, by));
      }),
      { numRuns: 1000 },
    );
  });

  const LATER = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 40_000 }));

  it('a later receipt is never due earlier, under every policy and unit', () => {
    fc.assert(
      fc.property(drawn, moment, LATER, limit, counting, (one, receivedAt, later, span, by) => {
        const { table } = both(one);
        const first = due(table, { receivedAt, limit: span }, by);
        expect(due(table, { receivedAt: receivedAt + later, limit: span }, by)).toBeGreaterThanOrEqual(first);
      }),
      { numRuns: 3000 },
    );
  });

  it('nor with pauses, but for keep-time and for months', () => {
    // keep-time: two receipts may reach the same Nth day when the dates between are paused, each at its own time of day.
    // months: a receipt on the 30th and one on the paused 31st reach the same 28 February, and only the first waits for the 31st.
    const mine = countings.filter(({ supplement, days }) => supplement !== 'subtract' && days !== 'time');
    const dated = limit.filter(({ unit }) => unit !== 'month' && unit !== 'year');
    fc.assert(
      fc.property(
        drawn,
        moment,
        LATER,
        dated,
        pauses,
        fc.constantFrom(...mine),
        (one, receivedAt, later, span, stops, by) => {
          const { table } = both(one);
          const first = due(table, { receivedAt, limit: span, pauses: stops }, by);
          const second = due(table, { receivedAt: receivedAt + later, limit: span, pauses: stops }, by);
          expect(second).toBeGreaterThanOrEqual(first);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keep-time and months with pauses: what does not hold', () => {
    const week: [number, number][] = [
      [450, 690],
      [780, 1020],
    ];
    const { table } = both({ weekly: [[], week, week, week, week, week, []], off: [], working: [], cutoff: 900 });
    const at = (text: string) => Date.parse(`${text}:00+07:00`) / 60_000;
    const stops = [{ from: at('2026-03-03T07:30'), to: at('2026-03-04T07:30') }];
    const keep = (text: string) =>
      dueAt(
        table,
        { receivedAt: at(text), limit: { value: 1, unit: 'workday' }, pauses: stops },
        countingOf({ policy: 'keep-time', supplement: 'pause' }),
      );
    // Tuesday 3 March is paused: Monday 16:00 and the paused Tuesday 08:00 both end on Wednesday.
    expect(keep('2026-03-02T16:00')).toBe(at('2026-03-04T16:00'));
    expect(keep('2026-03-03T08:00')).toBe(at('2026-03-04T08:00'));
    const month = (text: string) =>
      dueAt(
        table,
        {
          receivedAt: at(text),
          limit: { value: 1, unit: 'month' },
          pauses: [{ from: at('2026-03-31T00:00'), to: at('2026-04-01T00:00') }],
        },
        countingOf({ policy: 'civil-code', supplement: 'pause' }),
      );
    // 30/03 and 31/03 both reach 30/04 (a Thursday); only the first has the paused 31/03 to wait for.
    expect(month('2026-03-30T08:00')).toBe(at('2026-05-01T17:00'));
    expect(month('2026-03-31T08:00')).toBe(at('2026-04-30T17:00'));
  });

  it('nor with pauses added by the calendar, when none stands at receipt', () => {
    const mine = countings.filter(({ supplement }) => supplement === 'subtract');
    fc.assert(
      fc.property(
        drawn,
        moment,
        LATER,
        limit,
        pauses,
        fc.constantFrom(...mine),
        (one, receivedAt, later, span, stops, by) => {
          const { table } = both(one);
          const after = stops.map(({ from, to }) => ({ from: from + 470_000, to: to + 470_000 }));
          const first = due(table, { receivedAt, limit: span, pauses: after }, by);
          const second = due(table, { receivedAt: receivedAt + later, limit: span, pauses: after }, by);
          expect(second).toBeGreaterThanOrEqual(first);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a receipt in the same day keeps the order of times under keep-time, even with pauses', () => {
    const by = countingOf({ policy: 'keep-time', supplement: 'pause' });
    fc.assert(
      fc.property(
        drawn,
        moment,
        fc.integer({ min: 0, max: 700 }),
        limit,
        pauses,
        (one, receivedAt, later, span, stops) => {
          const { table } = both(one);
          const [a, b] = [nextOpening(table, receivedAt), nextOpening(table, receivedAt + later)];
          fc.pre(
            a !== null &&
              b !== null &&
              dayOfMoment(a) === dayOfMoment(b) &&
              span.unit !== 'month' &&
              span.unit !== 'year',
          );
          const first = due(table, { receivedAt, limit: span, pauses: stops }, by);
          expect(due(table, { receivedAt: receivedAt + later, limit: span, pauses: stops }, by)).toBeGreaterThanOrEqual(
            first,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is the same from a table of three years and of twelve', () => {
    fc.assert(
      fc.property(drawn, moment, limit, pauses, counting, (one, receivedAt, span, stops, by) => {
        const input = { receivedAt, limit: span, pauses: stops };
        const short = dueAt(both(one).table, input, by);
        fc.pre(short !== null);
        expect(dueAt(both(one, 2037).table, input, by)).toBe(short);
      }),
      { numRuns: 1000 },
    );
  });

  it('is null while a pause is open, whatever else is known (R9)', () => {
    fc.assert(
      fc.property(drawn, moment, limit, pauses, moment, counting, (one, receivedAt, span, stops, from, by) => {
        const { table } = both(one);
        expect(dueAt(table, { receivedAt, limit: span, pauses: [...stops, { from, to: null }] }, by)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
