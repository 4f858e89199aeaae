/**
 * The books of the three systems, as rows that belong to no wire. `planted.ts` makes them from one population with
 * differences whose answer is known; the servers and the CSV writer put them into their own forms.
 */

import type { DifferenceClass, Outcome, Side } from '../../lib/reconcile/types.ts';

/** One dossier as one system has it. Moments are epoch **seconds**. */
export interface BookRow {
  /** Number of the dossier in the population; several rows of one book may share it (duplicates). */
  index: number;
  /** As the system writes it: lower case, blanks, NFD, slashes are left as planted. */
  code: string;
  /** Second code (MaHoSoKhac, nationCode, ref_code); empty for none. */
  otherCode: string;
  procedure: { code: string; name: string; sector: string };
  unit: { code: string; name: string };
  /** National scale 1–10; 0 is written as something that is in no table. */
  status: number;
  statusText: string;
  submittedAt: number;
  receivedAt: number;
  dueAt?: number;
  finishedAt?: number;
  hasResult: boolean;
  updatedAt: number;
  channel: 'online' | 'counter' | 'post';
  /** Invented person: it is on the wire so that a test can prove that no record keeps it. */
  owner: { name: string; identity: string; phone: string; email: string; address: string };
  /** The field that the system writes as something nobody can read. */
  broken?: 'receivedAt' | 'dueAt' | 'code';
}

export interface Expectation {
  /** Which case was planted: a name of `PLANT_KINDS`. */
  kind: string;
  /** Classes that must be found, in the order of DIFFERENCE_CLASSES. */
  classes: DifferenceClass[];
  /** Classes that may be found besides (a row too many may also disagree). */
  may: DifferenceClass[];
  outcome: Outcome;
  /** All codes of the dossier, as written. */
  codes: string[];
  /** Known cause (rules.md §4.5), where the planted case has one. */
  cause?: string;
  /** The side that was changed. */
  side?: Side;
}

export interface Planted {
  seed: string;
  /** Epoch minutes. */
  now: number;
  city: BookRow[];
  national: BookRow[];
  lgsp: BookRow[];
  /** By the code to show (the city's, else the nation's, else the bus's). Planted dossiers only: all others are equal. */
  expected: Map<string, Expectation>;
  /** First and last day of receipt in any book, ISO, UTC+7. */
  period: { from: string; to: string };
  /** Unit codes in the books. */
  units: string[];
  /** Code prefixes of procedures that other systems settle (outside-system): for the rules of a test. */
  outsidePrefixes: string[];
  /** Rows that nobody can read. */
  unreadable: Record<Side, number>;
  /** Dossiers in the books. */
  count: number;
}

export interface PlantOptions {
  /** Share of dossiers that get a planted case; default 0.05. */
  share?: number;
  /** Only these cases; default all. */
  kinds?: readonly string[];
}
