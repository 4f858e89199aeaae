import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreementOf,
  beginRecord,
  clopperPearson,
  type Decision,
  type Design,
  detectable,
  deviationOf,
  drawKey,
  estimateOne,
  estimateTotal,
  evaluate,
  exactInterval,
  extendRecord,
  figuresOf,
  freeze,
  marginOfSize,
  readRecord,
  recordText,
  replaceUnit,
  type SampleRecord,
  SamplingError,
  sizeSentence,
  type Unit,
  verifyDraw,
  verifyFigures,
  wilson,
} from '../../lib/sampling/index.ts';

const STRATA = ['Hộ tịch', 'Chứng thực', 'Đất đai'];
const list = (count: number, strata: readonly string[] = ['']): Unit[] =>
  Array.from({ length: count }, (_, i) => ({
    code: `H29.999-261110-${String(i).padStart(4, '0')}`,
    stratum: strata[i % strata.length] as string,
  }));
const FROM = { source: 'ds.csv', by: null, column: null, pooledUnder: 1 };
const BY_FIELD = { source: 'ds.csv', by: 'field', column: 'Lĩnh vực', pooledUnder: 1 } as const;
const SIMPLE: Design = {
  goal: { kind: 'margin', margin: 0.05, expected: 0.5 },
  confidence: 0.95,
  allocation: null,
  minimum: 2,
};
const DIVIDED: Design = { ...SIMPLE, allocation: 'proportional' };
const SCAN = { name: 'Bản chụp đúng', declared: 0.99 };
const RESULT = { name: 'Có kết quả', declared: null };

const simple = (n = 300, goal: Design['goal'] = { kind: 'size', size: 60 }) => {
  const population = freeze(list(n));
  return { population, record: beginRecord(population, FROM, { ...SIMPLE, goal }, '83412', [SCAN]) };
};
const divided = () => {
  const population = freeze(list(900, STRATA));
  return { population, record: beginRecord(population, BY_FIELD, DIVIDED, '83412', [SCAN, RESULT]) };
};
/** The record with decisions by the place of each dossier. */
const decided = (record: SampleRecord, decide: (i: number) => Decision | null): SampleRecord => ({
  ...record,
  units: record.units.map((unit, i) =>
    unit.unavailable === null
      ? { ...unit, first: Object.fromEntries(Object.keys(unit.first).map((name) => [name, decide(i)])) }
      : unit,
  ),
});
const fault = (action: () => unknown): string | null => {
  try {
    action();
  } catch (error) {
    if (error instanceof SamplingError) return `${error.fault}: ${error.message}`;
    throw error;
  }
  return null;
};
const problems = (text: string) => {
  const reading = readRecord(text);
  return reading.ok ? [] : reading.problems.map(({ field, message }) => `${field}: ${message}`);
};

