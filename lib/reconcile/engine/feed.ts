import { CR, emptyRow, LF, markLength, QUOTE, splitRow } from './csv.ts';
import { PAD, RowParser } from './parser.ts';
import { INDEX_EVERY, type Plan, type RangeOutcome, REASON, type RowSink } from './sink.ts';

/** Fits the cache of a core together with what the parser looks up. */
const BUFFER = 256 * 1024;

export interface FeedStart {
  range: number;
  /** Rows that start at this offset of the range, or behind it, are of the next range. */
  limit: number;
  /** Header rows to pass over; a byte order mark is passed over at the start of a file only. */
  fileStart: boolean;
  headerRows: number;
  /** False: the range starts at a row. True: somewhere, and rows start behind the first line end (which is one byte before at the earliest). */
  seek: boolean;
}

/**
 * One range of a source, chunk after chunk of any size, to the parser. Fill `room()`, then say `filled`; a row that hangs over the end
 * of a chunk waits for the next one.
 */
export class RangeFeed {
  #parser: RowParser;
  #sink: RowSink;
  #delimiter: number;
  #bytes = new Uint8Array(BUFFER + PAD);
  #view = new DataView(this.#bytes.buffer);
  #have = 0;
  #base = 0;
  #limit = 0;
  #headers = 0;
  #mark = false;
  #seek = false;
  #long = 0;
  #start = 0;
  #row = emptyRow();
  /** Everything that belongs to the range has been read. */
  done = false;

  constructor(plan: Plan, sink: RowSink) {
    this.#parser = new RowParser(plan, sink);
    this.#sink = sink;
    this.#delimiter = plan.delimiter;
  }

  begin(start: FeedStart): void {
    this.#have = 0;
    this.#base = start.seek ? -1 : 0;
    this.#limit = start.limit;
    this.#headers = start.headerRows;
    this.#mark = start.fileStart;
    this.#seek = start.seek;
    this.#long = 0;
    this.#start = 0;
    this.done = false;
    this.#sink.begin(start.range);
  }

  /** Where the next bytes go (at least one). When the range is sought, the first of them is the byte before the range. */
  room(): Uint8Array {
    return this.#bytes.subarray(this.#have, BUFFER);
  }

  /** So many bytes are in `room()`; `final`: the source ends with them. */
  filled(length: number, final: boolean): void {
    this.#have += length;
    let at = 0;
    if (this.#mark) {
      if (this.#have < 3 && !final) return;
      at = markLength(this.#bytes.subarray(0, this.#have));
      this.#mark = false;
    }
    if (this.#seek) {
      at = this.#seekRow(final);
      if (at < 0) return;
      this.#start = this.#base + at;
    }
    at = this.#passHeaders(at, final);
    if (at >= 0 && this.#headers === 0) at = this.#readRows(at, final);
    this.#keep(Math.max(at, 0));
    if (final) this.done = true;
  }

  /** Where the first row of the range starts and the next range's first row, both from the start of the range. */
  end(): RangeOutcome & { start: number; end: number } {
    return { ...this.#sink.end(), start: this.#start, end: this.#base };
  }

  #readRows(from: number, final: boolean): number {
    let at = from;
    for (;;) {
      if (this.#long > 0) {
        at = this.#passLong(at, final);
        if (this.#long > 0) return at;
      }
      const limit = Math.min(this.#limit - this.#base, this.#have);
      at = this.#parser.parse(this.#bytes, this.#view, at, this.#have, limit, final, this.#base);
      if (at + this.#base >= this.#limit) this.done = true;
      if (this.done || at > 0 || this.#have < BUFFER) return at;
      // The buffer is full and holds not one whole row.
      this.#long = FIELD_START;
      if (this.#sink.row % INDEX_EVERY === 0) this.#sink.mark(this.#base);
    }
  }

  /** Passes over a row that is longer than the buffer, counting its lines. */
  #passLong(from: number, final: boolean): number {
    const bytes = this.#bytes;
    for (let at = from; at < this.#have; at++) {
      const c = bytes[at] as number;
      if (this.#long === AFTER_CR) {
        this.#endLong();
        return c === LF ? at + 1 : at;
      }
      if (this.#long === QUOTED) {
        if (c === QUOTE) this.#long = QUOTE_IN_QUOTED;
        else if (c === LF) this.#sink.line++;
      } else if (c === LF) {
        this.#endLong();
        return at + 1;
      } else if (c === CR) this.#long = AFTER_CR;
      else if (c === this.#delimiter) this.#long = FIELD_START;
      else if (c === QUOTE && this.#long !== UNQUOTED) this.#long = QUOTED;
      else this.#long = UNQUOTED;
    }
    if (final) this.#endLong(this.#long === QUOTED ? REASON.truncated : REASON.tooLong);
    return this.#have;
  }

  #endLong(reason: number = REASON.tooLong): void {
    this.#sink.refuse(reason);
    this.#sink.line++;
    this.#sink.row++;
    this.#long = 0;
  }

  #passHeaders(from: number, final: boolean): number {
    let at = from;
    while (this.#headers > 0 && at < this.#have) {
      const next = splitRow(this.#bytes, at, this.#have, final, this.#delimiter, this.#row);
      if (next < 0) {
        // A header that does not fit is no header; the rows will say what is wrong.
        if (this.#have === BUFFER) this.#headers = 0;
        return at;
      }
      this.#headers--;
      this.#sink.line += this.#row.breaks + 1;
      at = next;
    }
    return at;
  }

  /** First row behind a line end; -1: not in these bytes. */
  #seekRow(final: boolean): number {
    const bytes = this.#bytes;
    for (let at = 0; at < this.#have; at++) {
      const c = bytes[at] as number;
      if (c !== LF && c !== CR) continue;
      if (c === CR && at + 1 === this.#have && !final) {
        this.#keep(at);
        return -1;
      }
      this.#seek = false;
      return c === CR && bytes[at + 1] === LF && at + 1 < this.#have ? at + 2 : at + 1;
    }
    this.#keep(this.#have);
    if (final) {
      this.#start = this.#base;
      this.done = true;
    }
    return -1;
  }

  #keep(from: number): void {
    this.#bytes.copyWithin(0, from, this.#have);
    this.#have -= from;
    this.#base += from;
  }
}

const FIELD_START = 1;
const UNQUOTED = 2;
const QUOTED = 3;
const QUOTE_IN_QUOTED = 4;
const AFTER_CR = 5;
