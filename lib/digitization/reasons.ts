import type { Dossier, DossierComponent } from '../schema/index.ts';
import type { CatalogueComponent } from './schema.ts';

export type Channel = NonNullable<Dossier['channel']>;
export type PaperState = DossierComponent['state'];

/** Why a paper is in the state it is in. Names are names of papers, never of people. */
export type PaperReason =
  | { kind: 'heading' }
  | { kind: 'note' }
  | { kind: 'add-row' }
  | { kind: 'has-file'; files: number }
  /** The source of the record says so itself. */
  | { kind: 'stated'; state: PaperState }
  /** Another row, named here, has the file of this paper. */
  | { kind: 'covered'; by: string }
  /** Rows with a file are named much like this paper; whether they are it, nobody can tell by the name. */
  | { kind: 'maybe-covered'; by: string[] }
  /** The file has the size and type of the file of another row: one scan for several papers. */
  | { kind: 'same-scan'; with: string[] }
  | { kind: 'required-empty' }
  | { kind: 'one-of-empty'; of: string[] }
  | { kind: 'alternative-given'; by: string }
  | { kind: 'shown-only' }
  | { kind: 'electronic-data' }
  | { kind: 'other-channel'; channel: Channel; only: readonly Channel[] }
  | { kind: 'channel-unknown'; only: readonly Channel[] }
  | { kind: 'condition'; when: NonNullable<CatalogueComponent['condition']>['when']; text: string }
  | { kind: 'data-may-replace' }
  /** No row has this name; `others` rows with a file have a name that the catalogue does not know. */
  | { kind: 'not-listed'; others: number }
  /** The same paper stands in another row as well. */
  | { kind: 'repeated'; of: string }
  | { kind: 'not-in-catalogue' }
  | { kind: 'page-required' }
  | { kind: 'page-conditional' }
  | { kind: 'page-contradicts' }
  | { kind: 'page-optional' }
  | { kind: 'page-unmarked' };

/** One line of an assessment: a row of the page, or a paper of the catalogue that no row names (`row` null). */
export interface PaperRow {
  /** Place in the record's components. */
  row: number | null;
  name: string;
  /** Name in the catalogue. */
  component?: string;
  state: PaperState;
  why: PaperReason;
  /** `yes`: needed, and the verdict hangs on it; `maybe`: in some cases, which no page tells; `no`. */
  needed: 'yes' | 'maybe' | 'no';
  files: number;
  /** Result of an earlier procedure: to be digitized (TT 01/2023/TT-VPCP; our own classification). */
  mustDigitize?: true;
}

/** What else is to be known about a verdict. */
export type VerdictNote =
  | { kind: 'not-read' }
  | { kind: 'no-papers' }
  | { kind: 'no-procedure' }
  | { kind: 'not-in-catalogue'; code: string }
  | { kind: 'nothing-in-catalogue'; code: string }
  /** Known by its name alone, and the page's table is not the catalogue's. */
  | { kind: 'not-borne-out'; code: string }
  | { kind: 'page-marks-nothing' }
  | { kind: 'cannot-tell'; papers: string[] }
  | { kind: 'general-knowledge'; code: string }
  | { kind: 'stale'; text: string }
  | { kind: 'one-scan'; papers: string[] };

/** Why a check came out as it did. */
export type CheckReason =
  | { kind: 'ok' }
  | { kind: 'no-file' }
  | {
      kind: 'not-read';
      what: 'components' | 'results' | 'marks' | 'fee' | 'payment' | 'supplements' | 'status' | 'received' | 'sizes';
    }
  | { kind: 'not-ended' }
  | { kind: 'not-received-yet' }
  | { kind: 'no-paper-result' }
  | { kind: 'no-result-file' }
  | { kind: 'result-is-component' }
  | { kind: 'nothing-marked' }
  | { kind: 'marked-without-file' }
  | { kind: 'file-without-mark' }
  | { kind: 'no-received-date' }
  | { kind: 'supplements'; count: number; most: number }
  | { kind: 'no-fee' }
  | { kind: 'not-paid-online' }
  | { kind: 'bad-files'; empty: string[]; otherType: string[] };
