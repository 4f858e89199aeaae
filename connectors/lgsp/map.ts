import type { ComparedMoment, SideRecord } from '../../lib/reconcile/index.ts';
import { booleanOf, codeOf, Fields, integerOf, listOf, readMoment, textOf } from '../wire.ts';

/** A heading of the bus's list. */
export interface Heading {
  id: string;
  /** Changes when the message does: what was read under the same stamp need not be read again. */
  stamp: string;
  /** Epoch seconds; undefined when the list does not tell it readably. */
  createdAt?: number;
}

/** What is kept of a message of the bus: nothing of a person, and plain JSON, so that a store can keep it. */
export interface BusMessage {
  stamp: string;
  /** `unreadable` when it could not become a record: the reason, in Vietnamese, and the code if that much could be read. */
  reading: { record: Omit<SideRecord, 'at'> } | { unreadable: string; code?: string };
}

/** Changes when this file reads a message differently: what was kept before is then read anew. */
const READING = '1';

export function readHeading(row: unknown, falseZ: boolean): Heading | null {
  const fields = new Fields(row);
  const id = fields.text('profileId');
  if (id === undefined) return null;
  const parts = ['createTime', 'status', 'status_profile', 'type'].map((name) => fields.text(name) ?? '');
  const created = readMoment(fields.get('createTime'), { falseZ });
  return {
    id,
    stamp: [READING, falseZ ? 'Z' : '', ...parts].join('|'),
    ...(typeof created === 'object' && { createdAt: created.second }),
  };
}

/** What a kind of message says of the dossier, where it carries no number of the national scale. Kinds not here say nothing. */
const STATUS_OF_KIND: Record<string, number> = { TIEPNHAN: 2, TUCHOI: 3, THANHTOAN: 6, RUT: 7, KETQUA: 9 };

const MOMENTS: Record<ComparedMoment, readonly string[]> = {
  receivedAt: ['accept_date', 'start_date'],
  dueAt: ['appointment_date'],
  finishedAt: ['end_date'],
};

/** A message of the bus. Owners, applicants, notes and file names are not read. `unit` is the one that was asked for. */
export function readProfile(profile: unknown, heading: Heading, unit: string, falseZ: boolean): BusMessage {
  const fields = new Fields(profile);
  const { stamp } = heading;
  const code = codeOf(fields.get('source_id'));
  if (code === undefined) return { stamp, reading: { unreadable: 'không có mã hồ sơ (source_id)' } };
  const record: Omit<SideRecord, 'at'> = { code };
  const dayOnly: ComparedMoment[] = [];
  for (const [moment, names] of Object.entries(MOMENTS) as [ComparedMoment, readonly string[]][]) {
    const read = readMoment(fields.get(...names), { falseZ });
    if (read === 'unreadable') return { stamp, reading: { unreadable: `${names[0]}: không đọc được ngày`, code } };
    if (read === 'none') continue;
    record[moment] = read.second;
    if (read.dayOnly) dayOnly.push(moment);
  }
  if (dayOnly.length > 0) record.dayOnly = dayOnly;
  const alias = codeOf(fields.get('ref_code'));
  if (alias !== undefined && alias !== code) record.aliases = [alias];
  const procedure = fields.text('procedures_code');
  if (procedure !== undefined) record.procedure = procedure;
  const ours = unit || textOf(listOf(fields.get('from_unit_code'))[0]);
  if (ours) record.unit = ours;
  const kind = fields.text('status')?.toUpperCase() ?? '';
  const number = integerOf(fields.get('profiles_status', 'status_profile'));
  const status = number ?? STATUS_OF_KIND[kind];
  // 0 and 11 are what senders write for a status that they do not know (quirk 30).
  if (status !== undefined) record.status = status >= 1 && status <= 10 ? status : 0;
  if (kind !== '') record.statusText = kind;
  const hasResult = resultIn(fields, kind);
  if (hasResult !== undefined) record.hasResult = hasResult;
  const created = readMoment(fields.get('creation_date'), { falseZ });
  const changed = Math.max(heading.createdAt ?? 0, typeof created === 'object' ? created.second : 0);
  if (changed > 0) record.updatedAt = changed;
  return { stamp, reading: { record } };
}

/** Attachments are papers of the applicant, unless the message is a result or the paper says that it is one. */
function resultIn(fields: Fields, kind: string): boolean | undefined {
  const papers = listOf(fields.get('profileAttachments')).map((paper) => new Fields(paper));
  const there = papers.filter((paper) => booleanOf(paper.get('is_deleted')) !== true);
  if (kind === 'KETQUA') return there.length > 0;
  return there.some((paper) => paper.text('description')?.toUpperCase() === 'KETQUA') ? true : undefined;
}

/**
 * The messages of one dossier as one record: the newest says how it stands, and what only an older one tells (a reception date, a
 * result) is not lost. `messages` in order of time.
 */
export function mergeMessages(messages: readonly Omit<SideRecord, 'at'>[]): Omit<SideRecord, 'at'> | null {
  if (messages.length === 0) return null;
  const merged: Omit<SideRecord, 'at'> = Object.assign({}, ...messages);
  const aliases = [...new Set(messages.flatMap((message) => message.aliases ?? []))];
  if (aliases.length > 0) merged.aliases = aliases;
  // A moment is as exact as the message that told it last.
  const dayOnly = (Object.keys(MOMENTS) as ComparedMoment[]).filter((moment) =>
    messages.findLast((message) => message[moment] !== undefined)?.dayOnly?.includes(moment),
  );
  delete merged.dayOnly;
  if (dayOnly.length > 0) merged.dayOnly = dayOnly;
  if (messages.some(({ hasResult }) => hasResult)) merged.hasResult = true;
  return merged;
}
