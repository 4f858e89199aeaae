import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AutomaticFinding,
  beginRecord,
  blindCopy,
  DECISIONS,
  type Decision,
  type Design,
  decide,
  disagreementsOf,
  evaluate,
  FINDING_IDS,
  figuresOf,
  freeze,
  isOpen,
  mergeSecond,
  nextOpen,
  progressOf,
  readRecord,
  recordText,
  replaceUnit,
  restoreDecision,
  roleOf,
  type SampleRecord,
  SamplingError,
  STANDARD_CHECKS,
  setCause,
  setNote,
  settle,
  suggestionFor,
  undoReplace,
  unmerge,
  verifyDraw,
} from '../../lib/sampling/index.ts';

const DESIGN: Design = { goal: { kind: 'size', size: 6 }, confidence: 0.95, allocation: null, minimum: 2 };
const FROM = { source: 'ds.csv', by: null, column: null, pooledUnder: 1 };
const A = 'Tệp mở được và đọc được';
const B = 'Ký số hợp lệ';
const population = freeze(
  Array.from({ length: 8 }, (_, i) => ({ code: `H29.999-261110-${String(i).padStart(4, '0')}`, stratum: '' })),
);
const begin = (seed = '83412', checks = [A, B]) =>
  beginRecord(
    population,
    FROM,
    DESIGN,
    seed,
    checks.map((name) => ({ name, declared: null })),
  );
const codeAt = (record: SampleRecord, i: number) => record.units[i]?.code as string;
const fault = (action: () => unknown): string | null => {
  try {
    action();
  } catch (error) {
    if (error instanceof SamplingError) return error.message;
    throw error;
  }
  return null;
};
/** Decides both checks of every dossier. */
const all = (record: SampleRecord, role: 'first' | 'second', decision: (i: number, check: string) => Decision | null) =>
  record.units.reduce(
    (now, { code }, i) => [A, B].reduce((then, check) => decide(then, role, code, check, decision(i, check)), now),
    record,
  );
const isValid = (record: SampleRecord) => readRecord(recordText(record)).ok;

describe('deciding', () => {
  it('goes from dossier to dossier until nothing is left', () => {
    let record = begin();
    const order: number[] = [];
    for (let at = nextOpen(record, 'first'); at !== null; at = nextOpen(record, 'first', at)) {
      order.push(at);
      for (const check of [A, B]) record = decide(record, 'first', codeAt(record, at), check, 'pass');
      expect(progressOf(record, 'first')).toEqual({ units: 6, done: order.length, unavailable: 0 });
    }
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    expect(nextOpen(record, 'second')).toBe(0);
    expect(isValid(record)).toBe(true);
  });

  it('comes round to what was passed over, and half decided is open', () => {
    let record = all(begin(), 'first', (i) => (i === 1 ? null : 'pass'));
    expect(nextOpen(record, 'first', 4)).toBe(1);
    record = decide(record, 'first', codeAt(record, 1), A, 'unknown');
    expect(nextOpen(record, 'first', 1)).toBe(1);
    expect(nextOpen({ ...record, units: [] }, 'first')).toBeNull();
  });

  it('a cause stays with a failure and goes with it', () => {
    const record = begin();
    const code = codeAt(record, 0);
    const failed = setCause(decide(record, 'first', code, A, 'fail'), code, A, ' Thiếu trang ');
    expect(failed.units[0]?.causes).toEqual({ [A]: 'Thiếu trang' });
    expect(decide(failed, 'first', code, A, 'fail').units[0]?.causes).toEqual({ [A]: 'Thiếu trang' });
    expect(decide(failed, 'first', code, A, 'pass').units[0]?.causes).toEqual({});
    expect(setCause(failed, code, A, '').units[0]?.causes).toEqual({});
    expect(fault(() => setCause(failed, code, B, 'x'))).toContain('chỉ mục không đạt');
  });

  it('is taken back check by check; what was decided elsewhere since stays', () => {
    const record = begin();
    const code = codeAt(record, 0);
    const before = setCause(decide(record, 'first', code, A, 'fail'), code, A, 'Thiếu trang');
    const unit = before.units[0] as SampleRecord['units'][number];
    const after = setNote(
      decide(decide(before, 'first', code, A, 'pass'), 'first', code, B, 'pass'),
      code,
      'ghi chú sau đó',
    );
    expect(restoreDecision(after, A, unit).units[0]).toEqual({
      ...unit,
      first: { [A]: 'fail', [B]: 'pass' },
      note: 'ghi chú sau đó',
    });
  });

  it('figures that were written down go with the first change', () => {
    const record = all(begin(), 'first', () => 'pass');
    const kept = { ...record, figures: figuresOf(evaluate(record)) };
    expect(setNote(kept, codeAt(kept, 0), 'ghi chú').figures).toBeUndefined();
  });

  it('nothing changes once the result is signed off', () => {
    const record = { ...all(begin(), 'first', () => 'pass'), signedOffAt: 1 };
    const code = codeAt(record, 0);
    for (const change of [
      () => decide(record, 'first', code, A, 'fail'),
      () => setNote(record, code, 'x'),
      () => setCause(record, code, A, 'x'),
      () => replaceUnit(record, population, code, 'x'),
      () => undoReplace(record, code),
      () => mergeSecond(record, record),
    ])
      expect(fault(change)).toContain('đã được chốt');
  });

  it('refuses what is not in the sample', () => {
    expect(fault(() => decide(begin(), 'first', 'H29.999-0', A, 'pass'))).toContain('không có trong mẫu');
    expect(fault(() => decide(begin(), 'first', codeAt(begin(), 0), 'x', 'pass'))).toContain('không có mục kiểm tra');
  });
});

