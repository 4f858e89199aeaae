import type { Partition, ReadOutcome, ReadResult, SourceReader, UnreadableRow } from '../../lib/reconcile/index.ts';
import type { Failure } from '../errors.ts';
import { isoDayOf, says } from '../wire.ts';
import type { LgspClient } from './client.ts';
import { type BusMessage, type Heading, mergeMessages, readHeading, readProfile } from './map.ts';

/** Messages that were read before, by id. A message whose stamp is still the same is not asked for again. */
export interface SeenMessages {
  get(id: string): BusMessage | undefined | Promise<BusMessage | undefined>;
  /** Awaited; what it gives does not matter. */
  set(id: string, message: BusMessage): unknown;
}

export interface LgspReaderOptions {
  client: LgspClient;
  /** First and last day of the job, ISO. */
  period: { from: string; to: string };
  falseZ?: boolean;
  /** Kept from run to run by whoever can; in memory otherwise. */
  seen?: SeenMessages;
  /** Details asked for at a time; the rate is the limiter's matter. */
  together?: number;
}

interface Dated {
  /** ISO day of receipt, by which a partition claims it. */
  day: string;
}

interface UnitReading {
  records: (Dated & { record: ReadOutcome['records'][number] })[];
  unreadable: (Dated & { row: UnreadableRow })[];
}

/**
 * The dossier bus as a source. Its list has no window and names messages, not dossiers: it is read once for a unit, each message by
 * its id, and the messages of one dossier become one record, which stands on its own day of receipt. A message that gives no answer
 * leaves the whole unit unread, because nobody knows which dossier it would have been. Nothing is acknowledged.
 */
export function lgspReader({ client, period, falseZ = false, seen, together = 8 }: LgspReaderOptions): SourceReader {
  const inMemory = new Map<string, BusMessage>();
  const memory: SeenMessages = seen ?? { get: (id) => inMemory.get(id), set: (id, one) => void inMemory.set(id, one) };
  const units = new Map<string, Promise<ReadResult<UnitReading>>>();

  const readUnit = async (unit: string, signal: AbortSignal): Promise<ReadResult<UnitReading>> => {
    const list = await client.waiting(unit, signal);
    if (!list.ok) return list;
    const reading: UnitReading = { records: [], unreadable: [] };
    const unreadable = (at: string, reason: string, day: string, code?: string) =>
      reading.unreadable.push({ day, row: { side: 'lgsp', at, reason, ...(code !== undefined && { code }) } });
    const headings: Heading[] = [];
    for (const [i, row] of list.value.entries()) {
      const heading = readHeading(row, falseZ);
      if (heading) headings.push(heading);
      else unreadable(`bus-list:${i + 1}`, 'dòng danh sách không có profileId', period.from);
    }
    const messages = await inPool(headings, together, (heading) => message(heading, unit, signal));
    if (!messages.ok) return messages;
    const dossiers = new Map<string, { heading: Heading; record: Parameters<typeof mergeMessages>[0][number] }[]>();
    for (const [i, heading] of headings.entries()) {
      const reading = messages.value[i]?.reading;
      if (reading === undefined) continue;
      const day = heading.createdAt === undefined ? period.from : isoDayOf(heading.createdAt);
      if ('unreadable' in reading) {
        unreadable(heading.id, reading.unreadable, day, reading.code);
        continue;
      }
      const { code } = reading.record;
      dossiers.set(code, [...(dossiers.get(code) ?? []), { heading, record: reading.record }]);
    }
    for (const parts of dossiers.values()) {
      parts.sort(
        (a, b) => (a.heading.createdAt ?? 0) - (b.heading.createdAt ?? 0) || (a.heading.id < b.heading.id ? -1 : 1),
      );
      const merged = mergeMessages(parts.map(({ record }) => record));
      const [first] = parts;
      if (!merged || !first) continue;
      const second = merged.receivedAt ?? first.heading.createdAt;
      reading.records.push({
        day: second === undefined ? period.from : isoDayOf(second),
        record: { ...merged, at: `bus ${parts.map(({ heading }) => heading.id).join(' ')}` },
      });
    }
    return { ok: true, value: reading };
  };

  /** Undefined: the bus does not have it any more, so the dossier is not on the bus. */
  const message = async (
    heading: Heading,
    unit: string,
    signal: AbortSignal,
  ): Promise<ReadResult<BusMessage | undefined>> => {
    const before = await memory.get(heading.id);
    if (before?.stamp === heading.stamp) return { ok: true, value: before };
    const answer = await client.profile(heading.id, signal);
    if (!answer.ok) return isGone(answer.error) ? { ok: true, value: undefined } : answer;
    const read = readProfile(answer.value, heading, unit, falseZ);
    await memory.set(heading.id, read);
    return { ok: true, value: read };
  };

  const unitOnce = async (unit: string, signal: AbortSignal): Promise<ReadResult<UnitReading>> => {
    const known = units.get(unit);
    if (known) {
      const answer = await known;
      if (answer.ok || answer.error.kind !== 'cancelled' || signal.aborted) return answer;
      // Whoever asked first went away; others that waited with us may have begun again by now.
      const again = units.get(unit);
      if (again) return again;
    }
    const asked = readUnit(unit, signal).then((answer) => {
      // A failure is not kept: what was read is remembered by message, so asking again costs only what is lacking.
      if (!answer.ok) units.delete(unit);
      return answer;
    });
    units.set(unit, asked);
    return asked;
  };

  const list = async ({ unit, day }: Partition, signal: AbortSignal): Promise<ReadResult<ReadOutcome>> => {
    const answer = await unitOnce(unit, signal);
    if (!answer.ok) return answer;
    const mine = (one: Dated) => day === '' || one.day === day;
    return {
      ok: true,
      value: {
        records: answer.value.records.filter(mine).map(({ record }) => record),
        unreadable: answer.value.unreadable.filter(mine).map(({ row }) => row),
      },
    };
  };

  return { side: 'lgsp', mode: 'list', list };
}

/** Taken off the list between the list and the question. */
const isGone = ({ kind, status, upstream }: Failure) =>
  kind === 'upstream' && (status ?? 200) < 300 && says(upstream, 'không có bản tin', 'không tìm thấy', 'không tồn tại');

/** Failures after which the next call would fail as well. */
const HOPELESS: readonly string[] = ['auth', 'permission', 'cancelled'];

/**
 * Works through a list with a few at a time. One that fails does not keep the others from being read (they are remembered); the first
 * failure is the answer. Results in the order of the list.
 */
async function inPool<T, R>(
  items: readonly T[],
  together: number,
  work: (item: T) => Promise<ReadResult<R>>,
): Promise<ReadResult<R[]>> {
  const results: R[] = [];
  let next = 0;
  let failed: Extract<ReadResult<R>, { ok: false }> | null = null;
  const worker = async () => {
    while (!HOPELESS.includes(failed?.error.kind ?? '') && next < items.length) {
      const i = next++;
      const answer = await work(items[i] as T);
      if (answer.ok) results[i] = answer.value;
      else if (failed === null || HOPELESS.includes(answer.error.kind)) failed = answer;
    }
  };
  await Promise.all(Array.from({ length: Math.min(together, items.length) }, worker));
  return failed ?? { ok: true, value: results };
}
