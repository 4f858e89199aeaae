import type { Counting, Dossier, Rules } from '../schema/index.ts';
import { dayOf } from '../text/index.ts';

/** How a dossier received at a moment (epoch minutes) is counted: by the rules that were in force on that day. */
export function countingAt({ counting }: Rules, receivedAt: number): Counting {
  const day = dayOf(receivedAt);
  let chosen = counting[0] as Counting;
  for (const choice of counting) if (choice.from <= day) chosen = choice;
  return chosen;
}

/** The same-day cut-off that the unit set for a procedure, minute of the day; undefined where the calendar's applies. */
export function cutoffOf({ cutoffs }: Rules, procedure: Dossier['procedure']): number | undefined {
  const { code } = procedure;
  return code === undefined
    ? undefined
    : cutoffs.find((own) => code === own.procedure || code.startsWith(`${own.procedure}.`))?.minute;
}
