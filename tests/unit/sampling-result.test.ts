import { describe, expect, it } from 'vitest';
import {
  type CheckResult,
  type Decision,
  decidedOf,
  differenceSentence,
  evaluate,
  findingsOf,
  rateSentence,
  rateText,
  readRecord,
  recordText,
  reopen,
  type SampleRecord,
  SamplingError,
  signOff,
  untoldRange,
  verdictSentence,
  verifyFigures,
} from '../../lib/sampling/index.ts';
import { decidedSample, dividedSample, simpleSample } from '../fixtures/samples.ts';

const AT = Date.UTC(2026, 10, 25, 2, 40);
const SCAN = { name: 'Bản chụp đúng', declared: 0.99 };
const sixty = { kind: 'size', size: 60 } as const;
/** The worked example of docs/spotcheck.md: 3 of 60 in 300. */
const example = (declared: number | null = 0.99, failures = 3) =>
  decidedSample(simpleSample(300, sixty, [{ ...SCAN, declared }]), (i) => (i < failures ? 'fail' : 'pass'));
const checkOf = (record: SampleRecord): CheckResult => evaluate(record).checks[0] as CheckResult;
const spoken = (record: SampleRecord) => rateSentence(checkOf(record), 0.95);
const about = (record: SampleRecord) => differenceSentence(checkOf(record), 0.95);

describe('what a result says', () => {
  it.each([
    [0.95, '95 %'],
    [0.985, '98,5 %'],
    [0.9996, '99,96 %'],
    [0.99999, '99,999 %'],
    [1, '100 %'],
    [0.0002, '0,02 %'],
    [0, '0 %'],
  ])('%s is %s: nothing becomes all or none by rounding', (rate, text) => {
    expect(rateText(rate)).toBe(text);
  });

  it('says of the worked example what the document says', () => {
    expect(spoken(example())).toBe(
      'Ước tính 95 % đạt; với độ tin cậy 95 %, tỷ lệ thật nằm trong khoảng từ 87 % đến 98,7 %.',
    );
    expect(about(example())).toBe(
      'Số đã khai KHÔNG phù hợp với mẫu: khai cao hơn thực tế từ 0,3 đến 12 điểm (độ tin cậy 95 %).',
    );
    expect(about(example(0.8))).toContain('khai thấp hơn thực tế từ 7 đến 18,7 điểm');
  });

  it('does not call right what it could not refute', () => {
    const sentence = about(example(0.97)) ?? '';
    expect(sentence).toContain('không bác bỏ số đã khai 97 %');
    expect(sentence).toContain('chưa phải là đúng');
    expect(sentence).toContain('từ 87 % đến 98,7 %');
  });

  it('says nothing about a rate that was not declared', () => {
    expect(about(example(null))).toBeNull();
  });

  it('does not take a sample without failures for a list without', () => {
    expect(spoken(example(null, 0))).toMatch(
      /^Không gặp lỗi nào trong 60 hồ sơ không có nghĩa.*có thể chỉ là 94,7 %\.$/,
    );
    expect(spoken(example(null, 60))).toMatch(/^Không hồ sơ nào đạt trong 60 hồ sơ.*có thể tới 5,3 %\.$/);
  });

  it('has no error when all were looked at', () => {
    const all = simpleSample(40, { kind: 'size', size: 40 }, [{ ...SCAN, declared: 0.95 }]);
    const census = decidedSample(all, (i) => (i < 2 ? 'fail' : 'pass'));
    expect(spoken(census)).toBe('Đã xem cả 40 hồ sơ nên 95 % là tỷ lệ thật, không có sai số chọn mẫu.');
    expect(about(census)).toBe('Số đã khai bằng tỷ lệ thật: đã xem hết và ra đúng 95 %.');
    const other = decidedSample(all, (i) => (i < 4 ? 'fail' : 'pass'));
    expect(about(other)).toBe('Số đã khai KHÔNG phù hợp với mẫu: khai cao hơn thực tế 5 điểm.');
  });

  it('names the strata that tell nothing', () => {
    const record = decidedSample(dividedSample({ 'Đất đai': 90, 'Hộ tịch': 90 }, 20, [SCAN]), (_, __, stratum) =>
      stratum === 'Hộ tịch' ? null : 'pass',
    );
    expect(spoken(record)).toContain('«Hộ tịch» chưa có kết luận nào');
    expect(spoken(record)).not.toContain('Đất đai');
  });

  it('says what an acceptance plan decides, and that it cannot yet', () => {
    const risks = { acceptable: 0.01, rejectable: 0.05, producerRisk: 0.05, consumerRisk: 0.1 };
    const drawn = simpleSample(1000, { kind: 'plan', ...risks }, [SCAN]);
    const said = (decide: (i: number) => Decision | null) => {
      const record = decidedSample(drawn, decide);
      return verdictSentence(checkOf(record), record);
    };
    expect(said((i) => (i < 3 ? 'fail' : 'pass'))).toBe(
      'CHẤP NHẬN: 3 hồ sơ không đạt, phương án cho phép không quá 3 trong 128.',
    );
    expect(said((i) => (i < 4 ? 'fail' : 'pass'))).toMatch(/^TỪ CHỐI: 4 /);
    expect(said((i) => (i < 2 ? 'fail' : i < 4 ? 'unknown' : i < 7 ? null : 'pass'))).toMatch(
      /^Chưa quyết được: 2 .* còn 5 hồ sơ chưa biết/,
    );
    expect(verdictSentence(checkOf(example()), example())).toBeNull();
  });
});

