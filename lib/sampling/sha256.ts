/**
 * SHA-256 (FIPS 180-4) of texts, in plain JavaScript. Web Crypto answers each text by a promise of its own, which for a draw from a
 * million codes costs many times the hash itself (docs/spotcheck.md, «Đo»).
 */

/** The first 32 bits of the fraction of a number. */
const fraction = (value: number) => ((value - Math.floor(value)) * 2 ** 32) | 0;

const PRIMES = [2, ...Array.from({ length: 155 }, (_, i) => 2 * i + 3)].filter((n) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
});
/** Constants of the rounds and the state at the beginning: cube and square roots of the first primes (§4.2.2, §5.3.3). */
const K = Int32Array.from(PRIMES.slice(0, 64), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const BLOCK = 64;
const schedule = new Int32Array(64);

function compress(state: Int32Array, bytes: Uint8Array, from: number): void {
  const w = schedule;
  for (let i = 0, at = from; i < 16; i++, at += 4)
    w[i] =
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15] as number;
    const y = w[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (w[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
  state[5] = ((state[5] as number) + f) | 0;
  state[6] = ((state[6] as number) + g) | 0;
  state[7] = ((state[7] as number) + h) | 0;
}

const encoder = new TextEncoder();

/** SHA-256 of a text that comes in pieces; each piece is taken as UTF-8. */
export class Sha256 {
  readonly #state = new Int32Array(8);
  /** What does not fill a block yet, with room for the end. */
  #buffer = new Uint8Array(4 * BLOCK);
  #held = 0;
  #length = 0;

  constructor() {
    this.#state.set(START);
  }

  /** Begins anew, so that one object serves for many texts. */
  reset(): this {
    this.#state.set(START);
    this.#held = 0;
    this.#length = 0;
    return this;
  }

  add(text: string): this {
    // UTF-8 takes at most three bytes for a unit of UTF-16; two blocks more hold the padding.
    const room = this.#held + text.length * 3 + 2 * BLOCK;
    if (room > this.#buffer.length) {
      const wider = new Uint8Array(room * 2);
      wider.set(this.#buffer.subarray(0, this.#held));
      this.#buffer = wider;
    }
    const { written } = encoder.encodeInto(text, this.#buffer.subarray(this.#held));
    this.#length += written;
    const end = this.#held + written;
    let at = 0;
    for (; at + BLOCK <= end; at += BLOCK) compress(this.#state, this.#buffer, at);
    if (at > 0) this.#buffer.copyWithin(0, at, end);
    this.#held = end - at;
    return this;
  }

  /** The hash as eight words; the object must be reset before it is used again. The array is the object's own. */
  words(): Int32Array {
    const buffer = this.#buffer;
    const blocks = this.#held + 9 > BLOCK ? 2 : 1;
    const end = blocks * BLOCK;
    buffer[this.#held] = 0x80;
    buffer.fill(0, this.#held + 1, end);
    const bits = this.#length * 8;
    for (let i = 0, rest = bits; i < 7; i++, rest = Math.floor(rest / 256)) buffer[end - 1 - i] = rest % 256;
    for (let at = 0; at < end; at += BLOCK) compress(this.#state, buffer, at);
    return this.#state;
  }

  hex(): string {
    return Array.from(this.words(), (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/** SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. A lone surrogate counts as U+FFFD, as everywhere on the web. */
export const sha256Hex = (text: string): string => new Sha256().add(text).hex();
