/**
 * The ASP.NET-like host: whole pages made on the server, a GridView, postbacks with a VIEWSTATE that carries page
 * and order, dates without a time of day. Also its sibling in PHP (`kieu=epar`) and pages in frames.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { BIG_COUNT, type HostContext } from '../context.ts';
import type { SandboxDossier, StatusCode } from '../types.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const DAY = 24 * 60;
const OFFSET = 7 * 60;
const PAGE_SIZE = 20;
/** From this page size on the city is bigger. */
const BIG_SIZE = 1000;
/** The grid's pager shows this many numbers at a time. */
const PAGER_NUMBERS = 10;
const NAME_LENGTH = 60;
const MAX_BODY = 1_000_000;
const NONE = '&nbsp;';
const NO_APPOINTMENT = 'Không có ngày hẹn trả';

const GRID = 'ctl00$cph$grvHoSo';

// -------------------------------------------------------------------------------------------------------- helpers

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function esc(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

function orNone(text: string | undefined): string {
  return text === undefined || text === '' ? NONE : esc(text);
}

function dayNumber(moment: number): number {
  return Math.floor((moment + OFFSET) / DAY);
}

/** dd/MM/yyyy; nothing here has a time of day. */
function dateText(moment: number | undefined): string | undefined {
  if (moment === undefined) return undefined;
  const iso = new Date(dayNumber(moment) * DAY * 60_000).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
}

function promiseOf(dossier: SandboxDossier): number | undefined {
  return dossier.extendedDueAt ?? dossier.dueAt;
}

/** The words of the due cell; undefined where it is empty. */
function dueText(dossier: SandboxDossier): string | undefined {
  return dossier.situation === 'no-appointment' ? NO_APPOINTMENT : dateText(promiseOf(dossier));
}

function isOpen(dossier: SandboxDossier): boolean {
  return dossier.status === 2 || dossier.status === 4 || dossier.status === 5 || dossier.status === 6;
}

/** The host's own, naive idea of late: the day is over. */
function looksLate(dossier: SandboxDossier, now: number): boolean {
  const promise = promiseOf(dossier);
  return promise !== undefined && isOpen(dossier) && dayNumber(promise) < dayNumber(now);
}

// ----------------------------------------------------------------------------------------------- what is asked for

interface Menu {
  title: string;
  holds: readonly StatusCode[];
}

const MENUS: Record<string, Menu> = {
  tatca: { title: 'Danh sách hồ sơ', holds: [] },
  chotiepnhan: { title: 'Danh sách hồ sơ chờ tiếp nhận', holds: [1] },
  dangxuly: { title: 'Danh sách hồ sơ đang xử lý', holds: [2, 4] },
  chobosung: { title: 'Danh sách hồ sơ chờ bổ sung', holds: [5] },
  chotra: { title: 'Danh sách hồ sơ chờ trả kết quả', holds: [9] },
  datra: { title: 'Danh sách hồ sơ đã trả kết quả', holds: [10] },
};

const ALL: Menu = { title: 'Danh sách hồ sơ', holds: [] };

/** Carried by the VIEWSTATE; there is no session. */
interface ViewState {
  page: number;
  sort: string;
  descending: boolean;
  number: string;
}

const FRESH: ViewState = { page: 1, sort: '', descending: false, number: '' };

function packState(state: ViewState): string {
  return Buffer.from(JSON.stringify(state)).toString('base64');
}

/** Whatever cannot be read is a fresh page. */
function unpackState(text: string): ViewState {
  try {
    const found = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Partial<Record<keyof ViewState, unknown>>;
    return {
      page: Math.max(1, Math.floor(Number(found.page)) || 1),
      sort: String(found.sort ?? ''),
      descending: found.descending === true,
      number: String(found.number ?? ''),
    };
  } catch {
    return FRESH;
  }
}

const SORT_KEYS: Record<string, (dossier: SandboxDossier) => string | number> = {
  SoHoSo: (dossier) => dossier.code,
  NgayNhan: (dossier) => dossier.receivedAt ?? 0,
  NgayHenTra: (dossier) => promiseOf(dossier) ?? 0,
};

interface ListPage {
  rows: SandboxDossier[];
  /** Of the first row, counted from 0. */
  start: number;
  page: number;
  pages: number;
}

function listPage(context: HostContext, query: URLSearchParams, state: ViewState): ListPage {
  const size = Math.max(1, Math.floor(Number(query.get('size') ?? PAGE_SIZE)) || PAGE_SIZE);
  const { dossiers } = size >= BIG_SIZE ? context.extended(BIG_COUNT) : context.population;
  let found = dossiers.filter((dossier) => dossier.code.includes(state.number.trim()));
  // Only a page without a status column relies on its title, so only there the title must be true.
  const { holds } = MENUS[query.get('loai') ?? ''] ?? ALL;
  if (query.get('kieu') === 'khongtrangthai' && holds.length > 0) {
    found = found.filter((dossier) => dossier.situation !== 'odd-status' && holds.includes(dossier.status));
  }
  const key = SORT_KEYS[state.sort];
  if (key !== undefined) {
    const direction = state.descending ? -1 : 1;
    found = found.sort((a, b) => {
      const x = key(a);
      const y = key(b);
      return x === y ? a.index - b.index : (x < y ? -1 : 1) * direction;
    });
  }
  const pages = Math.max(1, Math.ceil(found.length / size));
  const page = Math.min(state.page, pages);
  const start = (page - 1) * size;
  return { rows: found.slice(start, start + size), start, page, pages };
}

// --------------------------------------------------------------------------------------------------------- chrome

const STYLE = `
body { margin: 8px; font: 13px Tahoma, Arial, sans-serif; color: #222; }
.tieude { font-size: 16px; font-weight: bold; color: #a40000; margin: 8px 0; }
.bo-loc { margin: 6px 0; }
table.Grid, table.adminlist { border-collapse: collapse; width: 100%; }
table.Grid td, table.Grid th, table.adminlist td, table.adminlist th { padding: 3px 5px; border: 1px solid #9ab; }
tr.GridHeader th, table.adminlist th { background: #d7e4f2; }
tr.GridAltItem td { background: #f4f8fc; }
tr.GridPager table td { border: 0; padding: 2px 5px; }
td img { width: 14px; height: 14px; background: #2a6fc9; border-radius: 50%; }
table.chitiet td { padding: 3px 8px; vertical-align: top; }
td.nhan { width: 160px; color: #555; white-space: nowrap; }
.days-remain { display: inline-block; padding: 0 4px; border-radius: 2px; color: #fff; font-size: 11px; }
.during { background: #2a6fc9; } .today { background: #d6568f; }
.overdue { background: #c00; } .flood { background: #7a3fb0; }
`;

function document(context: HostContext, title: string, body: string, head = ''): string {
  return `<!DOCTYPE html>
<html lang="vi" data-sandbox-now="${context.population.now}">
<head><meta charset="utf-8"><title>${esc(title)}</title><style>${STYLE}</style>${head}</head>
<body>
${body}
</body>
</html>
`;
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' });
  response.end(html);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location });
  response.end();
}

