import { browser } from './browser.ts';

const TIDY = 'tidy';

/** Runs `work` every `minutes`, also after the browser put the background to sleep. Register while starting. */
export function every(minutes: number, work: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === TIDY) work();
  });
  // Creating it again would start the wait afresh, and a background that is woken often would never get there.
  void browser.alarms.get(TIDY).then((present) => {
    if (present?.periodInMinutes !== minutes) return browser.alarms.create(TIDY, { periodInMinutes: minutes });
  });
}

/** Calls `work` once, after the extension was installed (not after an update). */
export function onInstall(work: () => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') work();
  });
}
