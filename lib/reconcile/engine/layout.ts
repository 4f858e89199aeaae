import type { Side } from '../types.ts';

/** Why a dossier is not plainly equal: the mask of a group. Two rows of one group that differ in a field set its bit. */
export const MASK = {
  missingNational: 1,
  missingLgsp: 2,
  missingCity: 4,
  status: 8,
  due: 16,
  finish: 32,
  procedure: 64,
  result: 128,
  duplicate: 256,
  received: 512,
  /** Rows of different codes met through a second code. */
  alias: 1024,
} as const;

/** Sides as numbers: the order of `SIDES`. */
export const CITY = 0;
export const NATIONAL = 1;
export const LGSP = 2;
export const SIDE_INDEX: Record<Side, number> = { city: CITY, national: NATIONAL, lgsp: LGSP };
export const MISSING = [MASK.missingCity, MASK.missingNational, MASK.missingLgsp] as const;

/*
 * A row as it lies in a partition: six 32-bit words.
 *   0  day 16 | shape 12 | status 4
 *   1  sequence 24 | result 2 | day only 3 (received, due, finish) | odd value 1 | procedure, upper 2
 *   2  row of the range, lower 20 | procedure, lower 12
 *   3  received   4  due   5  finish: epoch seconds, unsigned; 0 = none
 * An odd code has the shape ODD_SHAPE and its number in the dictionary of odd codes in day and sequence.
 */
export const RECORD_WORDS = 6;
export const ROW_BITS = 20;
/** So often blocks that lag behind are ended: twice within the rows that the bits tell apart. */
export const CLOSE_EVERY = 1 << (ROW_BITS - 1);
export const ODD_SHAPE = 0xfff;
export const STATUS_NONE = 15;
export const RESULT_NO = 1;
export const RESULT_YES = 2;
export const DAY_RECEIVED = 1;
export const DAY_DUE = 2;
export const DAY_FINISH = 4;
/** A procedure beyond the numbers: such a row is never found equal here and is compared as a record. */
export const PROCEDURE_BEYOND = 0x3fff;
/** A moment that 32 bits do not hold (before 1970, after 2105): as above. */
export const MOMENT_BEYOND = -1;

/* A row while it is joined: key, key, flags, received, due, finish, row of the side, next of the same side and key. */
export const JOINED_WORDS = 8;
export const FLAG_STATUS = 15;
export const FLAG_RESULT = 3 << 4;
export const FLAG_DAYS = 6;
export const FLAG_BEYOND = 1 << 9;
export const FLAG_PROCEDURE = 10;
export const JOINED_PROCEDURE_BEYOND = 0x3fffff;

/** The odd shape of a whole join: as many readers as `MAX_READERS` have fewer shapes between them. */
export const ODD_SHAPE_OF_ALL = 0xffff;
export const MAX_READERS = 16;

/**
 * Where a code goes: mixed from what the code says, never from numbers that a reader gave out, so that readers that know nothing of
 * each other put the same code into the same partition.
 */
export function codeHash(text: number, day: number, sequence: number): number {
  let h = Math.imul(text ^ sequence, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15) ^ day, 0x85ebca6b);
  return h ^ (h >>> 13);
}

/** Partition of a hash among 2^bits; bits may be 0. */
export const partitionOf = (hash: number, bits: number): number => (hash >>> 1) >>> (31 - bits);

/** How many partitions (as a power of two) make one of them fit a core's cache. */
export function partitionBits(rows: number): number {
  const ROWS_EACH = 96_000;
  let bits = 0;
  while (bits < 11 && rows / (1 << bits) > ROWS_EACH) bits++;
  return bits;
}
