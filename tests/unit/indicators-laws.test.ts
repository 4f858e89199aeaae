import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeIndicators,
  type IndicatorOptions,
  type IndicatorRecord,
  type IndicatorReport,
  type ProcedureFacts,
  parsePeriod,
} from '../../lib/indicators/index.ts';
import { startOfDay } from '../../lib/text/index.ts';

const PERIOD = parsePeriod('2026-11') as NonNullable<ReturnType<typeof parsePeriod>>;
const START = startOfDay(PERIOD.from);
const END = startOfDay(PERIOD.to + 1);
const RUNS = { numRuns: 300 };

/** What is known of a procedure follows from its name. */
const PROCEDURES: Record<string, ProcedureFacts> = {
  paper: { yieldsPaper: true, hasFee: true, limit: { value: 3, unit: 'calendarDay' } },
  data: { yieldsPaper: false, hasFee: false, limit: undefined },
  strange: { yieldsPaper: undefined, hasFee: undefined, limit: undefined },
};
const options = (over: Partial<IndicatorOptions> = {}): IndicatorOptions => ({
  period: PERIOD,
  now: END + 1440,
  procedures: (name = 'strange') => PROCEDURES[name] as ProcedureFacts,
  ...over,
});

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const moment = fc.integer({ min: START - 3000, max: END + 3000 });
const flag = maybe(fc.boolean());
const dossier: fc.Arbitrary<IndicatorRecord> = fc.record({
  code: fc.integer({ min: 0, max: 500 }).map((n) => `H29.999-261110-${String(n).padStart(4, '0')}`),
  unit: maybe(fc.constantFrom('UBND phường Mẫu 1', 'UBND phường Mẫu 2', 'Sở Mẫu')),
  procedure: fc.constantFrom('paper', 'data', 'strange'),
  status: maybe(fc.constantFrom<IndicatorRecord['status'][]>(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 'unknown')),
  receivedAt: maybe(moment),
  dueAt: maybe(moment),
  finishedAt: maybe(moment),
  returnedAt: maybe(moment),
  supplementRequests: maybe(fc.integer({ min: 0, max: 3 })),
  supplements: fc.array(
    fc.tuple(moment, maybe(fc.integer({ min: 0, max: 9000 }))).map(([from, length]) => ({
      from,
      to: length === undefined ? null : from + length,
    })),
    { maxLength: 3 },
  ),
  channel: maybe(fc.constantFrom('counter', 'online', 'post')),
  hasResult: flag,
  hasFiles: flag,
  reused: flag,
  stored: flag,
  citizenData: flag,
  paidOnline: flag,
  fee: maybe(fc.constantFrom(0, 20_000)),
  synced: flag,
});
const dossiers = fc.array(dossier, { minLength: 1, maxLength: 40 });

const computedOf = (report: IndicatorReport) =>
  report.groups.flatMap(({ components }) => components).filter((one) => one.state === 'computed');

