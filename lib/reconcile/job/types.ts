/**
 * A reconciliation as a job: what it reads, in which pieces, and where it keeps them. Everything here is pure; readers
 * (connectors) and stores (files, IndexedDB, later PostgreSQL) come from outside.
 */

import type { Side, SideRecord, UnreadableRow } from '../types.ts';

/** One unit on one day of receipt. `''` as unit: all that the account may see; `''` as day: not bound to a day. */
export interface Partition {
  unit: string;
  /** ISO day of receipt, UTC+7. */
  day: string;
}

export interface ReadOutcome {
  records: SideRecord[];
  unreadable: UnreadableRow[];
}

/** The strings of `FailureKind` in connectors/errors.ts: rooms of lib may not import connectors. */
export type FailureKindText =
  | 'auth'
  | 'permission'
  | 'network'
  | 'timeout'
  | 'rate'
  | 'schema'
  | 'duplicate'
  | 'upstream'
  | 'cancelled';

export interface ReaderFailure {
  kind: FailureKindText;
  /** In Vietnamese, for a person; no secret, nothing of a citizen. */
  message: string;
  /** Service or path, without values. */
  call?: string;
  /** Seconds that the other side asked to wait. */
  retryAfter?: number;
}

export type ReadResult<T> = { ok: true; value: T } | { ok: false; error: ReaderFailure };

/** How a source can be read: by window, only code by code, or in one go (a file). */
export type ReadMode = 'list' | 'lookup' | 'whole';

export interface Estimate {
  calls: number;
  /** Calls a second that are allowed; undefined: no limit known. */
  perSecond?: number;
}

/**
 * One side's source. A reader never throws for what the other side did: failures are data, because "no answer" must
 * never look like "no such dossier".
 */
export interface SourceReader {
  side: Side;
  mode: ReadMode;
  /** Calls needed for these partitions (`list`) or for so many codes (`lookup`). */
  estimate?(partitions: readonly Partition[], codes?: number): Estimate;
  /** All dossiers received in the unit on the day. */
  list?(partition: Partition, signal: AbortSignal): Promise<ReadResult<ReadOutcome>>;
  /**
   * One dossier by any of its codes; null: the system answered and has none. A row that is there but makes no sense is a value, too:
   * asking again would bring the same. A `list` reader may have it as well: a dossier that its lists did not show is then
   * asked for before it is called missing.
   */
  lookup?(codes: string[], signal: AbortSignal): Promise<ReadResult<SideRecord | UnreadableRow | null>>;
  /** Everything, in pieces. What cannot be read at all is thrown (a file that is not there). */
  whole?(signal: AbortSignal): AsyncIterable<ReadOutcome>;
}

/** `read`: lists and files; `ask`: code by code, for the dossiers that `read` found on the other sides. */
export type Phase = 'read' | 'ask';

/** The smallest piece of a job: it is done as a whole or not at all. */
export interface CellKey {
  phase: Phase;
  side: Side;
  partition: Partition;
}

/** What a cell brought. The same input gives the same bytes: no times, order fixed. */
export interface Cell {
  records: SideRecord[];
  unreadable: UnreadableRow[];
  /** `ask` only: dossiers (by the code they were asked with) and what is known of each, in order of the code. */
  asked?: AskedDossier[];
}

export interface AskedDossier {
  code: string;
  /** Digest of what the other sides said of the dossier when it was asked for. */
  digest: string;
  /** Place in `records`; null: the system answered that it has none. Left out: no answer. */
  record?: number | null;
  /** Place in `unreadable`, when the system has it but the row makes no sense. */
  unreadable?: number;
  unanswered?: { kind: FailureKindText; message: string };
  /** The answer of an earlier run stands, because nothing has changed since. */
  reused?: true;
  /** Unchanged, but asked again as part of the random sample. */
  sampled?: true;
}

/** What a store tells of a cell that is done. */
export interface CellMark {
  key: CellKey;
  /** Of its records, in whatever order (`read`), or of what was asked (`ask`): tells whether anything has changed. */
  digest: string;
  records: number;
  unreadable: number;
  /** Dossiers of an `ask` cell that got no answer: asked again when the job goes on. */
  unanswered: number;
}

