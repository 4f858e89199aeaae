import { describe, expect, it } from 'vitest';
import {
  type ComputedComponent,
  computeIndicators,
  forecastSentences,
  type IndicatorOptions,
  type IndicatorRecord,
  type IndicatorReport,
  type IndicatorTable,
  liftText,
  mendText,
  notComputedText,
  type ProcedureFacts,
  parsePeriod,
  readTable,
  readTargets,
  recordOfDossier,
  recordOfSide,
  SHIPPED_TABLES,
  tableInForce,
} from '../../lib/indicators/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { parseIsoDay, parseMoment, startOfDay } from '../../lib/text/index.ts';

const TABLE = SHIPPED_TABLES[0] as IndicatorTable;
const NOVEMBER = parsePeriod('2026-11') as NonNullable<ReturnType<typeof parsePeriod>>;
const at = (text: string) => parseMoment(`${text.slice(0, 5)}/2026 ${text.slice(6)}`)?.minute as number;
const AFTER = at('05/12 08:00');
const PAPER: ProcedureFacts = { yieldsPaper: true, hasFee: true, limit: undefined };

const record = (over: Partial<IndicatorRecord> = {}): IndicatorRecord => ({
  code: 'H29.999-261110-0001',
  unit: 'UBND phường Mẫu 1',
  procedure: '9.000001',
  status: 9,
  receivedAt: at('10/11 08:00'),
  dueAt: at('17/11 17:00'),
  finishedAt: at('16/11 10:00'),
  supplementRequests: 0,
  supplements: [],
  ...over,
});

const compute = (records: IndicatorRecord[], over: Partial<IndicatorOptions> = {}): IndicatorReport =>
  computeIndicators(records, { period: NOVEMBER, now: AFTER, procedures: () => PAPER, ...over });
const results = (report: IndicatorReport) => report.groups.flatMap(({ components }) => components);
const resultOf = (report: IndicatorReport, id: string) => results(report).find((one) => one.id === id);
function computed(report: IndicatorReport, id: string): ComputedComponent {
  const result = resultOf(report, id);
  if (result?.state !== 'computed') throw new Error(`${id}: ${JSON.stringify(result)}`);
  return result;
}
/** How one dossier counts for an indicator, in a word. */
function judged(over: Partial<IndicatorRecord>, id = 'ON_TIME', options: Partial<IndicatorOptions> = {}): string {
  const result = resultOf(compute([record(over)], options), id);
  if (result?.state !== 'computed')
    return result?.reason.kind === 'not-told' ? `? ${result.reason.reasons.join()}` : `- ${result?.reason.kind}`;
  return `${result.passed}/${result.known} ${Object.keys(result.reasons).join()}`;
}

describe('bảng chỉ số', () => {
  it('cộng lại đúng 100 điểm và đọc được bằng chính lược đồ của tệp riêng', () => {
    const reading = readTable(JSON.stringify(TABLE));
    expect(reading.ok).toBe(true);
    expect(TABLE.groups.reduce((sum, { max }) => sum + max.value, 0)).toBe(100);
    expect(TABLE.groups.map(({ max }) => max.value)).toEqual([18, 20, 12, 10, 22, 18]);
  });

  it('mỗi con số có nguồn, và nguồn ấy có trong bảng', () => {
    const figures = TABLE.components
      .flatMap(({ max, fullAt }) => [max, fullAt])
      .concat(TABLE.groups.map(({ max }) => max));
    for (const { source } of figures)
      for (const letter of source.split(', ')) expect(TABLE.sources).toHaveProperty(letter);
  });

  it('chọn bảng theo ngày: bảng có hiệu lực sau cùng', () => {
    const later: IndicatorTable = { ...TABLE, id: 'sau', effectiveFrom: '2027-01-01' };
    const day = (iso: string) => parseIsoDay(iso) as number;
    expect(tableInForce(day('2022-06-22'))).toBeNull();
    expect(tableInForce(day('2026-11-30'))?.id).toBe('qd766-2022-06');
    expect(tableInForce(day('2026-12-31'), [later, TABLE])?.id).toBe('qd766-2022-06');
    expect(tableInForce(day('2027-01-01'), [later, TABLE])?.id).toBe('sau');
    const ended: IndicatorTable = { ...TABLE, effectiveTo: '2026-12-31' };
    expect(tableInForce(day('2027-01-01'), [ended])).toBeNull();
  });

  it('từ chối bảng cộng sai điểm, trùng chỉ số, hay không nói vì sao không tính được', () => {
    const broken = (change: (table: IndicatorTable) => void) => {
      const table = structuredClone(TABLE);
      change(table);
      const reading = readTable(JSON.stringify(table));
      return reading.ok ? [] : reading.problems.map(({ message }) => message);
    };
    expect(
      broken((table) => {
        (table.groups[0] as { max: { value: number } }).max.value = 19;
      })[0],
    ).toMatch(/cộng lại/);
    expect(
      broken((table) => {
        (table.components[1] as { id: string }).id = 'PUBLISH_ON_TIME';
      })[0],
    ).toMatch(/cùng id/);
    expect(
      broken((table) => {
        delete (table.components[0] as { why?: string }).why;
      })[0],
    ).toMatch(/lý do/);
  });
});