function notFound(context: HostContext, response: ServerResponse): void {
  const body =
    '<h1>Không tìm thấy trang</h1><p>Trang hoặc hồ sơ này không có. <a href="/HoSo/DanhSach.aspx">Về danh sách</a></p>';
  send(response, 404, document(context, 'Không tìm thấy trang', body));
}

/** The classical postback; with `kieu=updatepanel` the page fetches itself and replaces the panel only. */
const POSTBACK = `
function __doPostBack(eventTarget, eventArgument) {
  var form = document.getElementById('aspnetForm');
  form.__EVENTTARGET.value = eventTarget;
  form.__EVENTARGUMENT.value = eventArgument;
  form.submit();
}`;

const PARTIAL_POSTBACK = `
var __doFullPostBack = __doPostBack;
window.__doPostBack = function (eventTarget, eventArgument) {
  var form = document.getElementById('aspnetForm');
  form.__EVENTTARGET.value = eventTarget;
  form.__EVENTARGUMENT.value = eventArgument;
  fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    headers: { 'X-MicrosoftAjax': 'Delta=true' }
  }).then(function (answer) {
    return answer.text().then(function (text) {
      var fresh = new DOMParser().parseFromString(text, 'text/html');
      var panel = fresh.getElementById('ctl00_cph_UpdatePanel1');
      if (!panel) { location.href = answer.url; return; }
      document.getElementById('ctl00_cph_UpdatePanel1').innerHTML = panel.innerHTML;
      form.__VIEWSTATE.value = fresh.getElementById('__VIEWSTATE').value;
      form.__EVENTTARGET.value = '';
      form.__EVENTARGUMENT.value = '';
    });
  }).catch(function () { __doFullPostBack(eventTarget, eventArgument); });
};`;

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" id="${name}" value="${esc(value)}">`;
}

