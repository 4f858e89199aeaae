import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildReport,
  compareReports,
  type NotDone,
  type ReportContext,
  readReport,
  reconcileRecords,
  reportText,
  rulesAt,
  SIDES,
  type Side,
  type SideRecord,
  TotalsError,
  type UnreadableRow,
} from '../../lib/reconcile/index.ts';

const DAY = 86_400;
const RECEIVED = Date.UTC(2026, 10, 5, 7, 30, 12) / 1000;
const NOW = RECEIVED + 18 * DAY;
const rules = rulesAt(20_780);
const context = (changes: Partial<ReportContext> = {}): ReportContext => ({
  rules,
  sides: SIDES,
  now: NOW,
  ...changes,
});

const record = (n: number, changes: Partial<SideRecord> = {}): SideRecord => ({
  code: `H29.999-261105-${String(n).padStart(4, '0')}`,
  procedure: '9.900012',
  unit: 'H29.999',
  status: 4,
  receivedAt: RECEIVED,
  dueAt: RECEIVED + 5 * DAY,
  updatedAt: RECEIVED,
  at: `x.csv:${n + 1}`,
  ...changes,
});
const many = (count: number, changes: (n: number) => Partial<SideRecord> = () => ({})) =>
  Array.from({ length: count }, (_, i) => record(i + 1, changes(i + 1)));
const notDone = (side: Side, day: string, dossiers?: number): NotDone => ({
  partition: { unit: 'H29.998', day },
  side,
  kind: 'timeout',
  message: 'không trả lời trong 30 giây',
  dossiers,
});

describe('totals', () => {
  it('every row is matched, different or only told, and the report says so', () => {
    const national = many(1200, (n) => (n === 3 ? { status: 2 } : {})).filter((_, i) => i !== 0);
    const unreadable = [{ side: 'lgsp' as const, at: 'lgsp.csv:9', reason: 'NgayTiepNhan: không phải ngày' }];
    const report = reconcileRecords({ city: many(1200), national, lgsp: many(1200) }, unreadable, context());
    expect(report.totals).toEqual({
      city: { total: 1200, matched: 1198, different: 2, excluded: 0 },
      national: { total: 1199, matched: 1198, different: 1, excluded: 0 },
      lgsp: { total: 1201, matched: 1198, different: 2, excluded: 1 },
    });
    expect(report.sum).toBe(
      'Hệ thống TTHC Thành phố: 1.200 dòng = 1.198 khớp + 2 lệch + 0 chỉ để biết; ' +
        'Cổng DVCQG: 1.199 dòng = 1.198 khớp + 1 lệch + 0 chỉ để biết; ' +
        'LGSP-HCM: 1.201 dòng = 1.198 khớp + 2 lệch + 1 chỉ để biết. Cộng đủ, không dòng nào bị bỏ.',
    );
    expect(report.byClass).toEqual({ 'missing-national': 1, status: 1, unreadable: 1 });
    expect(report.byCause).toEqual({ 'never-sent': 1, 'update-path': 1 });
    expect(report.byUnit).toEqual([
      { key: 'H29.999', different: 2, excluded: 0, classes: { 'missing-national': 1, status: 1 } },
    ]);
    expect(report.byDay.map(({ key }) => key)).toEqual(['2026-11-05']);
    expect(report).toMatchObject({ period: { from: '2026-11-05', to: '2026-11-05' }, units: ['H29.999'] });
  });

  it('rows that do not add up end the run, with the side and the figures', () => {
    const groups = [{ city: [record(1)], national: [], lgsp: [] }];
    const input = { rows: { city: 3 }, equalRows: { city: 1 }, groups, unreadable: [] };
    const run = () => buildReport(input, context({ sides: ['city', 'national'] }));
    expect(run).toThrow(TotalsError);
    expect(run).toThrow(
      'Hệ thống TTHC Thành phố: nhận 3 dòng nhưng xếp được 2 (1 khớp + 1 lệch + 0 chỉ để biết), chênh 1 dòng',
    );
  });

  it('a row without a code is a row that cannot be read', () => {
    const report = reconcileRecords(
      { city: [record(1), record(2, { code: '  ' })], national: [record(1)] },
      [],
      context({ sides: ['city', 'national'] }),
    );
    expect(report.totals.city).toEqual({ total: 2, matched: 1, different: 0, excluded: 1 });
    expect(report.unreadable).toEqual([{ side: 'city', at: 'x.csv:3', reason: 'mã hồ sơ: để trống' }]);
  });

  it('counts each field: the same, different, not told by two', () => {
    const lgsp = many(10, (n) => ({ dueAt: undefined, procedure: n > 4 ? undefined : '9.900099' }));
    const report = reconcileRecords(
      {
        city: many(10),
        national: many(10, (n) => ({ dueAt: n === 1 ? RECEIVED : undefined, procedure: undefined })),
        lgsp,
      },
      [],
      context(),
    );
    const table = Object.fromEntries(report.fields.map(({ field, ...counts }) => [field, Object.values(counts)]));
    expect(table).toEqual({
      status: [10, 0, 0],
      dueAt: [0, 1, 9],
      finishedAt: [0, 0, 10],
      receivedAt: [10, 0, 0],
      procedure: [0, 4, 6],
      hasResult: [0, 0, 10],
    });
  });

  const code = fc.integer({ min: 0, max: 9 }).map((n) => (n === 9 ? ' ' : n > 6 ? `Hồ sơ/${n}/` : record(n).code));
  const row: fc.Arbitrary<SideRecord> = fc.record({
    code,
    aliases: fc.option(fc.array(code, { maxLength: 2 }), { nil: undefined }),
    procedure: fc.constantFrom(undefined, '9.900012', '1.012796'),
    unit: fc.constantFrom(undefined, 'H29.999', 'H29.998'),
    status: fc.constantFrom(undefined, 0, 4, 5, 9, Number.NaN),
    receivedAt: fc.constantFrom(undefined, RECEIVED, RECEIVED + DAY, NOW, Number.NaN, -5, 1e12),
    dueAt: fc.constantFrom(undefined, RECEIVED + 5 * DAY, 0.5),
    finishedAt: fc.constantFrom(undefined, RECEIVED, Number.POSITIVE_INFINITY),
    updatedAt: fc.constantFrom(undefined, RECEIVED, NOW),
    at: fc.constantFrom('x.csv:2', 'x.csv:3'),
  });
  const rows = fc.array(row, { maxLength: 8 });
  const lists = fc.record({ city: rows, national: rows, lgsp: rows });
  const broken: fc.Arbitrary<UnreadableRow[]> = fc.array(
    fc.record({
      side: fc.constantFrom(...SIDES),
      at: fc.string(),
      reason: fc.string(),
      code: fc.option(code, { nil: undefined }),
    }),
    { maxLength: 4 },
  );

  it('add up for whatever rows come in, and the order of the rows changes nothing', () => {
    const input = fc
      .tuple(lists, broken, fc.subarray([...SIDES], { minLength: 1 }))
      .chain(([all, unreadable, sides]) =>
        fc
          .tuple(...SIDES.map((side) => fc.shuffledSubarray(all[side], { minLength: all[side].length })))
          .map(([city, national, lgsp]) => ({ all, unreadable, sides, other: { city, national, lgsp } })),
      );
    fc.assert(
      fc.property(input, ({ all, other, unreadable, sides }) => {
        const report = reconcileRecords(all, unreadable, context({ sides }));
        for (const side of SIDES) {
          const totals = report.totals[side] ?? { total: 0, matched: 0, different: 0, excluded: 0 };
          expect(totals.total).toBe(all[side].length + unreadable.filter((one) => one.side === side).length);
          expect(totals.matched + totals.different + totals.excluded).toBe(totals.total);
        }
        const again = reconcileRecords(other, unreadable, context({ sides }));
        expect({ ...again, unreadable: [] }).toEqual({ ...report, unreadable: [] });
        expect(readReport(reportText(report)).ok).toBe(true);
      }),
    );
  });
});

