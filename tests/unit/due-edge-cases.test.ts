import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  buildTable,
  coverage,
  isWorkingDay,
  transferTable,
  type WorkTable,
  workingMinutesBetween,
} from '../../lib/calendar/index.ts';
import { assess, countingOf, DEFAULT_RULES, type DueInput, dueAt, reappoint } from '../../lib/deadline/index.ts';
import type { Counting, Dossier, DossierLimit } from '../../lib/schema/index.ts';
import { isoOf, parseIsoDay, parseMoment, parseWholeMoment } from '../../lib/text/index.ts';
import { at, FILE, tableOf } from '../fixtures/vectors.ts';

/*
 * The edge cases of the specification by number. Expected moments are worked out by hand.
 * commune: Mon–Fri 07:30–11:30, 13:00–17:00. 2026 starts on a Thursday; 1 March and 1 November are Sundays.
 * Off in 2026: 1–2/1, 14–22/2 (Tết), 27/4 (for Sunday 26/4), 30/4, 1/5, 31/8–2/9, 24/11. Worked: Saturdays 10/1 and 22/8.
 */
const commune = tableOf('commune-8h');
const halfSaturday = tableOf('sat-morning');
const shifts = tableOf('shifts');
const civil = countingOf({ policy: 'civil-code', supplement: 'pause' });
const byDate = countingOf({ policy: 'civil-code', dayZero: 'receipt-date', supplement: 'pause' });
const byHour = countingOf({ policy: 'hour-to-hour', supplement: 'pause' });
const keepTime = countingOf({ policy: 'keep-time', supplement: 'pause' });

type Unit = DossierLimit['unit'];
interface How {
  table?: WorkTable;
  by?: Counting;
  pauses?: [string, string | null][];
  cutoff?: number;
}

const day = (iso: string) => parseIsoDay(iso) as number;
const clock = (minute: number | null) => (minute === null ? null : isoOf(minute).slice(0, 16));

function due(received: string, value: number, unit: Unit = 'workday', how: How = {}): string | null {
  const pauses = (how.pauses ?? []).map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) }));
  const input: DueInput = { receivedAt: at(received), limit: { value, unit }, pauses, cutoff: how.cutoff };
  return clock(dueAt(how.table ?? commune, input, how.by ?? civil));
}

function record(fields: Partial<Dossier>): Dossier {
  return {
    code: 'H29.999-260302-0001',
    aliases: [],
    codeKnown: true,
    procedure: {},
    dayOnly: [],
    status: { code: 2, text: 'Đang xử lý' },
    pauses: [],
    source: { kind: 'json', adapter: 'test', readAt: at('2026-03-01T08:00') },
    gaps: [],
    ...fields,
  };
}

const judge = (one: Dossier, now: string, table = commune) =>
  assess(one, { table, now: at(now), rules: DEFAULT_RULES });

/** Five days from Monday 2 March: 3, 4, 5, 6, 9 → Monday 9 March 17:00. */
const promised = record({
  receivedAt: at('2026-03-02T09:00'),
  limit: { value: 5, unit: 'workday' },
  dueAt: at('2026-03-09T17:00'),
});

