import type { Side } from '../types.ts';
import type { Attempt, Task } from './lane.ts';
import type { CellKey, JobStore, ReaderFailure, ReadOutcome, ReadResult, SourceReader } from './types.ts';

/** A source that breaks its promise not to throw (or a file that cannot be read) is a failure like any other. */
export function asFailure(error: unknown): ReaderFailure {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'upstream', message };
}

async function everything(reader: SourceReader, signal: AbortSignal): Promise<ReadResult<ReadOutcome>> {
  const value: ReadOutcome = { records: [], unreadable: [] };
  for await (const piece of reader.whole?.(signal) ?? []) {
    for (const record of piece.records) value.records.push(record);
    for (const row of piece.unreadable) value.unreadable.push(row);
  }
  return { ok: true, value };
}

const NO_LIST: ReaderFailure = { kind: 'permission', message: 'nguồn này không đọc được theo ngày' };

async function readCell(reader: SourceReader, key: CellKey, signal: AbortSignal): Promise<ReadResult<ReadOutcome>> {
  try {
    if (reader.mode === 'whole') return await everything(reader, signal);
    return (await reader.list?.(key.partition, signal)) ?? { ok: false, error: NO_LIST };
  } catch (error) {
    return { ok: false, error: asFailure(error) };
  }
}

export type Counted = (key: CellKey, outcome: ReadOutcome) => void;

/** A task that reads one partition of one side, writes it and marks it, all or nothing. */
export function readTask(key: CellKey, reader: SourceReader, store: JobStore, counted: Counted): Task {
  return {
    key,
    async attempt(signal): Promise<Attempt> {
      const epoch = await store.claim(key);
      const result = await readCell(reader, key, signal);
      // A file does not get better by itself.
      if (!result.ok) return { ...result, some: false, final: reader.mode === 'whole' };
      if (signal.aborted) return { ok: true };
      const { records, unreadable } = result.value;
      // When somebody else has claimed the cell since, theirs counts: the end of the job looks at what is there.
      await store.commit(key, epoch, { records, unreadable });
      counted(key, result.value);
      return { ok: true };
    },
  };
}

/** Cells of a side that is read by window or in one go. */
export function readKeys(side: Side, partitions: CellKey['partition'][]): CellKey[] {
  return partitions.map((partition) => ({ phase: 'read', side, partition }));
}