describe('a dossier that cannot be opened', () => {
  it('is no longer asked for, and can be brought back while its replacement is untouched', () => {
    const record = begin();
    const code = codeAt(record, 2);
    const { record: replaced, added } = replaceUnit(record, population, code, 'mất');
    expect(progressOf(replaced, 'first')).toEqual({ units: 6, done: 0, unavailable: 1 });
    expect(nextOpen(replaced, 'first', 1)).toBe(3);
    expect(fault(() => decide(replaced, 'first', code, A, 'pass'))).toContain('không mở được');
    expect(undoReplace(replaced, code)).toEqual(record);
    const decided = decide(replaced, 'first', added as string, A, 'pass');
    expect(fault(() => undoReplace(decided, code))).toContain('đã có kết luận');
    expect(fault(() => undoReplace(replaced, codeAt(record, 0)))).toContain('không phải hồ sơ đã được thay');
  });

  it('laws: whatever is replaced and brought back, the sample is the one that the seed gives', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(7), { maxLength: 12 }), (steps) => {
        let record = begin();
        for (const step of steps) {
          const unit = record.units[step % record.units.length];
          if (unit === undefined) continue;
          record =
            unit.unavailable === null
              ? replaceUnit(record, population, unit.code, 'mất').record
              : undoReplace(record, unit.code);
          expect(isValid(record)).toBe(true);
          expect(fault(() => verifyDraw(record, population))).toBeNull();
        }
      }),
    );
  });
});

