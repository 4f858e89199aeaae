import { oddId } from './code.ts';
import { Comparer, sameWords, type Tolerances } from './compare.ts';
import {
  CITY,
  FLAG_BEYOND,
  FLAG_DAYS,
  FLAG_PROCEDURE,
  JOINED_PROCEDURE_BEYOND,
  JOINED_WORDS,
  LGSP,
  MASK,
  MISSING,
  NATIONAL,
  ODD_SHAPE,
  PROCEDURE_BEYOND,
  RECORD_WORDS,
  ROW_BITS,
} from './layout.ts';
import { Growing } from './sink.ts';
import { type Arena, BLOCK_HEAD } from './store.ts';

/** Rows of one reader, with what its numbers mean to all. */
export interface KernelSource {
  arenas: readonly Arena[];
  /** Records of each partition, at most. */
  counts: Int32Array;
  /** Side of each range; -1: the range was read in vain and does not count. */
  rangeSides: Int8Array;
  /** Row of the side that a range's first row is. */
  rangeRows: Uint32Array;
  /** Shape of the reader → shape of all, shifted to its place in the key. */
  shapes: Int32Array;
  /** Odd code of the reader → both words of the key. */
  odd: Int32Array;
  /** Procedure of the reader → procedure of all. */
  procedures: Int32Array;
}

/** Codes that a second code names: their rows are joined by dossier afterwards. Triples of key, key, dossier, by partition. */
export interface Linked {
  keys: Int32Array;
  /** First triple of each partition, and one more. */
  starts: Uint32Array;
}

export interface KernelOptions {
  tolerances: Tolerances;
  /** Sides asked, as numbers. */
  asked: readonly number[];
  /** Fields that each side tells. */
  told: readonly number[];
}

/** What the partitions of one kernel gave. */
export interface KernelOutcome {
  /** mask, key, key, rows of city, national, lgsp (numbers of them), then the rows. */
  groups: Uint32Array;
  /** Plainly equal rows of each side. */
  equal: number[];
  /** Rows of linked codes: dossier, side, then the joined row. */
  linked: Uint32Array;
  /** Earliest and latest moment of receipt, epoch seconds; the first is beyond the second when no row tells one. */
  received: [number, number];
}

export const GROUP_HEAD = 6;
export const LINKED_WORDS = 2 + JOINED_WORDS;
const ENTRY_WORDS = 6;
const ROW_MASK = (1 << ROW_BITS) - 1;

/** Full outer join of three sides, one partition at a time: an open-addressing table over exact keys. */
export class Kernel {
  #sources: readonly KernelSource[];
  #linked: Linked;
  #missing: number;
  #comparer: Comparer;
  #rows: Int32Array = new Int32Array(1024 * JOINED_WORDS);
  #slots: Int32Array = new Int32Array(0);
  /** key, key, last row (+1) of each side, linked dossier (+1). */
  #entries: Int32Array = new Int32Array(1024 * ENTRY_WORDS);
  #groups = new Growing();
  #linkedRows = new Growing();
  #equal = [0, 0, 0];
  #received: [number, number] = [2 ** 32, 0];
  #at: number[] = [];
  #sides: number[] = [];
  /** Entry that `enter` found or made. */
  #last = 0;

  constructor(sources: readonly KernelSource[], linked: Linked, options: KernelOptions) {
    this.#sources = sources;
    this.#linked = linked;
    this.#missing = options.asked.reduce((mask, side) => mask | (MISSING[side] as number), 0);
    this.#comparer = new Comparer(options.tolerances, options.told);
  }

  outcome(): KernelOutcome {
    return {
      groups: this.#groups.take(),
      equal: this.#equal,
      linked: this.#linkedRows.take(),
      received: this.#received,
    };
  }

