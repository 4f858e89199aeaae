/** Long enough for a host that takes our elements away again and again, too short for one that is redrawn now and then all day. */
const FIGHT_MS = 10_000;

/** How often something of ours had to be put back lately. */
export class Fight {
  count = 0;
  #until = 0;

  putBack(): void {
    const now = performance.now();
    if (now > this.#until) {
      this.count = 0;
      this.#until = now + FIGHT_MS;
    }
    this.count++;
  }
}
