import { statusName } from '../dossier/index.ts';
import type { DossierStatusCode } from '../schema/index.ts';
import { fullDate, MINUTES_PER_DAY, startOfDay, timeOf } from '../text/index.ts';
import type { ComparedField } from './fields.ts';
import { isKnownStatus, isMoment, timeOfDay } from './same.ts';
import type { ComparedMoment, SideRecord } from './types.ts';

/** Values of records as Vietnamese text, ready to show. */

export const FIELD_NAMES: Record<ComparedField, string> = {
  status: 'Trạng thái',
  receivedAt: 'Ngày tiếp nhận',
  dueAt: 'Ngày hẹn trả',
  finishedAt: 'Ngày kết thúc xử lý',
  procedure: 'Mã thủ tục',
  hasResult: 'Tệp kết quả',
};

/** `05/11/2026 14:30:12` of epoch seconds, `05/11/2026` when only the date is known; what is no moment is said to be none. */
export function secondsText(seconds: number, dayOnly = false): string {
  if (!isMoment(seconds)) return 'thời điểm không hợp lệ';
  const minute = Math.floor(seconds / 60);
  if (dayOnly) return fullDate(minute);
  return `${fullDate(minute)} ${timeOf(minute)}:${String(timeOfDay(seconds) % 60).padStart(2, '0')}`;
}

/** `4 – Đang xử lý`; what is in no table in the system's own words. */
export function statusText(status: number, words?: string): string {
  if (isKnownStatus(status)) return `${status} – ${statusName(status as DossierStatusCode)}`;
  const said = words || (Number.isFinite(status) ? String(status) : '');
  return said ? `không rõ («${said}»)` : 'không rõ';
}

/** `2026-11-05` of a day number. */
export const isoDayText = (day: number): string => new Date(day * MINUTES_PER_DAY * 60_000).toISOString().slice(0, 10);

/** `05/11/2026` of a day number. */
export const dayText = (day: number): string => fullDate(startOfDay(day));

/** A field of a record as text; undefined when the record does not tell it. */
export function fieldText(field: ComparedField, record: SideRecord): string | undefined {
  if (field === 'procedure') return record.procedure || undefined;
  if (field === 'hasResult') return record.hasResult === undefined ? undefined : record.hasResult ? 'có' : 'không có';
  if (field === 'status') {
    return record.status === undefined ? undefined : statusText(record.status, record.statusText);
  }
  return momentText(field, record);
}

function momentText(field: ComparedMoment, record: SideRecord): string | undefined {
  const moment = record[field];
  return moment === undefined ? undefined : secondsText(moment, record.dayOnly?.includes(field));
}

/** `H29.999-261105-0001; 4 – Đang xử lý; tiếp nhận 05/11/2026 08:00:00`. */
export function recordSummary(record: SideRecord): string {
  const received = momentText('receivedAt', record);
  return [record.code, fieldText('status', record), received && `tiếp nhận ${received}`].filter(Boolean).join('; ');
}

const ROWS_SHOWN = 5;

/** `2 dòng: … (tệp.csv:12) | … (tệp.csv:40)`. */
export function rowsSummary(rows: readonly SideRecord[]): string {
  const shown = rows.map((row) => `${recordSummary(row)} (${row.at})`).sort();
  const rest = shown.length > ROWS_SHOWN ? ` | và ${shown.length - ROWS_SHOWN} dòng nữa` : '';
  return `${shown.length} dòng: ${shown.slice(0, ROWS_SHOWN).join(' | ')}${rest}`;
}
