/**
 * The OpenCPS-like host: one page with hash routes, and the REST answers it asks for on the same origin. The population
 * is read at every request.
 */

import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BIG_COUNT, type HostContext } from '../context.ts';
import { openCpsGroup } from '../expect.ts';
import type { SandboxDossier } from '../types.ts';
import {
  countingRecords,
  detailRecord,
  fileRecords,
  findDossiers,
  type ListQuery,
  listRecord,
  menuRecords,
  sequenceRecords,
  templateNo,
  templateRecord,
} from './records.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const PAGE = '/web/mot-cua/mot-cua-dien-tu';
const ASSETS = '/o/onegate-fe/';
const BUNDLE = fileURLToPath(new URL('../.build/opencps/', import.meta.url));
/** From this page size on the city is bigger, so that "Đang xử lý" fills a page of 2 000. */
const BIG_SIZE = 1000;

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const STYLE = `
html { font-size: 14px; }
.onegate__fe { font-family: Roboto, Arial, sans-serif; background: #f2f4f8 !important; }
.nav_trang_thai_ho_so .v-list__tile { height: 40px; padding: 0 12px; font-size: 14px; }
.nav_trang_thai_ho_so .dang__chon { background: #e3eefb; font-weight: bold; }
.status__counter { background: #0b72ba; color: #fff; border-radius: 10px; padding: 1px 8px; font-size: 12px; }
.row-header { display: flex; align-items: stretch; background: #e9f2fb; border: 1px solid #c9dff2; }
.background-triangle-big { background: #0b72ba; color: #fff; padding: 12px 28px 12px 14px; font-weight: bold;
  clip-path: polygon(0 0, 100% 0, calc(100% - 16px) 100%, 0 100%); white-space: nowrap; }
.header_tools { align-items: center; padding: 0 8px; margin: 0; flex: 1; min-width: 0; }
.text-bold { font-weight: bold; }
.text-right { text-align: right; }
.text-ellipsis { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.overHidden { overflow: hidden; text-overflow: ellipsis; }
.menu_header_list { background: #fff; padding: 4px 8px; }
.tim__kiem { width: 100%; padding: 6px 8px; border: 1px solid #ccc; border-radius: 3px; background: #fff; }
table.v-table thead th, table.v-table thead tr { height: 34px; }
table.v-table thead th { padding: 0 4px !important; font-size: 13px; color: #0b3a66 !important; text-align: left; }
table.v-table tbody td { height: auto; font-size: 13px; border: 1px solid #dcdcdc; padding: 4px 6px;
  overflow-wrap: anywhere; }
.v_data_table_check_all { padding: 0 4px !important; }
.vue-content-placeholders-text__line { height: 14px; margin: 4px; background: #e4e4e4; border-radius: 2px; }
.pagging-table { background: #fff; padding: 6px 8px; position: relative; min-height: 58px; }
.pagging-table .v-text-field { margin: 0; padding: 0; }
.pagging-table .flex { flex: none; }
.chon__trang { width: 110px; }
ul.tiny-pagination { list-style: none; padding: 0; display: flex; margin: 4px 0; }
.tiny-pagination button { min-width: 34px; height: 32px; border: 1px solid #ccc; padding: 0 6px; background: #fff; }
.tiny-pagination button.pagination__navigation--disabled { opacity: .55; }
.c-not-allowed { cursor: not-allowed; }
.vue-tiny-pagination { display: flex; justify-content: flex-end; align-items: center; }
.form-chitiet .pb-1 { padding-bottom: 4px; }
.form-chitiet .v-expansion-panel__header { font-weight: bold; background: #e9f2fb; }
.form_alpaca { position: relative; border-bottom: 1px solid #ddd; background: #fff; padding: 6px 12px; }
.form_alpaca .dong { display: flex; }
.dong__tep { padding-left: 15px; font-size: 12px; }
.absolute__btn { position: absolute; right: 8px; top: 4px; }
`;

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'cache-control': 'no-store', 'content-type': type });
  response.end(body);
}

function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

function notFound(response: ServerResponse): void {
  sendJson(response, { code: 404, message: 'Không tìm thấy dữ liệu', description: '' }, 404);
}

/** Grows the city until the group fills the page, within reason. */
function dossiersFor(context: HostContext, size: number, group: string): readonly SandboxDossier[] {
  if (!(size >= BIG_SIZE)) return context.population.dossiers;
  let { dossiers } = context.extended(BIG_COUNT);
  const held = dossiers.filter((dossier) => group === '' || openCpsGroup(dossier).key === group).length;
  if (held < size) ({ dossiers } = context.extended(2 * BIG_COUNT));
  return dossiers;
}

/** A dossier of any size of the city. */
function byId(context: HostContext, id: string): SandboxDossier | undefined {
  const same = (dossier: SandboxDossier): boolean => String(dossier.numericId) === id || dossier.code === id;
  const known = context.population.dossiers.find(same);
  if (known !== undefined || !/^\d{5}$/.test(id)) return known;
  return context.extended(2 * BIG_COUNT).dossiers.find(same);
}

// ---------------------------------------------------------------------------------------------------------- page

const ESCAPES: Record<string, string> = { '<': '\\u003c', '\u2028': '\\u2028', '\u2029': '\\u2029' };

