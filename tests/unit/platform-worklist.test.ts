import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedTable } from '../../lib/calendar/index.ts';
import { type Clock, DEFAULT_RULES, urgencyOf, type Verdict } from '../../lib/deadline/index.ts';
import type { WorklistEntry } from '../../lib/schema/index.ts';
import {
  buildItems,
  countUrgent,
  csvField,
  NO_FILTER,
  toolbarOf,
  viewOf,
  worklistCsv,
  worklistText,
} from '../../lib/ui/index.ts';
import { TOKENS_CSS } from '../../lib/ui/tokens.ts';
import { at, entry, NOW } from '../fixtures/records.ts';

const context = { table: shippedTable(), now: NOW, rules: DEFAULT_RULES };
const items = (...entries: WorklistEntry[]) => buildItems(entries, context);
const codes = (list: readonly { entry: WorklistEntry }[]) => list.map((item) => item.entry.code);

const OVERDUE = entry('H29.999-251101-0001', { dueAt: at('17:00 20/11/2026') });
const WORSE = entry('H29.999-251101-0002', { dueAt: at('17:00 10/11/2026') });
const TODAY = entry('H29.999-251101-0003', { dueAt: at('17:00 23/11/2026') });
const CALM = entry('H29.999-251101-0004', { dueAt: at('17:00 30/12/2026') });
const LATE_STEP = entry('H29.999-251101-0005', {
  dueAt: at('17:00 30/12/2026'),
  step: { name: 'Thẩm định', dueAt: at('17:00 20/11/2026') },
});
const LATE_ACCEPTANCE = entry('H29.999-251101-0006', {
  status: { code: 1, text: 'Mới đăng ký' },
  channel: 'online',
  submittedAt: at('09:00 10/11/2026'),
});
const PAUSED = entry('H29.999-251101-0007', { status: { code: 5, text: 'Yêu cầu bổ sung' } });
const PICKUP = entry('H29.999-251101-0008', {
  status: { code: 9, text: 'Đã xử lý xong' },
  completedAt: at('09:00 20/11/2026'),
});
const ODD = entry('HỒ SƠ Đ/7', {
  codeKnown: false,
  aliases: ['G00.99-251101-7777'],
  procedure: { name: 'Cấp giấy phép xây dựng' },
  status: { code: 'unknown', text: '=HYPERLINK("x")' },
});
const ALL = [CALM, PICKUP, ODD, PAUSED, TODAY, OVERDUE, LATE_STEP, WORSE, LATE_ACCEPTANCE];

