import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { Side, SideRecord, UnreadableRow } from '../../lib/reconcile/engine/index.ts';
import {
  type ColumnMapping,
  type FoundRow,
  type RowIndex,
  recordOf,
  rowIn,
  unreadableRow,
} from '../../lib/reconcile/engine/index.ts';

export interface IndexedFile {
  side: Side;
  path: string;
  mapping: ColumnMapping;
  index: RowIndex;
}

const WINDOW = 65_536;

/** A window into one file that follows what is asked for. */
class FileWindow {
  readonly file: IndexedFile;
  #descriptor: number;
  #bytes = new Uint8Array(WINDOW);
  #from = 0;
  #length = 0;

  constructor(file: IndexedFile) {
    this.file = file;
    this.#descriptor = openSync(file.path, 'r');
  }

  row(row: number): FoundRow | null {
    const { offset, line, pass } = this.file.index.find(row);
    const delimiter = this.file.mapping.delimiter.charCodeAt(0);
    const near = offset - this.#from;
    if (near >= 0 && near < this.#length) {
      const found = rowIn(this.#bytes.subarray(near, this.#length), pass, line, delimiter, false);
      if (found) return found;
    }
    for (;;) {
      this.#from = offset;
      this.#length = readSync(this.#descriptor, this.#bytes, { position: offset });
      const whole = this.#length < this.#bytes.length;
      const found = rowIn(this.#bytes.subarray(0, this.#length), pass, line, delimiter, whole);
      if (found || whole) return found;
      // A long row: once more with more room.
      this.#bytes = new Uint8Array(this.#bytes.length * 4);
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Rows of joined files by their numbers. Asked for in rising order, the files are read about once. */
export class FileRows {
  #windows: FileWindow[];

  constructor(files: readonly IndexedFile[]) {
    this.#windows = files.map((file) => new FileWindow(file));
  }

  /** A row as a record. @throws RangeError when the side has no such row. */
  record(side: Side, row: number): SideRecord {
    const window = this.#windows.find((one) => one.file.side === side);
    const found = window?.row(row);
    if (!window || !found) throw new RangeError(`${side}: no row ${row}`);
    const { mapping, path } = window.file;
    return recordOf(found.fields, mapping, `${basename(path)}:${found.line}`);
  }

  /** Every row that could not become a record, with what is wrong with it. */
  *unreadable(): Generator<UnreadableRow> {
    for (const window of this.#windows) {
      const { side, mapping, path, index } = window.file;
      for (const { row, reason } of index.refused()) {
        const found = window.row(row);
        yield unreadableRow(side, reason, found, mapping, `${basename(path)}:${found?.line ?? '?'}`);
      }
    }
  }

  close(): void {
    for (const window of this.#windows) window.close();
  }
}
