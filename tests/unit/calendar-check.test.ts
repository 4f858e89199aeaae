import { describe, expect, it } from 'vitest';
import {
  type CalendarFinding,
  type CalendarLayer,
  checkCalendar,
  dateOfDayOff,
  layerFindings,
  provisionalYear,
  readCalendarFile,
  SHIPPED_CALENDAR,
  type WorkingCalendar,
} from '../../lib/calendar/index.ts';

type Year = WorkingCalendar['years'][number];

/** The shipped calendar with one year changed; its index is that of the year. */
function changed(year: number, change: (one: Year) => void): WorkingCalendar {
  const calendar = structuredClone(SHIPPED_CALENDAR);
  change(calendar.years.find((one) => one.year === year) as Year);
  return calendar;
}
const without = (date: string) => (one: Year) => {
  one.off = one.off.filter((off) => dateOfDayOff(off) !== date);
};
const brief = ({ severity, path, message }: CalendarFinding) => `${severity} ${path.join('.')}: ${message}`;
const found = (calendar: WorkingCalendar) => checkCalendar(calendar).map(brief);
const LAW = 'Bộ luật Lao động 2019, Điều';

describe('checkCalendar', () => {
  it('finds nothing in the calendar that ships', () => {
    expect(checkCalendar(SHIPPED_CALENDAR)).toEqual([]);
  });

  it.each(Array.from({ length: 30 }, (_, i) => 2021 + i))('has no doubts about a year made by law: %i', (year) => {
    const findings = checkCalendar({ ...SHIPPED_CALENDAR, years: [provisionalYear(year)] });
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    const saturday = { ...SHIPPED_CALENDAR.weekly, sat: [['07:30', '11:30']] as [string, string][] };
    const own = checkCalendar({ ...SHIPPED_CALENDAR, weekly: saturday, years: [provisionalYear(year, saturday)] });
    expect(own.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  it('misses each holiday of every official year that is taken out', () => {
    for (const { year, status, off, swaps } of SHIPPED_CALENDAR.years) {
      for (const entry of off) {
        const date = dateOfDayOff(entry);
        if (swaps.some((swap) => swap.off === date)) continue;
        const findings = checkCalendar(changed(year, without(date)));
        const expected = status === 'official' ? 'error' : 'warning';
        expect(findings.map(({ severity }) => severity)).toContain(expected);
        expect(findings.map(({ message }) => message).join()).toContain(date.split('-').reverse().join('/'));
      }
    }
  });

  it.each<[string, WorkingCalendar, string[]]>([
    [
      'a lunar holiday is missing',
      changed(2025, without('2025-04-07')),
      [`error years.1.off: thiếu ngày nghỉ thứ Hai 07/04/2025: Giỗ Tổ Hùng Vương (10/3 âm lịch) (${LAW} 112 khoản 1)`],
    ],
    [
      'a make-up day is missing',
      changed(2026, without('2026-04-27')),
      [
        `error years.2.off: thiếu ngày nghỉ thứ Hai 27/04/2026: nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch rơi vào Chủ nhật 26/04) (${LAW} 111 khoản 3)`,
      ],
    ],
    [
      'a make-up day is not where the law puts it',
      changed(2026, (one) => {
        one.off[one.off.indexOf('2026-04-27')] = '2026-04-28';
      }),
      [
        `warning years.2.off.7: thứ Ba 28/04/2026 không phải chỗ luật đặt ngày nghỉ bù; theo luật là thứ Hai 27/04/2026: nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch rơi vào Chủ nhật 26/04) (${LAW} 111 khoản 3)`,
      ],
    ],
    [
      'Tết lacks its last make-up day',
      changed(2024, without('2024-02-14')),
      [
        'error years.0.off: Tết Nguyên đán chỉ nghỉ 4 ngày làm việc, luật cho 5 ngày và nghỉ bù; thiếu thứ Tư 14/02/2024 nghỉ bù Tết Nguyên đán (mùng 2 rơi vào Chủ nhật 11/02)',
      ],
    ],
    [
      'Tết is shorter than five days with its weekend',
      changed(2024, (one) => {
        one.off = one.off.filter((off) => !['2024-02-08', '2024-02-13', '2024-02-14'].includes(dateOfDayOff(off)));
      }),
      [
        expect.stringContaining(
          'error years.0.off: Tết Nguyên đán chỉ nghỉ 4 ngày liền kể cả cuối tuần, luật cho 5; thiếu ',
        ),
      ],
    ],
    [
      'mùng 1 itself is worked',
      changed(2025, without('2025-01-29')),
      [
        expect.stringContaining(
          'error years.1.off: Tết Nguyên đán: mùng 1 không phải là ngày nghỉ; thiếu thứ Tư 29/01/2025',
        ),
      ],
    ],
    [
      'Tết is laid in a way that no source names',
      changed(2025, (one) => {
        one.off[one.off.indexOf('2025-01-31')] = '2025-01-24';
      }),
      [expect.stringContaining('warning years.1.off: Tết Nguyên đán được chia khác các cách đã biết')],
    ],
    [
      'a holiday is worked on purpose',
      changed(2026, (one) => {
        without('2026-04-30')(one);
        one.working.push({ date: '2026-04-30' });
      }),
      [
        'note years.2.working.2: thứ Năm 30/04/2026 vốn là ngày làm việc',
        `warning years.2.working.2: làm việc vào ngày lễ thứ Năm 30/04/2026: Ngày Chiến thắng (${LAW} 112 khoản 1)`,
      ],
    ],
    [
      'a day is off that nothing names',
      changed(2026, (one) => one.off.push('2026-03-02')),
      [expect.stringMatching(/^warning years\.2\.off\.14: thứ Hai 02\/03\/2026: ngày nghỉ mà không/)],
    ],
    ['a day is off with a reason', changed(2026, (one) => one.off.push({ date: '2026-03-02', reason: 'bầu cử' })), []],
    [
      'a day is both off and worked',
      changed(2026, (one) => one.working.push({ date: '2026-03-02' }, { date: '2026-11-24' })),
      [
        'error years.2.off.13: thứ Ba 24/11/2026 vừa là ngày nghỉ vừa là ngày làm việc',
        'note years.2.working.2: thứ Hai 02/03/2026 vốn là ngày làm việc',
        `warning years.2.working.3: làm việc vào ngày lễ thứ Ba 24/11/2026: Ngày Văn hóa Việt Nam (Nghị quyết 28/2026/QH16, Điều 2)`,
      ],
    ],
    [
      'a date stands in another year, or twice',
      changed(2026, (one) => one.off.push({ date: '2025-03-03', reason: 'nhầm năm' }, '2026-01-01')),
      [
        'error years.2.off.14: ngày 2025-03-03 không thuộc năm 2026',
        'warning years.2.off.15: ngày 2026-01-01 ghi hai lần',
      ],
    ],
    [
      'a year has two tables',
      { ...SHIPPED_CALENDAR, years: [...SHIPPED_CALENDAR.years, SHIPPED_CALENDAR.years[0] as Year] },
      ['error years.4.year: năm 2024 có hai bảng'],
    ],
    [
      'a swap has lost a half',
      changed(2026, (one) => {
        one.working = one.working.slice(1);
        without('2026-08-31')(one);
      }),
      [
        'error years.2.swaps.0.work: hoán đổi: thứ Bảy 10/01/2026 không có trong working',
        'error years.2.swaps.1.off: hoán đổi: thứ Hai 31/08/2026 không có trong off',
      ],
    ],
    [
      'a weekend is worked for nothing',
      changed(2026, (one) => one.working.push({ date: '2026-03-07' })),
      ['warning years.2.working.2: thứ Bảy 07/03/2026 làm việc mà không hoán đổi cho ngày nào'],
    ],
    [
      'a weekend is off',
      changed(2026, (one) => one.off.push('2026-03-07')),
      ['note years.2.off.14: thứ Bảy 07/03/2026 vốn không có giờ làm việc'],
    ],
    [
      'an official year does not say where it is from',
      changed(2026, (one) => {
        one.source = ' ';
      }),
      ['error years.2.source: năm 2026 ghi là chính thức mà không nêu nguồn (số thông báo)'],
    ],
    [
      'a provisional year leaves nothing open',
      changed(2027, (one) => {
        one.undecided = [];
      }),
      ['note years.3: năm 2027 là dự kiến mà không nêu điều gì còn chờ thông báo'],
    ],
    [
      'an assumed day is not off',
      changed(2027, (one) => {
        one.off[one.off.indexOf('2027-09-01')] = '2027-09-03';
      }),
      ['warning years.3.undecided.1.assumed: ngày tạm lấy 2027-09-01 không có trong off'],
    ],
    [
      'the law of a year is not in the data',
      {
        ...SHIPPED_CALENDAR,
        years: [{ ...(SHIPPED_CALENDAR.years[0] as Year), year: 2019, off: [], working: [], swaps: [] }],
      },
      ['note years.0.year: năm 2019: chưa có quy định trong dữ liệu, không đối chiếu được ngày lễ'],
    ],
  ])('tells when %s', (_, calendar, findings) => {
    expect(found(calendar)).toEqual(findings);
  });

  it('takes the other lawful choices as they are announced', () => {
    const split = changed(2027, (one) => {
      one.off = one.off.map((date) =>
        date === '2027-02-04' ? '2027-02-11' : date === '2027-09-01' ? '2027-09-03' : date,
      );
      one.status = 'official';
      one.undecided = [];
    });
    expect(found(split)).toEqual([]);
  });

  it('looks at hours: those that touch are a whole, those that overlap a slip', () => {
    const { weekly } = SHIPPED_CALENDAR;
    const touching = {
      ...weekly,
      mon: [
        ['11:30', '17:00'],
        ['07:30', '11:30'],
      ] as [string, string][],
    };
    expect(found({ ...SHIPPED_CALENDAR, weekly: touching })).toEqual([]);
    const overlapping = {
      ...weekly,
      mon: [
        ['13:00', '17:00'],
        ['07:30', '13:30'],
      ] as [string, string][],
    };
    expect(found({ ...SHIPPED_CALENDAR, weekly: overlapping })).toEqual([
      'error weekly.mon.0: khoảng giờ 13:00–17:00 chồng lên khoảng khác',
    ]);
    const empty = changed(2026, (one) => {
      one.working = one.working.map(({ date }, i) => ({
        date,
        hours:
          i === 0
            ? []
            : [
                ['07:00', '12:00'],
                ['11:00', '13:00'],
              ],
      }));
    });
    expect(found(empty)).toEqual([
      'error years.2.working.0.hours: ngày làm việc 2026-01-10 không có giờ nào',
      'error years.2.working.1.hours.1: khoảng giờ 11:00–13:00 chồng lên khoảng khác',
    ]);
    const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    expect(found({ ...SHIPPED_CALENDAR, weekly: none, years: [] })).toEqual([
      'error weekly: cả tuần không có giờ làm việc nào',
    ]);
    const closedMonday = checkCalendar({ ...SHIPPED_CALENDAR, weekly: { ...weekly, mon: [] } }).map(brief);
    expect(closedMonday).toContain(
      'error years.2.working.0: ngày làm việc 2026-01-10 không ghi giờ, mà thứ Hai không có giờ để lấy theo',
    );
  });
});

describe('layerFindings', () => {
  const layer = (one: Partial<CalendarLayer>): CalendarLayer => ({
    kind: 'unit',
    id: 'phuong',
    version: '1',
    label: 'Phường Một',
    source: 'QĐ 1',
    years: [],
    ...one,
  });
  const told = (one: Partial<CalendarLayer>, base = SHIPPED_CALENDAR) => layerFindings(base, layer(one)).map(brief);

  it('points into a national layer', () => {
    const notice = { ...provisionalYear(2028), status: 'official' as const, undecided: [] };
    expect(told({ kind: 'national', years: [{ ...notice, source: undefined }] })).toEqual([]);
    const lacking = { ...notice, off: notice.off.filter((date) => date !== '2028-04-04') };
    expect(told({ kind: 'national', years: [provisionalYear(2029), lacking] })).toEqual([
      `error years.1.off: thiếu ngày nghỉ thứ Ba 04/04/2028: Giỗ Tổ Hùng Vương (10/3 âm lịch) (${LAW} 112 khoản 1)`,
    ]);
    expect(told({ kind: 'national', years: [provisionalYear(2026)] })).toEqual([
      'note years.0.status: năm 2026 đã có bảng chính thức, tệp này thay bằng bảng dự kiến',
    ]);
    expect(told({ kind: 'national', years: [notice, { ...notice, off: [...notice.off, '2028-04-04'] }] })).toEqual([
      'error years.1.year: năm 2028 có hai bảng',
      'warning years.1.off.12: ngày 2028-04-04 ghi hai lần',
    ]);
  });

  it('points into a unit layer, and takes its own days as they are', () => {
    expect(
      told({ years: [{ year: 2026, off: [{ date: '2026-03-05', reason: 'chuyển trụ sở' }] }, { year: 2030 }] }),
    ).toEqual([
      'warning years.1.year: lịch chung chưa có năm 2030: ngày riêng của đơn vị trong năm này không được dùng',
    ]);
    const days = {
      year: 2026,
      off: ['2026-03-05', '2025-03-05'],
      working: [{ date: '2026-03-07' }, { date: '2026-04-30' }],
    };
    expect(told({ years: [days] })).toEqual([
      'error years.0.off.1: ngày 2025-03-05 không thuộc năm 2026',
      'note years.0.working.0: thứ Bảy 07/03/2026 làm việc mà không hoán đổi cho ngày nào',
      'note years.0.working.1: thứ Năm 30/04/2026 vốn là ngày làm việc',
      `warning years.0.working.1: làm việc vào ngày lễ thứ Năm 30/04/2026: Ngày Chiến thắng (${LAW} 112 khoản 1)`,
      'note years.0.off.0: thứ Năm 05/03/2026: ngày nghỉ mà không luật, hoán đổi hay lý do nào nêu; nếu đúng, hãy ghi reason',
    ]);
    expect(told({ years: [{ year: 2026, swaps: [{ off: '2026-03-05', work: '2026-03-07' }] }] })).toEqual([
      'error years.0.swaps.0: hoán đổi: thứ Năm 05/03/2026 không có trong off',
      'error years.0.swaps.0: hoán đổi: thứ Bảy 07/03/2026 không có trong working',
    ]);
  });

  it('tells of holidays that a longer week uncovers', () => {
    const sat: [string, string][] = [['07:30', '11:30']];
    const findings = told({ weekly: { ...SHIPPED_CALENDAR.weekly, sat } });
    expect(findings).toHaveLength(3);
    expect(findings[0]).toMatch(/^error weekly: năm 2024: Tết Nguyên đán: .*thứ Bảy 10\/02\/2024/);
    const years = [
      { year: 2024, off: ['2024-02-10'] },
      { year: 2027, off: ['2027-02-06', '2027-05-01'] },
    ];
    expect(told({ weekly: { ...SHIPPED_CALENDAR.weekly, sat }, years })).toEqual([]);
    const slip = [
      ['07:30', '11:30'],
      ['11:00', '12:00'],
    ] as [string, string][];
    expect(told({ weekly: { ...SHIPPED_CALENDAR.weekly, tue: slip } })).toEqual([
      'error weekly.tue.1: khoảng giờ 11:00–12:00 chồng lên khoảng khác',
    ]);
  });

  it('does not tell again what was so before', () => {
    const base = changed(2025, without('2025-04-07'));
    expect(told({ years: [{ year: 2025, off: [{ date: '2025-03-05', reason: 'chuyển trụ sở' }] }] }, base)).toEqual([]);
  });
});

describe('readCalendarFile', () => {
  const lines = (value: unknown) => JSON.stringify(value, null, 2);

  it('reads a whole calendar as a national layer with its week', () => {
    const reading = readCalendarFile(lines(SHIPPED_CALENDAR));
    expect(reading).toEqual({ ok: true, layer: { kind: 'national', ...SHIPPED_CALENDAR }, findings: [] });
  });

  it('gives each finding its line, and tells of fields that nothing reads', () => {
    const text = lines({
      kind: 'unit',
      id: 'a',
      version: '1',
      label: 'A',
      source: '',
      years: [{ year: 2030, nghi: [] }],
    });
    const reading = readCalendarFile(text);
    expect(reading.ok && reading.findings.map(({ line, severity, path }) => [line, severity, path.join('.')])).toEqual([
      [9, 'warning', 'years.0.year'],
      [10, 'warning', 'years.0.nghi'],
    ]);
    expect(text.split('\n')[8]).toContain('2030');
  });

  it.each<[string, string, unknown]>([
    ['no JSON', '{"kind": "unit",\n "id" "x"}', { line: 2, field: '' }],
    ['no object', '[]', { line: 1, field: '' }],
    [
      'an unknown kind',
      lines({ kind: 'xa' }),
      { line: 2, field: 'kind', message: 'phải là một trong: national, unit' },
    ],
    [
      'a date that does not exist',
      lines({
        ...SHIPPED_CALENDAR,
        years: [{ ...SHIPPED_CALENDAR.years[0], swaps: [{ off: '2024-02-30', work: '2024-03-02' }] }],
      }),
      { field: 'years[0].swaps[0].off', message: 'ngày không tồn tại (hoặc ngoài 1990–2099)' },
    ],
  ])('refuses %s', (_, text, problem) => {
    const reading = readCalendarFile(text);
    expect(reading.ok).toBe(false);
    expect(!reading.ok && reading.problems).toContainEqual(expect.objectContaining(problem));
  });
});
