import type { WireBatch } from '../schema/index.ts';
import { offerPort } from './handover.ts';
import { JSON_SOURCES } from './sources.ts';
import type { JsonSource } from './wire.ts';

/** Longest answer that is read, in UTF-16 units. A list of 2,000 dossiers is about 3 million. */
const MAX_BODY_LENGTH = 5_000_000;

/** Dossiers in one message: each is checked on the other side in a task of its own, short enough not to be felt. */
const BATCH = 200;

interface Watched {
  source: JsonSource;
  kind: WireBatch['kind'];
}

type AllowOrigin = (origin: string) => boolean;

/**
 * Watches XMLHttpRequest and fetch of a page and passes on, through the private port, the dossiers in their answers.
 * Only GET, only JSON, only known paths on allowed origins. A failure of ours is never the page's: every path that
 * runs inside the host's call is caught.
 */
export function startObserver(page: Window & typeof globalThis, allowed: AllowOrigin): void {
  const { port1, port2 } = new page.MessageChannel();
  // Bound now: a page script that replaces the prototype's method later gets nothing and breaks nothing.
  const post = port1.postMessage.bind(port1);
  const parse = page.JSON.parse;
  const stringify = page.JSON.stringify;

  const watched = (method: string, url: string | URL): Watched | null => {
    if (method.toUpperCase() !== 'GET') return null;
    const { origin, pathname } = new URL(url, page.location.href);
    for (const source of JSON_SOURCES) {
      const kind = source.kindOf(pathname);
      if (kind !== null) return allowed(origin) ? { source, kind } : null;
    }
    return null;
  };

  const pass = (body: unknown, { source, kind }: Watched) => {
    const records = source.project(body);
    for (let i = 0; i < records.length; i += BATCH) {
      const batch: WireBatch = { version: 1, adapter: source.adapter, kind, records: records.slice(i, i + BATCH) };
      post(stringify(batch));
    }
  };

  /** After the host's own handlers have run: the officer's list comes first. */
  const later = (work: () => void) => {
    page.setTimeout(() => {
      try {
        work();
      } catch {
        // Not JSON, or a shape we do not know: the page's reading from the screen stands.
      }
    }, 0);
  };

  const passText = (text: string, target: Watched) => {
    if (text.length <= MAX_BODY_LENGTH) pass(parse(text), target);
  };

  watchXhr(page, watched, (request, target) => {
    later(() => {
      if (request.status < 200 || request.status > 299) return;
      if (!/json/i.test(request.getResponseHeader('content-type') ?? '')) return;
      if (request.responseType === 'json') pass(request.response, target);
      else if (request.responseType === '' || request.responseType === 'text') passText(request.responseText, target);
    });
  });

  watchFetch(page, watched, (response, target) => {
    if (!response.ok || !/json/i.test(response.headers.get('content-type') ?? '')) return;
    const copy = response.clone();
    copy.text().then(
      (text) => later(() => passText(text, target)),
      () => {
        // The page cancelled its own request.
      },
    );
  });

  offerPort(page.document, port2);
}

type Watch = (method: string, url: string | URL) => Watched | null;

/** `watched` may throw on an address that cannot be parsed; that is the page's affair, not ours. */
function quietly(watch: Watch, method: string, url: string | URL): Watched | null {
  try {
    return watch(method, url);
  } catch {
    return null;
  }
}

function watchXhr(
  page: Window & typeof globalThis,
  watch: Watch,
  answered: (request: XMLHttpRequest, target: Watched) => void,
): void {
  const prototype = page.XMLHttpRequest.prototype;
  const { open, addEventListener } = prototype;
  const apply = page.Reflect.apply;
  prototype.open = function (this: XMLHttpRequest, ...args: unknown[]): unknown {
    const target = quietly(watch, String(args[0]), args[1] as string | URL);
    if (target) {
      const once = () => answered(this, target);
      // `load` fires once per request; a reused object is opened anew and gets its own listener.
      apply(addEventListener, this, ['load', once, { once: true }]);
    }
    return apply(open, this, args);
  } as typeof open;
}

function watchFetch(
  page: Window & typeof globalThis,
  watch: Watch,
  answered: (response: Response, target: Watched) => void,
): void {
  const original = page.fetch;
  const apply = page.Reflect.apply;
  page.fetch = function (this: unknown, ...args: Parameters<typeof fetch>): Promise<Response> {
    const result = apply(original, this, args) as Promise<Response>;
    const [input, init] = args;
    const request = input instanceof page.Request ? input : null;
    const method = init?.method ?? request?.method ?? 'GET';
    const target = quietly(watch, method, request ? request.url : (input as string | URL));
    if (target) {
      result.then(
        (response) => {
          try {
            answered(response, target);
          } catch {
            // A body that cannot be cloned: the page used it first.
          }
        },
        () => {
          // The page hears of its own failure; we have nothing to add.
        },
      );
    }
    return result;
  } as typeof fetch;
}
