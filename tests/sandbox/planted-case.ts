/**
 * What a planted case is made of. The answer of each is written down next to what it changes; no code of the product
 * takes part.
 *
 * Where a rule could be read in two ways the case stays clear of it: differences are of days or of seven hours, never
 * of minutes; a status is never one that a synthetic national step could explain, unless that is the case.
 */

import type { Side } from '../../lib/reconcile/types.ts';
import type { Rng } from './city/rng.ts';
import { pad, STATUS_TEXTS } from './city/words.ts';
import type { BookRow, Expectation } from './planted-types.ts';
import type { StatusCode } from './types.ts';

/** The rows of one dossier in the three books, all alike until a case changes them. */
export interface DossierRows {
  city: BookRow[];
  national: BookRow[];
  lgsp: BookRow[];
}

export interface Case {
  rows: DossierRows;
  row: BookRow;
  rng: Rng;
  /** Epoch seconds. */
  now: number;
  /** The next dossier, for cases of two. */
  partner?: BookRow;
}

type Answer = Pick<Expectation, 'classes'> & Partial<Pick<Expectation, 'may' | 'cause' | 'side' | 'outcome'>>;

export interface PlantKind {
  name: string;
  /** Takes two dossiers. */
  pair?: boolean;
  /** Also for dossiers that changed in the last days: the case makes no difference, or is about the lag. */
  anyAge?: boolean;
  fits?(row: BookRow): boolean;
  plant(subject: Case): Answer;
}

export const HOUR = 3600;
export const DAY = 24 * HOUR;

export const done = (row: BookRow): boolean => row.finishedAt !== undefined && row.hasResult;
export const due = (row: BookRow): boolean => row.dueAt !== undefined;

export function setStatus(row: BookRow, status: StatusCode): void {
  row.status = status;
  row.statusText = STATUS_TEXTS[status][0] ?? '';
}

/** One of the two sides that follow the city. */
export function follower({ rng, rows }: Case): { side: 'national' | 'lgsp'; row: BookRow } {
  const side = rng.pick(['national', 'lgsp'] as const);
  const [row] = rows[side];
  if (row === undefined) throw new Error(`no row of ${side}`);
  return { side, row };
}

/** The nation is behind, or ahead, by a step that no synthetic 2 or 9 explains. */
export function offStatus(row: BookRow): void {
  setStatus(row, row.status === 2 || row.status === 4 ? 7 : 4);
}

export function nationalForm(row: BookRow, unit = 'H29.998'): string {
  const day = new Date((row.receivedAt + 7 * HOUR) * 1000).toISOString().slice(2, 10).replaceAll('-', '');
  return `${unit}-${day}-${pad(row.index + 1, 5)}`;
}

export function each(rows: DossierRows, change: (row: BookRow) => void): void {
  for (const side of ['city', 'national', 'lgsp'] as const) for (const row of rows[side]) change(row);
}

export function minusDays(moment: number | undefined, days: number): number {
  return (moment ?? 0) - days * DAY;
}

export const only = (side: Side, rows: DossierRows): void => {
  for (const other of ['city', 'national', 'lgsp'] as const) if (other !== side) rows[other] = [];
};

/** The first second of the day at UTC+7. */
export function midnight(moment: number): number {
  return moment - ((moment + 7 * HOUR) % DAY);
}
