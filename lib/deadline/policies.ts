import type { Counting } from '../schema/index.ts';
import { parseIsoDay } from '../text/index.ts';
import policies from './data/policies.json' with { type: 'json' };

/** Named, dated ways of counting. No schema stands here: pages of a host load it. */

export const POLICY_IDS = ['civil-code', 'hour-to-hour', 'keep-time'] as const;
export type PolicyId = (typeof POLICY_IDS)[number];
export type SupplementMode = Counting['supplement'];

/** A named, dated way to count (chính sách đếm hạn). */
export interface Policy {
  id: PolicyId;
  /** Short name, as in "hệ thống đếm theo giờ". */
  name: string;
  label: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  source: string;
  days: Counting['days'];
  /** Options of a `CountingChoice` that mean something under it. */
  options: readonly string[];
}

export const POLICIES = policies.policies as readonly Policy[];
/** How a supplement is treated; `law` is short enough for a sentence. */
export const SUPPLEMENTS = policies.supplements as readonly {
  id: SupplementMode;
  label: string;
  law: string;
  source: string;
}[];

export function policyById(id: string): Policy | undefined {
  return POLICIES.find((policy) => policy.id === id);
}

/** What a choice of policy may say besides its name; what it leaves out is as the decree has it. */
export interface CountingOptions {
  policy: PolicyId;
  effectiveFrom?: string | undefined;
  dayZero?: Counting['dayZero'] | undefined;
  roundUpMinutes?: number | undefined;
  closeOfDay?: Counting['closeOfDay'] | undefined;
  supplement?: SupplementMode | undefined;
}

/** NĐ 61/2018: a limit that is a fraction of a day is counted with eight hours a day (rule R5). */
const WORKDAY_MINUTES = 480;
const FIRST_DAY = '1990-01-01';

/** A choice as the engine takes it. */
export function countingOf(choice: CountingOptions): Counting {
  const policy = policyById(choice.policy) as Policy;
  return {
    policy: choice.policy,
    from: parseIsoDay(choice.effectiveFrom ?? FIRST_DAY) as number,
    days: policy.days,
    dayZero: choice.dayZero ?? 'effective',
    roundUp: choice.roundUpMinutes ?? 0,
    closeOfDay: choice.closeOfDay ?? 'stay',
    supplement: choice.supplement ?? 'restart',
    workday: WORKDAY_MINUTES,
  };
}
