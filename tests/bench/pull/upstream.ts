/**
 * A stand-in for an upstream with a quota, in a thread of its own so that it does not share the client's event loop. Token
 * bucket: `rate` calls a second, a fifth of that in reserve (as the gateways that were looked at have it).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

export interface UpstreamPlan {
  /** Calls a second from this second on, in order. */
  quotas: readonly { from: number; rate: number }[];
  /** Seconds of the Retry-After header; left out when undefined. */
  retryAfter?: number;
}

export interface UpstreamReport {
  /** Millisecond of each call since the first one, and whether it was served. */
  calls: { at: number; served: boolean }[];
}

/** Milliseconds that an answer takes. */
const LATENCY = 40;

function start({ quotas, retryAfter }: UpstreamPlan): void {
  const calls: UpstreamReport['calls'] = [];
  let first = -1;
  let last = 0;
  let tokens = -1;
  const server = createServer((_, response) => {
    const now = performance.now();
    if (first < 0) first = now;
    const at = now - first;
    const rate = quotas.findLast(({ from }) => at >= from * 1000)?.rate ?? 1;
    const reserve = Math.max(2, rate / 5);
    tokens = tokens < 0 ? reserve : Math.min(reserve, tokens + ((at - last) / 1000) * rate);
    last = at;
    const served = tokens >= 1;
    if (served) tokens -= 1;
    calls.push({ at, served });
    setTimeout(
      () => {
        if (served) return response.end('{"total":1}');
        response.writeHead(429, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
        response.end();
      },
      LATENCY * (0.5 + Math.random()),
    );
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
  parentPort?.on('message', () => {
    parentPort?.postMessage({ calls } satisfies UpstreamReport);
    server.closeAllConnections();
    server.close(() => parentPort?.close());
  });
}

start(workerData as UpstreamPlan);
