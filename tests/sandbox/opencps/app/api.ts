/**
 * All data of the page, by XHR (axios) or, with `?json=none`, from a data block in the page. Every answer takes at
 * least as long as the placeholders are to be seen.
 */

import axios from 'axios';

export type Row = Record<string, string | number>;

export interface Column {
  text: string;
  value?: string;
  width?: number;
  sortable?: boolean;
  class_column?: string;
  layout_view?: string;
}

export interface MenuEntry {
  key: string;
  title: string;
  counter: number;
  path: string;
  columns: Column[];
  selectAll: boolean;
}

export interface Part {
  partNo: string;
  partName: string;
  partType: number;
  required: boolean;
  multiple: boolean;
}

export interface Chip {
  key: string;
  title: string;
  count: number;
}

export interface ListRequest {
  entry: MenuEntry;
  start: number;
  end: number;
  keyword: string;
  sort: string;
  order: string;
}

export interface ListAnswer {
  total: number;
  data: Row[];
}

interface Embedded {
  menu: RawMenu[];
  counting: Chip[];
  rows: { group: string; row: Row }[];
  details: Record<string, { record: Row; template: { dossierParts: Part[] }; files: Row[]; sequences: Row[] }>;
}

interface RawMenu {
  menuGroup: string;
  menuName: string;
  counter: number;
  queryParams: string;
  tableConfig: string;
}

/** The variants of the page, read once. */
const given = new URLSearchParams(location.search);

export const variant = {
  order: given.get('order') ?? '',
  mobile: given.get('mobile') === '1',
  renamed: given.get('renamed') === '1',
  /** prev, numbers, next with the `disabled` attribute, instead of the icons. */
  numbers: given.get('paging') === 'numbers',
  /** Cells are keyed by dossier, so that paging makes new ones. */
  keyed: given.get('keys') === 'row',
  size: Math.max(1, Math.floor(Number(given.get('size') ?? 15)) || 15),
};

const PLACEHOLDERS = 150;

const http = axios.create({
  headers: { groupId: '35417', Token: 'giaLap01', Accept: 'application/json' },
});

const block = document.getElementById('du-lieu-nhung');
const embedded: Embedded | null = block === null ? null : JSON.parse(block.textContent ?? '');

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Never faster than the placeholders. */
function slowly<T>(answer: Promise<T>): Promise<T> {
  return Promise.all([answer, wait(PLACEHOLDERS)]).then(([value]) => value);
}

function get<T>(path: string, params: Record<string, string | number> = {}): Promise<T> {
  return http.get<T>(path, { params }).then((response) => response.data);
}

function menuEntry(raw: RawMenu): MenuEntry {
  const config = JSON.parse(raw.tableConfig) as { headers: Column[]; selectAll: boolean };
  return {
    key: raw.menuGroup,
    title: raw.menuName,
    counter: raw.counter,
    path: raw.queryParams,
    columns: config.headers,
    selectAll: config.selectAll,
  };
}

export function loadMenu(): Promise<MenuEntry[]> {
  if (embedded !== null) return Promise.resolve(embedded.menu.map(menuEntry));
  const params = { columns: variant.order, renamed: variant.renamed ? '1' : '', size: variant.size };
  return get<{ data: RawMenu[] }>('/o/rest/v2_1/menuconfigs/todo', params).then(({ data }) => data.map(menuEntry));
}

export function loadCounting(): Promise<Chip[]> {
  if (embedded !== null) return Promise.resolve(embedded.counting);
  const params = { size: variant.size };
  return get<{ data: Chip[] }>('/o/rest/v2/statistics/dossiers/counting', params).then(({ data }) => data);
}

function fromBlock(data: Embedded, { entry, start, end, keyword }: ListRequest): ListAnswer {
  const wanted = keyword.toLocaleLowerCase('vi');
  const found = data.rows
    .filter(({ group }) => group === entry.key)
    .map(({ row }) => row)
    .filter((row) =>
      `${row.dossierNo} ${row.serviceName} ${row.applicantName}`.toLocaleLowerCase('vi').includes(wanted),
    );
  return { total: found.length, data: found.slice(start, end) };
}

export function loadList(request: ListRequest): Promise<ListAnswer> {
  if (embedded !== null) return slowly(Promise.resolve(fromBlock(embedded, request)));
  const { entry, start, end, keyword, sort, order } = request;
  return slowly(get<ListAnswer>(entry.path, { start, end, keyword, sort, order }));
}

export function loadDetail(id: string): Promise<Row> {
  if (embedded === null) return slowly(get<Row>(`/o/rest/v2/dossiers/${id}`));
  const found = embedded.details[id];
  return found === undefined ? Promise.reject(new Error('404')) : slowly(Promise.resolve(found.record));
}

export function loadParts(dossier: Row): Promise<{ parts: Part[]; files: Row[] }> {
  if (embedded !== null) {
    const found = embedded.details[dossier.dossierId];
    return slowly(Promise.resolve({ parts: found.template.dossierParts, files: found.files }));
  }
  const template = get<{ dossierParts: Part[] }>(`/o/rest/v2/dossiertemplates/${dossier.dossierTemplateNo}`);
  const files = get<{ data: Row[] }>(`/o/rest/v2/dossiers/${dossier.dossierId}/files`);
  return slowly(Promise.all([template, files])).then(([{ dossierParts }, { data }]) => ({
    parts: dossierParts,
    files: data,
  }));
}

export function loadSequences(dossier: Row): Promise<Row[]> {
  if (embedded !== null) return slowly(Promise.resolve(embedded.details[dossier.dossierId].sequences));
  return slowly(get<{ data: Row[] }>(`/o/rest/v2/dossiers/${dossier.dossierId}/sequences`)).then(({ data }) => data);
}
