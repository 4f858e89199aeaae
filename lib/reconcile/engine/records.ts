import { SIDES, type Side, type SideRecord } from '../types.ts';
import { CodeBook } from './code.ts';
import type { Tolerances } from './compare.ts';
import { Fields } from './fields.ts';
import { Kernel, type KernelOptions } from './kernel.ts';
import {
  CLOSE_EVERY,
  DAY_DUE,
  DAY_FINISH,
  DAY_RECEIVED,
  MASK,
  MOMENT_BEYOND,
  PROCEDURE_BEYOND,
  partitionBits,
  partitionOf,
  RESULT_NO,
  RESULT_YES,
  SIDE_INDEX,
  STATUS_NONE,
} from './layout.ts';
import { merge, outputOf, type RangePlace } from './merge.ts';
import { assemble, type JoinOutcome } from './outcome.ts';
import { REASON, RowSink } from './sink.ts';
import { BLOCK_WORDS, PartitionStore } from './store.ts';

export interface EngineOptions {
  /** Sides asked; a side that was not is never missing. */
  sides: readonly Side[];
  tolerance: Tolerances;
}

const utf8 = new TextEncoder();

/** A record as it lies in a partition, without its key. */
function valuesOf(record: SideRecord, procedureOf: (text: string) => number) {
  const moment = (second: number | undefined) => {
    if (second === undefined) return 0;
    const whole = Math.floor(second);
    return whole > 0 && whole < 0xffffffff ? whole | 0 : MOMENT_BEYOND;
  };
  const dayOnly = record.dayOnly ?? [];
  const days =
    (dayOnly.includes('receivedAt') ? DAY_RECEIVED : 0) |
    (dayOnly.includes('dueAt') ? DAY_DUE : 0) |
    (dayOnly.includes('finishedAt') ? DAY_FINISH : 0);
  const procedure = record.procedure === undefined ? 0 : procedureOf(record.procedure);
  const moments = [moment(record.receivedAt), moment(record.dueAt), moment(record.finishedAt)] as const;
  const beyond = procedure === PROCEDURE_BEYOND || moments.includes(MOMENT_BEYOND) ? 4 : 0;
  const status =
    record.status === undefined ? STATUS_NONE : record.status >= 0 && record.status <= 10 ? record.status : 0;
  const result = record.hasResult === undefined ? 0 : record.hasResult ? RESULT_YES : RESULT_NO;
  return { status, second: (result << 6) | (days << 3) | beyond | (procedure >>> 12), procedure, moments };
}

/** Fields that at least one record tells. */
function toldBy(records: readonly SideRecord[]): number {
  let told = 0;
  for (const record of records) {
    if (record.status !== undefined) told |= MASK.status;
    if (record.receivedAt !== undefined) told |= MASK.received;
    if (record.dueAt !== undefined) told |= MASK.due;
    if (record.finishedAt !== undefined) told |= MASK.finish;
    if (record.procedure !== undefined) told |= MASK.procedure;
    if (record.hasResult !== undefined) told |= MASK.result;
  }
  return told;
}

/**
 * Full outer join of records in memory over all their codes, on the same kernel that joins files. A record without a code is an
 * unreadable row. Rows of one dossier that are not word for word the same are always a group: the caller's rules decide.
 */
export function joinRecords(
  records: Partial<Record<Side, readonly SideRecord[]>>,
  { sides, tolerance }: EngineOptions,
): JoinOutcome {
  const lists = SIDES.map((side) => records[side] ?? []);
  const bits = partitionBits(lists.reduce((sum, list) => sum + list.length, 0));
  const sink = new RowSink(new PartitionStore(bits, (bytes) => new ArrayBuffer(bytes)), new CodeBook());
  const unreadable = lists.map((list, side) => readList(list, side, sink));
  const ranges = lists.map((_, side): RangePlace => ({ side, firstRow: 0 }));
  const { sources, linked, book } = merge([outputOf(sink)], ranges, bits, (words) => new Int32Array(words));
  const options: KernelOptions = {
    tolerances: tolerance,
    asked: sides.map((side) => SIDE_INDEX[side]),
    told: lists.map(toldBy),
  };
  const kernel = new Kernel(sources, linked, options);
  for (let p = 0; p < 1 << bits; p++) kernel.join(p);
  return assemble([kernel.outcome()], book, options, bySide(lists.map((list) => list.length)), bySide(unreadable));
}

export const bySide = (counts: readonly number[]): Record<Side, number> =>
  Object.fromEntries(SIDES.map((side, i) => [side, counts[i] ?? 0])) as Record<Side, number>;

/** Puts the records of a side into partitions; how many have no code. */
function readList(list: readonly SideRecord[], side: number, sink: RowSink): number {
  const { store, book } = sink;
  const fields = new Fields({ kinds: new Uint8Array(0), delimiter: 0, falseZ: false, statusOf: () => undefined }, sink);
  const numbers = new Map<string, number>();
  const procedureOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const bytes = utf8.encode(text.normalize('NFC'));
    const number = fields.procedureOf(bytes, 0, bytes.length);
    numbers.set(text, number);
    return number;
  };
  let unreadable = 0;
  let scratch = new Uint8Array(512);
  sink.begin(side);
  for (const record of list) {
    if (record.code.length * 3 > scratch.length) scratch = new Uint8Array(record.code.length * 3);
    const { written } = utf8.encodeInto(record.code, scratch);
    if (!book.read(scratch, 0, written)) {
      unreadable++;
      sink.refuse(REASON.code);
    } else {
      const { day, shape, sequence, hash } = book;
      const { status, second, procedure, moments } = valuesOf(record, procedureOf);
      const partition = partitionOf(hash, store.bits);
      let to = store.cursor[partition] as number;
      if ((to & (BLOCK_WORDS - 1)) === 0) to = store.room(partition, sink.row);
      store.words[to] = (day << 16) | (shape << 4) | status;
      store.words[to + 1] = (sequence << 8) | second;
      store.words[to + 2] = (sink.row << 12) | (procedure & 0xfff);
      for (let i = 0; i < 3; i++) store.words[to + 3 + i] = moments[i] as number;
      store.cursor[partition] = to + 6;
      for (const alias of record.aliases ?? []) {
        const bytes = utf8.encode(alias);
        sink.linkOne(bytes, 0, bytes.length, day, shape, sequence);
      }
    }
    if ((++sink.row & (CLOSE_EVERY - 1)) === 0) sink.endOldBlocks();
  }
  sink.end();
  return unreadable;
}
