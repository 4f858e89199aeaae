import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { type ColumnMapping, FoundRows, type RowIndex, type Side } from '../../lib/reconcile/engine/index.ts';

export interface IndexedFile {
  side: Side;
  path: string;
  mapping: ColumnMapping;
  index: RowIndex;
}

/** Rows of joined files by their numbers; the files stay open until `close`. */
export class FileRows extends FoundRows {
  readonly #descriptors: number[];

  constructor(files: readonly IndexedFile[]) {
    const descriptors = files.map(({ path }) => openSync(path, 'r'));
    super(
      files.map(({ side, path, mapping, index }, i) => ({
        side,
        name: basename(path),
        mapping,
        index,
        readAt: (bytes, position) => readSync(descriptors[i] as number, bytes, { position }),
      })),
    );
    this.#descriptors = descriptors;
  }

  close(): void {
    for (const descriptor of this.#descriptors) closeSync(descriptor);
  }
}
