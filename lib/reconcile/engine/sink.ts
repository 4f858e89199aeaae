import type { CodeBook } from './code.ts';
import { ByteDictionary } from './dictionary.ts';
import { CLOSE_EVERY } from './layout.ts';
import { type ColumnMapping, kindsOf, statusReader } from './mapping.ts';
import type { PartitionStore } from './store.ts';

/** Why a row could not become a record. */
export const REASON = {
  columns: 1,
  truncated: 2,
  afterQuote: 3,
  code: 4,
  tooLong: 5,
  received: 6,
  due: 7,
  finish: 8,
} as const;

/** A mapping, ready for the parser. */
export interface Plan {
  kinds: Uint8Array;
  delimiter: number;
  falseZ: boolean;
  statusOf(text: string): number | undefined;
}

export function planOf(mapping: ColumnMapping): Plan {
  return {
    kinds: kindsOf(mapping),
    delimiter: mapping.delimiter.charCodeAt(0),
    falseZ: mapping.falseZ === true,
    statusOf: statusReader(mapping),
  };
}

/** Numbers that grow. */
export class Growing {
  values = new Uint32Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = new Uint32Array(this.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  take(): Uint32Array {
    return this.values.slice(0, this.length);
  }
}

/** Every so many rows the place of a row is kept, so that any row can be found again by reading few. */
export const INDEX_EVERY = 16;

/** What one range of a source gave. */
export interface RangeOutcome {
  rows: number;
  lines: number;
  /** Offset in the range and line of the range (from 0) of every 16th row. */
  index: Uint32Array;
  /** Rows of the range that are unreadable, each followed by its `REASON`. */
  refused: Uint32Array;
}

/** Where the parser of one thread puts what it reads, over all its ranges. */
export class RowSink {
  readonly store: PartitionStore;
  readonly book: CodeBook;
  readonly procedures = new ByteDictionary(true);
  /** Codes that are one dossier, pairwise: two words of the record's key each. */
  readonly links = new Growing();
  /** Row and line of the range that are being read. */
  row = 0;
  line = 0;
  aliasCount = 0;
  #aliases: number[] = [];
  #index = new Growing();
  #refused = new Growing();

  constructor(store: PartitionStore, book: CodeBook) {
    this.store = store;
    this.book = book;
  }

  begin(range: number): void {
    this.row = 0;
    this.line = 0;
    this.#index = new Growing();
    this.#refused = new Growing();
    this.store.begin(range);
  }

  /** To be called when so many rows more have been read as `CLOSE_EVERY` says. */
  endOldBlocks(): void {
    this.store.close(this.row - CLOSE_EVERY);
  }

  end(): RangeOutcome {
    this.store.close();
    return { rows: this.row, lines: this.line, index: this.#index.take(), refused: this.#refused.take() };
  }

  /** The row that comes now, a 16th one, starts there. */
  mark(offset: number): void {
    this.#index.push(offset);
    this.#index.push(this.line);
  }

  refuse(reason: number): void {
    this.#refused.push(this.row);
    this.#refused.push(reason);
  }

  addAlias(start: number, end: number): void {
    this.#aliases[this.aliasCount * 2] = start;
    this.#aliases[this.aliasCount * 2 + 1] = end;
    this.aliasCount++;
  }

  /** The aliases taken in are second codes of this code. */
  link(source: Uint8Array, day: number, shape: number, sequence: number): void {
    for (let i = 0; i < this.aliasCount; i++) {
      const end = this.#aliases[i * 2 + 1] as number;
      for (let from = this.#aliases[i * 2] as number; from < end; ) {
        let to = from;
        while (to < end && !isListMark(source[to] as number)) to++;
        this.linkOne(source, from, to, day, shape, sequence);
        from = to + 1;
      }
    }
  }

  /** A second code of this code. The code itself, or nothing, links nothing. */
  linkOne(source: Uint8Array, start: number, end: number, day: number, shape: number, sequence: number): void {
    const { book, links } = this;
    if (!book.read(source, start, end)) return;
    const [own0, own1] = [((day << 16) | (shape << 4)) >>> 0, (sequence << 8) >>> 0];
    const [other0, other1] = [((book.day << 16) | (book.shape << 4)) >>> 0, (book.sequence << 8) >>> 0];
    if (own0 === other0 && own1 === other1) return;
    for (const word of [own0, own1, other0, other1]) links.push(word);
  }
}

/** `;`, `,`, `|` between several codes in one cell. */
const isListMark = (c: number) => c === 59 || c === 44 || c === 124;