describe('kỳ', () => {
  it('đọc tháng, quý, năm, khoảng ngày', () => {
    const days = (text: string) => {
      const period = parsePeriod(text);
      return period && [period.to - period.from + 1, period.label];
    };
    expect(days('2026-11')).toEqual([30, 'tháng 11/2026']);
    expect(days('2026-Q4')).toEqual([92, 'quý 4/2026']);
    expect(days('2028')).toEqual([366, 'năm 2028']);
    expect(days('2026-11-01..2026-11-15')).toEqual([15, '01/11/2026 – 15/11/2026']);
    for (const wrong of ['2026-13', '2026-Q5', '11/2026', '2026-11-15..2026-11-01', '2026-02-30..2026-03-01', ''])
      expect(parsePeriod(wrong)).toBeNull();
  });
});

describe('2.1 đúng hạn', () => {
  it.each<[string, Partial<IndicatorRecord>, string]>([
    ['xong trước hẹn', {}, '1/1 on-time'],
    ['xong đúng phút hẹn', { finishedAt: at('17/11 17:00') }, '1/1 on-time'],
    ['xong sau một phút', { finishedAt: at('17/11 17:01') }, '0/1 late'],
    ['xong đúng hạn, trả sau hẹn: lấy lúc xong', { returnedAt: at('20/11 09:00'), status: 10 }, '1/1 on-time'],
    [
      'không ghi lúc xong: lấy lúc trả',
      { finishedAt: undefined, returnedAt: at('20/11 09:00'), status: 10 },
      '0/1 late',
    ],
    [
      'trừ thời gian bổ sung',
      {
        finishedAt: at('19/11 10:00'),
        supplementRequests: 1,
        supplements: [{ from: at('12/11 08:00'), to: at('14/11 08:00') }],
      },
      '1/1 on-time',
    ],
    [
      'bổ sung không đủ bù',
      {
        finishedAt: at('20/11 10:00'),
        supplementRequests: 1,
        supplements: [{ from: at('12/11 08:00'), to: at('14/11 08:00') }],
      },
      '0/1 late',
    ],
    ['bổ sung hai lần là trễ dù xong sớm', { supplementRequests: 2 }, '0/1 supplements'],
    [
      'đang chờ bổ sung: lấy lúc yêu cầu',
      { status: 5, finishedAt: undefined, supplementRequests: 1, supplements: [{ from: at('15/11 08:00'), to: null }] },
      '1/1 waits',
    ],
    [
      'yêu cầu bổ sung sau hẹn',
      { status: 5, finishedAt: undefined, supplementRequests: 1, supplements: [{ from: at('18/11 08:00'), to: null }] },
      '0/1 overdue',
    ],
    ['chờ bổ sung, không rõ từ lúc nào', { status: 5, finishedAt: undefined }, '? no-request'],
    ['đã bổ sung, không rõ chờ bao lâu', { supplementRequests: 1 }, '? supplement-time'],
    ['chưa xong, hẹn sau kỳ', { status: 4, finishedAt: undefined, dueAt: at('02/12 17:00') }, '1/1 in-time'],
    ['chưa xong khi hết kỳ', { status: 4, finishedAt: undefined }, '0/1 overdue'],
    ['dừng xử lý, không rõ lúc nào', { status: 8, finishedAt: undefined }, '? no-end'],
    [
      'không rõ trạng thái, chưa thấy lúc xong',
      { status: 'unknown', finishedAt: undefined, dueAt: at('02/12 17:00') },
      '? status-unknown',
    ],
    ['không có ngày hẹn, không biết thời hạn', { dueAt: undefined }, '? no-due'],
    [
      'chỉ ghi ngày hẹn: đến hết ngày',
      { dueAt: startOfDay(NOVEMBER.from + 15), finishedAt: at('16/11 20:00'), dayOnly: ['dueAt'] },
      '1/1 on-time',
    ],
  ])('%s', (_, over, expected) => expect(judged(over)).toBe(expected));

  it('không có ngày hẹn thì xét theo thời hạn của hồ sơ, hoặc của thủ tục', () => {
    const limit = { value: 3, unit: 'workday' } as const;
    expect(judged({ dueAt: undefined, limit, finishedAt: at('13/11 16:00') })).toBe('1/1 on-time');
    expect(judged({ dueAt: undefined, limit, finishedAt: at('16/11 08:00') })).toBe('0/1 late');
    const procedures = () => ({ ...PAPER, limit });
    expect(judged({ dueAt: undefined, finishedAt: at('16/11 08:00') }, 'ON_TIME', { procedures })).toBe('0/1 late');
  });

  it('không có ngày tiếp nhận thì không tính vào đâu, và nói ra mã', () => {
    const report = compute([
      record({ receivedAt: undefined }),
      record({ code: 'X', receivedAt: undefined, status: 1 }),
    ]);
    expect(report.counts).toMatchObject({ read: 2, counted: 0, withoutReceipt: 1, notReceived: 1 });
    expect(report.withoutReceipt.map(({ code }) => code)).toEqual(['H29.999-261110-0001']);
    expect(report.score).toBe(0);
    expect(report.of).toBe(0);
  });

  it('tiếp nhận ngoài kỳ hoặc của đơn vị khác thì không tính', () => {
    const records = [
      record({ receivedAt: at('01/11 00:00') }),
      record({ code: 'B', receivedAt: at('31/10 23:59') }),
      record({ code: 'C', unit: 'Sở Mẫu' }),
    ];
    const report = compute(records, { unit: 'ubnd phuong mau 1' });
    expect(report.counts).toMatchObject({ counted: 1, outside: 1, otherUnit: 1 });
  });
});

