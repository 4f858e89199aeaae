import {
  DAY_DUE,
  DAY_FINISH,
  DAY_RECEIVED,
  FLAG_BEYOND,
  FLAG_DAYS,
  FLAG_PROCEDURE,
  FLAG_RESULT,
  FLAG_STATUS,
  JOINED_PROCEDURE_BEYOND,
  MASK,
  MOMENT_BEYOND,
} from './layout.ts';
import { DAY, UTC7 } from './moments.ts';

/**
 * How far a moment may differ: so many seconds, or so many whole days at UTC+7 (0: the same day). Under a tolerance in seconds a bare
 * day must be the same day.
 */
export type Tolerance = { seconds: number } | { days: number };

const FLAGS_AT = 2;

interface MomentRule {
  bit: number;
  dayFlag: number;
  word: number;
  /** Undefined: compared by day. */
  seconds: number | undefined;
  days: number;
}

function ruleOf(bit: number, dayFlag: number, word: number, tolerance: Tolerance): MomentRule {
  const seconds = 'seconds' in tolerance ? tolerance.seconds : undefined;
  const days = 'days' in tolerance ? tolerance.days : 0;
  return { bit, dayFlag: dayFlag << FLAG_DAYS, word, seconds, days };
}

export interface Tolerances {
  receivedAt: Tolerance;
  dueAt: Tolerance;
  finishedAt: Tolerance;
}

/**
 * In which fields do rows of one dossier differ? A field of a moment does when two of the rows are further apart than allowed, or one
 * has it and another has none. Rows of a side that does not tell a field at all have no say in it.
 */
export class Comparer {
  #moments: MomentRule[];
  #told: readonly number[];

  /** @param told fields (bits of `MASK`) that each side tells at all. */
  constructor(tolerances: Tolerances, told: readonly number[]) {
    this.#told = told;
    this.#moments = [
      ruleOf(MASK.received, DAY_RECEIVED, 3, tolerances.receivedAt),
      ruleOf(MASK.due, DAY_DUE, 4, tolerances.dueAt),
      ruleOf(MASK.finish, DAY_FINISH, 5, tolerances.finishedAt),
    ];
  }

  /** Fields that both sides tell. */
  toldByBoth(a: number, b: number): number {
    return (this.#told[a] as number) & (this.#told[b] as number);
  }

  /** `at`: places of the joined rows in `words`; `sides`: side of each. */
  differences(words: Int32Array, at: readonly number[], sides: readonly number[], count: number): number {
    let mask = 0;
    const told = this.#told;
    let first = -1;
    let [statusOf, resultOf, procedureOf] = [-1, -1, -1];
    for (let i = 0; i < count; i++) {
      const tells = told[sides[i] as number] as number;
      const flags = words[(at[i] as number) + FLAGS_AT] as number;
      first = flags;
      if (tells & MASK.status) {
        const status = first & FLAG_STATUS;
        if (statusOf >= 0 && statusOf !== status) mask |= MASK.status;
        statusOf = status;
      }
      if (tells & MASK.result) {
        const result = first & FLAG_RESULT;
        if (resultOf >= 0 && resultOf !== result) mask |= MASK.result;
        resultOf = result;
      }
      if (tells & MASK.procedure) {
        const procedure = first >>> FLAG_PROCEDURE;
        const beyond = procedure === JOINED_PROCEDURE_BEYOND;
        if (procedureOf >= 0 && (beyond || procedureOf !== procedure)) mask |= MASK.procedure;
        procedureOf = procedure;
      }
    }
    for (const rule of this.#moments) if (this.#apart(rule, words, at, sides, count)) mask |= rule.bit;
    return mask;
  }

  #apart(rule: MomentRule, words: Int32Array, at: readonly number[], sides: readonly number[], count: number): boolean {
    let rows = 0;
    let none = 0;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let [lowDay, highDay] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let [lowBare, highBare] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < count; i++) {
      if (((this.#told[sides[i] as number] as number) & rule.bit) === 0) continue;
      const word = words[(at[i] as number) + rule.word] as number;
      rows++;
      if (word === 0) {
        none++;
        continue;
      }
      // What 32 bits do not hold is equal to nothing here; whoever has the records decides.
      if (word === MOMENT_BEYOND) return count > 1;
      const value = word >>> 0;
      const day = Math.floor((value + UTC7) / DAY);
      if (day < lowDay) lowDay = day;
      if (day > highDay) highDay = day;
      if ((words[(at[i] as number) + FLAGS_AT] as number) & rule.dayFlag) {
        if (day < lowBare) lowBare = day;
        if (day > highBare) highBare = day;
      } else {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    if (none > 0) return none < rows;
    if (rule.seconds === undefined) return highDay - lowDay > rule.days;
    return high - low > rule.seconds || Math.max(highBare - lowDay, highDay - lowBare) > rule.days;
  }
}

/** Two rows whose values are the same word for word, and of a kind that words can tell. */
export function sameWords(words: Int32Array, a: number, b: number): boolean {
  return (
    words[a + 2] === words[b + 2] &&
    words[a + 3] === words[b + 3] &&
    words[a + 4] === words[b + 4] &&
    words[a + 5] === words[b + 5] &&
    ((words[a + 2] as number) & FLAG_BEYOND) === 0
  );
}
