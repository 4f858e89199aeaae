import type { Interval } from './interval.ts';
import type { SampleRecord } from './record.ts';
import { detectable, marginOfSize } from './size.ts';

/** `98,5 %` */
export const rateText = (rate: number, digits = 1): string =>
  `${(rate * 100).toLocaleString('vi', { maximumFractionDigits: digits })} %`;
/** `từ 96,1 % đến 99,3 %` */
export const intervalText = ([low, high]: Interval, digits = 1): string =>
  `từ ${rateText(low, digits)} đến ${rateText(high, digits)}`;
/** `-1,5 điểm` (percentage points) */
export const pointsText = (value: number): string =>
  `${value > 0 ? '+' : ''}${(value * 100).toLocaleString('vi', { maximumFractionDigits: 1 })} điểm`;
export const countText = (count: number): string => count.toLocaleString('vi');

/** One sentence on what the size of a sample can tell and what it cannot. */
export function sizeSentence({ population, design }: SampleRecord): string {
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
