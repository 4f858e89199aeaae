import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeZip } from '../lib/letters/zip.ts';
import {
  columns,
  docxParts,
  type PageSetup,
  type ParagraphStyle,
  paragraph,
  type RunStyle,
  rule,
  run,
} from './ooxml.ts';

/**
 * Writes lib/letters/templates/*.docx: `node scripts/letter-templates.ts`. The same bytes every time, so that a change of a
 * template shows as one. Layout: NĐ 30/2020/NĐ-CP, Phụ lục I, for A4; TT 01/2018/TT-VPCP art. 9 has its forms on A5, where
 * the sizes of A4 do not fit and everything is smaller.
 */

const OUT = join(import.meta.dirname, '..', 'lib', 'letters', 'templates');
const NBSP = '\u00a0';

/** Sizes in points, lengths in millimetres. */
interface Look {
  page: PageSetup;
  /** Widths of the agency's and the nation's column. */
  head: readonly [number, number];
  /** Length of the rule under the motto: that of the motto itself. */
  motto: number;
  nationSize: number;
  mottoSize: number;
  agencySize: number;
  numberSize: number;
  dateSize: number;
  titleSize: number;
  textSize: number;
  /** "Nơi nhận:" and its list. */
  copiesSize: readonly [number, number];
  /** Space for the signature, points. */
  signature: number;
  text: ParagraphStyle;
}

// The nation's line at 13 points bold is 95.6 mm long.
const A4: Look = {
  page: { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 15, header: 11 },
  head: [66, 99],
  motto: 60.4,
  nationSize: 13,
  mottoSize: 14,
  agencySize: 13,
  numberSize: 13,
  dateSize: 14,
  titleSize: 14,
  textSize: 14,
  copiesSize: [12, 11],
  signature: 62,
  text: { align: 'both', before: 6, line: 1.15, first: 12.7 },
};

const A5: Look = {
  page: { width: 148, height: 210, top: 12, bottom: 12, left: 15, right: 10, header: 6 },
  head: [48, 75],
  motto: 43.2,
  nationSize: 10,
  mottoSize: 10,
  agencySize: 10,
  numberSize: 10,
  dateSize: 10,
  titleSize: 12,
  textSize: 11,
  copiesSize: [10, 9],
  signature: 42,
  text: { align: 'both', before: 3, line: 1.05, first: 8 },
};

/**
 * Rule under the agency's name, as a part of its column. It has to be from a third to a half of the name: this suits names from "ỦY BAN NHÂN
 * DÂN" alone on a line up to one that nearly fills the column.
 */
const AGENCY_RULE = 0.33;

const centred = (text: string, style: RunStyle, more: ParagraphStyle = {}) =>
  paragraph(run(text, style), { align: 'center', ...more });

/** Agency with its number on the left, nation with place and date on the right. `subject`: below the number (công văn). */
function head(look: Look, subject: boolean): string {
  const [left, right] = look.head;
  const small = { size: look.agencySize, caps: true };
  const agency = [
    centred('{#coQuanChuQuan}{coQuanChuQuan}{/}', small),
    centred('{coQuanBanHanh}', { ...small, bold: true }),
    rule(left, left * AGENCY_RULE),
    centred(`Số:${NBSP}{soKyHieu}`, { size: look.numberSize }, { before: 3 }),
    subject ? centred('{trichYeu}', { size: look.numberSize - 1 }, { before: 3, left: 2, right: 4 }) : '',
  ];
  const nation = [
    centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: look.nationSize, bold: true }),
    centred('Độc lập - Tự do - Hạnh phúc', { size: look.mottoSize, bold: true }),
    rule(right, look.motto),
    centred('{diaDanhNgay}', { size: look.dateSize, italic: true }, { before: 3 }),
  ];
  return columns(look.head, [agency.join(''), nation.join('')]);
}

/** Copies on the left, signer on the right; it does not go to a page of its own, nor is it torn apart. */
function foot(look: Look): string {
  const width = look.page.width - look.page.left - look.page.right;
  const [title, list] = look.copiesSize;
  const copies = [
    paragraph(run('Nơi nhận:', { size: title, bold: true, italic: true }), { keepNext: true }),
    paragraph(run('{#noiNhan [loopOver: "paragraph"]}- {ten}{/}', { size: list })),
  ];
  const bold = { size: look.textSize, bold: true };
  const signer = [
    centred('{#nguoiKy.quyenHan}{nguoiKy.quyenHan}{/}', { ...bold, caps: true }, { keepNext: true }),
    centred('{nguoiKy.chucVu}', { ...bold, caps: true }, { keepNext: true }),
    centred('', bold, { before: look.signature, keepNext: true, exactly: 1 }),
    centred('{nguoiKy.hoTen}', bold),
  ];
  const half = width / 2;
  // Word wants a paragraph after a table; this one takes no room.
  return `${columns([half, half], [copies.join(''), signer.join('')])}${paragraph('', { exactly: 1 })}`;
}