describe('a record', () => {
  it('is the same bytes for the same list, design and seed, and reads back as itself', () => {
    const { record } = divided();
    expect(recordText(divided().record)).toBe(recordText(record));
    expect(readRecord(recordText(record))).toMatchObject({ ok: true, record });
  });

  it('another seed gives another sample', () => {
    const { population, record } = simple();
    const other = beginRecord(population, FROM, SIMPLE, '83413', [SCAN]);
    expect(other.units.slice(0, 60).map(({ code }) => code)).not.toEqual(record.units.map(({ code }) => code));
  });

  it('of another version, or of something else, is refused with one sentence', () => {
    const { record } = simple();
    const other = { ...record, format: 'dunghen-sample/2', more: 1 };
    expect(problems(JSON.stringify(other))).toEqual([
      'format: phải là "dunghen-sample/1" (tệp của phiên bản khác, hoặc không phải mẫu?)',
    ]);
    expect(problems('{"units":[]}')).toHaveLength(1);
    expect(problems('')).toEqual([': không phải JSON: thiếu giá trị']);
  });

  it.each<[string, (record: SampleRecord) => void, string]>([
    ['a dossier removed', (r) => r.units.splice(5, 1), 'phải có 60 hồ sơ'],
    [
      'a dossier put in',
      (r) => Object.assign(r.units[9] as object, { code: 'H29.999-261110-9999' }),
      'không đứng ở thứ tự này',
    ],
    ['two dossiers swapped', (r) => r.units.splice(3, 2, ...(r.units.slice(3, 5).reverse() as never[])), 'phải là 4'],
    ['another seed', (r) => Object.assign(r, { seed: '1' }), 'không đứng ở thứ tự này'],
    [
      'a decision under another name',
      (r) => Object.assign(r.units[0] as object, { first: { x: null } }),
      'không có mục kiểm tra này',
    ],
    ['a check without decision', (r) => Object.assign(r.units[0] as object, { first: {} }), 'thiếu mục kiểm tra'],
    [
      'a word that is no decision',
      (r) => Object.assign(r.units[0] as object, { first: { [SCAN.name]: 'ok' } }),
      'phải là một trong: pass, fail, unknown',
    ],
    ['a field with a slip', (r) => Object.assign(r.units[0] as object, { frist: {} }), 'frist'],
    ['a wrong count', (r) => Object.assign(r.population, { count: 301 }), 'không bằng tổng các nhóm'],
    ['a stratum too many', (r) => Object.assign(r.units[0] as object, { stratum: 'x' }), 'không có nhóm «x»'],
    ['a check twice', (r) => r.checks.push({ ...SCAN }), 'có hai lần'],
    [
      'a size above the stratum',
      (r) => Object.assign(r.population.strata[0] as object, { size: 301 }),
      'nhóm chỉ có 300 hồ sơ',
    ],
    [
      'a decision on what could not be opened',
      (r) => Object.assign(r.units[0] as object, { unavailable: 'mất', first: { [SCAN.name]: 'pass' } }),
      'không mở được thì không có kết luận',
    ],
    [
      'a cause of what did not fail',
      (r) => Object.assign(r.units[0] as object, { causes: { [SCAN.name]: 'Thiếu trang' } }),
      'chỉ mục không đạt mới có nguyên nhân',
    ],
    [
      'settled without two decisions',
      (r) => Object.assign(r.units[0] as object, { first: { [SCAN.name]: 'pass' }, settled: { [SCAN.name]: 'fail' } }),
      'cả hai người đã kết luận',
    ],
    ['a field that is missing', (r) => Object.assign(r, { signedOffAt: undefined }), 'thiếu trường này'],
  ])('tampered with is refused: %s', (_, change, message) => {
    const record = structuredClone(simple().record);
    change(record);
    const found = problems(JSON.stringify(record));
    expect(found.join('\n')).toContain(message);
  });
});

describe('goals that allow no sample', () => {
  it('are told', () => {
    const population = freeze(list(300));
    const begin = (design: Partial<Design>) =>
      fault(() => beginRecord(population, FROM, { ...SIMPLE, ...design }, 's', [SCAN]));
    expect(begin({ goal: { kind: 'size', size: 301 } })).toContain('chỉ có 300 hồ sơ');
    expect(begin({ goal: { kind: 'size', size: 0 } })).toContain('từ 1 trở lên');
    expect(begin({ goal: { kind: 'margin', margin: 0, expected: 0.5 } })).toContain('sai số');
    expect(begin({ goal: { kind: 'margin', margin: 0.05, expected: 1 } })).toContain('dự kiến');
    expect(begin({ confidence: 1 })).toContain('độ tin cậy');
    const plan = { kind: 'plan', acceptable: 0.01, rejectable: 0.05, producerRisk: 0.05, consumerRisk: 0.1 } as const;
    expect(
      fault(() => beginRecord(freeze(list(300, STRATA)), BY_FIELD, { ...DIVIDED, goal: plan }, 's', [SCAN])),
    ).toContain('không chia nhóm');
    expect(
      fault(() => beginRecord(freeze(list(300, STRATA)), BY_FIELD, { ...DIVIDED, minimum: 1 }, 's', [SCAN])),
    ).toContain('ít nhất 2');
  });
});

describe('held against its list', () => {
  it('a list that has changed is refused', () => {
    const { record } = simple();
    expect(fault(() => verifyDraw(record, freeze(list(300).slice(1))))).toMatch(
      /^changed: danh sách đã đổi .*300 hồ sơ.*299 hồ sơ/,
    );
    expect(fault(() => verifyDraw(record, freeze(list(300))))).toBeNull();
  });

  it('a sample that leaves out the first in order is found, though it looks whole', () => {
    const { record, population } = simple();
    const all = list(300).sort((a, b) => (drawKey('83412', a.code) < drawKey('83412', b.code) ? -1 : 1));
    const units = record.units.map((unit, i) => ({ ...unit, code: (all[i + 1] as Unit).code }));
    expect(problems(recordText({ ...record, units }))).toEqual([]);
    expect(fault(() => verifyDraw({ ...record, units }, population))).toMatch(/^record: mẫu trong tệp không phải/);
  });
});

