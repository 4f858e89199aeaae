import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { OpenCpsClient } from '../../connectors/index.ts';
import { wall } from '../sandbox/naive-time.ts';
import { startSandbox } from '../sandbox/server.ts';

const NOW = wall('2026-11-25T09:40');
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function upstream(handler: RequestListener): Promise<{ client: OpenCpsClient; calls: string[] }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(request.url ?? '');
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { client: new OpenCpsClient({ baseUrl, groupId: '1', timeout: 400, totalTimeout: 3000, retries: 1 }), calls };
}

describe('OpenCPS connector', () => {
  it('reads every dossier of the sandbox city, page by page, and no person', async () => {
    const sandbox = await startSandbox({ seed: 'contract', now: NOW, count: 250 });
    open.push(() => sandbox.close());
    const client = new OpenCpsClient({ baseUrl: sandbox.urls.opencps, groupId: '1' });
    const codes = new Set<string>();
    let total = Infinity;
    for (let page = 0; codes.size < total && page < 10; page++) {
      const answer = await client.search(page, NOW);
      if (!answer.ok) throw new Error(answer.error.message);
      total = answer.value.total;
      expect(answer.value.unreadable).toBe(0);
      expect(JSON.stringify(answer.value.dossiers)).not.toMatch(/mẫu \d{5}|999\d{9}|0999\d{6}/i);
      for (const dossier of answer.value.dossiers) codes.add(dossier.code);
    }
    expect([...codes].sort()).toEqual(sandbox.population.dossiers.map(({ code }) => code).sort());
  });

  it('takes one item given as an object, and counts rows without a code', async () => {
    const { client } = await upstream((_, response) =>
      response.end(JSON.stringify({ total: '1', data: { dossierNo: 'H29.999-261125-0001' } })),
    );
    expect(await client.search(0, NOW)).toMatchObject({ ok: true, value: { total: 1, unreadable: 0 } });
    const { client: other } = await upstream((_, response) => response.end(JSON.stringify({ total: 1, data: [{}] })));
    expect(await other.search(0, NOW)).toMatchObject({ ok: true, value: { dossiers: [], unreadable: 1 } });
  });

  it.each([
    [401, 'auth'],
    [403, 'permission'],
    [409, 'duplicate'],
    [404, 'upstream'],
  ])('HTTP %i is %s, and not repeated', async (status, kind) => {
    const { client, calls } = await upstream((_, response) => {
      response.writeHead(status);
      response.end('không được');
    });
    expect(await client.search(0, NOW)).toMatchObject({ ok: false, error: { kind, status } });
    expect(calls.length).toBe(1);
  });

  it('a 500 is tried again once', async () => {
    let first = true;
    const { client, calls } = await upstream((_, response) => {
      response.writeHead(first ? 500 : 200);
      first = false;
      response.end(JSON.stringify({ total: 0 }));
    });
    expect(await client.search(0, NOW)).toMatchObject({ ok: true, value: { total: 0, dossiers: [] } });
    expect(calls.length).toBe(2);
  });

  it('no answer, an HTML page, truncated JSON, a reset and a cancellation are told apart', async () => {
    const hang = await upstream(() => {});
    expect(await hang.client.search(0, NOW)).toMatchObject({ ok: false, error: { kind: 'timeout' } });
    const html = await upstream((_, response) => response.end('<html>đăng nhập</html>'));
    expect(await html.client.search(0, NOW)).toMatchObject({ ok: false, error: { kind: 'schema' } });
    const cut = await upstream((_, response) => response.end('{"total": 1, "data": [{'));
    expect(await cut.client.search(0, NOW)).toMatchObject({ ok: false, error: { kind: 'schema' } });
    const reset = await upstream((request) => request.socket.destroy());
    expect(await reset.client.search(0, NOW)).toMatchObject({ ok: false, error: { kind: 'network' } });
    const control = new AbortController();
    const answer = hang.client.search(0, NOW, control.signal);
    control.abort();
    expect(await answer).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });

  it('a wrong shape names the field', async () => {
    const { client } = await upstream((_, response) => response.end(JSON.stringify({ total: null, data: [] })));
    const answer = await client.search(0, NOW);
    expect(!answer.ok && answer.error.message).toContain('total');
  });
});
