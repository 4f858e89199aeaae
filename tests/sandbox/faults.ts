/**
 * Faults that the simulated systems commit on purpose, per service and per call number, so that a test can say what a
 * client must do about each. The kinds are the quirks of protocols.md §3 and the list of issue D.
 */

import * as z from 'zod/mini';
import { makeRng } from './city/rng.ts';

export const FAULT_KINDS = [
  // Instead of the answer
  '401',
  '403',
  '429',
  '500',
  '502-html',
  '203',
  '204',
  'hang',
  'reset',
  /** The account's session or token is over; the next login works. */
  'session-expired',
  /** A failure inside HTTP 200. */
  'refused-in-200',
  /** "đã tồn tại", also when it is not so. `code` chooses "3" or "-3". */
  'duplicate',
  // Around the answer
  'delay',
  'truncated',
  // In the answer
  'one-as-object',
  /** `error_code` as `code`: 0, "0" or "00". */
  'error-code',
  'false-z',
  'offset-0700',
  'epoch',
  'numbers-as-strings',
  'nfd',
  'second-code',
  'slash-code',
  /** A list of up to `rows` (default 10 000): padded with dossiers that nobody knows, or, in pages, more than asked for. */
  'big-page',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const whole = z.int().check(z.positive());

const When = z.union([
  z.strictObject({ nth: z.union([whole, z.array(whole)]) }),
  z.strictObject({ every: whole }),
  z.strictObject({ from: whole, to: z.optional(whole) }),
  z.strictObject({ chance: z.number().check(z.minimum(0), z.maximum(1)) }),
]);

const FaultRuleSchema = z.strictObject({
  fault: z.enum(FAULT_KINDS),
  /** Left out: all three. */
  upstream: z.optional(z.enum(['lgsp', 'dvcqg', 'citysearch'])),
  /** Left out: every service; the numbers of `when` are counted per service. */
  service: z.optional(z.string()),
  /** Which calls of the service, from 1; left out: all. */
  when: z.optional(When),
  /** At most so many times in all. */
  times: z.optional(whole),
  /** 429 and 500: seconds, or an HTTP date. */
  retryAfter: z.optional(z.union([z.number(), z.string()])),
  /** delay: milliseconds, default 20 000. */
  ms: z.optional(whole),
  /** error-code and duplicate. */
  code: z.optional(z.union([z.number(), z.string()])),
  rows: z.optional(whole),
});
export type FaultRule = z.infer<typeof FaultRuleSchema>;

/** Counts the calls of every service and says which faults meet each. */
export class FaultBox {
  readonly #seed: string;
  #rules: { rule: FaultRule; used: number }[] = [];
  readonly #numbers = new Map<string, number>();

  /** Throws on rules that are not well formed. */
  constructor(rules: readonly FaultRule[] = [], seed = 'faults') {
    this.#seed = seed;
    this.set(rules);
  }

  /** New rules; the call numbers go on. */
  set(rules: readonly FaultRule[]): void {
    this.#rules = z.parse(z.array(FaultRuleSchema), rules).map((rule) => ({ rule, used: 0 }));
  }

  /** The number of this call among those of its service, and the faults that meet it. */
  next(upstream: string, service: string): { number: number; faults: FaultRule[] } {
    const key = `${upstream} ${service}`;
    const number = (this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, number);
    const faults: FaultRule[] = [];
    for (const [place, entry] of this.#rules.entries()) {
      const { rule } = entry;
      if (rule.upstream !== undefined && rule.upstream !== upstream) continue;
      if (rule.service !== undefined && rule.service !== service) continue;
      if (rule.times !== undefined && entry.used >= rule.times) continue;
      if (!meets(rule.when, number, () => makeRng(`${this.#seed}|${place}|${key}|${number}`).next())) continue;
      entry.used += 1;
      faults.push(rule);
    }
    return { number, faults };
  }
}

function meets(when: FaultRule['when'], number: number, chance: () => number): boolean {
  if (when === undefined) return true;
  if ('nth' in when) return Array.isArray(when.nth) ? when.nth.includes(number) : when.nth === number;
  if ('every' in when) return number % when.every === 0;
  if ('from' in when) return number >= when.from && number <= (when.to ?? Number.POSITIVE_INFINITY);
  return chance() < when.chance;
}
