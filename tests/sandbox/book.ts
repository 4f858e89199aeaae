/** One book with its index of codes; writes keep both in step. */

import type { BookRow } from './planted-types.ts';
import { codeKey } from './wire-shape.ts';

export class Book {
  readonly rows: BookRow[];
  readonly #byCode = new Map<string, BookRow[]>();

  /** Takes the list itself: what is written here is seen by whoever holds the planted books. */
  constructor(rows: BookRow[]) {
    this.rows = rows;
    for (const row of rows) this.#index(row);
  }

  /** All rows that carry the code, as main or second code. */
  find(code: string): BookRow[] {
    return this.#byCode.get(codeKey(code)) ?? [];
  }

  /** One row for the code from now on, whatever there was. */
  replace(code: string, row: BookRow): void {
    for (const old of this.find(code).slice()) {
      this.rows.splice(this.rows.indexOf(old), 1);
      for (const key of keysOf(old)) {
        const rest = (this.#byCode.get(key) ?? []).filter((one) => one !== old);
        this.#byCode.set(key, rest);
      }
    }
    this.rows.push(row);
    this.#index(row);
  }

  #index(row: BookRow): void {
    if (row.broken === 'code') return;
    for (const key of keysOf(row)) {
      const list = this.#byCode.get(key);
      if (list === undefined) this.#byCode.set(key, [row]);
      else list.push(row);
    }
  }
}

function keysOf({ code, otherCode }: BookRow): string[] {
  return [...new Set([code, otherCode].filter((one) => one !== '').map(codeKey))];
}
