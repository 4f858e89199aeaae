/** Accounts and sessions of the simulated national portal. */

import type { DvcqgOptions } from '../upstream-types.ts';
import { SANDBOX_SECRETS } from '../upstream-types.ts';

/** After so many wrong passwords in a row the account is locked, as real ones are: a client must not try on. */
const LOCK_AFTER = 5;

interface Session {
  since: number;
  calls: number;
}

export class Sessions {
  readonly #options: DvcqgOptions;
  readonly #open = new Map<string, Session>();
  #count = 0;
  #wrong = 0;

  constructor(options: DvcqgOptions) {
    this.#options = options;
  }

  /** The new session, or why there is none. */
  login(username: unknown, password: unknown): { session: string } | { message: string } {
    const { username: name, password: word } = { ...SANDBOX_SECRETS.dvcqg, ...this.#options };
    if (this.#wrong >= LOCK_AFTER) return { message: 'Tài khoản đã bị khóa' };
    if (username !== name || password !== word) {
      this.#wrong += 1;
      return { message: 'Sai tên đăng nhập hoặc mật khẩu' };
    }
    this.#wrong = 0;
    this.#count += 1;
    const session = `phien-mau-${String(this.#count).padStart(6, '0')}`;
    this.#open.set(session, { since: Date.now(), calls: 0 });
    return { session };
  }

  /** Counts a call on the session; false when there is no such session or it is over. */
  use(session: unknown): boolean {
    const found = typeof session === 'string' ? this.#open.get(session) : undefined;
    if (found === undefined) return false;
    const { sessionCalls = Number.POSITIVE_INFINITY, sessionMinutes = 10 } = this.#options;
    const over = found.calls >= sessionCalls || Date.now() - found.since >= sessionMinutes * 60_000;
    if (over) this.#open.delete(session as string);
    else found.calls += 1;
    return !over;
  }

  expire(): void {
    this.#open.clear();
  }
}
