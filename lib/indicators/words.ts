import { fullDate } from '../text/index.ts';
import type { Forecast, ForecastReading } from './forecast.ts';
import { WINDOW } from './forecast.ts';
import type { Lift } from './lift.ts';
import type { Mend, Reason } from './outcome.ts';
import type { ComponentResult, ComputedComponent, IndicatorReport, NotComputed } from './report.ts';
import type { Certainty } from './table.ts';
import type { Caveat } from './tally.ts';

export const countText = (count: number): string => count.toLocaleString('vi');
/** `31,25`: points as the portal shows them, two decimals. */
export const scoreText = (score: number): string => score.toLocaleString('vi', { maximumFractionDigits: 2 });
/** `+1,8 điểm` */
export const gainText = (gain: number): string =>
  gain > 0 && gain < 0.005 ? 'dưới 0,01 điểm' : `+${scoreText(gain)} điểm`;
/** `96,15 %` */
export const rateText = (rate: number): string =>
  `${(rate * 100).toLocaleString('vi', { maximumFractionDigits: 2 })} %`;
const rangeText = (low: number, high: number) => `từ ${scoreText(low)} đến ${scoreText(high)} điểm`;

const REASONS: Record<Reason, string> = {
  'on-time': 'xong đúng hạn',
  'in-time': 'đang xử lý, còn trong hạn',
  waits: 'đang chờ bổ sung, yêu cầu khi còn trong hạn',
  late: 'xong sau ngày hẹn trả',
  overdue: 'chưa xong, đã quá ngày hẹn trả',
  supplements: 'yêu cầu bổ sung quá một lần nên tính là trễ',
  'no-due': 'không biết ngày hẹn trả, cũng không biết thời hạn của thủ tục',
  'no-end': 'đã kết thúc nhưng không biết lúc nào',
  'no-request': 'đang chờ bổ sung nhưng không biết yêu cầu lúc nào',
  'supplement-time': 'đã bổ sung nhưng không biết chờ bao lâu',
  met: 'đạt',
  'not-online': 'không nộp trực tuyến',
  'no-result': 'đã xong mà thiếu kết quả điện tử',
  'no-result-yet': 'chưa có kết quả điện tử (không biết đã xong hay chưa)',
  'no-files': 'không có tệp thành phần hồ sơ',
  'no-files-no-result': 'thiếu cả tệp thành phần hồ sơ và kết quả điện tử',
  unfinished: 'chưa xong nên chưa có kết quả điện tử',
  stopped: 'dừng, rút hoặc từ chối nên không có kết quả',
  'not-paid': 'có phí, lệ phí mà không thanh toán trực tuyến',
  'not-reused': 'không có thành phần nào dùng lại dữ liệu số hóa',
  'not-stored': 'không có gì lấy từ hoặc đưa vào kho dữ liệu của người dân',
  'no-citizen-data': 'không xác thực VNeID, không lấy dữ liệu dân cư',
  'not-synced': 'chưa có trên Cổng DVCQG',
  'no-channel': 'không biết nộp bằng hình thức nào',
  'result-unknown': 'không biết có kết quả điện tử hay không',
  'paper-unknown': 'không biết thủ tục có trả kết quả bằng giấy hay không',
  'files-unknown': 'không biết có tệp thành phần hồ sơ hay không',
  'status-unknown': 'không biết trạng thái',
  'fee-unknown': 'không biết thủ tục có phí, lệ phí hay không',
  'payment-unknown': 'không biết thanh toán bằng cách nào',
  'reuse-unknown': 'không biết có dùng lại dữ liệu số hóa hay không',
  'store-unknown': 'không biết có dùng kho dữ liệu của người dân hay không',
  'citizen-unknown': 'không biết có dùng dữ liệu dân cư hay không',
  'sync-unknown': 'không biết đã có trên Cổng DVCQG hay chưa',
  'no-receipt': 'không có ngày tiếp nhận nên không được tính vào chỉ số nào',
};
export const reasonText = (reason: Reason): string => REASONS[reason];

const CAVEATS: Record<Caveat, string> = {
  extended: 'hồ sơ có ngày hẹn lại; đang xét theo ngày hẹn trả đầu tiên',
  'by-day': 'hồ sơ được so theo ngày vì nguồn không ghi giờ',
  'supplements-unknown':
    'hồ sơ không biết bổ sung mấy lần; nếu có hồ sơ bổ sung từ hai lần thì tỷ lệ thật thấp hơn, nếu thời gian chờ chưa được trừ thì cao hơn',
};
const caveatText = (caveat: Caveat, count: number): string => `${countText(count)} ${CAVEATS[caveat]}`;

export const CERTAINTY_NAMES: Record<Certainty, string> = {
  verified: 'các nguồn khớp nhau',
  secondary: 'theo một nguồn chép lại',
  conflict: 'các nguồn khác nhau',
  unsure: 'chưa chắc',
};

/** Why a component has no figure, as a sentence. */
export function notComputedText(reason: NotComputed): string {
  if (reason.kind === 'not-dossiers') return reason.why;
  if (reason.kind === 'empty') return 'Không có hồ sơ nào thuộc diện tính trong kỳ.';
  return `Chưa tính được: ${reason.reasons.map(reasonText).join('; ')} (${countText(reason.unknown)} hồ sơ).`;
}

const MENDED: Record<Mend, string> = {
  result: 'hồ sơ thiếu kết quả điện tử',
  files: 'hồ sơ thiếu tệp thành phần',
  store: 'hồ sơ có kết quả mà chưa đưa vào kho dữ liệu của người dân',
  sync: 'hồ sơ chưa có trên Cổng DVCQG',
};
export const MEND_WORDS: Record<Mend, string> = {
  result: 'Đính kèm kết quả điện tử',
  files: 'Đính kèm tệp thành phần hồ sơ',
  store: 'Đưa kết quả vào kho dữ liệu của người dân',
  sync: 'Gửi lại hồ sơ lên Cổng DVCQG',
};

