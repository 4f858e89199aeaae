import { fullDate, fullMoment } from '../text/index.ts';
import { type LetterMoment, momentInWords } from './date-words.ts';
import type { Letter } from './model.ts';
import { withoutStop } from './typography.ts';

/** One message of the network without accents (GSM 7-bit). */
export const SMS_LIMIT = 160;

const shortMoment = ({ at, dayOnly }: LetterMoment) => (dayOnly ? fullDate(at) : fullMoment(at));
const plain = (text: string) => text.replace(/\u00a0/g, ' ');

const MARKS = /[\u0300-\u036f]/g;
const LOOKALIKES: Record<string, string> = {
  đ: 'd',
  Đ: 'D',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
};

/** Without accents, in characters that cost one place each in a message (GSM 03.38, basic table). */
export function unaccented(text: string): string {
  return text
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[đĐ“”‘’–—…]/g, (char) => LOOKALIKES[char] ?? '')
    .replace(/[[{]/g, '(')
    .replace(/[\]}]/g, ')')
    .replace(/[^\x20-\x5a\x5f\x61-\x7a]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Parts of a message that may go or shrink; the code and the dates never do. */
interface SmsParts {
  agency: string;
  to: string;
  procedure: string;
  reason: string;
  place: string;
}

function smsOf(letter: Letter, { agency, to, procedure, reason, place }: SmsParts): string {
  const head = agency === '' ? 'Xin lỗi' : `${agency} xin lỗi`;
  const late = `chưa xong đúng hẹn ${shortMoment(letter.ngayHenTraCu)}`;
  const why = reason === '' ? '' : ` do ${reason}`;
  const where = place === '' ? '' : ` tại ${place}`;
  const what = procedure === '' ? '' : ` (${procedure})`;
  const who = to === '' ? '' : ` ${to}`;
  const stop = why.endsWith('...') ? '' : '.';
  const text = `${head}${who}: hồ sơ ${letter.maHoSo}${what} ${late}${why}${stop} Hẹn trả lại ${shortMoment(letter.ngayHenTraMoi)}${where}.`;
  return text.replace(/\s+/g, ' ');
}

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/ủy ban nhân dân|uỷ ban nhân dân/giu, 'UBND'],
  [/trung tâm phục vụ hành chính công/giu, 'TTPVHCC'],
  [/thành phố hồ chí minh/giu, 'TP.HCM'],
  [/phường/giu, 'P.'],
];
const abbreviated = (name: string) => SHORT.reduce((text, [long, short]) => text.replace(long, short), name);

/** The first words that fit, with "..." for the rest; empty when not even one does. */
function firstWords(text: string, room: number): string {
  if (text.length <= room) return text;
  const cut = text.slice(0, Math.max(0, room - 2)).replace(/\s\S*$/, '');
  return cut === '' || cut.length > room - 3 ? '' : `${withoutStop(cut)}...`;
}

export interface Sms {
  text: string;
  /** False: even the code and the dates alone are longer than one message. */
  fits: boolean;
}

const parts = (letter: Letter): SmsParts => ({
  agency: plain(letter.coQuanBanHanh),
  to: plain(letter.kinhGui),
  procedure: letter.tenThuTuc,
  reason: withoutStop(letter.lyDo.replace(/\s+/g, ' ')),
  place: letter.noiTra ?? '',
});

/** The message with accents, in full. */
export function smsAccented(letter: Letter): string {
  return smsOf(letter, { ...parts(letter), agency: abbreviated(parts(letter).agency) });
}

/**
 * The message without accents, in one message of the network (160 characters). What is too long gives way in this order:
 * place, name of the procedure, the end of the reason, the agency, the addressee.
 */
export function smsUnaccented(letter: Letter): Sms {
  const full = parts(letter);
  const build = (change: Partial<SmsParts>) => {
    const plainParts = Object.entries({ ...full, ...change }).map(([name, text]) => [name, unaccented(text)]);
    return unaccented(smsOf(letter, Object.fromEntries(plainParts) as SmsParts));
  };
  const small = { agency: abbreviated(full.agency), procedure: '', place: '' };
  const room = SMS_LIMIT - build({ ...small, reason: 'x' }).length + 1;
  const steps: Partial<SmsParts>[] = [
    {},
    { agency: small.agency },
    { agency: small.agency, place: '' },
    small,
    { ...small, reason: firstWords(unaccented(full.reason), room) },
    { ...small, reason: '' },
    { ...small, reason: '', to: 'Ông/Bà' },
    { ...small, reason: '', to: 'Ông/Bà', agency: '' },
    { ...small, reason: '', to: '', agency: '' },
  ];
  const texts = steps.map(build);
  const text = texts.find((one) => one.length <= SMS_LIMIT);
  return { text: text ?? (texts.at(-1) as string), fits: text !== undefined };
}

/** The letter as plain text, for copying or an e-mail. */
export function plainText(letter: Letter): string {
  const { noiTra } = letter;
  return plain(
    [
      `Kính gửi: ${letter.kinhGui}`,
      '',
      `${letter.coQuanBanHanh} đã tiếp nhận hồ sơ sau đây:`,
      `- Mã hồ sơ: ${letter.maHoSo}`,
      `- Thủ tục: ${letter.tenThuTuc}`,
      `- Tiếp nhận: ${momentInWords(letter.ngayTiepNhan)}`,
      `- Hẹn trả kết quả: ${momentInWords(letter.ngayHenTraCu)}`,
      `- Tình trạng giải quyết: ${letter.tinhTrang}`,
      '',
      `Hồ sơ chưa được giải quyết xong đúng thời hạn đã hẹn. Lý do: ${withoutStop(letter.lyDo)}.`,
      letter.loiXinLoi,
      `Thời gian trả kết quả được hẹn lại: ${momentInWords(letter.ngayHenTraMoi)}${noiTra ? `, tại ${withoutStop(noiTra)}` : ''}.`,
      '',
      [letter.nguoiKy.quyenHan, letter.nguoiKy.chucVu].filter(Boolean).join('\n'),
      letter.nguoiKy.hoTen,
    ].join('\n'),
  );
}

export interface LetterEmail {
  subject: string;
  body: string;
}

/** The subject names the dossier, not the person: it shows in lists and on lock screens. */
export function emailOf(letter: Letter): LetterEmail {
  return { subject: `Xin lỗi và hẹn lại ngày trả kết quả hồ sơ ${letter.maHoSo}`, body: plainText(letter) };
}

const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * "xin-loi_H29.999-261122-0001_2026-11-23": code and day, no name of a person; safe in every file system, without extension.
 * @param at epoch minutes of the drafting.
 */
export function fileNameOf(code: string, at: number): string {
  const safe = unaccented(code)
    .replace(/[^\w.-]+/g, '_')
    .replace(/^[._]+|[._]+$/g, '')
    .slice(0, 80);
  const [date = '', month = '', year = ''] = fullDate(at).split('/');
  return `xin-loi_${safe === '' || RESERVED.test(safe) ? `ho-so-${safe}` : safe}_${year}-${month}-${date}`;
}
