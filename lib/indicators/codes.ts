/** FNV-1a over the code units, twice with different seeds: 53 bits. */
function hashOf(code: string): number {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < code.length; i++) {
    const unit = code.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 13);
  }
  // 0 stands for an empty place.
  return (a >>> 0) * 0x200000 + ((b >>> 0) & 0x1fffff) || 1;
}

/**
 * Which codes have been seen, in 16 bytes each: a set of strings would take six times that over a million rows. Two codes of one hash would
 * be told as a repetition; over a million codes the chance of a single such pair is 1 in 18,000.
 */
export class SeenCodes {
  #places = new Float64Array(1 << 12);
  #count = 0;

  /** True when the code is new. */
  add(code: string): boolean {
    if (this.#count * 2 >= this.#places.length) this.#grow();
    const added = this.#put(hashOf(code));
    if (added) this.#count++;
    return added;
  }

  #put(hash: number): boolean {
    const mask = this.#places.length - 1;
    for (let at = (hash ^ Math.floor(hash / 0x200000)) & mask; ; at = (at + 1) & mask) {
      const here = this.#places[at];
      if (here === hash) return false;
      if (here === 0) {
        this.#places[at] = hash;
        return true;
      }
    }
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Float64Array(old.length * 2);
    for (const hash of old) if (hash !== 0) this.#put(hash);
  }
}
