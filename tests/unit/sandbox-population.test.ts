import { describe, expect, it } from 'vitest';
import type { Visible } from '../sandbox/expect.ts';
import { expectFor, judgeVisible, openCpsGroup, openCpsGroups, visible } from '../sandbox/expect.ts';
import {
  addWorkingMinutes,
  closeOfDay,
  dayOf,
  isoMinute,
  isWorkingDay,
  isWorkingMinute,
  minuteOfDay,
  nextWorkingMinute,
  nthWorkingDayClose,
  sameDayClose,
  shiftWorkingDays,
  wall,
  workingMinutesBetween,
} from '../sandbox/naive-time.ts';
import { dueByLimit, makePopulation, SITUATIONS } from '../sandbox/population.ts';
import type { Expected, SandboxDossier, View } from '../sandbox/types.ts';

const RICHEST: View = 'igate-json-detail';

const VIEWS: readonly View[] = [
  'igate-json-detail',
  'igate-json-detail',
  'igate-dom-list',
  'igate-dom-detail',
  'opencps-json-list',
  'opencps-json-detail',
  'opencps-dom-list',
  'opencps-dom-detail',
  'webforms-list',
  'webforms-detail',
];

const NOWS: readonly [string, string][] = [
  ['Tuesday, a holiday from 2026', '2026-11-24T09:40'],
  ['Wednesday morning', '2026-11-25T09:40'],
  ['Wednesday at the opening', '2026-11-25T07:31'],
  ['Wednesday at the close', '2026-11-25T17:00'],
  ['Wednesday late', '2026-11-25T23:30'],
  ['midnight', '2026-11-26T00:00'],
  ['Saturday', '2026-11-28T10:15'],
  ['working Saturday', '2026-08-22T14:00'],
  ['Tết', '2026-02-16T10:00'],
  ['first morning after Tết 2027', '2027-02-11T08:00'],
  ['end of the year', '2026-12-30T16:30'],
  ['last night of the year', '2026-12-31T23:59'],
];

function population(now: string, count?: number, seed = 'unit'): SandboxDossier[] {
  return makePopulation({ seed, now: wall(now), count }).dossiers;
}

