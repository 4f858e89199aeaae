/** Rows of delimited text by RFC 4180, from bytes, one row at a time: the exact way that the fast parser falls back to. */

export const LF = 10;
export const CR = 13;
export const QUOTE = 34;

/** What can be wrong with a row before its fields are looked at. */
export const ROW_FAULT = { none: 0, truncated: 1, afterQuote: 2 } as const;

export interface RowFields {
  /** Content of the fields one behind the other, quotes taken off. */
  bytes: Uint8Array;
  /** End of the n-th field in `bytes`; it starts where the one before ends. */
  ends: number[];
  fault: number;
  /** Line breaks inside quotes. */
  breaks: number;
}

export const emptyRow = (): RowFields => ({ bytes: new Uint8Array(1024), ends: [], fault: ROW_FAULT.none, breaks: 0 });

/** Next byte behind a line end at `at`; -1: the byte that would tell (LF behind CR) is not there yet. */
export function behindLine(source: Uint8Array, at: number, end: number, final: boolean): number {
  if (source[at] === LF) return at + 1;
  if (at + 1 < end) return source[at + 1] === LF ? at + 2 : at + 1;
  return final ? at + 1 : -1;
}

/**
 * Splits the row at `from`; returns where the next row starts, or -1 when the row does not end before `end` (never -1 when `final`).
 * Quotes open only at the start of a field; text behind a closing quote is a fault, but the row still ends where it should.
 */
export function splitRow(
  source: Uint8Array,
  from: number,
  end: number,
  final: boolean,
  delimiter: number,
  row: RowFields,
): number {
  row.ends.length = 0;
  row.fault = ROW_FAULT.none;
  row.breaks = 0;
  let out = 0;
  let at = from;
  const put = (c: number) => {
    if (out === row.bytes.length) {
      const grown = new Uint8Array(out * 2);
      grown.set(row.bytes);
      row.bytes = grown;
    }
    row.bytes[out++] = c;
  };
  for (;;) {
    if (at < end && source[at] === QUOTE) {
      at++;
      let previous = 0;
      for (;;) {
        if (at >= end) {
          if (!final) return -1;
          row.fault = ROW_FAULT.truncated;
          break;
        }
        const c = source[at++] as number;
        if (c === QUOTE) {
          if (at >= end && !final) return -1;
          if (at < end && source[at] === QUOTE) at++;
          else break;
        }
        if (c === LF ? previous !== CR : c === CR) row.breaks++;
        previous = c;
        put(c);
      }
    }
    let behindQuote = at > from && source[at - 1] === QUOTE;
    const fieldStart = at;
    for (;;) {
      if (at >= end) {
        if (!final) return -1;
        row.ends.push(out);
        return at;
      }
      const c = source[at] as number;
      if (c === delimiter || c === LF || c === CR) break;
      if (behindQuote && at === fieldStart && row.fault === ROW_FAULT.none) row.fault = ROW_FAULT.afterQuote;
      behindQuote = false;
      put(c);
      at++;
    }
    row.ends.push(out);
    if (source[at] === delimiter) {
      at++;
      continue;
    }
    return behindLine(source, at, end, final);
  }
}

const decoder = new TextDecoder();

/** Fields of a split row as texts. */
export function textsOf(row: RowFields): string[] {
  return row.ends.map((end, i) => decoder.decode(row.bytes.subarray(i === 0 ? 0 : row.ends[i - 1], end)));
}

/** Length of a byte order mark at the start of a file. */
export const markLength = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
