import type { Side } from '../types.ts';
import { SIDES } from '../types.ts';
import { type CodeBook, oddCode, oddId, regularCode } from './code.ts';
import { Comparer } from './compare.ts';
import { GROUP_HEAD, type KernelOptions, type KernelOutcome, LINKED_WORDS, pushGroup } from './kernel.ts';
import { MASK, MISSING, ODD_SHAPE_OF_ALL } from './layout.ts';
import { Growing } from './sink.ts';

/** Rows of one dossier that is not plainly equal: row numbers (from 0) of each side; several = duplicates. */
export interface JoinGroup {
  /** Bits of `MASK`. */
  mask: number;
  city: number[];
  national: number[];
  lgsp: number[];
}

export interface JoinOutcome {
  /** Rows that each side gave, readable or not. Every one is in `equalRows`, in exactly one group, or unreadable. */
  rows: Record<Side, number>;
  equalRows: Record<Side, number>;
  unreadableRows: Record<Side, number>;
  /** Earliest and latest moment of receipt of all rows, epoch seconds; null when no row tells one. */
  received: readonly [number, number] | null;
  /** Every dossier that is not plainly equal, in the order of the rows: the city's first. */
  groups: GroupList;
}

/** Rows went missing on the way: a fault of this program, which must never be hidden. */
class UnaccountedRows extends Error {
  override name = 'UnaccountedRows';
}

/** Groups in few large arrays; a group becomes an object when it is asked for. */
class GroupList implements Iterable<JoinGroup> {
  #words: Uint32Array;
  #order: Uint32Array;
  #book: CodeBook;

  constructor(words: Uint32Array, book: CodeBook) {
    this.#words = words;
    this.#book = book;
    this.#order = orderOf(words);
  }

  get length(): number {
    return this.#order.length;
  }

  *[Symbol.iterator](): Iterator<JoinGroup> {
    for (let n = 0; n < this.length; n++) yield this.at(n);
  }

  at(n: number): JoinGroup {
    const words = this.#words;
    const at = this.#order[n] as number;
    let from = at + GROUP_HEAD;
    const rows = (side: number) => {
      const count = words[at + 3 + side] as number;
      from += count;
      return count === 1 ? [words[from - 1] as number] : [...words.subarray(from - count, from).toSorted()];
    };
    return { mask: words[at] as number, city: rows(0), national: rows(1), lgsp: rows(2) };
  }

  mask(n: number): number {
    return this.#words[this.#order[n] as number] as number;
  }