describe('more dossiers', () => {
  it('extending keeps every dossier and decision, and gives what a larger draw would have', () => {
    const { population, record } = divided();
    const checked = decided(record, (i) => (i % 9 === 0 ? 'fail' : 'pass'));
    const longer = extendRecord({ ...checked, figures: figuresOf(evaluate(checked)) }, population, {
      kind: 'margin',
      margin: 0.03,
      expected: 0.5,
    });
    const after = new Map(longer.units.map((unit) => [unit.code, unit]));
    for (const unit of checked.units) expect(after.get(unit.code)).toEqual(unit);
    const fresh = beginRecord(
      population,
      BY_FIELD,
      { ...DIVIDED, goal: { kind: 'margin', margin: 0.03, expected: 0.5 } },
      '83412',
      [SCAN, RESULT],
    );
    expect(longer.units.map(({ code }) => code)).toEqual(fresh.units.map(({ code }) => code));
    expect(longer.population).toEqual(fresh.population);
    expect(longer.figures).toBeUndefined();
    expect(readRecord(recordText(longer)).ok).toBe(true);
  });

  it('does not shrink, and an acceptance plan does not grow', () => {
    const { population, record } = simple();
    expect(fault(() => extendRecord(record, population, { kind: 'size', size: 60 }))).toContain(
      'không có gì để rút thêm',
    );
    const plan = simple(300, {
      kind: 'plan',
      acceptable: 0.01,
      rejectable: 0.05,
      producerRisk: 0.05,
      consumerRisk: 0.1,
    });
    expect(fault(() => extendRecord(plan.record, plan.population, { kind: 'size', size: 299 }))).toContain(
      'cỡ mẫu cố định',
    );
  });

  it('what cannot be opened is replaced by the next in order, with the reason kept', () => {
    const { population, record } = divided();
    const lost = record.units[4]?.code as string;
    const { record: next, added } = replaceUnit(record, population, lost, ' chuyển kho ');
    const stratum = record.units[4]?.stratum;
    const before = record.units.filter((unit) => unit.stratum === stratum);
    const after = next.units.filter((unit) => unit.stratum === stratum);
    expect(after.map(({ code }) => code)).toEqual([...before.map(({ code }) => code), added]);
    expect(next.units.find(({ code }) => code === lost)?.unavailable).toBe('chuyển kho');
    expect(evaluate(next).unavailable).toEqual([{ code: lost, stratum, reason: 'chuyển kho' }]);
    expect(readRecord(recordText(next)).ok).toBe(true);
    expect(fault(() => replaceUnit(next, population, lost, 'x'))).toContain('đã được thay');
    expect(fault(() => replaceUnit(next, population, 'H29.999-0', 'x'))).toContain('không có trong mẫu');
    expect(fault(() => replaceUnit(next, population, added as string, ' '))).toContain('lý do');
    expect(
      fault(() =>
        replaceUnit(
          decided(next, () => 'pass'),
          population,
          added as string,
          'x',
        ),
      ),
    ).toContain('đã có kết luận');
  });

  it('a stratum that has no more leaves the sample one shorter', () => {
    const { population, record } = simple(60);
    const { record: next, added } = replaceUnit(record, population, record.units[0]?.code as string, 'mất');
    expect(added).toBeNull();
    expect(next.units).toHaveLength(60);
    expect(evaluate(next).checks[0]?.open).toBe(59);
    expect(readRecord(recordText(next)).ok).toBe(true);
  });
});

