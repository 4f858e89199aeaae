import { fullMoment } from '../text/index.ts';
import { badgeWords, CLOCK_NAMES, letterWords, lookOf } from '../words/index.ts';
import type { WorklistItem } from './worklist.ts';

/**
 * The filtered list for a report or a colleague. Columns are codes, dates and words of ours: the record has no person.
 */
const COLUMNS = [
  'Mã hồ sơ',
  'Mã khác',
  'Loại hạn',
  'Tình trạng',
  'Còn hoặc quá (thời gian làm việc)',
  'Hạn',
  'Thư xin lỗi',
  'Thủ tục',
  'Trạng thái trên hệ thống',
  'Nguồn',
  'Đọc lúc',
] as const;

function cells({ entry, assessment: { shown }, letter }: WorklistItem, now: number): string[] {
  return [
    entry.code,
    entry.record.aliases.join(' '),
    CLOCK_NAMES[shown.clock],
    lookOf(shown.verdict).label,
    badgeWords(shown, now).main,
    shown.dueAt === null ? '' : fullMoment(shown.dueAt),
    letter ? letterWords(letter, now) : '',
    entry.record.procedure.name ?? '',
    entry.record.status.text,
    entry.host,
    fullMoment(entry.seenAt),
  ];
}

/** A spreadsheet runs a cell that begins like this as a formula; an apostrophe in front makes it text. */
const FORMULA = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** One field of a .csv: quoted, and never a formula. */
export function csvField(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The list as .csv for a spreadsheet: UTF-8 with a byte order mark, CRLF, every field quoted. */
export function worklistCsv(items: readonly WorklistItem[], now: number): string {
  const lines = [COLUMNS, ...items.map((item) => cells(item, now))].map((line) => line.map(csvField).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** The list as lines of text, for a message to a colleague. */
export function worklistText(items: readonly WorklistItem[], now: number): string {
  const lines = items.map(({ entry, assessment: { shown }, letter }) => {
    const { main, when } = badgeWords(shown, now);
    const words = letter ? letterWords(letter, now) : '';
    const parts = [
      entry.code,
      lookOf(shown.verdict).label,
      main,
      when && `hẹn ${when}`,
      words && `thư: ${words}`,
      entry.record.procedure.name,
    ];
    return `- ${parts.filter(Boolean).join(' · ')}`;
  });
  return [`Đúng Hẹn, ${items.length} hồ sơ, lúc ${fullMoment(now)}`, ...lines].join('\n');
}
