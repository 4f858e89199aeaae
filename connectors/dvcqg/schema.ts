import * as z from 'zod/mini';

/** Tolerant in: what every answer of mapi is. What is inside is looked at by `wire.ts` and `map.ts`. */
export const Answer = z.looseObject({});

// Strict out. Every scalar on the wire is text, digits included; names are exact.

/** `yyyyMMddHHmmss` at UTC+7, or empty for none. */
const Stamp = z.string().check(z.regex(/^(?:\d{14})?$/, 'phải là yyyyMMddHHmmss hoặc để trống'));
const NeededStamp = z.string().check(z.regex(/^\d{14}$/, 'phải là yyyyMMddHHmmss'));
const Status = z.string().check(z.regex(/^(?:[1-9]|10)$/, 'phải là trạng thái 1 đến 10'));
const Flag = z.enum(['0', '1']);
/** Lengths are those that implementers had to cut at (quirk 16); cutting silently would make the two sides differ. */
const Text = (max = 4000) => z.string().check(z.maxLength(max));
const Needed = (max = 4000) => z.string().check(z.minLength(1), z.maxLength(max));
const opt = <T extends z.ZodMiniType>(type: T) => z.optional(type);

const SubmittedFile = z.strictObject({
  TepDinhKemId: opt(Text()),
  TenTepDinhKem: Needed(),
  IsDeleted: opt(z.enum(['True', 'False'])),
  MaThanhPhanHoSo: Text(),
  DuongDanTaiTepTin: Text(),
  DuocSoHoa: opt(Flag),
  DuocTaiSuDung: opt(z.enum(['0', '1', '2'])),
  DuocLayTuKhoDMQG: opt(Flag),
  MaKetQuaThayThe: opt(Text()),
});

const Fee = z.strictObject({
  TenPhiLePhi: opt(Text()),
  MaPhiLePhi: opt(Text()),
  HinhThucThu: opt(Text(2)),
  Gia: opt(Text(20)),
  LoaiPhiLePhi: opt(Text()),
});

const OtherFile = z.strictObject({ TenGiayTo: opt(Text(2000)), SoLuong: opt(Text(20)), LoaiGiayTo: opt(Text()) });

const Supplement = z.strictObject({
  HoSoBoSungId: opt(Text()),
  NguoiYeuCauBoSung: opt(Text()),
  NoiDungBoSung: opt(Text()),
  NgayBoSung: opt(Stamp),
  NguoiTiepNhanBoSung: opt(Text()),
  ThongTinTiepNhan: opt(Text()),
  NgayTiepNhanBoSung: opt(Stamp),
  TrangThaiBoSung: opt(Text(10)),
  DanhSachGiayToBoSung: opt(z.array(z.record(z.string(), Text()))),
  DanhSachLePhiBoSung: opt(z.array(Fee)),
  NgayHenTraTruoc: opt(Stamp),
  NgayHenTraMoi: opt(Stamp),
});

const ResultPaper = z.strictObject({
  TenGiayTo: opt(Text(2000)),
  MaThanhPhanHoSo: opt(Text()),
  GiayToId: opt(Text()),
  DuongDanTepTinKetQua: opt(Text()),
  MaGiayToKetQua: opt(Text()),
});

/** One object of `DongBoHoSoMC`'s `data`, with the later fields. */
export const DossierPayload = z.strictObject({
  MaHoSo: Needed(120),
  MaTTHC: Needed(60),
  TenTTHC: Text(),
  MaLinhVuc: Text(60),
  TenLinhVuc: Text(),
  SoBienNhan: opt(Text()),
  ChuHoSo: opt(Text()),
  LoaiDoiTuong: z.enum(['1', '2', '3', '4']),
  MaDoiTuong: opt(Text()),
  ThongTinKhac: opt(Text()),
  Email: opt(Text()),
  Fax: opt(Text()),
  SoDienThoai: opt(Text()),
  TrichYeuHoSo: Text(1000),
  NgayTiepNhan: NeededStamp,
  NgayHenTra: opt(Stamp),
  TrangThaiHoSo: Status,
  NgayTra: opt(Stamp),
  ThongTinTra: opt(Text()),
  HinhThuc: Flag,
  NgayKetThucXuLy: opt(Stamp),
  DonViXuLy: Needed(),
  GhiChu: opt(Text(2000)),
  TaiLieuNop: z.array(SubmittedFile),
  DanhSachLePhi: z.array(Fee),
  DanhSachTepDinhKemKhac: z.array(OtherFile),
  DanhSachHoSoBoSung: z.array(Supplement),
  DanhSachGiayToKetQua: z.array(ResultPaper),
  MaHoSoKhac: opt(Text(120)),
  KenhThucHien: opt(z.enum(['1', '2', '3'])),
  SoGiayToChuHoSo: opt(Text()),
  NoiNopHoSo: opt(Text(10)),
  HoSoCoThanhPhanSoHoa: opt(Flag),
  TaiKhoanDuocXacThucVoiVNeID: opt(Flag),
  DuocThanhToanTrucTuyen: opt(z.enum(['0', '1', '2', '3'])),
  NgayTuChoi: opt(Stamp),
  NgayNopHoSo: opt(Stamp),
  DinhDanhCHS: opt(z.array(z.strictObject({ LoaiDinhDanh: z.enum(['1', '2']), SoDinhDanh: Text(20) }))),
  DSKetNoiCSDL: opt(z.array(z.strictObject({ MaCSDL: Text(60) }))),
});
export type DossierPayload = z.infer<typeof DossierPayload>;

/** One object of `CapNhatTienDoHoSoMC`'s `data`. */
export const ProgressPayload = z.strictObject({
  MaHoSo: Needed(120),
  NguoiXuLy: Needed(50),
  ChucDanh: opt(Text()),
  ThoiDiemXuLy: NeededStamp,
  PhongBanXuLy: opt(Text()),
  NoiDungXuLy: Needed(),
  TrangThai: Status,
  NgayBatDau: opt(Stamp),
  NgayKetThucTheoQuyDinh: opt(Stamp),
});
export type ProgressPayload = z.infer<typeof ProgressPayload>;
