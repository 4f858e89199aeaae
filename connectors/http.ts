import ky from 'ky';
import { failed, noAnswer, readAnswer } from './answer.ts';
import type { HttpCall, Schema, Tried } from './call.ts';
import { type Failure, failure, type Result } from './errors.ts';
import { type Clock, type Limiter, systemClock } from './limit.ts';
import { pathForLog, secretsOf } from './redact.ts';
import { delayOf, pause } from './retry.ts';

export type { HttpCall, Schema } from './call.ts';

/** One try, as a log may keep it: no body, no header, no query value, no code. */
export interface HttpLogLine {
  method: string;
  path: string;
  status?: number;
  /** Milliseconds of this try, waiting for the limiter left out. */
  ms: number;
  /** Counts from 1. */
  try: number;
  /** Kind of the failure; undefined when the answer was taken. */
  kind?: Failure['kind'];
}

export interface HttpOptions {
  baseUrl: string;
  headers?: Record<string, string>;
  /** Milliseconds for one try, its body included. */
  timeout?: number;
  /**
   * Milliseconds for all tries together, counted from the start of the first one; a background worker is ended after 30 s without an
   * answer. Waiting for the first place in the limiter's queue is not counted.
   */
  totalTimeout?: number;
  /** Tries after the first, for calls that are safe to repeat. */
  retries?: number;
  /** Bytes of an answer; more is refused. */
  maxBytes?: number;
  limiter?: Limiter;
  /** How bytes travel; Node may give one with a private CA. */
  transport?: typeof fetch;
  log?: (line: HttpLogLine) => void;
  /** Time for waiting between tries; a test brings its own. */
  timers?: Clock;
}

const CANCELLED: Failure = { kind: 'cancelled', message: 'Đã dừng theo yêu cầu.' };
const LATE: Failure = { kind: 'timeout', message: 'Máy chủ không trả lời kịp.' };

/** A client of one remote system, the same in the extension's background and in Node. Never throws. */
export class Http {
  readonly #options: HttpOptions;
  readonly #clock: Clock;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#clock = options.timers ?? systemClock;
  }

  /** Reads JSON and checks it. */
  get<T>(
    path: string,
    query: Record<string, string | number>,
    schema: Schema<T>,
    signal?: AbortSignal,
  ): Promise<Result<T>> {
    return this.call({ path, query, schema, signal });
  }

  /** Makes a call, again where that is safe, and says how it ended. */
  async call<T>(call: HttpCall<T>): Promise<Result<T>> {
    const { signal, method = 'GET', query = {} } = call;
    const { limiter, log, totalTimeout = 25_000, retries = 2 } = this.#options;
    const path = pathForLog(call.path, Object.keys(query));
    const named = (error: Failure) => failure({ ...error, call: call.name ?? path });
    const url = joinUrl(this.#options.baseUrl, call.path, query);
    if (!url) return named({ kind: 'network', message: 'Địa chỉ máy chủ hoặc đường dẫn không hợp lệ.' });
    const repeatable = call.repeatable ?? method === 'GET';
    let deadline = Number.POSITIVE_INFINITY;
    let last = CANCELLED;
    for (let tries = 1; ; tries++) {
      if (!(await this.#mayStart(limiter, signal, deadline))) return named(signal?.aborted ? CANCELLED : last);
      const startedAt = this.#clock.now();
      deadline = Math.min(deadline, startedAt + totalTimeout);
      const { result, again, status } = await this.#once(call, method, url, deadline - startedAt);
      const ms = this.#clock.now() - startedAt;
      const error = result.ok ? null : result.error;
      log?.({ method, path, status, ms, try: tries, kind: error?.kind });
      if (error?.kind !== 'cancelled') limiter?.report({ ...outcomeOf(error), ms });
      if (!error) return result;
      const more = again === 'always' || (again === 'if-repeatable' && repeatable);
      const wait = delayOf(tries, error.retryAfter, Math.random());
      if (!more || tries > retries || this.#clock.now() + wait >= deadline) return named(error);
      if (!(await pause(wait, this.#clock, signal))) return named(CANCELLED);
      last = error;
    }
  }

  /** Waits for the limiter; false when the caller gave up or the time for all tries is over. */
  async #mayStart(limiter: Limiter | undefined, signal: AbortSignal | undefined, deadline: number): Promise<boolean> {
    if (signal?.aborted) return false;
    if (!limiter) return true;
    const { raised, release } = this.#limited(deadline - this.#clock.now(), signal);
    try {
      await limiter.take(raised);
      return true;
    } catch {
      return false;
    } finally {
      release();
    }
  }

  /** A signal that is raised after `ms` or with the caller's. */
  #limited(ms: number, signal?: AbortSignal): { raised: AbortSignal; release: () => void } {
    const control = new AbortController();
    const forward = () => control.abort(signal?.reason);
    if (signal?.aborted) forward();
    signal?.addEventListener('abort', forward, { once: true });
    const stop = Number.isFinite(ms) ? this.#clock.after(Math.max(0, ms), () => control.abort()) : () => {};
    const release = () => {
      stop();
      signal?.removeEventListener('abort', forward);
    };
    return { raised: control.signal, release };
  }

  async #once<T>(call: HttpCall<T>, method: 'GET' | 'POST', url: URL, remaining: number): Promise<Tried<T>> {
    const { timeout = 10_000, transport, maxBytes = 64_000_000 } = this.#options;
    const headers = { ...this.#options.headers, ...call.headers };
    const secrets = secretsOf(headers, call.json ?? call.form);
    const { raised, release } = this.#limited(Math.min(timeout, remaining), call.signal);
    let status: number | undefined;
    try {
      const response = await ky(url, {
        method,
        headers: { accept: 'application/json', ...headers },
        ...(call.json !== undefined && { json: call.json }),
        ...(call.form && { body: new URLSearchParams(call.form) }),
        ...(transport && { fetch: transport }),
        signal: raised,
        // Tries, pauses and the time of a body are counted here: the limiter must see every try.
        retry: 0,
        timeout: false,
        throwHttpErrors: false,
        // Headers with secrets must not follow the server elsewhere, and a browser would take them along.
        redirect: 'manual',
      });
      status = response.status;
      return await readAnswer(call, response, { url, maxBytes, secrets });
    } catch (error) {
      if (call.signal?.aborted) return failed(CANCELLED);
      if (raised.aborted) return failed({ ...LATE, status }, 'if-repeatable');
      return noAnswer(error, status);
    } finally {
      release();
    }
  }
}

/** What the limiter learns: a refusal inside HTTP 200 weighs as much as 429. */
function outcomeOf(error: Failure | null): { status?: number; retryAfter?: number; failed?: boolean } {
  if (!error) return { status: 200 };
  const silent = error.status === undefined || error.kind === 'network' || error.kind === 'timeout';
  return { status: error.kind === 'rate' ? 429 : error.status, retryAfter: error.retryAfter, failed: silent };
}

/**
 * The address of a call. Always below the base: no `..`, no other host, no path that begins anew (quirk 24). Null when that
 * cannot be.
 */
export function joinUrl(base: string, path: string, query: Readonly<Record<string, string | number>> = {}): URL | null {
  try {
    const root = new URL(base.endsWith('/') ? base : `${base}/`);
    if (!/^https?:$/.test(root.protocol) || root.username || root.search || root.hash) return null;
    if (path.split(/[/\\?#]/).some((segment) => /^\.{1,2}$/.test(segment.replace(/%2e/gi, '.')))) return null;
    const url = new URL(`./${path.replace(/^\/+/, '')}`, root);
    if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return null;
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
    return url;
  } catch {
    return null;
  }
}
