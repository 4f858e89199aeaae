import type { CauseId } from './causes.ts';
import type { Pair, SideRecords } from './fields.ts';
import { fixFor, sendingHelps } from './fixes.ts';
import type { ReconcileRules } from './rules.ts';
import { isMoment } from './same.ts';
import { type DifferenceClass, type Finding, SIDES, type Side, type SideRecord, type UnreadableRow } from './types.ts';

/** All rows of one dossier, joined over all its codes. */
export interface RecordGroup extends Record<Side, SideRecord[]> {
  /** Rows of this dossier that could not be read, known by their code. */
  unreadable?: UnreadableRow[];
}

export interface ClassifyContext {
  rules: ReconcileRules;
  /** Systems that were asked; one that was not is never missing. */
  sides: readonly Side[];
  /** When the systems were read; epoch seconds. */
  now: number;
  /** Systems that gave no answer: nothing of them is missing. */
  unknownSides?: readonly Side[];
  /** The same for one dossier: its part of the work, or the question for it, got no answer. */
  unknownFor?: (group: RecordGroup) => readonly Side[];
}

/** One dossier in hand. */
export interface Case {
  records: SideRecords;
  group: RecordGroup;
  pairs: Pair[];
  context: ClassifyContext;
}

/** What each system says, by a way of saying it. */
export function valuesOf(records: SideRecords, text: (record: SideRecord) => string | undefined): Finding['values'] {
  return Object.fromEntries(
    SIDES.flatMap((side) => {
      const record = records[side];
      const value = record && text(record);
      return value === undefined ? [] : [[side, value]];
    }),
  );
}

interface Telling {
  values: Finding['values'];
  rule: string;
  cause?: CauseId | undefined;
  curable?: boolean;
}

export function finding(name: DifferenceClass, { values, rule, cause, curable = false }: Telling): Finding {
  const fix = fixFor(name, cause);
  return { class: name, values, rule, ...(cause ? { cause } : {}), fix, curable: curable && sendingHelps(cause) };
}

/** Did it change so lately (epoch seconds) that the others need not know yet? */
export const isFresh = (moment: number | undefined, { now, rules }: ClassifyContext): boolean =>
  isMoment(moment) && Math.abs(now - moment) <= rules.lagHours * 3600;
