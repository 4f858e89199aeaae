/** The fast join: bytes or records of three sides in, groups of row numbers out. Pure; runs in any thread of Node or a browser. */

export { SIDES, type Side, type SideRecord, type UnreadableRow } from '../types.ts';
export { CodeBook, normalCode } from './code.ts';
export type { Tolerance as JoinTolerance, Tolerances as JoinTolerances } from './compare.ts';
export { RangeFeed } from './feed.ts';
export { Kernel, type KernelOptions, type KernelOutcome, type KernelSource, type Linked } from './kernel.ts';
export { MASK, MAX_READERS, partitionBits, SIDE_INDEX } from './layout.ts';
export type { ColumnMapping } from './mapping.ts';
export { merge, outputOf, type RangePlace, type ReaderOutput } from './merge.ts';
export { assemble, type JoinGroup, type JoinOutcome } from './outcome.ts';
export { bySide, type EngineOptions, joinRecords } from './records.ts';
export { type ReadRange, RowIndex, recordOf, rowIn, unreadableRow } from './rows.ts';
export { planOf, type RangeOutcome, RowSink } from './sink.ts';
export { PartitionStore } from './store.ts';
export {
  BYTES_PER_ROW,
  joinStreams,
  type StreamJoin,
  type StreamOptions,
  type StreamSource,
  toldByMapping,
} from './stream.ts';
export { FoundRows, type IndexedSource } from './window.ts';
