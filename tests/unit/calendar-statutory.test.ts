import { describe, expect, it } from 'vitest';
import lunar from '../../lib/calendar/data/lunar-2020-2050.json' with { type: 'json' };
import rules from '../../lib/calendar/data/statutory.json' with { type: 'json' };
import {
  CalendarYear,
  packCalendar,
  provisionalYear,
  SHIPPED_CALENDAR,
  shippedCalendar,
  statutoryDays,
} from '../../lib/calendar/index.ts';
import { parseIsoDay, weekdayOf } from '../../lib/text/index.ts';

const YEARS = Array.from({ length: 30 }, (_, i) => 2021 + i);
const weekday = (iso: string) => weekdayOf(parseIsoDay(iso) as number);
const shippedYear = (year: number) => SHIPPED_CALENDAR.years.find((one) => one.year === year) as CalendarYear;
const namesOf = (year: number) => Object.fromEntries(statutoryDays(year).map(({ date, name }) => [date, name]));
const whyOf = (calendar = shippedCalendar()) => new Map(calendar.days.map(({ day, why }) => [day, why]));
const whyOn = (iso: string, calendar = shippedCalendar()) => whyOf(calendar).get(parseIsoDay(iso) as number);

describe('statutory rules as data', () => {
  it('lays every holiday in as many days as the law gives', () => {
    for (const { days, spans } of rules.holidays)
      for (const { before, from } of spans) expect(before + from).toBe(days);
    for (const { effectiveFrom, source } of [rules.makeUp, ...rules.holidays]) {
      expect(parseIsoDay(effectiveFrom)).not.toBeNull();
      expect(source).toMatch(/^(Bộ luật|Nghị quyết) .*, Điều \d/);
    }
  });

  it.each([
    [2020, '2020-01-25', 6, '2020-04-02', 4],
    [2022, '2022-02-01', 2, '2022-04-10', 0],
    [2023, '2023-01-22', 0, '2023-04-29', 6],
    [2026, '2026-02-17', 2, '2026-04-26', 0],
    [2030, '2030-02-02', 6, '2030-04-12', 5],
    [2033, '2033-01-31', 1, '2033-04-09', 6],
    [2035, '2035-02-08', 4, '2035-04-17', 2],
  ])('knows Tết and 10/3 of %i', (year, tet, tetWeekday, hungVuong, hungVuongWeekday) => {
    expect(lunar.years[String(year) as '2020']).toEqual({ tet, hungVuong });
    expect([weekday(tet), weekday(hungVuong)]).toEqual([tetWeekday, hungVuongWeekday]);
  });
});

