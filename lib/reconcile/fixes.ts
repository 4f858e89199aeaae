import type { CauseId } from './causes.ts';
import type { DifferenceClass } from './types.ts';

/** What to do about a difference; each has its sentence in words.ts. */
export const FIXES = [
  'send',
  'send-again',
  'find-other-code',
  'take-in',
  'ask-lgsp',
  'check-date',
  'report-zone',
  'report-date-order',
  'report-time-cut',
  'report-status-table',
  'correct-procedure',
  'attach-result',
  'check-result',
  'withdraw-extra',
  'separate-codes',
  'drop-row',
  'record-code',
  'none-expected',
  'none-outside',
  'wait',
  'correct-row',
  'run-again',
] as const;
export type FixId = (typeof FIXES)[number];

const BY_CAUSE: Partial<Record<CauseId, FixId>> = {
  'never-sent': 'send',
  'not-fetched': 'take-in',
  'update-path': 'send-again',
  'unknown-status': 'report-status-table',
  'seven-hours': 'report-zone',
  'day-month': 'report-date-order',
  'time-cut': 'report-time-cut',
  'result-not-sent': 'attach-result',
  'result-replaced': 'check-result',
  'two-codes': 'withdraw-extra',
  'shared-code': 'separate-codes',
  'same-row-twice': 'drop-row',
};

const BY_CLASS: Record<DifferenceClass, FixId> = {
  'missing-national': 'send',
  'missing-city': 'take-in',
  'missing-lgsp': 'ask-lgsp',
  status: 'send-again',
  'received-date': 'check-date',
  'due-date': 'check-date',
  'finish-date': 'check-date',
  procedure: 'correct-procedure',
  'result-file': 'attach-result',
  duplicate: 'withdraw-extra',
  'code-alias': 'record-code',
  cosmetic: 'none-expected',
  'outside-system': 'none-outside',
  stale: 'wait',
  unreadable: 'correct-row',
};

/** What to do: a known cause is cured at its root, else what is usual for the class. */
export function fixFor(name: DifferenceClass, cause?: CauseId): FixId {
  if (name === 'duplicate' && cause === 'update-path') return 'withdraw-extra';
  return (cause && BY_CAUSE[cause]) ?? BY_CLASS[name];
}

/** Causes that lie in how the systems talk: sending one dossier again would only repeat them. */
const BEYOND_SENDING: ReadonlySet<CauseId> = new Set(['seven-hours', 'day-month', 'unknown-status', 'result-replaced']);

/** False when sending again cannot help with the cause, whoever sends. */
export const sendingHelps = (cause: CauseId | undefined): boolean => cause === undefined || !BEYOND_SENDING.has(cause);