describe('quy luật của chỉ số', () => {
  it('sửa một điều của một hồ sơ không bao giờ hạ điểm', () => {
    const FLAGS = ['hasResult', 'hasFiles', 'reused', 'stored', 'citizenData', 'paidOnline', 'synced'] as const;
    fc.assert(
      fc.property(dossiers, fc.nat(), fc.constantFrom(...FLAGS), (records, n, field) => {
        const at = n % records.length;
        const before = records.map((record, i) => (i === at ? { ...record, [field]: false } : record));
        const after = records.map((record, i) => (i === at ? { ...record, [field]: true } : record));
        const [low, high] = [computeIndicators(before, options()), computeIndicators(after, options())];
        expect(high.of).toBe(low.of);
        for (const [i, group] of low.groups.entries())
          expect(high.groups[i]?.score ?? 0).toBeGreaterThanOrEqual((group.score ?? 0) - 1e-9);
      }),
      RUNS,
    );
  });

  it('xong sớm hơn không bao giờ hạ điểm', () => {
    fc.assert(
      fc.property(dossiers, fc.nat(), fc.integer({ min: 0, max: 5000 }), (records, n, earlier) => {
        const at = n % records.length;
        const target = records[at] as IndicatorRecord;
        const finishedAt = target.finishedAt ?? END;
        const move = (moved: number) =>
          records.map((record, i) => (i === at ? { ...record, status: 9 as const, finishedAt: moved } : record));
        const late = computeIndicators(move(finishedAt), options());
        // Not before any wait has begun: a wait that is undone changes more than the end.
        const floor = Math.max(...(target.supplements?.map(({ from, to }) => to ?? from) ?? []), -Infinity);
        const sooner = computeIndicators(move(Math.max(floor, finishedAt - earlier, START - 3000)), options());
        if (floor > finishedAt) return;
        expect(sooner.score).toBeGreaterThanOrEqual(late.score - 1e-9);
      }),
      RUNS,
    );
  });

  it('thứ tự hồ sơ không đổi gì, kể cả danh sách mã được giữ', () => {
    fc.assert(
      fc.property(
        dossiers.chain((records) =>
          fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
        ),
        ([records, shuffled]) => {
          const of = (list: IndicatorRecord[]) =>
            computeIndicators(list, options({ byUnit: true, keep: 3, now: START + 12 * 1440 }));
          expect(of(shuffled)).toEqual(of(records));
        },
      ),
      RUNS,
    );
  });

  it('các đơn vị cộng lại bằng tất cả', () => {
    fc.assert(
      fc.property(dossiers, (records) => {
        const report = computeIndicators(records, options({ byUnit: true }));
        const units = report.units ?? [];
        expect(units.reduce((sum, { counted }) => sum + counted, 0)).toBe(report.counts.counted);
        for (const { id, passed, known } of computedOf(report)) {
          const parts = units.map(({ components }) => components[id]);
          expect(parts.reduce((sum, part) => sum + (part?.passed ?? 0), 0)).toBe(passed);
          expect(parts.reduce((sum, part) => sum + (part?.known ?? 0), 0)).toBe(known);
        }
      }),
      RUNS,
    );
  });

  it('mỗi đơn vị tính riêng ra đúng số trong bảng so sánh', () => {
    fc.assert(
      fc.property(dossiers, (records) => {
        for (const { unit, score, of } of computeIndicators(records, options({ byUnit: true })).units ?? []) {
          if (unit.startsWith('(')) continue;
          const alone = computeIndicators(records, options({ unit }));
          expect(alone.score).toBeCloseTo(score, 9);
          expect(alone.of).toBe(of);
        }
      }),
      RUNS,
    );
  });

  it('dự báo nằm giữa thấp và cao; ngày cuối, khi không còn gì dở dang, là chính con số', () => {
    /** Outcomes of these never change by themselves. */
    const SETTLED = ['DOSSIER_SYNC', 'PAYMENT_DOSSIER', 'ORIGINAL_RESULT_AVAILABLE', 'REUSED_DIGITIZED_DATA'];
    fc.assert(
      fc.property(dossiers, fc.integer({ min: 6, max: 29 }), (records, day) => {
        const now = START + day * 1440 + 700;
        const known = records.map((record) => ({ ...record, receivedAt: Math.min(record.receivedAt ?? START, now) }));
        const report = computeIndicators(known, options({ now }));
        if (report.forecast.kind !== 'forecast') {
          expect(report.of).toBe(0);
          return;
        }
        const { total, left, components } = report.forecast;
        expect(left).toBe(29 - day);
        expect(total.low).toBeLessThanOrEqual(total.score + 1e-9);
        expect(total.high).toBeGreaterThanOrEqual(total.score - 1e-9);
        if (left > 0) return;
        for (const { id, score } of computedOf(report))
          if (SETTLED.includes(id)) expect(components[id]?.score).toBeCloseTo(score, 9);
      }),
      RUNS,
    );
  });
});