function postBack(target: string, argument: string): string {
  return esc(`javascript:__doPostBack('${target}','${argument}')`);
}

// ----------------------------------------------------------------------------------------------------------- grid

interface Header {
  text: string;
  sort?: string;
}

const HEADERS: readonly Header[] = [
  { text: 'STT' },
  { text: 'Số hồ sơ', sort: 'SoHoSo' },
  { text: 'Người nộp' },
  { text: 'Tên thủ tục' },
  { text: 'Ngày nhận', sort: 'NgayNhan' },
  { text: 'Ngày hẹn trả', sort: 'NgayHenTra' },
  { text: 'Tình trạng' },
];

const STATUS_HEADER = 'Tình trạng';
/** Words that say nothing, in the places of the known ones. */
const UNKNOWN_WORDS = ['N', 'Ký hiệu', 'Đối tượng', 'Việc', 'Mốc 1', 'Mốc 2', 'Mức'];

function headerRow(kind: string): string {
  const cells = HEADERS.map(({ text, sort }, index) => {
    if (kind === 'khongtrangthai' && text === STATUS_HEADER) return '';
    const word = esc(kind === 'doicot' ? (UNKNOWN_WORDS[index] ?? '') : text);
    const link = sort === undefined ? word : `<a href="${postBack(GRID, `Sort$${sort}`)}">${word}</a>`;
    return `<th scope="col">${link}</th>`;
  });
  const first = '<th scope="col"><input type="checkbox"></th>';
  return `<tr class="GridHeader">${first}${cells.join('')}<th scope="col">&nbsp;</th></tr>`;
}

/** ctl02, ctl03, … as the GridView counts: the header is the first. */
function control(row: number): string {
  return `ctl${String(row + 2).padStart(2, '0')}`;
}

function procedureCell(name: string): string {
  if (name.length <= NAME_LENGTH) return `<td>${esc(name)}</td>`;
  return `<td><span title="${esc(name)}">${esc(`${name.slice(0, NAME_LENGTH - 3).trimEnd()}...`)}</span></td>`;
}

function dueCell(dossier: SandboxDossier, now: number): string {
  const text = orNone(dueText(dossier));
  return `<td>${looksLate(dossier, now) ? `<font color="Red">${text}</font>` : text}</td>`;
}

