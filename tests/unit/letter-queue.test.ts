import { describe, expect, it } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import { assess, DEFAULT_RULES } from '../../lib/deadline/index.ts';
import { LETTER_STATES, newEntry, type RegisterEntry } from '../../lib/letters/index.ts';
import {
  buildItems,
  letterKey,
  lettersOf,
  letterTask,
  letterWords,
  NO_FILTER,
  viewOf,
  worklistCsv,
  worklistText,
} from '../../lib/ui/index.ts';
import { at, entry, HOST, record } from '../fixtures/records.ts';

const CODE = 'H29.999-251101-0001';
const DUE = at('17:00 10/12/2026');
const MOMENTS = {
  none: '09:00 01/12/2026',
  warn: '09:00 08/12/2026',
  'last-day': '09:00 09/12/2026',
  late: '09:00 10/12/2026',
  overdue: '09:00 11/12/2026',
} as const;

const contextAt = (now: string) => ({ table: shippedTable(), rules: DEFAULT_RULES, now: at(now) });
const held = (state: RegisterEntry['state'], code = CODE, more: Partial<RegisterEntry> = {}) =>
  newEntry({ code, host: HOST, unit: '', state, ...more }, DUE);

function task(now: string, own: RegisterEntry | undefined, changes = {}) {
  const context = contextAt(now);
  const dossier = record(CODE, { dueAt: DUE, ...changes });
  return letterTask(dossier, assess(dossier, context), context, own);
}

describe('mark and queue', () => {
  it.each([
    ['none', undefined, null, false],
    ['warn', undefined, 'needed', true],
    ['last-day', undefined, 'needed', true],
    ['late', undefined, 'late', true],
    ['overdue', undefined, 'late', true],
    ['none', 'needed', null, false],
    ['warn', 'needed', 'needed', true],
    ['none', 'drafted', 'drafted', false],
    ['warn', 'drafted', 'drafted', true],
    ['late', 'drafted', 'late', true],
    // The date was set anew: what the register once saw does not count.
    ['none', 'late', null, false],
    ['warn', 'late', 'needed', true],
    ['overdue', 'late', 'late', true],
  ] as const)('clocks say %s, register %s: %s', (moment, state, mark, waiting) => {
    expect(task(MOMENTS[moment], state && held(state))).toMatchObject({ mark, waiting });
  });

  it.each(Object.values(MOMENTS))('sent or waived, nobody has to act (%s)', (now) => {
    expect(task(now, held('issued'))).toMatchObject({ mark: 'issued', waiting: false });
    expect(task(now, held('not-applicable'))).toMatchObject({ mark: null, waiting: false });
  });

  it('a draft that has become late is still a draft', () => {
    expect(task(MOMENTS.overdue, held('late', CODE, { draftedAt: DUE })).drafted).toBe(true);
    expect(task(MOMENTS.overdue, held('late')).drafted).toBe(false);
    // Taken back to none, the draft is no more.
    expect(task(MOMENTS.warn, held('none', CODE, { draftedAt: DUE })).drafted).toBe(false);
  });

  it.each(LETTER_STATES)('a dossier that is finished keeps only what was sent (%s)', (state) => {
    const done = { status: { code: 9, text: 'Đã xử lý xong' }, completedAt: at('09:00 09/12/2026') };
    const { mark, waiting } = task(MOMENTS.overdue, held(state, CODE, { draftedAt: DUE }), done);
    expect(mark).toBe(state === 'issued' ? 'issued' : null);
    expect(waiting).toBe(false);
  });

  it('a page is told only of codes with a mark', () => {
    const records = [record('A', { dueAt: DUE }), record('B', { dueAt: at('17:00 30/12/2026') }), record('C')];
    const entries = new Map([['C', held('issued', 'C')]]);
    expect(lettersOf(records, contextAt(MOMENTS.warn), (code) => entries.get(code))).toEqual([
      { code: 'A', state: 'needed', text: 'cần thư' },
      { code: 'C', state: 'issued', text: 'đã gửi' },
    ]);
  });
});

