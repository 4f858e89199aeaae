import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingMinutes,
  packCalendar,
  SHIPPED_CALENDAR,
  shippedTable,
  WorkingCalendar,
  workingMinutesBetween,
} from '../../lib/calendar/index.ts';
import { assess, countingOf, DEFAULT_RULES, dueAt } from '../../lib/deadline/index.ts';
import { statusOf } from '../../lib/dossier/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { isoOf } from '../../lib/text/index.ts';
import { expectFor, judgeVisible, type Visible, visible } from '../sandbox/expect.ts';
import { addWorkingMinutes as naiveAdd, workingMinutesBetween as naiveBetween, wall } from '../sandbox/naive-time.ts';
import { makePopulation } from '../sandbox/population.ts';
import type { SandboxDossier, View } from '../sandbox/types.ts';

const table = shippedTable();
const dueOf = (receivedAt: number, value: number) =>
  dueAt(table, { receivedAt, limit: { value, unit: 'workday' } }, countingOf({ policy: 'civil-code' }));

/** The record that a perfect reading of a view would give. */
function recordOf(dossier: SandboxDossier, view: View, now: number): Dossier {
  const seen: Visible = visible(dossier, view);
  return {
    code: dossier.code,
    aliases: dossier.nationCode ? [dossier.nationCode] : [],
    codeKnown: true,
    procedure: { code: dossier.procedure.code, name: dossier.procedure.name },
    channel: seen.channel,
    submittedAt: seen.submittedAt,
    receivedAt: seen.receivedAt,
    dueAt: seen.dueAt,
    extendedDueAt: seen.extendedDueAt,
    completedAt: seen.completedAt,
    returnedAt: seen.returnedAt,
    dayOnly: [...seen.dayOnly],
    limit: seen.limit,
    status: { code: seen.status, text: dossier.statusText },
    step: seen.step,
    pauses: (seen.pauses ?? []).map((pause) => ({ ...pause, kind: 'supplement' as const })),
    supplementRequests: seen.supplementRequests,
    noDueDate: seen.noDueDate,
    source: { kind: 'json', adapter: 'test', readAt: now },
    gaps: [],
  };
}

const VIEWS: View[] = [
  'igate-json-list',
  'igate-json-detail',
  'igate-dom-list',
  'igate-dom-detail',
  'opencps-dom-list',
  'opencps-json-list',
  'opencps-json-detail',
  'opencps-dom-detail',
  'webforms-list',
  'webforms-detail',
];
const MOMENTS = [
  '2026-11-25T09:40',
  '2026-11-24T10:00',
  '2026-11-28T11:00',
  '2026-11-25T23:30',
  '2026-02-16T09:00',
  '2026-12-30T16:30',
  '2026-08-22T08:10',
];

describe('assess agrees with the minute-by-minute oracle', () => {
  for (const moment of MOMENTS) {
    for (const view of VIEWS) {
      it(`${view} at ${moment}`, () => {
        const now = wall(moment);
        for (const dossier of makePopulation({ seed: 'assess', now, count: 280 }).dossiers) {
          const context = { table, now, rules: DEFAULT_RULES };
          const { shown, mismatch } = assess(recordOf(dossier, view, now), context, dueAt);
          const got = {
            clock: shown.clock,
            verdict: shown.verdict,
            due: shown.dueAt === null ? '' : isoOf(shown.dueAt),
            left: shown.left,
            mismatch,
          };
          expect({ code: dossier.code, situation: dossier.situation, ...got }).toEqual({
            code: dossier.code,
            situation: dossier.situation,
            ...expectFor(dossier, view, now),
          });
        }
      });
    }
  }

  it('supplement without a known pause never turns red', () => {
    const now = wall('2026-11-25T09:40');
    const dossier = makePopulation({ seed: 'assess', now, count: 56 }).dossiers.find(
      (d) => d.situation === 'overdue-days',
    );
    if (!dossier) throw new Error('no overdue dossier in the population');
    const record = { ...recordOf(dossier, 'igate-json-list', now), supplementRequests: 1, step: undefined };
    const { shown } = assess(record, { table, now, rules: DEFAULT_RULES });
    expect(shown).toMatchObject({ verdict: 'unknown', reason: 'pause-history' });
    expect(
      judgeVisible({ ...visible(dossier, 'igate-json-list'), supplementRequests: 1, step: undefined }, now).verdict,
    ).toBe('unknown');
  });

  it('a year without a table gives unknown', () => {
    const now = wall('2027-12-30T09:00');
    const base = makePopulation({ seed: 'assess', now: wall('2026-11-25T09:40'), count: 1 }).dossiers[0];
    if (!base) throw new Error('empty population');
    const record: Dossier = {
      ...recordOf(base, 'igate-json-list', now),
      status: { code: 4, text: 'Đang xử lý' },
      dueAt: wall('2028-01-10T17:00'),
      step: undefined,
      extendedDueAt: undefined,
    };
    expect(assess(record, { table, now, rules: DEFAULT_RULES }).shown).toMatchObject({
      verdict: 'unknown',
      reason: 'no-calendar',
    });
  });
});

describe('working time', () => {
  const moment = fc.integer({ min: wall('2024-03-01T00:00'), max: wall('2027-10-01T00:00') });

  it('the shipped calendar fits its schema', () => {
    expect(WorkingCalendar.safeParse(SHIPPED_CALENDAR).success).toBe(true);
  });

  it('counts as a walk over minutes does', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -60_000, max: 60_000 }), (a, span) => {
        expect(workingMinutesBetween(table, a, a + span)).toBe(naiveBetween(a, a + span));
      }),
      { numRuns: 300 },
    );
  });

  it('adding then counting gives the amount back', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 9000 }), (start, amount) => {
        const end = addWorkingMinutes(table, start, amount);
        if (end === null) throw new Error('beyond the table');
        expect(workingMinutesBetween(table, start, end)).toBe(amount);
        expect(end).toBe(naiveAdd(start, amount));
      }),
      { numRuns: 300 },
    );
  });

  it('a later receipt never gives an earlier due', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 40 }), (start, later, value) => {
        expect(dueOf(start + later, value)).toBeGreaterThanOrEqual(dueOf(start, value) ?? Infinity);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['2026-02-12T16:59', 5, '2026-02-26T17:00:00+07:00'],
    ['2026-02-12T17:00', 5, '2026-02-27T17:00:00+07:00'],
    ['2026-01-09T10:20', 1, '2026-01-10T17:00:00+07:00'],
    ['2026-08-21T10:00', 3, '2026-08-25T17:00:00+07:00'],
  ])('%s + %i working days = %s', (from, value, due) => {
    expect(isoOf(dueOf(wall(from), value) ?? 0)).toBe(due);
  });

  it('refuses a calendar with a day that does not exist', () => {
    const broken = structuredClone(SHIPPED_CALENDAR);
    broken.years[0]?.off.push('2024-02-31');
    expect(() => packCalendar(broken)).toThrow('2024-02-31');
  });
});

describe('status words', () => {
  it.each([
    ['Đang xử lý', 4],
    ['  THỤ LÝ HỒ SƠ ', 4],
    ['Không được tiếp nhận', 3],
    ['Được tiếp nhận', 2],
    ['Yêu cầu thanh toán', 6],
    ['Đã thanh toán', 'unknown'],
    ['', 'unknown'],
  ])('%s', (text, code) => {
    expect(statusOf(text)).toBe(code);
  });
});
