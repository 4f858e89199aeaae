import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkUpstream,
  type JobSurroundings,
  type RemoteUpstream,
  readConfig,
  readerOf,
} from '../../connectors/index.ts';
import { nodeTransport } from '../../connectors/node-transport.ts';
import { isoDayOf } from '../../connectors/wire.ts';
import type { Partition, SourceReader } from '../../lib/reconcile/index.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import { makePopulation } from '../sandbox/population.ts';
import { SANDBOX_SECRETS } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { answer, closeAfter, serve } from './local-server.ts';

/** The quirks that are about the whole way from `dunghen.config.json` to a real socket; numbers of protocol notes §3. */

const NOW = wall('2026-11-25T09:40');
const { signal } = new AbortController();
const { dvcqg, lgsp, citysearch } = SANDBOX_SECRETS;

let made = 0;
/** Each its own id, for its own rate. */
function configured(upstream: object): RemoteUpstream {
  const id = `thu-${++made}`;
  const reading = readConfig(JSON.stringify({ upstreams: [{ id, quota: 10_000, ...upstream }] }));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const [first] = reading.data.upstreams;
  if (!first || first.kind === 'file') throw new Error('not remote');
  return first;
}

const national = (baseUrl: string, more = {}) =>
  configured({
    kind: 'dvcqg',
    baseUrl,
    username: dvcqg.username,
    madonvi: dvcqg.madonvi,
    password: { env: 'DVCQG' },
    ...more,
  });
const bus = (baseUrl: string) =>
  configured({
    kind: 'lgsp',
    baseUrl,
    schemes: ['lgspaccesstoken'],
    keys: { appName: 'mau', accessKey: { env: 'A' }, secretKey: { env: 'B' }, partnerCode: '000.00.99.H29' },
    bus: { user: lgsp.busUser, password: { env: 'BUS' } },
  });
const city = (baseUrl: string, more = {}) =>
  configured({ kind: 'opencps', baseUrl, groupId: citysearch.groupId, ...more });

const around: JobSurroundings = {
  secrets: {
    read: async (ref) => ({ ok: true, value: 'env' in ref && ref.env === 'BUS' ? lgsp.busPassword : dvcqg.password }),
  },
  period: { from: '2026-01-01', to: '2026-12-31' },
};

