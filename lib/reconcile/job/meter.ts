/** How far back the rate looks; milliseconds. Long enough to even out a slow page, short enough to follow a new quota. */
const WINDOW = 30_000;

/** Rate of the last half minute and the time left at it. */
export class Meter {
  readonly #clock: () => number;
  /** [moment, total until then], oldest first; one before the window stays, as the place to count from. */
  readonly #points: [number, number][];
  #total = 0;

  /** `clock`: milliseconds, from whatever start. */
  constructor(clock: () => number) {
    this.#clock = clock;
    this.#points = [[clock(), 0]];
  }

  add(count: number): void {
    this.#total += count;
    const now = this.#clock();
    const last = this.#points.at(-1) as [number, number];
    if (now === last[0]) last[1] = this.#total;
    else this.#points.push([now, this.#total]);
    while (this.#points.length > 2 && (this.#points[1] as [number, number])[0] < now - WINDOW) this.#points.shift();
  }

  get total(): number {
    return this.#total;
  }

  /** Per second; 0 while nothing has been counted. */
  get perSecond(): number {
    const [since, before] = this.#points[0] as [number, number];
    const span = this.#clock() - since;
    return span <= 0 ? 0 : ((this.#total - before) * 1000) / span;
  }

  /** Seconds for `left` more; undefined while nobody can tell. */
  secondsFor(left: number): number | undefined {
    const rate = this.perSecond;
    return rate > 0 ? left / rate : undefined;
  }
}
