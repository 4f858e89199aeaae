/** What every simulated upstream does around its own answers: log, quota, faults. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { FaultBox, FaultRule } from './faults.ts';
import type { Quota, UpstreamCall, UpstreamId } from './upstream-types.ts';
import { WireShape } from './wire-shape.ts';

export interface WireRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  header(name: string): string;
  body: string;
}

export interface Answer {
  /** Default 200. */
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  body: unknown;
}

export interface Route {
  service: string;
  /** For the log: a code, a window, a page. */
  about: string;
  answer(shape: WireShape): Answer;
}

/** One system: how it takes a request, and how it says no in its own words. */
export interface Upstream {
  id: UpstreamId;
  route(request: WireRequest): Route;
  /** All sessions or tokens end. */
  expire(): void;
  /** A failure inside HTTP 200. */
  refusal(): unknown;
  /** "Already exists". */
  duplicate(code: number | string): unknown;
}

export interface UpstreamHub {
  faults: FaultBox;
  calls: UpstreamCall[];
  quotas: Map<UpstreamId, QuotaGate>;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const BAD_GATEWAY = `<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>
<hr><center>cổng giả lập</center>\r\n</body>\r\n</html>\r\n`;

/** Calls per second as a bucket that holds one second's worth, calls per minute in fixed minutes. */
export class QuotaGate {
  #quota: Quota = {};
  #tokens = 0;
  #filledAt = 0;
  #minute = 0;
  #inMinute = 0;

  set(quota: Quota, now: number): void {
    this.#quota = quota;
    this.#tokens = quota.perSecond ?? 0;
    this.#filledAt = now;
    this.#inMinute = 0;
    this.#minute = now;
  }

  /** Undefined: the call may pass. Epoch milliseconds. */
  refuse(now: number): Quota | undefined {
    const { perSecond, perMinute } = this.#quota;
    if (perMinute !== undefined) {
      if (now - this.#minute >= 60_000) {
        this.#minute = now;
        this.#inMinute = 0;
      }
      if (this.#inMinute >= perMinute) return this.#quota;
    }
    if (perSecond !== undefined) {
      const filled = this.#tokens + ((now - this.#filledAt) / 1000) * perSecond;
      this.#tokens = Math.min(Math.max(1, perSecond), filled);
      this.#filledAt = now;
      if (this.#tokens < 1) return this.#quota;
      this.#tokens -= 1;
    }
    this.#inMinute += 1;
    return undefined;
  }
}

async function read(request: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url?.replace(/^\/+/, '/') ?? '/', 'http://localhost');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    header: (name) => {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
    },
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Answers that come instead of the system's own. */
function replacement(upstream: Upstream, { fault, code, retryAfter }: FaultRule): Answer | undefined {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  switch (fault) {
    case '401':
      return { status: 401, body: { message: 'Sai thông tin xác thực' } };
    case '403':
      return { status: 403, body: { message: 'Tài khoản không có quyền gọi dịch vụ' } };
    case '429':
      return { status: 429, headers, body: { message: 'Vượt hạn mức' } };
    case '500':
      return { status: 500, headers, body: { message: 'Lỗi hệ thống' } };
    case '502-html':
      return { status: 502, headers: { 'content-type': 'text/html' }, body: BAD_GATEWAY };
    case '203':
      return { status: 203, body: { code: 203, message: 'Non-Authoritative Information.', description: '' } };
    case '204':
      return { status: 204, body: '' };
    case 'refused-in-200':
      return { body: upstream.refusal() };
    case 'duplicate':
      return { body: upstream.duplicate(code ?? '3') };
    default:
      return undefined;
  }
}

function send(response: ServerResponse, call: UpstreamCall, answer: Answer, shape: WireShape): void {
  if (response.destroyed) return;
  call.status = answer.status ?? 200;
  const plain = typeof answer.body === 'string';
  let text = plain ? String(answer.body) : JSON.stringify(shape.body(answer.body));
  if (shape.rule('truncated')) text = text.slice(0, Math.floor(text.length * 0.6));
  response.writeHead(call.status, { 'cache-control': 'no-store', 'content-type': JSON_TYPE, ...answer.headers });
  response.end(text);
}

/** The server of one upstream. It is not listening yet. */
export function makeUpstreamServer(upstream: Upstream, hub: UpstreamHub): Server {
  const server = createServer(async (request, response) => {
    // A caller that goes away is nothing to report.
    const wire = await read(request).catch(() => undefined);
    if (wire === undefined) return;
    const at = Date.now();
    let route = upstream.route(wire);
    const { number, faults } = hub.faults.next(upstream.id, route.service);
    const { service, about } = route;
    const call: UpstreamCall = { upstream: upstream.id, service, number, about, at, status: 0, faults: [] };
    call.faults = faults.map(({ fault }) => fault);
    hub.calls.push(call);

    const refusing = hub.quotas.get(upstream.id)?.refuse(at);
    if (refusing !== undefined) {
      const rule: FaultRule = { fault: '429', retryAfter: refusing.retryAfter };
      return send(response, call, replacement(upstream, rule) as Answer, new WireShape([]));
    }
    const shape = new WireShape(faults);
    const delay = shape.rule('delay');
    if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay.ms ?? 20_000).unref());
    if (shape.rule('hang')) return;
    if (shape.rule('reset')) {
      request.socket.resetAndDestroy();
      return;
    }
    if (shape.rule('session-expired')) {
      upstream.expire();
      route = upstream.route(wire);
    }
    for (const rule of faults) {
      const instead = replacement(upstream, rule);
      if (instead !== undefined) return send(response, call, instead, shape);
    }
    try {
      send(response, call, route.answer(shape), shape);
    } catch (error) {
      console.error(`sandbox ${upstream.id} ${service}:`, error);
      send(response, call, { status: 500, body: { message: 'Lỗi hệ thống' } }, shape);
    }
  });
  server.keepAliveTimeout = 30_000;
  return server;
}

/** Fields of a body that should be a JSON object; anything else is an empty object. */
export function jsonObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
