import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CalendarLayer, mergeCalendars, SHIPPED_CALENDAR, WorkingCalendar } from '../../lib/calendar/index.ts';

const text = (max: number, min = 0) => fc.string({ minLength: min, maxLength: max, unit: 'grapheme-ascii' });
/** Often the same few days, so that lists meet. */
const date = fc
  .tuple(fc.constantFrom(2025, 2026, 2027, 2028), fc.constantFrom('01', '09'), fc.integer({ min: 1, max: 9 }))
  .map(([year, month, day]) => `${year}-${month}-0${day}`);
const hours = fc.constantFrom<[string, string][]>(
  [],
  [['08:00', '11:00']],
  [
    ['07:00', '11:00'],
    ['13:00', '16:00'],
  ],
);
const off = fc.oneof(
  date,
  fc.record({ date, reason: text(300, 1), source: text(300, 1) }, { requiredKeys: ['date', 'reason'] }),
);
const parts = {
  off: fc.array(off, { maxLength: 6 }),
  working: fc.array(fc.record({ date, hours }, { requiredKeys: ['date'] }), { maxLength: 6 }),
  swaps: fc.array(fc.record({ off: date, work: date }), { maxLength: 60 }),
  undecided: fc.array(fc.record({ why: text(300, 1), assumed: date }, { requiredKeys: ['why'] }), { maxLength: 60 }),
  status: fc.constantFrom('official' as const, 'provisional' as const),
  source: text(600),
};
const year = fc.constantFrom(2025, 2026, 2027, 2028);
const weekly = fc.record({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours });
const named = { id: text(80, 1), version: text(80, 1), label: text(300, 1), source: text(600) };
const layer: fc.Arbitrary<CalendarLayer> = fc.record(
  {
    kind: fc.constantFrom('national' as const, 'unit' as const),
    ...named,
    sameDayCutoff: fc.constantFrom('14:00', '15:30'),
    weekly,
    years: fc.array(fc.record({ year, ...parts }, { requiredKeys: ['year'] }), { maxLength: 4 }),
  },
  { requiredKeys: ['kind', 'id', 'version', 'label', 'source', 'years'] },
);
const calendar: fc.Arbitrary<WorkingCalendar> = fc.record({
  ...named,
  weekly,
  years: fc.array(fc.record({ year, ...parts }), { maxLength: 5 }),
});

describe('laws of merging', () => {
  it('changes nothing with no layers', () => {
    fc.assert(
      fc.property(calendar, (base) => {
        expect(mergeCalendars(base, [])).toEqual(base);
      }),
    );
  });

  it('is the same with one layer twice', () => {
    fc.assert(
      fc.property(calendar, layer, (base, one) => {
        expect(mergeCalendars(base, [one, one])).toEqual(mergeCalendars(base, [one]));
      }),
    );
  });

  it('always gives a calendar, and leaves what it was given alone', () => {
    fc.assert(
      fc.property(calendar, fc.array(layer, { maxLength: 4 }), (base, layers) => {
        const given = structuredClone({ base, layers });
        expect(layers.every((one) => CalendarLayer.safeParse(one).success)).toBe(true);
        expect(WorkingCalendar.safeParse(mergeCalendars(base, layers)).error).toBeUndefined();
        expect({ base, layers }).toEqual(given);
      }),
    );
  });

  it('is the same one by one', () => {
    fc.assert(
      fc.property(calendar, layer, layer, (base, first, second) => {
        expect(mergeCalendars(mergeCalendars(base, [first]), [second])).toEqual(mergeCalendars(base, [first, second]));
      }),
    );
  });
});

const own = (layer: Partial<CalendarLayer>): CalendarLayer => ({
  kind: 'unit',
  id: 'phuong',
  version: '1',
  label: 'Phường Một',
  source: 'QĐ 1',
  years: [],
  ...layer,
});
const yearOf = (merged: WorkingCalendar, wanted: number) => merged.years.find((one) => one.year === wanted);

describe('a national layer', () => {
  it('replaces a year as a whole, with empty parts and as official', () => {
    const merged = mergeCalendars(SHIPPED_CALENDAR, [
      own({ kind: 'national', source: 'TB 7', years: [{ year: 2027, off: ['2027-01-01'] }] }),
    ]);
    expect(yearOf(merged, 2027)).toEqual({
      year: 2027,
      status: 'official',
      source: 'TB 7',
      off: ['2027-01-01'],
      working: [],
      swaps: [],
      undecided: [],
    });
    expect(yearOf(merged, 2026)).toEqual(yearOf(SHIPPED_CALENDAR, 2026));
  });

  it('may add a year, in its place', () => {
    const merged = mergeCalendars(SHIPPED_CALENDAR, [
      own({ kind: 'national', years: [{ year: 2028, status: 'provisional' }, { year: 2023 }] }),
    ]);
    expect(merged.years.map(({ year: one }) => one)).toEqual([2023, 2024, 2025, 2026, 2027, 2028]);
    expect(yearOf(merged, 2028)?.status).toBe('provisional');
  });
});

describe('a unit layer', () => {
  it('adds days off with its own source, and never makes a year known or official', () => {
    const merged = mergeCalendars(SHIPPED_CALENDAR, [
      own({
        years: [
          { year: 2027, status: 'official', off: [{ date: '2027-03-05', reason: 'chuyển trụ sở' }, '2027-03-08'] },
          { year: 2030, off: ['2030-03-05'] },
        ],
      }),
    ]);
    expect(yearOf(merged, 2030)).toBeUndefined();
    const found = yearOf(merged, 2027);
    expect(found?.status).toBe('provisional');
    expect(found?.off).toContainEqual({ date: '2027-03-05', reason: 'chuyển trụ sở', source: 'QĐ 1' });
    expect(found?.off).toContain('2027-03-08');
    expect(found?.off).toHaveLength(14);
    expect(found?.source).toMatch(/ \+ QĐ 1$/);
  });

  it('works on a day off, and is off on a working day, with the swap undone', () => {
    const merged = mergeCalendars(SHIPPED_CALENDAR, [
      own({
        years: [{ year: 2026, off: ['2026-01-10'], working: [{ date: '2026-08-31', hours: [['08:00', '11:00']] }] }],
      }),
    ]);
    const found = yearOf(merged, 2026);
    expect(found?.off).toContain('2026-01-10');
    expect(found?.off).not.toContain('2026-08-31');
    expect(found?.working).toEqual([{ date: '2026-08-22' }, { date: '2026-08-31', hours: [['08:00', '11:00']] }]);
    expect(found?.swaps).toEqual([]);
  });

  it('may bring its own week and cut-off; of two layers the later one wins', () => {
    const sat: [string, string][] = [['07:30', '11:30']];
    const merged = mergeCalendars(SHIPPED_CALENDAR, [
      own({
        sameDayCutoff: '14:00',
        weekly: { ...SHIPPED_CALENDAR.weekly, sat },
        years: [{ year: 2026, working: [{ date: '2026-09-01' }] }],
      }),
      own({ label: 'Tổ Hai', sameDayCutoff: '15:30', years: [{ year: 2026, off: ['2026-09-01'] }] }),
    ]);
    expect(merged.weekly.sat).toEqual(sat);
    expect(merged.sameDayCutoff).toBe('15:30');
    expect(yearOf(merged, 2026)?.working.map(({ date: one }) => one)).not.toContain('2026-09-01');
    expect(merged.label).toBe(`${SHIPPED_CALENDAR.label} + Phường Một + Tổ Hai`);
  });
});
