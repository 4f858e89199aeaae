import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  assemble,
  BYTES_PER_ROW,
  bySide,
  type ColumnMapping,
  type EngineOptions,
  type JoinOutcome,
  type KernelOptions,
  MAX_READERS,
  merge,
  partitionBits,
  RowIndex,
  SIDE_INDEX,
  SIDES,
  type Side,
  toldByMapping,
} from '../../lib/reconcile/engine/index.ts';
import { InputError } from '../errors.ts';
import { JoinPool } from './pool.ts';
import { cut, type SizedFile, settle } from './ranges.ts';
import { FileRows } from './rows.ts';

export interface FileSource {
  path: string;
  mapping: ColumnMapping;
}

export interface FileOptions extends EngineOptions {
  /** Threads that work; default: one per core, sixteen at most. */
  threads?: number;
  /** Largest piece of a file that a thread takes at once, bytes. */
  piece?: number;
  /** Told how long each part took (milliseconds), for measurements. */
  timed?: (part: 'start' | 'read' | 'merge' | 'join' | 'assemble', ms: number) => void;
}

export interface FileJoin {
  outcome: JoinOutcome;
  /** Rows of the files, read again: records of differing dossiers, and what is unreadable. To be closed. */
  rows: FileRows;
}

/**
 * Full outer join of delimited files, one per side, by as many threads as there are cores. Only packed rows are kept in memory
 * (24 bytes each); rows of differing dossiers are read again from the files.
 * @throws InputError naming the file that cannot be read.
 */
export async function joinFiles(sources: Partial<Record<Side, FileSource>>, options: FileOptions): Promise<FileJoin> {
  const threads = Math.min(MAX_READERS, Math.max(1, options.threads ?? availableParallelism()));
  const given = SIDES.flatMap((side) => (sources[side] ? [{ side, ...sources[side] }] : []));
  const looked = given.map(({ path }) => lookAt(path));
  const files = given.map(
    ({ side }, file): SizedFile => ({ file, side: SIDE_INDEX[side], size: looked[file]?.size ?? 0 }),
  );
  const bits = partitionBits(looked.reduce((sum, { size, perRow }) => sum + size / perRow, 0));
  let since = performance.now();
  const mark = (part: Parameters<NonNullable<FileOptions['timed']>>[0]) => {
    const now = performance.now();
    options.timed?.(part, now - since);
    since = now;
  };
  const pool = new JoinPool(threads, { files: given.map(({ path, mapping }) => ({ path, mapping })), bits });
  try {
    const tasks = cut(files, threads, options.piece);
    mark('start');
    const read = await pool.read(tasks);
    const { places, ranges } = await settle(files, tasks, read, async (task) => {
      const [found] = await pool.read([task]);
      if (found === undefined) throw new Error('a range was not read');
      return found;
    });
    mark('read');
    const shared = (words: number) => new Int32Array(new SharedArrayBuffer(words * 4));
    const { sources: merged, linked, book } = merge(await pool.outputs(), places, bits, shared);
    mark('merge');
    const how: KernelOptions = {
      tolerances: options.tolerance,
      asked: options.sides.map((side) => SIDE_INDEX[side]),
      told: SIDES.map((side) => toldByMapping(sources[side]?.mapping)),
    };
    const kernels = await pool.join({ sources: merged, linked, options: how, partitions: 1 << bits, next: shared(1) });
    mark('join');
    const count = (of: (file: number) => number) =>
      bySide(SIDES.map((side) => of(given.findIndex((one) => one.side === side))));
    const rows = count((file) => (ranges[file] ?? []).reduce((sum, range) => sum + range.rows, 0));
    const refused = count((file) => (ranges[file] ?? []).reduce((sum, range) => sum + range.refused.length / 2, 0));
    const outcome = assemble(kernels, book, how, rows, refused);
    mark('assemble');
    const readers = given.map(({ side, path, mapping }, file) => ({
      side,
      path,
      mapping,
      index: new RowIndex(ranges[file] ?? []),
    }));
    return { outcome, rows: new FileRows(readers) };
  } finally {
    await pool.close();
  }
}

const SAMPLE = 65_536;

/** Size of a file, and how long its rows are on average, by its first lines. */
function lookAt(path: string): { size: number; perRow: number } {
  try {
    const descriptor = openSync(path, 'r');
    const bytes = new Uint8Array(SAMPLE);
    const length = readSync(descriptor, bytes, { position: 0 });
    const { size } = fstatSync(descriptor);
    closeSync(descriptor);
    const lines = bytes.subarray(0, length).reduce((sum, c) => (c === 10 ? sum + 1 : sum), 0);
    return { size, perRow: lines > 0 ? length / lines : BYTES_PER_ROW };
  } catch (error) {
    throw new InputError(`${path}: không đọc được (${(error as NodeJS.ErrnoException).code ?? 'lỗi'})`);
  }
}