describe('các chỉ số khác', () => {
  it.each<[string, string, Partial<IndicatorRecord>, string]>([
    ['có kết quả', 'ORIGINAL_RESULT_AVAILABLE', { hasResult: true }, '1/1 met'],
    ['thiếu kết quả', 'ORIGINAL_RESULT_AVAILABLE', { hasResult: false }, '0/1 no-result'],
    ['nguồn không nói', 'ORIGINAL_RESULT_AVAILABLE', {}, '? result-unknown'],
    [
      'chưa xong: chưa tính',
      'ORIGINAL_RESULT_AVAILABLE',
      { status: 4, finishedAt: undefined, hasResult: false },
      '- empty',
    ],
    ['trực tuyến có kết quả', 'ONLINE_DOSSIER', { channel: 'online', hasResult: true }, '1/1 met'],
    ['trực tuyến thiếu kết quả', 'ONLINE_DOSSIER', { channel: 'online', hasResult: false }, '0/1 no-result'],
    ['tại quầy', 'ONLINE_DOSSIER', { channel: 'counter', hasResult: true }, '0/1 not-online'],
    ['không rõ kênh', 'ONLINE_DOSSIER', { hasResult: true }, '? no-channel'],
    ['đủ hai tệp', 'SO_HOA_GIAY_TO_GIAI_QUYET', { hasFiles: true, hasResult: true }, '1/1 met'],
    ['thiếu tệp thành phần', 'SO_HOA_GIAY_TO_GIAI_QUYET', { hasFiles: false, hasResult: true }, '0/1 no-files'],
    [
      'không biết đã xong chưa, không có kết quả',
      'SO_HOA_GIAY_TO_GIAI_QUYET',
      { hasFiles: true, hasResult: false, status: undefined, finishedAt: undefined, returnedAt: undefined },
      '0/1 no-result-yet',
    ],
    ['thiếu cả hai', 'SO_HOA_GIAY_TO_GIAI_QUYET', { hasFiles: false, hasResult: false }, '0/1 no-files-no-result'],
    [
      'chưa xong',
      'SO_HOA_GIAY_TO_GIAI_QUYET',
      { hasFiles: true, hasResult: false, status: 4, finishedAt: undefined },
      '0/1 unfinished',
    ],
    ['không rõ tệp thành phần, dù thiếu kết quả', 'SO_HOA_GIAY_TO_GIAI_QUYET', { hasResult: false }, '? files-unknown'],
    ['dùng lại', 'REUSED_DIGITIZED_DATA', { reused: true }, '1/1 met'],
    ['kho dữ liệu', 'SYNCED_WITH_DVCQG_PERSONAL_STORAGE', { stored: false, hasResult: true }, '0/1 not-stored'],
    ['dân cư', 'CITIZEN_DATA_CONNECTED_DOSSIER', { citizenData: true }, '1/1 met'],
    ['đồng bộ', 'DOSSIER_SYNC', { synced: false }, '0/1 not-synced'],
    ['trả trực tuyến', 'PAYMENT_DOSSIER', { fee: 5000, paidOnline: true }, '1/1 met'],
    ['trả tiền mặt', 'PAYMENT_DOSSIER', { fee: 5000, paidOnline: false }, '0/1 not-paid'],
    ['giá bằng 0', 'PAYMENT_DOSSIER', { fee: 0, paidOnline: false }, '- empty'],
  ])('%s (%s)', (_, id, over, expected) => expect(judged(over, id)).toBe(expected));

  it('không biết thủ tục có trả kết quả bằng giấy không thì đếm riêng, có kết quả hay không cũng vậy', () => {
    const procedures = () => ({ yieldsPaper: undefined, hasFee: undefined, limit: undefined });
    for (const hasResult of [true, false])
      expect(judged({ hasResult }, 'ORIGINAL_RESULT_AVAILABLE', { procedures })).toBe('? paper-unknown');
    const none = () => ({ ...PAPER, yieldsPaper: false });
    expect(judged({ hasResult: false }, 'ORIGINAL_RESULT_AVAILABLE', { procedures: none })).toBe('- empty');
    expect(judged({ hasResult: false, channel: 'online' }, 'ONLINE_DOSSIER', { procedures: none })).toBe('1/1 met');
  });

  it('điều hồ sơ không cho biết thì không tính, có lý do, không phải 0 điểm', () => {
    const report = compute([record()]);
    const missing = results(report).filter(({ state }) => state === 'not-computed');
    expect(missing).toHaveLength(18);
    for (const result of missing)
      if (result.state === 'not-computed') expect(notComputedText(result.reason).length).toBeGreaterThan(20);
    expect(report.of).toBe(20);
    expect(report.max).toBe(100);
    expect(report.groups.find(({ id }) => id === 'satisfaction')?.score).toBeNull();
  });
});