describe('a second person', () => {
  const first = setNote(
    all(begin(), 'first', (i) => (i === 0 ? 'fail' : 'pass')),
    codeAt(begin(), 0),
    'ghi chú của người thứ nhất',
  );

  it('gets nothing of the first, and the file says whose it is', () => {
    const blind = blindCopy(setCause(first, codeAt(first, 0), A, 'Thiếu trang'));
    expect(JSON.stringify(blind)).not.toMatch(/fail|pass|Thiếu trang|người thứ nhất/);
    expect(isValid(blind)).toBe(true);
    expect([roleOf(blind), roleOf(first), roleOf(begin())]).toEqual(['second', 'first', 'first']);
    expect(roleOf(decide(blind, 'second', codeAt(blind, 0), A, 'pass'))).toBe('second');
    expect(
      roleOf(
        mergeSecond(
          first,
          all(blind, 'second', () => 'pass'),
        ).record,
      ),
    ).toBe('first');
  });

  it('comes back into the same sample; the first is untouched', () => {
    const second = setNote(
      all(blindCopy(first), 'second', (i) => (i < 2 ? 'fail' : 'pass')),
      codeAt(first, 1),
      'bản mờ',
    );
    const { record, taken, seen } = mergeSecond(first, second);
    expect([taken, seen]).toEqual([12, false]);
    expect(record.units.map(({ first: decisions }) => decisions)).toEqual(
      first.units.map(({ first: decisions }) => decisions),
    );
    expect(record.units[1]?.note).toBe('Người thứ hai: bản mờ');
    expect(isValid(record)).toBe(true);
    expect(unmerge(record, first, record)).toEqual(first);
    expect(unmerge(setNote(record, codeAt(first, 1), 'x'), first, record)).toEqual(
      setNote(first, codeAt(first, 1), 'x'),
    );
    // Taking the same file again changes nothing.
    expect(mergeSecond(record, second).record).toEqual(record);
    expect(disagreementsOf(record)).toEqual(
      [A, B].map((check) => ({
        code: codeAt(first, 1),
        check,
        first: 'pass',
        second: 'fail',
        now: 'pass',
        settled: false,
      })),
    );
    expect(evaluate(record).checks[0]?.agreement).toMatchObject({ both: 6, agreed: 5 });
  });

  it('a sample that lost a dossier meanwhile takes what is there', () => {
    const untouched = begin();
    const second = all(blindCopy(untouched), 'second', () => 'pass');
    const { record: replaced } = replaceUnit(untouched, population, codeAt(untouched, 0), 'mất');
    expect(mergeSecond(replaced, second).taken).toBe(10);
    expect(isValid(mergeSecond(replaced, second).record)).toBe(true);
    const { record: theirs } = replaceUnit(blindCopy(untouched), population, codeAt(untouched, 0), 'mất');
    expect(fault(() => mergeSecond(untouched, decide(theirs, 'second', codeAt(theirs, 1), A, 'pass')))).toContain(
      'có 1 hồ sơ mà mẫu đang mở không có',
    );
  });

  it('tells a file that the second may have seen', () => {
    const open = all(first, 'second', () => 'pass');
    expect(mergeSecond(first, open).seen).toBe(true);
  });

  it.each<[string, () => SampleRecord, string]>([
    ['another seed', () => all(blindCopy(begin('1')), 'second', () => 'pass'), 'hạt giống khác'],
    ['other checks', () => blindCopy(begin('83412', [A])), 'các mục kiểm tra khác'],
    ['no decision of a second', () => first, 'chưa có kết luận của người thứ hai'],
    [
      'another list',
      () => ({ ...blindCopy(first), population: { ...first.population, sha256: 'a'.repeat(64) } }),
      'danh sách khác (mã băm aaaaaaaaaaaa…',
    ],
  ])('%s is refused', (_, theirs, message) => {
    expect(fault(() => mergeSecond(first, theirs()))).toContain(message);
  });
});

