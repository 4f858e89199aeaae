/** LGSP, the national portal and the city's search on loopback, without the pages: what contract tests need. */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeDvcqg } from './dvcqg/server.ts';
import { FaultBox } from './faults.ts';
import { makeLgsp } from './lgsp/server.ts';
import { makeCitySearch } from './opencps/rest.ts';
import { makeUpstreamServer, QuotaGate, type Upstream, type UpstreamHub } from './upstream.ts';
import type { UpstreamId, UpstreamOptions, Upstreams } from './upstream-types.ts';

export const UPSTREAM_IDS: readonly UpstreamId[] = ['lgsp', 'dvcqg', 'citysearch'];

/** Starts to listen on loopback; the port. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

export function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Starts the three; each has its own port. The books are written to, so one `Planted` serves one start. */
export async function startUpstreams(options: UpstreamOptions): Promise<Upstreams> {
  const { planted } = options;
  const systems: Record<UpstreamId, Upstream> = {
    lgsp: makeLgsp(planted, options.lgsp),
    dvcqg: makeDvcqg(planted, options.dvcqg),
    citysearch: makeCitySearch(planted, options.citysearch),
  };
  const hub: UpstreamHub = { faults: new FaultBox(options.faults, options.faultSeed), calls: [], quotas: new Map() };
  const setQuota: Upstreams['setQuota'] = (upstream, quota) => {
    const gate = hub.quotas.get(upstream) ?? new QuotaGate();
    gate.set(quota, Date.now());
    hub.quotas.set(upstream, gate);
  };
  const servers: Server[] = [];
  const urls: Record<UpstreamId, string> = { lgsp: '', dvcqg: '', citysearch: '' };
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(shut));
  };
  try {
    for (const id of UPSTREAM_IDS) {
      const quota = options.quota?.[id];
      if (quota !== undefined) setQuota(id, quota);
      const server = makeUpstreamServer(systems[id], hub);
      const port = await listen(server, options.ports?.[id] ?? 0);
      servers.push(server);
      urls[id] = `http://localhost:${port}`;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { urls, calls: hub.calls, planted, setFaults: (rules) => hub.faults.set(rules), setQuota, close };
}
