/**
 * `DongBoHoSoMC` and `CapNhatTienDoHoSoMC`: what the simulated portal takes and refuses (protocols.md §1.3), and what it
 * does to the national book, so that sending again really cures a difference.
 */

import type { Book } from '../book.ts';
import { STATUS_TEXTS } from '../city/words.ts';
import { wall } from '../naive-time.ts';
import type { BookRow, Planted } from '../planted-types.ts';
import type { StatusCode } from '../types.ts';

export interface Reply {
  error_code: number | string;
  message: string;
}

type Fields = Record<string, unknown>;

const DOSSIER_NEEDS = [
  'MaHoSo',
  'MaTTHC',
  'TenTTHC',
  'MaLinhVuc',
  'TenLinhVuc',
  'LoaiDoiTuong',
  'TrichYeuHoSo',
  'NgayTiepNhan',
  'TrangThaiHoSo',
  'HinhThuc',
  'DonViXuLy',
];
const STEP_NEEDS = ['MaHoSo', 'NguoiXuLy', 'ThoiDiemXuLy', 'NoiDungXuLy', 'TrangThai'];
const MOMENTS = ['NgayTiepNhan', 'NgayHenTra', 'NgayTra', 'NgayKetThucXuLy', 'NgayNopHoSo', 'NgayTuChoi'];
const STEP_MOMENTS = ['ThoiDiemXuLy', 'NgayBatDau', 'NgayKetThucTheoQuyDinh'];
/** Longer notes fail on the way. */
const NOTE_LIMIT = 2000;
/** Steps in one call. */
const STEP_LIMIT = 10;

const no = (message: string): Reply => ({ error_code: '-1', message });
const OK: Reply = { error_code: '0', message: 'Cập nhật dữ liệu thành công' };

/** Epoch seconds of yyyyMMddHHmmss at UTC+7; undefined when it is no moment. */
function compactMoment(text: string): number | undefined {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (s === undefined) return undefined;
  const iso = `${y}-${mo}-${d}T${h}:${mi}`;
  const minutes = wall(iso);
  // 31 February would become a day in March.
  const same = !Number.isNaN(minutes) && new Date((minutes + 420) * 60_000).toISOString().startsWith(iso);
  return same && Number(s) < 60 ? minutes * 60 + Number(s) : undefined;
}

function objects(value: unknown): Fields[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one)) ? value : undefined;
}

/** Why an object cannot be taken; undefined when it can. */
function fault(one: Fields, needs: readonly string[], moments: readonly string[], status: string): string | undefined {
  for (const [name, value] of Object.entries(one)) {
    if (typeof value !== 'string' && !Array.isArray(value)) return `${name} phải là chuỗi ký tự`;
    if (typeof value === 'string' && value.length > NOTE_LIMIT) return `${name} quá ${NOTE_LIMIT} ký tự`;
  }
  const missing = needs.find((name) => String(one[name] ?? '').trim() === '');
  if (missing !== undefined) return `Thiếu trường bắt buộc ${missing}`;
  for (const name of moments) {
    const value = String(one[name] ?? '');
    if (value !== '' && compactMoment(value) === undefined) return `${name} không đúng định dạng yyyyMMddHHmmss`;
  }
  if (!/^(?:[1-9]|10)$/.test(String(one[status]))) return `${status} không hợp lệ`;
  return undefined;
}

function rowOf(one: Fields, before: BookRow | undefined, planted: Planted, now: number): BookRow {
  const text = (name: string): string => String(one[name] ?? '');
  const status = Number(one.TrangThaiHoSo) as StatusCode;
  const unit = text('DonViXuLy');
  const known = [...planted.city, ...planted.national].find((row) => row.unit.code === unit || row.unit.name === unit);
  const results = one.DanhSachGiayToKetQua;
  const row: BookRow = {
    index: before?.index ?? planted.count + planted.national.length,
    code: text('MaHoSo'),
    otherCode: text('MaHoSoKhac'),
    procedure: { code: text('MaTTHC'), name: text('TenTTHC'), sector: text('TenLinhVuc') },
    unit: known?.unit ?? { code: unit, name: unit },
    status,
    statusText: STATUS_TEXTS[status][0] ?? '',
    receivedAt: compactMoment(text('NgayTiepNhan')) ?? 0,
    submittedAt: compactMoment(text('NgayNopHoSo')) ?? compactMoment(text('NgayTiepNhan')) ?? 0,
    hasResult: Array.isArray(results) && results.length > 0,
    updatedAt: now,
    channel: text('KenhThucHien') === '2' ? 'online' : text('KenhThucHien') === '3' ? 'post' : 'counter',
    owner: {
      name: text('ChuHoSo'),
      identity: text('MaDoiTuong'),
      phone: text('SoDienThoai'),
      email: text('Email'),
      address: '',
    },
  };
  const due = compactMoment(text('NgayHenTra'));
  const finished = compactMoment(text('NgayKetThucXuLy'));
  if (due !== undefined) row.dueAt = due;
  if (finished !== undefined) row.finishedAt = finished;
  return row;
}

/** New dossiers with isUpdating "False", known ones with "True"; several in one call succeed or fail together. */
export function syncDossiers(body: Fields, book: Book, planted: Planted): Reply {
  if (body.isUpdating !== 'True' && body.isUpdating !== 'False') return no('isUpdating phải là "True" hoặc "False"');
  const data = objects(body.data);
  if (data === undefined) return no('data phải là danh sách hồ sơ');
  for (const one of data) {
    const wrong = fault(one, DOSSIER_NEEDS, MOMENTS, 'TrangThaiHoSo');
    if (wrong !== undefined) return no(wrong);
    const exists = book.find(String(one.MaHoSo)).length > 0;
    if (exists && body.isUpdating === 'False') return { error_code: '3', message: `Hồ sơ ${one.MaHoSo} đã tồn tại` };
    if (!exists && body.isUpdating === 'True') return no(`Hồ sơ ${one.MaHoSo} không tồn tại`);
  }
  const now = Math.floor(Date.now() / 1000);
  for (const one of data) {
    const code = String(one.MaHoSo);
    book.replace(code, rowOf(one, book.find(code)[0], planted, now));
  }
  return OK;
}

/** Steps of known dossiers; a step 9 sets the end of the handling. */
export function addSteps(body: Fields, book: Book): Reply {
  const data = objects(body.data);
  if (data === undefined) return no('data phải là danh sách tiến độ');
  if (data.length > STEP_LIMIT) return no(`Mỗi lần chỉ nhận tối đa ${STEP_LIMIT} tiến độ`);
  for (const one of data) {
    const wrong = fault(one, STEP_NEEDS, STEP_MOMENTS, 'TrangThai');
    if (wrong !== undefined) return no(wrong);
    if (book.find(String(one.MaHoSo)).length === 0) return no(`Hồ sơ ${one.MaHoSo} không tồn tại`);
  }
  for (const one of data) {
    if (one.TrangThai !== '9') continue;
    for (const row of book.find(String(one.MaHoSo))) row.finishedAt = compactMoment(String(one.ThoiDiemXuLy));
  }
  return OK;
}
