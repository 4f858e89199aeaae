import { digestOf } from './digest.ts';
import { type Failure, failure, type Result, success } from './errors.ts';

/** What a log-in brought. */
export interface Login {
  token: string;
  /** Seconds from now; undefined: the answer does not tell. */
  lifetime?: number;
}

/**
 * Log-ins that were refused, by a digest of who asked, where, and with which secret. A refused secret is not tried again until it
 * is another one: upstreams lock accounts. One for the whole process, so that ten partitions do not each try once.
 */
export class RefusedLogins {
  readonly #refused = new Map<string, Failure>();

  get(key: string): Failure | undefined {
    return this.#refused.get(key);
  }

  add(key: string, reason: Failure): void {
    this.#refused.set(key, reason);
  }

  /** One more attempt is wanted by a person («Kiểm tra kết nối»). */
  forget(key: string): void {
    this.#refused.delete(key);
  }
}

const everywhere = new RefusedLogins();

export interface SessionOptions {
  /** Makes the call; told apart from a refused secret by `refused`. */
  login: () => Promise<Result<Login>>;
  /** Is this failure a judgement of the secret (so that trying again would count against the account)? */
  refused: (error: Failure) => boolean;
  /** Address, user and secret: what the memory of refusals hangs on. Only its digest is kept. */
  identity: string;
  /** Seconds a token is used at most. */
  maxAge: number;
  /** Name of the system, for words. */
  name: string;
  memory?: RefusedLogins;
  /** Epoch seconds. */
  clock?: () => number;
}

export interface Session {
  token: string;
  /** How often it had been given out before: 0 means that nobody can have worn it out. */
  used: number;
}

/** A token is renewed this long before its end, or after four fifths of a shorter life. */
const EARLY = 300;
const EARLY_SHARE = 0.2;

/** One token of one upstream: cached, renewed early, got by one call at a time however many ask for it. */
export class SessionCache {
  readonly #options: SessionOptions;
  readonly #memory: RefusedLogins;
  readonly #clock: () => number;
  #current: { token: string; until: number; used: number } | null = null;
  #flight: Promise<Result<Session>> | null = null;
  #key: Promise<string> | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#memory = options.memory ?? everywhere;
    this.#clock = options.clock ?? (() => Date.now() / 1000);
  }

  /**
   * The token to use now.
   * @param spoiled a token that was just refused: it is not given again, and only the first who brings it logs in anew.
   * @param signal ends this caller's waiting; the log-in goes on for the others.
   */
  async get(signal?: AbortSignal, spoiled?: string): Promise<Result<Session>> {
    const current = this.#current;
    if (current && current.token !== spoiled && this.#clock() < current.until)
      return success({ token: current.token, used: current.used++ });
    if (current?.token === spoiled) this.#current = null;
    this.#flight ??= this.#open().finally(() => {
      this.#flight = null;
    });
    const answer = await orCancelled(this.#flight, signal);
    return answer.ok ? success({ token: answer.value.token, used: answer.value.used++ }) : answer;
  }

  /** Lets a refused secret be tried once more, and logs in anew. Only on a person's request. */
  async again(signal?: AbortSignal): Promise<Result<Session>> {
    this.#memory.forget(await this.#identity());
    this.#current = null;
    return this.get(signal);
  }

  #identity(): Promise<string> {
    this.#key ??= digestOf(this.#options.identity);
    return this.#key;
  }

  async #open(): Promise<Result<Session>> {
    const key = await this.#identity();
    const before = this.#memory.get(key);
    if (before) return failure(before);
    const asked = this.#clock();
    const answer = await this.#options.login();
    if (!answer.ok) {
      if (!this.#options.refused(answer.error)) return answer;
      return failure(refusedOnce(this.#memory, key, this.#options.name, answer.error));
    }
    const life = Math.min(answer.value.lifetime ?? this.#options.maxAge, this.#options.maxAge);
    const early = Math.min(EARLY, life * EARLY_SHARE);
    this.#current = { token: answer.value.token, until: asked + life - early, used: 0 };
    return success(this.#current);
  }
}

function refusedOnce(memory: RefusedLogins, key: string, name: string, error: Failure): Failure {
  const message = `${name} không nhận thông tin đăng nhập. Đã thử một lần và không thử lại, để tài khoản không bị khóa; hãy sửa bí mật rồi kiểm tra kết nối.`;
  const refusal: Failure = { ...error, kind: 'auth', message };
  memory.add(key, refusal);
  return refusal;
}

/**
 * Keys that go with every call and are never exchanged for a token. The first call goes alone; when it is refused, it was the one
 * attempt, and nobody calls again until the keys are others or a person asks for it.
 */
export class KeyGate {
  readonly #options: Pick<SessionOptions, 'identity' | 'name' | 'memory'>;
  readonly #memory: RefusedLogins;
  #proved = false;
  #first: Promise<Result<null>> | null = null;
  #key: Promise<string> | null = null;

  constructor(options: Pick<SessionOptions, 'identity' | 'name' | 'memory'>) {
    this.#options = options;
    this.#memory = options.memory ?? everywhere;
  }

  #identity(): Promise<string> {
    this.#key ??= digestOf(this.#options.identity);
    return this.#key;
  }

  /** Lets refused keys be tried once more. Only on a person's request. */
  async forget(): Promise<void> {
    this.#memory.forget(await this.#identity());
    this.#proved = false;
  }

  async run<T>(call: () => Promise<Result<T>>, signal?: AbortSignal): Promise<Result<T>> {
    const key = await this.#identity();
    while (!this.#proved && this.#first) {
      const waited = await orCancelled(this.#first, signal);
      if (!waited.ok) return waited;
    }
    const before = this.#memory.get(key);
    if (before) return failure(before);
    const attempt = call();
    // Whatever the outcome, those who wait look at what it has left behind.
    if (!this.#proved)
      this.#first = attempt
        .then(() => success(null))
        .finally(() => {
          this.#first = null;
        });
    const answer = await attempt;
    if (!answer.ok && answer.error.kind === 'auth')
      return failure(refusedOnce(this.#memory, key, this.#options.name, answer.error));
    this.#proved = true;
    return answer;
  }
}

/** A shared promise, or this caller's cancellation. */
async function orCancelled<T>(shared: Promise<Result<T>>, signal?: AbortSignal): Promise<Result<T>> {
  const cancelled = failure({ kind: 'cancelled', message: 'Đã dừng theo yêu cầu.' });
  if (!signal) return shared;
  if (signal.aborted) return cancelled;
  let stop: () => void = () => {};
  const aborted = new Promise<Result<T>>((resolve) => {
    stop = () => resolve(cancelled);
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([shared, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
