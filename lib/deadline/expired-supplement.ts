import type { Dossier } from '../schema/index.ts';
import { fold } from '../text/index.ts';
import data from './data/supplement.json' with { type: 'json' };

/**
 * True when the system itself says that the time for bringing the missing papers is over. That is all that is certain: the
 * citizen's time limit is on no page, and whether the office asked in time depends on special laws (data/supplement.json). It is a
 * tag of its own and changes no verdict: neither the clock's pause nor its end follows from it.
 */
export function supplementExpired({ status }: Pick<Dossier, 'status'>): boolean {
  const text = fold(status.text);
  return data.expired.some((words) => fold(words) === text);
}