function itemRow(dossier: SandboxDossier, row: number, number: number, now: number, kind: string): string {
  const name = control(row);
  const id = `ctl00_cph_grvHoSo_${name}`;
  return [
    `<tr class="${row % 2 === 0 ? 'GridItem' : 'GridAltItem'}">`,
    `<td><input type="checkbox" name="${GRID}$${name}$chk" id="${id}_chk"></td><td>${number}</td>`,
    `<td><a id="${id}_lnk" href="${postBack(`${GRID}$${name}$lnk`, '')}">${esc(dossier.code)}</a></td>`,
    `<td>${esc(dossier.owner.name)}<br>&nbsp;</td>`,
    procedureCell(dossier.procedure.name),
    `<td>${orNone(dateText(dossier.receivedAt))}</td>`,
    dueCell(dossier, now),
    kind === 'khongtrangthai' ? '' : `<td>${esc(dossier.statusText)}</td>`,
    `<td><a href="ChiTiet.aspx?id=${dossier.numericId}" target="_blank"><img src="xem.gif" alt="Xem"></a></td></tr>`,
  ].join('');
}

function pagerRow({ page, pages }: ListPage, columns: number): string {
  if (pages <= 1) return '';
  const first = Math.floor((page - 1) / PAGER_NUMBERS) * PAGER_NUMBERS + 1;
  const last = Math.min(pages, first + PAGER_NUMBERS - 1);
  const link = (to: number, text: string): string => `<td><a href="${postBack(GRID, `Page$${to}`)}">${text}</a></td>`;
  const cells: string[] = [];
  if (first > 1) cells.push(link(first - 1, '...'));
  for (let n = first; n <= last; n += 1) cells.push(n === page ? `<td><span>${n}</span></td>` : link(n, String(n)));
  if (last < pages) cells.push(link(last + 1, '...'));
  const table = `<table border="0"><tbody><tr>${cells.join('')}</tr></tbody></table>`;
  return `<tr class="GridPager"><td colspan="${columns}">${table}</td></tr>`;
}

function grid(list: ListPage, now: number, kind: string): string {
  const columns = kind === 'khongtrangthai' ? HEADERS.length + 1 : HEADERS.length + 2;
  const rows =
    list.rows.length === 0
      ? `<tr class="GridEmpty"><td colspan="${columns}">Không có hồ sơ nào</td></tr>`
      : list.rows.map((dossier, row) => itemRow(dossier, row, list.start + row + 1, now, kind)).join('\n');
  return `<table class="Grid" cellspacing="0" rules="all" border="1" id="ctl00_cph_grvHoSo"><tbody>
${headerRow(kind)}
${rows}
${pagerRow(list, columns)}
</tbody></table>`;
}

function listDocument(context: HostContext, query: URLSearchParams, state: ViewState): string {
  const { now } = context.population;
  const kind = query.get('kieu') ?? '';
  const { title } = MENUS[query.get('loai') ?? ''] ?? ALL;
  const list = listPage(context, query, state);
  const statuses = ['Mới đăng ký', 'Đang xử lý', 'Đã trả kết quả'].map((text) => `<option>${text}</option>`).join('');
  const action = `./DanhSach.aspx${query.size > 0 ? `?${query}` : ''}`;
  const scripts = kind === 'updatepanel' ? POSTBACK + PARTIAL_POSTBACK : POSTBACK;
  const body = `<form method="post" action="${esc(action)}" id="aspnetForm" name="aspnetForm">
${hidden('__EVENTTARGET', '')}${hidden('__EVENTARGUMENT', '')}
${hidden('__VIEWSTATE', packState({ ...state, page: list.page }))}
<script>${scripts}</script>
<div class="tieude">${esc(title.toLocaleUpperCase('vi'))}</div>
<div class="bo-loc"><span>Từ ngày</span> <input name="ctl00$cph$txtTuNgay" type="text" value="01/08/2026" size="10">
<span>Số hồ sơ</span> <input name="ctl00$cph$txtSoHoSo" type="text" value="${esc(state.number)}">
<select name="ctl00$cph$ddlTrangThai"><option>-- Tất cả --</option>${statuses}</select>
<input type="submit" name="ctl00$cph$btnTim" value="Tìm kiếm">
<input type="submit" name="ctl00$cph$btnExcel" value="Xuất Excel"></div>
<div id="ctl00_cph_UpdatePanel1">
${grid(list, now, kind)}
</div></form>`;
  return document(context, title, body);
}