/** `12 hồ sơ thiếu kết quả điện tử: +1,8 điểm` */
export const liftText = ({ mend, dossiers, gain }: Lift): string =>
  `${countText(dossiers)} ${MENDED[mend]}: ${gainText(gain)}`;

/** What mending brings to one component; null: nothing of it can still be mended. */
export function mendText({ mend, known, passed }: ComputedComponent): string | null {
  if (known === passed) return null;
  if (mend.dossiers === 0) return 'Các hồ sơ này không còn sửa được; chỉ hồ sơ sau làm đúng mới nâng được tỷ lệ.';
  const all = `Sửa được ${countText(mend.dossiers)} hồ sơ: ${gainText(mend.gain)}`;
  if (mend.toFull === null) return `${all}.`;
  if (mend.toFull === 0) return 'Đã đủ điểm tối đa, sửa thêm không tăng điểm.';
  return `${all}; sửa ${countText(mend.toFull)} hồ sơ là đủ điểm tối đa.`;
}

/** `khoảng 31,2 điểm (từ 30,8 đến 31,9)` */
export const forecastText = ({ score, low, high }: Forecast): string =>
  `khoảng ${scoreText(score)} điểm (${rangeText(low, high)})`;

/** A forecast with what it assumes, or why there is none. */
export function forecastSentences(reading: ForecastReading, of: number): string[] {
  if (reading.kind === 'ended') return ['Kỳ đã kết thúc: đây là số của cả kỳ, không còn gì để dự báo.'];
  if (reading.kind === 'nothing') return ['Chưa có chỉ số nào tính được nên không dự báo.'];
  if (reading.kind === 'too-early')
    return [`Kỳ mới qua ${reading.elapsed} ngày; cần ít nhất ${WINDOW} ngày mới dự báo.`];
  return [
    `Cuối kỳ có thể được ${forecastText(reading.total)} trên ${scoreText(of)} điểm tính được. Đây là ước đoán, không phải số liệu.`,
    `Giả định: ${reading.left} ngày còn lại mỗi ngày có số hồ sơ như bình quân ${reading.elapsed} ngày qua; hồ sơ còn dở và hồ sơ mới đạt như các hồ sơ đã rõ kết quả trong kỳ. Khoảng thấp và cao là khi chúng đạt như ${WINDOW} ngày kém nhất và tốt nhất từ đầu kỳ; thực tế vẫn có thể ra ngoài khoảng ấy.`,
  ];
}

/** Why there are no figures at all; null when there are some. Figures over nothing would look like figures. */
export function emptyText({ counts, period, unit }: IndicatorReport): string | null {
  const { counted, read, otherUnit, withoutReceipt, outside } = counts;
  if (counted > 0) return null;
  if (read === 0) return 'không có hồ sơ nào';
  if (otherUnit === read) return `không có hồ sơ nào của đơn vị «${unit}»`;
  if (withoutReceipt > 0 && outside === 0) return 'không hồ sơ nào có ngày tiếp nhận; hãy chỉ cột ngày tiếp nhận';
  return `không có hồ sơ nào tiếp nhận trong ${period.label}`;
}

/** What was left out of the figures, one sentence each. */
export function countSentences({ counts }: IndicatorReport): string[] {
  const { counted, outside, otherUnit, withoutReceipt, notReceived, repeated } = counts;
  const said: [number, string][] = [
    [outside, 'hồ sơ tiếp nhận ngoài kỳ, không tính'],
    [otherUnit, 'hồ sơ của đơn vị khác, không tính'],
    [withoutReceipt, 'hồ sơ không có ngày tiếp nhận nên không được tính vào chỉ số nào'],
    [notReceived, 'hồ sơ chưa tiếp nhận hoặc bị từ chối tiếp nhận, không tính'],
    [repeated, 'dòng có mã đã gặp ở dòng trước; vẫn được tính, hãy xem lại danh sách'],
  ];
  return [
    `${countText(counted)} hồ sơ tiếp nhận trong kỳ được tính.`,
    ...said.filter(([count]) => count > 0).map(([count, words]) => `${countText(count)} ${words}.`),
  ];
}

/** `Tính được 38 trên 100 điểm: đạt 31,25 (82,24 %)` */
export function totalText({ score, of, max }: Pick<IndicatorReport, 'score' | 'of' | 'max'>): string {
  if (of === 0) return `Chưa tính được điểm nào trong ${scoreText(max)} điểm.`;
  return `Tính được ${scoreText(of)} trên ${scoreText(max)} điểm: đạt ${scoreText(score)} (${rateText(score / of)}).`;
}

/** What is not known of a figure, one sentence each. */
export function doubtSentences(result: ComponentResult): string[] {
  if (result.state === 'not-computed') return [];
  const { unknown, range, caveats } = result;
  const doubts = Object.entries(caveats).map(([caveat, count]) => `${caveatText(caveat as Caveat, count)}.`);
  if (unknown > 0)
    doubts.unshift(
      `${countText(unknown)} hồ sơ chưa xét được; nếu chúng đều không đạt hoặc đều đạt thì ${rangeText(...range)}.`,
    );
  return doubts;
}

/** `ngày 23/11/2026` until when unfinished dossiers were looked at. */
export const asOfText = ({ asOf, ended }: Pick<IndicatorReport, 'asOf' | 'ended'>): string =>
  ended
    ? 'Hồ sơ chưa xong được xét đến hết kỳ.'
    : `Kỳ chưa kết thúc; hồ sơ chưa xong được xét đến ngày ${fullDate(asOf)}.`;