describe('what was not done', () => {
  const missing = { city: many(2), national: [], lgsp: many(2) };
  const names = (changes: Partial<ReportContext>) =>
    reconcileRecords(missing, [], context(changes)).differences.map(({ findings }) => findings.map(({ rule }) => rule));

  it('hides what may stand there: all units, days around it', () => {
    expect(names({ notDone: [notDone('national', '2026-11-20')] })).toEqual([['no-answer'], ['no-answer']]);
    expect(names({ notDone: [notDone('national', '')] })).toEqual([['no-answer'], ['no-answer']]);
    expect(names({ notDone: [notDone('national', '2026-09-01')] })).toEqual([['absent'], ['absent']]);
    expect(names({ notDone: [notDone('lgsp', '2026-11-05')] })).toEqual([['absent'], ['absent']]);
  });

  it('a question without an answer hides its dossier only, by any of its codes', () => {
    const unanswered = { national: [record(1).code.toLowerCase()] };
    const one = { unanswered, notDone: [notDone('national', '2026-11-05', 1)] };
    expect(names(one)).toEqual([['no-answer'], ['absent']]);
    expect(names({ notDone: [notDone('national', '2026-11-05', 1)] })).toEqual([['no-answer'], ['no-answer']]);
  });

  it('is in the report', () => {
    const list = [notDone('national', '2026-11-20')];
    expect(reconcileRecords(missing, [], context({ notDone: list })).notDone).toEqual(list);
  });
});