/** JSON for a data block; a name may hold a closing script tag. */
function embed(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => ESCAPES[sign] ?? sign);
}

function embeddedData(context: HostContext, query: ListQuery): unknown {
  const { now } = context.population;
  const dossiers = dossiersFor(context, Number(query('size')), '1');
  const details: Record<string, unknown> = {};
  for (const dossier of dossiers) {
    details[dossier.numericId] = {
      record: detailRecord(dossier, now),
      template: templateRecord(dossier),
      files: fileRecords(dossier),
      sequences: sequenceRecords(dossier, now),
    };
  }
  return {
    menu: menuRecords(dossiers, { order: query('order'), renamed: query('renamed') === '1' }),
    counting: countingRecords(dossiers, now),
    rows: dossiers.map((dossier) => ({ group: openCpsGroup(dossier).key, row: listRecord(dossier, now) })),
    details,
  };
}

function page(context: HostContext, query: ListQuery): string {
  const data =
    query('json') === 'none'
      ? `<script type="application/json" id="du-lieu-nhung">${embed(embeddedData(context, query))}</script>`
      : '';
  return `<!doctype html>
<html lang="vi" data-sandbox-now="${context.population.now}">
<head>
<meta charset="utf-8">
<title>Một cửa điện tử (giả lập)</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${ASSETS}main.css">
<style>${STYLE}</style>
</head>
<body class="yui3-skin-sam"><div id="app_onegate"></div>${data}<script src="${ASSETS}main.js"></script></body>
</html>
`;
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const file = join(BUNDLE, normalize(`/${path}`));
  const body = await readFile(file).catch(() => null);
  if (body === null) return notFound(response);
  send(response, 200, TYPES[extname(file)] ?? 'application/octet-stream', body);
}

// ---------------------------------------------------------------------------------------------------------- REST

const DOSSIERS = /^\/o\/(?:secure\/)?rest\/v2(?:_1)?\/dossiers(?:\/todo)?\/?$/;
const DOSSIER = /^\/o\/(?:secure\/)?rest\/v2(?:_1)?\/dossiers\/([^/]+)(?:\/(files|sequences))?\/?$/;
const TEMPLATE = /^\/o\/rest\/v2\/dossiertemplates\/([^/]+)\/?$/;

function list(context: HostContext, query: ListQuery): unknown {
  const start = Math.max(0, Math.floor(Number(query('start'))) || 0);
  const end = Math.max(start, Math.floor(Number(query('end'))) || start + 10);
  const found = findDossiers(dossiersFor(context, end - start, query('group')), query);
  const { now } = context.population;
  return { total: found.length, data: found.slice(start, end).map((dossier) => listRecord(dossier, now)) };
}

function one(context: HostContext, id: string, part: string | undefined): unknown {
  const { now } = context.population;
  const dossier = byId(context, id);
  if (dossier === undefined) return undefined;
  if (part === 'files') {
    const data = fileRecords(dossier);
    return { total: data.length, data };
  }
  if (part === 'sequences') {
    const data = sequenceRecords(dossier, now);
    return { total: data.length, data };
  }
  return detailRecord(dossier, now);
}

/** Undefined when there is nothing at this path. */
function rest(context: HostContext, pathname: string, query: ListQuery): unknown {
  if (DOSSIERS.test(pathname)) return list(context, query);
  const size = Number(query('size'));
  if (pathname === '/o/rest/v2_1/menuconfigs/todo') {
    const dossiers = dossiersFor(context, size, '1');
    const data = menuRecords(dossiers, { order: query('columns'), renamed: query('renamed') === '1' });
    return { total: data.length, data };
  }
  if (pathname === '/o/rest/v2/statistics/dossiers/counting') {
    const data = countingRecords(dossiersFor(context, size, '1'), context.population.now);
    return { total: data.length, data };
  }
  const template = TEMPLATE.exec(pathname)?.[1];
  if (template !== undefined) {
    const dossier = byId(context, template.replace(/^TP/, ''));
    return dossier !== undefined && templateNo(dossier) === template ? templateRecord(dossier) : undefined;
  }
  const [, id, part] = DOSSIER.exec(pathname) ?? [];
  return id === undefined ? undefined : one(context, decoded(id), part);
}

/** A code may hold slashes; broken escapes are no code. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return '';
  }
}

export function opencpsHandler(context: HostContext): Handler {
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url?.replace(/^\/+/, '/') ?? '/', 'http://localhost');
    const query: ListQuery = (name) => searchParams.get(name) ?? '';
    if (pathname === '/favicon.ico') {
      response.writeHead(204);
      response.end();
      return;
    }
    if (pathname === '/') {
      response.writeHead(302, { location: PAGE });
      response.end();
      return;
    }
    if (pathname === PAGE) {
      response.setHeader(
        'content-security-policy',
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'",
      );
      return send(response, 200, 'text/html; charset=utf-8', page(context, query));
    }
    if (pathname.startsWith(ASSETS)) return sendFile(response, pathname.slice(ASSETS.length));
    const answer = request.method === 'GET' ? rest(context, pathname, query) : undefined;
    if (answer === undefined) notFound(response);
    else sendJson(response, answer);
  };
}
