import { CodeBook, oddId } from './code.ts';
import { ByteDictionary, type DictionaryData, takeIn } from './dictionary.ts';
import type { KernelSource, Linked } from './kernel.ts';
import { codeHash, ODD_SHAPE, ODD_SHAPE_OF_ALL, partitionOf } from './layout.ts';
import type { RowSink } from './sink.ts';
import type { Arena } from './store.ts';

/** Everything that one reader has read, fit to travel. */
export interface ReaderOutput {
  arenas: Arena[];
  counts: Int32Array;
  shapes: DictionaryData;
  odd: DictionaryData;
  procedures: DictionaryData;
  links: Uint32Array;
}

export function outputOf(sink: RowSink): ReaderOutput {
  return {
    arenas: [...sink.store.arenas],
    counts: sink.store.counts,
    shapes: sink.book.shapes.data(),
    odd: sink.book.odd.data(),
    procedures: sink.procedures.data(),
    links: sink.links.take(),
  };
}

/** Where the rows of a range belong. */
export interface RangePlace {
  /** -1: the range was read from a wrong place, and again; its rows do not count. */
  side: number;
  firstRow: number;
}

export interface Merged {
  sources: KernelSource[];
  linked: Linked;
  /** Codes by their numbers of all. */
  book: CodeBook;
}

type Share = (words: number) => Int32Array;

/** Brings the numbers that readers gave out to one numbering, and finds the codes that second codes make one dossier. */
export function merge(
  readers: readonly ReaderOutput[],
  ranges: readonly RangePlace[],
  bits: number,
  share: Share,
): Merged {
  const book = new CodeBook(ODD_SHAPE_OF_ALL);
  const procedures = new ByteDictionary(true);
  const links = new Links();
  const rangeSides = new Int8Array(share(Math.ceil(ranges.length / 4)).buffer, 0, ranges.length);
  const rangeRows = new Uint32Array(share(ranges.length).buffer);
  ranges.forEach(({ side, firstRow }, range) => {
    rangeSides[range] = side;
    rangeRows[range] = firstRow;
  });
  // All regular shapes first: an odd code may be a regular one that its reader had no number left for.
  const shapesOf = readers.map((reader) => shared(takeIn(book.shapes, reader.shapes), share));
  const sources = readers.map((reader, i): KernelSource => {
    const shapes = shapesOf[i] as Int32Array;
    for (let id = 0; id < shapes.length; id++) shapes[id] = (shapes[id] as number) << 16;
    const odd = share(reader.odd.size * 2);
    const oddHashes = new Int32Array(reader.odd.size);
    for (let id = 0, from = 0; id < reader.odd.size; id++) {
      const to = reader.odd.ends[id] as number;
      book.read(reader.odd.bytes, from, to);
      odd[id * 2] = (book.shape << 16) | book.day;
      odd[id * 2 + 1] = book.sequence;
      oddHashes[id] = book.hash;
      from = to;
    }
    const own = takeIn(procedures, reader.procedures);
    const numbers = share(own.length + 1);
    for (let id = 0; id < own.length; id++) numbers[id + 1] = (own[id] as number) + 1;
    for (let at = 0; at < reader.links.length; at += 2) {
      const [word0, word1] = [reader.links[at] as number, reader.links[at + 1] as number];
      const shape = (word0 >>> 4) & ODD_SHAPE;
      const id = oddId(word0 >>> 16, word1 >>> 8);
      if (shape === ODD_SHAPE) links.add(odd[id * 2] as number, odd[id * 2 + 1] as number, oddHashes[id] as number);
      else {
        const [day, sequence] = [word0 >>> 16, word1 >>> 8];
        links.add(
          (shapes[shape] as number) | day,
          sequence,
          codeHash(book.shapes.hash((shapes[shape] as number) >>> 16), day, sequence),
        );
      }
    }
    return { arenas: reader.arenas, counts: reader.counts, rangeSides, rangeRows, shapes, odd, procedures: numbers };
  });
  return { sources, linked: links.byPartition(bits, share), book };
}

function shared(values: Int32Array, share: Share): Int32Array {
  const copy = share(values.length);
  copy.set(values);
  return copy;
}

/** Union-find over exact keys, filled with pairs: the codes of one dossier have one root, however they hang together. */
class Links {
  #keys = new Int32Array(64);
  #parents = new Int32Array(32);
  #hashes = new Int32Array(32);
  #slots = new Int32Array(128);
  #count = 0;
  #pending = -1;

  /** Every second call ends a pair. */
  add(key0: number, key1: number, hash: number): void {
    const node = this.#node(key0, key1, hash);
    if (this.#pending < 0) {
      this.#pending = node;
      return;
    }
    const [a, b] = [this.#root(this.#pending), this.#root(node)];
    this.#pending = -1;
    // The smaller number stays the root, so that a dossier's number does not hang on luck.
    if (a !== b) this.#parents[Math.max(a, b)] = Math.min(a, b);
  }

  byPartition(bits: number, share: Share): Linked {
    const starts = new Uint32Array(share((1 << bits) + 1).buffer);
    const keys = share(this.#count * 3);
    for (let n = 0; n < this.#count; n++) {
      const p = partitionOf(this.#hashes[n] as number, bits) + 1;
      starts[p] = (starts[p] as number) + 1;
    }
    for (let p = 1; p < starts.length; p++) starts[p] = (starts[p] as number) + (starts[p - 1] as number);
    const next = starts.slice();
    for (let n = 0; n < this.#count; n++) {
      const p = partitionOf(this.#hashes[n] as number, bits);
      const to = next[p] as number;
      next[p] = to + 1;
      keys[to * 3] = this.#keys[n * 2] as number;
      keys[to * 3 + 1] = this.#keys[n * 2 + 1] as number;
      keys[to * 3 + 2] = this.#root(n);
    }
    return { keys, starts };
  }

  #root(node: number): number {
    let at = node;
    for (;;) {
      const up = this.#parents[at] as number;
      if (up === at) return at;
      this.#parents[at] = this.#parents[up] as number;
      at = up;
    }
  }

  #node(key0: number, key1: number, hash: number): number {
    let slot = this.#slot(key0, key1);
    const known = this.#slots[slot] as number;
    if (known > 0) return known - 1;
    if (this.#count * 4 >= this.#slots.length) {
      this.#grow();
      slot = this.#slot(key0, key1);
    }
    const node = this.#count++;
    this.#slots[slot] = node + 1;
    this.#keys[node * 2] = key0;
    this.#keys[node * 2 + 1] = key1;
    this.#parents[node] = node;
    this.#hashes[node] = hash;
    return node;
  }

  #slot(key0: number, key1: number): number {
    const wrap = this.#slots.length - 1;
    let h = Math.imul(key0 ^ Math.imul(key1, 0x9e3779b1), 0x85ebca6b);
    h ^= h >>> 15;
    for (let slot = h & wrap; ; slot = (slot + 1) & wrap) {
      const known = this.#slots[slot] as number;
      if (known === 0) return slot;
      if (this.#keys[known * 2 - 2] === key0 && this.#keys[known * 2 - 1] === key1) return slot;
    }
  }

  #grow(): void {
    const wider = (old: Int32Array<ArrayBuffer>) => {
      const fresh = new Int32Array(old.length * 2);
      fresh.set(old);
      return fresh;
    };
    this.#keys = wider(this.#keys);
    this.#parents = wider(this.#parents);
    this.#hashes = wider(this.#hashes);
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let n = 0; n < this.#count; n++)
      this.#slots[this.#slot(this.#keys[n * 2] as number, this.#keys[n * 2 + 1] as number)] = n + 1;
  }
}