describe('naive working time', () => {
  it('knows the wall clock of UTC+7', () => {
    expect(isoMinute(wall('2026-11-25T09:40'))).toBe('2026-11-25T09:40:00+07:00');
    expect(isoMinute(0)).toBe('1970-01-01T07:00:00+07:00');
    expect(wall('1970-01-01')).toBe(-420);
    expect(minuteOfDay(wall('2026-11-25T23:59'))).toBe(1439);
    expect(dayOf(wall('2026-11-25')) - dayOf(wall('2026-11-24T23:59'))).toBe(1);
  });

  it('knows which minutes are worked', () => {
    const worked = (text: string): boolean => isWorkingMinute(wall(text));
    expect(worked('2026-11-25T07:29')).toBe(false);
    expect(worked('2026-11-25T07:30')).toBe(true);
    expect(worked('2026-11-25T11:29')).toBe(true);
    expect(worked('2026-11-25T11:30')).toBe(false);
    expect(worked('2026-11-25T12:59')).toBe(false);
    expect(worked('2026-11-25T13:00')).toBe(true);
    expect(worked('2026-11-25T16:59')).toBe(true);
    expect(worked('2026-11-25T17:00')).toBe(false);
    expect(worked('2026-11-24T09:00')).toBe(false);
    expect(worked('2026-11-28T09:00')).toBe(false);
    expect(worked('2026-08-22T09:00')).toBe(true);
    expect(worked('2026-02-16T09:00')).toBe(false);
    expect(worked('2027-02-04T09:00')).toBe(false);
    expect(worked('2027-02-11T09:00')).toBe(true);
  });

  it('finds the next working minute', () => {
    const next = (text: string): string => isoMinute(nextWorkingMinute(wall(text))).slice(0, 16);
    expect(next('2026-11-25T09:40')).toBe('2026-11-25T09:40');
    expect(next('2026-11-25T11:30')).toBe('2026-11-25T13:00');
    expect(next('2026-11-23T17:00')).toBe('2026-11-25T07:30');
    expect(next('2026-02-13T17:00')).toBe('2026-02-23T07:30');
    expect(next('2026-01-09T18:00')).toBe('2026-01-10T07:30');
  });

  it('answers the cases a person will ask about', () => {
    const close = (text: string, n: number): string => isoMinute(nthWorkingDayClose(wall(text), n)).slice(0, 16);
    expect(close('2026-02-12T16:59', 5)).toBe('2026-02-26T17:00');
    expect(close('2026-02-12T17:00', 5)).toBe('2026-02-27T17:00');
    expect(close('2026-01-09T10:20', 1)).toBe('2026-01-10T17:00');
    expect(close('2026-08-21T09:00', 3)).toBe('2026-08-25T17:00');
    expect(close('2026-11-23T15:00', 1)).toBe('2026-11-25T17:00');
    expect(close('2026-11-28T09:00', 1)).toBe('2026-12-01T17:00');
  });

  it('returns a same-day procedure by the close, from 15:00 on by the next one', () => {
    const close = (text: string): string => isoMinute(sameDayClose(wall(text))).slice(0, 16);
    expect(close('2026-11-25T09:40')).toBe('2026-11-25T17:00');
    expect(close('2026-11-25T14:59')).toBe('2026-11-25T17:00');
    expect(close('2026-11-25T15:00')).toBe('2026-11-26T17:00');
    // Before a holiday; after closing time the receipt is that of the next opening.
    expect(close('2026-11-23T15:20')).toBe('2026-11-25T17:00');
    expect(close('2026-11-25T17:00')).toBe('2026-11-26T17:00');
    expect(close('2026-11-28T15:30')).toBe('2026-11-30T17:00');
  });

  it('adds and subtracts working minutes', () => {
    const add = (text: string, minutes: number): string =>
      isoMinute(addWorkingMinutes(wall(text), minutes)).slice(0, 16);
    expect(add('2026-11-25T09:40', 110)).toBe('2026-11-25T11:30');
    expect(add('2026-11-25T09:40', 111)).toBe('2026-11-25T13:01');
    expect(add('2026-11-25T09:40', 350)).toBe('2026-11-25T17:00');
    expect(add('2026-11-25T09:40', 351)).toBe('2026-11-26T07:31');
    expect(add('2026-11-23T16:00', 480)).toBe('2026-11-25T16:00');
    expect(add('2026-11-23T17:00', 480)).toBe('2026-11-25T17:00');
    expect(add('2026-11-25T12:00', 0)).toBe('2026-11-25T13:00');

    const between = (a: string, b: string): number => workingMinutesBetween(wall(a), wall(b));
    expect(between('2026-11-25T09:40', '2026-11-25T17:00')).toBe(350);
    expect(between('2026-11-25T09:40', '2026-11-27T17:00')).toBe(1310);
    expect(between('2026-11-25T17:00', '2026-11-25T09:40')).toBe(-350);
    expect(between('2026-11-23T17:00', '2026-11-25T07:30')).toBe(0);
    expect(Object.is(between('2026-11-25T07:30', '2026-11-23T17:00'), 0)).toBe(true);
    expect(between('2026-02-13T07:30', '2026-02-23T17:00')).toBe(960);
  });

  it('agrees with itself, minute by minute', () => {
    for (const start of ['2026-11-23T15:13', '2026-02-13T10:01', '2026-08-21T16:59', '2026-12-31T12:10']) {
      let count = 0;
      const a = wall(start);
      for (let b = a; b < a + 5 * 1440; b += 1) {
        if ((b - a) % 37 === 0) expect(workingMinutesBetween(a, b)).toBe(count);
        if (isWorkingMinute(b)) count += 1;
        if (isWorkingMinute(b) && count % 41 === 0) expect(addWorkingMinutes(a, count)).toBe(b + 1);
      }
    }
  });
});

