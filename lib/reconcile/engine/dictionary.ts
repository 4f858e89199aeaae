const FIRST = 64;

/** FNV-1a over bytes, then mixed; ASCII letters in upper case when folded. */
function hashOf(source: Uint8Array, start: number, end: number, fold: boolean): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) {
    let c = source[i] as number;
    if (fold && c >= 97 && c <= 122) c -= 32;
    h = Math.imul(h ^ c, 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return h ^ (h >>> 13);
}

/** A dictionary as it travels between threads. */
export interface DictionaryData {
  bytes: Uint8Array;
  /** End of the n-th entry in `bytes`. */
  ends: Uint32Array;
  size: number;
}

/** Numbers for byte strings, by their bytes and never by a hash alone. Numbers run from 0 in the order of first sight. */
export class ByteDictionary {
  #bytes = new Uint8Array(FIRST * 16);
  #ends = new Uint32Array(FIRST);
  #hashes = new Int32Array(FIRST);
  #table = new Int32Array(FIRST * 2);
  #fold: boolean;
  size = 0;

  /** @param fold ASCII letters count without case and are kept in upper case. */
  constructor(fold: boolean) {
    this.#fold = fold;
  }

  /** Number of the bytes, which are taken in when they are new. */
  intern(source: Uint8Array, start: number, end: number): number {
    const hash = hashOf(source, start, end, this.#fold);
    const slot = this.#slot(source, start, end, hash);
    const known = this.#table[slot] as number;
    if (known > 0) return known - 1;
    return this.#add(source, start, end, hash, slot);
  }

  /** Number of the bytes; -1 when they are not here. */
  find(source: Uint8Array, start: number, end: number): number {
    return (this.#table[this.#slot(source, start, end, hashOf(source, start, end, this.#fold))] as number) - 1;
  }

  /** Hash of bytes as `hash(id)` would give it, whether they are here or not. */
  hashOf(source: Uint8Array, start: number, end: number): number {
    return hashOf(source, start, end, this.#fold);
  }

  /** A hash of the n-th entry that hangs on its bytes only. */
  hash(id: number): number {
    return this.#hashes[id] as number;
  }

  /** Bytes of the n-th entry (a view, valid until the next one is taken in). */
  entry(id: number): Uint8Array {
    return this.#bytes.subarray(id === 0 ? 0 : this.#ends[id - 1], this.#ends[id]);
  }

  data(): DictionaryData {
    const used = this.size === 0 ? 0 : (this.#ends[this.size - 1] as number);
    return { bytes: this.#bytes.slice(0, used), ends: this.#ends.slice(0, this.size), size: this.size };
  }

  #slot(source: Uint8Array, start: number, end: number, hash: number): number {
    const table = this.#table;
    const wrap = table.length - 1;
    for (let slot = hash & wrap; ; slot = (slot + 1) & wrap) {
      const known = table[slot] as number;
      if (known === 0) return slot;
      if (this.#hashes[known - 1] === hash && this.#same(known - 1, source, start, end)) return slot;
    }
  }

  #same(id: number, source: Uint8Array, start: number, end: number): boolean {
    const bytes = this.#bytes;
    let at = id === 0 ? 0 : (this.#ends[id - 1] as number);
    if ((this.#ends[id] as number) - at !== end - start) return false;
    for (let i = start; i < end; i++, at++) {
      let c = source[i] as number;
      if (this.#fold && c >= 97 && c <= 122) c -= 32;
      if (bytes[at] !== c) return false;
    }
    return true;
  }

  #add(source: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.size++;
    const from = id === 0 ? 0 : (this.#ends[id - 1] as number);
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(Math.max(to, this.#bytes.length * 2)));
    if (id === this.#ends.length) {
      this.#ends = grown(this.#ends, new Uint32Array(id * 2));
      this.#hashes = grown(this.#hashes, new Int32Array(id * 2));
    }
    for (let i = start, at = from; i < end; i++, at++) {
      let c = source[i] as number;
      if (this.#fold && c >= 97 && c <= 122) c -= 32;
      this.#bytes[at] = c;
    }
    this.#ends[id] = to;
    this.#hashes[id] = hash;
    this.#table[slot] = id + 1;
    if (this.size * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2);
    const wrap = table.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = (this.#hashes[id] as number) & wrap;
      while (table[slot] !== 0) slot = (slot + 1) & wrap;
      table[slot] = id + 1;
    }
    this.#table = table;
  }
}

function grown<T extends Uint8Array | Uint32Array | Int32Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}

/** Takes the entries of another dictionary into this one; numbers there → numbers here. */
export function takeIn(into: ByteDictionary, data: DictionaryData): Int32Array {
  const numbers = new Int32Array(data.size);
  for (let id = 0, from = 0; id < data.size; id++) {
    const to = data.ends[id] as number;
    numbers[id] = into.intern(data.bytes, from, to);
    from = to;
  }
  return numbers;
}
