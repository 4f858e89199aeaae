/** The planted books as the files that an admin exports: each system in its own columns, dates and status words. */

import type { BookRow, Planted } from './planted-types.ts';
import { type DateForm, dateText, statusNumber, WireShape } from './wire-shape.ts';

type Column = readonly [name: string, value: (row: BookRow, place: number) => string];

const plain = new WireShape([]);
const CRLF = '\r\n';

const moment =
  (name: 'receivedAt' | 'dueAt' | 'finishedAt' | 'updatedAt', form: DateForm) =>
  (row: BookRow): string =>
    plain.moment(row, name, form);

const code = (row: BookRow): string => plain.codes(row).code;
const otherCode = (row: BookRow): string => plain.codes(row).otherCode;
const yesNo = (value: boolean): string => (value ? 'Có' : 'Không');

const CITY: readonly Column[] = [
  ['STT', (_, place) => String(place)],
  ['Mã hồ sơ', code],
  ['Mã hồ sơ quốc gia', otherCode],
  ['Mã thủ tục', (row) => row.procedure.code],
  ['Tên thủ tục', (row) => row.procedure.name],
  ['Chủ hồ sơ', (row) => row.owner.name],
  ['Mã đơn vị', (row) => row.unit.code],
  ['Đơn vị xử lý', (row) => row.unit.name],
  ['Trạng thái', (row) => row.statusText],
  ['Ngày tiếp nhận', moment('receivedAt', 'vi')],
  ['Ngày hẹn trả', moment('dueAt', 'vi')],
  ['Ngày kết thúc xử lý', moment('finishedAt', 'vi')],
  ['Kết quả điện tử', (row) => yesNo(row.hasResult)],
  ['Ngày cập nhật', moment('updatedAt', 'vi')],
];

const NATIONAL: readonly Column[] = [
  ['MaHoSo', code],
  ['MaHoSoKhac', otherCode],
  ['MaTTHC', (row) => row.procedure.code],
  ['ChuHoSo', (row) => row.owner.name],
  ['DonViXuLy', (row) => row.unit.code],
  ['TrangThaiHoSo', (row) => statusNumber(row.status)],
  ['NgayTiepNhan', moment('receivedAt', 'compact')],
  ['NgayHenTra', moment('dueAt', 'compact')],
  ['NgayKetThucXuLy', moment('finishedAt', 'compact')],
  ['CoKetQuaDienTu', (row) => (row.hasResult ? '1' : '0')],
  ['NgayCapNhat', moment('updatedAt', 'compact')],
];

const LGSP: readonly Column[] = [
  ['source_id', code],
  ['ref_code', otherCode],
  ['procedures_code', (row) => row.procedure.code],
  ['from_unit_code', (row) => row.unit.code],
  ['profiles_status', (row) => statusNumber(row.status)],
  ['accept_date', moment('receivedAt', 'slash')],
  ['appointment_date', moment('dueAt', 'slash')],
  ['end_date', moment('finishedAt', 'slash')],
  ['hasResult', (row) => String(row.hasResult)],
  ['creation_date', moment('updatedAt', 'slash')],
];

function cell(text: string): string {
  return /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(rows: readonly BookRow[], columns: readonly Column[], end: string): string {
  const lines = [columns.map(([name]) => cell(name)).join(',')];
  rows.forEach((row, place) => {
    lines.push(columns.map(([, value]) => cell(value(row, place + 1))).join(','));
  });
  return lines.join(end) + end;
}

/** A title line over the header, as reports of the one-stop systems have it. */
function title({ now, units }: Planted): string {
  const text = `Báo cáo hồ sơ ${units.join(', ')} lập lúc ${dateText(now * 60, 'vi')}`;
  return cell(text) + ','.repeat(CITY.length - 1) + CRLF;
}

export interface PlantedCsv {
  city: string;
  national: string;
  lgsp: string;
}

/**
 * City: BOM, CRLF, Vietnamese headers, dd/MM/yyyy HH:mm:ss, statuses as words; with `titled` a report title above the header.
 * National: yyyyMMddHHmmss, LF. LGSP: yyyy/MM/dd HH:mm:ss, LF. City and national carry invented people's names.
 */
export function plantedCsv(planted: Planted, { titled = false } = {}): PlantedCsv {
  return {
    city: `\uFEFF${titled ? title(planted) : ''}${csv(planted.city, CITY, CRLF)}`,
    national: csv(planted.national, NATIONAL, '\n'),
    lgsp: csv(planted.lgsp, LGSP, '\n'),
  };
}