describe('receipt', () => {
  it('edge 1: in the last minute, exactly at the close, one minute after', () => {
    // 13/2 is day 1, then Tết; 23, 24, 25, 26 are days 2–5.
    expect(due('2026-02-12T16:59', 5)).toBe('2026-02-26T17:00');
    expect(due('2026-02-12T17:00', 5)).toBe('2026-02-27T17:00');
    expect(due('2026-02-12T17:01', 5)).toBe('2026-02-27T17:00');
    expect(due('2026-02-12T16:59', 8, 'hour')).toBe('2026-02-13T16:59');
    expect(due('2026-02-12T17:00', 8, 'hour')).toBe('2026-02-13T17:00');
  });

  it('edge 2: before opening, at lunch, at midnight, at 23:59', () => {
    expect(due('2026-03-04T05:00', 1)).toBe('2026-03-05T17:00');
    expect(due('2026-03-04T05:00', 1, 'hour')).toBe('2026-03-04T08:30');
    expect(due('2026-03-04T11:30', 1, 'hour')).toBe('2026-03-04T14:00');
    expect(due('2026-03-04T12:15', 1)).toBe('2026-03-05T17:00');
    expect(due('2026-03-04T00:00', 1)).toBe('2026-03-05T17:00');
    // 23:59 belongs to Thursday's work, so Thursday is day 0.
    expect(due('2026-03-04T23:59', 1)).toBe('2026-03-06T17:00');
    expect(due('2026-03-04T23:59', 1, 'hour')).toBe('2026-03-05T08:30');
  });

  it('edge 3: on a Saturday, on a holiday, on the day before Tết', () => {
    expect(due('2026-03-07T09:00', 1)).toBe('2026-03-10T17:00');
    expect(due('2026-03-07T09:00', 1, 'workday', { by: byDate })).toBe('2026-03-09T17:00');
    expect(due('2026-09-02T10:00', 1)).toBe('2026-09-04T17:00');
    expect(due('2026-02-13T16:00', 1)).toBe('2026-02-23T17:00');
    expect(due('2026-02-13T16:00', 2, 'hour')).toBe('2026-02-23T08:30');
    expect(due('2026-02-14T09:00', 1)).toBe('2026-02-24T17:00');
    expect(due('2026-02-14T09:00', 1, 'workday', { by: byDate })).toBe('2026-02-23T17:00');
  });
});

