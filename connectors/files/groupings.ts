import type { Grouping } from '../../lib/sampling/index.ts';
import { keyOf } from './columns.ts';

/** Headers of columns that are no field of a reconciliation: names on the wire (data/columns.json) and common wording. */
const HEADERS: Record<Exclude<Grouping, 'unit'>, readonly string[]> = {
  field: ['lĩnh vực', 'TenLinhVuc', 'MaLinhVuc', 'lĩnh vực thủ tục'],
  channel: [
    'KenhThucHien',
    'HinhThuc',
    'kênh',
    'kênh nộp',
    'kênh tiếp nhận',
    'hình thức nộp',
    'hình thức tiếp nhận',
    'hình thức nộp hồ sơ',
  ],
};

/**
 * The column that tells unit, field or channel of a dossier, by the words of its header; undefined: none does.
 * @param mapping header → field, as `proposeMapping` gives it
 */
export function groupingColumn(
  by: Grouping,
  headers: readonly string[],
  mapping: Readonly<Record<string, string>>,
): string | undefined {
  if (by === 'unit')
    return ['unit', 'unitName'].flatMap((field) => headers.filter((header) => mapping[header] === field))[0];
  return HEADERS[by].map(keyOf).flatMap((key) => headers.filter((header) => keyOf(header) === key))[0];
}