/** One source of a job, in words that hold no secret. */
export interface JobSource {
  side: Side;
  mode: ReadMode;
  /** As the user named it: `file:thang-11.csv`, `lgsp-thu-duc`. */
  name: string;
  /** Also answers code by code (see `SourceReader.lookup`). */
  lookup: boolean;
}

/** What a job is; fixed when it starts, so that going on later means the same job. */
export interface JobSpec {
  version: 1;
  sources: JobSource[];
  units: string[];
  /** ISO days, both included; null when no source is read by window and the period was not asked for. */
  period: { from: string; to: string } | null;
  /** The moment the job stands for: epoch seconds. The only time that reaches its results. */
  now: number;
  /** Decides the random sample of unchanged dossiers that are asked again. */
  seed: string;
  /** Dossiers of that sample; null: two in a hundred, at least 30. */
  recheck: number | null;
}

/** What is kept of a dossier from one run to the next. Holds codes, digests and the compared fields only. */
export interface Memory {
  side: Side;
  code: string;
  /** What the other sides said, see `AskedDossier.digest`. */
  digest: string;
  /** What this side answered. */
  answer: SideRecord | null;
  /** Runs in a row in which the dossier was equal and closed; from 2 on it is frozen. */
  equalRuns: number;
  /** Was it equal (or different for an expected reason) in the last run? Others are always asked again. */
  settled: boolean;
}

/** A line of the job's diary: for people and tests, never read back for decisions. */
export interface JournalLine {
  /** Epoch milliseconds. */
  at: number;
  event: 'start' | 'done' | 'failed' | 'side-stopped' | 'pause' | 'finish';
  key?: CellKey;
  kind?: FailureKindText;
  message?: string;
  count?: number;
}

/**
 * Where a job lives. `commit` must be atomic: afterwards the cell is done with exactly this content, or nothing has
 * changed, also when the machine dies in the middle. An epoch is a fence: a worker that was frozen while another one
 * claimed the same cell cannot overwrite it.
 */
export interface JobStore {
  /** The job in this store; null: none was started. */
  spec(): Promise<JobSpec | null>;
  /** Starts the job, with what an earlier one left behind: both or neither. Only for a store without a job. */
  start(spec: JobSpec, earlier: readonly Memory[]): Promise<void>;
  /** What the earlier job left. */
  earlier(): Promise<Memory[]>;
  claim(key: CellKey): Promise<number>;
  /** False: somebody else has claimed the cell since, and nothing was written. */
  commit(key: CellKey, epoch: number, cell: Cell): Promise<boolean>;
  /** Marks of all cells that are done, in any order. */
  marks(): Promise<CellMark[]>;
  get(key: CellKey): Promise<Cell | null>;
  journal(line: JournalLine): Promise<void>;
  /** What this job leaves to the next; replaces what is there. */
  leave(entries: readonly Memory[]): Promise<void>;
  left(): Promise<Memory[]>;
}

/** A cell that could not be done, and why. */
export interface NotDone {
  partition: Partition;
  side: Side;
  kind: FailureKindText;
  message: string;
  /** `ask` cells: so many dossiers without an answer; undefined: the whole partition. */
  dossiers?: number;
}

export interface PlanLine {
  side: Side;
  name: string;
  mode: ReadMode;
  /** Cells, and those already done. */
  partitions: number;
  done: number;
  /** Undefined: nobody can tell before the lists are read. */
  calls?: number;
  perSecond?: number;
  /** At the allowed rate. */
  seconds?: number;
}

/** What a job will do, shown before it runs. */
export interface JobPlan {
  partitions: Partition[];
  lines: PlanLine[];
  /** Sides are read at the same time: the slowest of the lists, then the slowest of the questions. */
  seconds?: number;
  /** Sentences in Vietnamese on what this job cannot see. */
  notes: string[];
}

export type JobEvent =
  | { type: 'plan'; plan: JobPlan }
  | { type: 'cell'; key: CellKey; records: number; unreadable: number }
  | { type: 'failed'; key: CellKey; kind: FailureKindText; message: string; attempt: number; again: boolean }
  | { type: 'side-stopped'; side: Side; kind: FailureKindText; message: string }
  | {
      type: 'progress';
      phase: Phase;
      /** Cells. */
      done: number;
      total: number;
      /** Dossiers read or asked since this process began, and per second lately. */
      dossiers: number;
      perSecond: number;
      /** Undefined: too early to tell. */
      secondsLeft?: number;
    };
