import type {
  Partition,
  ReadOutcome,
  ReadResult,
  SideRecord,
  SourceReader,
  UnreadableRow,
} from '../../lib/reconcile/index.ts';
import { parseIsoDay } from '../../lib/text/index.ts';
import type { Result } from '../errors.ts';
import { isoDayOf } from '../wire.ts';
import type { DvcqgClient } from './client.ts';
import { type RowOptions, readRow } from './map.ts';

export interface DvcqgReaderOptions {
  client: DvcqgClient;
  capabilities: { list: 'none' | 'codes' | 'full'; windowDays: number; unitInLookup: boolean };
  units: readonly string[];
  falseZ?: boolean;
  /** Calls a second, for the plan. */
  perSecond?: number;
  /** First and last day of the job, ISO: windows are counted from its first day, so that any run asks for the same ones. */
  period?: { from: string; to: string };
}

/** Windows kept at a time: a job goes through days in order, for a few units at once. */
const KEPT = 16;
const iso = (day: number) => isoDayOf(day * 86_400);

/** The national portal as a source: by window where the counterpart has confirmed a list call, else code by code. */
export function dvcqgReader(options: DvcqgReaderOptions): SourceReader {
  const { client, capabilities, units, falseZ = false, perSecond, period } = options;
  const rowOptions = (at: string): RowOptions => ({ at, falseZ, units });
  const windows = new Map<string, Promise<Result<unknown[]>>>();
  const first = parseIsoDay(period?.from ?? '') ?? 0;
  const last = parseIsoDay(period?.to ?? '') ?? Number.POSITIVE_INFINITY;

  const windowOf = (day: number) => {
    const from = first + Math.floor((day - first) / capabilities.windowDays) * capabilities.windowDays;
    return { from, to: Math.max(day, Math.min(from + capabilities.windowDays - 1, last)) };
  };

  /** The rows of a window, asked for once while its days are read; a failure is not kept. */
  const rowsOfWindow = async (unit: string, from: number, to: number, signal: AbortSignal) => {
    const key = `${unit} ${from}`;
    const known = await windows.get(key);
    // Somebody else's question that was cancelled says nothing to this caller.
    if (known && (known.ok || known.error.kind !== 'cancelled' || signal.aborted)) return known;
    const asked = client.dossiers(unit, iso(from), iso(to), signal).then((answer) => {
      if (!answer.ok) windows.delete(key);
      return answer;
    });
    windows.set(key, asked);
    const [oldest] = windows.keys();
    if (windows.size > KEPT && oldest !== undefined) windows.delete(oldest);
    return asked;
  };

  const lookup = async (
    codes: string[],
    signal: AbortSignal,
    unit?: string,
  ): Promise<ReadResult<SideRecord | UnreadableRow | null>> => {
    for (const code of codes) {
      const answer = await client.dossier(code, capabilities.unitInLookup ? (unit ?? units[0]) : undefined, signal);
      // One code without an answer leaves the dossier unknown, whatever the other codes say later.
      if (!answer.ok) return answer;
      const found = chosen(answer.value, code, rowOptions('TraCuuHoSo'));
      // A row that makes no sense is an answer: asking again would bring the same.
      if (found) return { ok: true, value: 'record' in found ? found.record : { ...found.unreadable, code } };
    }
    return { ok: true, value: null };
  };

  const list = async ({ unit, day }: Partition, signal: AbortSignal): Promise<ReadResult<ReadOutcome>> => {
    const number = parseIsoDay(day);
    if (unit === '' || number === null)
      return { ok: false, error: { kind: 'schema', message: 'Cổng DVCQG cần mã đơn vị và ngày để đọc danh sách.' } };
    const { from, to } = windowOf(number);
    const answer = await rowsOfWindow(unit, from, to, signal);
    if (!answer.ok) return answer;
    const outcome: ReadOutcome = { records: [], unreadable: [] };
    for (const row of answer.value) {
      const read = readRow(row, rowOptions('DanhSachHoSo'));
      const received = 'record' in read ? read.record.receivedAt : undefined;
      // What has no day of its own, or one outside the window, stands on the nearest day: every row on exactly one.
      const at = received === undefined ? from : Math.floor((received + 25_200) / 86_400);
      if (Math.min(Math.max(at, from), to) !== number) continue;
      if ('unreadable' in read) {
        outcome.unreadable.push(read.unreadable);
      } else if (capabilities.list === 'full') {
        outcome.records.push(read.record);
      } else {
        const full = await lookup([read.record.code], signal, unit);
        if (!full.ok) return full;
        if (full.value && 'reason' in full.value) outcome.unreadable.push(full.value);
        else outcome.records.push(full.value ?? read.record);
      }
    }
    return { ok: true, value: outcome };
  };

  const estimate = (partitions: readonly Partition[], codes = 0) => {
    if (capabilities.list === 'none') return { calls: codes, perSecond };
    const asked = new Set(partitions.map(({ unit, day }) => `${unit} ${windowOf(parseIsoDay(day) ?? 0).from}`));
    return { calls: asked.size + codes, perSecond };
  };

  const ask = (codes: string[], signal: AbortSignal) => lookup(codes, signal);
  return capabilities.list === 'none'
    ? { side: 'national', mode: 'lookup', estimate, lookup: ask }
    : { side: 'national', mode: 'list', estimate, list, lookup: ask };
}

/** The row of the code that was asked for; the portal may answer with dossiers that only begin like it. */
function chosen(rows: readonly unknown[], code: string, options: RowOptions): ReturnType<typeof readRow> | null {
  const read = rows.map((row) => readRow(row, options));
  const wanted = code.toUpperCase();
  const carries = (code: string | undefined) => code?.toUpperCase() === wanted;
  // Where the code is one dossier's own and another's second one, it is the first that was meant.
  const mine =
    read.find((row) => carries('record' in row ? row.record.code : row.unreadable.code)) ??
    read.find((row) => 'record' in row && row.record.aliases?.some(carries));
  const [only] = read;
  if (mine || !only || read.length > 1) return mine ?? null;
  if ('unreadable' in only) return only;
  // The portal keeps the dossier under a code of its own and does not say so: the code that found it is its second one.
  const { code: own, aliases = [] } = only.record;
  return own.toUpperCase().startsWith(wanted) ? null : { record: { ...only.record, aliases: [...aliases, code] } };
}
