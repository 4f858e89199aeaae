import { describe, expect, it } from 'vitest';
import type { CalendarLayer } from '../../lib/calendar/index.ts';
import { isUnitFile, readUnitFile, type Unit, unitFileText } from '../../lib/deadline/index.ts';

const LAYER: CalendarLayer = {
  kind: 'unit',
  id: 'ubnd-thu',
  version: '1',
  label: 'UBND phường Thử',
  source: 'Thông báo 12/TB-UBND',
  years: [{ year: 2026, off: [{ date: '2026-06-15', reason: 'Kỷ niệm thành lập' }] }],
};

const UNIT: Unit = {
  rules: {
    counting: [
      { effectiveFrom: '2027-01-01', policy: 'hour-to-hour', roundUpMinutes: 15, closeOfDay: 'next-opening' },
      { effectiveFrom: '2028-01-01', policy: 'civil-code', dayZero: 'receipt-date', source: 'Công văn 1' },
    ],
    thresholds: { dueSoonMinutes: 480, dueSoonShare: 0.25 },
    cutoffs: [{ procedure: '1.014849', at: '14:30' }],
  },
  calendars: [LAYER],
};

const raw = (change: (file: Record<string, unknown>) => void): string => {
  const file = JSON.parse(unitFileText(UNIT)) as Record<string, unknown>;
  change(file);
  return JSON.stringify(file, null, 2);
};
const problemsOf = (text: string) => {
  const reading = readUnitFile(text);
  return reading.ok ? [] : reading.problems.map(({ line, field, message }) => `${line} ${field}: ${message}`);
};

describe('the whole rules of a unit', () => {
  it.each([UNIT, { rules: {}, calendars: [] }])('come back as they went out', (unit) => {
    const reading = readUnitFile(unitFileText(unit));
    expect(reading.ok && reading.unit).toEqual(unit);
    // A byte order mark, as editors on Windows write it.
    expect(readUnitFile(`\uFEFF${unitFileText(unit)}`).ok).toBe(true);
  });

  it('are told from a calendar, even where the text is damaged', () => {
    expect(isUnitFile(unitFileText(UNIT))).toBe(true);
    expect(isUnitFile(unitFileText(UNIT).slice(0, 40))).toBe(true);
    expect(isUnitFile(JSON.stringify(LAYER))).toBe(false);
  });
});

describe('faults', () => {
  it('of the format and of names that do not belong there', () => {
    expect(problemsOf(raw((file) => Object.assign(file, { format: 'dunghen-unit/9' })))).toEqual([
      '2 format: phải là "dunghen-unit/1" (tệp của bản Đúng Hẹn khác?)',
    ]);
    expect(problemsOf(raw((file) => Object.assign(file, { calendar: [] })))[0]).toContain('có trường lạ: calendar');
    expect(problemsOf('{"format": "dunghen-unit/1"')).toHaveLength(1);
  });

  it('of values, each with its line', () => {
    const text = raw((file) => {
      const { thresholds, cutoffs } = file.rules as Required<Unit['rules']>;
      Object.assign(thresholds ?? {}, { dueSoonShare: 2 });
      Object.assign(cutoffs?.[0] ?? {}, { at: '24:00' });
    });
    const line = (part: string) => text.split('\n').findIndex((row) => row.includes(part)) + 1;
    expect(problemsOf(text)).toEqual([
      `${line('dueSoonShare')} rules.thresholds.dueSoonShare: lớn nhất là 1`,
      `${line('24:00')} rules.cutoffs[0].at: phải có dạng HH:mm`,
    ]);
  });

  it('two ways of counting from one date, two cut-offs of one procedure', () => {
    const text = unitFileText({
      rules: {
        counting: [
          { effectiveFrom: '2027-01-01', policy: 'civil-code' },
          { effectiveFrom: '2027-01-01', policy: 'keep-time' },
        ],
        cutoffs: [
          { procedure: '1.014849', at: '14:00' },
          { procedure: ' 1.014849', at: '15:00' },
          { procedure: '1.014849.000.00.00.H29', at: '16:00' },
        ],
      },
      calendars: [],
    });
    expect(problemsOf(text)).toEqual([
      '10 rules.counting[1].effectiveFrom: đã có một cách đếm áp dụng từ 2027-01-01',
      '20 rules.cutoffs[1].procedure: thủ tục 1.014849 có hai giờ chốt',
      '24 rules.cutoffs[2].procedure: thủ tục 1.014849 có hai giờ chốt',
    ]);
  });
});

describe('findings', () => {
  const findingsOf = (text: string) => {
    const reading = readUnitFile(text);
    return reading.ok
      ? reading.findings.map(({ severity, line, path }) => `${severity} ${line} ${path.join('.')}`)
      : null;
  };

  it('names fields that nothing reads', () => {
    const text = raw((file) => Object.assign(file.rules as object, { treshholds: {} }));
    const line = text.split('\n').findIndex((row) => row.includes('treshholds')) + 1;
    expect(findingsOf(text)).toContain(`warning ${line} rules.treshholds`);
  });

  it('checks each calendar against those before it, at its place in the file', () => {
    const other: CalendarLayer = { ...LAYER, id: 'khac', years: [{ year: 2031, off: ['2031-06-16'] }] };
    const national: CalendarLayer = {
      ...LAYER,
      kind: 'national',
      id: 'lich-2031',
      years: [{ year: 2031, status: 'provisional', source: 'dự kiến' }],
    };
    const alone = findingsOf(unitFileText({ rules: {}, calendars: [other] })) ?? [];
    const after = findingsOf(unitFileText({ rules: {}, calendars: [national, other] })) ?? [];
    // A unit layer makes no year known: alone it is said, over a national layer with that year it is not.
    const year = (list: readonly string[], i: number) =>
      list.filter((one) => one.endsWith(`calendars.${i}.years.0.year`));
    expect(year(alone, 0)).toHaveLength(1);
    expect(year(after, 1)).toEqual([]);
  });
});
