import { statusOf } from '../../lib/dossier/index.ts';
import type { ComparedMoment, SideRecord, UnreadableRow } from '../../lib/reconcile/index.ts';
import { ALIAS_NAMES, CODE_NAMES, codeOf, Fields, integerOf, listOf, readMoment, textOf, unitOf } from '../wire.ts';

/** How a row is read. */
export interface RowOptions {
  /** The call it came with, for a person. */
  at: string;
  falseZ: boolean;
  /** Units of the configuration, to mend a code that came as a number. */
  units: readonly string[];
}

export type RowReading = { record: SideRecord } | { unreadable: UnreadableRow };

const MOMENTS: Record<ComparedMoment, readonly string[]> = {
  receivedAt: ['NgayTiepNhan', 'NgayNhanHoSo'],
  dueAt: ['NgayHenTra', 'NgayHenTraGplx'],
  finishedAt: ['NgayKetThucXuLy'],
};

/**
 * A row of `TraCuuHoSo` or `DanhSachHoSo` in any of its spellings. Names, numbers and addresses of people are not read. A date that
 * is there and cannot be read makes the whole row unreadable: leaving it out would look like "none".
 */
export function readRow(row: unknown, { at, falseZ, units }: RowOptions): RowReading {
  const fields = new Fields(row);
  const code = codeOf(fields.get(...CODE_NAMES));
  const broken = (reason: string): RowReading => ({
    unreadable: { side: 'national', at, reason, ...(code !== undefined && { code }) },
  });
  if (code === undefined) return broken('không có mã hồ sơ');
  const record: SideRecord = { code, at, ...statusIn(fields) };
  const dayOnly: ComparedMoment[] = [];
  for (const [moment, names] of Object.entries(MOMENTS) as [ComparedMoment, readonly string[]][]) {
    const read = readMoment(fields.get(...names), { falseZ });
    if (read === 'unreadable') return broken(`${names[0]}: không đọc được ngày`);
    if (read === 'none') continue;
    record[moment] = read.second;
    if (read.dayOnly) dayOnly.push(moment);
  }
  if (dayOnly.length > 0) record.dayOnly = dayOnly;
  const aliases = [...new Set(ALIAS_NAMES.map((name) => codeOf(fields.get(name))))].filter(
    (alias): alias is string => alias !== undefined && alias !== code,
  );
  if (aliases.length > 0) record.aliases = aliases;
  const procedure = fields.text('MaTTHC');
  if (procedure !== undefined) record.procedure = procedure;
  const unit = unitOf(fields.get('MaDonViXuLy', 'DonViXuLy'), units);
  if (unit !== undefined) record.unit = unit;
  if (fields.has('DanhSachGiayToKetQua')) record.hasResult = listOf(fields.get('DanhSachGiayToKetQua')).some(isResult);
  const changed = readMoment(fields.get('NgayCapNhat', 'ThoiGianDongBo', 'NgayDongBo'), { falseZ });
  if (typeof changed === 'object') record.updatedAt = changed.second;
  return { record };
}

/** A file, and not an empty place for one. Its address says nothing: it changes at every sync (quirk 17). */
const isResult = (paper: unknown) => new Fields(paper).text('DuongDanTepTinKetQua', 'GiayToId') !== undefined;

/** The status as number, else by its words; a status in no table is 0, also when it was sent as empty text (quirk 30). */
function statusIn(fields: Fields): Pick<SideRecord, 'status' | 'statusText'> {
  if (!fields.has('MaTrangThai', 'TrangThaiHoSo', 'TrangThai')) return {};
  const said = [fields.get('MaTrangThai'), fields.get('TrangThaiHoSo', 'TrangThai')];
  const number = said.map(integerOf).find((value) => value !== undefined);
  const words = said.map(textOf).find((text) => text !== undefined && !/^-?\d+$/.test(text));
  const byWords = words === undefined ? 'unknown' : statusOf(words);
  const status = number ?? (byWords === 'unknown' ? 0 : byWords);
  return { status: status >= 1 && status <= 10 ? status : 0, ...(words !== undefined && { statusText: words }) };
}
