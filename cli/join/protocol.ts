import type {
  ColumnMapping,
  KernelOptions,
  KernelOutcome,
  KernelSource,
  Linked,
  RangeOutcome,
  ReaderOutput,
} from '../../lib/reconcile/engine/index.ts';

/** A piece of a file for one worker. Offsets are those of the file. */
export interface ReadTask {
  range: number;
  /** Number of the file. */
  file: number;
  start: number;
  /** Rows that start here or behind belong to the next range. */
  limit: number;
  /** The range starts at a row for certain; else the first row is sought. */
  exact: boolean;
}

export interface JoinTask {
  sources: KernelSource[];
  linked: Linked;
  options: KernelOptions;
  partitions: number;
  /** Next partition that nobody has taken. */
  next: Int32Array;
}

export interface WorkerStart {
  files: { path: string; mapping: ColumnMapping }[];
  bits: number;
}

export type ToWorker = { read: ReadTask } | { finish: true } | { join: JoinTask };

export type RangeRead = RangeOutcome & { start: number; end: number };

export type FromWorker = { range: number; read: RangeRead } | { output: ReaderOutput } | { kernel: KernelOutcome };
