import { type Budget, Stop } from '../budget.ts';
import { indexOfAscii } from '../kind.ts';
import { filtersOf, inflate, unpredict } from './inflate.ts';
import { type Dict, isDict, isWord, Lexer, nameOf, Ref, type Value } from './lex.ts';
import { readXref, type XrefEntry } from './xref.ts';

/** Unfolded object streams kept at a time, in bytes: a file may hold thousands, asked for in any order. */
const OBJECT_STREAM_CACHE = 32 * 1024 * 1024;
/** Parsed objects kept; pages share fonts and images. */
const OBJECT_CACHE = 20_000;

export interface PdfStream {
  dict: Dict;
  /** As stored: encoded. */
  raw: Uint8Array;
}

interface ObjectStream {
  bytes: Uint8Array;
  first: number;
  /** Object number → place after `first`. */
  offsets: Map<number, number>;
}

/**
 * Reads a PDF strictly: by its cross-reference tables, without repair. What is not well-formed, and what is encrypted, is
 * left to a reader that repairs (pdfjs.ts). Values are parsed on demand; images are never decoded here.
 */
export class PdfDocument {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  readonly trailer: Dict;
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly #objects = new Map<number, Value | PdfStream>();
  readonly #objectStreams = new Map<number, ObjectStream>();
  #objectStreamBytes = 0;

  /** @throws Stop `broken` when the tables do not lead to a catalogue. */
  constructor(bytes: Uint8Array, budget: Budget) {
    this.bytes = bytes;
    this.budget = budget;
    const { trailer, entries } = readXref(bytes, budget);
    this.trailer = trailer;
    this.entries = entries;
  }

  get encrypted(): boolean {
    return this.trailer.get('Encrypt') instanceof Ref || isDict(this.trailer.get('Encrypt'));
  }

  get root(): Dict {
    const root = this.dict(this.trailer.get('Root'));
    if (!root) throw new Stop('broken');
    return root;
  }

  /** An object by number: a value, or a stream; null for one that is not there. */
  object(num: number): Value | PdfStream {
    const known = this.#objects.get(num);
    if (known !== undefined) return known;
    const entry = this.entries.get(num);
    let value: Value | PdfStream = null;
    // A stream whose length refers to the stream itself would never end.
    this.#objects.set(num, null);
    if (entry?.type === 1) value = this.#readAt(entry.offset, num);
    else if (entry?.type === 2) value = this.#readPacked(entry.offset, num);
    if (this.#objects.size >= OBJECT_CACHE) this.#objects.clear();
    this.#objects.set(num, value);
    return value;
  }

  /** Follows references; a stream gives its dictionary. */
  get(value: Value | undefined): Value {
    for (let hops = 0; value instanceof Ref; hops++) {
      if (hops > 20) return null;
      const object = this.object(value.num);
      value = isStream(object) ? object.dict : object;
    }
    return value ?? null;
  }

  dict(value: Value | undefined): Dict | undefined {
    const found = this.get(value);
    return isDict(found) ? found : undefined;
  }

  array(value: Value | undefined): Value[] {
    const found = this.get(value);
    return Array.isArray(found) ? found : [];
  }

  number(value: Value | undefined): number | undefined {
    const found = this.get(value);
    return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
  }

  name(value: Value | undefined): string | undefined {
    return nameOf(this.get(value));
  }

  stream(value: Value | undefined): PdfStream | undefined {
    if (!(value instanceof Ref)) return undefined;
    const object = this.object(value.num);
    return isStream(object) ? object : undefined;
  }

