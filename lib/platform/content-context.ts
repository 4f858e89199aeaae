import { isAlive } from './content.ts';

/**
 * As much of WXT's `ContentScriptContext` as our content scripts use, in its place (wxt.config.ts): its timers, watchers and log
 * are 3 kB in every page. A younger copy of the same script, after the extension was updated, ends the older one.
 */
export class ContentScriptContext {
  readonly #control = new AbortController();
  readonly signal = this.#control.signal;

  constructor(name: string) {
    const started = `dunghen-started-${name}`;
    // Before listening, so that nobody ends himself.
    document.dispatchEvent(new Event(started));
    document.addEventListener(started, () => this.#control.abort(), { once: true });
  }

  get isInvalid(): boolean {
    if (!isAlive()) this.#control.abort();
    return this.signal.aborted;
  }
}