// ------------------------------------------------------------------------------------------------------- postbacks

/** Where a postback leads: to another state of the list, or to a dossier. */
function afterPostBack(
  context: HostContext,
  query: URLSearchParams,
  form: URLSearchParams,
): { state: ViewState } | { open: number } {
  const state = unpackState(form.get('__VIEWSTATE') ?? '');
  const target = form.get('__EVENTTARGET') ?? '';
  const argument = form.get('__EVENTARGUMENT') ?? '';
  const row = new RegExp(`^${GRID.replaceAll('$', '\\$')}\\$ctl(\\d+)\\$lnk$`).exec(target)?.[1];
  if (row !== undefined) {
    const dossier = listPage(context, query, state).rows[Number(row) - 2];
    return dossier === undefined ? { state } : { open: dossier.numericId };
  }
  const [word, value = ''] = argument.split('$');
  if (target === GRID && word === 'Page')
    return { state: { ...state, page: Math.max(1, Math.floor(Number(value)) || 1) } };
  if (target === GRID && word === 'Sort') {
    return { state: { ...state, page: 1, sort: value, descending: state.sort === value && !state.descending } };
  }
  if (form.has('ctl00$cph$btnTim'))
    return { state: { ...state, page: 1, number: form.get('ctl00$cph$txtSoHoSo') ?? '' } };
  return { state };
}

function csvCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function sendExport(context: HostContext, response: ServerResponse, query: URLSearchParams, state: ViewState): void {
  const big = new URLSearchParams(query);
  big.set('size', String(context.population.dossiers.length));
  const { rows } = listPage(context, big, { ...state, page: 1 });
  const lines = rows.map((dossier, index) =>
    [
      String(index + 1),
      dossier.code,
      dossier.owner.name,
      dossier.procedure.name,
      dateText(dossier.receivedAt) ?? '',
      dueText(dossier) ?? '',
      dossier.statusText,
    ]
      .map(csvCell)
      .join(','),
  );
  response.writeHead(200, {
    'content-disposition': 'attachment; filename="danh-sach.csv"',
    'content-type': 'text/csv; charset=utf-8',
  });
  response.end(`\ufeff${[HEADERS.map(({ text }) => csvCell(text)).join(','), ...lines].join('\r\n')}\r\n`);
}

