import {
  CHANNEL_NAMES,
  LETTER_REASONS,
  type LetterState,
  monthlyReport,
  type RegisterEntry,
} from '../../lib/letters/index.ts';
import { fullDate, isoOf } from '../../lib/text/index.ts';

export const STATE_NAMES: Record<LetterState, string> = {
  none: 'chưa cần thư',
  needed: 'cần thư',
  drafted: 'đã soạn',
  issued: 'đã gửi',
  late: 'trễ thư',
  'not-applicable': 'không cần thư',
};

export interface RegisterFilter {
  /** `open`: everything that somebody has touched or has to. */
  state: LetterState | 'open';
  query: string;
}

/** Letters and digits only: a code is typed without its dots and dashes. */
const squeeze = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The entries that a filter leaves, the last changed first. */
export function filterRegister(entries: readonly RegisterEntry[], { state, query }: RegisterFilter): RegisterEntry[] {
  const wanted = squeeze(query);
  return entries
    .filter((entry) => (state === 'open' ? entry.state !== 'none' : entry.state === state))
    .filter(({ code }) => squeeze(code).includes(wanted))
    .sort((a, b) => b.changedAt - a.changedAt || (a.code < b.code ? -1 : 1));
}

/** "gửi trễ hạn thư", "quá ngày hẹn, chưa gửi", or empty. */
export function lateWords({ state, issuedAt, letterDueAt, oldDueAt }: RegisterEntry, now: number): string {
  const limit = letterDueAt ?? oldDueAt;
  if (state === 'issued') return issuedAt !== undefined && limit !== undefined && issuedAt > limit ? 'gửi trễ' : '';
  if (state === 'none' || state === 'not-applicable' || limit === undefined || now <= limit) return '';
  return oldDueAt !== undefined && now > oldDueAt ? 'quá ngày hẹn, chưa gửi' : 'quá hạn thư, chưa gửi';
}

export const dateOr = (minute: number | undefined): string => (minute === undefined ? '' : fullDate(minute));

export const channelName = ({ channel }: RegisterEntry): string =>
  channel === undefined ? '' : CHANNEL_NAMES[channel];

const HEAD = [
  'Đơn vị',
  'Tháng (ngày hẹn cũ)',
  'Hồ sơ trong sổ',
  'Đã gửi thư',
  'Gửi trễ',
  'Quá ngày hẹn, chưa gửi',
  'Hẹn lại quá một lần',
  'Không cần thư',
];

/** The month's report as rows of cells: a head, then a line for each unit and month. Texts stay texts; nothing is a formula. */
export function reportRows(entries: readonly RegisterEntry[], now: number): (string | number)[][] {
  const counted = entries.filter(({ state }) => state !== 'none');
  const rows = monthlyReport(counted, now);
  const used = LETTER_REASONS.filter(({ id }) => rows.some(({ byReason }) => byReason[id] !== undefined));
  const lines = rows.map((row) => [
    row.unit || '(chưa ghi đơn vị)',
    row.month === '' ? '(không rõ)' : `${row.month.slice(5)}/${row.month.slice(0, 4)}`,
    row.entries,
    row.issued,
    row.issuedLate,
    row.overdueWithout,
    row.secondReappointments,
    row.notApplicable,
    ...used.map(({ id }) => row.byReason[id] ?? 0),
  ]);
  return [[...HEAD, ...used.map(({ label }) => `Lý do: ${label}`)], ...lines];
}

/** The report as an .xlsx file. */
export async function reportXlsx(entries: readonly RegisterEntry[], now: number): Promise<Uint8Array> {
  // Only who wants a report loads it.
  const { writeXlsx } = await import('hucre/xlsx');
  const rows = reportRows(entries, now);
  const columns = (rows[0] ?? []).map((head) => ({ width: Math.min(40, Math.max(12, String(head).length + 2)) }));
  return writeXlsx({ sheets: [{ name: 'Thư xin lỗi', rows, columns }] });
}

export const reportName = (now: number): string => `thu-xin-loi_${isoOf(now).slice(0, 10)}.xlsx`;
