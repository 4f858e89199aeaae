import type { Coverage } from '../calendar/index.ts';

export const CLOCKS = ['acceptance', 'step', 'appointment', 'return'] as const;
/** Acceptance (tiếp nhận), step (bước xử lý), appointment (hẹn trả), return (trả kết quả). */
export type Clock = (typeof CLOCKS)[number];

export const VERDICTS = [
  'not-started',
  'on-time',
  'due-soon',
  'due-today',
  'overdue',
  'paused',
  'awaiting-pickup',
  'finished-on-time',
  'finished-late',
  'unknown',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a verdict is `unknown`. */
export type UnknownReason =
  | 'no-due'
  | 'no-appointment'
  | 'no-calendar'
  | 'no-end'
  | 'no-submission'
  | 'channel-unknown'
  | 'pause-history'
  | 'status-unknown';

export interface ClockVerdict {
  clock: Clock;
  verdict: Verdict;
  /** Promised or computed moment, epoch minutes. */
  dueAt: number | null;
  /** Moment the verdict was judged by: `dueAt`, or the close of the next working day when that day is off. */
  effectiveDueAt: number | null;
  /** Working minutes left, negative when over; for a finished appointment from its end to the promise. */
  left: number | null;
  reason?: UnknownReason;
}

export interface Assessment {
  clocks: ClockVerdict[];
  /** The clock that the badge shows: one of `clocks`. */
  shown: ClockVerdict;
  /** Our own due moment by the unit's way of counting, when limit and receipt are known. */
  computedDueAt: number | null;
  /** System's promise minus ours in working minutes; null when under one working day apart or not comparable. */
  mismatch: number | null;
  coverage: Coverage;
}
