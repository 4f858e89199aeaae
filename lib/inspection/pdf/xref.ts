import { type Budget, Stop } from '../budget.ts';
import { indexOfAscii } from '../kind.ts';
import { filtersOf, inflate, unpredict } from './inflate.ts';
import { type Dict, isDict, isWord, Lexer, PdfString, type Value } from './lex.ts';

/** Where an object lies: type 1 at a byte offset, type 2 inside the object stream with number `offset`. */
export interface XrefEntry {
  type: 1 | 2;
  offset: number;
}

export interface Xref {
  trailer: Dict;
  entries: Map<number, XrefEntry>;
}

/** Entries of one file, all its sections together; a file with more is made to harm. */
const MAX_ENTRIES = 2_000_000;
/** Sections follow one another by `/Prev`; every save adds one. */
const MAX_SECTIONS = 1000;
/** The last `startxref` stands near the end; signers pad. */
const TAIL = 2048;

const num = (value: Value | undefined) => (typeof value === 'number' && Number.isInteger(value) ? value : undefined);

function lastIndexOfAscii(bytes: Uint8Array, text: string, from: number): number {
  let found = -1;
  for (let at = indexOfAscii(bytes, text, from); at >= 0; at = indexOfAscii(bytes, text, at + 1)) found = at;
  return found;
}

/** Offset of the newest section. @throws Stop */
function startOf(bytes: Uint8Array): number {
  const at = lastIndexOfAscii(bytes, 'startxref', bytes.length - TAIL);
  const offset = at < 0 ? undefined : num(new Lexer(bytes, at + 9, false).read());
  if (offset === undefined || offset <= 0 || offset >= bytes.length) throw new Stop('broken');
  return offset;
}

class Reader {
  readonly entries = new Map<number, XrefEntry>();
  readonly #free = new Set<number>();
  readonly #bytes: Uint8Array;
  readonly #budget: Budget;

  constructor(bytes: Uint8Array, budget: Budget) {
    this.#bytes = bytes;
    this.#budget = budget;
  }

  /** Newer sections are read first, so what is known stays. */
  #set(id: number, entry: XrefEntry | null): void {
    if (this.entries.has(id) || this.#free.has(id)) return;
    if (entry === null) this.#free.add(id);
    else this.entries.set(id, entry);
    if (this.entries.size + this.#free.size > MAX_ENTRIES) throw new Stop('too-complex');
  }

  /** Reads a section and gives its trailer. */
  section(offset: number): Dict {
    const lexer = new Lexer(this.#bytes, offset);
    const first = lexer.read();
    return isWord(first, 'xref') ? this.#table(lexer) : this.#stream(lexer, first);
  }

  #table(lexer: Lexer): Dict {
    for (;;) {
      const first = lexer.read();
      if (isWord(first, 'trailer')) {
        const trailer = lexer.read();
        if (!isDict(trailer)) throw new Stop('broken');
        return trailer;
      }
      const start = num(first);
      const count = num(lexer.read());
      if (start === undefined || count === undefined) throw new Stop('broken');
      for (let i = 0; i < count; i++) {
        if (i % 4096 === 0) this.#budget.check();
        const [offset, generation, kind] = [num(lexer.read()), num(lexer.read()), lexer.read()];
        if (offset === undefined || generation === undefined) throw new Stop('broken');
        this.#set(start + i, isWord(kind, 'n') && offset > 0 ? { type: 1, offset } : null);
      }
    }
  }

  #stream(lexer: Lexer, first: Value): Dict {
    const generation = lexer.read();
    if (num(first) === undefined || num(generation) === undefined || !isWord(lexer.read(), 'obj'))
      throw new Stop('broken');
    const dict = lexer.read();
    if (!isDict(dict) || !isWord(lexer.read(), 'stream')) throw new Stop('broken');
    let at = lexer.pos;
    if (this.#bytes[at] === 13) at++;
    if (this.#bytes[at] === 10) at++;
    const length = num(dict.get('Length'));
    const end = length === undefined ? indexOfAscii(this.#bytes, 'endstream', at) : at + length;
    if (end < at) throw new Stop('broken');
    let data = this.#bytes.subarray(at, end);
    for (const { name, parms } of filtersOf(dict)) {
      if (name !== 'FlateDecode') throw new Stop('broken');
      data = unpredict(inflate(data, this.#budget.limits.streamBytes), parms);
    }
    this.#rows(dict, data);
    return dict;
  }

  #rows(dict: Dict, data: Uint8Array): void {
    const widths = dict.get('W');
    if (!Array.isArray(widths) || widths.length < 3) throw new Stop('broken');
    const [a, b, c] = widths.map((width) => num(width) ?? -1) as [number, number, number];
    if (a < 0 || b < 0 || c < 0 || a + b + c === 0 || a + b + c > 32) throw new Stop('broken');
    const index = dict.get('Index');
    const ranges = Array.isArray(index) ? index.map((one) => num(one) ?? 0) : [0, num(dict.get('Size')) ?? 0];
    let at = 0;
    const field = (width: number, otherwise: number) => {
      let value = 0;
      for (let i = 0; i < width; i++) value = value * 256 + (data[at++] ?? 0);
      return width === 0 ? otherwise : value;
    };
    for (let r = 0; r + 1 < ranges.length; r += 2) {
      const [start, count] = [ranges[r] as number, ranges[r + 1] as number];
      for (let i = 0; i < count && at < data.length; i++) {
        if (i % 4096 === 0) this.#budget.check();
        const type = field(a, 1);
        const offset = field(b, 0);
        field(c, 0);
        this.#set(start + i, type === 1 || type === 2 ? { type, offset } : null);
      }
    }
  }
}

/**
 * The cross-reference of a file, newest section first (ISO 32000-1 §7.5.4–7.5.8).
 * @throws Stop `broken` on anything that is not as written in the standard; nothing is guessed.
 */
export function readXref(bytes: Uint8Array, budget: Budget): Xref {
  if (indexOfAscii(bytes, '%PDF-', 0, 16) !== 0) throw new Stop('broken');
  const reader = new Reader(bytes, budget);
  const seen = new Set<number>();
  let trailer: Dict | undefined;
  for (let offset: number | undefined = startOf(bytes); offset !== undefined; ) {
    if (seen.has(offset) || seen.size > MAX_SECTIONS) throw new Stop('broken');
    seen.add(offset);
    const section = reader.section(offset);
    const hybrid = num(section.get('XRefStm'));
    if (hybrid !== undefined && !seen.has(hybrid)) {
      seen.add(hybrid);
      reader.section(hybrid);
    }
    trailer ??= section;
    offset = num(section.get('Prev'));
  }
  if (!trailer || trailer.get('Root') === undefined || trailer.get('Root') instanceof PdfString)
    throw new Stop('broken');
  return { trailer, entries: reader.entries };
}