describe('provisionalYear', () => {
  it.each([
    // What only the notice has is the swap; everything else follows from the law.
    [2024, ['2024-04-29']],
    [2025, ['2025-05-02']],
    [2026, ['2026-01-02', '2026-08-31']],
    [2027, []],
  ])('gives the announced days off of %i but for the swaps', (year, swapped) => {
    const announced = shippedYear(year);
    const made = provisionalYear(year);
    expect(made.off.filter((date) => !announced.off.includes(date))).toEqual([]);
    expect(announced.off.filter((date) => !made.off.includes(date))).toEqual(swapped);
    expect(announced.swaps.map(({ off }) => off)).toEqual(swapped);
    // Each of them was foreseen as a day that may be swapped.
    const foreseen = made.undecided.filter(({ assumed }) => !assumed).flatMap(({ alternatives }) => alternatives);
    for (const date of swapped) expect(foreseen).toContain(date);
    expect(made).toMatchObject({ status: 'provisional', working: [], swaps: [] });
  });

  it('leaves open in 2027 what the shipped table leaves open', () => {
    const open = ({ undecided }: CalendarYear) =>
      undecided.map(({ assumed, alternatives }) => ({ assumed, alternatives }));
    expect(open(provisionalYear(2027))).toEqual(open(shippedYear(2027)));
  });

  it('gives the calendars that were announced for 2022 and 2023', () => {
    expect(provisionalYear(2022).off).toEqual(
      ['01-03', '01-31', '02-01', '02-02', '02-03', '02-04', '04-11', '05-02', '05-03', '09-01', '09-02'].map(
        (d) => `2022-${d}`,
      ),
    );
    expect(provisionalYear(2023).off).toEqual(
      ['01-02', '01-20', '01-23', '01-24', '01-25', '01-26', '05-01', '05-02', '05-03', '09-01', '09-04'].map(
        (d) => `2023-${d}`,
      ),
    );
  });

  it('chains make-up days past the holidays that follow', () => {
    expect(namesOf(2023)).toMatchObject({
      '2023-04-29': 'Giỗ Tổ Hùng Vương (10/3 âm lịch)',
      '2023-04-30': 'Ngày Chiến thắng',
      '2023-05-01': 'Quốc tế Lao động',
      '2023-05-02': 'nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch rơi vào thứ Bảy 29/04)',
      '2023-05-03': 'nghỉ bù Ngày Chiến thắng (rơi vào Chủ nhật 30/04)',
    });
    expect(namesOf(2026)['2026-04-27']).toBe('nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch rơi vào Chủ nhật 26/04)');
  });

  it('names the choices of Tết and National Day', () => {
    const [tet, nationalDay] = provisionalYear(2025).undecided;
    expect(tet).toMatchObject({ assumed: '2025-01-27', alternatives: ['2025-02-03'] });
    expect(tet?.why).toContain('2 ngày trước và 3 ngày từ mùng 1, hoặc 1 ngày trước và 4 ngày từ mùng 1');
    expect(nationalDay).toMatchObject({ assumed: '2025-09-01', alternatives: ['2025-09-03'] });
    // Mùng 1 of 2026 is a Tuesday, 02/09/2024 a Monday: there every choice comes to the same days off.
    const tetOf2026 = provisionalYear(2026).undecided.filter(({ why }) => why.startsWith('Tết'));
    const nationalDayOf2024 = provisionalYear(2024).undecided.filter(({ why }) => why.startsWith('Quốc khánh'));
    expect([tetOf2026, nationalDayOf2024]).toEqual([[], []]);
  });

  it('has 24/11 from 2026, and leaves its make-up day open', () => {
    expect(provisionalYear(2025).off).not.toContain('2025-11-24');
    expect(provisionalYear(2026).off).toContain('2026-11-24');
    const { off, undecided } = provisionalYear(2029);
    expect(off).not.toContain('2029-11-26');
    expect(undecided).toContainEqual({
      why: 'nghỉ bù Ngày Văn hóa Việt Nam (rơi vào thứ Bảy 24/11): luật chưa quy định',
      alternatives: ['2029-11-26'],
    });
  });

  it.each(YEARS)('%i: eleven working days off, each holiday made up for, and 24/11', (year) => {
    const made = provisionalYear(year);
    expect(CalendarYear.safeParse(made).success).toBe(true);
    const culture = year >= 2026 && ![0, 6].includes(weekday(`${year}-11-24`));
    expect(made.off).toHaveLength(culture ? 12 : 11);
    expect(new Set(made.off).size).toBe(made.off.length);
    for (const date of made.off) expect([1, 2, 3, 4, 5]).toContain(weekday(date as string));
    for (const { assumed, alternatives = [] } of made.undecided) {
      if (assumed) expect(made.off).toContain(assumed);
      for (const date of alternatives) expect(made.off).not.toContain(date);
    }
    const dates = statutoryDays(year).map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
  });

  it('goes by the weekly hours that it is given', () => {
    const weekly = { ...SHIPPED_CALENDAR.weekly, sat: SHIPPED_CALENDAR.weekly.mon };
    // 01/05/2027 is a Saturday: worked in this week, so it is off itself and nothing is made up for.
    expect(provisionalYear(2027, weekly).off).toContain('2027-05-01');
    expect(provisionalYear(2027, weekly).off).not.toContain('2027-05-03');
    const oneDay = { ...weekly, tue: [], wed: [], thu: [], fri: [], sat: [] };
    for (const date of provisionalYear(2027, oneDay).off) expect(weekday(date as string)).toBe(1);
    expect(provisionalYear(2027, { ...oneDay, mon: [] }).off).toEqual([]);
  });

  it.each([2019, 2020, 2051, 2099])('refuses %i, whose rules it does not hold', (year) => {
    expect(() => provisionalYear(year)).toThrow(`Năm ${year}: chưa có quy định trong dữ liệu (chỉ có 2021–2050)`);
    expect(() => statutoryDays(year)).toThrow('chưa có quy định');
  });
});

describe('reasons of days', () => {
  it.each([
    ['2024-02-14', 'nghỉ bù Tết Nguyên đán (mùng 2 rơi vào Chủ nhật 11/02) · '],
    ['2025-01-27', 'Tết Nguyên đán (2 ngày trước mùng 1) · '],
    ['2026-01-02', 'hoán đổi: làm bù thứ Bảy 10/01/2026 · '],
    ['2026-01-10', 'làm bù cho thứ Sáu 02/01/2026 · '],
    ['2026-02-20', 'Tết Nguyên đán (mùng 4) · '],
    ['2026-11-24', 'Ngày Văn hóa Việt Nam · '],
  ])('%s: %s and the notice', (date, words) => {
    const year = shippedYear(Number(date.slice(0, 4)));
    expect(whyOn(date)).toBe(`${words}${year.source}`);
  });

  it('cites the law where there is no notice yet', () => {
    expect(whyOn('2027-05-03')).toBe(
      'nghỉ bù Quốc tế Lao động (rơi vào thứ Bảy 01/05) · Bộ luật Lao động 2019, Điều 111 khoản 3',
    );
  });

  it('takes the admin’s own words, and says so where nobody gave any', () => {
    const [year] = SHIPPED_CALENDAR.years;
    const calendar = packCalendar({
      ...SHIPPED_CALENDAR,
      years: [
        {
          ...(year as CalendarYear),
          source: 'TB 1',
          off: [
            '2024-03-04',
            { date: '2024-03-05', reason: 'mất điện' },
            { date: '2024-03-06', reason: 'chuyển trụ sở', source: 'CV 2' },
          ],
          working: [{ date: '2024-03-09' }],
        },
      ],
    });
    expect(['04', '05', '06', '09'].map((day) => whyOn(`2024-03-${day}`, calendar))).toEqual([
      'ngày nghỉ theo thông báo · TB 1',
      'mất điện · TB 1',
      'chuyển trụ sở · CV 2',
      'ngày làm việc theo thông báo · TB 1',
    ]);
  });

  it('keeps to the length that a page accepts', () => {
    const [year] = SHIPPED_CALENDAR.years;
    const long = { ...(year as CalendarYear), source: 'x'.repeat(600) };
    const { days } = packCalendar({ ...SHIPPED_CALENDAR, years: [long] });
    expect(Math.max(...days.map(({ why }) => why.length))).toBe(400);
  });
});
