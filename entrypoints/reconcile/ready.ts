import { SIDES, type Side } from '../../lib/reconcile/index.ts';
import type { View } from './run.ts';
import type { Choice } from './sources.tsx';

/** Sides that a reconciliation can do without. */
export const OPTIONAL: Record<Side, boolean> = { city: false, national: false, lgsp: true };

/** What is still lacking before a job can be planned, for the person; null when nothing is. */
export function whyNotYet({
  choices,
  files,
  period,
  unitsLacking,
}: {
  choices: Readonly<Record<Side, Choice>>;
  files: View['files'];
  /** Null: no system is asked, so no period is needed. */
  period: { from: string; to: string } | null;
  /** A system is asked that answers by unit only, and no unit is known. */
  unitsLacking: boolean;
}): string | null {
  if (SIDES.some((side) => !OPTIONAL[side] && choices[side].kind === 'none'))
    return 'Chọn nguồn của cả Thành phố và Cổng DVCQG';
  if (SIDES.some((side) => choices[side].kind === 'file' && !isReadable(files[side])))
    return 'Tệp chưa đọc được: xem chỗ báo đỏ ở trên';
  if (period !== null && (period.from === '' || period.to === '' || period.from > period.to))
    return 'Khoảng ngày chưa đúng';
  return unitsLacking ? 'Ghi mã đơn vị: LGSP-HCM và Cổng DVCQG chỉ trả danh sách theo từng đơn vị' : null;
}

const isReadable = (looked: View['files'][Side]): boolean =>
  looked?.inspection !== undefined && looked.looking !== true && looked.inspection.problems.length === 0;