describe('as a file', () => {
  const report = reconcileRecords(
    { city: many(3), national: many(3, (n) => ({ status: n === 2 ? 2 : 4 })) },
    [{ side: 'city', at: 'x.csv:9', reason: 'không có mã', code: undefined }],
    context({ sides: ['city', 'national'], notDone: [notDone('lgsp', '2026-11-05')] }),
  );

  it('is read again as it was', () => {
    const reading = readReport(reportText(report));
    expect(reading).toEqual({ ok: true, report: JSON.parse(JSON.stringify(report)) });
  });

  it('holds nothing that a record should not have', () => {
    const extra = { owner: 'Người Không Có Thật', phone: '0999000001' };
    const strange = reconcileRecords(
      { city: [{ ...record(1), ...extra }], national: [] },
      [],
      context({ sides: ['city', 'national'] }),
    );
    expect(strange.differences).toHaveLength(1);
    expect(reportText(strange)).not.toMatch(/Không Có Thật|0999000001/);
  });

  it('is refused with line and field when it is something else or was changed', () => {
    const other = readReport('{\n"format": "x"}');
    expect(other).toMatchObject({ ok: false, problems: [{ line: 2, field: 'format' }] });
    const { sum: _sum, ...short } = JSON.parse(reportText(report));
    expect(readReport(JSON.stringify(short))).toMatchObject({ ok: false, problems: [{ line: 1, field: 'sum' }] });
    const changed = JSON.stringify(
      { ...JSON.parse(reportText(report)), totals: { city: { total: 5, matched: 2, different: 1, excluded: 1 } } },
      null,
      1,
    );
    const reading = readReport(changed);
    expect(reading).toMatchObject({ ok: false, problems: [{ field: 'totals.city' }] });
    expect(reading.ok || reading.problems[0]?.message).toContain('nhận 5 dòng nhưng xếp được 4');
  });
});

describe('compared with an earlier report', () => {
  const sides: Side[] = ['city', 'national'];
  const run = (city: SideRecord[], national: SideRecord[], changes: Partial<ReportContext> = {}) =>
    reconcileRecords({ city, national }, [], context({ sides, ...changes }));
  const codes = (list: { code: string; finding: { class: string } }[]) =>
    list.map((one) => `${one.code.slice(-1)} ${one.finding.class}`);
  const told = (before: ReturnType<typeof run>, after: ReturnType<typeof run>) => {
    const { fresh, cured, still, undecided } = compareReports(before, after);
    return { fresh: codes(fresh), cured: codes(cured), still: codes(still), undecided: codes(undecided) };
  };
  const late = (n: number) => (n === 1 || n === 2 ? { status: 2 } : {});
  const before = run(many(5), many(4, late));

  it('new, cured, still there', () => {
    const after = run(
      many(5),
      many(5, (n) => (n === 2 ? { status: 2 } : n === 3 ? { dueAt: RECEIVED } : {})),
    );
    expect(told(before, after)).toEqual({
      fresh: ['3 due-date'],
      cured: ['1 status', '5 missing-national'],
      still: ['2 status'],
      undecided: [],
    });
    expect(compareReports(before, after).byClass.status).toEqual({ fresh: 0, cured: 1, still: 1, undecided: 0 });
  });

  it('another class of the same dossier is new, and the same dossier under another code is the same', () => {
    const other = many(5, (n) => (n === 1 ? { dueAt: RECEIVED } : late(n)));
    expect(told(before, run(many(5), other))).toMatchObject({
      fresh: ['1 due-date'],
      cured: ['1 status', '5 missing-national'],
    });
    const renamed = many(4, (n) =>
      n === 1 ? { code: 'H29.997-261105-0009', aliases: [record(1).code], status: 2 } : late(n),
    );
    const cityRenamed = many(5, (n) => (n === 1 ? { code: 'H29.997-261105-0009', aliases: [record(1).code] } : {}));
    expect(told(before, run(cityRenamed, renamed))).toMatchObject({ fresh: [], cured: [] });
  });

  it('what was not looked at is not cured', () => {
    const all = { fresh: [], cured: [], still: [], undecided: ['1 status', '2 status', '5 missing-national'] };
    const december = (n: number): Partial<SideRecord> => ({
      receivedAt: RECEIVED + 30 * DAY,
      code: `H29.999-261205-000${n}`,
    });
    const next = many(5, december);
    expect(told(before, run(next, next, { now: NOW + 40 * DAY }))).toEqual(all);
    const elsewhere = many(5, (n) => ({ unit: 'H29.998', code: `H29.998-261105-000${n}` }));
    expect(told(before, run(elsewhere, elsewhere))).toEqual(all);
    expect(told(before, run(many(5), many(5), { sides: ['city'] })).undecided).toEqual([]);
    expect(told(before, reconcileRecords({ city: many(5) }, [], context({ sides: ['city'] })))).toEqual(all);
    expect(told(before, run(many(5), many(5), { notDone: [notDone('national', '2026-11-06')] }))).toEqual(all);
  });

  it('a dossier that changed lately may be cured or not', () => {
    const city = many(5, (n) => (n === 1 ? { status: 10, updatedAt: NOW - 60 } : {}));
    expect(told(before, run(city, many(4, late)))).toEqual({
      fresh: [],
      cured: [],
      still: ['2 status', '5 missing-national'],
      undecided: ['1 status'],
    });
  });

  it('a report against itself has nothing new and nothing cured', () => {
    expect(told(before, before)).toMatchObject({ fresh: [], cured: [], undecided: [] });
  });
});
