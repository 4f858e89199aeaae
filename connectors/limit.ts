import { AdaptiveRate, HEADROOM, type Outcome } from './rate.ts';

/** Time, so that a test needs none. `now` is in milliseconds and never goes back. */
export interface Clock {
  now(): number;
  /** Runs once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * The one place that decides when a call to an upstream may start. Every caller of that upstream waits here, so a shared
 * store (one Lua call on Redis) can take the place of this process's memory behind the same two methods.
 */
export interface Limiter {
  /** Resolves when a call may start, first come first served; rejects with the signal's reason, and only then. */
  take(signal?: AbortSignal): Promise<void>;
  /** How a call that was let through ended. */
  report(outcome: Outcome): void;
  /** Calls a second, as of now. */
  readonly rate: number;
  /** Calls a second that are never passed. */
  readonly quota: number;
}

export interface LimiterOptions {
  /** Calls a second that the other side allows: a hard ceiling. */
  quota: number;
  /** Calls that may start together after a pause. Default: what 15 ms of late timers cost, never a real burst. */
  burst?: number;
  /** Lower the rate on refusals, failures and slowness, and raise it again (default true). */
  adaptive?: boolean;
  clock?: Clock;
}

/** An hour: a longer `Retry-After` is a mistake of the other side, or a matter for a person. */
const LONGEST_FREEZE = 3_600_000;
const LATE_TIMER = 0.015;

/** Milliseconds of lost time that are made up for at most. */
const MOST_OWED = 1_000;

interface Waiter {
  since: number;
  start(): void;
}

/**
 * GCRA: call n may start no sooner than one interval after call n-1 was due, with a small tolerance for late timers. So
 * no window, wherever it begins, ever holds more than burst + quota × length calls; a counter per fixed window lets twice
 * that through at its edge, and is refused for it.
 */
class SmoothLimiter implements Limiter {
  readonly #clock: Clock;
  readonly #queue = new Set<Waiter>();
  #speed: AdaptiveRate;
  #quota: number;
  #tolerance = 0;
  /** When the next call is due; it may start `#tolerance` sooner. */
  #due = -Infinity;
  #frozenUntil = -Infinity;
  /** Milliseconds that calls started late because this machine was busy: made up for out of the headroom, never above the quota. */
  #owed = 0;
  #disarm: (() => void) | null = null;

  constructor({ clock = systemClock, ...options }: LimiterOptions) {
    this.#clock = clock;
    this.#quota = options.quota;
    this.#speed = new AdaptiveRate(options.quota, options.adaptive ?? true, clock.now());
    this.configure(options);
  }

  get rate(): number {
    return this.#speed.rate;
  }

  get quota(): number {
    return this.#quota;
  }

  /** New settings for callers that are already waiting, too. */
  configure({ quota, burst = 1 + quota * LATE_TIMER, adaptive = true }: LimiterOptions): void {
    if (!(quota > 0) || !(burst >= 1)) throw new RangeError('quota must be above 0, burst at least 1');
    if (quota !== this.#quota) this.#speed = new AdaptiveRate(quota, adaptive, this.#clock.now());
    this.#quota = quota;
    // In time, not in calls: a rate that falls must not make the tolerance wider.
    this.#tolerance = ((burst - 1) * 1000) / quota;
    this.#pump();
  }

  take(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = () => {
        this.#queue.delete(waiter);
        reject(signal?.reason);
        this.#pump();
      };
      const waiter: Waiter = {
        since: this.#clock.now(),
        start() {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.add(waiter);
      this.#pump();
    });
  }

  report(outcome: Outcome): void {
    const now = this.#clock.now();
    if (outcome.retryAfter !== undefined && outcome.retryAfter > 0) {
      const until = now + Math.min(outcome.retryAfter * 1000, LONGEST_FREEZE);
      this.#frozenUntil = Math.max(this.#frozenUntil, until);
    }
    this.#speed.report(outcome, now, this.#queue.size > 0);
    this.#pump();
  }

  /** Lets through whoever may go now, and sets one timer for the next. */
  #pump(): void {
    this.#disarm?.();
    this.#disarm = null;
    for (const waiter of this.#queue) {
      const now = this.#clock.now();
      const ready = Math.max(this.#frozenUntil, this.#due - this.#tolerance);
      if (now < ready) {
        this.#disarm = this.#clock.after(Math.ceil(ready - now), () => this.#pump());
        return;
      }
      const late = now - Math.max(this.#due, waiter.since, this.#frozenUntil);
      this.#owed = Math.min(MOST_OWED, this.#owed + Math.max(0, late));
      const interval = 1000 / this.#speed.rate;
      const sooner = Math.min(this.#owed, interval * (1 - HEADROOM));
      this.#owed -= sooner;
      this.#due = Math.max(this.#due, now) + interval - sooner;
      this.#queue.delete(waiter);
      waiter.start();
    }
  }
}

/** A limiter of its own: for a test, or for something that is not an upstream of the configuration. */
export function makeLimiter(options: LimiterOptions): Limiter {
  return new SmoothLimiter(options);
}

const shared = new Map<string, SmoothLimiter>();

/** The one limiter of an upstream in this process; new settings reach those who wait already. */
export function limiterFor(upstreamId: string, options: LimiterOptions): Limiter {
  const known = shared.get(upstreamId);
  if (known) {
    known.configure(options);
    return known;
  }
  const made = new SmoothLimiter(options);
  shared.set(upstreamId, made);
  return made;
}
