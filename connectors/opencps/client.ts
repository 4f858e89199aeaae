import { fromWire, opencpsJson } from '../../lib/observe/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { type Failure, failure, type Result, success } from '../errors.ts';
import { Http, type HttpOptions } from '../http.ts';
import { inPath, textOf } from '../wire.ts';
import { DossierDetail, DossierList, FileList } from './schema.ts';

export interface OpenCpsConfig extends Omit<HttpOptions, 'headers'> {
  /** Liferay site id; the server answers for no site without it. */
  groupId: string;
  /** Liferay `p_auth`, when the call is made with a person's session. */
  token?: string;
  /** Basic authentication, which OpenCPS takes at every address. */
  username?: string;
  password?: string;
}

export interface DossierPage {
  total: number;
  dossiers: Dossier[];
  /** Rows without a code: counted, never dropped silently. */
  unreadable: number;
}

/** A dossier as the server wrote it. */
export type OpenCpsRow = Record<string, unknown>;

/** What a list is asked for. Days are ISO, both included. */
export interface DossierWindow {
  /** Code of the unit (`agency`); without it the account's own scope holds, and two accounts see different totals. */
  unit?: string;
  from?: string;
  to?: string;
}

const PAGE = 100;
const DOSSIERS = 'o/rest/v2/dossiers';
/** How often a list is read again from its beginning because rows moved between its pages. */
const READINGS = 3;

const UNSETTLED: Failure = {
  kind: 'upstream',
  message: 'Danh sách thay đổi trong lúc đọc nên không chắc đã đủ; hãy đọc lại phần này sau.',
  call: DOSSIERS,
};

/** Read-only client of an OpenCPS 2.1 one-stop system (REST, protocol notes §4). */
export class OpenCpsClient {
  readonly #http: Http;

  constructor({ groupId, token, username, password, ...http }: OpenCpsConfig) {
    const basic = username !== undefined && password !== undefined ? basicOf(username, password) : undefined;
    const headers = { groupId, ...(token && { Token: token }), ...(basic && { Authorization: basic }) };
    this.#http = new Http({ ...http, headers });
  }

  /** One page of the employee's dossiers; `end` is exclusive on the wire. `now` is epoch minutes. */
  async search(page: number, now: number, signal?: AbortSignal): Promise<Result<DossierPage>> {
    const answer = await this.#page({}, page * PAGE, signal);
    if (!answer.ok) return answer;
    const { total, rows } = answer.value;
    const wires = opencpsJson.project(rows);
    const dossiers = wires.map((wire): Dossier => {
      const record = fromWire(wire, 'opencps', now);
      return { ...record, source: { ...record.source, kind: 'api' } };
    });
    return success({ total, dossiers, unreadable: rows.length - wires.length });
  }

  /**
   * Every row of a window, or a failure: never a part. Rows may move between pages while dossiers come in; then the whole list is read
   * again, and if it does not stand still it counts as not read.
   */
  async list(window: DossierWindow, signal?: AbortSignal): Promise<Result<OpenCpsRow[]>> {
    for (let reading = 0; reading < READINGS; reading++) {
      const answer = await this.#readThrough(window, signal);
      if (!answer.ok) return answer;
      if (answer.value) return success(answer.value);
    }
    return failure(UNSETTLED);
  }

  /** A dossier by its code, id or reference id; null when the server has no such dossier. */
  async detail(code: string, signal?: AbortSignal): Promise<Result<OpenCpsRow | null>> {
    const path = `${DOSSIERS}/${inPath(code)}`;
    return this.#http.call<OpenCpsRow | null>({
      path,
      schema: DossierDetail,
      notFound: null,
      signal,
      name: `${DOSSIERS}/*`,
    });
  }

  /** The files of a dossier. */
  async files(id: string, signal?: AbortSignal): Promise<Result<OpenCpsRow[]>> {
    const path = `${DOSSIERS}/${inPath(id)}/files`;
    const answer = await this.#http.call({ path, schema: FileList, signal, name: `${DOSSIERS}/*/files` });
    return answer.ok ? success(rowsOf(answer.value.data)) : answer;
  }

  async #page(window: DossierWindow, start: number, signal?: AbortSignal) {
    const query: Record<string, string | number> = { start, end: start + PAGE };
    if (window.unit) query.agency = window.unit;
    if (window.from) query.fromReceiveDate = asDate(window.from);
    if (window.to) query.toReceiveDate = asDate(window.to);
    const answer = await this.#http.call({ path: DOSSIERS, query, schema: DossierList, signal, name: DOSSIERS });
    if (!answer.ok) return answer;
    return success({ total: answer.value.total, rows: rowsOf(answer.value.data) });
  }

  /** All pages once; null when they do not fit together. */
  async #readThrough(window: DossierWindow, signal?: AbortSignal): Promise<Result<OpenCpsRow[] | null>> {
    const rows: OpenCpsRow[] = [];
    let total: number | undefined;
    // From where the last page ended: some servers give fewer rows than asked for, some give all.
    do {
      const page = await this.#page(window, rows.length, signal);
      if (!page.ok) return page;
      if (page.value.total !== (total ?? page.value.total)) return success(null);
      total = page.value.total;
      if (page.value.rows.length === 0) break;
      rows.push(...page.value.rows);
    } while (rows.length < total);
    // A row that slid from one page to the next is there twice, and another one is missing.
    const ids = rows.map(({ dossierId }) => textOf(dossierId)).filter((id) => id !== undefined);
    const whole = rows.length === total && new Set(ids).size === ids.length;
    return success(whole ? rows : null);
  }
}

function rowsOf(data: OpenCpsRow[] | OpenCpsRow | null | undefined): OpenCpsRow[] {
  if (!data) return [];
  return Array.isArray(data) ? [...data] : [data];
}

/** d/M/yyyy of an ISO day: any other form is dropped without a word, and everything comes back (quirk 28). */
const asDate = (iso: string) => iso.split('-').reverse().map(Number).join('/');

function basicOf(username: string, password: string): string {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