  join(partition: number): void {
    let records = 0;
    for (const { counts } of this.#sources) records += counts[partition] as number;
    const first = this.#linked.starts[partition] as number;
    const behind = this.#linked.starts[partition + 1] as number;
    const most = records + behind - first;
    if (most === 0) return;
    this.#reserve(records, most);
    let entries = 0;
    for (let i = first; i < behind; i++) {
      const { keys } = this.#linked;
      entries = this.#enter(keys[i * 3] as number, keys[i * 3 + 1] as number, entries);
      this.#entries[this.#last * ENTRY_WORDS + 5] = (keys[i * 3 + 2] as number) + 1;
    }
    let rows = 0;
    for (const source of this.#sources) {
      for (const arena of source.arenas) {
        for (let block = arena.heads[partition] as number; block > 0; block = arena.words[block - 1] as number) {
          const side = source.rangeSides[arena.words[block] as number] as number;
          if (side < 0) continue;
          const count = arena.words[block + 1] as number;
          entries = this.#take(source, arena.words, block - 1, count, side, rows, entries);
          rows += count;
        }
      }
    }
    this.#judge(entries);
  }

  #reserve(records: number, most: number): void {
    if (this.#rows.length < records * JOINED_WORDS)
      this.#rows = new Int32Array(Math.ceil(records * 1.2) * JOINED_WORDS);
    if (this.#entries.length < most * ENTRY_WORDS) this.#entries = new Int32Array(Math.ceil(most * 1.2) * ENTRY_WORDS);
    let slots = 1024;
    while (slots < most) slots *= 2;
    if (this.#slots.length < slots) this.#slots = new Int32Array(slots * 2);
    else this.#slots.fill(0);
  }

  #enter(key0: number, key1: number, count: number): number {
    const slots = this.#slots;
    const entries = this.#entries;
    const wrap = slots.length - 1;
    let h = Math.imul(key0 ^ Math.imul(key1, 0x9e3779b1), 0x85ebca6b);
    h ^= h >>> 15;
    for (let slot = h & wrap; ; slot = (slot + 1) & wrap) {
      const entry = slots[slot] as number;
      if (entry === 0) {
        const e = count * ENTRY_WORDS;
        slots[slot] = count + 1;
        entries[e] = key0;
        entries[e + 1] = key1;
        entries[e + 2] = 0;
        entries[e + 3] = 0;
        entries[e + 4] = 0;
        entries[e + 5] = 0;
        this.#last = count;
        return count + 1;
      }
      const e = (entry - 1) * ENTRY_WORDS;
      if (entries[e] === key0 && entries[e + 1] === key1) {
        this.#last = entry - 1;
        return count;
      }
    }
  }

  /** Takes the records of a block in: their numbers become those of all, and each hangs itself to its key. */
  #take(
    source: KernelSource,
    words: Int32Array,
    block: number,
    count: number,
    side: number,
    row: number,
    entryCount: number,
  ): number {
    const { shapes, odd, procedures } = source;
    const begun = words[block + 3] as number;
    const firstRow = (source.rangeRows[words[block + 1] as number] as number) + begun;
    const rows = this.#rows;
    const entries = this.#entries;
    const slots = this.#slots;
    const wrap = slots.length - 1;
    let known = entryCount;
    let [earliest, latest] = this.#received;
    let to = row * JOINED_WORDS;
    const behind = block + BLOCK_HEAD + count * RECORD_WORDS;
    for (let at = block + BLOCK_HEAD; at < behind; at += RECORD_WORDS, to += JOINED_WORDS) {
      const w0 = words[at] as number;
      const w1 = words[at + 1] as number;
      const w2 = words[at + 2] as number;
      const shape = (w0 >>> 4) & ODD_SHAPE;
      let key0 = (shapes[shape] as number) | (w0 >>> 16);
      let key1 = w1 >>> 8;
      if (shape === ODD_SHAPE) {
        const id = oddId(w0 >>> 16, key1) * 2;
        key0 = odd[id] as number;
        key1 = odd[id + 1] as number;
      }
      const local = ((w1 & 3) << 12) | (w2 & 0xfff);
      const procedure = local === PROCEDURE_BEYOND ? JOINED_PROCEDURE_BEYOND : (procedures[local] as number);
      rows[to] = key0;
      rows[to + 1] = key1;
      rows[to + 2] =
        (w0 & 15) |
        (((w1 >>> 6) & 3) << 4) |
        (((w1 >>> 3) & 7) << FLAG_DAYS) |
        ((w1 & 4) === 0 ? 0 : FLAG_BEYOND) |
        (procedure << FLAG_PROCEDURE);
      const received = (words[at + 3] as number) >>> 0;
      if (received > latest) latest = received;
      if (received !== 0 && received < earliest) earliest = received;
      rows[to + 3] = received;
      rows[to + 4] = words[at + 4] as number;
      rows[to + 5] = words[at + 5] as number;
      rows[to + 6] = firstRow + (((w2 >>> 12) - begun) & ROW_MASK);

      let h = Math.imul(key0 ^ Math.imul(key1, 0x9e3779b1), 0x85ebca6b);
      h ^= h >>> 15;
      for (let slot = h & wrap; ; slot = (slot + 1) & wrap) {
        const entry = slots[slot] as number;
        if (entry === 0) {
          const e = known * ENTRY_WORDS;
          slots[slot] = ++known;
          entries[e] = key0;
          entries[e + 1] = key1;
          entries[e + 2] = 0;
          entries[e + 3] = 0;
          entries[e + 4] = 0;
          entries[e + 5] = 0;
          entries[e + 2 + side] = to + 1;
          rows[to + 7] = 0;
          break;
        }
        const e = (entry - 1) * ENTRY_WORDS;
        if (entries[e] === key0 && entries[e + 1] === key1) {
          rows[to + 7] = entries[e + 2 + side] as number;
          entries[e + 2 + side] = to + 1;
          break;
        }
      }
    }
    this.#received = [earliest, latest];
    return known;
  }

  /** Every key of the partition: equal, a group, or rows of a linked code. */
  #judge(count: number): void {
    const entries = this.#entries;
    const rows = this.#rows;
    for (let e = 0; e < count * ENTRY_WORDS; e += ENTRY_WORDS) {
      const city = entries[e + 2] as number;
      const national = entries[e + 3] as number;
      const lgsp = entries[e + 4] as number;
      if (entries[e + 5] !== 0) {
        this.#handOver(e);
        continue;
      }
      const missing =
        ((city === 0 ? MASK.missingCity : 0) |
          (national === 0 ? MASK.missingNational : 0) |
          (lgsp === 0 ? MASK.missingLgsp : 0)) &
        this.#missing;
      let mask = missing;
      let [inCity, inNational, inLgsp] = [0, 0, 0];
      if (city > 0) inCity = rows[city + 6] === 0 ? 1 : 2;
      if (national > 0) inNational = rows[national + 6] === 0 ? 1 : 2;
      if (lgsp > 0) inLgsp = rows[lgsp + 6] === 0 ? 1 : 2;
      if ((inCity | inNational | inLgsp) > 1) mask |= MASK.duplicate;
      const same =
        mask < MASK.duplicate &&
        (city === 0 || national === 0 || sameWords(rows, city - 1, national - 1)) &&
        (national === 0 || lgsp === 0 || sameWords(rows, national - 1, lgsp - 1)) &&
        (city === 0 || lgsp === 0 || sameWords(rows, city - 1, lgsp - 1));
      if (!same) {
        const found = this.#collect(e);
        mask |= this.#comparer.differences(rows, this.#at, this.#sides, found);
      }
      if (mask === 0) {
        this.#equal[CITY] = (this.#equal[CITY] as number) + inCity;
        this.#equal[NATIONAL] = (this.#equal[NATIONAL] as number) + inNational;
        this.#equal[LGSP] = (this.#equal[LGSP] as number) + inLgsp;
      } else {
        const found = this.#collect(e);
        pushGroup(
          this.#groups,
          mask,
          entries[e] as number,
          entries[e + 1] as number,
          rows,
          this.#at,
          this.#sides,
          found,
        );
      }
    }
  }

