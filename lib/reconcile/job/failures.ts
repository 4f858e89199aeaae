import type { FailureKindText, ReaderFailure } from './types.ts';

/** Attempts of one piece before it is given up, by what went wrong. Each attempt already holds the connector's own repeats. */
const ATTEMPTS: Record<FailureKindText, number> = {
  auth: 2,
  permission: 2,
  network: 5,
  timeout: 4,
  rate: 6,
  schema: 3,
  duplicate: 2,
  upstream: 5,
  cancelled: 1,
};

/** Milliseconds before the second attempt; doubled for each one after. */
const FIRST_WAIT: Record<FailureKindText, number> = {
  auth: 2000,
  permission: 5000,
  network: 2000,
  timeout: 5000,
  rate: 10_000,
  schema: 1000,
  duplicate: 1000,
  upstream: 3000,
  cancelled: 0,
};
const LONGEST_WAIT = 60_000;

/** So many failures in a row, with nothing going well between them, and the side is left alone. */
export const HOPELESS = 8;
/** Refusals in a row, for a side that let us in before: enough for a session that has ended, too few to lock an account. */
export const AUTH_HOPELESS = 3;

/** Is another attempt worth it, after `attempts` that failed? */
export const tryAgain = ({ kind }: ReaderFailure, attempts: number): boolean => attempts < ATTEMPTS[kind];

/** Milliseconds until a piece that failed `attempts` times is tried again. */
export function waitAfter({ kind, retryAfter = 0 }: ReaderFailure, attempts: number): number {
  return Math.max(retryAfter * 1000, Math.min(LONGEST_WAIT, FIRST_WAIT[kind] * 2 ** (attempts - 1)));
}

/** Milliseconds for which a whole side rests after failures in a row: an upstream that is down is not hammered. */
export function restAfter({ kind, retryAfter = 0 }: ReaderFailure, inRow: number): number {
  const asked = kind === 'rate' ? retryAfter * 1000 : 0;
  return Math.max(asked, inRow < 2 ? 0 : Math.min(LONGEST_WAIT, 500 * 2 ** (inRow - 1)));
}
