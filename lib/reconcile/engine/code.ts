import { ByteDictionary } from './dictionary.ts';
import { codeHash, ODD_SHAPE } from './layout.ts';

const DASH = 45;
const MAX_SEQUENCE_DIGITS = 7;
const MAX_PREFIX = 64;
const utf8 = new TextEncoder();
const text = new TextDecoder();

/**
 * A dossier code as it is compared: NFC, trimmed, upper case, no blanks around separators and no invisible letters. Two codes are the
 * same dossier exactly when this is the same text (or when a second code says so); leading zeros and both forms of the day count.
 */
export function normalCode(code: string): string {
  return code
    .normalize('NFC')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .trim()
    .toUpperCase()
    .replace(/\s*([-./_])\s*/g, '$1');
}

const isBlank = (c: number) => c === 32 || c === 9 || c === 10 || c === 13;
const isDigit = (c: number) => c >= 48 && c <= 57;

/**
 * Codes as exact numbers. `H29.26-260115-000123` is a shape (prefix, form of the day, digits of the sequence), a day and a sequence;
 * any other code is its place in a dictionary of odd codes. After `read` the parts are in `shape`, `day`, `sequence`, `hash`.
 */
export class CodeBook {
  shapes = new ByteDictionary(true);
  odd = new ByteDictionary(false);
  shape = 0;
  day = 0;
  sequence = 0;
  hash = 0;
  /** Length of the prefix, digits of day and sequence of the last regular code; prefix 0: the last one was odd. */
  prefix = 0;
  dayDigits = 0;
  sequenceDigits = 0;
  /** The shape that stands for an odd code; shapes below it are regular. */
  readonly oddShape: number;
  #scratch = new Uint8Array(MAX_PREFIX + 2);

  constructor(oddShape = ODD_SHAPE) {
    this.oddShape = oddShape;
  }

  /** Reads one code; false when there is none. */
  read(source: Uint8Array, start: number, end: number): boolean {
    let from = start;
    let to = end;
    while (from < to && isBlank(source[from] as number)) from++;
    while (to > from && isBlank(source[to - 1] as number)) to--;
    if (from === to) return false;
    for (let i = from; i < to; i++) {
      const c = source[i] as number;
      if (c >= 128 || isBlank(c)) return this.#readText(text.decode(source.subarray(from, to)));
    }
    this.#readPlain(source, from, to);
    return true;
  }

  #readText(code: string): boolean {
    const bytes = utf8.encode(normalCode(code));
    if (bytes.length === 0) return false;
    this.#readPlain(bytes, 0, bytes.length);
    // The reader must not think that the raw bytes had this layout.
    this.prefix = 0;
    return true;
  }

  #readPlain(source: Uint8Array, from: number, to: number): void {
    if (this.#readRegular(source, from, to)) return;
    this.prefix = 0;
    this.#storeOdd(source, from, to);
    this.hash = codeHash(this.odd.hash(oddId(this.day, this.sequence)), 0, 0);
  }

  #storeOdd(source: Uint8Array, from: number, to: number): void {
    // The dictionary keeps bytes; only ASCII can still be in lower case here.
    const upper = source.slice(from, to).map((c) => (c >= 97 && c <= 122 ? c - 32 : c));
    const id = this.odd.intern(upper, 0, upper.length);
    this.shape = this.oddShape;
    this.day = id >>> 24;
    this.sequence = id & 0xffffff;
  }

  /** prefix-yymmdd-seq or prefix-yyyymmdd-seq, split from the right. */
  #readRegular(source: Uint8Array, from: number, to: number): boolean {
    let at = to - 1;
    while (at > from && isDigit(source[at] as number)) at--;
    const digits = to - 1 - at;
    if (digits < 1 || digits > MAX_SEQUENCE_DIGITS || source[at] !== DASH) return false;
    const dash = at;
    for (at--; at > from && isDigit(source[at] as number); at--);
    const dayDigits = dash - 1 - at;
    const prefix = at - from;
    if ((dayDigits !== 6 && dayDigits !== 8) || source[at] !== DASH || prefix < 1 || prefix > MAX_PREFIX) return false;
    const two = (i: number) => ((source[i] as number) - 48) * 10 + (source[i + 1] as number) - 48;
    const [year, month, day] = [two(dash - 6), two(dash - 4), two(dash - 2)];
    if (month > 15 || day > 31) return false;
    let sequence = 0;
    for (let i = dash + 1; i < to; i++) sequence = sequence * 10 + (source[i] as number) - 48;

    const scratch = this.#scratch;
    scratch.set(source.subarray(from, at));
    scratch[prefix] = dayDigits === 8 ? two(dash - 8) + 1 : 0;
    scratch[prefix + 1] = digits;
    const content = this.shapes.hashOf(scratch, 0, prefix + 2);
    const packed = (year << 9) | (month << 5) | day;
    let shape = this.shapes.find(scratch, 0, prefix + 2);
    if (shape < 0 && this.shapes.size < this.oddShape) shape = this.shapes.intern(scratch, 0, prefix + 2);
    if (shape < 0) {
      // No number left: kept as an odd code, but in the partition of the regular one, which another reader may have.
      this.#storeOdd(source, from, to);
      this.prefix = 0;
    } else {
      [this.shape, this.day, this.sequence] = [shape, packed, sequence];
      [this.prefix, this.dayDigits, this.sequenceDigits] = [prefix, dayDigits, digits];
    }
    this.hash = codeHash(content, packed, sequence);
    return true;
  }
}

/** Number of an odd code, which lies in day and sequence. */
export const oddId = (day: number, sequence: number): number => ((day << 24) | sequence) >>> 0;

/** The text of a regular code from its parts. */
export function regularCode(shape: Uint8Array, day: number, sequence: number): string {
  const prefix = text.decode(shape.subarray(0, shape.length - 2));
  const century = shape[shape.length - 2] as number;
  const two = (n: number) => String(n).padStart(2, '0');
  const days = two(day >>> 9) + two((day >>> 5) & 15) + two(day & 31);
  const digits = String(sequence).padStart(shape[shape.length - 1] as number, '0');
  return `${prefix}-${century > 0 ? two(century - 1) : ''}${days}-${digits}`;
}

/** The text of an odd code. */
export const oddCode = (bytes: Uint8Array): string => text.decode(bytes);