/** Undefined when it is too long. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY) chunks.push(chunk);
  }
  return length > MAX_BODY ? undefined : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

// --------------------------------------------------------------------------------------------------------- e-par

interface Remain {
  kind: 'during' | 'today' | 'overdue' | 'flood';
  text: string;
}

function remainOf(dossier: SandboxDossier, now: number): Remain | undefined {
  const promise = promiseOf(dossier);
  if (dossier.status === 9 && dossier.completedAt !== undefined) {
    return { kind: 'flood', text: `Đã chờ trả ${dayNumber(now) - dayNumber(dossier.completedAt)} ngày` };
  }
  if (promise === undefined || (dossier.status !== 2 && dossier.status !== 4)) return undefined;
  const days = dayNumber(promise) - dayNumber(now);
  if (days > 0) return { kind: 'during', text: `Còn ${days} ngày` };
  return days === 0 ? { kind: 'today', text: 'Hôm nay' } : { kind: 'overdue', text: `Đã quá hạn ${-days} ngày` };
}

function eparRow(dossier: SandboxDossier, number: number, now: number): string {
  const remain = remainOf(dossier, now);
  const span = remain === undefined ? '' : `<br><span class="days-remain ${remain.kind}">${esc(remain.text)}</span>`;
  return [
    `<tr role="presentation" class="row${number % 2}" data-item_id="${dossier.numericId}">`,
    `<td><input type="checkbox" name="chk" class="chk" value="${dossier.numericId}"></td><td>${number}</td>`,
    `<td><a href="ChiTiet.aspx?id=${dossier.numericId}">${esc(dossier.code)}</a></td>`,
    `<td>${esc(dossier.owner.name)}</td>`,
    `<td>${esc(dossier.procedure.name)}</td>`,
    `<td>${orNone(dateText(dossier.receivedAt))}</td>`,
    `<td>${orNone(dueText(dossier))}${span}</td>`,
    `<td>${esc(dossier.statusText)}</td></tr>`,
  ].join('');
}

/** Pages by address here: `page=2`. */
function eparDocument(context: HostContext, query: URLSearchParams): string {
  const { now } = context.population;
  const wanted = Math.max(1, Math.floor(Number(query.get('page') ?? 1)) || 1);
  const list = listPage(context, query, { ...FRESH, page: wanted });
  const address = (page: number): string => {
    const next = new URLSearchParams(query);
    next.set('page', String(page));
    return esc(`DanhSach.aspx?${next}`);
  };
  const numbers = Array.from({ length: list.pages }, (_, index) => index + 1).map((page) =>
    page === list.page ? `<span class="current">${page}</span>` : `<a href="${address(page)}">${page}</a>`,
  );
  const words = ['TT', 'Mã hồ sơ', 'Tên công dân', 'Loại hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Tình trạng'];
  const body = `<div class="tieude">${esc((MENUS[query.get('loai') ?? ''] ?? ALL).title.toLocaleUpperCase('vi'))}</div>
<table class="adminlist" cellspacing="0" border="1"><thead><tr><th><input type="checkbox"></th>${words
    .map((word) => `<th>${word}</th>`)
    .join('')}</tr></thead>
<tbody>
${list.rows.map((dossier, row) => eparRow(dossier, list.start + row + 1, now)).join('\n')}
</tbody></table>
<div class="paging">${numbers.join(' ')}</div>`;
  return document(context, 'Danh sách hồ sơ', body);
}

// --------------------------------------------------------------------------------------------------------- detail

/** Label, name of the span, value. */
function fields(dossier: SandboxDossier): [string, string, string | undefined][] {
  const { owner } = dossier;
  return [
    ['Số hồ sơ', 'SoHoSo', dossier.code],
    ['Tên thủ tục', 'ThuTuc', dossier.procedure.name],
    ['Lĩnh vực', 'LinhVuc', dossier.procedure.sector],
    ['Đơn vị', 'DonVi', dossier.agency.name],
    ['Người nộp', 'NguoiNop', owner.name],
    ['Số CMND/CCCD', 'SoCMND', owner.identity],
    ['Địa chỉ', 'DiaChi', owner.address],
    ['Điện thoại', 'DienThoai', owner.phone],
    ['Ngày nộp', 'NgayNop', dateText(dossier.submittedAt)],
    ['Ngày nhận', 'NgayNhan', dateText(dossier.receivedAt)],
    ['Ngày hẹn trả', 'NgayHenTra', dueText(dossier)],
    ['Ngày có kết quả', 'NgayCoKetQua', dateText(dossier.completedAt)],
    ['Ngày trả kết quả', 'NgayTraKetQua', dateText(dossier.returnedAt)],
    ['Trạng thái', 'TrangThai', dossier.statusText],
  ];
}

function paperRow(dossier: SandboxDossier, index: number): string {
  const paper = dossier.components[index];
  if (paper === undefined) return '';
  const open = `<tr class="${index % 2 === 0 ? 'GridItem' : 'GridAltItem'}"><td>${index + 1}</td>`;
  if (paper.heading)
    return `${open}<td><b>${esc(paper.name)}</b></td><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td></tr>`;
  const star = paper.required ? ' <font color="Red">(*)</font>' : '';
  const files = paper.files.map(
    (file, at) => `<a href="TaiTep.aspx?id=${dossier.numericId}&amp;giay=${index}&amp;tep=${at}">${esc(file.name)}</a>`,
  );
  return (
    `${open}<td>${esc(paper.name)}${star}</td><td>${paper.quantity}</td><td>&nbsp;</td>` +
    `<td>${files.length === 0 ? 'Chưa có' : files.join('<br>')}</td></tr>`
  );
}

