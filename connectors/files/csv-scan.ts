import { type BadRow, LIMITS, type TableRow } from './source.ts';

const OPEN = 'dấu nháy mở ra mà không đóng (dòng bị cắt hay ghi hỏng)';
const TOO_LONG = `có ô dài hơn ${LIMITS.cell} ký tự`;

/**
 * Scanner of CSV text (RFC 4180 with what programs really write): cells cut by one sign, quotes around cells, line ends of all
 * three kinds. It tells the line of each record, and after a quote that is never closed it goes on with the next line, so that
 * one fault costs one row and not the rest of the file.
 */
export class CsvScanner {
  readonly #delimiter: number;
  #text = '';
  #line = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Records that are complete with this piece of text. `last`: no more will come. */
  push(piece: string, last = false): (TableRow | BadRow)[] {
    this.#text += piece;
    const rows: (TableRow | BadRow)[] = [];
    let from = 0;
    while (from < this.#text.length) {
      const record = this.#record(from, last);
      if (record === null) break;
      const { to, lines, row } = record;
      if (row !== null) rows.push(row);
      this.#line += lines;
      from = to;
    }
    this.#text = this.#text.slice(from);
    return rows;
  }

  /** The record that begins at `from`; null when its end has not come yet. */
  #record(from: number, last: boolean): { to: number; lines: number; row: TableRow | BadRow | null } | null {
    const text = this.#text;
    const cells: string[] = [];
    let lines = 0;
    let at = from;
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        const quoted = this.#quoted(at, last);
        if (quoted === null) return null;
        if ('reason' in quoted) return this.#fault(from, quoted.reason, last);
        lines += quoted.lines;
        cells.push(quoted.cell);
        at = quoted.to;
      } else {
        const start = at;
        let code = text.charCodeAt(at);
        while (at < text.length && code !== this.#delimiter && code !== LF && code !== CR) code = text.charCodeAt(++at);
        if (at - start > LIMITS.cell) return this.#fault(from, TOO_LONG, last);
        if (at === text.length && !last) return null;
        cells.push(text.slice(start, at));
      }
      if (at < text.length && text.charCodeAt(at) === this.#delimiter) {
        at++;
        continue;
      }
      const cut = at >= text.length;
      if (!cut && text.charCodeAt(at) === CR) {
        if (at + 1 === text.length && !last) return null;
        at += text.charCodeAt(at + 1) === LF ? 2 : 1;
      } else if (!cut) at++;
      const row = cells.length === 1 && cells[0] === '' ? null : { line: this.#line, cells, ...(cut && { cut }) };
      return { to: at, lines: lines + (cut ? 0 : 1), row };
    }
  }

  /** A cell in quotes, or why it is none. A quote in the midst of a cell on one line is taken as it stands. */
  #quoted(from: number, last: boolean): { cell: string; to: number; lines: number } | { reason: string } | null {
    const text = this.#text;
    let stray = false;
    for (let at = from + 1; ; ) {
      const quote = text.indexOf('"', at);
      if ((quote < 0 ? text.length : quote) - from > 2 * LIMITS.cell + 2) return { reason: OPEN };
      if (quote < 0) return last ? { reason: OPEN } : null;
      let next = quote + 1;
      if (next === text.length && !last) return null;
      if (text.charCodeAt(next) === QUOTE) {
        at = next + 1;
        continue;
      }
      while (text.charCodeAt(next) === 32) next++;
      if (next === text.length && !last) return null;
      const code = text.charCodeAt(next);
      if (next === text.length || code === this.#delimiter || code === LF || code === CR) {
        const inside = text.slice(from + 1, quote);
        const lines = inside.includes('\n') || inside.includes('\r') ? inside.split(/\r\n?|\n/).length - 1 : 0;
        if (stray && lines > 0) return { reason: OPEN };
        const cell = inside.replaceAll('""', '"');
        return cell.length > LIMITS.cell ? { reason: TOO_LONG } : { cell, to: next, lines };
      }
      stray = true;
      at = quote + 1;
    }
  }

  /** Gives up on one line and goes on with the next. */
  #fault(from: number, reason: string, last: boolean): { to: number; lines: number; row: BadRow } | null {
    const end = /\r\n?|\n/g;
    end.lastIndex = from;
    const hit = end.exec(this.#text);
    if (hit === null && !last && this.#text.length - from < LIMITS.cell * LIMITS.columns) return null;
    const to = hit === null ? this.#text.length : hit.index + hit[0].length;
    return { to, lines: hit === null ? 0 : 1, row: { line: this.#line, reason } };
  }
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The sign that cuts the first lines into the most alike rows of more than one cell. */
export function delimiterOf(sample: string): Delimiter {
  const told = /^sep=([,;\t|])\r?\n/i.exec(sample)?.[1];
  if (told !== undefined) return told as Delimiter;
  let best: { delimiter: Delimiter; alike: number; width: number } = { delimiter: ',', alike: 0, width: 1 };
  for (const delimiter of DELIMITERS) {
    const widths = new Map<number, number>();
    for (const row of new CsvScanner(delimiter).push(sample, true).slice(0, 60))
      if ('cells' in row && row.cells.length > 1) widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1);
    for (const [width, alike] of widths)
      if (alike > best.alike || (alike === best.alike && width > best.width)) best = { delimiter, alike, width };
  }
  return best.delimiter;
}
