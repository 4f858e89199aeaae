import type { Side, SourceReader } from '../lib/reconcile/index.ts';
import type {
  ConnectorConfig,
  DvcqgUpstream,
  LgspUpstream,
  OpenCpsUpstream,
  SecretRef,
  Secrets,
  Upstream,
} from './config.ts';
import { DvcqgClient, dvcqgReader } from './dvcqg/index.ts';
import { failure, type Result, success } from './errors.ts';
import type { HttpLogLine, HttpOptions } from './http.ts';
import { LgspClient, lgspReader, type SeenMessages } from './lgsp/index.ts';
import { limiterFor } from './limit.ts';
import { OpenCpsClient, opencpsReader } from './opencps/index.ts';

/** An upstream that is reached over a network. */
export type RemoteUpstream = Exclude<Upstream, { kind: 'file' }>;

/** What configuration alone does not give. */
export interface Surroundings {
  secrets: Secrets;
  /** How bytes travel to an upstream: Node gives one that knows `caFile` (node-transport.ts); a browser has its own. */
  transport?: (upstream: RemoteUpstream) => typeof fetch;
  log?: (upstream: string, line: HttpLogLine) => void;
}

export interface JobSurroundings extends Surroundings {
  /** First and last day of the job, ISO. */
  period: { from: string; to: string };
  /** Messages of the dossier bus that earlier runs have read. */
  seen?: SeenMessages;
}

/** The side that a kind of system speaks for. A file may stand for any, so its side is named where it is chosen. */
export const SIDE_OF: Record<RemoteUpstream['kind'], Side> = { opencps: 'city', dvcqg: 'national', lgsp: 'lgsp' };

/** The upstream of a name, or a failure that lists the names there are. */
export function upstreamOf({ upstreams }: ConnectorConfig, id: string): Result<Upstream> {
  const found = upstreams.find((upstream) => upstream.id === id);
  if (found) return success(found);
  const names = upstreams.map((upstream) => upstream.id).join(', ') || 'chưa khai hệ thống nào';
  return failure({ kind: 'schema', message: `Không có hệ thống «${id}» trong cấu hình (có: ${names}).` });
}

/** One rate for all clients of an upstream in this process, whoever makes them. */
function httpOf(upstream: RemoteUpstream, { transport, log }: Surroundings): HttpOptions {
  const { id, baseUrl, timeout, totalTimeout, quota } = upstream;
  return {
    baseUrl,
    timeout: timeout * 1000,
    totalTimeout: totalTimeout * 1000,
    limiter: limiterFor(id, { quota }),
    ...(transport && { transport: transport(upstream) }),
    ...(log && { log: (line: HttpLogLine) => log(id, line) }),
  };
}

/** Reads the secrets that are pointed at; the failure of one names the field and never shows anything of it. */
async function reveal<K extends string>(
  id: string,
  secrets: Secrets,
  refs: Record<K, SecretRef | undefined>,
): Promise<Result<Partial<Record<K, string>>>> {
  const values: Partial<Record<K, string>> = {};
  for (const [field, ref] of Object.entries(refs) as [K, SecretRef | undefined][]) {
    if (!ref) continue;
    const read = await secrets.read(ref);
    if (!read.ok) return failure({ kind: 'auth', message: `${id}: ${field}: ${read.message}` });
    if (read.value === '') return failure({ kind: 'auth', message: `${id}: ${field}: bí mật để trống` });
    values[field] = read.value;
  }
  return success(values);
}

async function lgspClient(upstream: LgspUpstream, around: Surroundings): Promise<Result<LgspClient>> {
  const { id, schemes, keys, oauth2, bus, paths, probe } = upstream;
  const read = await reveal(id, around.secrets, {
    accessKey: keys?.accessKey,
    secretKey: keys?.secretKey,
    clientSecret: oauth2?.clientSecret,
    password: bus?.password,
  });
  if (!read.ok) return read;
  const { accessKey = '', secretKey = '', clientSecret = '', password = '' } = read.value;
  return success(
    new LgspClient({
      ...httpOf(upstream, around),
      schemes,
      paths,
      probe,
      ...(keys && { keys: { ...keys, accessKey, secretKey } }),
      ...(oauth2 && { oauth2: { ...oauth2, clientSecret } }),
      ...(bus && { bus: { ...bus, password } }),
    }),
  );
}

async function dvcqgClient(upstream: DvcqgUpstream, around: Surroundings): Promise<Result<DvcqgClient>> {
  const { id, username, madonvi, dstcode, paths } = upstream;
  const read = await reveal(id, around.secrets, { password: upstream.password });
  if (!read.ok) return read;
  const { password = '' } = read.value;
  return success(new DvcqgClient({ ...httpOf(upstream, around), username, password, madonvi, dstcode, paths }));
}

/** A client for «gửi lại»; refused until the counterpart has confirmed it and the configuration says so. */
export async function resyncClient(upstream: DvcqgUpstream, around: Surroundings): Promise<Result<DvcqgClient>> {
  if (upstream.capabilities.resync) return dvcqgClient(upstream, around);
  const message = `Kết nối «${upstream.id}» chưa được phép gửi lại (capabilities.resync trong cấu hình).`;
  return failure({ kind: 'permission', message });
}

/** For reading a city's dossiers one by one. */
export async function opencpsClient(upstream: OpenCpsUpstream, around: Surroundings): Promise<Result<OpenCpsClient>> {
  const { id, groupId, username } = upstream;
  const read = await reveal(id, around.secrets, { password: upstream.password });
  if (!read.ok) return read;
  return success(new OpenCpsClient({ ...httpOf(upstream, around), groupId, username, password: read.value.password }));
}

/** The source that a job reads. Makes no call. */
export async function readerOf(upstream: RemoteUpstream, around: JobSurroundings): Promise<Result<SourceReader>> {
  const { period, seen } = around;
  const { falseZ, quota: perSecond, units } = upstream;
  if (upstream.kind === 'lgsp') {
    const client = await lgspClient(upstream, around);
    return client.ok ? success(lgspReader({ client: client.value, period, falseZ, seen })) : client;
  }
  if (upstream.kind === 'dvcqg') {
    const client = await dvcqgClient(upstream, around);
    if (!client.ok) return client;
    const { capabilities } = upstream;
    return success(dvcqgReader({ client: client.value, capabilities, units, falseZ, perSecond, period }));
  }
  const client = await opencpsClient(upstream, around);
  return client.ok
    ? success(opencpsReader({ client: client.value, results: upstream.results, falseZ, perSecond }))
    : client;
}

/** «Kiểm tra kết nối»: the smallest real call to an upstream. */
export async function checkUpstream(
  upstream: RemoteUpstream,
  around: Surroundings,
  signal?: AbortSignal,
): Promise<Result<null>> {
  if (upstream.kind === 'opencps') {
    const client = await opencpsClient(upstream, around);
    if (!client.ok) return client;
    const page = await client.value.search(0, 0, signal);
    return page.ok ? success(null) : page;
  }
  const client = upstream.kind === 'lgsp' ? await lgspClient(upstream, around) : await dvcqgClient(upstream, around);
  return client.ok ? client.value.check(signal) : client;
}
