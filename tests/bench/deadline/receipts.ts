import { parseIsoDay, startOfDay } from '../../../lib/text/index.ts';

/** A repeatable generator in [0, 1): every run measures the same receipts. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Receipts between two dates (the last one left out), any day of the week, 07:00 to 17:59. Epoch minutes. */
export function receipts(count: number, from: string, to: string, seed: number): number[] {
  const random = generator(seed);
  const first = parseIsoDay(from) as number;
  const days = (parseIsoDay(to) as number) - first;
  return Array.from({ length: count }, () => {
    const day = first + Math.floor(random() * days);
    return startOfDay(day) + 7 * 60 + Math.floor(random() * 11 * 60);
  });
}