describe('words', () => {
  it.each([
    [MOMENTS.warn, undefined, 'chậm nhất 17:00 thứ Tư 09/12'],
    [MOMENTS.warn, 'drafted', 'đã soạn, chậm nhất 17:00 thứ Tư 09/12'],
    [MOMENTS.overdue, undefined, 'đã trễ hạn thư (17:00 thứ Tư 09/12)'],
    [MOMENTS.overdue, 'drafted', 'đã soạn, đã trễ hạn thư (17:00 thứ Tư 09/12)'],
    [MOMENTS.overdue, 'issued', 'đã gửi'],
    [MOMENTS.none, undefined, ''],
    [MOMENTS.overdue, 'not-applicable', ''],
  ] as const)('%s, %s: «%s»', (now, state, words) => {
    expect(letterWords(task(now, state && held(state)), at(now))).toBe(words);
  });
});

describe('in the worklist', () => {
  const NOW = MOMENTS.warn;
  const FIRST = entry('H29.999-251101-0001', { dueAt: at('17:00 07/12/2026') });
  const SECOND = entry('H29.999-251101-0002', {
    dueAt: at('17:00 10/12/2026'),
    step: { name: 'Thẩm định', dueAt: at('17:00 01/12/2026') },
  });
  const THIRD = entry('H29.999-251101-0003', { dueAt: at('17:00 11/12/2026') });
  const SENT = entry('H29.999-251101-0004', { dueAt: at('17:00 07/12/2026') });
  const CALM = entry('H29.999-251101-0005', { dueAt: at('17:00 30/12/2026') });
  const register = new Map([[letterKey(HOST, SENT.code), held('issued', SENT.code)]]);
  const items = buildItems([CALM, THIRD, SENT, SECOND, FIRST], contextAt(NOW), register);
  const codes = (list: readonly { entry: { code: string } }[]) => list.map((item) => item.entry.code);

  it('the queue holds who waits for a letter, the first that is due on top', () => {
    const view = viewOf(items, { ...NO_FILTER, letters: true });
    expect(codes(view.items)).toEqual([FIRST.code, SECOND.code, THIRD.code]);
    expect(view.letters).toBe(3);
  });

  it('every count is what choosing it would show, with the queue chosen or not', () => {
    for (const letters of [false, true]) {
      for (const verdicts of [[], ['overdue']] as const) {
        const filter = { ...NO_FILTER, verdicts: new Set(verdicts), letters };
        const view = viewOf(items, filter);
        expect(view.letters).toBe(viewOf(items, { ...filter, letters: true }).items.length);
        expect(view.clocks.get('step')).toBe(viewOf(items, { ...filter, clock: 'step' }).items.length);
        expect(view.verdicts.get('overdue')).toBe(
          viewOf(items, { ...filter, verdicts: new Set(['overdue'] as const) }).items.length,
        );
      }
    }
  });

  it('the same code on another host is another letter', () => {
    const [item] = buildItems([{ ...SENT, host: 'other.example' }], contextAt(NOW), register);
    expect(item?.letter?.mark).toBe('late');
  });

  it('nothing is said of letters while the register is not known', () => {
    const unknown = buildItems([FIRST], contextAt(NOW));
    expect(unknown[0]?.letter).toBeNull();
    expect(viewOf(unknown, NO_FILTER).letters).toBe(0);
    expect(worklistText(unknown, at(NOW))).not.toContain('thư');
  });

  it('the export has the letter in a column of its own', () => {
    const [head, ...lines] = worklistCsv([...items], at(NOW))
      .trim()
      .split('\r\n');
    const at7 = (line: string | undefined) => line?.split('","')[6];
    expect(at7(head)).toBe('Thư xin lỗi');
    expect(lines.map(at7).sort()).toEqual([
      '',
      'chậm nhất 17:00 thứ Năm 10/12',
      'chậm nhất 17:00 thứ Tư 09/12',
      'đã gửi',
      'đã trễ hạn thư (17:00 thứ Sáu 04/12)',
    ]);
    expect(worklistText(viewOf(items, { ...NO_FILTER, query: '0003' }).items, at(NOW))).toContain(
      '· thư: chậm nhất 17:00 thứ Năm 10/12 ·',
    );
  });
});