describe('calendar', () => {
  it('edge 4: over Tết with nine days off', () => {
    expect(due('2026-02-13T08:00', 3)).toBe('2026-02-25T17:00');
    // 12, 13, 23, 24, 25 February have 8 h each.
    expect(due('2026-02-12T07:30', 40, 'hour')).toBe('2026-02-25T17:00');
    // Day 0 is Monday 23/2; five dates on is Saturday 28/2.
    expect(due('2026-02-14T09:00', 5, 'calendarDay')).toBe('2026-03-02T17:00');
    expect(due('2026-02-12T09:00', 5, 'calendarDay')).toBe('2026-02-23T17:00');
  });

  it('edge 5: a swapped Saturday as receipt, as due, inside; the swapped Friday', () => {
    expect(due('2026-01-09T10:20', 1)).toBe('2026-01-10T17:00');
    expect(due('2026-01-10T09:00', 1)).toBe('2026-01-12T17:00');
    expect(due('2026-01-10T09:00', 0)).toBe('2026-01-10T17:00');
    expect(due('2026-08-21T09:00', 3)).toBe('2026-08-25T17:00');
    expect(due('2026-01-02T09:00', 1)).toBe('2026-01-06T17:00');
    expect(due('2025-12-31T09:00', 1)).toBe('2026-01-05T17:00');
  });

  it('edge 6: a day off in lieu (nghỉ bù)', () => {
    expect(due('2026-04-24T10:00', 1)).toBe('2026-04-28T17:00');
    expect(due('2026-04-27T09:00', 1)).toBe('2026-04-29T17:00');
    // 28, 29 April, then 30/4, 1/5 and the weekend.
    expect(due('2026-04-24T10:00', 3)).toBe('2026-05-04T17:00');
    // 1/5/2027 is a Saturday: Monday 3/5 is off for it.
    expect(due('2027-04-29T10:00', 1)).toBe('2027-05-04T17:00');
  });

  it('edge 7: 24/11 from 2026 on', () => {
    expect(due('2026-11-23T10:00', 1)).toBe('2026-11-25T17:00');
    expect(due('2026-11-24T10:00', 1)).toBe('2026-11-26T17:00');
    expect(due('2025-11-21T10:00', 1)).toBe('2025-11-24T17:00');
    expect(due('2027-11-23T10:00', 1)).toBe('2027-11-25T17:00');
  });

  it('edge 8: a calendar changed after the appointment was printed', () => {
    const off = (day: string) =>
      tableOf('commune-8h', { holidays: [...(FILE.calendars['commune-8h']?.holidays ?? []), day] });
    const before = judge(promised, '2026-03-04T10:00');
    const inside = judge(promised, '2026-03-04T10:00', off('2026-03-05'));
    const onIt = judge(promised, '2026-03-04T10:00', off('2026-03-09'));
    expect([before, inside, onIt].map(({ shown }) => clock(shown.dueAt))).toEqual(Array(3).fill('2026-03-09T17:00'));
    expect([before, inside, onIt].map(({ computedDueAt }) => clock(computedDueAt))).toEqual([
      '2026-03-09T17:00',
      '2026-03-10T17:00',
      '2026-03-10T17:00',
    ]);
    // The promise is one working day before what the law now gives.
    expect([before.mismatch, inside.mismatch]).toEqual([null, -480]);
    expect(clock(inside.shown.effectiveDueAt)).toBe('2026-03-09T17:00');
    expect(clock(onIt.shown.effectiveDueAt)).toBe('2026-03-10T17:00');
  });

  it('edge 9: a year without a table has no answer', () => {
    const table = tableOf('commune-8h', {}, [2026, 2026]);
    expect(due('2026-12-21T09:00', 5, 'workday', { table })).toBe('2026-12-28T17:00');
    expect(due('2026-12-28T09:00', 10, 'workday', { table })).toBeNull();
    expect(due('2026-12-28T09:00', 80, 'hour', { table })).toBeNull();
    expect(due('2026-12-28T09:00', 10, 'calendarDay', { table })).toBeNull();
    expect(due('2025-12-30T09:00', 5, 'workday', { table })).toBeNull();
    expect(due('2025-12-30T09:00', 1, 'month', { table })).toBeNull();
    expect(reappoint(table, at('2026-12-31T17:00'), { value: 1, unit: 'workday' }, civil)).toEqual({
      ok: false,
      why: 'no-calendar',
    });
    expect(reappoint(table, at('2025-12-31T16:00'), { value: 4, unit: 'hour' }, civil).ok).toBe(false);
    // A year missing between two that are known is as little known as one after the last.
    const { source } = tableOf('commune-8h', {}, [2025, 2027]);
    const gap = buildTable({ ...source, years: source.years.filter(({ year }) => year !== 2026) });
    expect(due('2025-12-22T09:00', 5, 'workday', { table: gap })).toBe('2025-12-29T17:00');
    expect(due('2025-12-30T09:00', 5, 'workday', { table: gap })).toBeNull();
    expect(due('2025-12-30T09:00', 400, 'calendarDay', { table: gap })).toBeNull();
    expect(reappoint(gap, at('2025-12-31T17:00'), { value: 1, unit: 'workday' }, civil).ok).toBe(false);
    const late = record({
      receivedAt: at('2026-12-28T09:00'),
      limit: { value: 10, unit: 'workday' },
      dueAt: at('2027-01-12T17:00'),
    });
    const { shown, computedDueAt, coverage: known } = judge(late, '2026-12-29T10:00', table);
    expect(shown).toMatchObject({
      verdict: 'unknown',
      reason: 'no-calendar',
      dueAt: at('2027-01-12T17:00'),
      left: null,
    });
    expect([computedDueAt, known]).toEqual([null, 'none']);
  });
});

