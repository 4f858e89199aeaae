import type { DayMark, Reading, SystemReading } from '../deadline/index.ts';
import { workingDuration } from '../text/index.ts';
import { dayRange, longDay } from './days.ts';
import { policyName } from './steps.ts';

const SUPPLEMENT_WORDS = {
  restart: 'tính lại từ đầu sau khi bổ sung',
  pause: 'chỉ tạm dừng trong lúc chờ bổ sung',
  shift: 'cộng thêm vào hạn cũ số giờ làm việc đã chờ bổ sung',
  subtract: 'cộng thêm thời gian chờ bổ sung theo lịch',
} as const;

const list = (days: readonly number[]) => days.map((day) => dayRange(day, day)).join(', ');

/** "đếm theo giờ": how the system seems to count, as the predicate of "hệ thống". */
export function sayReading(reading: Reading): string {
  switch (reading.kind) {
    case 'policy':
      if (reading.policy === 'hour-to-hour') return 'đếm theo giờ (mỗi ngày 8 giờ làm việc, hạn giữ giờ trong ngày)';
      if (reading.policy === 'keep-time') return 'đếm ngày nhưng giữ giờ nhận';
      return `đếm theo ${policyName(reading)}`;
    case 'supplement':
      return SUPPLEMENT_WORDS[reading.mode];
    case 'day-off':
      return `không nghỉ ${list(reading.days)}`;
    case 'day-worked':
      return `không tính ngày làm bù ${list(reading.days)}`;
    case 'receipt-counted':
      return 'tính cả ngày nhận là ngày thứ nhất';
    case 'calendar-days':
      return 'đếm theo ngày lịch, không bỏ ngày nghỉ';
    case 'first-receipt':
      return 'tính từ lúc nơi khác nhận hộ';
  }
}

function sayMark(mark: DayMark | undefined, inMinutes: boolean): string {
  if (!mark) return 'không còn tới ngày này';
  switch (mark.kind) {
    case 'zero':
      return 'là ngày nhận, không tính';
    case 'counted':
    case 'due': {
      const end = mark.kind === 'due' ? ' và đến hạn' : '';
      if (mark.n === undefined) return mark.kind === 'due' ? 'đến hạn' : 'được đếm';
      return inMinutes ? `đếm ${workingDuration(mark.n, Infinity)}${end}` : `là ngày thứ ${mark.n}${end}`;
    }
    case 'skipped':
      return 'là ngày nghỉ';
    case 'paused':
      return 'đang tạm dừng';
    case 'free':
      return 'không đếm';
  }
}

/** Where a count parts from ours, in one sentence; empty when they differ only in the time of the last day. */
export function sayParting({ parting, trace }: SystemReading, ourMinutes: boolean): string {
  if (!parting) return 'Hai cách đếm giống nhau từng ngày, chỉ khác giờ của ngày cuối.';
  const theirMinutes = trace.steps.some(({ kind }) => kind === 'worked');
  return `Chỗ tách nhau đầu tiên: ${longDay(parting.day)}. Theo quy tắc của đơn vị, ngày này ${sayMark(parting.ours, ourMinutes)}; theo hệ thống, ngày này ${sayMark(parting.theirs, theirMinutes)}.`;
}

/** "Không cách đếm nào đã biết …": when nothing explains a date. */
export const NO_READING =
  'Không cách đếm nào đã biết cho ra đúng ngày này: có thể ngày hẹn do người đặt, hoặc hồ sơ từng tạm dừng mà trang không cho biết.';