function historyRows(dossier: SandboxDossier): string {
  const entries: [number | undefined, string, string][] = [
    [dossier.submittedAt, dossier.submitter.name, 'Nộp hồ sơ'],
    [dossier.receivedAt, 'Cán bộ Mẫu 01', 'Tiếp nhận hồ sơ'],
    [dossier.step?.startedAt, dossier.step?.officer ?? '', dossier.step?.name ?? ''],
    [dossier.completedAt, 'Cán bộ Mẫu 02', 'Kết thúc xử lý'],
    [dossier.returnedAt, 'Cán bộ Mẫu 01', 'Giao trả'],
  ];
  return entries
    .filter(([moment]) => moment !== undefined)
    .map(
      ([moment, who, what]) =>
        `<tr class="GridItem"><td>${dateText(moment)}</td><td>${esc(who)}</td><td>${esc(what)}</td></tr>`,
    )
    .join('\n');
}

function head(words: readonly string[]): string {
  return `<tr class="GridHeader">${words.map((word) => `<th scope="col">${word}</th>`).join('')}</tr>`;
}

/** The block of supplements; only dossiers that had one show it. */
function supplementBlock({ supplements }: SandboxDossier): string {
  if (supplements === undefined) return '';
  const rows = supplements.map(
    ({ from, to }, index) =>
      `<tr class="GridItem"><td>${index + 1}</td><td>${dateText(from)}</td><td>Giấy tờ chưa đúng mẫu</td>` +
      `<td>${dateText(to)}</td></tr>`,
  );
  return `<div class="tieude">Yêu cầu bổ sung hồ sơ</div>
<table class="Grid" cellspacing="0" rules="all" border="1" id="ctl00_cph_grvBoSung"><tbody>
${head(['STT', 'Ngày yêu cầu', 'Lý do', 'Ngày bổ sung'])}
${rows.join('\n')}
</tbody></table>
`;
}

function detailDocument(context: HostContext, dossier: SandboxDossier): string {
  const rows = fields(dossier).map(
    ([label, name, value]) =>
      `<tr><td class="nhan">${label}:</td><td><span id="ctl00_cph_lbl${name}">${orNone(value)}</span></td></tr>`,
  );
  const body = `<form method="post" action="./ChiTiet.aspx?id=${dossier.numericId}" id="aspnetForm">
${hidden('__VIEWSTATE', packState(FRESH))}
<div class="tieude">CHI TIẾT HỒ SƠ</div>
<table class="chitiet" id="ctl00_cph_tblChiTiet"><tbody>
${rows.join('\n')}
</tbody></table>
<div class="tieude">Giấy tờ kèm theo</div>
<table class="Grid" cellspacing="0" rules="all" border="1" id="ctl00_cph_grvGiayTo"><tbody>
${head(['STT', 'Tên giấy tờ', 'Bản chính', 'Bản sao', 'Tệp đính kèm'])}
${dossier.components.map((_, index) => paperRow(dossier, index)).join('\n')}
</tbody></table>
${supplementBlock(dossier)}<div class="tieude">Quá trình xử lý</div>
<table class="Grid" cellspacing="0" rules="all" border="1" id="ctl00_cph_grvQuaTrinh"><tbody>
${head(['Thời gian', 'Người xử lý', 'Nội dung'])}
${historyRows(dossier)}
</tbody></table>
<p><a href="DanhSach.aspx">Quay lại danh sách</a></p></form>`;
  return document(context, 'Chi tiết hồ sơ', body);
}