describe('a result', () => {
  it('one stratum: rate, intervals, difference from what was declared', () => {
    const { record } = simple();
    const result = evaluate(decided(record, (i) => (i < 3 ? 'fail' : i < 5 ? 'unknown' : 'pass')));
    const [check] = result.checks;
    expect(check).toMatchObject({ open: 0, verdict: null, agreement: null });
    expect(check?.total).toEqual({
      passed: 55,
      failed: 3,
      unknown: 2,
      rate: 55 / 58,
      wilson: wilson(55, 58, 0.95, 300),
      exact: exactInterval(55, 58, 0.95, 300),
      range: [55 / 60, 57 / 60],
    });
    const [low, high] = exactInterval(55, 58, 0.95, 300);
    expect(check?.difference).toMatchObject({ declared: 0.99, contradicted: high < 0.99 });
    expect(check?.difference?.interval).toEqual([low - 0.99, high - 0.99]);
    expect(check?.failed).toEqual(record.units.slice(0, 3).map(({ code }) => code));
  });

  it('strata: the total is weighted by their size, not by the sample', () => {
    const tallies = [
      { count: 900, passed: 9, failed: 1, unknown: 0 },
      { count: 100, passed: 5, failed: 5, unknown: 0 },
    ];
    expect(estimateTotal(tallies, 0.95)?.rate).toBeCloseTo(0.9 * 0.9 + 0.1 * 0.5, 12);
    expect(estimateTotal([...tallies, { count: 5, passed: 0, failed: 0, unknown: 1 }], 0.95)).toBeNull();
  });

  it('strata that are all alike give nearly the interval of one sample', () => {
    const one = estimateOne({ count: 3000, passed: 270, failed: 30, unknown: 0 }, 0.95);
    const three = estimateTotal(
      Array.from({ length: 3 }, () => ({ count: 1000, passed: 90, failed: 10, unknown: 0 })),
      0.95,
    );
    expect(three?.rate).toBeCloseTo(one?.rate as number, 12);
    for (const end of [0, 1] as const)
      expect(Math.abs((three?.wilson[end] as number) - (one?.wilson[end] as number))).toBeLessThan(0.001);
  });

  it('nothing failed anywhere is no certainty; everything looked at is', () => {
    const clean = estimateTotal(
      [100, 200, 300].map((count) => ({ count, passed: 20, failed: 0, unknown: 0 })),
      0.95,
    );
    expect(clean).toMatchObject({ rate: 1 });
    expect(clean?.exact[0]).toBeLessThan(0.97);
    expect(clean?.exact[1]).toBe(1);
    const all = estimateTotal(
      [
        { count: 10, passed: 9, failed: 1, unknown: 0 },
        { count: 20, passed: 15, failed: 5, unknown: 0 },
      ],
      0.95,
    );
    expect([all?.wilson, all?.exact]).toEqual([
      [0.8, 0.8],
      [0.8, 0.8],
    ]);
    expect(estimateOne({ count: 5, passed: 0, failed: 0, unknown: 5 }, 0.95)).toBeNull();
  });

  it('an acceptance plan decides as soon as it can, and never over what is not told', () => {
    const { record } = simple(1000, {
      kind: 'plan',
      acceptable: 0.01,
      rejectable: 0.05,
      producerRisk: 0.05,
      consumerRisk: 0.1,
    });
    expect(record.design.basis).toMatchObject({ n: 128, c: 3 });
    const verdict = (decide: (i: number) => Decision | null) => evaluate(decided(record, decide)).checks[0]?.verdict;
    expect(verdict(() => null)).toBe('open');
    expect(verdict((i) => (i < 3 ? 'fail' : 'pass'))).toBe('accepted');
    expect(verdict((i) => (i < 4 ? 'fail' : null))).toBe('refused');
    expect(verdict((i) => (i < 3 ? 'fail' : i === 3 ? 'unknown' : 'pass'))).toBe('open');
  });

  it('two people: kappa by check, with the dossiers on which they differ', () => {
    const { record } = simple();
    const first = decided(record, (i) => (i % 2 === 0 ? 'pass' : 'fail'));
    const units = first.units.map((unit, i) => ({
      ...unit,
      second: { [SCAN.name]: i === 1 ? 'pass' : i < 20 ? (unit.first[SCAN.name] ?? null) : null },
    }));
    const agreement = evaluate({ ...first, units }).checks[0]?.agreement;
    expect(agreement).toMatchObject({
      both: 20,
      agreed: 19,
      disagreements: [{ code: units[1]?.code, first: 'fail', second: 'pass' }],
    });
    expect(agreement?.kappa).toBeCloseTo(0.9, 12);
    // Talked over afterwards: the rate follows, agreement stays what it was when each judged alone.
    const settled = units.map((unit, i) =>
      i === 1 ? { ...unit, first: { [SCAN.name]: 'pass' as const }, settled: { [SCAN.name]: 'fail' as const } } : unit,
    );
    const after = evaluate({ ...first, units: settled }).checks[0];
    expect(after?.agreement).toEqual(agreement);
    expect(after?.failed).toHaveLength(29);
    expect(agreementOf([{ code: 'a', first: 'pass', second: 'pass' }])?.kappa).toBeNull();
  });

  it('recomputes to the figures it keeps; changed decisions or figures are found', () => {
    const { record } = divided();
    const checked = decided(record, (i) => (i % 7 === 0 ? 'fail' : 'pass'));
    const kept = { ...checked, figures: figuresOf(evaluate(checked)) };
    const reading = readRecord(recordText(kept));
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    expect(fault(() => verifyFigures(reading.record, evaluate(reading.record)))).toBeNull();
    const other = decided(reading.record, (i) => (i === 0 ? 'fail' : 'pass'));
    expect(fault(() => verifyFigures(other, evaluate(other)))).toMatch(/^record: số liệu ghi trong tệp/);
    const shorter = { ...kept, figures: kept.figures.slice(1) };
    expect(fault(() => verifyFigures(shorter, evaluate(shorter)))).not.toBeNull();
  });

  it('laws: intervals hold the rate, the exact one holds what is known, more confidence is wider, more dossiers narrower', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3000 }), fc.nat(3000), fc.nat(3000), (N, a, b) => {
        const n = 1 + (a % N);
        const x = b % (n + 1);
        const wide = estimateOne({ count: N, passed: x, failed: n - x, unknown: 0 }, 0.99);
        const usual = estimateOne({ count: N, passed: x, failed: n - x, unknown: 0 }, 0.95);
        for (const [low, high] of [usual?.wilson, usual?.exact] as [number, number][]) {
          // In whole dossiers: 1 of 301 is no rate that 304 dossiers can have.
          expect(low).toBeLessThanOrEqual(Math.ceil((x * N) / n - 1e-9) / N + 1e-12);
          expect(high).toBeGreaterThanOrEqual(Math.floor((x * N) / n + 1e-9) / N - 1e-12);
          expect(low).toBeGreaterThanOrEqual(x / N - 1e-12);
          expect(high).toBeLessThanOrEqual(1 - (n - x) / N + 1e-12);
        }
        for (const kind of ['wilson', 'exact'] as const) {
          expect(wide?.[kind][0]).toBeLessThanOrEqual(usual?.[kind][0] as number);
          expect(wide?.[kind][1]).toBeGreaterThanOrEqual(usual?.[kind][1] as number);
        }
        const [low, high] = clopperPearson(x, n, 0.95);
        const [lower, higher] = clopperPearson(n - x, n, 0.95);
        expect(low).toBeCloseTo(1 - higher, 12);
        expect(high).toBeCloseTo(1 - lower, 12);
      }),
    );
  });
});

