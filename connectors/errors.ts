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
  /** First words of what the other side said, shortened, without anything that looks like a secret or a person. */
  upstream?: string;
  /** Service or path that was called, without query values and codes. */
  call?: string;
  /** Seconds the other side asks to wait (`Retry-After`). */
  retryAfter?: number;
}

/** "No answer" (a failure) and "empty answer" (a value) are different results. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failure = (error: Failure): Result<never> => ({ ok: false, error });

const OF_STATUS: Record<number, readonly [FailureKind, string]> = {
  // OpenCPS says so when nobody is logged in (quirk 3); from anyone else it is the word of a proxy, not of the system.
  203: ['auth', 'Máy chủ báo chưa đăng nhập hoặc phiên đã hết (HTTP 203).'],
  401: ['auth', 'Máy chủ không chấp nhận thông tin đăng nhập.'],
  403: ['permission', 'Tài khoản không có quyền gọi dịch vụ này.'],
  404: ['upstream', 'Máy chủ không có địa chỉ hoặc dữ liệu này (HTTP 404).'],
  408: ['timeout', 'Máy chủ báo hết thời gian chờ.'],
  409: ['duplicate', 'Máy chủ báo đã tồn tại.'],
  429: ['rate', 'Máy chủ báo gọi quá nhiều.'],
  502: ['upstream', 'Cổng trung gian không nhận được trả lời của hệ thống phía sau (HTTP 502).'],
  503: ['upstream', 'Máy chủ báo đang quá tải hoặc bảo trì (HTTP 503).'],
  504: ['timeout', 'Cổng trung gian chờ hệ thống phía sau quá lâu (HTTP 504).'],
};

/** The failure that a status means wherever it comes from. */
export function ofStatus(status: number): Failure {
  const [kind, message] = OF_STATUS[status] ?? (['upstream', `Máy chủ báo lỗi ${status}.`] as const);
  return { kind, message, status };
}
