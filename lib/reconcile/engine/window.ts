import type { Side, SideRecord, UnreadableRow } from '../types.ts';
import type { ColumnMapping } from './mapping.ts';
import { type FoundRow, type RowIndex, recordOf, rowIn, unreadableRow } from './rows.ts';

/** A source that was joined and can be read again. */
export interface IndexedSource {
  side: Side;
  /** What rows are named after: `tep.csv:12`. */
  name: string;
  mapping: ColumnMapping;
  index: RowIndex;
  /** Fills `bytes` from the source's offset `position` on, and says how many there were. */
  readAt: (bytes: Uint8Array, position: number) => number;
}

const WINDOW = 65_536;

/** A window into one source that follows what is asked for. */
class SourceWindow {
  readonly source: IndexedSource;
  #bytes = new Uint8Array(WINDOW);
  #from = 0;
  #length = 0;

  constructor(source: IndexedSource) {
    this.source = source;
  }

  row(row: number): FoundRow | null {
    const { index, mapping, readAt } = this.source;
    const { offset, line, pass } = index.find(row);
    const delimiter = mapping.delimiter.charCodeAt(0);
    const near = offset - this.#from;
    if (near >= 0 && near < this.#length) {
      const found = rowIn(this.#bytes.subarray(near, this.#length), pass, line, delimiter, false);
      if (found) return found;
    }
    for (;;) {
      this.#from = offset;
      this.#length = readAt(this.#bytes, offset);
      const whole = this.#length < this.#bytes.length;
      const found = rowIn(this.#bytes.subarray(0, this.#length), pass, line, delimiter, whole);
      if (found || whole) return found;
      // A long row: once more with more room.
      this.#bytes = new Uint8Array(this.#bytes.length * 4);
    }
  }
}

/** Rows of joined sources by their numbers. */
export class FoundRows {
  readonly #windows: SourceWindow[];

  constructor(sources: readonly IndexedSource[]) {
    this.#windows = sources.map((source) => new SourceWindow(source));
  }

  /** A row as a record. @throws RangeError when the side has no such row. */
  record(side: Side, row: number): SideRecord {
    const window = this.#windows.find(({ source }) => source.side === side);
    const found = window?.row(row);
    if (!window || !found) throw new RangeError(`${side}: no row ${row}`);
    const { mapping, name } = window.source;
    return recordOf(found.fields, mapping, `${name}:${found.line}`);
  }

  /** Rows of a side as records, by their numbers. Read from the first to the last, so a source is gone through once at most. */
  records(side: Side, rows: readonly number[]): Map<number, SideRecord> {
    return new Map(rows.toSorted((a, b) => a - b).map((row) => [row, this.record(side, row)]));
  }

  /** Every row that could not become a record, with what is wrong with it. */
  *unreadable(): Generator<UnreadableRow> {
    for (const window of this.#windows) {
      const { side, mapping, name, index } = window.source;
      for (const { row, reason } of index.refused()) {
        const found = window.row(row);
        yield unreadableRow(side, reason, found, mapping, `${name}:${found?.line ?? '?'}`);
      }
    }
  }
}
