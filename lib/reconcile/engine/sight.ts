import type { CodeBook } from './code.ts';
import { codeHash, ODD_SHAPE } from './layout.ts';

/**
 * Short byte strings that were looked at properly once (by a dictionary) and are known on sight from then on. Keys are the raw bytes
 * themselves, as words, and a number that says how they are laid out; nothing is taken for something else. What finds no place is looked
 * at properly again.
 */

const BITS = 11;
/** Layout, two values, spare, then the bytes in words. */
const STRIDE = 12;
const FIRST_WORD = 4;
/** Longest string that is kept, in bytes. */
export const LONGEST_SIGHT = 32;

const mixWord = (h: number, word: number): number => {
  const mixed = Math.imul(h ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

/** The bytes of a word that come before the n-th. */
const headOf = (word: number, bytes: number): number => word & ~(-1 << (bytes << 3));

export class SightTable {
  readonly words = new Int32Array(STRIDE << BITS);

  /** Place of a key with this hash, by its words in `view`; -1: not known. Layouts are never 0. */
  find(view: DataView, start: number, length: number, layout: number, hash: number): number {
    const words = this.words;
    let slot = (Math.imul(hash ^ layout, 0x85ebca6b) >>> (32 - BITS)) * STRIDE;
    for (let tries = 0; tries < 2; tries++, slot = slot >= STRIDE ? slot - STRIDE : STRIDE) {
      if (words[slot] !== layout) continue;
      let at = start;
      let word = slot + FIRST_WORD;
      let left = length;
      while (left >= 4 && words[word] === view.getInt32(at, true)) {
        at += 4;
        word++;
        left -= 4;
      }
      if (left === 0 || (left < 4 && words[word] === headOf(view.getInt32(at, true), left))) return slot;
    }
    return -1;
  }

  keep(
    view: DataView,
    start: number,
    length: number,
    layout: number,
    hash: number,
    value: number,
    second: number,
  ): void {
    const words = this.words;
    let slot = (Math.imul(hash ^ layout, 0x85ebca6b) >>> (32 - BITS)) * STRIDE;
    if (words[slot] !== 0) slot = slot >= STRIDE ? slot - STRIDE : STRIDE;
    words[slot] = layout;
    words[slot + 1] = value;
    words[slot + 2] = second;
    for (let i = 0; i * 4 < length; i++) {
      const word = view.getInt32(start + i * 4, true);
      words[slot + FIRST_WORD + i] = length - i * 4 >= 4 ? word : headOf(word, length - i * 4);
    }
  }
}

/** Hash of bytes for a `SightTable`: of the first and the last four. */
export function sightHash(view: DataView, start: number, length: number): number {
  const first = view.getInt32(start, true);
  if (length < 4) return mixWord(0, headOf(first, length));
  return mixWord(first, view.getInt32(start + length - 4, true));
}

const DASH = 45;
const BLANK = 32;
const LONGEST_PREFIX = 28;

/** Codes that lie as the one before: its prefix is known, and its dashes and digits are where they were. */
export class CodeSight {
  shape = 0;
  day = 0;
  sequence = 0;
  hash = 0;
  #book: CodeBook;
  #stops: Uint8Array;
  /** Prefixes → shape and its hash. */
  #shapes = new SightTable();
  #prefix = 0;
  #dayDigits = 6;
  #digits = 6;

  constructor(book: CodeBook, stops: Uint8Array) {
    this.#book = book;
    this.#stops = stops;
  }

  /** Reads the code at a place; where its field ends, or -1: another layout, or a prefix that was not seen yet. */
  find(source: Uint8Array, view: DataView, at: number, stop: number): number {
    const prefix = this.#prefix;
    const dayDigits = this.#dayDigits;
    const digits = this.#digits;
    const dash = (at + prefix) | 0;
    const second = (dash + 1 + dayDigits) | 0;
    const last = (second + 1 + digits) | 0;
    let behind = last;
    while (source[behind] === BLANK) behind = (behind + 1) | 0;
    if (this.#stops[source[behind] as number] !== stop || prefix === 0) return -1;
    if (source[dash] !== DASH || source[second] !== DASH) return -1;
    // Digits become 0–9, whatever else shows in the highest bits.
    const a = view.getInt32((second - 6) | 0, true) ^ 0x30303030;
    const b = view.getInt32((second - 2) | 0, true) ^ 0x00003030;
    let bad = a | (a + 0x76767676) | ((b | (b + 0x7676)) & 0xffff);
    let number = 0;
    if (digits === 6) {
      const x = view.getInt32((second + 1) | 0, true) ^ 0x30303030;
      const y = view.getInt32((second + 5) | 0, true) ^ 0x00003030;
      bad |= x | (x + 0x76767676) | ((y | (y + 0x7676)) & 0xffff);
      const high = Math.imul(x, 10) + (x >>> 8);
      number = (high & 255) * 10_000 + ((high >>> 16) & 255) * 100 + (y & 15) * 10 + ((y >>> 8) & 15);
    } else {
      for (let i = second + 1; i < last; i++) {
        const digit = (source[i] as number) ^ 48;
        bad |= digit | (digit + 0x76);
        number = (Math.imul(number, 10) + digit) | 0;
      }
    }
    const pairs = Math.imul(a, 10) + (a >>> 8);
    const month = (pairs >>> 16) & 255;
    const date = (b & 15) * 10 + ((b >>> 8) & 15);
    if ((bad & 0x80808080) !== 0 || month > 15 || date > 31) return -1;
    const century = dayDigits === 8 ? (source[dash + 1] as number) | ((source[dash + 2] as number) << 8) : 0;
    const layout = prefix | (dayDigits << 5) | (digits << 9) | (century << 13);
    const slot = this.#shapes.find(view, at, prefix, layout, sightHash(view, at, prefix));
    if (slot < 0) return -1;
    this.shape = this.#shapes.words[slot + 1] as number;
    this.day = ((pairs & 255) << 9) | (month << 5) | date;
    this.sequence = number;
    this.hash = codeHash(this.#shapes.words[slot + 2] as number, this.day, number);
    return behind;
  }

  /** Lets the layout of the code that the book has just read, and its prefix, be known from now on, if they are of such a kind. */
  learn(view: DataView, from: number): void {
    const { prefix, dayDigits, sequenceDigits, shape, shapes } = this.#book;
    if (shape === ODD_SHAPE || prefix === 0 || prefix > LONGEST_PREFIX) return;
    let start = from;
    while (view.getUint8(start) <= BLANK) start++;
    const century = dayDigits === 8 ? view.getUint16(start + prefix + 1, true) : 0;
    const layout = prefix | (dayDigits << 5) | (sequenceDigits << 9) | (century << 13);
    this.#shapes.keep(view, start, prefix, layout, sightHash(view, start, prefix), shape, shapes.hash(shape));
    this.#prefix = prefix;
    this.#dayDigits = dayDigits;
    this.#digits = sequenceDigits;
  }
}
