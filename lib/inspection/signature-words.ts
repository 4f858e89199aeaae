import { fullMoment } from '../text/index.ts';
import type { Chain, LaterChange, PdfFacts, SignatureFacts } from './facts.ts';
import type { FileFinding, Row } from './finding.ts';

/** What a person is told about the signatures of a file. Names are shown as the certificate has them, and only here. */

const CHANGES: Record<LaterChange, string> = {
  pages: 'sửa nội dung trang',
  annotations: 'ghi chú trên trang',
  forms: 'điền biểu mẫu',
  signature: 'chữ ký khác',
  'validation-data': 'dữ liệu xác thực chữ ký',
  other: 'dữ liệu khác',
  unknown: 'không rõ là gì',
};

/** Changes after signing that signing itself brings. */
const HARMLESS: readonly LaterChange[] = ['signature', 'validation-data'];

const INTEGRITY: Record<SignatureFacts['integrity'], string> = {
  intact: 'phần đã ký còn nguyên vẹn (đã tính lại)',
  altered: 'phần đã ký ĐÃ BỊ SỬA sau khi ký',
  forged: 'giá trị chữ ký SAI: không do chứng thư này tạo ra',
  unsupported: 'dùng thuật toán không kiểm tra được ở đây',
  unreadable: 'không đọc được giá trị chữ ký',
};

const CHAINS: Record<Chain, string> = {
  'no-anchors': 'không kiểm tra được chuỗi chứng thư: chưa khai chứng thư gốc tin cậy',
  trusted: 'chuỗi chứng thư dẫn tới gốc tin cậy (chưa kiểm tra thu hồi)',
  'self-signed': 'chứng thư tự ký, không ai bảo chứng',
  incomplete: 'không kiểm tra được chuỗi chứng thư: thiếu chứng thư cấp trên',
  invalid: 'chuỗi chứng thư không hợp lệ',
  unknown: 'không kiểm tra được chuỗi chứng thư',
};

const changesText = (changes: readonly LaterChange[]) => changes.map((one) => CHANGES[one]).join(', ');

function timeText({ stampedAt, stampSound, claimedAt }: SignatureFacts): string {
  const claim = claimedAt === null ? '' : `ký lúc ${fullMoment(claimedAt)} theo máy người ký`;
  if (stampedAt === null) return claim || 'không ghi thời điểm ký';
  const stamp = stampSound
    ? `dấu thời gian ${fullMoment(stampedAt)}`
    : `dấu thời gian ${fullMoment(stampedAt)} KHÔNG khớp`;
  return claim === '' ? stamp : `${claim}, ${stamp}`;
}

function validityText({ validity, validFrom, validTo, judgedBy }: SignatureFacts): string {
  const at = judgedBy === 'now' ? 'hiện nay' : 'lúc ký';
  if (validity === 'valid') return `chứng thư còn hiệu lực ${at}`;
  if (validity === 'expired')
    return `chứng thư đã hết hạn ${at} (hết ${validTo === null ? 'không rõ' : fullMoment(validTo)})`;
  if (validity === 'not-yet')
    return `chứng thư chưa có hiệu lực ${at} (từ ${validFrom === null ? 'không rõ' : fullMoment(validFrom)})`;
  return 'không rõ hiệu lực chứng thư';
}

function coverText({ coversFile, rangeSound, laterChanges }: SignatureFacts): string {
  if (!rangeSound) return 'vùng ký KHÔNG hợp lệ: có phần tệp nằm ngoài chữ ký';
  return coversFile ? 'ký toàn bộ tệp' : `sau khi ký, tệp được ghi thêm: ${changesText(laterChanges)}`;
}

function severityOf(one: SignatureFacts): FileFinding['severity'] {
  if (one.integrity === 'altered' || one.integrity === 'forged' || !one.rangeSound) return 'error';
  const changed = one.laterChanges.some((change) => !HARMLESS.includes(change));
  const doubtful = one.integrity !== 'intact' || one.validity !== 'valid' || one.stampSound === false;
  // That no roots were given is no fault of the file.
  const chain = one.chain !== 'trusted' && one.chain !== 'no-anchors';
  return changed || doubtful || chain ? 'warn' : 'info';
}

function sentence(one: SignatureFacts, place: string): string {
  const who =
    one.signer === null ? 'không rõ người ký' : `${one.signer}${one.issuer === null ? '' : ` (do ${one.issuer} cấp)`}`;
  const what = one.type === 'seal' ? 'Dấu thời gian của tài liệu' : 'Chữ ký số';
  const facts = [INTEGRITY[one.integrity], coverText(one), timeText(one)];
  if (one.integrity !== 'unreadable') facts.push(validityText(one), CHAINS[one.chain]);
  return `${what}${place}: ${who}; ${facts.join('; ')}`;
}

/** One finding a signature, in the order of signing. */
export function signatureFindings({ signatures, signaturesUnsure }: PdfFacts): FileFinding[] {
  const found = signatures.map(
    (one, i): FileFinding => ({
      severity: severityOf(one),
      code: 'signature',
      text: sentence(one, signatures.length > 1 ? ` ${i + 1}/${signatures.length}` : ''),
    }),
  );
  if (signaturesUnsure)
    found.push({ severity: 'warn', code: 'signatures-unsure', text: 'Chưa kiểm tra hết các chữ ký trong tệp' });
  if (found.length === 0) found.push({ severity: 'info', code: 'no-signature', text: 'Không có chữ ký số' });
  return found;
}

export interface SignatureView {
  severity: FileFinding['severity'];
  /** What it is and whether it holds, without a name. */
  title: string;
  rows: Row[];
}

const bytesText = (from: number, length: number) =>
  `${from.toLocaleString('vi-VN')}–${(from + length).toLocaleString('vi-VN')}`;

function signatureRows(one: SignatureFacts): Row[] {
  const { signer, issuer, range, validFrom, validTo } = one;
  const known = one.integrity !== 'unreadable';
  const span = validFrom !== null && validTo !== null ? ` (${fullMoment(validFrom)} – ${fullMoment(validTo)})` : '';
  return [
    { name: 'Người ký', text: signer ?? 'không rõ', personal: true },
    { name: 'Cấp chứng thư', text: issuer ?? 'không rõ', personal: true },
    { name: 'Toàn vẹn', text: INTEGRITY[one.integrity] },
    { name: 'Phạm vi', text: coverText(one) },
    {
      name: 'Vùng byte đã ký',
      text: range ? `${bytesText(range[0], range[1])} và ${bytesText(range[2], range[3])}` : 'không đọc được',
    },
    { name: 'Thời điểm', text: timeText(one) },
    ...(known
      ? [
          { name: 'Chứng thư', text: `${validityText(one)}${span}` },
          { name: 'Chuỗi chứng thư', text: CHAINS[one.chain] },
        ]
      : []),
    { name: 'Dạng', text: [one.format, one.digest].filter(Boolean).join(', ') },
  ];
}

/** The signatures of a file one by one, fact by fact, in the order of signing: what `findingsOf` says in one sentence each. */
export function signatureViews({ signatures }: PdfFacts): SignatureView[] {
  return signatures.map((one, i) => {
    const what = one.type === 'seal' ? 'Dấu thời gian của tài liệu' : 'Chữ ký số';
    const place = signatures.length > 1 ? ` ${i + 1}/${signatures.length}` : '';
    const wrong = one.rangeSound ? '' : '; vùng ký KHÔNG hợp lệ';
    return {
      severity: severityOf(one),
      title: `${what}${place}: ${INTEGRITY[one.integrity]}${wrong}`,
      rows: signatureRows(one),
    };
  });
}
