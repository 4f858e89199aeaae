import type { RangePlace, ReadRange } from '../../lib/reconcile/engine/index.ts';
import type { RangeRead, ReadTask } from './protocol.ts';

const LARGEST = 256 * 1024 * 1024;
const SMALLEST = 1024 * 1024;
/** Pieces for each thread, so that none waits long for the last. */
const PIECES = 6;

export interface SizedFile {
  file: number;
  side: number;
  size: number;
}

/** Cuts files into pieces of so many bytes at most; only the first of a file is known to start at a row. */
export function cut(files: readonly SizedFile[], threads: number, largest = LARGEST): ReadTask[] {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const length = Math.min(largest, Math.max(SMALLEST, Math.ceil(total / (threads * PIECES))));
  const tasks: ReadTask[] = [];
  for (const { file, size } of files) {
    for (let start = 0; start === 0 || start < size; start += length)
      tasks.push({ range: tasks.length, file, start, limit: Math.min(size, start + length), exact: start === 0 });
  }
  return tasks;
}

export interface Settled {
  /** By number of the range. */
  places: RangePlace[];
  /** Ranges that count, by file, in order. */
  ranges: ReadRange[][];
}

/**
 * Was every piece cut at a row? A line end inside quotes looks like one. The first piece is right; each next one is when it starts where
 * the one before ended, and is read again from there when it does not.
 */
export async function settle(
  files: readonly SizedFile[],
  tasks: readonly ReadTask[],
  read: readonly RangeRead[],
  again: (task: ReadTask) => Promise<RangeRead>,
): Promise<Settled> {
  const places = tasks.map((): RangePlace => ({ side: -1, firstRow: 0 }));
  const ranges: ReadRange[][] = [];
  for (const { file, side } of files) {
    const kept: ReadRange[] = [];
    let [end, firstRow, firstLine] = [0, 0, 0];
    for (const task of tasks.filter((one) => one.file === file)) {
      let found = read[task.range] as RangeRead;
      let { range, start: offset } = task;
      if (task.start > 0 && found.start !== end) {
        // All of it may lie inside one row of the piece before.
        if (end >= task.limit) continue;
        range = places.length;
        offset = end;
        found = await again({ range, file, start: end, limit: task.limit, exact: true });
      }
      places[range] = { side, firstRow };
      kept.push({ ...found, offset, firstRow, firstLine });
      firstRow += found.rows;
      firstLine += found.lines;
      end = found.end;
    }
    ranges[file] = kept;
  }
  return { places, ranges };
}
