/**
 * The simulated national portal, mapi form (protocols.md §1): `POST /mapi/login`, then everything at `POST /mapi/g` with
 * session, madonvi and service in the body. Rows of `TraCuuHoSo` are those of the driving-licence variant, the only
 * public ones, with the end of the handling, the result papers and the second code by the names that `DongBoHoSoMC` has.
 */

import { Book } from '../book.ts';
import { dayOf, wall } from '../naive-time.ts';
import type { BookRow, Planted } from '../planted-types.ts';
import { type Answer, jsonObject, type Route, type Upstream, type WireRequest } from '../upstream.ts';
import { type DvcqgOptions, SANDBOX_SECRETS } from '../upstream-types.ts';
import { statusNumber, type WireShape } from '../wire-shape.ts';
import { Sessions } from './session.ts';
import { addSteps, type Reply, syncDossiers } from './writes.ts';

type Fields = Record<string, unknown>;

/** Days of a window of `DanhSachHoSo`, both ends counted. */
const WINDOW = 3;
const DAY_TEXT = /^\d{4}-\d\d-\d\d$/;

const no = (error_code: number | string, message: string): Reply => ({ error_code, message });

/** The link changes with every answer, as in reality. */
function resultPapers(row: BookRow): Fields[] {
  if (!row.hasResult) return [];
  const address = `https://tep.example.invalid/ket-qua/${row.index}.pdf?t=${Date.now()}`;
  const number = String(row.index);
  return [
    { TenGiayTo: 'Kết quả giải quyết', MaThanhPhanHoSo: 'KQ01', GiayToId: number, DuongDanTepTinKetQua: address },
  ];
}

function lookedUp(row: BookRow, shape: WireShape): Fields {
  const { code, otherCode } = shape.codes(row);
  return {
    MaHoSo: code,
    MaHoSoKhac: otherCode,
    MaTTHC: row.procedure.code,
    MaDVC: '',
    TenDVC: row.procedure.name,
    MaLinhVuc: `LV${row.procedure.sector.length}`,
    TenLinhVuc: row.procedure.sector,
    HoTenNguoiNop: row.owner.name,
    MaTrangThai: statusNumber(row.status),
    TrangThaiHoSo: row.statusText,
    DonViXuLy: row.unit.name,
    MaDonViXuLy: row.unit.code,
    NgayNop: shape.moment(row, 'submittedAt', 'vi'),
    NgayTiepNhan: shape.moment(row, 'receivedAt', 'vi'),
    NgayHenTra: shape.moment(row, 'dueAt', 'vi'),
    NgayKetThucXuLy: shape.moment(row, 'finishedAt', 'vi'),
    NgayCapNhat: shape.moment(row, 'updatedAt', 'vi'),
    HinhThucNhanKQ: row.channel === 'post' ? '1' : '0',
    DanhSachGiayToKetQua: resultPapers(row),
  };
}

function listed(row: BookRow, shape: WireShape): Fields {
  const { code, otherCode } = shape.codes(row);
  return {
    maHoSo: code,
    maHoSoKhac: otherCode,
    hoTen: row.owner.name,
    soCmnd: row.owner.identity,
    maTTHC: row.procedure.code,
    tenDVC: row.procedure.name,
    maTrangThai: statusNumber(row.status),
    trangThaiHoSo: row.statusText,
    donViXuLy: row.unit.name,
    maDonViXuLy: row.unit.code,
    ngayNhanHoSo: shape.moment(row, 'receivedAt', 'vi'),
    ngayHenTra: shape.moment(row, 'dueAt', 'vi'),
    ngayKetThucXuLy: shape.moment(row, 'finishedAt', 'vi'),
    ngayCapNhat: shape.moment(row, 'updatedAt', 'vi'),
    danhSachGiayToKetQua: resultPapers(row),
  };
}

function windowOf(body: Fields): { unit: string; from: number; to: number } | Reply {
  const [unit, from, to] = [body.donViXuLy, body.ngayNhan1, body.ngayNhan2].map((value) => String(value ?? ''));
  if (unit === undefined || unit === '') return no(-1, 'Thiếu donViXuLy');
  if (from === undefined || to === undefined || !DAY_TEXT.test(from) || !DAY_TEXT.test(to))
    return no(-1, 'ngayNhan1, ngayNhan2 phải có dạng yyyy-MM-dd');
  const [first, last] = [dayOf(wall(from)), dayOf(wall(to))];
  if (last < first) return no(-1, 'ngayNhan2 trước ngayNhan1');
  if (last - first >= WINDOW) return no(-1, `Khoảng thời gian tra cứu tối đa ${WINDOW} ngày`);
  return { unit, from: first, to: last };
}

function procedureRecord({ procedure, unit }: BookRow): Fields {
  return {
    MATTHC: procedure.code,
    TENTTHC: procedure.name,
    MACOQUANCONGBO: '000.00.99.H29',
    LINHVUCTHUCHIEN: [{ MALINHVUC: `LV${procedure.sector.length}`, TENLINHVUC: procedure.sector }],
    CACHTHUCTHUCHIEN: [
      { KENH: '1', THOIGIAN: [{ THOIGIANGIAIQUYET: '5', DONVITINH: 'Ngày làm việc', MOTA: '', PHILEPHI: [] }] },
      { KENH: '2', THOIGIAN: [{ THOIGIANGIAIQUYET: '5', DONVITINH: 'Ngày làm việc', MOTA: '', PHILEPHI: [] }] },
    ],
    COQUANTHUCHIEN: [{ MADONVI: unit.code, TENDONVI: unit.name }],
    THANHPHANHOSO: [{ GIAYTO: [{ MAGIAYTO: 'GT01', TENGIAYTO: 'Tờ khai', TENMAUDON: '', URL: '' }] }],
    TRANGTHAI: '1',
  };
}

