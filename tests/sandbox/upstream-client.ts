/** What tests of the simulated upstreams themselves call them with: plain fetch, nothing of the product. */

import { wall } from './naive-time.ts';
import { type BookRow, plant } from './planted.ts';
import { SANDBOX_SECRETS, type UpstreamOptions, type Upstreams } from './upstream-types.ts';
import { startUpstreams } from './upstreams.ts';

export const NOW = wall('2026-11-25T09:40');
const open: Upstreams[] = [];

/** Ends what a test has started. */
export async function closeAll(): Promise<void> {
  for (const up of open.splice(0)) await up.close();
}

export type Json = Record<string, unknown>;

/** The three systems over 400 dossiers that are equal everywhere, unless told otherwise. */
export async function start(options: Partial<UpstreamOptions> = {}): Promise<Upstreams> {
  const planted = plant({ seed: 'may-chu', now: NOW, count: 400 }, { share: 0 });
  const up = await startUpstreams({ planted, ...options });
  open.push(up);
  return up;
}

export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

export async function json(response: Response | Promise<Response>): Promise<Json> {
  return (await (await response).json()) as Json;
}

export const { username, password, madonvi } = SANDBOX_SECRETS.dvcqg;

export async function session(up: Upstreams, headers?: Record<string, string>): Promise<unknown> {
  return (await json(postJson(`${up.urls.dvcqg}/mapi/login`, { username, password }, headers))).session;
}

/** A portal with a session, and a call on it. */
export async function portal(options: Partial<UpstreamOptions> = {}) {
  const up = await start(options);
  const held = await session(up);
  const raw = (service: string, body: Json = {}): Promise<Response> =>
    postJson(`${up.urls.dvcqg}/mapi/g`, { session: held, madonvi, service, ...body });
  return { up, held, raw, call: (service: string, body?: Json) => json(raw(service, body)) };
}

export const first = (rows: readonly BookRow[], fits: (row: BookRow) => boolean = () => true): BookRow => {
  const row = rows.find(fits);
  if (row === undefined) throw new Error('no such row');
  return row;
};