const text = (look: Look, words: string, more: ParagraphStyle = {}) =>
  paragraph(run(words, { size: look.textSize }), { ...look.text, ...more });

function addressee(look: Look): string {
  const style: ParagraphStyle = { ...look.text, align: 'left' };
  return [
    text(look, `Kính gửi:${NBSP}{kinhGui}`, { ...style, before: 12 }),
    text(look, `{#diaChi}Địa chỉ:${NBSP}{diaChi}{/}`, style),
    text(look, `{#soDienThoai}Số điện thoại:${NBSP}{soDienThoai}{/}`, style),
  ].join('');
}

/** Facts of the dossier, one a line: a code in the midst of a sentence would be torn at its hyphens. */
function facts(look: Look): string {
  return [
    `- Mã hồ sơ:${NBSP}{maHoSo}`,
    '- Thủ tục hành chính: {tenThuTuc}',
    '- Thời điểm tiếp nhận: {ngayTiepNhan}',
    '- Thời gian hẹn trả kết quả: {ngayHenTraCu}',
    '- Tình trạng giải quyết: {tinhTrang}',
  ]
    .map((line) => text(look, line))
    .join('');
}

const RECEIVED = '{coQuanBanHanh} đã tiếp nhận hồ sơ đề nghị giải quyết thủ tục hành chính như sau:';
const WHY = 'Hồ sơ chưa thể giải quyết xong đúng thời gian đã hẹn. Lý do: {lyDo}.';
const PLACE = '{#noiTra}, tại {noiTra}{/}';

const title = (look: Look, lines: readonly string[]) =>
  lines.map((line, i) => centred(line, { size: look.titleSize, bold: true }, { before: i === 0 ? 12 : 0 })).join('');

/** TT 01/2018/TT-VPCP, form 04. */
function tt01(): string {
  return [
    head(A5, false),
    title(A5, ['PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ']),
    addressee(A5),
    text(A5, RECEIVED),
    facts(A5),
    text(A5, WHY),
    text(A5, '{loiXinLoi}'),
    text(A5, `{coQuanBanHanh} hẹn lại thời gian trả kết quả: {ngayHenTraMoi}${PLACE}.`, { keepNext: true }),
    paragraph('', { exactly: 8, keepNext: true }),
    foot(A5),
  ].join('');
}

/** TT 03/2025/TT-VPCP, form 04. */
function tt03(): string {
  return [
    head(A4, false),
    title(A4, ['VĂN BẢN XIN LỖI', 'VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT']),
    addressee(A4),
    text(A4, RECEIVED),
    facts(A4),
    text(A4, WHY),
    text(A4, '{loiXinLoi}'),
    text(A4, `{coQuanBanHanh} đề nghị gia hạn thời gian giải quyết và hẹn trả kết quả: {ngayHenTraMoi}${PLACE}.`, {
      keepNext: true,
    }),
    paragraph('', { exactly: 12, keepNext: true }),
    foot(A4),
  ].join('');
}

/** A công văn of NĐ 30/2020/NĐ-CP: the subject under the number, no name of its kind, "./." at the end. */
function nd30(): string {
  return [
    head(A4, true),
    addressee(A4),
    text(A4, RECEIVED),
    facts(A4),
    text(A4, WHY),
    text(A4, '{loiXinLoi}'),
    text(A4, `{coQuanBanHanh} hẹn lại thời gian trả kết quả: {ngayHenTraMoi}${PLACE}./.`, { keepNext: true }),
    paragraph('', { exactly: 12, keepNext: true }),
    foot(A4),
  ].join('');
}

const LETTERS = [
  ['tt01-2018', tt01(), A5],
  ['tt03-2025', tt03(), A4],
  ['nd30-2020', nd30(), A4],
] as const;

const encoder = new TextEncoder();

/** The three templates: file name → bytes. */
export function letterTemplates(): Map<string, Uint8Array> {
  return new Map(
    LETTERS.map(([name, body, look]) => {
      const parts = docxParts(body, look.page, look.textSize);
      const bytes = new Map([...parts].map(([part, source]) => [part, encoder.encode(source)]));
      return [`${name}.docx`, writeZip(bytes)];
    }),
  );
}

if (import.meta.main) for (const [name, bytes] of letterTemplates()) writeFileSync(join(OUT, name), bytes);
