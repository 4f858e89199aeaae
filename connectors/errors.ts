/** Why a call failed, as data: what a screen says and what a retry may do both hang on the kind. */
export type FailureKind =
  | 'auth'
  | 'permission'
  | 'network'
  | 'timeout'
  | 'rate'
  | 'schema'
  | 'duplicate'
  | 'upstream'
  | 'cancelled';

export interface Failure {
  kind: FailureKind;
  /** In Vietnamese, for a person; holds no secret and no personal data. */
  message: string;
  /** HTTP status, when there was an answer. */
  status?: number;
  /** First words of what the other side said, shortened. */
  upstream?: string;
}

/** "No answer" (a failure) and "empty answer" (a value) are different results. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failure = (error: Failure): Result<never> => ({ ok: false, error });
