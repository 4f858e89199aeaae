/**
 * The iGate-like host: its pages on one origin, its gateway on another, as in reality. Both read the population at
 * every request.
 */

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BIG_COUNT, type HostContext } from '../context.ts';
import type { Population, SandboxDossier } from '../types.ts';
import {
  detailRecord,
  diaryOf,
  feesOf,
  findDossiers,
  gatewayDate,
  type JsonObject,
  type ListQuery,
  listRecord,
  type Variants,
} from './records.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** From this page size on, the city has `BIG_COUNT` dossiers. */
const BIG_SIZE = 1000;
const HUGE_BYTES = 5_500_000;

const BUNDLE = fileURLToPath(new URL('../.build/igate/', import.meta.url));
const HOSTILE = fileURLToPath(new URL('./hostile.js', import.meta.url));

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

function addressOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://localhost');
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    'content-type': type,
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, TYPES['.json'] ?? '', JSON.stringify(value));
}

function populationFor(context: HostContext, size: number): Population {
  return size >= BIG_SIZE ? context.extended(BIG_COUNT) : context.population;
}

// -------------------------------------------------------------------------------------------------------- pages

const ESCAPES: Record<string, string> = { '<': '\\u003c', '\u2028': '\\u2028', '\u2029': '\\u2029' };

/** JSON for a data block; a name may hold a closing script tag. */
function embed(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => ESCAPES[sign] ?? sign);
}

function embeddedData(context: HostContext, given: URLSearchParams): unknown {
  const { dossiers } = populationFor(context, Number(given.get('size') ?? 0));
  const variants: Variants = Object.fromEntries(given);
  const details: Record<string, unknown> = {};
  const fees: Record<string, unknown> = {};
  for (const dossier of dossiers) {
    details[dossier.id] = { record: detailRecord(dossier, variants), diary: diaryOf(dossier) };
    fees[dossier.id] = feesOf(dossier);
  }
  return { content: dossiers.map((dossier) => listRecord(dossier, variants)), details, fees };
}

function indexPage(context: HostContext, given: URLSearchParams, nonce: string): string {
  const hostile =
    given.get('hostile') === '1' ? `<script nonce="${nonce}">${readFileSync(HOSTILE, 'utf8')}</script>` : '';
  const json = given.get('json');
  const data =
    json === 'none' || json === 'broken'
      ? `<script type="application/json" id="du-lieu-nhung">${embed(embeddedData(context, given))}</script>`
      : '';
  return `<!doctype html>
<html lang="vi" data-sandbox-now="${context.population.now}">
<head>${hostile}
<meta charset="utf-8">
<title>Một cửa điện tử (giả lập)</title>
<base href="/vi/">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="styles.css">
</head>
<body class="mat-typography"><app-root></app-root>${data}<script src="main.js"></script></body>
</html>
`;
}

function sendIndex(context: HostContext, response: ServerResponse, given: URLSearchParams): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader(
    'content-security-policy',
    `default-src 'self'; script-src 'self' 'unsafe-eval' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; ` +
      "connect-src *; font-src 'self'",
  );
  send(response, 200, 'text/html; charset=utf-8', indexPage(context, given, nonce));
}

async function sendFile(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const file = join(BUNDLE, normalize(`/${path}`));
  const body = await readFile(file).catch(() => null);
  if (body === null) return send(response, 404, 'text/plain; charset=utf-8', 'Không có tệp này');
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { 'cache-control': 'no-cache', etag: tag };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
  response.end(body);
}

/** A list in the right shape in which every dossier is due in 2020; from the page's own origin. */
function forgedList(context: HostContext): JsonObject {
  const due = gatewayDate(Date.UTC(2020, 0, 2, 10) / 60_000);
  const content = context.population.dossiers.map((dossier) => ({ ...listRecord(dossier, {}), appointmentDate: due }));
  return { content, last: true, totalElements: content.length, totalPages: 1 };
}

export function igatePages(context: HostContext): Handler {
  return async (request, response) => {
    const { pathname, searchParams } = addressOf(request);
    if (pathname === '/favicon.ico') {
      response.writeHead(204);
      response.end();
      return;
    }
    if (pathname === '/fake/pa/dossier/search') return sendJson(response, 200, forgedList(context));
    if (pathname === '/vi/assets/app.config.json') {
      const apiGateway = context.urls?.gateway ?? '';
      return sendJson(response, 200, { apiGateway, languageId: 228, subsystem: 'web-onegate' });
    }
    if (pathname !== '/vi' && !pathname.startsWith('/vi/')) {
      response.writeHead(302, { location: '/vi/home' });
      response.end();
      return;
    }
    const path = pathname.slice('/vi/'.length);
    if (extname(path) !== '') return sendFile(request, response, path);
    sendIndex(context, response, searchParams);
  };
}

// ------------------------------------------------------------------------------------------------------ gateway

