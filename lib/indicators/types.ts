import type { Period } from './period.ts';
import type { LimitCounter, ProcedureLookup } from './procedures.ts';
import type { IndicatorTable } from './table.ts';
import type { ComponentTally, FirstCosts, MendTally } from './tally.ts';
import type { Targets } from './targets.ts';

export interface IndicatorOptions {
  period: Period;
  /** Epoch minutes; an unfinished dossier of a period that is not over is looked at now. */
  now: number;
  /** Only dossiers of this unit, by its name or code without case and accents. */
  unit?: string | undefined;
  /** Left out: the shipped table in force on the last day of the period. */
  table?: IndicatorTable | undefined;
  /** Left out: the shipped catalogue. */
  procedures?: ProcedureLookup | undefined;
  /** Left out: the shipped rules and calendar. */
  dueOfLimit?: LimitCounter | undefined;
  /** Sums of each unit as well. */
  byUnit?: boolean | undefined;
  targets?: Targets | undefined;
  /** Dossiers kept by code for each indicator. */
  keep?: number | undefined;
}

/** Where the rows that were read went. */
export interface Counts {
  read: number;
  /** Received in the period: what the figures are over. */
  counted: number;
  /** Received before or after the period. */
  outside: number;
  /** Of another unit than the one asked for. */
  otherUnit: number;
  /** Without a receipt that should have one: counted nowhere (D6). */
  withoutReceipt: number;
  /** Not received yet, or refused at the desk. */
  notReceived: number;
  /** Rows whose code had been seen before; they are counted all the same. */
  repeated: number;
}

/** Passed, failed and unknown of each measure of one unit. */
export interface UnitTally {
  unit: string;
  counted: number;
  sums: Int32Array;
}

/** All that adding records leaves behind. */
export interface Tallies {
  counts: Counts;
  components: ComponentTally[];
  mends: MendTally;
  units: Map<string, UnitTally> | null;
  withoutReceipt: FirstCosts;
}
