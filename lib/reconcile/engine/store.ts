import { RECORD_WORDS } from './layout.ts';

/** Words of a block: previous block of its partition (+1), range, records, row of the range it was begun at; then 42 records. */
export const BLOCK_WORDS = 256;
export const BLOCK_HEAD = 4;
const BLOCK_MASK = BLOCK_WORDS - 1;

/** A piece of memory with the blocks of all partitions; what travels between threads. */
export interface Arena {
  words: Int32Array;
  /** Last block (+1) of each partition. */
  heads: Int32Array;
}

export type Allocate = (bytes: number) => ArrayBufferLike;

const SMALLEST = 1 << 16;
const LARGEST = 1 << 25;

/**
 * Rows scattered over 2^bits partitions, in blocks of one kilobyte, so that a partition is read in one go and nothing has to be known
 * beforehand about how many rows there are. Only one thread writes into a store.
 */
export class PartitionStore {
  readonly bits: number;
  readonly arenas: Arena[] = [];
  /** Records of each partition in blocks that have ended. */
  readonly counts: Int32Array;
  /** Where the next record of each partition goes; on a block border there is no room. */
  readonly cursor: Int32Array;
  words: Int32Array = new Int32Array(0);
  #heads: Int32Array;
  #next = 0;
  #range = 0;
  #allocate: Allocate;

  constructor(bits: number, allocate: Allocate) {
    this.bits = bits;
    this.#allocate = allocate;
    this.counts = new Int32Array(allocate(4 << bits));
    this.cursor = new Int32Array(1 << bits);
    this.#heads = new Int32Array(0);
  }

  /** Rows from here on belong to this range. */
  begin(range: number): void {
    this.close();
    this.#range = range;
  }

  /** Makes room for records of a partition, from this row on; where the next one goes in `words` (which may be others than before). */
  room(partition: number, row: number): number {
    const at = this.cursor[partition] as number;
    if (at > 0) this.#end(partition, at - BLOCK_WORDS, (BLOCK_WORDS - BLOCK_HEAD) / RECORD_WORDS);
    if (this.#next + BLOCK_WORDS > this.words.length) {
      this.cursor[partition] = 0;
      this.#grow();
    }
    const block = this.#next;
    this.#next += BLOCK_WORDS;
    this.words[block] = this.#heads[partition] as number;
    this.words[block + 1] = this.#range;
    this.words[block + 3] = row;
    this.#heads[partition] = block + 1;
    this.cursor[partition] = block + BLOCK_HEAD;
    return block + BLOCK_HEAD;
  }

  /**
   * Ends the open blocks that were begun before that row (by default all: afterwards the arenas can be read). A record holds the lower
   * bits of its row only, so that no block may run over more rows than they count.
   */
  close(before = Number.POSITIVE_INFINITY): void {
    const { cursor, words } = this;
    for (let p = 0; p < cursor.length; p++) {
      const at = cursor[p] as number;
      if (at === 0) continue;
      const block = (at - 1) & ~BLOCK_MASK;
      if ((words[block + 3] as number) >= before) continue;
      this.#end(p, block, (at - block - BLOCK_HEAD) / RECORD_WORDS);
      cursor[p] = 0;
    }
  }

  #end(partition: number, block: number, records: number): void {
    this.words[block + 2] = records;
    this.counts[partition] = (this.counts[partition] as number) + records;
  }

  #grow(): void {
    this.close();
    const least = (BLOCK_WORDS * 4) << this.bits;
    const bytes = Math.min(LARGEST, Math.max(SMALLEST, least, this.words.byteLength * 2));
    this.words = new Int32Array(this.#allocate(bytes));
    this.#heads = new Int32Array(this.#allocate(4 << this.bits));
    this.#next = 0;
    this.arenas.push({ words: this.words, heads: this.#heads });
  }
}