/** `passed` dossiers with a result and `failed` without, all of them digitized and on time. */
function withResults(passed: number, failed: number): IndicatorRecord[] {
  return Array.from({ length: passed + failed }, (_, i) =>
    record({
      code: `H29.999-261110-${String(i).padStart(4, '0')}`,
      hasResult: i < passed,
      hasFiles: true,
      channel: 'online',
    }),
  );
}

describe('nâng điểm', () => {
  it('tính lại đúng dưới ngưỡng: 3.3 đã đủ điểm từ 50 % thì không tăng nữa', () => {
    // 28 of 40 have a result. 4.1: 6 × 12/40 = 1.8. 4.2: 4 × 12/40 = 1.2. 3.3: full from 50 % on, 70 % already.
    const report = compute(withResults(28, 12));
    const [lift] = report.lifts;
    expect(lift).toMatchObject({ mend: 'result', dossiers: 12 });
    expect(lift?.gain).toBeCloseTo(3, 10);
    expect(lift && liftText(lift)).toBe('12 hồ sơ thiếu kết quả điện tử: +3 điểm');
    expect(computed(report, 'ORIGINAL_RESULT_AVAILABLE').mend).toMatchObject({ dossiers: 12, toFull: 12 });
    expect(computed(report, 'ORIGINAL_RESULT_AVAILABLE').mend.gain).toBeCloseTo(1.8, 10);
    expect(computed(report, 'ONLINE_DOSSIER').mend).toEqual({ dossiers: 12, gain: 0, toFull: 0 });
    expect(mendText(computed(report, 'ONLINE_DOSSIER'))).toMatch(/đủ điểm tối đa/);
  });

  it('chỉ tăng đến ngưỡng: 16/40 trực tuyến có kết quả, cần thêm 4 để đủ 50 %', () => {
    const result = computed(compute(withResults(16, 24)), 'ONLINE_DOSSIER');
    expect(result.score).toBeCloseTo(9.6, 10);
    expect(result.mend.toFull).toBe(4);
    expect(result.mend.gain).toBeCloseTo(2.4, 10);
  });

  it('hồ sơ thiếu cả hai tệp chỉ đạt khi sửa cả hai', () => {
    const report = compute([record({ hasFiles: false, hasResult: false })]);
    const byId = (mend: string) => report.lifts.find((lift) => lift.mend === mend)?.components.map(({ id }) => id);
    expect(byId('result')).toEqual(['ORIGINAL_RESULT_AVAILABLE']);
    expect(byId('files')).toBeUndefined();
    expect(report.gainOfAll).toBeCloseTo(10, 10);
  });

  it('hồ sơ đã trễ thì không sửa được', () => {
    const report = compute([record({ finishedAt: at('18/11 08:00') })]);
    expect(report.lifts).toEqual([]);
    expect(mendText(computed(report, 'ON_TIME'))).toMatch(/không còn sửa được/);
  });
});

