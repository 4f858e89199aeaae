import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Cell,
  type CellKey,
  type CellMark,
  cellId,
  type JobSpec,
  type JobStore,
  type JournalLine,
  type Memory,
  markOf,
  textDigest,
} from '../lib/reconcile/index.ts';
import { readLines, writeLines } from './job-files.ts';

const SPEC = 'job.ndjson';
const CELLS = 'cells';
const EARLIER = 'earlier.ndjson';
const LEFT = 'left.ndjson';
const JOURNAL = 'journal.ndjson';

/**
 * A job in a folder: one file a cell, written beside its place, flushed, then renamed. The name is the mark: a cell whose file has its
 * name and its closing line is done, anything else was never there. One process at a time (see job-lock.ts), so the
 * fence of `claim` needs to hold within the process only.
 */
export class FileJobStore implements JobStore {
  readonly #folder: string;
  readonly #epochs = new Map<string, number>();
  #marks: Map<string, CellMark> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  async spec(): Promise<JobSpec | null> {
    return (readLines(this.#path(SPEC))?.[0] as JobSpec | undefined) ?? null;
  }

  async start(spec: JobSpec, earlier: readonly Memory[]): Promise<void> {
    writeLines(this.#path(EARLIER), earlier);
    // Last: a job without its description was never started.
    writeLines(this.#path(SPEC), [spec]);
  }

  async earlier(): Promise<Memory[]> {
    return (readLines(this.#path(EARLIER)) ?? []) as Memory[];
  }

  async claim(key: CellKey): Promise<number> {
    const epoch = (this.#epochs.get(cellId(key)) ?? 0) + 1;
    this.#epochs.set(cellId(key), epoch);
    return epoch;
  }

  async commit(key: CellKey, epoch: number, cell: Cell): Promise<boolean> {
    if (this.#epochs.get(cellId(key)) !== epoch) return false;
    const mark = markOf(key, cell);
    const { records, unreadable, asked } = cell;
    const head = { mark, records: records.length, unreadable: unreadable.length, asked: asked !== undefined };
    writeLines(this.#cellPath(key), [head, ...records, ...unreadable, ...(asked ?? [])]);
    this.#known().set(cellId(key), mark);
    return true;
  }

  async marks(): Promise<CellMark[]> {
    return [...this.#known().values()];
  }

  async get(key: CellKey): Promise<Cell | null> {
    const lines = readLines(this.#cellPath(key));
    const head = lines?.[0] as { records: number; unreadable: number; asked: boolean } | undefined;
    if (!lines || !head) return null;
    const rows = lines.slice(1);
    const end = head.records + head.unreadable;
    return {
      records: rows.slice(0, head.records) as Cell['records'],
      unreadable: rows.slice(head.records, end) as Cell['unreadable'],
      ...(head.asked && { asked: rows.slice(end) as NonNullable<Cell['asked']> }),
    };
  }

  async journal(line: JournalLine): Promise<void> {
    appendFileSync(this.#path(JOURNAL), `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  async leave(entries: readonly Memory[]): Promise<void> {
    writeLines(this.#path(LEFT), entries);
  }

  async left(): Promise<Memory[]> {
    return (readLines(this.#path(LEFT)) ?? []) as Memory[];
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  #cellPath(key: CellKey): string {
    const { phase, side, partition } = key;
    return join(this.#folder, CELLS, `${phase}-${side}`, partition.day || '_', `${fileNameOf(partition.unit)}.ndjson`);
  }

  /** What is done, from the names on the disk; a file that is not whole is thrown away, as if it had never been. */
  #known(): Map<string, CellMark> {
    if (this.#marks) return this.#marks;
    const marks = new Map<string, CellMark>();
    const root = this.#path(CELLS);
    const names = existsSync(root) ? (readdirSync(root, { recursive: true }) as string[]) : [];
    for (const name of names) {
      const path = join(root, name);
      if (name.endsWith('.part')) rmSync(path, { force: true });
      if (!name.endsWith('.ndjson')) continue;
      const mark = (readLines(path)?.[0] as { mark?: CellMark } | undefined)?.mark;
      if (mark) marks.set(cellId(mark.key), mark);
      else rmSync(path, { force: true });
    }
    this.#marks = marks;
    return marks;
  }
}

/** Codes stay readable; other names, of any characters and length, get a digest, for a disk may not tell `Ấp` from `ấp`. */
function fileNameOf(unit: string): string {
  if (unit === '') return '_';
  if (/^[0-9A-Z][0-9A-Z.-]{0,80}$/.test(unit)) return unit;
  return `${encodeURIComponent(unit).replace(/\*/g, '%2A').slice(0, 100)}~${textDigest(unit)}`;
}