function unique<T>(rows: readonly BookRow[], key: (row: BookRow) => string, make: (row: BookRow) => T): T[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()].map(make);
}

/** Rows per call are found by unit and day; the book is small enough to be walked for the rest. */
export function makeDvcqg(planted: Planted, options: DvcqgOptions = {}): Upstream {
  const book = new Book(planted.national);
  const sessions = new Sessions(options);
  const madonvi = options.madonvi ?? SANDBOX_SECRETS.dvcqg.madonvi;

  const services: Record<string, (body: Fields, shape: WireShape) => unknown> = {
    TraCuuHoSo(body, shape) {
      const code = String(body.mahoso ?? '');
      if (code === '') return no(-1, 'Thiếu mahoso');
      return { error_code: 0, message: '', result: book.find(code).map((row) => lookedUp(row, shape)) };
    },
    DanhSachHoSo(body, shape) {
      const window = windowOf(body);
      if ('error_code' in window) return window;
      const rows = book.rows.filter((row) => {
        const day = dayOf(Math.floor(row.receivedAt / 60));
        return row.unit.code === window.unit && day >= window.from && day <= window.to;
      });
      const data = shape.list(rows, book.rows[0]).map((row) => listed(row, shape));
      return { error_code: 0, message: '', data };
    },
    LayTaiLieuHoSo({ duongdanteptin }) {
      const path = String(duongdanteptin ?? '');
      if (path === '') return no(-1, 'Thiếu duongdanteptin');
      const Base64 = Buffer.from('%PDF-1.4 tệp mẫu').toString('base64');
      return {
        error_code: 0,
        message: '',
        TepTinDinhKem: [{ Base64, DuongDan: path, TenTaiLieu: 'ket-qua-mau.pdf' }],
      };
    },
    LayThuTuc({ maTTHC }) {
      const found = book.rows.find(({ procedure }) => procedure.code === maTTHC);
      return { error_code: 0, message: '', result: found === undefined ? [] : [procedureRecord(found)] };
    },
    LayDanhSachTTHC() {
      const key = (row: BookRow): string => row.procedure.code;
      const result = unique(book.rows, key, ({ procedure: { code, name } }) => ({ MATTHC: code, TENTTHC: name }));
      return { error_code: 0, message: '', result };
    },
    LayDanhMucCoQuan() {
      const key = (row: BookRow): string => row.unit.code;
      const make = ({ unit }: BookRow): Fields => ({ MADONVI: unit.code, TENDONVI: unit.name, CAPDONVI: '3' });
      return { error_code: 0, message: '', result: unique(book.rows, key, make) };
    },
    LayDanhMucLinhVuc() {
      const key = (row: BookRow): string => row.procedure.sector;
      const result = unique(book.rows, key, ({ procedure: { sector } }) => ({
        MALINHVUC: `LV${sector.length}`,
        TENLINHVUC: sector,
        MANGANH: 'G99',
      }));
      return { error_code: 0, message: '', result };
    },
    DongBoHoSoMC: (body) => syncDossiers(body, book, planted),
    CapNhatTienDoHoSoMC: (body) => addSteps(body, book),
  };
  if (options.list === false) delete services.DanhSachHoSo;

  /** What is wrong with the request before any service looks at it. */
  function refused(request: WireRequest): Answer | undefined {
    if (request.method !== 'POST') return { status: 405, body: { message: 'Method Not Allowed' } };
    if (!/^application\/json\b/i.test(request.header('content-type')))
      return { status: 415, body: { message: 'Unsupported Media Type' } };
    if (options.dstcode !== undefined && request.header('dstcode') !== options.dstcode)
      return { status: 400, body: no(-1, 'Thiếu hoặc sai dstcode') };
    return undefined;
  }

  function login(body: Fields): unknown {
    const answer = sessions.login(body.username, body.password);
    return 'session' in answer ? { error_code: 0, message: '', ...answer } : no(-1, answer.message);
  }

  function call(body: Fields, service: string, shape: WireShape): unknown {
    if (!sessions.use(body.session)) return no('9', 'Phiên làm việc không hợp lệ hoặc đã hết hạn');
    if (body.madonvi !== madonvi) return no(-1, 'madonvi không được phép');
    const serve = Object.hasOwn(services, service) ? services[service] : undefined;
    return serve === undefined ? no(-1, `Dịch vụ "${service}" không tồn tại`) : serve(body, shape);
  }

  return {
    id: 'dvcqg',
    route(request): Route {
      const body = jsonObject(request.body);
      if (request.path === '/mapi/login') {
        return { service: 'login', about: '', answer: () => refused(request) ?? { body: login(body) } };
      }
      if (request.path !== '/mapi/g') {
        return { service: 'unknown', about: request.path, answer: () => ({ status: 404, body: '<h1>404</h1>' }) };
      }
      const service = String(body.service ?? '');
      return {
        service,
        about: aboutOf(body),
        answer: (shape) => refused(request) ?? { body: call(body, service, shape) },
      };
    },
    expire: () => sessions.expire(),
    refusal: () => no('-99', 'Có lỗi trong quá trình xử lý'),
    duplicate: (code) => no(code, 'Hồ sơ đã tồn tại'),
  };
}

function aboutOf(body: Fields): string {
  if (typeof body.mahoso === 'string') return body.mahoso;
  if (typeof body.donViXuLy === 'string') return `${body.donViXuLy}/${body.ngayNhan1}/${body.ngayNhan2}`;
  if (!Array.isArray(body.data)) return String(body.maTTHC ?? '');
  return body.data.map((one) => (one as Fields | null)?.MaHoSo ?? '').join(' ');
}
