import { Stop } from '../budget.ts';

/** The values of a PDF file (ISO 32000-1 §7.3) and a reader of them. */

export class Name {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
export class Ref {
  readonly num: number;
  readonly gen: number;
  constructor(num: number, gen: number) {
    this.num = num;
    this.gen = gen;
  }
}
/** A string with the place it was written at: a signature is only sound when its value lies exactly in its gap. */
export class PdfString {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }
}
/** A bare word: an operator of a content stream, or `obj`, `stream`, `R` … */
export class Word {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
export type Dict = Map<string, Value>;
export type Value = null | boolean | number | Name | Ref | PdfString | Word | Value[] | Dict;

export const isDict = (value: Value | undefined): value is Dict => value instanceof Map;
export const nameOf = (value: Value | undefined) => (value instanceof Name ? value.value : undefined);
export const isWord = (value: Value | undefined, text: string) => value instanceof Word && value.value === text;

/** Readers give up far below this; a file nested deeper is made to harm. */
const MAX_DEPTH = 100;
const END = new Word('');

/** 1 = white space, 2 = delimiter. */
const CLASS = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) CLASS[byte] = 1;
for (const char of '()<>[]{}/%') CLASS[char.charCodeAt(0)] = 2;

const hexDigit = (byte: number) => {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
};
const ESCAPES: Record<number, number> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };

export class Lexer {
  readonly bytes: Uint8Array;
  pos: number;
  /** Content streams have no references, and `1 0 R` would read past operators. */
  readonly #refs: boolean;

  constructor(bytes: Uint8Array, pos = 0, refs = true) {
    this.bytes = bytes;
    this.pos = pos;
    this.#refs = refs;
  }

  get atEnd(): boolean {
    return this.pos >= this.bytes.length;
  }

  skipSpace(): void {
    const { bytes } = this;
    for (; this.pos < bytes.length; this.pos++) {
      const byte = bytes[this.pos] as number;
      if (byte === 37) {
        while (this.pos < bytes.length && bytes[this.pos] !== 10 && bytes[this.pos] !== 13) this.pos++;
      } else if (CLASS[byte] !== 1) return;
    }
  }

  /** The next value; an empty word at the end. @throws Stop on nesting that no honest file has. */
  read(depth = 0): Value {
    if (depth > MAX_DEPTH) throw new Stop('too-complex');
    this.skipSpace();
    const { bytes } = this;
    const byte = bytes[this.pos];
    if (byte === undefined) return END;
    if (byte === 47) return this.#name();
    if (byte === 40) return this.#literal();
    if (byte === 60) {
      if (bytes[this.pos + 1] !== 60) return this.#hex();
      this.pos += 2;
      return this.#dict(depth);
    }
    if (byte === 91) {
      this.pos++;
      return this.#array(depth);
    }
    if (CLASS[byte] === 2) {
      const double = byte === 62 && bytes[this.pos + 1] === 62;
      this.pos += double ? 2 : 1;
      return new Word(double ? '>>' : String.fromCharCode(byte));
    }
    return this.#numberOrWord();
  }

  #word(): string {
    const start = this.pos;
    const { bytes } = this;
    while (this.pos < bytes.length && CLASS[bytes[this.pos] as number] === 0) this.pos++;
    let text = '';
    // A run without a space is junk after some length; it is skipped, not kept.
    for (let i = start; i < this.pos && i < start + 128; i++) text += String.fromCharCode(bytes[i] as number);
    return text;
  }

  #numberOrWord(): Value {
    const text = this.#word();
    const first = text.charCodeAt(0);
    if (first <= 57 && first !== 44 && first !== 47 && first >= 43) {
      const number = Number(text);
      if (Number.isNaN(number)) return Number.parseFloat(text) || 0;
      return this.#refs && Number.isInteger(number) && number >= 0 ? this.#refOr(number) : number;
    }
    if (text === 'true') return true;
    if (text === 'false') return false;
    return text === 'null' ? null : new Word(text);
  }

  /** `12 0 R` begins like a number. */
  #refOr(num: number): number | Ref {
    const back = this.pos;
    this.skipSpace();
    let gen = 0;
    let digits = 0;
    for (; digits < 6; digits++, this.pos++) {
      const byte = this.bytes[this.pos] ?? 0;
      if (byte < 48 || byte > 57) break;
      gen = gen * 10 + byte - 48;
    }
    if (digits > 0) {
      this.skipSpace();
      if (this.bytes[this.pos] === 82 && CLASS[this.bytes[this.pos + 1] ?? 32] !== 0) {
        this.pos++;
        return new Ref(num, gen);
      }
    }
    this.pos = back;
    return num;
  }

  #name(): Name {
    this.pos++;
    const text = this.#word();
    return new Name(
      text.includes('#')
        ? text.replace(/#([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
        : text,
    );
  }

  #array(depth: number): Value[] {
    const values: Value[] = [];
    for (;;) {
      const value = this.read(depth + 1);
      if (value === END || isWord(value, ']')) return values;
      values.push(value);
    }
  }

  #dict(depth: number): Dict {
    const dict: Dict = new Map();
    for (;;) {
      const key = this.read(depth + 1);
      if (key === END || isWord(key, '>>')) return dict;
      if (!(key instanceof Name)) continue;
      const value = this.read(depth + 1);
      if (value === END || isWord(value, '>>')) return dict;
      dict.set(key.value, value);
    }
  }

  #hex(): PdfString {
    const start = this.pos++;
    const { bytes } = this;
    let end = bytes.indexOf(62, this.pos);
    if (end < 0) end = bytes.length;
    const out = new Uint8Array((end - this.pos + 1) >> 1);
    let digits = 0;
    for (; this.pos < end; this.pos++) {
      const digit = hexDigit(bytes[this.pos] as number);
      if (digit < 0) continue;
      out[digits >> 1] = (out[digits >> 1] as number) | (digits % 2 ? digit : digit << 4);
      digits++;
    }
    this.pos = end + 1;
    return new PdfString(out.subarray(0, (digits + 1) >> 1), start, this.pos);
  }

  #literal(): PdfString {
    const start = this.pos++;
    const { bytes } = this;
    const out: number[] = [];
    for (let open = 1; this.pos < bytes.length; this.pos++) {
      let byte = bytes[this.pos] as number;
      if (byte === 40) open++;
      else if (byte === 41) {
        if (--open === 0) break;
      } else if (byte === 92) {
        byte = bytes[++this.pos] ?? 0;
        if (byte === 13 || byte === 10) {
          if (byte === 13 && bytes[this.pos + 1] === 10) this.pos++;
          continue;
        }
        if (byte >= 48 && byte <= 55) {
          let code = 0;
          let n = 0;
          for (; n < 3; n++) {
            const digit = bytes[this.pos + n] ?? 0;
            if (digit < 48 || digit > 55) break;
            code = code * 8 + digit - 48;
          }
          this.pos += n - 1;
          byte = code & 255;
        } else byte = ESCAPES[byte] ?? byte;
      }
      out.push(byte);
    }
    this.pos++;
    return new PdfString(Uint8Array.from(out), start, this.pos);
  }
}
