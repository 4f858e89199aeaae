import { fromWire, opencpsJson } from '../../lib/observe/index.ts';
import type { ComparedMoment, SideRecord, UnreadableRow } from '../../lib/reconcile/index.ts';
import { booleanOf, codeOf, integerOf, readMoment, textOf, type WireDates } from '../wire.ts';

export type RowReading = { record: SideRecord } | { unreadable: UnreadableRow };

/** OpenCPS's own keys on the national scale (protocol notes §1.5); what is not here (interoperating, posting …) is in no table. */
const OF_KEY: Record<string, number> = {
  new: 1,
  receiving: 2,
  unresolved: 3,
  processing: 4,
  waiting: 5,
  paying: 6,
  cancelled: 7,
  denied: 8,
  releasing: 9,
  done: 10,
};

/** Fields that may hold each moment, the first that says something first, and the name that an officer knows. */
const MOMENTS: Record<ComparedMoment, readonly [names: readonly string[], title: string]> = {
  receivedAt: [['receiveDate'], 'Ngày tiếp nhận'],
  dueAt: [['extendDate', 'dueDate'], 'Ngày hẹn trả'],
  finishedAt: [['releaseDate'], 'Ngày kết thúc xử lý'],
};

/**
 * A row of `/dossiers`, or the answer of `/dossiers/{id}`. Names, numbers and addresses of people are not read. A date that is
 * there and cannot be read makes the whole row unreadable: leaving it out would look like "none".
 */
export function readRow(row: Readonly<Record<string, unknown>>, at: string, dates: WireDates = {}): RowReading {
  const [wire] = opencpsJson.project([row]);
  const code = codeOf(row.dossierNo);
  if (!wire || code === undefined) return { unreadable: { side: 'city', at, reason: 'dossierNo: không có mã hồ sơ' } };
  const { status, dayOnly: midnights } = fromWire(wire, 'opencps', 0);
  const byKey = OF_KEY[textOf(row.dossierStatus)?.toLowerCase() ?? ''] ?? 0;
  const record: SideRecord = { code, at, status: status.code === 'unknown' ? byKey : status.code };
  const words = textOf(row.dossierStatusText) ?? textOf(row.dossierStatus);
  if (words !== undefined) record.statusText = words;
  const dayOnly: ComparedMoment[] = [];
  for (const [moment, [names, title]] of Object.entries(MOMENTS) as [ComparedMoment, (typeof MOMENTS)['dueAt']][]) {
    for (const name of names) {
      const read = readMoment(row[name], dates);
      if (read === 'none') continue;
      if (read === 'unreadable')
        return { unreadable: { side: 'city', at, reason: `${name}: ${title} không đọc được`, code } };
      record[moment] = read.second;
      const midnight = moment === 'dueAt' && (midnights.includes('dueAt') || midnights.includes('extendedDueAt'));
      if (read.dayOnly || midnight) dayOnly.push(moment);
      break;
    }
  }
  if (dayOnly.length > 0) record.dayOnly = dayOnly;
  const alias = codeOf(row.nationCode);
  if (alias !== undefined && alias !== code) record.aliases = [alias];
  const procedure = textOf(row.serviceCode);
  if (procedure !== undefined) record.procedure = procedure;
  const unit = textOf(row.govAgencyCode) ?? textOf(row.govAgencyName);
  if (unit !== undefined) record.unit = unit;
  const changed = readMoment(row.modifiedDate, dates);
  if (typeof changed === 'object') record.updatedAt = changed.second;
  return { record };
}

/** Is there a result paper among the files (part type 2)? One that was removed is none. */
export function hasResult(files: readonly Readonly<Record<string, unknown>>[]): boolean {
  return files.some((file) => integerOf(file.dossierPartType) === 2 && booleanOf(file.removed) !== true);
}
