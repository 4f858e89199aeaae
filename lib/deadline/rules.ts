import * as z from 'zod/mini';
import { IsoDay } from '../calendar/index.ts';
import type { Rules } from '../schema/index.ts';
import thresholds from './data/thresholds.json' with { type: 'json' };
import { countingOf, POLICY_IDS } from './policies.ts';

/** What a unit chooses, from a day on. What it leaves out is as the decree has it. */
export const CountingChoice = z.object({
  effectiveFrom: IsoDay,
  policy: z.enum(POLICY_IDS),
  dayZero: z.optional(z.enum(['effective', 'receipt-date'])),
  roundUpMinutes: z.optional(z.number().check(z.int(), z.gte(0), z.lte(240))),
  closeOfDay: z.optional(z.enum(['stay', 'next-opening'])),
  supplement: z.optional(z.enum(['restart', 'pause', 'shift', 'subtract'])),
  /** Where the choice was decided (công văn, quyết định). */
  source: z.optional(z.string().check(z.maxLength(300))),
});
export type CountingChoice = z.infer<typeof CountingChoice>;

const Clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'phải có dạng HH:mm'));

/** A unit's rules: how it counts, when it warns. Everything optional; the shipped rules stand where it says nothing. */
export const UnitRules = z.object({
  counting: z.optional(z.array(CountingChoice).check(z.maxLength(40))),
  thresholds: z.optional(
    z.object({
      dueSoonMinutes: z.optional(z.number().check(z.int(), z.gte(0), z.lte(48_000))),
      dueSoonShare: z.optional(z.number().check(z.gte(0), z.lte(1))),
      mismatchMinutes: z.optional(z.number().check(z.int(), z.gte(1), z.lte(48_000))),
      acceptanceWorkdays: z.optional(z.number().check(z.int(), z.gte(1), z.lte(60))),
    }),
  ),
  cutoffs: z.optional(
    z
      .array(z.object({ procedure: z.string().check(z.minLength(1), z.maxLength(60)), at: Clock }))
      .check(z.maxLength(2000)),
  ),
});
export type UnitRules = z.infer<typeof UnitRules>;

/** Procedure code without its suffixes: `1.001193.000.00.00.H29` and `1.001193` are one procedure. */
const stem = (code: string) => /^\d\.\d{6}/.exec(code.trim())?.[0] ?? code.trim();

/** The unit's rules as numbers, on top of the shipped ones. */
export function resolveRules(unit: UnitRules = {}): Rules {
  const { version: _version, source: _source, ...shipped } = thresholds;
  const chosen = [...(unit.counting ?? [])].map(countingOf).sort((a, b) => a.from - b.from);
  return {
    thresholds: { ...shipped, ...unit.thresholds },
    counting: [countingOf({ policy: 'civil-code' }), ...chosen],
    cutoffs: (unit.cutoffs ?? []).map(({ procedure, at }) => ({
      procedure: stem(procedure),
      minute: Number(at.slice(0, 2)) * 60 + Number(at.slice(3)),
    })),
  };
}

/** Rules that ship: NĐ 118/2025 with the Civil Code's counting. */
export const DEFAULT_RULES: Rules = resolveRules();