async function reader(upstream: RemoteUpstream, more: Partial<JobSurroundings> = {}): Promise<SourceReader> {
  const result = await readerOf(upstream, { ...around, ...more });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const read = async (upstream: RemoteUpstream, partition: Partition = { unit: 'H29.999', day: '2026-11-25' }) => {
  const source = await reader(upstream);
  return source.list ? source.list(partition, signal) : source.lookup?.(['H29.999-261125-0001'], signal);
};

const kinds = { city, bus, national };

describe.each(Object.entries(kinds))('every connector, by configuration: %s', (_, upstream) => {
  it('#3 HTTP 203 is "not logged in", though the answer calls itself good', async () => {
    const seen = await serve(
      answer(203, {
        error_code: 0,
        session: 's',
        access_token: 't',
        total: 0,
        data: [],
        result: [],
        profileReceivers: [],
      }),
    );
    expect(await read(upstream(seen.url))).toMatchObject({ ok: false, error: { kind: 'auth' } });
  });

  it('#21 a server that is not there is no empty list', async () => {
    expect(await read(upstream('http://127.0.0.1:9'))).toMatchObject({ ok: false, error: { kind: 'network' } });
  });

  it('#23 asks as a server, not as a page: no origin, no CORS needed; an address that is not let in is told as such', async () => {
    const seen = await serve(answer(403, { message: 'Địa chỉ IP không được phép' }));
    expect(await read(upstream(seen.url))).toMatchObject({ ok: false, error: { kind: 'permission' } });
    for (const headers of seen.headers) {
      expect(headers).not.toHaveProperty('origin');
      expect(headers).not.toHaveProperty('referer');
    }
  });

  it('#24 the path of the address stays whole', async () => {
    const seen = await serve(answer(200, {}));
    await read(upstream(`${seen.url}/VXPAdapter/RestService/forward`));
    expect(seen.calls.length).toBeGreaterThan(0);
    for (const call of seen.calls) expect(call).toMatch(/^(?:GET|POST) \/VXPAdapter\/RestService\/forward\/[a-z]/);
  });

  it('#32 a page instead of data is a failure', async () => {
    const seen = await serve(answer(200, '<!DOCTYPE html><title>Cổng thanh toán</title>'));
    expect(await read(upstream(seen.url))).toMatchObject({ ok: false, error: { kind: 'schema' } });
  });

  it('«Kiểm tra kết nối» tells a wrong address from a good one', async () => {
    const planted = plant(makePopulation({ seed: 'quirks', now: NOW, count: 20 }), { share: 0 });
    const keys = { ...lgsp.keys, AppName: 'mau', AccessKey: dvcqg.password, SecretKey: dvcqg.password };
    const sandbox = await startUpstreams({ planted, lgsp: { schemes: ['lgspaccesstoken'], keys } });
    closeAfter(sandbox.close);
    const urls = { opencps: sandbox.urls.citysearch, lgsp: sandbox.urls.lgsp, dvcqg: sandbox.urls.dvcqg };
    const { kind } = upstream('http://127.0.0.1:9');
    expect(await checkUpstream(upstream(urls[kind]), around)).toEqual({ ok: true, value: null });
    expect((await checkUpstream(upstream(`${urls[kind]}/khac`), around)).ok).toBe(false);
  });
});

describe('the city', () => {
  it('#28 #29 every dossier is read on its own day: the filter is in the form that is not dropped, and no sort by text is relied on', async () => {
    const planted = plant(makePopulation({ seed: 'quirks', now: NOW, count: 120 }), { share: 0 });
    const sandbox = await startUpstreams({ planted });
    closeAfter(sandbox.close);
    const source = await reader(city(sandbox.urls.citysearch));
    const partitions = new Map(
      planted.city.map((row) => [
        `${row.unit.code} ${isoDayOf(row.receivedAt)}`,
        { unit: row.unit.code, day: isoDayOf(row.receivedAt) },
      ]),
    );
    const codes: string[] = [];
    for (const partition of partitions.values()) {
      const outcome = await source.list?.(partition, signal);
      if (!outcome?.ok) throw new Error(outcome?.error.message);
      for (const record of outcome.value.records) {
        codes.push(record.code);
        expect(isoDayOf(record.receivedAt ?? 0)).toBe(partition.day);
      }
    }
    expect(codes.sort()).toEqual(planted.city.map(({ code }) => code).sort());
  });
});

describe('#22 a private certificate authority', () => {
  it('is trusted when the configuration names its file; checking cannot be switched off', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dunghen-ca-'));
    closeAfter(async () => rmSync(folder, { recursive: true }));
    const [key, caFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=IP:127.0.0.1',
        '-keyout',
        key,
        '-out',
        caFile,
      ],
      { stdio: 'ignore' },
    );
    const handler = answer(200, { error_code: 0, session: 's', result: [] });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(caFile) }, handler);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closeAfter(() => new Promise((resolve) => server.close(() => resolve())));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const transport = (upstream: RemoteUpstream) => {
      const node = nodeTransport(upstream.caFile === undefined ? {} : { caFile: upstream.caFile });
      closeAfter(() => node.close());
      return node.fetch;
    };
    const lookup = async (upstream: RemoteUpstream) => (await reader(upstream, { transport })).lookup?.(['A'], signal);
    expect(await lookup(national(url, { caFile }))).toEqual({ ok: true, value: null });
    expect(await lookup(national(url))).toMatchObject({ ok: false, error: { kind: 'network' } });
    expect(() => national(url, { insecure: true })).toThrow('có trường lạ: insecure');
    expect(() => national(url, { rejectUnauthorized: false })).toThrow('có trường lạ');
  });
});
