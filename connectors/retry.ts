import type { Clock } from './limit.ts';

/** May the same call be made once more? `if-repeatable`: the other side may already have done what was asked. */
export type Again = 'never' | 'if-repeatable' | 'always';

/** Answers that pass by themselves. Of a POST that is not declared repeatable even these are final. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

export const againAfter = (status: number): Again => (PASSING.has(status) ? 'if-repeatable' : 'never');

/** The connection was never made, so nothing was sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const NOT_TRUSTED = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|ERR_SSL_)/;

/** What is known of a call without an answer. A browser tells nothing, so there it counts as sent. */
export function connectionTrouble(error: unknown): 'not-sent' | 'not-trusted' | 'unknown' {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (NOT_SENT.has(code)) return 'not-sent';
    if (NOT_TRUSTED.test(code)) return 'not-trusted';
  }
  return 'unknown';
}

/** Seconds of a `Retry-After` header, which may be a number or an HTTP date; undefined when absent or unreadable. `now`: epoch ms. */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date = / GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

const FIRST = 300;
const LONGEST = 8_000;

/**
 * Milliseconds before the next try. Full jitter: many clients that failed together must not come back together. What the other
 * side asks for is waited out, plus a little jitter. `tried` counts from 1; `random` is in [0, 1).
 */
export function delayOf(tried: number, retryAfter: number | undefined, random: number): number {
  if (retryAfter !== undefined) return retryAfter * 1000 + random * FIRST;
  return random * Math.min(LONGEST, FIRST * 2 ** (tried - 1));
}

/** Resolves true after `ms`, false as soon as the signal is raised. */
export function pause(ms: number, clock: Clock, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(false);
    const leave = () => {
      stop();
      resolve(false);
    };
    const stop = clock.after(ms, () => {
      signal?.removeEventListener('abort', leave);
      resolve(true);
    });
    signal?.addEventListener('abort', leave, { once: true });
  });
}
