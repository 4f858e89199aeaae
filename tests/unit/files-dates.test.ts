import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateColumn, DateEvidence, readDate } from '../../connectors/files/dates.ts';
import type { Cell } from '../../connectors/files/source.ts';
import { at } from './files-made.ts';

const dmy: DateColumn = { order: 'dmy', wholeDays: false };
const moment = (clock: string, dayOnly = false) => ({ second: at(clock), dayOnly });

function decided(cells: Cell[], others: 'dmy' | 'mdy' | null = null, chosen?: 'dmy' | 'mdy'): DateColumn {
  const evidence = new DateEvidence();
  cells.forEach((cell, i) => {
    evidence.see(cell, i + 2);
  });
  return evidence.decide(chosen, others);
}

describe('a date in each form that the systems write', () => {
  it.each<[Cell, ReturnType<typeof readDate>]>([
    ['05/11/2026 09:30:15', moment('2026-11-05T09:30:15')],
    ['5-11-2026 9:30', moment('2026-11-05T09:30:00')],
    ['05.11.2026', moment('2026-11-05T00:00:00', true)],
    ['09:30 05/11/2026', moment('2026-11-05T09:30:00')],
    ['09h30 ngày 05/11/2026', moment('2026-11-05T09:30:00')],
    ['05/11/2026 lúc 9 giờ 30', moment('2026-11-05T09:30:00')],
    ['05/11/2026 2:30:00 CH', moment('2026-11-05T14:30:00')],
    ['05/11/2026 12:10 AM', moment('2026-11-05T00:10:00')],
    ['05/11/26', moment('2026-11-05T00:00:00', true)],
    ['20261105093015', moment('2026-11-05T09:30:15')],
    ['202611050930', moment('2026-11-05T09:30:00')],
    ['20261105', moment('2026-11-05T00:00:00', true)],
    [20261105, moment('2026-11-05T00:00:00', true)],
    ['2026-11-05', moment('2026-11-05T00:00:00', true)],
    ['2026-11-05 09:30:15', moment('2026-11-05T09:30:15')],
    ['2026-11-05T09:30:15.123', moment('2026-11-05T09:30:15')],
    ['2026/11/05 09:30:15', moment('2026-11-05T09:30:15')],
    ['2026-11-05T02:30:15.000Z', moment('2026-11-05T09:30:15')],
    ['2026-11-05T09:30:15.000+0700', moment('2026-11-05T09:30:15')],
    [String(at('2026-11-05T09:30:15') * 1000), moment('2026-11-05T09:30:15')],
    [at('2026-11-05T09:30:15'), moment('2026-11-05T09:30:15')],
    [at('2026-11-05T09:30:00') / 60, moment('2026-11-05T09:30:00')],
    // Excel: whole days since 30/12/1899, the time as a fraction.
    [46331, moment('2026-11-05T00:00:00', true)],
    [46331.396006944, moment('2026-11-05T09:30:15')],
    ['46331,5'.replace(',', '.'), moment('2026-11-05T12:00:00')],
    [new Date(Date.UTC(2026, 10, 5, 9, 30, 15)), moment('2026-11-05T09:30:15')],
    [new Date(Date.UTC(2026, 10, 5)), moment('2026-11-05T00:00:00', true)],
    ['0000-00-00T00:00:00.000+0700', 'none'],
    ['00/00/0000', 'none'],
    ['', 'none'],
    [0, 'none'],
    [null, 'none'],
    ['31/02/2026', 'unreadable'],
    ['05/13/2026', 'unreadable'],
    ['05/11/2026 25:00', 'unreadable'],
    ['hôm qua', 'unreadable'],
    [true, 'unreadable'],
    [12, 'unreadable'],
    [new Date(Date.UTC(1899, 11, 31, 9, 30)), 'unreadable'],
    [new Date(Number.NaN), 'unreadable'],
  ])('%s', (cell, expected) => {
    expect(readDate(cell, dmy)).toEqual(expected);
  });

  it('counts from 1904 where the workbook does', () => {
    expect(readDate(44869, dmy, { date1904: true })).toEqual(moment('2026-11-05T00:00:00', true));
  });

  it('takes a false Z for local time where the source is known for it', () => {
    expect(readDate('2026-11-05T09:30:15.000Z', dmy, { falseZ: true })).toEqual(moment('2026-11-05T09:30:15'));
  });

  it('is what it was written from, in whichever of the two orders', () => {
    const pad = (n: number) => String(n).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.integer({ min: at('1991-01-01T00:00:00'), max: at('2098-12-31T00:00:00') }),
        fc.boolean(),
        (second, monthFirst) => {
          const d = new Date((second + 25_200) * 1000);
          const [day, month] = [pad(d.getUTCDate()), pad(d.getUTCMonth() + 1)];
          const text = `${monthFirst ? `${month}/${day}` : `${day}/${month}`}/${d.getUTCFullYear()} ${d.toISOString().slice(11, 19)}`;
          expect(readDate(text, { order: monthFirst ? 'mdy' : 'dmy', wholeDays: false })).toEqual({
            second,
            dayOnly: false,
          });
        },
      ),
    );
  });
});

