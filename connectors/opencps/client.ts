import { fromWire, opencpsJson } from '../../lib/observe/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { type Result, success } from '../errors.ts';
import { Http, type HttpOptions } from '../http.ts';
import { DossierList } from './schema.ts';

export interface OpenCpsConfig extends Omit<HttpOptions, 'headers'> {
  /** Liferay site id; the server answers for no site without it. */
  groupId: string;
  /** Liferay `p_auth`, when the call is made with a person's session. */
  token?: string;
}

export interface DossierPage {
  total: number;
  dossiers: Dossier[];
  /** Rows without a code: counted, never dropped silently. */
  unreadable: number;
}

const PAGE = 100;

/** Read-only client of an OpenCPS 2.1 one-stop system (REST, protocol notes §4). */
export class OpenCpsClient {
  readonly #http: Http;

  constructor({ groupId, token, ...http }: OpenCpsConfig) {
    this.#http = new Http({ ...http, headers: { groupId, ...(token && { Token: token }) } });
  }

  /** One page of the employee's dossiers; `end` is exclusive on the wire. `now` is epoch minutes. */
  async search(page: number, now: number, signal?: AbortSignal): Promise<Result<DossierPage>> {
    const query = { start: page * PAGE, end: (page + 1) * PAGE };
    const answer = await this.#http.get('o/rest/v2/dossiers', query, DossierList, signal);
    if (!answer.ok) return answer;
    const { total, data } = answer.value;
    const rows = data === undefined ? [] : Array.isArray(data) ? data : [data];
    const wires = opencpsJson.project(rows);
    const dossiers = wires.map((wire): Dossier => {
      const record = fromWire(wire, 'opencps', now);
      return { ...record, source: { ...record.source, kind: 'api' } };
    });
    return success({ total: Number(total), dossiers, unreadable: rows.length - wires.length });
  }
}
