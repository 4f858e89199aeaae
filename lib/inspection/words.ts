import { LIMITS } from './budget.ts';
import type { FileFacts, FileKind, ImageFacts, PageFacts, PdfFacts, Refusal } from './facts.ts';
import type { FileFinding } from './finding.ts';
import { signatureFindings } from './signature-words.ts';
import { type Threshold, thresholdAt } from './thresholds.ts';

/** Facts in words, with what they mean for a digitized paper (D9 of the completeness checks). */

const MEGABYTE = 1024 * 1024;

export const KINDS: Record<FileKind, string> = {
  pdf: 'PDF',
  jpeg: 'ảnh JPEG',
  png: 'ảnh PNG',
  tiff: 'ảnh TIFF',
  docx: 'tệp Word (.docx)',
  zip: 'tệp nén ZIP',
  empty: 'tệp rỗng',
  other: 'loại tệp không nhận ra',
};

export const REFUSALS: Record<Refusal, string> = {
  empty: 'Tệp rỗng (0 byte)',
  'too-large': `Tệp lớn hơn ${LIMITS.fileBytes / MEGABYTE} MB nên không kiểm tra`,
  password: 'Tệp có mật khẩu, không mở được',
  broken: 'Tệp hỏng, không mở được',
  truncated: 'Tệp bị cụt: thiếu phần cuối, không đọc được',
  'not-inspected': 'Loại tệp này không kiểm tra được bên trong',
  'too-complex': 'Cấu trúc tệp phức tạp bất thường nên không kiểm tra',
  time: 'Hết thời gian kiểm tra',
  aborted: 'Đã dừng theo yêu cầu',
};