describe('limit', () => {
  it('edge 10: the same day, around the cut-off and after hours', () => {
    expect(due('2026-03-04T14:59', 0)).toBe('2026-03-04T17:00');
    expect(due('2026-03-04T15:00', 0)).toBe('2026-03-05T17:00');
    expect(due('2026-03-04T15:01', 0)).toBe('2026-03-05T17:00');
    // After hours is tomorrow morning's receipt, before the cut-off.
    expect(due('2026-03-04T17:30', 0)).toBe('2026-03-05T17:00');
    expect(due('2026-03-06T15:00', 0)).toBe('2026-03-09T17:00');
    expect(due('2026-03-04T10:00', 0, 'workday', { cutoff: 600 })).toBe('2026-03-05T17:00');
    expect(due('2026-03-04T15:59', 0, 'workday', { table: shifts })).toBe('2026-03-04T20:00');
    expect(due('2026-03-04T16:00', 0, 'workday', { table: shifts })).toBe('2026-03-05T20:00');
  });

  it('edge 11: halves and quarters of a day', () => {
    expect(due('2026-03-04T09:00', 0.5)).toBe('2026-03-04T14:30');
    expect(due('2026-03-04T09:00', 0.25)).toBe('2026-03-04T11:00');
    // 12 h: 2.5 + 4 on Wednesday, 5.5 on Thursday.
    expect(due('2026-03-04T09:00', 1.5)).toBe('2026-03-05T14:30');
    expect(due('2026-03-04T16:00', 0.25)).toBe('2026-03-05T08:30');
    expect(due('2026-03-06T16:00', 0.5)).toBe('2026-03-09T10:30');
  });

  it('edge 12: landing exactly on 11:30 or 17:00', () => {
    expect(due('2026-03-04T07:30', 4, 'hour')).toBe('2026-03-04T11:30');
    expect(due('2026-03-04T07:30', 8, 'hour')).toBe('2026-03-04T17:00');
    expect(due('2026-03-04T09:30', 2, 'hour')).toBe('2026-03-04T11:30');
    expect(due('2026-03-04T07:30', 0.5)).toBe('2026-03-04T11:30');
    const opening = countingOf({ policy: 'hour-to-hour', closeOfDay: 'next-opening', supplement: 'pause' });
    expect(due('2026-03-04T07:30', 1, 'workday', { by: byHour })).toBe('2026-03-04T17:00');
    expect(due('2026-03-04T07:30', 1, 'workday', { by: opening })).toBe('2026-03-05T07:30');
    expect(due('2026-03-04T07:30', 4, 'hour', { by: opening })).toBe('2026-03-04T11:30');
  });

  it('edge 13: a day of 7.5 hours and a limit whose days have 8', () => {
    const table = halfSaturday;
    expect(due('2026-03-04T09:00', 1, 'workday', { table })).toBe('2026-03-05T17:00');
    // 12 h: 7.5 on Wednesday, 4 in Thursday's morning, half an hour from 13:30.
    expect(due('2026-03-04T07:30', 1.5, 'workday', { table })).toBe('2026-03-05T14:00');
    expect(due('2026-03-04T07:30', 1, 'workday', { table, by: byHour })).toBe('2026-03-05T08:00');
    // 80 h: 37.5 + 4 (Saturday) + 37.5 = 79, and one hour of Saturday 14.
    expect(due('2026-03-02T07:30', 10, 'workday', { table, by: byHour })).toBe('2026-03-14T08:30');
  });

  it('edge 14: a shorter Friday, half a Saturday', () => {
    expect(due('2026-03-06T10:00', 1, 'workday', { table: halfSaturday })).toBe('2026-03-07T11:30');
    expect(due('2026-03-07T11:30', 1, 'workday', { table: halfSaturday })).toBe('2026-03-10T17:00');
    const base = FILE.calendars['commune-8h']?.workHours;
    if (base === undefined) throw new Error('no commune-8h');
    const table = tableOf('commune-8h', {
      workHours: {
        ...base,
        fri: [
          ['07:30', '11:30'],
          ['13:00', '16:00'],
        ],
      },
      extraWorkingDays: [{ date: '2026-03-14' }],
    });
    expect(due('2026-03-05T10:00', 1, 'workday', { table })).toBe('2026-03-06T16:00');
    expect(due('2026-03-06T16:00', 1, 'workday', { table })).toBe('2026-03-10T17:00');
    expect(due('2026-03-05T16:30', 1, 'workday', { table, by: keepTime })).toBe('2026-03-06T16:00');
    expect(due('2026-03-06T15:00', 2, 'hour', { table })).toBe('2026-03-09T08:30');
    // A worked Saturday without hours of its own has Monday's.
    expect(due('2026-03-13T15:00', 1, 'workday', { table })).toBe('2026-03-14T17:00');
  });

  it('edge 15: touching intervals and an evening shift', () => {
    const table = shifts;
    expect(due('2026-03-04T08:30', 1, 'hour', { table })).toBe('2026-03-04T09:30');
    expect(due('2026-03-04T07:30', 1.5, 'hour', { table })).toBe('2026-03-04T09:00');
    expect(due('2026-03-04T17:00', 1, 'hour', { table })).toBe('2026-03-04T19:00');
    expect(due('2026-03-04T19:59', 1, 'workday', { table })).toBe('2026-03-05T20:00');
    expect(due('2026-03-04T20:00', 1, 'workday', { table })).toBe('2026-03-06T20:00');
    expect(due('2026-03-06T19:00', 1, 'workday', { table })).toBe('2026-03-07T11:00');
    // 4.5 h before noon and 3.5 h after it: the end of the afternoon is not the close of the day.
    const opening = countingOf({ policy: 'hour-to-hour', closeOfDay: 'next-opening', supplement: 'pause' });
    expect(due('2026-03-04T07:00', 1, 'workday', { table, by: opening })).toBe('2026-03-04T16:30');
  });
});

