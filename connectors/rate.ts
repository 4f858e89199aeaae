/** How a call that a limiter let through ended. */
export interface Outcome {
  status?: number;
  /** Milliseconds from the start of the call to its end. */
  ms: number;
  /** Seconds the other side asks everybody to wait. */
  retryAfter?: number;
  /** There was no answer. */
  failed?: boolean;
}

/** Clocks differ and networks bunch calls together, so 2.5 % of the quota stay unused. */
export const HEADROOM = 0.975;
const CUT = 0.7;
/** At most one cut in this time; calls that were under way before it prove nothing about the new rate. */
const CUT_PAUSE = 500;
/** Never slower than this share of the quota. */
const FLOOR = 1 / 50;
/** Share of a refused rate that is believed to be allowed: in the long run, and after a careful try for more. */
const BELOW_REFUSED = 0.95;
const BELOW_PROBE = 0.92;
/** Milliseconds after a cut within which another refusal says that the known-good rate was far too high. */
const SOON = 8_000;
const SOON_SHARE = 0.8;
/** Share of the known-good rate that is won back in a second. */
const REGAIN = 0.1;
/** Milliseconds without a refusal before more than the known-good rate is tried; doubled each time the try fails. */
const HOLD = 20_000;
const LONGEST_HOLD = 600_000;
/** Spans of the two means of a call's time, in milliseconds, and what the first may be above twice the second. */
const LATELY = 2_000;
const LONG_RUN = 60_000;
const SLACK = 50;
/** How much faster than one percent a second each further second of such a try becomes. */
const PROBE = 0.01;
const PROBE_FASTER = 0.5;

/**
 * Calls a second for one upstream: additive increase, multiplicative decrease, below the quota at all times. Plain AIMD would be
 * refused again and again; this one remembers the rate that was still allowed (the knee), comes back to it within seconds, and tries
 * more only after a long calm, more and more seldom when that fails. Numbers found by simulation and with `bench pull`.
 */
export class AdaptiveRate {
  /** Calls a second, as of now. */
  rate: number;
  readonly #top: number;
  readonly #floor: number;
  readonly #adaptive: boolean;
  /** The highest rate that is believed to be allowed. */
  #knee: number;
  #cutAt = -Infinity;
  /** The rate right after the last cut. */
  #base = 0;
  #grownAt: number;
  #hold = HOLD;
  /** The known-good rate before more was tried, and since when; null: more is not being tried. */
  #probe: { from: number; since: number } | null = null;
  /** Recent failures, each new outcome making the old ones weigh less. */
  #trouble = 0;
  /** Milliseconds of a call, lately and in the long run. Kinds of calls differ, so the shortest one ever is no measure. */
  #short = 0;
  #long = 0;
  #timedAt = 0;

  constructor(quota: number, adaptive: boolean, now: number) {
    this.#top = quota * HEADROOM;
    this.#floor = quota * FLOOR;
    this.#adaptive = adaptive;
    this.#knee = this.#top;
    this.rate = this.#top;
    this.#grownAt = now;
  }

  /** Learns from a call that ended at `now`; `waiting`: others are waiting for this rate, so that it is really used. */
  report({ status, ms, retryAfter, failed }: Outcome, now: number, waiting: boolean): void {
    if (!this.#adaptive) return;
    const refused = status === 429 || (status === 503 && retryAfter !== undefined);
    if (refused) {
      if (now - ms < this.#cutAt || now - this.#cutAt < CUT_PAUSE) return;
      const { from = 0 } = this.#probe ?? {};
      if (this.#probe) this.#hold = Math.min(LONGEST_HOLD, this.#hold * 2);
      // Refused again while winning back: what is allowed lies between there and where the winning back began.
      const soon = now - this.#cutAt < SOON;
      const below = soon ? this.#base + (this.rate - this.#base) * SOON_SHARE : this.rate * BELOW_REFUSED;
      this.#knee = Math.max(this.#floor, this.#probe ? Math.max(from, this.rate * BELOW_PROBE) : below);
      this.#cut(now);
      return;
    }
    const bad = failed === true || (status !== undefined && status >= 500);
    this.#trouble = this.#trouble * 0.9 + (bad ? 1 : 0);
    if (!bad) {
      this.#short = this.#mean(this.#short, ms, LATELY, now);
      this.#long = this.#mean(this.#long, ms, LONG_RUN, now);
      this.#timedAt = now;
    }
    const slow = this.#short > 2 * this.#long + SLACK;
    // One dossier that always fails is not a server in trouble.
    if ((bad && this.#trouble > 1.5) || slow) {
      if (now - this.#cutAt >= CUT_PAUSE && now - ms >= this.#cutAt) this.#cut(now);
    } else this.#grow(now, waiting);
  }

  /** A mean in which what is older than `span` ms weighs little. By time, not by calls: a hiccup of this machine delays many calls. */
  #mean(old: number, ms: number, span: number, now: number): number {
    return old === 0 ? ms : old + (ms - old) * (1 - Math.exp(-(now - this.#timedAt) / span));
  }

  #cut(now: number): void {
    this.rate = Math.max(this.#floor, this.rate * CUT);
    this.#base = this.rate;
    this.#cutAt = now;
    this.#grownAt = now;
    this.#probe = null;
  }

  #grow(now: number, waiting: boolean): void {
    const seconds = Math.min(1, (now - this.#grownAt) / 1000);
    this.#grownAt = now;
    if (this.rate < this.#knee) this.rate = Math.min(this.#knee, this.rate + this.#knee * REGAIN * seconds);
    else if (waiting && this.rate < this.#top && now - this.#cutAt > this.#hold) {
      this.#probe ??= { from: this.#knee, since: now };
      const speed = PROBE * (1 + ((now - this.#probe.since) / 1000) * PROBE_FASTER);
      this.rate = Math.min(this.#top, this.rate * (1 + speed * seconds));
      this.#knee = this.rate;
    }
  }
}