describe('settling', () => {
  const first = all(begin(), 'first', () => 'pass');
  const code = codeAt(first, 1);
  const merged = mergeSecond(
    first,
    all(blindCopy(first), 'second', (i) => (i === 1 ? 'fail' : 'pass')),
  ).record;
  const alone = evaluate(merged).checks[0]?.agreement;

  it('changes the decision with a note, keeps what was decided alone, and agreement with it', () => {
    expect(fault(() => settle(merged, code, A, 'fail', ' '))).toContain('phải ghi lý do');
    const settled = settle(merged, code, A, 'fail', 'trang 2 mờ');
    expect(settled.units[1]).toMatchObject({
      first: { [A]: 'fail' },
      settled: { [A]: 'pass' },
      note: `Xem lại «${A}»: trang 2 mờ`,
    });
    expect(disagreementsOf(settled).map(({ check, settled: done }) => [check, done])).toEqual([
      [B, false],
      [A, true],
    ]);
    expect(evaluate(settled).checks[0]).toMatchObject({ failed: [code], agreement: alone });
    expect(isValid(settled)).toBe(true);
    // Changed once more: what he decided alone is still the same.
    expect(settle(settled, code, A, 'unknown', 'không rõ').units[1]?.settled).toEqual({ [A]: 'pass' });
  });

  it('may leave the decision as it is, without a note', () => {
    const settled = settle(merged, code, A, 'pass', '');
    expect(disagreementsOf(settled)).toContainEqual(expect.objectContaining({ check: A, now: 'pass', settled: true }));
    expect(fault(() => settle(merged, codeAt(first, 0), A, 'pass', ''))).toContain('không khác nhau');
  });

  it('a decision that is changed in passing counts as settled too, and is not taken away', () => {
    const changed = decide(merged, 'first', code, A, 'fail');
    expect(changed.units[1]?.settled).toEqual({ [A]: 'pass' });
    expect(evaluate(changed).checks[0]?.agreement).toEqual(alone);
    expect(fault(() => decide(merged, 'first', code, A, null))).toContain('không bỏ trống');
    expect(isValid(changed)).toBe(true);
  });

  it('laws: whatever is decided and settled, the record is valid and agreement does not move', () => {
    const step = fc.record({
      at: fc.nat(5),
      check: fc.constantFrom(A, B),
      decision: fc.constantFrom(...DECISIONS),
      settles: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        let record = merged;
        for (const { at, check, decision, settles } of steps) {
          const differs = disagreementsOf(record).some((one) => one.code === codeAt(record, at) && one.check === check);
          record =
            settles && differs
              ? settle(record, codeAt(record, at), check, decision, 'lý do')
              : decide(record, 'first', codeAt(record, at), check, decision);
        }
        expect(isValid(record)).toBe(true);
        expect(evaluate(record).checks[0]?.agreement).toEqual(alone);
      }),
    );
  });
});

describe('standard checks and what speaks to them', () => {
  const finding = (id: AutomaticFinding['id'], state: AutomaticFinding['state'], severity = 'error' as const) =>
    ({ id, state, severity, text: id }) satisfies AutomaticFinding;

  it('have names of their own, causes, and findings that exist', () => {
    expect(new Set(STANDARD_CHECKS.map(({ name }) => name)).size).toBe(STANDARD_CHECKS.length);
    for (const { findings, causes, mayPass } of STANDARD_CHECKS) {
      expect(causes.length).toBeGreaterThan(2);
      for (const id of [...findings, ...causes.flatMap((cause) => cause.findings ?? [])])
        expect(FINDING_IDS).toContain(id);
      for (const cause of causes) for (const id of cause.findings ?? []) expect(findings).toContain(id);
      if (findings.length === 0) expect(mayPass).toBe(false);
    }
    const spoken = STANDARD_CHECKS.flatMap(({ findings }) => findings);
    expect([...spoken].sort()).toEqual([...FINDING_IDS].sort());
  });

  it('what is certainly wrong is suggested as a failure, with its cause', () => {
    expect(suggestionFor(A, [finding('D9', 'fail'), finding('D1', 'pass')])).toEqual({
      decision: 'fail',
      findings: [finding('D9', 'fail')],
      cause: 'Tệp rỗng hoặc hỏng, không mở được',
    });
  });

  it('nothing found is no pass where the findings cannot see all of the check', () => {
    expect(suggestionFor(A, [finding('D9', 'pass')])?.decision).toBeNull();
    const complete = STANDARD_CHECKS[0]?.name as string;
    expect(suggestionFor(complete, [finding('papers', 'pass'), finding('D1', 'pass')])?.decision).toBe('pass');
    expect(suggestionFor(complete, [finding('papers', 'unknown'), finding('D1', 'pass')])?.decision).toBeNull();
    expect(suggestionFor(complete, [finding('papers', 'not-applicable')])?.decision).toBeNull();
  });

  it('a warning is shown and does not lean; a check of the unit’s own has no findings', () => {
    const warned = suggestionFor(A, [{ ...finding('D9', 'fail'), severity: 'warn' }]);
    expect(warned).toMatchObject({ decision: null, findings: [{ id: 'D9' }], cause: 'Không phải PDF' });
    expect(suggestionFor('Mục riêng của đơn vị', [finding('D9', 'fail')])).toBeNull();
    expect(suggestionFor(B, [finding('D9', 'fail')])).toBeNull();
    expect(isOpen(begin().units[0] as SampleRecord['units'][number], 'first')).toBe(true);
  });
});
