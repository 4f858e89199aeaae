import type { Refusal } from './facts.ts';

/** What one inspection may cost. */
export interface Limits {
  /** Bytes of the file. */
  fileBytes: number;
  /** Pages looked at; a longer file is sampled. */
  pages: number;
  /** Pixels of one image that may be decoded to see whether it is blank. */
  imagePixels: number;
  /** Bytes that one compressed stream may unfold to. */
  streamBytes: number;
  /** Objects of a file that may be searched for scripts and attachments. */
  objects: number;
  /** Milliseconds of work. */
  milliseconds: number;
}

export const LIMITS: Limits = {
  fileBytes: 200 * 1024 * 1024,
  pages: 200,
  imagePixels: 40_000_000,
  streamBytes: 64 * 1024 * 1024,
  objects: 100_000,
  milliseconds: 60_000,
};

/** Thrown inside this room only: reading stops here, with a reason that a person can be told. */
export class Stop extends Error {
  readonly why: Refusal;
  constructor(why: Refusal) {
    super(why);
    this.why = why;
  }
}

/** Reasons that end the whole inspection, where others only spoil one page. */
export const isFinal = (why: Refusal) => why === 'time' || why === 'aborted';

/** Lets a worker answer its messages; some browsers clamp nested timers, so not more often than this. */
const BREATH_MS = 40;

export class Budget {
  readonly limits: Limits;
  readonly #signal: AbortSignal | undefined;
  readonly #end: number;
  #breathed = performance.now();

  constructor(limits: Limits, signal?: AbortSignal) {
    this.limits = limits;
    this.#signal = signal;
    this.#end = performance.now() + limits.milliseconds;
  }

  /** @throws Stop when time is up or the inspection was cancelled. Cheap enough for every few thousand steps. */
  check(): void {
    if (this.#signal?.aborted) throw new Stop('aborted');
    if (performance.now() > this.#end) throw new Stop('time');
  }

  /** `check`, and now and then a turn of the event loop, without which a cancellation would never arrive. */
  async breathe(): Promise<void> {
    this.check();
    if (performance.now() - this.#breathed < BREATH_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#breathed = performance.now();
    this.check();
  }

  /** What a promise gives, unless time runs out first. For work that cannot look at the budget itself. */
  async race<T>(work: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let abort = () => {};
    const stopped = new Promise<never>((_, reject) => {
      abort = () => reject(new Stop('aborted'));
      timer = setTimeout(() => reject(new Stop('time')), Math.max(0, this.#end - performance.now()));
      this.#signal?.addEventListener('abort', abort, { once: true });
    });
    try {
      return await Promise.race([work, stopped]);
    } finally {
      clearTimeout(timer);
      this.#signal?.removeEventListener('abort', abort);
    }
  }
}
