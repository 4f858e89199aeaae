import type { Decision } from './agreement.ts';
import type { CheckResult } from './evaluate.ts';
import type { Interval } from './interval.ts';
import type { SampleRecord } from './record.ts';
import { detectable, marginOfSize } from './size.ts';

export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  pass: 'đạt',
  fail: 'không đạt',
  unknown: 'không kết luận',
};

/** Digits behind the comma at most. */
const MOST_DIGITS = 6;

/** `98,5 %`; with more digits where fewer would make all or nothing of a rate that is neither. */
export function rateText(rate: number, digits = 1): string {
  const text = (rate * 100).toLocaleString('vi', { maximumFractionDigits: digits });
  const whole = text === '100' ? 1 : text === '0' ? 0 : null;
  if (whole !== null && Math.abs(rate - whole) > 1e-9 && digits < MOST_DIGITS) return rateText(rate, digits + 1);
  return `${text} %`;
}
/** `từ 96,1 % đến 99,3 %` */
export const intervalText = ([low, high]: Interval, digits = 1): string =>
  `từ ${rateText(low, digits)} đến ${rateText(high, digits)}`;
/** `-1,5 điểm` (percentage points) */
export const pointsText = (value: number): string =>
  `${value > 0 ? '+' : ''}${(value * 100).toLocaleString('vi', { maximumFractionDigits: 1 })} điểm`;
export const countText = (count: number): string => count.toLocaleString('vi');

/** One sentence on what the size of a sample can tell and what it cannot. */
export function sizeSentence({ population, design }: Pick<SampleRecord, 'population' | 'design'>): string {
  const { count, strata } = population;
  const { confidence, basis } = design;
  const n = strata.reduce((sum, { size }) => sum + size, 0);
  if (n === count) return `Xem cả ${countText(count)} hồ sơ nên kết quả không có sai số chọn mẫu.`;
  const of = `${countText(n)} trong ${countText(count)} hồ sơ`;
  const rare = detectable(count, n, confidence);
  const cannot = `không cho biết chắc về lỗi hiếm: lỗi nằm ở dưới ${countText(rare)} hồ sơ (${rateText(rare / count, 2)}) có thể không gặp lần nào`;
  if (basis.kind === 'plan')
    return `Xem ${of}, chấp nhận khi có không quá ${basis.c} hồ sơ lỗi: danh sách có ${rateText(basis.acceptable)} lỗi bị từ chối oan nhiều nhất ${rateText(basis.producerRisk)} số lần, danh sách có ${rateText(basis.rejectable)} lỗi lọt nhiều nhất ${rateText(basis.consumerRisk)} số lần; mẫu này không đo chính xác tỷ lệ, và ${cannot}.`;
  const expected = basis.kind === 'margin' ? basis.expected : 0.5;
  const margin = marginOfSize(count, n, confidence, expected);
  const parts = strata.length > 1 ? 'không đủ để xếp hạng từng nhóm, ' : '';
  return `Xem ${of} thì tỷ lệ của cả danh sách lệch khoảng ±${pointsText(margin).replace('+', '')} với độ tin cậy ${rateText(confidence)} (khi tỷ lệ thật quanh ${rateText(expected)}); ${parts}${cannot}.`;
}

const groupNames = (names: readonly string[]) => {
  const shown = names.slice(0, 3).map((name) => `«${name}»`);
  return `${shown.join(', ')}${names.length > shown.length ? ` và ${countText(names.length - shown.length)} nhóm khác` : ''}`;
};

/** One sentence on what the rate of a check says, and what it does not. */
export function rateSentence({ total, strata }: CheckResult, confidence: number): string {
  if (total === null) {
    const silent = strata.filter(({ estimate }) => estimate === null).map(({ name }) => name);
    return strata.length === 1
      ? 'Chưa tính được tỷ lệ: chưa hồ sơ nào có kết luận đạt hoặc không đạt.'
      : `Chưa tính được tỷ lệ của cả danh sách: ${groupNames(silent)} chưa có kết luận nào, mà bỏ qua thì kết quả thiên về các nhóm còn lại.`;
  }
  const { passed, failed, rate, exact } = total;
  const told = passed + failed;
  if (told === strata.reduce((sum, { count }) => sum + count, 0))
    return `Đã xem cả ${countText(told)} hồ sơ nên ${rateText(rate)} là tỷ lệ thật, không có sai số chọn mẫu.`;
  if (failed === 0)
    return `Không gặp lỗi nào trong ${countText(told)} hồ sơ không có nghĩa là không có lỗi: với độ tin cậy ${rateText(confidence)}, tỷ lệ thật có thể chỉ là ${rateText(exact[0])}.`;
  if (passed === 0)
    return `Không hồ sơ nào đạt trong ${countText(told)} hồ sơ; với độ tin cậy ${rateText(confidence)}, tỷ lệ thật có thể tới ${rateText(exact[1])}.`;
  return `Ước tính ${rateText(rate)} đạt; với độ tin cậy ${rateText(confidence)}, tỷ lệ thật nằm trong khoảng ${intervalText(exact)}.`;
}

/** One sentence on what the declared rate is worth beside the verified one; null without both. */
export function differenceSentence({ total, difference }: CheckResult, confidence: number): string | null {
  if (total === null || difference === null) return null;
  const { declared, value, contradicted } = difference;
  const [low, high] = total.exact;
  const sure = low === high;
  if (!contradicted)
    return sure
      ? `Số đã khai bằng tỷ lệ thật: đã xem hết và ra đúng ${rateText(declared)}.`
      : `Mẫu không bác bỏ số đã khai ${rateText(declared)}. Như vậy chưa phải là đúng: tỷ lệ thật có thể ở bất cứ đâu trong khoảng ${intervalText(total.exact)}.`;
  const ends = [low - declared, high - declared].map(Math.abs).sort((a, b) => a - b) as [number, number];
  const by = sure
    ? pointsText(ends[0])
    : `từ ${pointsText(ends[0])} đến ${pointsText(ends[1])}`.replaceAll(' điểm đến', ' đến');
  const chance = sure ? '' : ` (độ tin cậy ${rateText(confidence)})`;
  return `Số đã khai KHÔNG phù hợp với mẫu: khai ${value < 0 ? 'cao' : 'thấp'} hơn thực tế ${by.replaceAll('+', '')}${chance}.`;
}

/** One sentence on the verdict of the acceptance plan; null where the sample has none. */
export function verdictSentence({ verdict, failed, unknown, open }: CheckResult, record: SampleRecord): string | null {
  const { basis } = record.design;
  if (verdict === null || basis.kind !== 'plan') return null;
  const { n, c } = basis;
  const found = `${countText(failed.length)} hồ sơ không đạt`;
  const rule = `phương án cho phép không quá ${countText(c)} trong ${countText(n)}`;
  if (verdict === 'refused') return `TỪ CHỐI: ${found}, ${rule}.`;
  if (verdict === 'accepted') return `CHẤP NHẬN: ${found}, ${rule}.`;
  const missing = n - record.units.filter(({ unavailable }) => unavailable === null).length;
  const untold = unknown.length + open + missing;
  return `Chưa quyết được: ${found}, ${rule}, nhưng còn ${countText(untold)} hồ sơ chưa biết đạt hay không.`;
}
