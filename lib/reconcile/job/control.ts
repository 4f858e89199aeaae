/** What a person may do with a job that runs. Pausing and stopping let what is in hand come to its end; cancelling does not. */
export class JobControl {
  readonly #abort = new AbortController();
  readonly #stop = new AbortController();
  #resume: (() => void) | null = null;
  #waiting: Promise<void> | null = null;

  /** Reaches down to the sockets. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get paused(): boolean {
    return this.#waiting !== null;
  }

  /** Ends waiting, not calls. */
  get stopping(): AbortSignal {
    return this.#stop.signal;
  }

  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Nothing new is begun until `resume`. */
  pause(): void {
    if (this.#waiting || this.stopped) return;
    this.#waiting = new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  resume(): void {
    this.#resume?.();
    this.#resume = null;
    this.#waiting = null;
  }

  /** Nothing new is begun any more; the job can be gone on with later. */
  stop(): void {
    this.#stop.abort();
    this.resume();
  }

  /** What is in hand is dropped: it is read again when the job goes on. */
  cancel(): void {
    this.#abort.abort();
    this.stop();
  }

  /** Waits while paused; false when there is nothing to go on with. */
  async mayBegin(): Promise<boolean> {
    while (this.#waiting) await this.#waiting;
    return !this.stopped;
  }
}
