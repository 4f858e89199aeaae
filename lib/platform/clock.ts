import { browser } from './browser.ts';

/**
 * The one clock of background and pages. In a sandbox build it follows the simulated time of the page that was read
 * last, so that badge, panel and toolbar agree; a release is compiled without any of that.
 */

const OFFSET_KEY = 'sandboxOffsetMinutes';
let offset = 0;

const wallClock = () => Math.floor(Date.now() / 60_000);

/** Epoch minutes. */
export function now(): number {
  if (__SANDBOX__) return wallClock() + offset;
  return wallClock();
}

const offsetOf = (value: unknown) => (typeof value === 'number' && Number.isInteger(value) ? value : 0);

/**
 * Learns the simulated time, if there is any, and calls `changed` when it moves. Await it before the first `now()`.
 */
export async function startClock(changed?: () => void): Promise<void> {
  if (__SANDBOX__) {
    browser.storage.onChanged.addListener((changes, area) => {
      const change = area === 'session' ? changes[OFFSET_KEY] : undefined;
      if (!change) return;
      offset = offsetOf(change.newValue);
      changed?.();
    });
    offset = offsetOf((await browser.storage.session.get(OFFSET_KEY))[OFFSET_KEY]);
  }
}

/** Sets the simulated time (epoch minutes). Does nothing in a release. */
export async function setSandboxNow(minute: number | undefined): Promise<void> {
  if (__SANDBOX__) {
    if (minute === undefined || minute - wallClock() === offset) return;
    offset = minute - wallClock();
    await browser.storage.session.set({ [OFFSET_KEY]: offset });
  }
}
