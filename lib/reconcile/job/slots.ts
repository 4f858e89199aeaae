/** So many calls at a time on one side: a single one until the first has gone well, for a wrong secret is tried once. */
export class Slots {
  readonly #most: number;
  #width = 1;
  #taken = 0;
  readonly #queue: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** The other side has answered: from now on all slots count. */
  widen(): void {
    if (this.#width === this.#most) return;
    this.#width = this.#most;
    this.#wake();
  }

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#taken >= this.#width) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#taken += 1;
    try {
      return await work();
    } finally {
      this.#taken -= 1;
      this.#wake();
    }
  }

  /** A slot is taken in the name of who waits, so that nobody slips in between. */
  #wake(): void {
    while (this.#taken < this.#width) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#taken += 1;
      next();
    }
  }
}
