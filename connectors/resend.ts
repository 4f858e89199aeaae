import type { DvcqgClient } from './dvcqg/client.ts';
import { type DossierPayload, type ResyncItem, sectors } from './dvcqg/index.ts';
import { type Failure, type Result, success } from './errors.ts';
import type { OpenCpsClient, OpenCpsRow } from './opencps/client.ts';
import { readRow } from './opencps/map.ts';
import { booleanOf, compactMoment, integerOf, readMoment, textOf } from './wire.ts';

/**
 * What the city's own record says of a dossier, as the portal wants it (`DongBoHoSoMC`, protocol notes §1.6). Only what the city tells
 * is sent: a mandatory field that it does not tell stops that dossier, for an invented one would be a new difference.
 */

/** A dossier that cannot be sent again from here, and why; nothing of a person. */
export interface BlockedDossier {
  code: string;
  reason: string;
}

export interface ResendContent {
  items: ResyncItem[];
  blocked: BlockedDossier[];
}

export interface ResendSystems {
  city: OpenCpsClient;
  portal: DvcqgClient;
}

/** mapi: 1 citizen, 2 business. OpenCPS knows no others. */
const KIND_OF_OWNER: Record<string, DossierPayload['LoaiDoiTuong']> = { citizen: '1', business: '2' };
/** From here on a dossier may have a result paper. */
const SETTLED = 9;
const RESULT = 2;

/** Failures that every further dossier would meet as well. */
const HOPELESS: readonly Failure['kind'][] = ['auth', 'permission', 'cancelled'];

const keyOf = (text: string | undefined) => text?.toUpperCase();

/**
 * Reads each dossier anew from the city and says what would be sent. One that gives no answer is blocked with the reason; a refused
 * account or a stop ends it.
 */
export async function resendContent(
  codes: readonly string[],
  { city, portal }: ResendSystems,
  signal?: AbortSignal,
): Promise<Result<ResendContent>> {
  const content: ResendContent = { items: [], blocked: [] };
  let catalogue: Map<string, string> | null = null;
  for (const code of codes) {
    const blocked = (reason: string) => content.blocked.push({ code, reason });
    const row = await city.detail(code, signal);
    if (!row.ok) {
      if (HOPELESS.includes(row.error.kind)) return row;
      blocked(`hệ thống Thành phố không trả lời: ${row.error.message}`);
      continue;
    }
    if (row.value === null || keyOf(textOf(row.value.dossierNo)) !== keyOf(code)) {
      blocked('hệ thống Thành phố không có hồ sơ mang mã này');
      continue;
    }
    if (textOf(row.value.domainCode) === undefined && catalogue === null) {
      const found = await sectors(portal, signal);
      if (!found.ok) return found;
      catalogue = new Map(found.value.map((one) => [one.name, one.code]));
    }
    const reading = readRow(row.value, 'o/rest/v2/dossiers/*');
    if ('unreadable' in reading) {
      blocked(reading.unreadable.reason);
      continue;
    }
    const id = textOf(row.value.dossierId);
    if ((reading.record.status ?? 0) >= SETTLED && id !== undefined) {
      const files = await city.files(id, signal);
      if (!files.ok) {
        if (HOPELESS.includes(files.error.kind)) return files;
        blocked(`hệ thống Thành phố không trả lời: ${files.error.message}`);
        continue;
      }
      // The portal keeps an address of the paper, and this interface of the city gives none.
      if (files.value.some((file) => integerOf(file.dossierPartType) === RESULT && booleanOf(file.removed) !== true)) {
        blocked(
          'DanhSachGiayToKetQua: hồ sơ có giấy tờ kết quả mà hệ thống Thành phố không cho địa chỉ tải; gửi từ đây sẽ làm mất kết quả trên Cổng',
        );
        continue;
      }
    }
    const { dossier, lacking } = payloadOf(row.value, reading.record.status ?? 0, catalogue ?? new Map());
    if (dossier) content.items.push({ dossier, progress: [] });
    else blocked(`hệ thống Thành phố không cho biết: ${lacking.join(', ')}`);
  }
  return success(content);
}

/** Moments of the row in the portal's form; one that cannot be read counts as not told. */
function stampOf(row: OpenCpsRow, ...names: string[]): string {
  for (const name of names) {
    const read = readMoment(row[name]);
    if (typeof read === 'object') return compactMoment(read.second);
  }
  return '';
}

/** The object to send, or the mandatory fields that are lacking, with the city's names of them. */
export function payloadOf(
  row: OpenCpsRow,
  status: number,
  sectorCodes: ReadonlyMap<string, string>,
): { dossier: DossierPayload; lacking: [] } | { dossier: null; lacking: string[] } {
  const text = (name: string) => textOf(row[name]) ?? '';
  const sector = text('domainName');
  const kind = KIND_OF_OWNER[text('applicantIdType').toLowerCase()];
  const needed = {
    MaHoSo: text('dossierNo'),
    MaTTHC: text('serviceCode'),
    TenTTHC: text('serviceName'),
    MaLinhVuc: text('domainCode') || (sectorCodes.get(sector) ?? ''),
    TenLinhVuc: sector,
    NgayTiepNhan: stampOf(row, 'receiveDate'),
    TrangThaiHoSo: status >= 1 && status <= 10 ? String(status) : '',
    DonViXuLy: text('govAgencyName'),
  };
  const lacking: string[] = Object.entries(needed).flatMap(([name, value]) => (value === '' ? [name] : []));
  if (kind === undefined) lacking.push('LoaiDoiTuong (applicantIdType)');
  if (kind === undefined || lacking.length > 0) return { dossier: null, lacking };
  const dossier: DossierPayload = {
    ...needed,
    LoaiDoiTuong: kind,
    ChuHoSo: text('applicantName'),
    SoGiayToChuHoSo: text('applicantIdNo'),
    SoDienThoai: text('contactTelNo'),
    Email: text('contactEmail'),
    TrichYeuHoSo: text('briefNote') || needed.TenTTHC,
    NgayNopHoSo: stampOf(row, 'submitDate'),
    NgayHenTra: stampOf(row, 'extendDate', 'dueDate'),
    NgayKetThucXuLy: stampOf(row, 'releaseDate'),
    NgayTra: stampOf(row, 'finishDate'),
    // Outbound this is how the result is handed over: 0 counter, 1 post. The channel has a field of its own.
    HinhThuc: (integerOf(row.viaPostal) ?? 0) > 0 ? '1' : '0',
    KenhThucHien: booleanOf(row.online) === true ? '2' : '1',
    TaiLieuNop: [],
    DanhSachLePhi: [],
    DanhSachTepDinhKemKhac: [],
    DanhSachHoSoBoSung: [],
    DanhSachGiayToKetQua: [],
  };
  const alias = text('nationCode');
  return { dossier: alias === '' ? dossier : { ...dossier, MaHoSoKhac: alias }, lacking: [] };
}
