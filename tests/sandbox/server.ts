/**
 * The whole simulated city on loopback. `node tests/sandbox/server.ts [--now ISO] [--seed S] [--count N]` prints the
 * addresses and stays until it is interrupted. Each host has its own port, so its own origin.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSandbox } from './build.ts';
import type { HostContext, ListenerId, RequestLog } from './context.ts';
import { igateGateway, igatePages } from './igate/host.ts';
import { opencpsHandler } from './opencps/host.ts';
import { plant } from './planted.ts';
import { makePopulation } from './population.ts';
import type { Population } from './types.ts';
import type { UpstreamId, UpstreamOptions, Upstreams } from './upstream-types.ts';
import { listen, shut, startUpstreams } from './upstreams.ts';
import { webformsHandler } from './webforms/host.ts';

export { startUpstreams } from './upstreams.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface SandboxOptions {
  seed?: string;
  /** Epoch minutes; the present when left out. */
  now?: number;
  count?: number;
  /** 0 or left out: any free port. */
  ports?: Partial<Record<ListenerId, number>>;
  /** How the LGSP, the national portal and the city's search behave, and how much differs between them. */
  upstreams?: Omit<UpstreamOptions, 'planted'> & { share?: number };
}

export interface Sandbox {
  population: Population;
  /** The population of a page of `count` rows; see HostContext. */
  extended(count: number): Population;
  urls: Record<ListenerId | UpstreamId, string>;
  /** Requests to the city's pages; calls to the other systems are in `upstreams.calls`. */
  log: RequestLog;
  upstreams: Upstreams;
  close(): Promise<void>;
}

const DEFAULT_SEED = 'phuong-khong-that';
/** Of some three hundred dossiers: enough that every class of difference is there to be looked at. */
const DEFAULT_SHARE = 0.3;

function makeExtended(population: Population): HostContext['extended'] {
  const made = new Map<number, Population>();
  return (count) => {
    let bigger = made.get(count);
    if (bigger === undefined) {
      const { seed, now, dossiers } = population;
      const rest = count <= dossiers.length ? [] : makePopulation({ seed, now, count }).dossiers.slice(dossiers.length);
      bigger = { seed, now, dossiers: [...dossiers.slice(0, count), ...rest] };
      made.set(count, bigger);
    }
    return bigger;
  };
}

function serve(host: ListenerId, handler: Handler, log: RequestLog): Server {
  return createServer((request, response) => {
    log.push({ host, method: request.method ?? '', path: request.url ?? '', at: Date.now() });
    Promise.resolve()
      .then(() => handler(request, response))
      .catch((error: unknown) => {
        console.error(`sandbox ${host} ${request.url}:`, error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
  });
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  await buildSandbox();
  const now = Math.floor(options.now ?? Date.now() / 60_000);
  const population = makePopulation({ seed: options.seed ?? DEFAULT_SEED, now, count: options.count });
  const log: RequestLog = [];
  const context: HostContext = { population, extended: makeExtended(population), log };
  const handlers: Record<ListenerId, Handler> = {
    igate: igatePages(context),
    gateway: igateGateway(context),
    opencps: opencpsHandler(context),
    webforms: webformsHandler(context),
  };
  const servers: Server[] = [];
  const urls: Record<ListenerId, string> = { igate: '', gateway: '', opencps: '', webforms: '' };
  const { share = DEFAULT_SHARE, ...behaviour } = options.upstreams ?? {};
  const upstreams = await startUpstreams({ ...behaviour, planted: plant(population, { share }) });
  const close = async (): Promise<void> => {
    await Promise.all([...servers.map(shut), upstreams.close()]);
  };
  try {
    for (const host of Object.keys(handlers) as ListenerId[]) {
      const server = serve(host, handlers[host], log);
      const port = await listen(server, options.ports?.[host] ?? 0);
      servers.push(server);
      urls[host] = `http://localhost:${port}`;
    }
  } catch (error) {
    await close();
    throw error;
  }
  context.urls = urls;
  return { population, extended: context.extended, urls: { ...urls, ...upstreams.urls }, log, upstreams, close };
}

function minutesOf(text: string): number {
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) throw new Error(`--now: not a moment: ${text}`);
  return Math.floor(milliseconds / 60_000);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { now: { type: 'string' }, seed: { type: 'string' }, count: { type: 'string' } },
  });
  const sandbox = await startSandbox({
    seed: values.seed,
    now: values.now === undefined ? undefined : minutesOf(values.now),
    count: values.count === undefined ? undefined : Number(values.count),
  });
  for (const [host, url] of Object.entries(sandbox.urls)) console.log(`${host.padEnd(10)} ${url}`);
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
