/** Document sync (protocols.md §2.3), enterprise look-up (§2.1) and result store (§2.7) of the simulated LGSP. */

import type { Book } from '../book.ts';
import { STATUS_TEXTS } from '../city/words.ts';
import { wall } from '../naive-time.ts';
import type { BookRow } from '../planted-types.ts';
import type { StatusCode } from '../types.ts';

type Fields = Record<string, unknown>;

interface Reply {
  Status: string;
  Message: string;
}

const NEEDS = [
  'DocTypeCode',
  'DocTypeName',
  'DocCode',
  'CitizenName',
  'ApplicantsId',
  'Phone',
  'DateReceived',
  'DateAppointed',
  'ProcessingOrganName',
  'OrganInchargeIdLevel1',
  'OrganInchargeName',
];
/** Must be there, may be empty while the dossier is under way. */
const PRESENT = ['SuccessDate', 'IsReturned', 'ReturnedDate'];
const TRACE_NEEDS = ['DocCode', 'UserName', 'DateCreated', 'Comment', 'OrganizationInchargeName'];
/** Local time with a Z that is not true. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const no = (Message: string): Reply => ({ Status: 'ERROR', Message });
const OK: Reply = { Status: 'SUCCESS', Message: 'Thành công' };

const text = (value: unknown): string => String(value ?? '').trim();

/** Epoch seconds; the Z means UTC+7. */
function momentOf(value: unknown): number | undefined {
  const written = text(value);
  if (!MOMENT.test(written)) return undefined;
  const minutes = wall(written.slice(0, 16));
  return Number.isNaN(minutes) ? undefined : minutes * 60 + Number(written.slice(17, 19));
}

/** Writes the dossier into the LGSP book, new or known. */
export function syncDocument(body: Fields, book: Book): Reply {
  const missing = NEEDS.find((name) => text(body[name]) === '') ?? PRESENT.find((name) => !(name in body));
  if (missing !== undefined) return no(`Thiếu trường bắt buộc ${missing}`);
  for (const name of ['DateReceived', 'DateAppointed', 'SuccessDate', 'ReturnedDate', 'FinishedDate']) {
    if (text(body[name]) !== '' && momentOf(body[name]) === undefined) return no(`${name} không đúng định dạng`);
  }
  const code = text(body.DocCode);
  const finishedAt = momentOf(body.FinishedDate) ?? momentOf(body.SuccessDate);
  const returned = /^(?:true|1)$/i.test(text(body.IsReturned));
  const status: StatusCode = returned ? 10 : finishedAt === undefined ? 4 : 9;
  const receivedAt = momentOf(body.DateReceived) ?? 0;
  const row: BookRow = {
    index: book.find(code)[0]?.index ?? 8_000_000 + book.rows.length,
    code,
    otherCode: '',
    procedure: { code: text(body.DocTypeCode), name: text(body.DocTypeName), sector: '' },
    unit: { code: text(body.OrganInchargeIdLevel1), name: text(body.OrganInchargeName) },
    status,
    statusText: STATUS_TEXTS[status][0] ?? '',
    submittedAt: receivedAt,
    receivedAt,
    dueAt: momentOf(body.DateAppointed),
    finishedAt,
    hasResult: Array.isArray(body.Attachments) && body.Attachments.length > 0,
    updatedAt: Math.floor(Date.now() / 1000),
    channel: 'counter',
    owner: {
      name: text(body.CitizenName),
      identity: text(body.ApplicantsId),
      phone: text(body.Phone),
      email: text(body.Email),
      address: text(body.Address),
    },
  };
  book.replace(code, row);
  return OK;
}

export function updateTraces(body: Fields, book: Book): Reply {
  const missing = TRACE_NEEDS.find((name) => text(body[name]) === '');
  if (missing !== undefined) return no(`Thiếu trường bắt buộc ${missing}`);
  return book.find(text(body.DocCode)).length === 0 ? no('Không tìm thấy hồ sơ') : OK;
}

/** One invented enterprise; others are unknown, which is no failure. */
export function enterprise(number: string): Fields {
  if (!/^\d{10}(?:-\d{3})?$/.test(number)) {
    const Description = 'Mã số doanh nghiệp không hợp lệ';
    return { StatusCode: 400, Status: 'ERROR', ThrowException: '', Description, ResultObject: null };
  }
  const known = { MaSoDoanhNghiep: number, TenDoanhNghiep: 'CÔNG TY TNHH MẪU KHÔNG CÓ THẬT', TinhTrang: 'Mẫu' };
  const ResultObject = number === '0999999999' ? known : null;
  return { StatusCode: 200, Status: 'SUCCESS', ThrowException: '', Description: '', ResultObject };
}

/** Results of one owner by procedure. */
export function results(body: Fields, book: Book): Fields {
  const owner = text(body.SoDinhDanhChuSoHuu);
  const procedure = text(body.MaThuTuc);
  if (owner === '' || procedure === '')
    return { errorCode: '1', message: 'Thiếu SoDinhDanhChuSoHuu hoặc MaThuTuc', signature: '', result: null };
  const DanhSachGiayToKetQua = book.rows
    .filter((row) => row.hasResult && row.owner.identity === owner && row.procedure.code === procedure)
    .map((row) => ({
      MaKetQua: `KQ.${row.index}`,
      TenGiayTo: 'Kết quả giải quyết',
      SoKyHieu: `${row.index}/KQ-MAU`,
      CoQuanChuQuan: row.unit.code,
      DanhSachTepDinhKem: [{ TenTep: 'ket-qua.pdf', DuongDan: `/ket-qua/${row.index}.pdf` }],
    }));
  return { errorCode: '0', message: 'Thành công', signature: '', result: { DanhSachGiayToKetQua } };
}