describe('danh sách, xu hướng, khoảng', () => {
  it('giữ các mã đầu tiên, đếm đủ', () => {
    const result = computed(compute(withResults(0, 50), { keep: 10 }), 'ORIGINAL_RESULT_AVAILABLE');
    expect(result.known - result.passed).toBe(50);
    expect(result.costs.map(({ code }) => code.slice(-2))).toEqual([
      '00',
      '01',
      '02',
      '03',
      '04',
      '05',
      '06',
      '07',
      '08',
      '09',
    ]);
  });

  it('hồ sơ chưa xét được cho khoảng điểm', () => {
    const records = [...withResults(6, 2), record({ code: 'A' }), record({ code: 'B' })];
    const { passed, known, unknown, range } = computed(compute(records), 'ORIGINAL_RESULT_AVAILABLE');
    expect([passed, known, unknown]).toEqual([6, 8, 2]);
    expect(range[0]).toBeCloseTo(3.6, 10);
    expect(range[1]).toBeCloseTo(4.8, 10);
  });

  it('theo ngày tiếp nhận, đến ngày đang xét', () => {
    const records = [record(), record({ code: 'B', receivedAt: at('03/11 08:00'), finishedAt: at('18/11 08:00') })];
    const { days } = computed(compute(records, { now: at('20/11 12:00') }), 'ON_TIME');
    expect(days).toHaveLength(20);
    expect(days[2]).toEqual({ day: '2026-11-03', passed: 0, known: 1 });
    expect(days[9]).toEqual({ day: '2026-11-10', passed: 1, known: 1 });
  });

  it('mã lặp lại được báo', () => {
    expect(compute([record(), record()]).counts.repeated).toBe(1);
  });
});

describe('dự báo', () => {
  const daily = (days: number, perDay: number, late: (day: number) => number) =>
    Array.from({ length: days * perDay }, (_, i) => {
      const day = Math.floor(i / perDay);
      const receivedAt = startOfDay(NOVEMBER.from + day) + 480;
      const isLate = i % perDay < late(day);
      return record({
        code: `H29.999-${i}`,
        receivedAt,
        dueAt: receivedAt + 600,
        finishedAt: receivedAt + (isLate ? 700 : 60),
      });
    });

  it('làm lại được trên giấy: 10 ngày, mỗi ngày 10 hồ sơ, 5 ngày đầu mỗi ngày trễ 2', () => {
    const report = compute(
      daily(10, 10, (day) => (day < 5 ? 2 : 0)),
      { now: startOfDay(NOVEMBER.from + 9) + 1439 },
    );
    if (report.forecast.kind !== 'forecast') throw new Error(report.forecast.kind);
    const { total, elapsed, left } = report.forecast;
    expect([elapsed, left]).toEqual([10, 20]);
    // 90 of 100 so far. Usual 90 %; the worst seven days are 1–7 (60 of 70), the best 4–10 (66 of 70).
    expect(total.score).toBeCloseTo(18, 10);
    expect(total.low).toBeCloseTo((20 * (90 + (200 * 60) / 70)) / 300, 10);
    expect(total.high).toBeCloseTo((20 * (90 + (200 * 66) / 70)) / 300, 10);
    expect(forecastSentences(report.forecast, report.of).join(' ')).toMatch(/ước đoán.*Giả định/);
  });

  it('chưa đủ bảy ngày hoặc đã hết kỳ thì không dự báo', () => {
    const records = daily(6, 3, () => 0);
    expect(compute(records, { now: startOfDay(NOVEMBER.from + 5) + 600 }).forecast).toEqual({
      kind: 'too-early',
      elapsed: 6,
    });
    expect(compute(records).forecast).toEqual({ kind: 'ended' });
  });
});