describe('order', () => {
  it('puts the most urgent first, and of two overdue the one that is over by more', () => {
    const list = items(...ALL);
    const urgencies = list.map(({ assessment }) => urgencyOf(assessment.shown.verdict));
    expect(urgencies).toEqual([...urgencies].sort((a, b) => a - b));
    expect(codes(list).indexOf(WORSE.code)).toBeLessThan(codes(list).indexOf(OVERDUE.code));
    expect(list[0]?.assessment.shown.verdict).toBe('overdue');
  });

  it('does not depend on the order of the store', () => {
    const expected = codes(items(...ALL));
    fc.assert(
      fc.property(fc.shuffledSubarray(ALL, { minLength: ALL.length }), (shuffled) => {
        expect(codes(items(...shuffled))).toEqual(expected);
      }),
    );
  });

  it('has keys that differ for the same code on two hosts', () => {
    const keys = items(CALM, { ...CALM, host: 'other.example' }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('search', () => {
  const find = (query: string) => codes(viewOf(items(...ALL), { ...NO_FILTER, query }).items);

  it.each([
    ['0003', [TODAY.code]],
    ['h29.999-251101-0003', [TODAY.code]],
    ['2511010003', [TODAY.code]],
    ['  0003 ', [TODAY.code]],
    ['ho so d/7', [ODD.code]],
    ['g00.99', [ODD.code]],
    ['00.99 251101 7777', [ODD.code]],
    ['GIẤY PHÉP xây dựng', [ODD.code]],
    ['khong co', []],
  ])('%s', (query, found) => {
    expect(find(query)).toEqual(found);
  });

  it.each(['', '   ', '*'])('«%s» finds everything', (query) => {
    expect(find(query)).toHaveLength(ALL.length);
  });

  it('does not run over from one code into the next', () => {
    // squeezed, "…00011" would be found where 0001 and 1 meet
    expect(codes(viewOf(items(entry('A-0001', { aliases: ['1-B'] })), { ...NO_FILTER, query: '00011' }).items)).toEqual(
      [],
    );
  });
});

describe('filters', () => {
  it('every count is what choosing it would show', () => {
    const list = items(...ALL);
    const clocks: (Clock | 'all')[] = ['all', 'appointment', 'acceptance', 'step', 'return'];
    const verdicts = [...new Set(list.map(({ assessment }) => assessment.shown.verdict))];
    for (const clock of clocks) {
      for (const chosen of [[], ['overdue'], ['overdue', 'paused']] as Verdict[][]) {
        const filter = { clock, verdicts: new Set(chosen), query: '', letters: false };
        const view = viewOf(list, filter);
        for (const other of clocks) {
          expect(view.clocks.get(other)).toBe(viewOf(list, { ...filter, clock: other }).items.length);
        }
        for (const verdict of verdicts) {
          expect(view.verdicts.get(verdict) ?? 0).toBe(
            viewOf(list, { ...filter, verdicts: new Set([verdict]) }).items.length,
          );
        }
      }
    }
  });
});

describe('toolbar', () => {
  it('counts by the clock that each badge shows, a late step apart', () => {
    expect(countUrgent(ALL, context)).toEqual({ overdue: 3, lateSteps: 1, dueToday: 1 });
  });

  it.each([
    [{ overdue: 3, lateSteps: 0, dueToday: 2 }, '5', 'Đúng Hẹn: 3 hồ sơ quá hạn, 2 đến hạn hôm nay', 'red'],
    [{ overdue: 0, lateSteps: 1, dueToday: 2 }, '3', 'Đúng Hẹn: 1 hồ sơ trễ bước xử lý, 2 đến hạn hôm nay', 'purple'],
    [{ overdue: 0, lateSteps: 0, dueToday: 2 }, '2', 'Đúng Hẹn: 2 đến hạn hôm nay', 'amber'],
    [{ overdue: 0, lateSteps: 0, dueToday: 0 }, '', 'Đúng Hẹn: không có hồ sơ quá hạn hay đến hạn hôm nay', null],
    [{ overdue: 999, lateSteps: 0, dueToday: 0 }, '999', 'Đúng Hẹn: 999 hồ sơ quá hạn', 'red'],
    [{ overdue: 1000, lateSteps: 0, dueToday: 0 }, '999+', 'Đúng Hẹn: 1000 hồ sơ quá hạn', 'red'],
  ])('%j', (counts, text, title, tone) => {
    const look = toolbarOf(counts);
    expect(look).toMatchObject({ text, title });
    // The colours are the light inks of the tokens, not a third set.
    if (tone !== null) expect(TOKENS_CSS).toContain(`--dh-${tone}: ${look.colour};`);
  });
});

describe('export', () => {
  const list = items(ODD, OVERDUE);

  it('.csv has a mark for the encoding, a header, and one line a dossier', () => {
    const csv = worklistCsv(list, NOW);
    expect(csv.startsWith('\ufeff"Mã hồ sơ",')).toBe(true);
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^"H29\.999-251101-0001","","Hẹn trả","Quá hạn","quá 1 giờ 30 phút",/);
    expect(lines[1]).toContain('"17:00 20/11/2026"');
    expect(lines[1]).toContain('"09:00 23/11/2026"');
    const width = (line: string) => line.split('","').length;
    expect(new Set(lines.map(width)).size).toBe(1);
  });

  it('no cell can run as a formula', () => {
    expect(worklistCsv(list, NOW)).toContain(`"'=HYPERLINK(""x"")"`);
    fc.assert(
      fc.property(
        fc.constantFrom('=', '+', '-', '@', '\t=', ' =', '\u200b=', '\n=', '\r', '\t', '＝', '＋', '－', '＠'),
        fc.string(),
        (start, rest) => {
          expect(csvField(start + rest).startsWith(`"'`)).toBe(true);
        },
      ),
    );
  });

  it('a field gives back what was put in', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const field = csvField(text);
        const inside = field.slice(1, -1);
        expect(inside.replaceAll('""', '').includes('"')).toBe(false);
        expect(inside.replaceAll('""', '"').replace(/^'/, '')).toBe(text.replace(/^'/, ''));
      }),
    );
  });

  it('text has the words of the badge', () => {
    expect(worklistText(items(OVERDUE), NOW)).toBe(
      [
        'Đúng Hẹn, 1 hồ sơ, lúc 09:00 23/11/2026',
        '- H29.999-251101-0001 · Quá hạn · quá 1 giờ 30 phút · hẹn 17:00 thứ Sáu 20/11 · Thủ tục thử',
      ].join('\n'),
    );
  });
});