describe('what is not told', () => {
  const record = decidedSample(simpleSample(300, sixty, [SCAN]), (i) =>
    i < 3 ? 'fail' : i < 8 ? 'unknown' : i < 20 ? null : 'pass',
  );

  it('is kept apart, each with the bounds that it implies', () => {
    const check = checkOf(record);
    expect(decidedOf(record)).toEqual({ told: 43, unknown: 5, open: 12 });
    expect(check.total?.range).toEqual([40 / 48, 45 / 48]);
    expect(untoldRange(check, 0.95)).toEqual([40 / 60, 57 / 60]);
  });

  it('is the same rate once it is signed off, counts as cannot tell, and is open again afterwards', () => {
    const before = checkOf(record);
    const signed = signOff(record, AT);
    const check = checkOf(signed);
    expect([check.total?.rate, check.total?.exact]).toEqual([before.total?.rate, before.total?.exact]);
    expect([check.open, check.unknown.length]).toEqual([0, 17]);
    expect(check.total?.range).toEqual([40 / 60, 57 / 60]);
    expect(signed.units).toEqual(record.units);
    expect(reopen(signed)).toEqual(record);
  });
});

describe('signing off', () => {
  it('writes down figures that follow from the record, and reads back', () => {
    const signed = signOff(example(), AT);
    expect(signed.signedOffAt).toBe(AT);
    const reading = readRecord(recordText(signed));
    expect(reading).toMatchObject({ ok: true, record: signed });
    verifyFigures(signed, evaluate(signed));
    expect(signed.figures?.[0]).toMatchObject({
      check: SCAN.name,
      stratum: null,
      rate: 0.95,
      exact: [261 / 300, 296 / 300],
    });
  });

  it('is refused twice, and while there is nothing to sign', () => {
    const nothing = decidedSample(simpleSample(300, sixty, [SCAN]), () => 'unknown');
    expect(() => signOff(nothing, AT)).toThrow(SamplingError);
    expect(() => signOff(signOff(example(), AT), AT)).toThrow(SamplingError);
  });
});

describe('what failed', () => {
  const other = { name: 'Có kết quả', declared: null };
  const drawn = decidedSample(dividedSample({ 'Đất đai': 30, 'Hộ tịch': 30 }, 30, [SCAN, other]), (i, check) =>
    check === SCAN.name && i < 6 ? 'fail' : check === other.name && i === 0 ? 'fail' : 'pass',
  );
  const record: SampleRecord = {
    ...drawn,
    units: drawn.units.map((unit) => ({
      ...unit,
      causes:
        unit.first[SCAN.name] === 'fail' && unit.rank < 6 ? { [SCAN.name]: unit.rank < 5 ? 'Mờ' : 'Thiếu trang' } : {},
    })),
  };

  it('is grouped by check and cause, what was not written down too, the most frequent first', () => {
    const { causes } = findingsOf(record);
    expect(causes.map(({ check, cause, codes }) => [check, cause, codes.length])).toEqual([
      [SCAN.name, 'Mờ', 8],
      [SCAN.name, 'Thiếu trang', 2],
      [SCAN.name, null, 2],
      [other.name, null, 2],
    ]);
  });

  it('is grouped by procedure: a dossier counts once, whatever it failed', () => {
    const { procedures } = findingsOf(record);
    const failed = record.units.filter(({ first }) => Object.values(first).includes('fail'));
    expect(procedures.flatMap(({ codes }) => codes).sort()).toEqual(failed.map(({ code }) => code).sort());
    for (const { procedure, looked, codes } of procedures) {
      const own = record.units.filter((unit) => unit.procedure === procedure);
      expect(looked).toBe(own.length);
      expect(codes.length).toBe(own.filter((unit) => failed.includes(unit)).length);
    }
  });

  it('leaves out what could not be opened', () => {
    const [first] = record.units;
    const lost = {
      ...first,
      unavailable: 'Hệ thống báo lỗi',
      first: { [SCAN.name]: null, [other.name]: null },
      causes: {},
    };
    const without = { ...record, units: [lost, ...record.units.slice(1)] } as SampleRecord;
    expect(findingsOf(without).causes.flatMap(({ codes }) => codes)).not.toContain(first?.code);
  });
});
