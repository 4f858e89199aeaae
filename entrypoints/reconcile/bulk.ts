import { FileError, inspectFile, joinMapping, type SourceFile } from '../../connectors/index.ts';
import {
  type ColumnMapping,
  FoundRows,
  type IndexedSource,
  type JobControl,
  type JobEvent,
  joinStreams,
  type ReconcileReport,
  type ReconcileRules,
  reportOfJoin,
  SIDES,
  type Side,
} from '../../lib/reconcile/index.ts';

/** In workers only, and unknown to the types of a page: reads without waiting. */
declare const FileReaderSync: new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer };

/** Bytes of all files together from which they are joined as bytes: some 100,000 rows. Below, nobody waits either way. */
export const BIG = 16 * 1024 * 1024;
const PROGRESS_MS = 200;

export interface BulkFile {
  file: SourceFile;
  mapping: ColumnMapping;
}
export type BulkFiles = Partial<Record<Side, BulkFile>>;

type Chosen = { side: Side; file: SourceFile; mapping: Parameters<typeof inspectFile>[2] };

/** Big files that can be joined as bytes, without an object a row; null: they are small, or one is no plain CSV. */
export async function bulkFiles(chosen: readonly Chosen[]): Promise<BulkFiles | null> {
  if (chosen.reduce((sum, { file }) => sum + file.size, 0) < BIG) return null;
  const files: BulkFiles = {};
  for (const { side, file, mapping } of chosen) {
    const made = await joinMapping(file, await inspectFile(file, side, mapping));
    if ('why' in made) return null;
    files[side] = { file, mapping: made.mapping };
  }
  return files;
}

interface Surroundings {
  rules: ReconcileRules;
  /** Epoch seconds. */
  now: number;
  control: JobControl;
  emit: (event: JobEvent) => void;
}

/**
 * The whole job at once, in this thread: nothing is kept on the way, since reading again takes seconds. Null: stopped by the person.
 * @throws FileError when a file cannot be read any more.
 */
export async function reconcileBulk(
  files: BulkFiles,
  { rules, now, control, emit }: Surroundings,
): Promise<ReconcileReport | null> {
  const sides = SIDES.filter((side) => files[side] !== undefined);
  const total = sides.reduce((sum, side) => sum + (files[side]?.file.size ?? 0), 0);
  const begun = performance.now();
  let [read, rows, told] = [0, 0, 0];
  let stopped = false;

  function tell(): void {
    const now = performance.now();
    if (now - told < PROGRESS_MS) return;
    told = now;
    const seconds = (now - begun) / 1000;
    const done = Math.floor((read * 100) / total);
    const secondsLeft = (seconds * (total - read)) / read;
    emit({ type: 'progress', phase: 'read', done, total: 100, dossiers: rows, perSecond: rows / seconds, secondsLeft });
  }

  async function* chunksOf(file: SourceFile): AsyncGenerator<Uint8Array> {
    const reader = file.stream().getReader();
    try {
      for (;;) {
        if (!(await control.mayBegin())) {
          stopped = true;
          return;
        }
        const { done, value } = await reader.read().catch(() => {
          throw new FileError(file.name, 'không đọc được nữa (tệp đã bị đổi hoặc xoá?); hãy chọn lại');
        });
        if (done) return;
        read += value.length;
        yield value;
      }
    } finally {
      await reader.cancel();
    }
  }

  const sources = Object.fromEntries(
    sides.map((side) => {
      const { file, mapping } = files[side] as BulkFile;
      return [side, { chunks: chunksOf(file), mapping }];
    }),
  );
  const { outcome, indexes } = await joinStreams(sources, {
    sides,
    tolerance: rules.tolerance,
    bytes: total,
    onRows(count) {
      rows = count;
      tell();
    },
  });
  if (stopped) return null;
  const indexed = sides.map((side) => indexedOf(side, files[side] as BulkFile, indexes[side]));
  return reportOfJoin(outcome, new FoundRows(indexed), { rules, sides, now });
}

function indexedOf(side: Side, { file, mapping }: BulkFile, index: IndexedSource['index'] | undefined): IndexedSource {
  if (index === undefined) throw new RangeError(`${side}: not joined`);
  const reader = new FileReaderSync();
  const readAt = (bytes: Uint8Array, position: number) => {
    const part = new Uint8Array(reader.readAsArrayBuffer(file.slice(position, position + bytes.length) as Blob));
    bytes.set(part);
    return part.length;
  };
  return { side, name: file.name, mapping, index, readAt };
}