describe('mục tiêu', () => {
  const file = (rates: object, units = {}) =>
    JSON.stringify({ format: 'dunghen-targets/1', source: 'Kế hoạch mẫu', rates, units });

  it('đạt hay thiếu bao nhiêu hồ sơ, của chung và của riêng đơn vị', () => {
    const reading = readTargets(
      file({ ORIGINAL_RESULT_AVAILABLE: 0.8 }, { 'UBND phường Mẫu 1': { ORIGINAL_RESULT_AVAILABLE: 0.7 } }),
      TABLE,
    );
    if (!reading.ok) throw new Error('không đọc được');
    const { targets } = reading;
    const of = (unit?: string) =>
      computed(compute(withResults(28, 12), { targets, unit }), 'ORIGINAL_RESULT_AVAILABLE').target;
    expect(of()).toEqual({ rate: 0.8, met: false, short: 4 });
    expect(of('UBND Phường Mẫu 1')).toEqual({ rate: 0.7, met: true, short: 0 });
  });

  it('chỉ số lạ và tỷ lệ quá 1 bị từ chối, có dòng', () => {
    const problems = (text: string) => {
      const reading = readTargets(text, TABLE);
      return reading.ok ? [] : reading.problems.map(({ line, message }) => `${line}: ${message}`);
    };
    expect(problems(file({ DUNG_HAN: 0.9 }))[0]).toMatch(/không có chỉ số này/);
    expect(problems(file({ ON_TIME: 90 }))[0]).toMatch(/80 % là 0.8/);
  });
});

describe('bản ghi', () => {
  const dossier = (over: Partial<Dossier>): Dossier => ({
    code: 'H29.999-261110-0001',
    aliases: [],
    codeKnown: true,
    procedure: { code: '1.001193' },
    dayOnly: [],
    status: { code: 9, text: 'Đã xử lý xong' },
    pauses: [],
    source: { kind: 'dom', adapter: 'generic', readAt: AFTER },
    gaps: [],
    ...over,
  });

  it('chỉ lần tạm dừng ghi là bổ sung mới là lần yêu cầu', () => {
    const pause = { from: at('11/11 08:00'), to: at('12/11 08:00') };
    const of = (...pauses: Dossier['pauses']) => recordOfDossier(dossier({ pauses })).supplementRequests;
    expect(of(pause, pause)).toBeUndefined();
    expect(of({ ...pause, kind: 'supplement' }, { ...pause, kind: 'supplement' })).toBe(2);
    expect(of({ ...pause, kind: 'financial' })).toBeUndefined();
  });

  it('giấy tờ chưa đọc thì không biết, đọc rồi mà không có tệp thì là không', () => {
    const component = { name: 'Tờ khai', state: 'unknown' as const, files: [] };
    expect(recordOfDossier(dossier({})).hasFiles).toBeUndefined();
    expect(recordOfDossier(dossier({ components: [component] })).hasFiles).toBe(false);
    expect(recordOfDossier(dossier({ components: [{ ...component, files: [{}], state: 'present' }] })).hasFiles).toBe(
      true,
    );
  });

  it('giây của tệp không mất: trễ 30 giây là trễ', () => {
    const second = at('17/11 17:00') * 60;
    const side = {
      code: 'A',
      at: 'a.csv:2',
      status: 9,
      receivedAt: at('10/11 08:00') * 60,
      dueAt: second,
      finishedAt: second + 30,
    };
    expect(resultOf(compute([recordOfSide(side)]), 'ON_TIME')).toMatchObject({ passed: 0, known: 1 });
  });
});
