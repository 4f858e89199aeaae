import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { Http, type HttpLogLine, type HttpOptions } from '../../connectors/http.ts';
import type { Clock } from '../../connectors/limit.ts';

/** A server on loopback for one test, and what it saw. Everything is closed after the test. */

export interface Seen {
  url: string;
  /** `GET /path?query` of every request, in order. */
  calls: string[];
  headers: IncomingMessage['headers'][];
  bodies: string[];
  connections: number;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

export async function serve(handler: RequestListener): Promise<Seen> {
  const seen: Seen = { url: '', calls: [], headers: [], bodies: [], connections: 0 };
  const server = createServer(async (request, response) => {
    seen.calls.push(`${request.method} ${request.url}`);
    seen.headers.push(request.headers);
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    seen.bodies.push(body);
    handler(request, response);
  });
  server.on('connection', () => {
    seen.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfter(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  seen.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return seen;
}

export function closeAfter(close: () => Promise<void>): void {
  open.push(close);
}

/** An address at which nobody listens any more. */
export async function nowhere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Answers one after the other; the last one stays. */
export function inTurn(...handlers: RequestListener[]): RequestListener {
  let next = 0;
  return (request, response) => {
    const handler = handlers[Math.min(next, handlers.length - 1)];
    next += 1;
    handler?.(request, response);
  };
}

/** An answer of this status, body and headers. */
export const answer =
  (status: number, body: unknown = '', headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  };

/**
 * A clock on which pauses up to `longest` pass at once and longer ones (time limits) never. `pauses` is what was asked for.
 */
export function skippingClock(longest = 9_000): Clock & { pauses: number[] } {
  let now = 0;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    after(ms, run) {
      if (ms > longest) return () => {};
      pauses.push(ms);
      const timer = setImmediate(() => {
        now += ms;
        run();
      });
      return () => clearImmediate(timer);
    },
  };
}

/** Longer than any test waits. */
export const PATIENT = { timeout: 60_000, totalTimeout: 90_000 };

/** A client whose pauses cost no time; `lines` is its log. */
export function clientOf({ url }: Pick<Seen, 'url'>, options: Partial<HttpOptions> = {}) {
  const lines: HttpLogLine[] = [];
  const timers = skippingClock();
  const http = new Http({ baseUrl: url, ...PATIENT, timers, log: (line) => lines.push(line), ...options });
  return { http, lines, timers };
}
