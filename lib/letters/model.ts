import * as z from 'zod/mini';
import { Moment } from '../schema/index.ts';
import { tidy } from './typography.ts';

/** How a letter goes out (QĐ 5157: in writing, by message, in person; NĐ 61/2018 art. 19.9: also e-mail and telephone). */
export const CHANNELS = ['paper', 'sms', 'in-person', 'email', 'phone', 'social'] as const;
export const LetterChannel = z.enum(CHANNELS);
export type LetterChannel = z.infer<typeof LetterChannel>;

export const CHANNEL_NAMES: Record<LetterChannel, string> = {
  paper: 'văn bản',
  sms: 'tin nhắn',
  'in-person': 'trực tiếp',
  email: 'thư điện tử',
  phone: 'điện thoại',
  social: 'mạng xã hội được phép',
};

const Text = (max: number) => z.string().check(z.overwrite(tidy), z.minLength(1), z.maxLength(max));
const OneLine = (max: number) =>
  z.string().check(
    z.overwrite((text) => tidy(text).replace(/\s*\n\s*/g, ' ')),
    z.minLength(1),
    z.maxLength(max),
  );

/** A number is given by the registry (văn thư), never here: nothing but a blank may stand before the slash. */
const BLANK_NUMBER = /^[….\s\u00a0]*\/\D*$/u;
export function isBlankNumber(text: string): boolean {
  return BLANK_NUMBER.test(text.trim());
}

/** Nor is the day of signing ours to give. */
const BLANK_DATE = /ngày[\s\u00a0]+[….]+[\s\u00a0]+tháng[\s\u00a0]+[….]+[\s\u00a0]+năm[\s\u00a0]+[….]+$/u;

const LetterMomentData = z.object({ at: Moment, dayOnly: z.boolean() });

const Signer = z.object({
  /** TM., KT., TL., TUQ. and whom for. */
  quyenHan: z.optional(OneLine(120)),
  chucVu: OneLine(120),
  hoTen: OneLine(120),
});

/**
 * Data of an apology letter; keys are the tags of templates (data/fields.json). It holds personal data: it lives while the
 * letter is being made and is never stored. Text is NFC after parsing.
 */
export const Letter = z.object({
  coQuanChuQuan: z.optional(OneLine(200)),
  coQuanBanHanh: OneLine(200),
  soKyHieu: OneLine(60).check(z.regex(BLANK_NUMBER)),
  diaDanhNgay: OneLine(120).check(z.regex(BLANK_DATE)),
  trichYeu: OneLine(300),
  kinhGui: OneLine(300),
  diaChi: z.optional(OneLine(400)),
  soDienThoai: z.optional(OneLine(60)),
  ngayTiepNhan: LetterMomentData,
  tenThuTuc: OneLine(600),
  maHoSo: OneLine(120),
  ngayHenTraCu: LetterMomentData,
  tinhTrang: OneLine(300),
  lyDo: Text(2000),
  loiXinLoi: Text(2000),
  ngayHenTraMoi: LetterMomentData,
  noiTra: z.optional(OneLine(300)),
  lanHenLai: z.number().check(z.int(), z.gte(1), z.lte(9)),
  kenhGui: LetterChannel,
  noiNhan: z.array(OneLine(200)).check(z.minLength(1), z.maxLength(20)),
  nguoiKy: Signer,
});
export type Letter = z.infer<typeof Letter>;

/** What a unit sets once: everything in a letter that does not come from the dossier. No citizen's data. */
export const LetterUnit = z.object({
  coQuanChuQuan: z.optional(z.string()),
  coQuanBanHanh: z.optional(z.string()),
  /** Place before the date. */
  diaDanh: z.optional(z.string()),
  /** After the slash of the number: `PXL`, `HCC-HCTH`. */
  kyHieu: z.optional(z.string()),
  trichYeu: z.optional(z.string()),
  loiXinLoi: z.optional(z.string()),
  noiTra: z.optional(z.string()),
  noiNhan: z.optional(z.array(z.string())),
  /** The unit's own reasons to choose from, before those that ship. */
  lyDo: z.optional(z.array(z.string())),
  nguoiKy: z.optional(z.partial(z.object({ quyenHan: z.string(), chucVu: z.string(), hoTen: z.string() }))),
});
export type LetterUnit = z.infer<typeof LetterUnit>;