describe('population', () => {
  it('is a pure function of seed and now', () => {
    expect(population('2026-11-25T09:40')).toEqual(population('2026-11-25T09:40'));
    expect(population('2026-11-25T09:40', 60, 'other')).not.toEqual(population('2026-11-25T09:40', 60));
  });

  it('does not change when more are asked for', () => {
    const many = population('2026-11-25T09:40', 2000);
    expect(many.slice(0, 360)).toEqual(population('2026-11-25T09:40'));
  });

  it('has every situation and every status', () => {
    const dossiers = population('2026-11-25T09:40');
    expect(new Set(SITUATIONS).size).toBe(32);
    expect(new Set(dossiers.map((dossier) => dossier.situation))).toEqual(new Set(SITUATIONS));
    expect([...new Set(dossiers.map((dossier) => dossier.status))].sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(new Set(dossiers.map((dossier) => dossier.channel)).size).toBe(3);
  });

  it('repeats no code, id or person', () => {
    const dossiers = population('2026-11-25T09:40', 5000);
    const all = (read: (dossier: SandboxDossier) => string | number | undefined): void => {
      const values = dossiers.map(read).filter((value) => value !== undefined);
      expect(new Set(values).size).toBe(values.length);
    };
    all((dossier) => dossier.id);
    all((dossier) => dossier.numericId);
    all((dossier) => dossier.code);
    all((dossier) => dossier.nationCode);

    const people = new Set(dossiers.flatMap((dossier) => [dossier.owner, dossier.submitter]));
    for (const field of ['name', 'identity', 'phone', 'email', 'address'] as const) {
      expect(new Set([...people].map((person) => person[field])).size).toBe(people.size);
    }
    for (const person of people) {
      expect(person.identity).toMatch(/^999\d{9}$/);
      expect(person.phone).toMatch(/^0999\d{6}$/);
      expect(person.email).toMatch(/@example\.invalid$/);
      // In every name, whatever else is in it, so that a leak can be searched for.
      expect(person.name.normalize('NFC').toUpperCase()).toMatch(/MẪU \d{5}/);
      expect(person.address).toMatch(/Không Có \d{5}/);
    }
    const files = dossiers.flatMap((dossier) => dossier.components.flatMap((part) => part.files));
    expect(new Set(files.map((file) => file.name)).size).toBe(files.length);
    expect(files.every((file) => /-mau-\d{5}/.test(file.name))).toBe(true);
  });

  it('writes codes that cannot exist', () => {
    const dossiers = population('2026-11-25T09:40', 1000);
    const usual = dossiers.filter((dossier) => /^H29\.999-\d{6}-\d{4,5}$/.test(dossier.code));
    const other = dossiers.filter((dossier) => /^000\.00\.99\.H29-\d{6}-\d{4,5}$/.test(dossier.code));
    const strange = dossiers.filter((dossier) => /^HS\/LẠ \d{5}-26$/.test(dossier.code));
    expect(other).toHaveLength(30);
    expect(strange).toHaveLength(10);
    expect(usual).toHaveLength(960);
    for (const dossier of usual) {
      const day = isoMinute(dossier.receivedAt ?? dossier.submittedAt)
        .slice(2, 10)
        .replaceAll('-', '');
      expect(dossier.code.slice(8, 14)).toBe(day);
    }
    expect(dossiers.every((dossier) => /^9\.9\d{5}$/.test(dossier.procedure.code))).toBe(true);
    const second = dossiers.filter((dossier) => dossier.nationCode !== undefined);
    expect(second.length).toBeGreaterThan(100);
    expect(second.every((dossier) => /^G00\.99-\d{6}-\d{4,5}$/.test(dossier.nationCode ?? ''))).toBe(true);
  });

  it('has awkward names among the first thirty', () => {
    const dossiers = population('2026-11-25T09:40', 30);
    const names = dossiers.map((dossier) => dossier.owner.name);
    const some = (test: (name: string) => boolean): void => expect(names.some(test)).toBe(true);
    some((name) => name.includes('<b>Đậm</b>'));
    some((name) => name.includes('<script>window.__pwned=1</script>'));
    some((name) => name.includes('"') && name.includes("'"));
    some((name) => name !== name.normalize('NFC'));
    some((name) => name.length === 200);
    some((name) => name.includes('&amp;'));
    some((name) => name.startsWith('CÔNG TY'));
    expect(dossiers.some((dossier) => dossier.owner !== dossier.submitter)).toBe(true);
    expect(dossiers.some((dossier) => dossier.owner === dossier.submitter)).toBe(true);
  });

  it('has papers of every kind', () => {
    const dossiers = population('2026-11-25T09:40');
    for (const { components } of dossiers) {
      expect(components.length).toBeGreaterThanOrEqual(2);
      expect(components.length).toBeLessThanOrEqual(6);
      expect(components.some((part) => part.required && !part.conditional)).toBe(true);
      for (const part of components) if (part.heading) expect(part.files).toEqual([]);
    }
    const rows = dossiers.flatMap((dossier) => dossier.components);
    expect(rows.some((part) => part.heading)).toBe(true);
    expect(rows.some((part) => part.conditional && part.required)).toBe(true);
    expect(rows.some((part) => part.conditional && /đối với người nước ngoài/.test(part.name))).toBe(true);
    expect(rows.some((part) => part.required && !part.conditional && part.files.length === 0)).toBe(true);
    expect(rows.some((part) => part.files.length === 1)).toBe(true);
    expect(rows.some((part) => part.files.length > 1)).toBe(true);
    expect(rows.some((part) => part.files.some((file) => file.size === 0))).toBe(true);
  });

  it('mostly has a limit and a promise that follows from it', () => {
    const underWay = population('2026-11-25T09:40', 1000).filter(
      (dossier) => dossier.status === 2 || dossier.status === 4,
    );
    const consistent = underWay.filter((dossier) => {
      const { limit, receivedAt, dueAt } = dossier;
      if (!limit || receivedAt === undefined || dueAt === undefined) return false;
      const promise = minuteOfDay(dueAt) === 0 ? closeOfDay(dayOf(dueAt)) : dueAt;
      return Math.abs(workingMinutesBetween(dueByLimit(receivedAt, limit), promise)) < 480;
    });
    expect(consistent.length / underWay.length).toBeGreaterThan(0.6);
    expect(consistent.length / underWay.length).toBeLessThan(0.8);
    const minutes = new Set(underWay.map((dossier) => dossier.dueAt && isoMinute(dossier.dueAt).slice(11, 16)));
    expect(minutes.has('17:00') && minutes.has('11:30') && minutes.size > 10).toBe(true);
  });

  it.each(NOWS)('keeps the moments in order: %s', (_, now) => {
    for (const dossier of population(now)) {
      const { submittedAt, receivedAt, dueAt, extendedDueAt, completedAt, returnedAt, step } = dossier;
      const known = [submittedAt, receivedAt, completedAt, returnedAt].filter((moment) => moment !== undefined);
      expect(known).toEqual([...known].sort((a, b) => a - b));
      expect(Math.max(...known)).toBeLessThanOrEqual(wall(now));
      if (receivedAt !== undefined && dueAt !== undefined)
        expect(dayOf(dueAt)).toBeGreaterThanOrEqual(dayOf(receivedAt));
      if (dueAt !== undefined && extendedDueAt !== undefined) expect(extendedDueAt).toBeGreaterThan(dueAt);
      const waited = dossier.supplements?.flatMap(({ from, to }) => [from, to]) ?? [];
      const inOrder = [receivedAt ?? 0, ...waited, wall(now)];
      expect(inOrder).toEqual([...new Set(inOrder)].sort((a, b) => a - b));
      if (dossier.supplements) expect(dossier.supplementRequests).toBe(dossier.supplements.length);
      if (step) expect(step.startedAt).toBeGreaterThanOrEqual(receivedAt ?? 0);
      if (step?.dueAt !== undefined && step.limit) expect(step.dueAt).toBe(dueByLimit(step.startedAt, step.limit));
    }
  });
});

/** Taken in outside the hours: the first worked minute is that of an opening. */
function takenInAtOpening({ receivedAt = 0 }: SandboxDossier): boolean {
  return minuteOfDay(nextWorkingMinute(receivedAt)) === 7 * 60 + 30;
}

/** What each situation must give where everything can be read. */
function named(dossier: SandboxDossier, now: number): Partial<Expected> {
  const { situation } = dossier;
  const dueTodayPossible = isWorkingDay(dayOf(now)) && closeOfDay(dayOf(now)) - now > 120;
  switch (situation) {
    case 'new-online-fresh':
      return { clock: 'acceptance', verdict: 'on-time' };
    case 'new-online-late':
      return { clock: 'acceptance', verdict: 'overdue' };
    case 'new-counter':
      return { clock: 'appointment', verdict: 'not-started', due: '', left: null };
    case 'on-time':
    case 'short-limit':
      return { clock: 'appointment', verdict: 'on-time', mismatch: null };
    case 'due-soon':
      return { clock: 'appointment', verdict: 'due-soon', mismatch: null };
    case 'due-today':
      return { clock: 'appointment', verdict: dueTodayPossible ? 'due-today' : 'due-soon', mismatch: null };
    case 'overdue-hours':
    case 'overdue-days':
    case 'after-supplement-overdue':
      return { clock: 'appointment', verdict: 'overdue', mismatch: null };
    case 'no-due':
      return { clock: 'appointment', verdict: 'unknown', due: '', left: null };
    case 'extended':
      return {
        clock: 'appointment',
        verdict: (dossier.extendedDueAt ?? 0) > now ? 'on-time' : 'overdue',
        due: isoMinute(dossier.extendedDueAt ?? 0),
        mismatch: null,
      };
    case 'step-late':
      return { clock: 'step', verdict: 'overdue' };
    case 'waiting-supplement':
    case 'waiting-fee':
      return { clock: 'appointment', verdict: 'paused', left: null };
    case 'ready-on-time':
    case 'ready-no-date':
      return { clock: 'return', verdict: 'awaiting-pickup', left: null };
    case 'ready-late':
    case 'returned-late':
      return { clock: 'appointment', verdict: 'finished-late' };
    case 'returned-on-time':
      return { clock: 'appointment', verdict: 'finished-on-time' };
    case 'returned-pickup-late':
      return { clock: 'appointment', verdict: dossier.completedAt === undefined ? 'unknown' : 'finished-on-time' };
    case 'refused':
    case 'withdrawn':
    case 'stopped': {
      const { completedAt, dueAt } = dossier;
      if (completedAt === undefined || dueAt === undefined) return { clock: 'appointment', verdict: 'unknown' };
      return { clock: 'appointment', verdict: completedAt > dueAt ? 'finished-late' : 'finished-on-time' };
    }
    case 'odd-status':
      return { clock: 'appointment', verdict: 'unknown', due: isoMinute(dossier.dueAt ?? 0), left: null };
    case 'due-on-holiday':
      return { clock: 'appointment', due: isoMinute(dossier.dueAt ?? 0), mismatch: null };
    case 'midnight-due':
      return { clock: 'appointment', due: isoMinute(closeOfDay(dayOf(dossier.dueAt ?? 0))), mismatch: null };
    case 'mismatch':
    case 'supplement-known':
      return { clock: 'appointment', due: isoMinute(dossier.dueAt ?? 0) };
    case 'hour-counted':
      return { clock: 'appointment', mismatch: takenInAtOpening(dossier) ? -480 : null };
    case 'same-day-late':
      return { clock: 'appointment', due: isoMinute(dossier.dueAt ?? 0), mismatch: null };
    case 'no-appointment':
      return { clock: 'appointment', verdict: 'unknown', due: '', left: null, mismatch: null };
  }
}

describe.each(NOWS)('situations on %s', (_, text) => {
  const now = wall(text);
  const dossiers = population(text);

  it('give the verdict they are named after', () => {
    for (const dossier of dossiers) {
      expect({ ...expectFor(dossier, RICHEST, now), at: dossier.code }).toMatchObject({
        ...named(dossier, now),
        at: dossier.code,
      });
    }
  });

  it('show what is special about them', () => {
    for (const dossier of dossiers) {
      const { situation, dueAt = 0 } = dossier;
      const { left, mismatch, verdict } = expectFor(dossier, RICHEST, now);
      if (situation === 'mismatch') {
        expect(Math.abs(mismatch ?? 0)).toBeGreaterThanOrEqual(480);
      } else if (situation === 'short-limit') {
        // Without its limit the same dossier would be due soon.
        expect(expectFor({ ...dossier, limit: undefined, step: undefined }, RICHEST, now).verdict).toBe('due-soon');
      } else if (situation === 'due-on-holiday') {
        expect(isWorkingDay(dayOf(dueAt))).toBe(false);
        const next = closeOfDay(shiftWorkingDays(dayOf(dueAt), 1));
        expect(verdict === 'overdue').toBe(next < now);
        expect(left).toBe(workingMinutesBetween(now, next));
      } else if (situation === 'midnight-due') {
        expect(minuteOfDay(dueAt)).toBe(0);
      } else if (situation === 'overdue-hours') {
        expect(left).toBeLessThan(0);
        expect(left).toBeGreaterThan(-480);
      } else if (situation === 'overdue-days') {
        expect(left).toBeLessThanOrEqual(-480);
      } else if (situation === 'returned-pickup-late') {
        expect(dossier.returnedAt).toBeGreaterThan(dueAt);
      } else if (situation === 'supplement-known') {
        const { receivedAt = 0, supplements = [], limit } = dossier;
        const restart = nthWorkingDayClose(supplements.at(-1)?.to ?? 0, limit?.value ?? 0);
        const atOnce = dayOf(supplements[0]?.from ?? 0) === dayOf(receivedAt);
        expect(mismatch).toBe(atOnce ? null : workingMinutesBetween(restart, dueAt));
        if (!atOnce) expect(restart).toBeGreaterThan(dueAt);
        // Whoever cannot see the supplement counts from the receipt, and finds the promise too late.
        expect(expectFor(dossier, 'igate-json-list', now).mismatch).toBeGreaterThanOrEqual(480);
      } else if (situation === 'same-day-late') {
        const { receivedAt = 0 } = dossier;
        const late = minuteOfDay(receivedAt) >= 15 * 60;
        expect(dayOf(dueAt)).toBe(late ? shiftWorkingDays(dayOf(receivedAt), 1) : dayOf(receivedAt));
      }
    }
  });

  it('show both sides of each way of counting', () => {
    const of = (situation: string): SandboxDossier[] => dossiers.filter((dossier) => dossier.situation === situation);
    const both = (values: readonly unknown[]): void => expect(new Set(values).size).toBe(2);
    both(of('hour-counted').map(takenInAtOpening));
    both(of('same-day-late').map(({ receivedAt = 0 }) => minuteOfDay(receivedAt) >= 15 * 60));
    both(of('supplement-known').map(({ supplements = [] }) => supplements.length));
    both(of('supplement-known').map((dossier) => expectFor(dossier, RICHEST, now).mismatch === null));
    both(of('supplement-known').map((dossier) => expectFor(dossier, RICHEST, now).verdict === 'overdue'));
  });

  it('stay the same for twenty minutes', () => {
    if (dayOf(now + 20) !== dayOf(now)) return;
    let changed = 0;
    for (const dossier of dossiers) {
      for (const view of VIEWS) {
        // Late by hours and late by a bare day cannot both be clear of five o'clock at five o'clock.
        if (dossier.situation === 'overdue-hours' && view.startsWith('webforms')) continue;
        const before = expectFor(dossier, view, now);
        const after = expectFor(dossier, view, now + 20);
        if (before.verdict !== after.verdict || before.clock !== after.clock) changed += 1;
      }
    }
    expect(changed).toBe(0);
  });
});

describe('what a view shows', () => {
  const dossiers = population('2026-11-25T09:40');
  const one = (situation: string, more: (dossier: SandboxDossier) => boolean = () => true): SandboxDossier => {
    const found = dossiers.find((dossier) => dossier.situation === situation && more(dossier));
    if (!found) throw new Error(situation);
    return found;
  };
  const now = wall('2026-11-25T09:40');

  it('hides steps, ends and limits where the page has none', () => {
    const late = one('step-late', (dossier) => dossier.step?.dueAt !== undefined);
    expect(expectFor(late, 'opencps-json-list', now).clock).toBe('step');
    expect(expectFor(late, 'igate-dom-detail', now).clock).toBe('appointment');
    const unnamed = one('step-late', (dossier) => dossier.step?.dueAt === undefined);
    expect(expectFor(unnamed, RICHEST, now).clock).toBe('step');
    expect(expectFor(unnamed, 'opencps-json-list', now).clock).toBe('appointment');

    const ready = one('ready-late');
    expect(expectFor(ready, 'igate-dom-list', now).verdict).toBe('awaiting-pickup');
    expect(expectFor(ready, 'igate-dom-detail', now).verdict).toBe('finished-late');

    const off = one('mismatch');
    expect(expectFor(off, 'igate-dom-detail', now).mismatch).not.toBeNull();
    expect(expectFor(off, 'opencps-dom-list', now).mismatch).toBeNull();
    expect(expectFor(one('short-limit'), 'igate-dom-list', now).verdict).toBe('due-soon');
  });

  it('cannot judge an online submission without the channel', () => {
    const late = one('new-online-late');
    expect(expectFor(late, 'opencps-dom-list', now).verdict).toBe('overdue');
    for (const view of ['igate-dom-list', 'opencps-dom-detail', 'webforms-list', 'webforms-detail'] as const) {
      expect(expectFor(late, view, now)).toEqual({
        clock: 'acceptance',
        verdict: 'unknown',
        due: '',
        left: null,
        mismatch: null,
      });
    }
  });

  it('reads bare days on the WebForms pages', () => {
    const soon = one('due-soon', (dossier) => dossier.dueAt !== undefined && minuteOfDay(dossier.dueAt) < 1020);
    expect(expectFor(soon, 'webforms-list', now).due).toBe(isoMinute(closeOfDay(dayOf(soon.dueAt ?? 0))));
    expect(expectFor(soon, 'igate-dom-list', now).due).toBe(isoMinute(soon.dueAt ?? 0));
    const seen = visible(one('returned-late'), 'webforms-detail');
    expect([...seen.dayOnly].sort()).toEqual(['completedAt', 'dueAt', 'receivedAt', 'returnedAt', 'submittedAt']);
  });

  it('tells of supplements, same-day limits and missing appointments where the page does', () => {
    const known = one('supplement-known');
    expect(visible(known, 'igate-dom-detail').pauses).toEqual(known.supplements);
    for (const { from, to } of visible(known, 'webforms-detail').pauses ?? [])
      expect([minuteOfDay(from), minuteOfDay(to)]).toEqual([0, 0]);
    for (const view of ['igate-json-list', 'igate-dom-list', 'opencps-json-detail', 'webforms-list'] as const)
      expect(visible(known, view).pauses ?? visible(known, view).supplementRequests).toBe(0);

    const sameDay = one('same-day-late');
    expect(visible(sameDay, 'igate-dom-detail').limit).toEqual({ value: 0, unit: 'workday' });
    for (const view of ['igate-json-list', 'opencps-json-list', 'opencps-dom-detail'] as const)
      expect(visible(sameDay, view).limit).toBeUndefined();

    const none = one('no-appointment');
    for (const view of ['igate-dom-list', 'igate-dom-detail', 'webforms-list', 'webforms-detail'] as const)
      expect(visible(none, view).noDueDate).toBe(true);
    expect(visible(none, 'opencps-json-list').noDueDate).toBeUndefined();
    expect(visible(one('no-due'), 'igate-dom-list').noDueDate).toBeUndefined();
  });

  it('puts every dossier under one entry of the OpenCPS menu', () => {
    const titles = openCpsGroups().map((group) => group.title);
    expect(new Set(dossiers.map((dossier) => openCpsGroup(dossier).title))).toEqual(new Set(titles));
    expect(openCpsGroup(one('on-time', (dossier) => dossier.status === 2)).title).toBe('Đang xử lý');
    expect(openCpsGroup(one('odd-status')).title).toBe('Hồ sơ khác');
    expect(expectFor(one('odd-status'), 'opencps-dom-list', now).verdict).toBe('unknown');
  });
});

describe('the rules, by hand', () => {
  const now = wall('2026-11-25T09:40');
  const base: Visible = {
    status: 4,
    channel: 'online',
    submittedAt: wall('2026-11-17T20:00'),
    receivedAt: wall('2026-11-18T08:15'),
    dueAt: wall('2026-11-27T17:00'),
    limit: { value: 6, unit: 'workday' },
    supplementRequests: 0,
    dayOnly: new Set(),
  };
  const judged = (change: Partial<Visible>, moment = now): Expected => judgeVisible({ ...base, ...change }, moment);

  it('counts an appointment', () => {
    expect(judged({})).toEqual({
      clock: 'appointment',
      verdict: 'on-time',
      due: '2026-11-27T17:00:00+07:00',
      left: 350 + 960,
      mismatch: null,
    });
    expect(judged({}, wall('2026-11-25T17:00'))).toMatchObject({ verdict: 'due-soon', left: 960 });
    expect(judged({}, wall('2026-11-25T16:59'))).toMatchObject({ verdict: 'on-time', left: 961 });
    expect(judged({}, wall('2026-11-27T00:00'))).toMatchObject({ verdict: 'due-today', left: 480 });
    expect(judged({}, wall('2026-11-27T17:00'))).toMatchObject({ verdict: 'due-today', left: 0 });
    expect(judged({}, wall('2026-11-27T17:01'))).toMatchObject({ verdict: 'overdue', left: 0 });
    expect(judged({ limit: { value: 4, unit: 'hour' } }, wall('2026-11-26T17:00')).verdict).toBe('on-time');
  });

  it('counts acceptance from the first working minute', () => {
    const fresh = { status: 1, receivedAt: undefined, dueAt: undefined, limit: undefined } as const;
    // Sent on the evening before the holiday: effective Wednesday, to be accepted by Thursday.
    expect(judged({ ...fresh, submittedAt: wall('2026-11-23T19:00') })).toEqual({
      clock: 'acceptance',
      verdict: 'on-time',
      due: '2026-11-26T17:00:00+07:00',
      left: 830,
      mismatch: null,
    });
    expect(judged({ ...fresh, submittedAt: wall('2026-11-23T16:59') })).toMatchObject({
      verdict: 'due-today',
      due: '2026-11-25T17:00:00+07:00',
    });
    expect(judged({ ...fresh, submittedAt: wall('2026-11-20T16:59') })).toMatchObject({
      verdict: 'overdue',
      due: '2026-11-23T17:00:00+07:00',
      left: -130,
    });
    expect(judged({ ...fresh, submittedAt: undefined })).toMatchObject({ clock: 'acceptance', verdict: 'unknown' });
    expect(judged({ ...fresh, channel: 'post' })).toMatchObject({ clock: 'appointment', verdict: 'not-started' });
  });

  it('counts a step by its own limit', () => {
    const startedAt = wall('2026-11-23T15:00');
    const step = (limit: { value: number; unit: 'workday' | 'hour' }): Expected =>
      judged({ step: { startedAt, limit } });
    expect(step({ value: 4, unit: 'hour' })).toMatchObject({ clock: 'step', due: '2026-11-25T09:30:00+07:00' });
    expect(step({ value: 4, unit: 'hour' })).toMatchObject({ verdict: 'overdue', left: -10 });
    expect(step({ value: 0.5, unit: 'workday' })).toMatchObject({ due: '2026-11-25T09:30:00+07:00' });
    expect(step({ value: 1, unit: 'workday' })).toMatchObject({ verdict: 'due-today', left: 350 });
    expect(step({ value: 3, unit: 'workday' })).toMatchObject({ clock: 'appointment', verdict: 'on-time' });
    expect(judged({ step: { startedAt } }).clock).toBe('appointment');
    // An appointment that nobody knows does not hide behind a step that is on time, only behind one that presses.
    expect(judged({ dueAt: undefined, step: { dueAt: wall('2026-12-10T17:00') } }).clock).toBe('appointment');
    expect(judged({ dueAt: undefined, step: { dueAt: wall('2026-11-26T17:00') } })).toMatchObject({
      clock: 'step',
      verdict: 'due-soon',
    });
    expect(judged({ status: 5, step: { dueAt: wall('2026-11-02T17:00') } })).toMatchObject({
      clock: 'appointment',
      verdict: 'paused',
      left: null,
    });
  });

  it('moves a promise on a day off to the next close', () => {
    expect(judged({ dueAt: wall('2026-11-24T10:00') })).toMatchObject({
      verdict: 'due-today',
      due: '2026-11-24T10:00:00+07:00',
      left: 350,
    });
    expect(judged({ dueAt: wall('2026-11-24'), dayOnly: new Set(['dueAt']) })).toMatchObject({
      due: '2026-11-24T17:00:00+07:00',
      left: 350,
    });
    expect(judged({ status: 9, dueAt: wall('2026-11-22T17:00'), completedAt: wall('2026-11-23T16:00') }).verdict).toBe(
      'awaiting-pickup',
    );
  });

  it('does not guess how long papers were waited for', () => {
    const passed = { dueAt: wall('2026-11-20T17:00'), limit: undefined };
    expect(judged(passed)).toMatchObject({ verdict: 'overdue', left: -480 - 130 });
    expect(judged({ ...passed, supplementRequests: 1 })).toMatchObject({ verdict: 'unknown', left: null });
    expect(judged({ supplementRequests: 1 }).verdict).toBe('on-time');
    const pauses = [{ from: wall('2026-11-19T08:00'), to: wall('2026-11-20T10:00') }];
    expect(judged({ ...passed, supplementRequests: 1, pauses })).toMatchObject({
      verdict: 'overdue',
      left: -480 - 130,
    });
    expect(judged({ ...passed, supplementRequests: 1, pauses: [] }).verdict).toBe('unknown');
  });

  it('judges ends', () => {
    expect(judged({ status: 10, completedAt: wall('2026-11-24T10:00') })).toMatchObject({
      verdict: 'finished-on-time',
      left: 480 * 3,
    });
    expect(judged({ status: 10, completedAt: wall('2026-11-27T17:01') })).toMatchObject({ verdict: 'finished-late' });
    expect(judged({ status: 10, returnedAt: wall('2026-11-27T16:00') })).toMatchObject({ left: 60 });
    expect(judged({ status: 10, returnedAt: wall('2026-11-30T16:00') }).verdict).toBe('unknown');
    expect(judged({ status: 8, returnedAt: wall('2026-11-20T16:00') }).verdict).toBe('unknown');
    expect(judged({ status: 9 })).toMatchObject({ clock: 'return', due: '2026-11-27T17:00:00+07:00', left: null });
    expect(judged({ status: 9, dueAt: undefined })).toMatchObject({ clock: 'return', due: '' });
    const sameDay = { completedAt: wall('2026-11-27'), dueAt: wall('2026-11-27T11:30') };
    expect(judged({ ...sameDay, status: 3, dayOnly: new Set(['completedAt']) }).verdict).toBe('finished-on-time');
  });

  it('compares a promise with the limit', () => {
    // 18 November + 6 working days, the 24th being off: the 27th.
    expect(judged({}).mismatch).toBeNull();
    expect(judged({ dueAt: wall('2026-11-30T17:00') }).mismatch).toBe(480);
    expect(judged({ dueAt: wall('2026-11-26T17:00') }).mismatch).toBe(-480);
    expect(judged({ dueAt: wall('2026-11-27T08:00') }).mismatch).toBeNull();
    expect(judged({ dueAt: wall('2026-11-26T17:00'), extendedDueAt: wall('2026-11-30T17:00') }).mismatch).toBeNull();
    expect(judged({ dueAt: wall('2026-11-26T17:00'), supplementRequests: 1 }).mismatch).toBeNull();
    expect(judged({ dueAt: wall('2026-11-26T17:00'), status: 5 }).mismatch).toBeNull();
    // Six working days anew from the 20th, the 24th being off: 1 December. The host let the clock stand: 30 November.
    const pauses = [{ from: wall('2026-11-19T08:15'), to: wall('2026-11-20T08:15') }];
    const waited = { supplementRequests: 1, pauses };
    expect(judged({ ...waited, dueAt: wall('2026-11-30T17:00') }).mismatch).toBe(-480);
    expect(judged({ ...waited, dueAt: wall('2026-12-01T17:00') }).mismatch).toBeNull();
  });

  it('compares a same-day promise only where the hour of receipt is known', () => {
    const limit = { value: 0, unit: 'workday' } as const;
    const late = { limit, receivedAt: wall('2026-11-23T15:20') };
    expect(judged({ ...late, dueAt: wall('2026-11-25T17:00') })).toMatchObject({
      verdict: 'due-today',
      mismatch: null,
    });
    expect(judged({ ...late, dueAt: wall('2026-11-23T17:00') }).mismatch).toBe(-480);
    expect(judged({ limit, receivedAt: wall('2026-11-23T14:59'), dueAt: wall('2026-11-25T17:00') }).mismatch).toBe(480);
    const day = { receivedAt: wall('2026-11-23'), dueAt: wall('2026-11-27T17:00') };
    expect(judged({ ...day, limit, dayOnly: new Set(['receivedAt']) }).mismatch).toBeNull();
    expect(judged({ ...day, limit: { value: 8, unit: 'hour' }, dayOnly: new Set(['receivedAt']) }).mismatch).toBeNull();
    expect(judged({ ...day, limit: { value: 2, unit: 'workday' }, dayOnly: new Set(['receivedAt']) }).mismatch).toBe(
      480,
    );
  });

  it('promises nothing where the page says so', () => {
    expect(judged({ dueAt: undefined, noDueDate: true })).toMatchObject({
      verdict: 'unknown',
      due: '',
      mismatch: null,
    });
  });

  it('does not count where there is no table of days off', () => {
    expect(judged({ dueAt: wall('2028-01-05T17:00'), limit: undefined })).toMatchObject({
      verdict: 'unknown',
      due: '2028-01-05T17:00:00+07:00',
      left: null,
    });
  });
});
