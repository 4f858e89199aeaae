import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addUnpausedMinutes,
  addWorkingMinutes,
  closeOfDay,
  isWorkingDay,
  nextOpening,
  nthUnpausedDateAfter,
  nthUnpausedDayAfter,
  nthWorkingDayAfter,
  nthWorkingDayBefore,
  pausedCalendarDates,
  pausedWorkingDates,
  unionOfPauses,
  workingMinutesBetween,
} from '../../lib/calendar/index.ts';
import { dueAt, reappoint } from '../../lib/deadline/index.ts';
import { both, counting, drawn, limit, moment, pauses, START } from './drawn-calendars.ts';
import * as naive from './naive-walk.ts';

describe('the table against a walk by the minute', () => {
  it('knows the next opening, minutes between and minutes added', () => {
    fc.assert(
      fc.property(drawn, moment, moment, fc.integer({ min: 1, max: 6000 }), pauses, (one, a, b, n, stops) => {
        const { table, walk } = both(one);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const opening = naive.open(walk, a);
        expect(nextOpening(table, a)).toBe(opening);
        const between = naive.between(walk, from, to);
        expect(workingMinutesBetween(table, from, to)).toBe(between);
        expect(workingMinutesBetween(table, to, from)).toBe(0 - between);
        expect(addWorkingMinutes(table, a, n)).toBe(naive.addMinutes(walk, a, n));
        expect(addUnpausedMinutes(table, a, n, unionOfPauses(stops))).toBe(naive.addMinutes(walk, a, n, stops));
      }),
      { numRuns: 150 },
    );
  });

  it('knows the Nth day after and before, with and without pauses', () => {
    fc.assert(
      fc.property(drawn, moment, fc.integer({ min: 1, max: 80 }), pauses, (one, t, n, stops) => {
        const { table, walk } = both(one);
        const day = naive.day(t);
        const union = unionOfPauses(stops);
        expect(isWorkingDay(table, day)).toBe(naive.worksOn(walk, day));
        expect(closeOfDay(table, day)).toBe(naive.close(walk, day));
        expect(nthWorkingDayAfter(table, day, n)).toBe(naive.nthDay(walk, day, n));
        expect(nthWorkingDayBefore(table, day, n)).toBe(naive.nthDay(walk, day, -n));
        const skipWork = naive.pausedWorkDate(walk, stops);
        expect(nthUnpausedDayAfter(table, day, n, pausedWorkingDates(table, union))).toBe(
          naive.nthDay(walk, day, n, skipWork),
        );
        const skip = naive.pausedDate(walk, stops);
        expect(nthUnpausedDateAfter(day, n, pausedCalendarDates(table, union))).toBe(naive.nthDate(walk, day, n, skip));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['before the table', -5 * 1440],
    ['after the table', 5 * 365 * 1440],
  ])('answers the same %s', (_, shift) => {
    fc.assert(
      fc.property(drawn, moment, (one, t) => {
        const { table, walk } = both(one);
        const outside = shift < 0 ? START + shift + (t % 1440) : t + shift;
        expect(nextOpening(table, outside)).toBe(naive.open(walk, outside));
        expect(closeOfDay(table, naive.day(outside))).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});

describe('the due moment against the rules, read one by one', () => {
  it('is the same under every policy, unit and kind of pause', () => {
    let answered = 0;
    fc.assert(
      fc.property(drawn, moment, limit, pauses, counting, (one, receivedAt, span, stops, by) => {
        const { table, walk } = both(one);
        const due = dueAt(table, { receivedAt, limit: span, pauses: stops }, by);
        if (due !== null) answered++;
        expect(due).toBe(naive.naiveDue(walk, { receivedAt, limit: span, pauses: stops }, by));
      }),
      { numRuns: 3000 },
    );
    // Most of what is drawn has an answer: a test of nulls would prove little.
    expect(answered).toBeGreaterThan(2000);
  });

  it('is the same with pauses that begin or end at the edges of what it counts', () => {
    fc.assert(
      fc.property(
        drawn,
        moment,
        limit,
        counting,
        fc.integer({ min: -1, max: 1 }),
        fc.nat(5000),
        (one, t, span, by, step, length) => {
          const { table, walk } = both(one);
          const plain = dueAt(table, { receivedAt: t, limit: span }, by);
          if (plain === null) return;
          const stops = [
            { from: plain + step, to: plain + step + length },
            { from: t - length, to: t + step },
          ];
          const input = { receivedAt: t, limit: span, pauses: stops };
          expect(dueAt(table, input, by)).toBe(naive.naiveDue(walk, input, by));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('re-appoints the same', () => {
    fc.assert(
      fc.property(drawn, moment, limit, counting, (one, firstDue, span, by) => {
        const { table, walk } = both(one);
        const due = naive.naiveReappoint(walk, firstDue, span, by);
        const expected = due === null ? { ok: false, why: 'no-calendar' } : { ok: true, due };
        expect(reappoint(table, firstDue, span, by)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
