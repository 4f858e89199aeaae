import type { Colour, FileFacts, ImageFacts, PageFacts, PdfFacts } from './facts.ts';
import type { Row } from './finding.ts';
import { KINDS, pageList, REFUSALS, sizeText } from './words.ts';

const COLOURS: Record<Colour, string> = { colour: 'màu', grey: 'xám', bw: 'đen trắng', unknown: 'không rõ' };

const ENCRYPTION: Record<PdfFacts['encryption'], string> = {
  none: 'Không',
  restrictions: 'Có: mở được không cần mật khẩu, hạn chế in hoặc sao chép',
  password: 'Có mật khẩu',
};

const numbers = (pages: readonly PageFacts[], test: (page: PageFacts) => boolean) =>
  pages.filter(test).map(({ page }) => page);

function coloursText(pages: readonly PageFacts[]): string {
  const parts = Object.entries(COLOURS).flatMap(([colour, word]) => {
    const found = numbers(pages, (page) => page.colour === colour);
    return found.length > 0 ? [`${word}: trang ${pageList(found)}`] : [];
  });
  return parts.join('; ') || 'Không có ảnh';
}

function dpiText(pages: readonly PageFacts[]): string {
  const all = pages.flatMap(({ dpi }) => (dpi === null ? [] : [dpi]));
  if (all.length === 0) return 'Không có trang quét';
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return low === high ? `${low} dpi` : `${low}–${high} dpi`;
}

function textLayer(pages: readonly PageFacts[]): string {
  const drawn = numbers(pages, ({ chars }) => chars > 0);
  const hidden = numbers(pages, ({ hiddenChars }) => hiddenChars > 0);
  const parts = [
    drawn.length > 0 ? `chữ: trang ${pageList(drawn)}` : '',
    hidden.length > 0 ? `chữ nhận dạng (OCR) dưới ảnh: trang ${pageList(hidden)}` : '',
  ];
  return parts.filter(Boolean).join('; ') || 'Không có';
}

function pdfRows(pdf: PdfFacts): Row[] {
  const read = pdf.pageFacts.filter(({ unread }) => unread === null);
  const blank = numbers(read, (page) => page.blank === 'no-marks' || page.blank === 'uniform-image');
  const unknown = numbers(read, (page) => page.blank === 'unknown');
  const blanks = [
    blank.length > 0 ? `trang ${pageList(blank)}` : '',
    unknown.length > 0 ? `chưa rõ: trang ${pageList(unknown)}` : '',
  ].filter(Boolean);
  const active = [
    pdf.javascript ? 'mã JavaScript' : '',
    pdf.launch ? 'lệnh mở chương trình khác' : '',
    pdf.attachments > 0 ? `${pdf.attachments} tệp đính kèm` : '',
  ].filter(Boolean);
  const claim = pdf.pdfA;
  return [
    { name: 'Số trang', text: pdf.looked < pdf.pages ? `${pdf.pages} (đã xem ${pdf.looked})` : `${pdf.pages}` },
    { name: 'Trang trắng', text: blanks.join('; ') || 'Không thấy' },
    { name: 'Độ phân giải', text: dpiText(read) },
    { name: 'Màu của ảnh', text: coloursText(read) },
    { name: 'Lớp văn bản', text: textLayer(read) },
    { name: 'Mã hoá', text: ENCRYPTION[pdf.encryption] },
    { name: 'Phiên bản PDF', text: pdf.version ?? 'không rõ' },
    {
      name: 'Tự khai PDF/A',
      text: claim ? `PDF/A-${claim.part}${claim.conformance.toLowerCase()} (chưa kiểm chứng)` : 'Không',
    },
    { name: 'Mã chạy, tệp kèm', text: active.join(', ') || (pdf.activeUnsure ? 'Chưa tìm được hết' : 'Không thấy') },
    { name: 'Chữ ký số', text: pdf.signatures.length > 0 ? `${pdf.signatures.length}` : 'Không có' },
  ];
}

function imageRows(image: ImageFacts): Row[] {
  return [
    { name: 'Kích thước ảnh', text: `${image.width} × ${image.height} điểm ảnh` },
    { name: 'Độ phân giải', text: `${image.dpiIfA4} dpi nếu là cả tờ A4` },
    { name: 'Tệp tự ghi', text: image.dpi === null ? 'không ghi dpi' : `${image.dpi} dpi` },
    { name: 'Màu của ảnh', text: COLOURS[image.colour] },
  ];
}

/** What is known of a file, fact by fact. */
export function factRows({ kind, size, sha256, opens, pdf, image }: FileFacts): Row[] {
  const rows: Row[] = [
    { name: 'Loại tệp', text: `${KINDS[kind]} (theo nội dung, không theo tên)` },
    { name: 'Dung lượng', text: `${sizeText(size)} (${size.toLocaleString('vi-VN')} byte)` },
    { name: 'Mở được', text: opens.ok ? 'Có' : REFUSALS[opens.why] },
  ];
  if (pdf) rows.push(...pdfRows(pdf));
  if (image) rows.push(...imageRows(image));
  rows.push({ name: 'SHA-256', text: sha256 ?? 'chưa tính' });
  return rows;
}

/** The colour of the pictures of a page, in a word. */
export const colourWord = (colour: Colour): string => COLOURS[colour];