describe('pauses and re-appointment', () => {
  const five = (...pauses: [string, string | null][]) => due('2026-03-02T09:00', 5, 'workday', { pauses });

  it('edge 16: inside a day, over a weekend, at the edges, of no length, overlapping, unordered, open', () => {
    expect(five(['2026-03-04T09:00', '2026-03-04T11:00'])).toBe('2026-03-09T17:00');
    expect(due('2026-03-04T08:00', 8, 'hour', { pauses: [['2026-03-04T09:00', '2026-03-04T11:00']] })).toBe(
      '2026-03-05T10:00',
    );
    expect(five(['2026-03-06T17:00', '2026-03-09T07:30'])).toBe('2026-03-09T17:00');
    // From Friday's work to Monday's: Friday is paused.
    expect(five(['2026-03-06T10:00', '2026-03-09T10:00'])).toBe('2026-03-10T17:00');
    expect(five(['2026-03-09T17:00', '2026-03-11T17:00'])).toBe('2026-03-09T17:00');
    expect(five(['2026-03-09T16:59', '2026-03-11T07:30'])).toBe('2026-03-11T17:00');
    expect(five(['2026-02-27T08:00', '2026-03-02T08:00'])).toBe('2026-03-09T17:00');
    expect(five(['2026-03-04T09:00', '2026-03-04T09:00'])).toBe('2026-03-09T17:00');
    // The union is 3/3 to 6/3 08:00: days 1–5 are 6, 9, 10, 11, 12.
    expect(five(['2026-03-05T08:00', '2026-03-06T08:00'], ['2026-03-03T08:00', '2026-03-05T12:00'])).toBe(
      '2026-03-12T17:00',
    );
    expect(five(['2026-03-03T08:00', '2026-03-03T10:00'], ['2026-03-04T09:00', null])).toBeNull();
  });

  it('edge 16: calendar days, and the two other ways to count a supplement', () => {
    const night: [string, string] = ['2026-03-03T17:00', '2026-03-04T17:00'];
    expect(due('2026-03-02T09:00', 3, 'calendarDay')).toBe('2026-03-05T17:00');
    // From the close of the 3rd to the close of the 4th: the 4th does not count.
    expect(due('2026-03-02T09:00', 3, 'calendarDay', { pauses: [night] })).toBe('2026-03-06T17:00');
    const day: [string, string] = ['2026-03-04T09:00', '2026-03-05T09:00'];
    const restart = countingOf({ policy: 'civil-code', supplement: 'restart' });
    const subtract = countingOf({ policy: 'civil-code', supplement: 'subtract' });
    expect(due('2026-03-02T09:00', 5, 'workday', { pauses: [day], by: civil })).toBe('2026-03-10T17:00');
    expect(due('2026-03-02T09:00', 5, 'workday', { pauses: [day], by: restart })).toBe('2026-03-12T17:00');
    expect(due('2026-03-02T09:00', 5, 'workday', { pauses: [day], by: subtract })).toBe('2026-03-10T17:00');
  });

  it('edge 17: a pause while overdue does not make it timely', () => {
    expect(five(['2026-03-10T08:00', '2026-03-16T08:00'])).toBe('2026-03-09T17:00');
    const waiting = { from: at('2026-03-10T08:00'), to: null };
    const paused = judge(
      { ...promised, status: { code: 5, text: 'Chờ bổ sung' }, pauses: [waiting] },
      '2026-03-20T10:00',
    );
    expect(paused.shown).toMatchObject({ verdict: 'paused', left: null, dueAt: at('2026-03-09T17:00') });
    expect(paused.clocks.map(({ verdict }) => verdict)).not.toContain('overdue');
    const resumed = { ...promised, supplementRequests: 1, pauses: [{ ...waiting, to: at('2026-03-16T08:00') }] };
    const after = judge(resumed, '2026-03-17T07:30');
    // 10, 11, 12, 13 and 16 March: five days of 480 minutes over.
    expect(after.shown).toMatchObject({ verdict: 'overdue', left: -2400 });
  });

  it('edge 18: only one re-appointment', () => {
    const again = (earlier: number) =>
      reappoint(commune, at('2026-03-09T17:00'), { value: 2, unit: 'workday' }, civil, earlier);
    expect(again(0)).toEqual({ ok: true, due: at('2026-03-11T17:00') });
    expect(again(1)).toEqual({ ok: false, why: 'second' });
    expect(again(2)).toEqual({ ok: false, why: 'second' });
  });

  it('edge 19: a re-appointment counts from the old date, not from the next opening', () => {
    const again = (from: string, value: number, unit: Unit = 'workday', by = civil) => {
      const one = reappoint(commune, at(from), { value, unit }, by);
      return one.ok ? clock(one.due) : one.why;
    };
    expect(again('2026-03-09T17:00', 3)).toBe('2026-03-12T17:00');
    expect(again('2026-03-07T17:00', 1)).toBe('2026-03-09T17:00');
    expect(again('2026-03-09T17:00', 4, 'hour')).toBe('2026-03-10T11:30');
    expect(again('2026-03-09T17:00', 0.5)).toBe('2026-03-10T11:30');
    expect(again('2026-03-09T16:00', 2, 'hour')).toBe('2026-03-10T08:30');
    expect(again('2026-03-09T17:00', 5, 'calendarDay')).toBe('2026-03-16T17:00');
    expect(again('2026-03-09T10:10', 1, 'workday', keepTime)).toBe('2026-03-10T10:10');
    expect(again('2026-03-09T10:10', 1, 'workday', byHour)).toBe('2026-03-10T10:10');
  });

  it('edge 20: a result that came early is never overdue', () => {
    const early = record({
      ...promised,
      status: { code: 9, text: 'Đã có kết quả' },
      completedAt: at('2026-03-05T10:00'),
    });
    for (const now of ['2026-03-05T11:00', '2026-03-09T17:00', '2026-05-29T10:00']) {
      const { clocks } = judge(early, now);
      // 1.5 + 4 h on Thursday, 8 h on Friday, 8 h on Monday.
      expect(clocks[0]).toMatchObject({ clock: 'appointment', verdict: 'finished-on-time', left: 1290 });
      expect(clocks.map(({ verdict }) => verdict)).not.toContain('overdue');
    }
    const dated = { ...early, completedAt: at('2026-03-09T00:00'), dayOnly: ['completedAt' as const] };
    expect(judge(dated, '2026-05-29T10:00').clocks[0]).toMatchObject({ verdict: 'finished-on-time', left: 0 });
    const onTime = { ...early, completedAt: at('2026-03-09T17:00') };
    expect(judge(onTime, '2026-05-29T10:00').clocks[0]).toMatchObject({ verdict: 'finished-on-time', left: 0 });
    const late = { ...early, completedAt: at('2026-03-10T08:30') };
    expect(judge(late, '2026-05-29T10:00').clocks[0]).toMatchObject({ verdict: 'finished-late', left: -60 });
  });
});

