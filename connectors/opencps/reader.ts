import type {
  Partition,
  ReadOutcome,
  ReadResult,
  SideRecord,
  SourceReader,
  UnreadableRow,
} from '../../lib/reconcile/index.ts';
import { isoDayOf, readMoment, textOf, type WireDates } from '../wire.ts';
import type { OpenCpsClient, OpenCpsRow } from './client.ts';
import { hasResult, readRow } from './map.ts';

export interface OpenCpsReaderOptions {
  client: OpenCpsClient;
  /** Also ask for the files of settled dossiers (one more call each), to tell whether there is a result paper. */
  results?: boolean;
  /** The system writes local time with a `Z` behind it. */
  falseZ?: boolean;
  /** Calls a second, for the plan. */
  perSecond?: number;
}

const LIST = 'o/rest/v2/dossiers';
const DETAIL = `${LIST}/*`;
/** National statuses at which a result has been made (9 đã xử lý xong, 10 đã trả kết quả). */
const SETTLED = 9;

/** The city's one-stop system as a source: by unit and day of receipt, and code by code. */
export function opencpsReader({
  client,
  results = false,
  falseZ = false,
  perSecond,
}: OpenCpsReaderOptions): SourceReader {
  /** The row as a record, with its result paper where that was asked for. */
  const complete = async (row: OpenCpsRow, at: string, signal: AbortSignal) => {
    const read = readRow(row, at, { falseZ });
    const id = textOf(row.dossierId);
    if (!results || 'unreadable' in read || id === undefined || (read.record.status ?? 0) < SETTLED)
      return { ok: true, value: read } as const;
    const files = await client.files(id, signal);
    if (!files.ok) return files;
    return { ok: true, value: { record: { ...read.record, hasResult: hasResult(files.value) } } } as const;
  };

  const list = async ({ unit, day }: Partition, signal: AbortSignal): Promise<ReadResult<ReadOutcome>> => {
    const answer = await client.list({ unit, ...(day !== '' && { from: day, to: day }) }, signal);
    if (!answer.ok) return answer;
    if (day !== '' && !answer.value.every((row) => mayBeOf(row, day, { falseZ }))) return filterIgnored;
    const outcome: ReadOutcome = { records: [], unreadable: [] };
    for (const row of answer.value) {
      const read = await complete(row, LIST, signal);
      if (!read.ok) return read;
      if ('record' in read.value) outcome.records.push(read.value.record);
      else outcome.unreadable.push(read.value.unreadable);
    }
    return { ok: true, value: outcome };
  };

  const lookup = async (
    codes: string[],
    signal: AbortSignal,
  ): Promise<ReadResult<SideRecord | UnreadableRow | null>> => {
    for (const code of codes) {
      const answer = await client.detail(code, signal);
      // One code without an answer leaves the dossier unknown, whatever the other codes say later.
      if (!answer.ok) return answer;
      if (!answer.value) continue;
      const read = await complete(answer.value, DETAIL, signal);
      if (!read.ok) return read;
      // A row that makes no sense is an answer: asking again would bring the same.
      if ('unreadable' in read.value) return { ok: true, value: { ...read.value.unreadable, code } };
      const { record } = read.value;
      // The server also takes a number for the id of a dossier: what it finds by one may be another dossier.
      const own = [record.code, ...(record.aliases ?? [])];
      if (/^\d+$/.test(code.trim()) && !own.includes(code.trim())) continue;
      return { ok: true, value: record };
    }
    return { ok: true, value: null };
  };

  return {
    side: 'city',
    mode: 'list',
    estimate: (partitions, codes = 0) => ({ calls: partitions.length + codes, perSecond }),
    list,
    lookup,
  };
}

const filterIgnored = {
  ok: false,
  error: {
    kind: 'schema',
    message: 'Hệ thống bỏ qua bộ lọc ngày tiếp nhận: có hồ sơ ngoài ngày đã hỏi.',
    call: LIST,
  },
} as const;

/** Was it received on the day? A row without a day cannot come from such a list; one that cannot be read is told of later. */
function mayBeOf(row: OpenCpsRow, day: string, dates: WireDates): boolean {
  const received = readMoment(row.receiveDate, dates);
  return received === 'unreadable' || (received !== 'none' && isoDayOf(received.second) === day);
}