  /** The code of the n-th group, as it is compared (see `normalCode`); of several, one of them. */
  code(n: number): string {
    const at = this.#order[n] as number;
    const [key0, key1] = [this.#words[at + 1] as number, this.#words[at + 2] as number];
    const [shape, day] = [key0 >>> 16, key0 & 0xffff];
    if (shape === ODD_SHAPE_OF_ALL) return oddCode(this.#book.odd.entry(oddId(day, key1)));
    return regularCode(this.#book.shapes.entry(shape), day, key1);
  }

  /** How many groups have which mask. */
  byMask(): Map<number, number> {
    const counts = new Map<number, number>();
    for (let n = 0; n < this.length; n++) counts.set(this.mask(n), (counts.get(this.mask(n)) ?? 0) + 1);
    return counts;
  }

  /** Rows of a side that are in groups. */
  rowsOf(side: number): number {
    let rows = 0;
    for (const at of this.#order) rows += this.#words[at + 3 + side] as number;
    return rows;
  }
}

/** Places of the groups, ordered by the first row of the first side that has one. */
function orderOf(words: Uint32Array): Uint32Array {
  const places: number[] = [];
  for (let at = 0; at < words.length; at += GROUP_HEAD + sizeOf(words, at)) places.push(at);
  const keys = new Float64Array(places.length);
  places.forEach((at, n) => {
    let side = 0;
    while (words[at + 3 + side] === 0) side++;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < (words[at + 3 + side] as number); i++)
      least = Math.min(least, words[at + GROUP_HEAD + i] as number);
    keys[n] = side * 2 ** 32 + least;
  });
  const order = Uint32Array.from(places.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number));
  return order.map((n) => places[n] as number);
}

const sizeOf = (words: Uint32Array, at: number) =>
  (words[at + 3] as number) + (words[at + 4] as number) + (words[at + 5] as number);

/**
 * Puts together what the kernels found. Rows of linked codes are judged here, dossier by dossier over all its codes.
 *
 * This is also the residue pass: a partition is a hash of the code, not a unit or a day, so that a dossier that one system files under
 * another unit or day has already met its fellows, and codes that are still alone now are alone everywhere. Different codes meet only
 * where a row names both. Whoever joins part by part (a job of unit × day) hands the lonely rows of all parts to one more join.
 * @throws UnaccountedRows when not every row is in exactly one place.
 */
export function assemble(
  kernels: readonly KernelOutcome[],
  book: CodeBook,
  options: KernelOptions,
  rows: Record<Side, number>,
  unreadableRows: Record<Side, number>,
): JoinOutcome {
  const equal = [0, 0, 0];
  const groups = new Growing();
  for (const kernel of kernels)
    for (let side = 0; side < 3; side++) equal[side] = (equal[side] as number) + (kernel.equal[side] as number);
  judgeLinked(kernels, options, groups, equal);
  const all = new Uint32Array(kernels.reduce((sum, kernel) => sum + kernel.groups.length, groups.length));
  all.set(groups.take());
  let at = groups.length;
  for (const kernel of kernels) {
    all.set(kernel.groups, at);
    at += kernel.groups.length;
  }
  const list = new GroupList(all, book);
  const equalRows = {} as Record<Side, number>;
  SIDES.forEach((side, i) => {
    equalRows[side] = equal[i] as number;
    const found = (equal[i] as number) + list.rowsOf(i) + unreadableRows[side];
    if (found !== rows[side]) throw new UnaccountedRows(`${side}: ${rows[side]} rows in, ${found} accounted for`);
  });
  const earliest = Math.min(...kernels.map(({ received }) => received[0]));
  const latest = Math.max(...kernels.map(({ received }) => received[1]));
  return { rows, equalRows, unreadableRows, received: earliest <= latest ? [earliest, latest] : null, groups: list };
}

function judgeLinked(
  kernels: readonly KernelOutcome[],
  options: KernelOptions,
  groups: Growing,
  equal: number[],
): void {
  const words = new Int32Array(kernels.reduce((sum, { linked }) => sum + linked.length, 0));
  let filled = 0;
  for (const { linked } of kernels) {
    words.set(linked, filled);
    filled += linked.length;
  }
  const order = Uint32Array.from({ length: words.length / LINKED_WORDS }, (_, n) => n * LINKED_WORDS);
  order.sort(
    (a, b) => (words[a] as number) - (words[b] as number) || (words[a + 1] as number) - (words[b + 1] as number),
  );
  const comparer = new Comparer(options.tolerances, options.told);
  for (let from = 0; from < order.length; ) {
    const dossier = words[order[from] as number];
    const places: number[] = [];
    const sides: number[] = [];
    for (; from < order.length && words[order[from] as number] === dossier; from++) {
      places.push((order[from] as number) + 2);
      sides.push(words[(order[from] as number) + 1] as number);
    }
    const perSide = [0, 1, 2].map((side) => sides.filter((one) => one === side).length);
    let mask = comparer.differences(words, places, sides, places.length);
    for (const side of options.asked) if (perSide[side] === 0) mask |= MISSING[side] as number;
    if (perSide.some((count) => count > 1)) mask |= MASK.duplicate;
    const [first] = places as [number];
    const [key0, key1] = [words[first] as number, words[first + 1] as number];
    if (places.some((at) => words[at] !== key0 || words[at + 1] !== key1)) mask |= MASK.alias;
    if (mask !== 0) pushGroup(groups, mask, key0, key1, words, places, sides, places.length);
    else for (const side of sides) equal[side] = (equal[side] as number) + 1;
  }
}