/** "2, 5–9" */
export function pageList(pages: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < pages.length; ) {
    let end = i;
    while (pages[end + 1] === (pages[end] as number) + 1) end++;
    parts.push(end > i ? `${pages[i]}–${pages[end]}` : `${pages[i]}`);
    i = end + 1;
  }
  return parts.join(', ');
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} byte`;
  const [value, unit] = bytes < MEGABYTE ? [bytes / 1024, 'KB'] : [bytes / MEGABYTE, 'MB'];
  return `${value.toFixed(value < 10 ? 1 : 0).replace('.', ',')} ${unit}`;
}

/** One line: what the file is. */
export function summaryText({ kind, size, pdf, image }: FileFacts): string {
  const parts = [KINDS[kind], sizeText(size)];
  if (pdf) parts.push(`${pdf.pages} trang`);
  if (image) parts.push(`${image.width} × ${image.height} điểm ảnh`);
  return parts.join(' · ');
}

const numbersWhere = (pages: readonly PageFacts[], test: (page: PageFacts) => boolean) =>
  pages.filter(test).map(({ page }) => page);

function dpiFinding(pages: readonly PageFacts[], limit: Threshold): FileFinding | null {
  const coarse = pages.filter(({ dpi }) => dpi !== null && dpi < limit.value);
  const scans = pages.filter(({ dpi }) => dpi !== null);
  if (coarse.length === 0) {
    if (scans.length === 0) return null;
    const lowest = Math.min(...scans.map(({ dpi }) => dpi as number));
    return { severity: 'info', code: 'scan-dpi-ok', text: `Ảnh quét từ ${lowest} dpi trở lên` };
  }
  const lowest = Math.min(...coarse.map(({ dpi }) => dpi as number));
  return {
    severity: 'warn',
    code: 'scan-dpi',
    text: `Ảnh quét thấp hơn ${limit.value} dpi (khuyến nghị): trang ${pageList(coarse.map(({ page }) => page))}, thấp nhất ${lowest} dpi`,
    source: limit.source,
  };
}

function textFinding(pages: readonly PageFacts[]): FileFinding | null {
  const read = pages.filter(({ unread }) => unread === null);
  const chars = read.reduce((sum, page) => sum + page.chars + page.hiddenChars, 0);
  const scans = read.filter(({ scan }) => scan);
  if (chars === 0) {
    return scans.length === 0
      ? null
      : { severity: 'info', code: 'no-text', text: 'Không có lớp văn bản: chỉ là ảnh, không tìm kiếm được chữ' };
  }
  const layered = scans.some(({ hiddenChars }) => hiddenChars > 0);
  return {
    severity: 'info',
    code: 'text',
    text: `Có lớp văn bản${layered ? ' nhận dạng (OCR) dưới ảnh quét' : ''}: ${chars} ký tự`,
  };
}

function pageFindings({ pageFacts: pages }: PdfFacts, at: number): (FileFinding | null)[] {
  const list = (severity: FileFinding['severity'], code: string, what: string, test: (page: PageFacts) => boolean) => {
    const found = numbersWhere(pages, test);
    return found.length === 0 ? null : { severity, code, text: `${what}: trang ${pageList(found)}` };
  };
  const limit = thresholdAt('scan-dpi', at);
  return [
    list('warn', 'blank-page', 'Trang trắng, không có gì', ({ blank }) => blank === 'no-marks'),
    list('warn', 'blank-page', 'Trang quét gần như trắng', ({ blank }) => blank === 'uniform-image'),
    list(
      'info',
      'blank-unknown',
      'Không xem được ảnh để biết có phải trang trắng',
      ({ blank, unread, skippedImages }) => blank === 'unknown' && unread === null && skippedImages === 0,
    ),
    list(
      'info',
      'image-skipped',
      'Ảnh quá lớn nên không xem có phải trang trắng',
      ({ skippedImages }) => skippedImages > 0,
    ),
    list('warn', 'page-unread', 'Không đọc được trang', ({ unread }) => unread !== null),
    limit ? dpiFinding(pages, limit) : null,
    list('info', 'layers', 'Ảnh nén nhiều lớp, nền thô hơn chữ', ({ coarsestDpi }) => coarsestDpi !== null),
    list('info', 'bw', 'Ảnh đen trắng', ({ colour }) => colour === 'bw'),
    textFinding(pages),
  ];
}

function documentFindings(pdf: PdfFacts, at: number): (FileFinding | null)[] {
  const when = (test: boolean, severity: FileFinding['severity'], code: string, text: string) =>
    test ? { severity, code, text } : null;
  const version = thresholdAt('pdf-version', at);
  const old = version !== undefined && pdf.version !== null && Number.parseFloat(pdf.version) < version.value;
  const claim = pdf.pdfA && `${pdf.pdfA.part}${pdf.pdfA.conformance.toLowerCase()}`;
  return [
    when(
      pdf.encryption === 'restrictions',
      'warn',
      'restricted',
      'Tệp mở được nhưng bị mã hoá, hạn chế in hoặc sao chép',
    ),
    when(pdf.truncated, 'warn', 'truncated', 'Thiếu phần cuối tệp: có thể tải lên hoặc chép chưa xong'),
    when(pdf.damaged && !pdf.truncated, 'warn', 'damaged', 'Cấu trúc tệp hỏng, phải dựng lại mới đọc được'),
    when(
      pdf.stopped !== null,
      'warn',
      'stopped',
      `${REFUSALS[pdf.stopped ?? 'time']}: mới xem ${pdf.looked} trên ${pdf.pages} trang`,
    ),
    when(
      pdf.stopped === null && pdf.looked < pdf.pages,
      'info',
      'sampled',
      `Tệp dài: xem ${pdf.looked} trên ${pdf.pages} trang (đầu, cuối và rải đều ở giữa)`,
    ),
    when(pdf.javascript, 'warn', 'javascript', 'Trong tệp có mã JavaScript'),
    when(pdf.launch, 'warn', 'launch', 'Trong tệp có lệnh mở chương trình khác'),
    when(pdf.attachments > 0, 'warn', 'attachments', `Trong tệp có ${pdf.attachments} tệp đính kèm`),
    when(pdf.activeUnsure, 'info', 'active-unsure', 'Chưa tìm được hết mã chạy và tệp đính kèm trong tệp này'),
    when(claim !== null, 'info', 'pdfa', `Khai là PDF/A-${claim} (chưa kiểm chứng)`),
    old
      ? {
          severity: 'warn',
          code: 'pdf-version',
          text: `PDF ${pdf.version}, thấp hơn ${version.value} (khuyến nghị)`,
          source: version.source,
        }
      : null,
  ];
}

function imageFindings(image: ImageFacts, at: number): (FileFinding | null)[] {
  const limit = thresholdAt('scan-dpi', at);
  const stated = image.dpi === null ? '' : `; tệp ghi ${image.dpi} dpi`;
  const coarse = limit !== undefined && image.dpiIfA4 < limit.value;
  return [
    { severity: 'info', code: 'not-pdf', text: 'Là ảnh, chưa phải PDF' },
    image.truncated ? { severity: 'error', code: 'truncated', text: 'Ảnh bị cụt: thiếu phần cuối tệp' } : null,
    coarse
      ? {
          severity: 'warn',
          code: 'scan-dpi',
          text: `Nếu là cả tờ A4 thì ảnh chỉ có ${image.dpiIfA4} dpi, thấp hơn ${limit.value} dpi (khuyến nghị)${stated}`,
          source: limit.source,
        }
      : { severity: 'info', code: 'scan-dpi-ok', text: `Nếu là cả tờ A4 thì ảnh có ${image.dpiIfA4} dpi${stated}` },
  ];
}

function refusalFinding(kind: FileKind, why: Refusal): FileFinding {
  if (why === 'not-inspected')
    return { severity: 'error', code: 'not-pdf', text: `Không phải PDF: nội dung là ${KINDS[kind]}` };
  return { severity: why === 'aborted' ? 'warn' : 'error', code: why, text: REFUSALS[why] };
}

const ORDER = { error: 0, warn: 1, info: 2 };

/** What a person is told about a file, the gravest first. Thresholds are those in force at a moment (epoch minutes). */
export function findingsOf(facts: FileFacts, at: number): FileFinding[] {
  const { opens, pdf, image } = facts;
  const found = opens.ok
    ? [
        ...(pdf ? [...documentFindings(pdf, at), ...pageFindings(pdf, at), ...signatureFindings(pdf)] : []),
        ...(image ? imageFindings(image, at) : []),
      ]
    : [refusalFinding(facts.kind, opens.why)];
  return found.filter((one) => one !== null).sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}