describe('what a size can tell', () => {
  it('one sentence, with the margin and what may be missed', () => {
    const { record } = divided();
    expect(sizeSentence(record)).toBe(
      'Xem 270 trong 900 hồ sơ thì tỷ lệ của cả danh sách lệch khoảng ±5 điểm với độ tin cậy 95 % (khi tỷ lệ thật quanh 50 %); không đủ để xếp hạng từng nhóm, không cho biết chắc về lỗi hiếm: lỗi nằm ở dưới 9 hồ sơ (1 %) có thể không gặp lần nào.',
    );
    expect(
      sizeSentence(
        simple(1000, { kind: 'plan', acceptable: 0.01, rejectable: 0.05, producerRisk: 0.05, consumerRisk: 0.1 })
          .record,
      ),
    ).toContain('chấp nhận khi có không quá 3 hồ sơ lỗi');
    expect(sizeSentence(simple(60).record)).toBe('Xem cả 60 hồ sơ nên kết quả không có sai số chọn mẫu.');
  });

  it('margin and smallest fault that is found', () => {
    expect(marginOfSize(5000, 357, 0.95, 0.5)).toBeCloseTo(0.05, 4);
    expect(marginOfSize(1, 1, 0.95, 0.5)).toBe(0);
    // The other way round of the zero-acceptance table: 45 of 100 find 5 faulty ones.
    expect(detectable(100, 45, 0.95)).toBe(5);
    expect(detectable(100, 44, 0.95)).toBe(6);
    expect(deviationOf(20, 20)).toBeCloseTo(Math.sqrt((21 / 22) * (1 / 22)), 12);
  });
});