  /** Places and sides of all rows of an entry. */
  #collect(e: number): number {
    let found = 0;
    for (let side = 0; side < 3; side++) {
      for (let row = this.#entries[e + 2 + side] as number; row > 0; row = this.#rows[row + 6] as number) {
        this.#at[found] = row - 1;
        this.#sides[found++] = side;
      }
    }
    return found;
  }

  #handOver(e: number): void {
    const found = this.#collect(e);
    for (let i = 0; i < found; i++) {
      this.#linkedRows.push((this.#entries[e + 5] as number) - 1);
      this.#linkedRows.push(this.#sides[i] as number);
      for (let word = 0; word < JOINED_WORDS; word++)
        this.#linkedRows.push(this.#rows[(this.#at[i] as number) + word] as number);
    }
  }
}

/** Appends a group; its rows lie at `at` and come side after side. */
export function pushGroup(
  groups: Growing,
  mask: number,
  key0: number,
  key1: number,
  rows: Int32Array,
  at: readonly number[],
  sides: readonly number[],
  count: number,
): void {
  const perSide = [0, 0, 0];
  for (let i = 0; i < count; i++) perSide[sides[i] as number] = (perSide[sides[i] as number] as number) + 1;
  for (const word of [mask, key0, key1, ...perSide]) groups.push(word);
  for (let i = 0; i < count; i++) groups.push(rows[(at[i] as number) + 6] as number);
}