/** The page tells in one parameter in which shape it wants to be answered: `json:huge;task:object`. */
function variantsOf(given: URLSearchParams): Variants {
  const parts = (given.get('sandbox') ?? '').split(';').filter((part) => part.includes(':'));
  return Object.fromEntries(parts.map((part) => part.split(':', 2)));
}

function queryOf(given: URLSearchParams): ListQuery {
  const [sort = '', direction] = (given.get('sort') ?? '').split(',');
  const statuses = given.get('dossier-status') ?? '';
  return {
    code: given.get('code') ?? '',
    owner: given.get('applicant-owner-name') ?? '',
    statuses: statuses === '' ? null : new Set(statuses.split(',').map(Number)),
    sort,
    direction: direction === 'desc' ? 'desc' : 'asc',
  };
}

/** `spec=slice` has no grand total, `spec=page` has one. */
function listAnswer(context: HostContext, given: URLSearchParams, variants: Variants): JsonObject {
  const page = Math.max(0, Math.trunc(Number(given.get('page') ?? 0)) || 0);
  const size = Math.max(1, Math.trunc(Number(given.get('size') ?? 20)) || 20);
  const found = findDossiers(populationFor(context, size), queryOf(given));
  const start = page * size;
  const content = found.slice(start, start + size).map((dossier) => listRecord(dossier, variants));
  const answer: JsonObject = {
    content,
    first: page === 0,
    last: start + size >= found.length,
    number: page,
    numberOfElements: content.length,
    size,
  };
  if (given.get('spec') === 'page') {
    answer.totalElements = found.length;
    answer.totalPages = Math.ceil(found.length / size);
  }
  if (variants.json === 'huge') answer.filler = 'x'.repeat(HUGE_BYTES);
  return answer;
}

/** The public look-up: the same core without the people. */
function publicAnswer(context: HostContext, given: URLSearchParams, variants: Variants): JsonObject {
  const code = given.get('code') ?? '';
  const found = context.population.dossiers.filter((dossier) => dossier.code === code);
  const content = found.map((dossier) => ({ ...listRecord(dossier, variants), applicant: undefined }));
  return { content, last: true };
}

function menuCounts(context: HostContext, given: URLSearchParams): JsonObject[] {
  const { dossiers } = populationFor(context, Number(given.get('size') ?? 0));
  const fresh = dossiers.filter((dossier) => dossier.status === 1).length;
  return [
    { path: 'online-reception', count: fresh },
    { path: 'processing', count: dossiers.length - fresh },
  ];
}

function setCors(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-headers', 'authorization, content-type');
  response.setHeader('access-control-allow-methods', 'GET, OPTIONS');
  response.setHeader('access-control-max-age', '600');
}

/** A broken line: the answer stops in the middle. */
function sendAnswer(response: ServerResponse, value: JsonObject, variants: Variants): void {
  const text = JSON.stringify(value);
  const body = variants.json === 'broken' ? text.slice(0, Math.floor(text.length * 0.6)) : text;
  send(response, 200, TYPES['.json'] ?? '', body);
}

export function igateGateway(context: HostContext): Handler {
  const byId = (id: string): SandboxDossier | undefined => {
    const known = context.population.dossiers.find((dossier) => dossier.id === id);
    // A dossier opened from a page of 2 000 rows.
    return known ?? context.extended(BIG_COUNT).dossiers.find((dossier) => dossier.id === id);
  };

  return (request, response) => {
    const { pathname, searchParams } = addressOf(request);
    setCors(response);
    if (request.method === 'OPTIONS') {
      response.writeHead(204);
      response.end();
      return;
    }
    if (request.method !== 'GET') return sendJson(response, 405, { status: 405, message: 'Method not allowed' });
    const variants = variantsOf(searchParams);
    switch (pathname) {
      case '/pa/dossier/search':
        return sendAnswer(response, listAnswer(context, searchParams, variants), variants);
      case '/pa/dossier-search/dvc':
        return sendAnswer(response, publicAnswer(context, searchParams, variants), variants);
      case '/pa/dossier-menu-task-remind':
        return sendJson(response, 200, menuCounts(context, searchParams));
      case '/pa/dossier-fee/--by-dossiers': {
        const dossier = byId(searchParams.get('dossier-ids') ?? '');
        return sendJson(response, 200, dossier === undefined ? [] : feesOf(dossier));
      }
    }
    const [, id, diaryId] = /^\/pa\/dossier(?:\/([0-9a-f]{24})\/--online|-diary\/([0-9a-f]{24}))$/.exec(pathname) ?? [];
    const dossier = byId(id ?? diaryId ?? '');
    if (dossier === undefined) return sendJson(response, 404, { status: 404, message: 'Không tìm thấy hồ sơ' });
    if (diaryId !== undefined) return sendJson(response, 200, diaryOf(dossier));
    sendAnswer(response, detailRecord(dossier, variants), variants);
  };
}
