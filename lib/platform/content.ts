import { type PageConfig, PageConfig as PageConfigSchema, TO_CONTENT, type ToBackground } from '../schema/index.ts';

/**
 * The door for content scripts. It speaks to the browser API without the polyfill (10 kB of a 60 kB budget): from our
 * floor of Chromium 116 and Firefox 140 on, `runtime.sendMessage` gives promises everywhere. The envelope is that of
 * @webext-core/messaging, which the background uses.
 */

interface Runtime {
  id?: string;
  getManifest(): { version: string };
  sendMessage(message: unknown): Promise<unknown>;
  onMessage: {
    addListener(listener: Listener): void;
    removeListener(listener: Listener): void;
  };
}
type Listener = (message: unknown, sender: { id?: string }, answer: (response: unknown) => void) => boolean;

const scope = globalThis as unknown as { browser?: { runtime: Runtime }; chrome?: { runtime: Runtime } };
const runtime = (): Runtime | undefined => (scope.browser ?? scope.chrome)?.runtime;

/** False after the extension was updated or removed: this script is then an orphan and must not call the API. */
export function isAlive(): boolean {
  try {
    return runtime()?.id !== undefined;
  } catch {
    return false;
  }
}

export function extensionVersion(): string {
  return runtime()?.getManifest().version ?? '';
}

let sequence = 0;

/** Asks the background a message of TO_BACKGROUND; undefined when it does not answer. Whoever asks checks what comes. */
export async function ask(type: ToBackground, data: unknown): Promise<unknown> {
  if (!isAlive()) return undefined;
  sequence += 1;
  try {
    const answer = await runtime()?.sendMessage({ id: sequence, type, data, timestamp: Date.now() });
    return (answer as { res?: unknown } | undefined)?.res;
  } catch {
    // No background, or the extension went away in this very moment; the page goes on without it.
    return undefined;
  }
}

/** Waits before each further try; a background that is just being started answers within the first ones. */
const PATIENCE_MS = [0, 300, 1000, 3000] as const;

/**
 * What this page counts by. Null when the background never answers (the extension was removed or updated): a page has no
 * calendar of its own, and a badge by guess would be worse than none.
 */
export async function askConfig(host: string): Promise<PageConfig | null> {
  for (const wait of PATIENCE_MS) {
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (!isAlive()) return null;
    const answer = PageConfigSchema.safeParse(await ask('page.config', { host }));
    if (answer.success) return answer.data;
  }
  return null;
}

export interface ContentHandlers {
  /** Answers a question about this page; null when there is nothing to say. */
  ask(type: string, data: unknown): Promise<unknown>;
  paused(paused: boolean): void;
}

/** Answers the popup and the background until `signal` aborts. A frame that has nothing to say does not answer. */
export function listen(handlers: ContentHandlers, signal: AbortSignal): void {
  const own = runtime();
  if (!own) return;
  const listener: Listener = (message, sender, answer) => {
    if (sender.id !== own.id || typeof message !== 'object' || message === null) return false;
    const { type, data } = message as { type?: unknown; data?: unknown };
    const paused = TO_CONTENT['page.paused'].payload.safeParse(data);
    if (type === 'page.paused' && paused.success) {
      handlers.paused(paused.data.paused);
      answer({ res: true });
      return true;
    }
    if (!Object.hasOwn(TO_CONTENT, type as string)) return false;
    // A frame without an answer leaves it to the others.
    void handlers.ask(type as string, data).then((res) => res !== null && answer({ res }));
    return true;
  };
  own.onMessage.addListener(listener);
  signal.addEventListener('abort', () => {
    if (isAlive()) own.onMessage.removeListener(listener);
  });
}
