import { SIDES, type Side } from '../types.ts';
import { CodeBook } from './code.ts';
import { RangeFeed } from './feed.ts';
import { Kernel, type KernelOptions } from './kernel.ts';
import { MASK, partitionBits, SIDE_INDEX } from './layout.ts';
import type { ColumnMapping } from './mapping.ts';
import { merge, outputOf, type RangePlace } from './merge.ts';
import { assemble, type JoinOutcome } from './outcome.ts';
import { bySide, type EngineOptions } from './records.ts';
import { type ReadRange, RowIndex } from './rows.ts';
import { planOf, RowSink } from './sink.ts';
import { PartitionStore } from './store.ts';

export interface StreamSource {
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  mapping: ColumnMapping;
}

export interface StreamOptions extends EngineOptions {
  /** About how many bytes will come in all: decides how finely the rows are split up, never what is found. */
  bytes?: number;
  /** Told after each chunk how many rows there were so far. */
  onRows?: (rows: number) => void;
}

export interface StreamJoin {
  outcome: JoinOutcome;
  indexes: Partial<Record<Side, RowIndex>>;
}

/** Fields that a file of this mapping tells. */
export const toldByMapping = (mapping: ColumnMapping | undefined): number =>
  mapping === undefined
    ? 0
    : (mapping.status === undefined ? 0 : MASK.status) |
      (mapping.receivedAt === undefined ? 0 : MASK.received) |
      (mapping.dueAt === undefined ? 0 : MASK.due) |
      (mapping.finishedAt === undefined ? 0 : MASK.finish) |
      (mapping.procedure === undefined ? 0 : MASK.procedure) |
      (mapping.result === undefined ? 0 : MASK.result);

/** Rows of delimited text are mostly about so long. */
export const BYTES_PER_ROW = 90;

/**
 * Full outer join of delimited files in one thread, chunk after chunk: for a worker of the extension (the bytes of a `File`'s stream).
 * Nothing of the files is kept but the packed rows; rows are found again through `indexes` and a second reading.
 */
export async function joinStreams(
  sources: Partial<Record<Side, StreamSource>>,
  options: StreamOptions,
): Promise<StreamJoin> {
  const bits = partitionBits((options.bytes ?? 1 << 28) / BYTES_PER_ROW);
  const sink = new RowSink(new PartitionStore(bits, (bytes) => new ArrayBuffer(bytes)), new CodeBook());
  const places: RangePlace[] = [];
  const indexes: Partial<Record<Side, RowIndex>> = {};
  const rows = [0, 0, 0];
  const refused = [0, 0, 0];
  for (const side of SIDES) {
    const source = sources[side];
    places.push({ side: SIDE_INDEX[side], firstRow: 0 });
    if (source === undefined) continue;
    const before = rows.reduce((sum, count) => sum + count, 0);
    const range = await readStream(source, sink, SIDE_INDEX[side], () => options.onRows?.(before + sink.row));
    rows[SIDE_INDEX[side]] = range.rows;
    refused[SIDE_INDEX[side]] = range.refused.length / 2;
    indexes[side] = new RowIndex([range]);
  }
  const { sources: merged, linked, book } = merge([outputOf(sink)], places, bits, (words) => new Int32Array(words));
  const how: KernelOptions = {
    tolerances: options.tolerance,
    asked: options.sides.map((side) => SIDE_INDEX[side]),
    told: SIDES.map((side) => toldByMapping(sources[side]?.mapping)),
  };
  const kernel = new Kernel(merged, linked, how);
  for (let p = 0; p < 1 << bits; p++) kernel.join(p);
  return { outcome: assemble([kernel.outcome()], book, how, bySide(rows), bySide(refused)), indexes };
}

async function readStream(
  { chunks, mapping }: StreamSource,
  sink: RowSink,
  range: number,
  onChunk: () => void,
): Promise<ReadRange> {
  const feed = new RangeFeed(planOf(mapping), sink);
  feed.begin({
    range,
    limit: Number.POSITIVE_INFINITY,
    fileStart: true,
    headerRows: mapping.headerRows,
    seek: false,
  });
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const room = feed.room();
      const piece = chunk.subarray(at, at + room.length);
      room.set(piece);
      feed.filled(piece.length, false);
      at += piece.length;
    }
    onChunk();
  }
  feed.filled(0, true);
  return { ...feed.end(), offset: 0, firstRow: 0, firstLine: 0 };
}
