/** Words of the statuses and steps; codes that cannot exist. */

import { isoDay } from '../naive-time.ts';
import type { StatusCode } from '../types.ts';

export const STATUS_TEXTS: Readonly<Record<StatusCode, readonly string[]>> = {
  1: ['Mới đăng ký'],
  2: ['Được tiếp nhận'],
  3: ['Không được tiếp nhận'],
  4: ['Đang xử lý', 'Đang xử lý', 'Thụ lý hồ sơ', 'Chờ ký duyệt'],
  5: ['Yêu cầu bổ sung giấy tờ'],
  6: ['Yêu cầu thực hiện nghĩa vụ tài chính', 'Yêu cầu thanh toán'],
  7: ['Công dân yêu cầu rút hồ sơ'],
  8: ['Dừng xử lý'],
  9: ['Đã xử lý xong', 'Chờ trả kết quả'],
  10: ['Đã trả kết quả'],
};

export const STEPS = ['Tiếp nhận hồ sơ', 'Thẩm định hồ sơ', 'Lãnh đạo duyệt', 'Ký số kết quả', 'Chuyển trả kết quả'];

export function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** YYMMDD */
export function shortDate(day: number): string {
  return isoDay(day).slice(2).replaceAll('-', '');
}

export function makeCode(form: number, day: number, sequence: number, index: number): string {
  const date = shortDate(day);
  if (form === 3) return `HS/LẠ ${pad(index + 1, 5)}-${date.slice(0, 2)}`;
  if (form === 2) return `000.00.99.H29-${date}-${pad(sequence, 4)}`;
  return `H29.999-${date}-${pad(sequence, 4)}`;
}

/** About 1 % strange codes, 3 % in another known form. */
export function codeForm(index: number): number {
  const turn = index % 100;
  if (turn === 39) return 3;
  return turn === 17 || turn === 52 || turn === 83 ? 2 : 1;
}