  /** A stream's filters with references followed, for those who decode. */
  filters(dict: Dict): { name: string; parms: Dict | undefined }[] {
    const plain: Dict = new Map(dict);
    for (const key of ['Filter', 'DecodeParms', 'F', 'DP']) {
      const value = this.get(dict.get(key));
      plain.set(key, Array.isArray(value) ? value.map((one) => this.get(one)) : value);
    }
    return filtersOf(plain).map(({ name, parms }) => {
      const found = isDict(parms)
        ? new Map([...parms].map(([key, v]) => [key, isStream(this.#peek(v)) ? v : this.get(v)]))
        : undefined;
      return { name, parms: found };
    });
  }

  #peek(value: Value): Value | PdfStream {
    return value instanceof Ref ? this.object(value.num) : null;
  }

  /** Undoes Flate until another filter, or none, is left. @throws Stop when it unfolds past the limit. */
  unfold(
    stream: PdfStream,
    limit = this.budget.limits.streamBytes,
  ): { bytes: Uint8Array; left: { name: string; parms: Dict | undefined }[] } {
    this.budget.check();
    const left = this.filters(stream.dict);
    let bytes = stream.raw;
    while (left[0]?.name === 'FlateDecode' || left[0]?.name === 'Fl') {
      bytes = unpredict(inflate(bytes, limit), left.shift()?.parms);
    }
    return { bytes, left };
  }

  /** The text of a content or metadata stream. @throws Stop `not-inspected` for filters that only a full reader knows. */
  content(stream: PdfStream): Uint8Array {
    const { bytes, left } = this.unfold(stream);
    if (left.length > 0) throw new Stop('not-inspected');
    return bytes;
  }

  #readAt(offset: number, num: number): Value | PdfStream {
    const lexer = new Lexer(this.bytes, offset);
    const head = [lexer.read(), lexer.read(), lexer.read()];
    if (head[0] !== num || !isWord(head[2], 'obj')) throw new Stop('broken');
    const value = lexer.read();
    if (!isDict(value)) return value;
    const after = lexer.pos;
    if (!isWord(lexer.read(), 'stream')) {
      lexer.pos = after;
      return value;
    }
    let start = lexer.pos;
    if (this.bytes[start] === 13) start++;
    if (this.bytes[start] === 10) start++;
    return { dict: value, raw: this.bytes.subarray(start, start + this.#lengthAt(value, start)) };
  }

  /** A stream's length as stated, if the end mark stands there; else up to the mark. */
  #lengthAt(dict: Dict, start: number): number {
    const stated = this.number(dict.get('Length'));
    if (stated !== undefined && stated >= 0 && start + stated <= this.bytes.length) {
      const at = indexOfAscii(this.bytes, 'endstream', start + stated, start + stated + 16);
      if (at >= 0) return stated;
    }
    const end = indexOfAscii(this.bytes, 'endstream', start);
    if (end < 0) throw new Stop('broken');
    return end - start;
  }

  #readPacked(container: number, num: number): Value {
    const pack = this.#objectStreams.get(container) ?? this.#openObjectStream(container);
    const offset = pack.offsets.get(num);
    return offset === undefined ? null : new Lexer(pack.bytes, pack.first + offset).read();
  }

  #openObjectStream(container: number): ObjectStream {
    if (this.entries.get(container)?.type !== 1) throw new Stop('broken');
    const stream = this.object(container);
    if (!isStream(stream)) throw new Stop('broken');
    const bytes = this.content(stream);
    const count = Math.min(this.number(stream.dict.get('N')) ?? 0, this.budget.limits.objects);
    const offsets = new Map<number, number>();
    const lexer = new Lexer(bytes, 0, false);
    for (let i = 0; i < count && !lexer.atEnd; i++) {
      const [num, offset] = [lexer.read(), lexer.read()];
      if (typeof num === 'number' && typeof offset === 'number') offsets.set(num, offset);
    }
    const pack = { bytes, first: this.number(stream.dict.get('First')) ?? 0, offsets };
    this.#objectStreamBytes += bytes.length;
    if (this.#objectStreamBytes > OBJECT_STREAM_CACHE) {
      this.#objectStreams.clear();
      this.#objectStreamBytes = bytes.length;
    }
    this.#objectStreams.set(container, pack);
    return pack;
  }
}

export function isStream(value: Value | PdfStream | undefined): value is PdfStream {
  return typeof value === 'object' && value !== null && 'raw' in value;
}
