/** Why a dossier is counted as it is; each has its words in words.ts. */
export type Reason =
  | 'on-time'
  | 'in-time'
  | 'waits'
  | 'late'
  | 'overdue'
  | 'supplements'
  | 'no-due'
  | 'no-end'
  | 'no-request'
  | 'supplement-time'
  | 'met'
  | 'not-online'
  | 'no-result'
  | 'no-result-yet'
  | 'no-files'
  | 'no-files-no-result'
  | 'unfinished'
  | 'stopped'
  | 'not-paid'
  | 'not-reused'
  | 'not-stored'
  | 'no-citizen-data'
  | 'not-synced'
  | 'no-channel'
  | 'result-unknown'
  | 'paper-unknown'
  | 'files-unknown'
  | 'status-unknown'
  | 'fee-unknown'
  | 'payment-unknown'
  | 'reuse-unknown'
  | 'store-unknown'
  | 'citizen-unknown'
  | 'sync-unknown'
  | 'no-receipt';

/** What can still be put right in a dossier: its result file, a file of its papers, the citizen's store, the record on the portal. */
export const MENDS = ['result', 'files', 'store', 'sync'] as const;
export type Mend = (typeof MENDS)[number];
export const bitOf = (mend: Mend): number => 1 << MENDS.indexOf(mend);
/** Sets of mends. */
export const MASKS = 1 << MENDS.length;

/** One dossier under one indicator. */
export interface Outcome {
  /** `out`: it does not count here; `unknown`: it counts, but the source does not tell enough. */
  state: 'out' | 'pass' | 'fail' | 'unknown';
  why: Reason;
  /** Bits of all that must be mended for it to pass; 0: no mending helps. */
  needs: number;
  /** The period is not over and the outcome may still change by itself. */
  open: boolean;
}

const outcome = (state: Outcome['state'], why: Reason, needs = 0, open = false): Outcome => ({
  state,
  why,
  needs,
  open,
});

export const OUT = outcome('out', 'met');
export const MET = outcome('pass', 'met');

const made = new Map<string, Outcome>();
/** One object for all dossiers of the same outcome: a million records make no garbage. */
export function outcomeOf(state: Outcome['state'], why: Reason, needs = 0, open = false): Outcome {
  const key = `${state} ${why} ${needs} ${open}`;
  let known = made.get(key);
  if (known === undefined) {
    known = outcome(state, why, needs, open);
    made.set(key, known);
  }
  return known;
}
