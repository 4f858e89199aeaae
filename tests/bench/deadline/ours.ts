import { shippedTable, workingMinutesBetween } from '../../../lib/calendar/index.ts';
import { type CountedPause, countingOf, type DueInput, dueAt } from '../../../lib/deadline/index.ts';
import type { DossierLimit } from '../../../lib/schema/index.ts';
import { isoOf, parseMoment } from '../../../lib/text/index.ts';

const table = shippedTable();
/** As the decree counts; a supplement only stops the clock, so that both pauses have to be counted. */
const counting = countingOf({ policy: 'civil-code', supplement: 'pause' });

const HOUR = 60;
const DAY = 24 * HOUR;

/** Two pauses that lie inside each of the limits asked for: of one day from the first half hour on, and of another two days later. */
const twoPauses = (receivedAt: number): CountedPause[] => [
  { from: receivedAt + HOUR / 2, to: receivedAt + DAY },
  { from: receivedAt + DAY + HOUR / 2, to: receivedAt + 3 * DAY },
];

/** The i-th due moment under one limit: the whole sum, from the receipt to the close of the last day. */
export function dueOf(starts: readonly number[], limit: DossierLimit, paused: boolean): (i: number) => number {
  return dueOfAll(starts.map((receivedAt) => input(receivedAt, limit, paused)));
}

const input = (receivedAt: number, limit: DossierLimit, paused: boolean): DueInput =>
  paused ? { receivedAt, limit, pauses: twoPauses(receivedAt) } : { receivedAt, limit };

// Beyond the calendar: not a number, which the sampler refuses.
const dueOfAll = (inputs: readonly DueInput[]) => (i: number) => dueAt(table, inputs[i] as DueInput, counting) ?? NaN;

export function elapsedOf(starts: readonly number[], ends: readonly number[]): (i: number) => number {
  return (i) => workingMinutesBetween(table, starts[i] as number, ends[i] as number);
}

/** From a text as a system sends it to the text that we write. */
export function textToText(starts: readonly number[], limit: DossierLimit): (i: number) => number {
  const texts = starts.map(isoOf);
  return (i) => {
    const receivedAt = parseMoment(texts[i] as string)?.minute ?? NaN;
    const text = isoOf(dueAt(table, { receivedAt, limit }, counting) ?? NaN);
    // One character makes the engine put the whole text together.
    return text.charCodeAt(9);
  };
}

/** Due moments of a whole office as one operation: 1 to 30 working days, and every fifth in hours or calendar days. */
export function dueOfMany(starts: readonly number[], paused: boolean): () => number {
  const inputs = starts.map((receivedAt, i) => {
    const value = 1 + (i % 30);
    if (i % 10 === 4) return input(receivedAt, { value: 8 + value, unit: 'hour' }, paused);
    return input(receivedAt, { value, unit: i % 10 === 9 ? 'calendarDay' : 'workday' }, paused);
  });
  const due = dueOfAll(inputs);
  return () => {
    let sum = 0;
    for (let i = 0; i < inputs.length; i++) sum += due(i);
    return sum;
  };
}

/** Due moment of a receipt by the decree's count, on the calendar of a table. */
export function dueByDecree(own: typeof table, receivedAt: number, days: number): number | null {
  return dueAt(own, { receivedAt, limit: { value: days, unit: 'workday' } }, counting);
}
