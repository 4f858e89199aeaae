import { describe, expect, it } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import { assess, DEFAULT_RULES, letterNeed, supplementExpired } from '../../lib/deadline/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { explain } from '../../lib/words/index.ts';
import { at, record } from '../fixtures/records.ts';

const table = shippedTable();
const DUE = at('17:00 10/12/2026');

function need(changes: Partial<Dossier>, now: string) {
  const context = { table, rules: DEFAULT_RULES, now: at(now) };
  const dossier = record('H29.999-251101-0001', { dueAt: DUE, ...changes });
  return letterNeed(dossier, assess(dossier, context), context);
}

describe('the window of a running appointment', () => {
  // Thursday 10 December; no day off in that week.
  it.each([
    ['16:59 04/12/2026', 'none'],
    ['07:29 07/12/2026', 'none'],
    ['07:30 07/12/2026', 'warn'],
    ['10:00 08/12/2026', 'warn'],
    ['00:00 09/12/2026', 'last-day'],
    ['17:00 09/12/2026', 'last-day'],
    ['17:01 09/12/2026', 'late'],
    ['17:00 10/12/2026', 'late'],
    ['17:01 10/12/2026', 'overdue'],
    ['09:00 11/12/2026', 'overdue'],
  ])('%s: %s', (now, state) => {
    expect(need({}, now)).toMatchObject({ state, letterDueAt: at('17:00 09/12/2026'), mayReappoint: true });
  });

  it.each([2, 4] as const)('status %i', (code) => {
    expect(need({ status: { code, text: '' } }, '09:00 09/12/2026')?.state).toBe('last-day');
  });

  it('steps over a day off: 24/11/2026 is none of the days before', () => {
    expect(need({ dueAt: at('17:00 25/11/2026') }, '09:00 23/11/2026')).toMatchObject({
      state: 'last-day',
      letterDueAt: at('17:00 23/11/2026'),
    });
  });

  it('a promise on a Saturday is judged by the Monday after', () => {
    expect(need({ dueAt: at('17:00 12/12/2026') }, '09:00 11/12/2026')).toMatchObject({
      state: 'last-day',
      letterDueAt: at('17:00 11/12/2026'),
      cityDueAt: at('17:00 14/12/2026'),
    });
  });

  it('a date set anew is the appointment, and the one re-appointment', () => {
    const extended = { extendedDueAt: at('17:00 17/12/2026') };
    expect(need(extended, '09:00 10/12/2026')).toMatchObject({ state: 'none', mayReappoint: false });
    expect(need(extended, '09:00 16/12/2026')).toMatchObject({
      state: 'last-day',
      letterDueAt: at('17:00 16/12/2026'),
      mayReappoint: false,
    });
  });

  it('no letter before the receipt by the competent unit', () => {
    const receivedAt = at('08:00 01/12/2026');
    const competentReceivedAt = at('08:00 10/12/2026');
    expect(need({ receivedAt }, '09:00 10/12/2026')?.letterDueAt).toBe(at('17:00 09/12/2026'));
    expect(need({ receivedAt, competentReceivedAt }, '09:00 10/12/2026')).toMatchObject({
      state: 'last-day',
      letterDueAt: DUE,
    });
  });

  it('stands whichever clock the badge shows', () => {
    const step = { name: 'Thẩm định', dueAt: at('17:00 01/12/2026') };
    const context = { table, rules: DEFAULT_RULES, now: at('09:00 08/12/2026') };
    const dossier = record('H29.999-251101-0001', { dueAt: DUE, step });
    const assessment = assess(dossier, context);
    expect(assessment.shown.clock).toBe('step');
    expect(letterNeed(dossier, assessment, context)?.state).toBe('warn');
    expect(explain(dossier, assessment, context).steps.join('\n')).toContain(
      'thư xin lỗi phải gửi chậm nhất 17:00 thứ Tư 09/12/2026',
    );
  });
});

describe('no letter is asked for', () => {
  it.each([1, 3, 5, 6, 7, 8, 9, 10, 'unknown'] as const)('in status %s', (code) => {
    expect(need({ status: { code, text: '' } }, '09:00 11/12/2026')).toBeNull();
  });

  it('without an appointment', () => {
    expect(need({ dueAt: undefined }, '09:00 11/12/2026')).toBeNull();
    expect(need({ dueAt: undefined, noDueDate: true }, '09:00 11/12/2026')).toBeNull();
  });

  it('when the promise has passed and a pause that nobody can see may have moved it', () => {
    const asked = { supplementRequests: 1 };
    expect(need(asked, '09:00 09/12/2026')?.state).toBe('last-day');
    expect(need(asked, '17:01 10/12/2026')).toBeNull();
    const known = [{ from: at('08:00 01/12/2026'), to: at('08:00 02/12/2026') }];
    expect(need({ ...asked, pauses: known }, '17:01 10/12/2026')?.state).toBe('overdue');
  });

  it('where the calendar does not reach', () => {
    expect(need({ dueAt: at('17:00 10/12/2040') }, '09:00 09/12/2040')).toBeNull();
  });
});

describe('an expired supplement', () => {
  const expired = (text: string) => supplementExpired(record('A', { status: { code: 'unknown', text } }));

  it.each(['Đã quá hạn bổ sung', 'HẾT HẠN BỔ SUNG', 'Quá hạn bổ sung giấy tờ:'])('«%s»: the system says so', (text) => {
    expect(expired(text)).toBe(true);
  });

  it.each(['Yêu cầu bổ sung giấy tờ', 'Chưa quá hạn bổ sung', 'Quá hạn', ''])('«%s» does not say so', (text) => {
    expect(expired(text)).toBe(false);
  });

  it('is told apart in the explanation, and is no overdue appointment', () => {
    const dossier = record('A', { status: { code: 'unknown', text: 'Đã quá hạn bổ sung' }, dueAt: DUE });
    const context = { table, rules: DEFAULT_RULES, now: at('09:00 11/12/2026') };
    const assessment = assess(dossier, context);
    expect(assessment.shown.verdict).toBe('unknown');
    expect(explain(dossier, assessment, context).steps.join('\n')).toContain('Hệ thống ghi đã quá hạn bổ sung');
  });
});