function byId(context: HostContext, id: string): SandboxDossier | undefined {
  const same = (dossier: SandboxDossier): boolean => String(dossier.numericId) === id;
  const known = context.population.dossiers.find(same);
  if (known !== undefined || !/^\d{5}$/.test(id)) return known;
  return context.extended(BIG_COUNT).dossiers.find(same);
}

// --------------------------------------------------------------------------------------------------------- frames

function menuDocument(context: HostContext): string {
  const links = Object.entries(MENUS).map(
    ([key, { title }]) => `<li><a href="/HoSo/DanhSach.aspx?loai=${key}" target="main">${esc(title)}</a></li>`,
  );
  return document(context, 'Menu', `<ul>${links.join('\n')}</ul>`);
}

function framesDocument(context: HostContext, query: URLSearchParams): string {
  const now = context.population.now;
  if (query.get('kieu') === 'frameset') {
    return `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Frameset//EN" "http://www.w3.org/TR/html4/frameset.dtd">
<html lang="vi" data-sandbox-now="${now}">
<head><meta charset="utf-8"><title>Một cửa (giả lập)</title></head>
<frameset cols="220,*"><frame name="menu" src="/Menu.aspx">
<frame name="main" src="/HoSo/DanhSach.aspx?loai=tatca"></frameset>
</html>
`;
  }
  const body = `<div class="tieude">HỆ THỐNG MỘT CỬA (GIẢ LẬP)</div>
<table width="100%"><tbody><tr><td width="220" valign="top">
<iframe name="menu" src="/Menu.aspx" width="220" height="620" frameborder="0"></iframe></td>
<td valign="top">
<iframe name="main" src="/HoSo/DanhSach.aspx?loai=tatca" width="100%" height="620" frameborder="0"></iframe>
</td></tr></tbody></table>`;
  return document(context, 'Một cửa (giả lập)', body);
}

// --------------------------------------------------------------------------------------------------------- handler

/** One pixel. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

async function sendList(
  context: HostContext,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<void> {
  if (query.get('kieu') === 'epar') return send(response, 200, eparDocument(context, query));
  if (request.method !== 'POST') return send(response, 200, listDocument(context, query, FRESH));
  const form = await readForm(request);
  if (form === undefined) return send(response, 200, listDocument(context, query, FRESH));
  const next = afterPostBack(context, query, form);
  if ('open' in next) return redirect(response, `ChiTiet.aspx?id=${next.open}`);
  if (form.has('ctl00$cph$btnExcel')) return sendExport(context, response, query, next.state);
  send(response, 200, listDocument(context, query, next.state));
}

export function webformsHandler(context: HostContext): Handler {
  return async (request, response) => {
    const url = new URL(request.url?.replace(/^\/+/, '/') ?? '/', 'http://localhost');
    const query = url.searchParams;
    switch (url.pathname.toLowerCase()) {
      case '/':
        return redirect(response, '/HoSo/DanhSach.aspx');
      case '/hoso/danhsach.aspx':
        return sendList(context, request, response, query);
      case '/hoso/chitiet.aspx': {
        const dossier = byId(context, query.get('id') ?? '');
        return dossier === undefined
          ? notFound(context, response)
          : send(response, 200, detailDocument(context, dossier));
      }
      case '/hoso/taitep.aspx':
        response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
        response.end('Tệp mẫu của máy giả lập');
        return;
      case '/khung.aspx':
        return send(response, 200, framesDocument(context, query));
      case '/menu.aspx':
        return send(response, 200, menuDocument(context));
      case '/hoso/xem.gif':
        response.writeHead(200, { 'content-type': 'image/gif' });
        response.end(GIF);
        return;
      case '/favicon.ico':
        response.writeHead(204);
        response.end();
        return;
      default:
        return notFound(context, response);
    }
  };
}
