import { describe, expect, it } from 'vitest';
import type { WorkTable } from '../../lib/calendar/index.ts';
import { countingOf, dueAt, reappoint } from '../../lib/deadline/index.ts';
import type { Counting } from '../../lib/schema/index.ts';
import { isoOf } from '../../lib/text/index.ts';
import { at, FILE, tableOf, type Vector } from '../fixtures/vectors.ts';

const tables = new Map(Object.keys(FILE.calendars).map((id) => [id, tableOf(id)]));

function first(vector: Vector, counting: Counting): number | null {
  const { received, limit } = vector;
  const pauses = vector.pauses.map(({ from, to }) => ({ from: at(from), to: to === null ? null : at(to) }));
  return dueAt(tables.get(vector.calendar) as WorkTable, { receivedAt: at(received), limit, pauses }, counting);
}

function last(vector: Vector, counting: Counting): number | null {
  if (vector.reappoint === undefined) return first(vector, counting);
  const table = tables.get(vector.calendar) as WorkTable;
  const again = reappoint(table, at(vector.firstDue as string), vector.reappoint, counting);
  return again.ok ? again.due : null;
}

const text = (minute: number | null) => minute && isoOf(minute);

describe('the worked cases', () => {
  it.each([
    ['civil-code', 294, 'due', countingOf({ policy: 'civil-code', supplement: 'pause' })],
    ['hour-to-hour', 119, 'dueHourToHour', countingOf({ policy: 'hour-to-hour', supplement: 'pause' })],
    ['keep-time', 90, 'dueKeepTime', countingOf({ policy: 'keep-time', supplement: 'pause' })],
    [
      'day zero by the date of receipt',
      44,
      'dueActualDateDay0',
      countingOf({ policy: 'civil-code', dayZero: 'receipt-date', supplement: 'pause' }),
    ],
  ] as const)('%s: %i of them', (_, count, answer, counting) => {
    const cases = FILE.vectors.filter((vector) => vector[answer] !== undefined);
    expect(cases).toHaveLength(count);
    expect(cases.map((vector) => [vector.id, text(last(vector, counting))])).toEqual(
      cases.map((vector) => [vector.id, vector[answer]]),
    );
  });

  it('reach the first due moment of the re-appointed ones by themselves', () => {
    const civil = countingOf({ policy: 'civil-code', supplement: 'pause' });
    const cases = FILE.vectors.filter(({ firstDue }) => firstDue !== undefined);
    expect(cases).toHaveLength(30);
    expect(cases.map((vector) => text(first(vector, civil)))).toEqual(cases.map(({ firstDue }) => firstDue));
  });
});

describe('the way OpenCPS counts, where its rules and ours agree', () => {
  const by = countingOf({ policy: 'hour-to-hour', roundUpMinutes: 15, closeOfDay: 'next-opening' });
  const commune = tableOf('commune-8h');
  const due = (received: string, value: number, unit: 'workday' | 'hour' = 'workday', table = commune) =>
    text(dueAt(table, { receivedAt: at(received), limit: { value, unit } }, by));

  it.each([
    ['a whole day ends at the next opening, not at the close', '2026-03-02T07:30', 1, '2026-03-03T07:30'],
    ['a day from Friday afternoon', '2026-03-06T16:00', 1, '2026-03-09T16:00'],
    ['over the September holiday with 31/8 off', '2026-08-28T10:00', 1, '2026-09-03T10:00'],
    ['over Tết', '2026-02-13T08:00', 1, '2026-02-23T08:00'],
    ['up to the next quarter', '2026-03-02T09:53', 1, '2026-03-03T10:00'],
    ['an exact quarter stays', '2026-03-02T09:45', 1, '2026-03-03T09:45'],
    ['before opening counts from the opening', '2026-03-02T05:10', 1, '2026-03-03T07:30'],
    ['on a day off counts from the next working day', '2026-03-07T09:20', 1, '2026-03-10T07:30'],
  ])('%s', (_, received, days, expected) => {
    expect(due(received, days)).toBe(`${expected}:00+07:00`);
  });

  it('counts hours alike, and leaves the end of the morning where it is', () => {
    expect(due('2026-03-02T09:10', 2, 'hour')).toBe('2026-03-02T11:15:00+07:00');
    expect(due('2026-03-02T07:30', 4, 'hour')).toBe('2026-03-02T11:30:00+07:00');
    expect(due('2026-03-02T12:15', 1, 'hour')).toBe('2026-03-02T14:00:00+07:00');
    expect(due('2026-03-02T13:00', 4, 'hour')).toBe('2026-03-03T07:30:00+07:00');
  });

  it('drifts half an hour a day where the day has 7.5 hours: 10 days end on the 11th at 14:30', () => {
    // 80 h = 10 × 7.5 h + 4 h of the 11th morning + 1 h from 13:30.
    const weekly = FILE.calendars['sat-morning']?.workHours as WorkHours;
    const short = tableOf('sat-morning', { workHours: { ...weekly, sat: [] } });
    expect(due('2026-03-02T07:30', 10, 'workday', short)).toBe('2026-03-16T14:30:00+07:00');
  });

  it('has neither option unless it is chosen', () => {
    const plain = countingOf({ policy: 'hour-to-hour' });
    const day = { value: 1, unit: 'workday' } as const;
    const count = (received: string) => text(dueAt(commune, { receivedAt: at(received), limit: day }, plain));
    expect(count('2026-03-02T07:30')).toBe('2026-03-02T17:00:00+07:00');
    expect(count('2026-03-02T09:53')).toBe('2026-03-03T09:53:00+07:00');
  });
});

type WorkHours = (typeof FILE.calendars)[string]['workHours'];