describe('day or month first, decided for the column', () => {
  it.each<[string, Cell[], DateColumn['order']]>([
    ['a 13th in the first place', ['05/11/2026', '13/11/2026'], 'dmy'],
    ['a 13th in the second place', ['11/05/2026', '11/13/2026'], 'mdy'],
    ['both: two forms in one column', ['13/11/2026', '11/13/2026'], 'mixed'],
    ['no proof, as Vietnamese systems print', ['05/11/2026 08:00:00', '06/11/2026 08:00:00'], 'dmy'],
    ['no proof, as an English Excel prints', ['11/5/2026 9:30 AM'], 'undecided'],
    ['no proof, without leading zeros', ['5/11/2026'], 'undecided'],
    ['the same either way', ['5/5/2026'], 'dmy'],
    ['no such form at all', ['2026-11-05', 46331], 'dmy'],
  ])('%s', (_, cells, order) => {
    expect(decided(cells).order).toBe(order);
  });

  it('goes by the other columns of the file when it proves nothing itself', () => {
    expect(decided(['5/11/2026'], 'mdy')).toMatchObject({ order: 'mdy', note: expect.stringContaining('tháng/ngày') });
  });

  it('does as the person chose, whatever the cells say', () => {
    expect(decided(['13/11/2026', '11/13/2026'], null, 'dmy').order).toBe('dmy');
  });

  it('reads no cell of an undecided column, but one that is the same either way', () => {
    expect(readDate('5/11/2026', { order: 'undecided', wholeDays: true })).toBe('undecided');
    expect(readDate('5/5/2026', { order: 'undecided', wholeDays: true })).toEqual(moment('2026-05-05T00:00:00', true));
  });

  it('takes the midnights of a column without any time for bare dates', () => {
    const cells = ['05/11/2026 00:00:00', '25/11/2026 00:00:00'];
    expect(readDate(cells[0] as string, decided(cells))).toEqual(moment('2026-11-05T00:00:00', true));
    const timed = [...cells, '25/11/2026 08:00:00'];
    expect(readDate(cells[0] as string, decided(timed))).toEqual(moment('2026-11-05T00:00:00'));
    expect(readDate('2026-11-05T00:00:00', decided(['2026-11-05T00:00:00']))).toEqual(
      moment('2026-11-05T00:00:00', true),
    );
    expect(readDate('20261105000000', decided(['20261105000000', '20261105093000']))).toEqual(
      moment('2026-11-05T00:00:00'),
    );
    for (const cell of ['20261105000000', 20261105000000, 20261105, '2026-11-05 00:00:00', 46331])
      expect(readDate(cell, decided([cell]))).toEqual(moment('2026-11-05T00:00:00', true));
    // Beyond what was looked at there may be a time after all.
    expect(readDate('20261105093000', decided(['20261105000000']))).toEqual(moment('2026-11-05T09:30:00'));
    expect(readDate('05/11/2026 09:30', decided(['05/11/2026 00:00']))).toEqual(moment('2026-11-05T09:30:00'));
  });
});