describe('moments', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  it('edge 21: the zone and the clock of the machine have no say', () => {
    const all = () => [due('2026-02-12T16:59', 5), due('2026-03-04T23:59', 1), due('2026-01-31T00:30', 2, 'month')];
    const plain = all();
    expect(plain).toEqual(['2026-02-26T17:00', '2026-03-06T17:00', '2026-04-02T17:00']);
    for (const [zone, offset] of [
      ['America/New_York', 300],
      ['Pacific/Kiritimati', -840],
      ['UTC', 0],
    ] as const) {
      vi.stubEnv('TZ', zone);
      expect(new Date('2026-02-12T00:00:00Z').getTimezoneOffset()).toBe(offset);
      expect(all()).toEqual(plain);
    }
    for (const wrong of ['1999-12-31T23:59:59Z', '2042-06-01T00:00:00Z']) {
      vi.useFakeTimers({ now: new Date(wrong) });
      expect(all()).toEqual(plain);
    }
  });

  it.each([
    '2026-02-12T16:59:00+07:00',
    '2026-02-12T16:59:00+0700',
    '2026-02-12T09:59:00Z',
    '2026-02-12T04:59-05:00',
    '2026-02-12T16:59',
    '2026-02-12 16:59:00',
    '12/02/2026 16:59',
    '12-02-2026 16:59:30',
  ])('edge 22: %s is 16:59 on 12 February', (text) => {
    expect(parseMoment(text)).toEqual({ minute: at('2026-02-12T16:59'), dayOnly: false });
    expect(parseWholeMoment(text)).toEqual({ minute: at('2026-02-12T16:59'), dayOnly: false });
  });

  it('edge 22: dates alone, dates that are not, and text around a date', () => {
    for (const text of ['12/02/2026', '2026-02-12', ' 2026-02-12 '])
      expect(parseWholeMoment(text)).toEqual({ minute: at('2026-02-12T00:00'), dayOnly: true });
    for (const text of [
      '',
      '2026-02-30T10:00',
      '31/04/2026 10:00',
      '2026-02-12T24:00',
      '2026-02-12T10:60',
      '2026-02-12T10:00:60',
      '2026-02-12T10:00+15:00',
      '2026-02-12T10:00+07:60',
      'ngày 12/02/2026 16:59',
      '12/02/2026 16:59 và 13/02/2026',
      '1989-12-31T10:00',
      '2100-01-01T10:00',
      '12/02/26 16:59',
    ])
      expect([text, parseWholeMoment(text)]).toEqual([text, null]);
  });

  it('edge 23: months and years', () => {
    expect(due('2024-01-31T09:00', 1, 'month')).toBe('2024-02-29T17:00');
    // 28/02/2026 is a Saturday.
    expect(due('2026-01-30T09:00', 1, 'month')).toBe('2026-03-02T17:00');
    expect(due('2024-02-29T09:00', 1, 'year')).toBe('2025-02-28T17:00');
    // 30/4 and 1/5 are off, then a weekend.
    expect(due('2026-03-31T09:00', 1, 'month')).toBe('2026-05-04T17:00');
    // 15/02/2026 lies in Tết.
    expect(due('2025-12-15T09:00', 2, 'month')).toBe('2026-02-23T17:00');
    expect(due('2026-03-04T17:00', 1, 'month')).toBe('2026-04-06T17:00');
    expect(due('2026-03-04T09:00', 12, 'month')).toBe(due('2026-03-04T09:00', 1, 'year'));
  });

  it('edge 24: a dossier that goes to a unit with another calendar', () => {
    const hanoi = tableOf('hanoi-8h');
    const moved = transferTable(commune, hanoi, at('2026-03-05T10:00'));
    // Thursday: 07:30–10:00 there and 10:00–12:00, 13:00–17:00 here, half an hour more than either alone.
    expect(due('2026-03-04T07:30', 16, 'hour', { table: moved })).toBe('2026-03-05T16:30');
    expect(due('2026-03-04T07:30', 16, 'hour')).toBe('2026-03-05T17:00');
    expect(workingMinutesBetween(moved, at('2026-03-05T00:00'), at('2026-03-06T00:00'))).toBe(510);
    // At 11:45 the first unit has gone to lunch and the second not yet.
    const lunch = transferTable(commune, hanoi, at('2026-03-05T11:45'));
    expect(due('2026-03-05T11:00', 0.5, 'hour', { table: lunch })).toBe('2026-03-05T11:30');
    expect(due('2026-03-05T11:00', 0.75, 'hour', { table: lunch })).toBe('2026-03-05T12:00');
    expect(due('2026-03-06T12:30', 1, 'hour', { table: lunch })).toBe('2026-03-06T14:00');
    expect(due('2026-03-04T07:30', 1, 'hour', { table: lunch })).toBe('2026-03-04T08:30');
    expect(due('2026-03-06T07:00', 1, 'hour', { table: lunch })).toBe('2026-03-06T09:00');
  });

  it('edge 24: days off and the close are those of the unit that holds the dossier', () => {
    const moved = transferTable(commune, shifts, at('2026-03-05T00:00'));
    // Saturday is worked from then on: 5, 6, 7 March, until 11:00 on the last.
    expect(due('2026-03-04T09:00', 3, 'workday', { table: moved })).toBe('2026-03-07T11:00');
    expect(due('2026-02-26T09:00', 2, 'workday', { table: moved })).toBe('2026-03-02T17:00');
    const back = transferTable(shifts, commune, at('2026-03-09T00:00'));
    expect(due('2026-03-05T09:00', 3, 'workday', { table: back })).toBe('2026-03-09T17:00');
    expect(isWorkingDay(back, day('2026-03-07'))).toBe(true);
    expect(isWorkingDay(back, day('2026-03-14'))).toBe(false);
  });

  it('edge 24: a year is known only where the unit of that time knows it', () => {
    const early = tableOf('commune-8h', {}, [2025, 2026]);
    const later = tableOf('hanoi-8h', {}, [2027, 2028]);
    const year = ['2026-01-05T08:00', '2026-12-20T08:00'].map(at) as [number, number];
    expect(coverage(transferTable(early, later, at('2027-01-01T00:00')), ...year)).toBe('official');
    expect(coverage(transferTable(early, later, at('2026-07-01T00:00')), ...year)).toBe('none');
    const moved = transferTable(early, later, at('2027-01-01T00:00'));
    expect(coverage(moved, at('2025-02-03T08:00'), at('2028-02-03T08:00'))).toBe('official');
    expect(coverage(moved, at('2028-12-31T08:00'), at('2029-01-01T08:00'))).toBe('none');
  });

  it('edge 25: seconds and milliseconds are dropped', () => {
    const of = (text: string) => {
      const moment = parseWholeMoment(text);
      if (moment === null) throw new Error(text);
      return clock(dueAt(commune, { receivedAt: moment.minute, limit: { value: 5, unit: 'workday' } }, civil));
    };
    expect(of('2026-02-12T16:59:59+07:00')).toBe('2026-02-26T17:00');
    expect(of('2026-02-12T16:59:59.999+07:00')).toBe('2026-02-26T17:00');
    expect(of('2026-02-12T09:59:59.999999Z')).toBe('2026-02-26T17:00');
    expect(of('12/02/2026 16:59:59')).toBe('2026-02-26T17:00');
    expect(of('2026-02-12T17:00:00.000+07:00')).toBe('2026-02-27T17:00');
  });
});
