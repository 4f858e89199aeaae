import { dayOf, parseIsoDay } from '../text/index.ts';
import data from './data/thresholds.json' with { type: 'json' };

/** A recommended value with its source, in force between two days. */
export interface Threshold {
  id: string;
  label: string;
  value: number;
  unit: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  source: string;
}

/** When a picture is nearly one colour: product choice, see the data file. Shares of 1; contrast in grey levels of 255. */
export const BLANK: { margin: number; contrast: number; inkShare: number; ocrChars: number } = data.blank;

/** The value in force at a moment (epoch minutes); undefined when there was none. */
export function thresholdAt(id: 'scan-dpi' | 'pdf-version', at: number): Threshold | undefined {
  const day = dayOf(at);
  return (data.thresholds as readonly Threshold[]).find(
    (one) =>
      one.id === id &&
      (parseIsoDay(one.effectiveFrom) ?? 0) <= day &&
      (one.effectiveTo === null || (parseIsoDay(one.effectiveTo) ?? 0) >= day),
  );
}
