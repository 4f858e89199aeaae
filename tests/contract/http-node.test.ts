import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Http } from '../../connectors/http.ts';
import { nodeTransport } from '../../connectors/node-transport.ts';
import { productSources } from '../../scripts/architecture.ts';
import { answer, closeAfter, inTurn, PATIENT, serve, skippingClock } from './local-server.ts';

const Answer = z.object({ total: z.number() });

function transportOf(options: Parameters<typeof nodeTransport>[0] = {}) {
  const transport = nodeTransport(options);
  closeAfter(() => transport.close());
  return transport.fetch;
}

const clientOf = (baseUrl: string, transport: typeof fetch) =>
  new Http({ baseUrl, transport, ...PATIENT, timers: skippingClock() });

/** A server with a certificate that only its own authority vouches for, as behind many exchange adapters. */
async function privateServer(): Promise<{ url: string; caFile: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'dunghen-ca-'));
  closeAfter(async () => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...made, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, answer(200, { total: 7 }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfter(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, caFile: cert };
}

describe('the transport of the command line', () => {
  it('keeps a connection open between calls, and opens no more than allowed', async () => {
    const server = await serve(answer(200, { total: 1 }));
    const http = clientOf(server.url, transportOf({ connections: 2 }));
    for (let i = 0; i < 5; i++) expect(await http.get('x', {}, Answer)).toMatchObject({ ok: true });
    await Promise.all(Array.from({ length: 20 }, () => http.get('x', {}, Answer)));
    expect(server.connections).toBeLessThanOrEqual(2);
    expect(server.calls).toHaveLength(25);
  });

  it('trusts a private authority when its file is given, and nobody else without being asked', async () => {
    const { url, caFile } = await privateServer();
    expect(await clientOf(url, transportOf({ caFile })).get('x', {}, Answer)).toEqual({
      ok: true,
      value: { total: 7 },
    });
    const stranger = await clientOf(url, transportOf()).get('x', {}, Answer);
    expect(stranger).toMatchObject({ ok: false, error: { kind: 'network' } });
    expect(!stranger.ok && stranger.error.message).toContain('Chứng thư số');
  });

  it('sends headers and a body with its length, and tries again as the other one does', async () => {
    const server = await serve(inTurn(answer(503), answer(200, { total: 2 })));
    const http = clientOf(server.url, transportOf());
    const call = { method: 'POST', path: 'gửi', json: { tên: 'Đúng Hẹn' }, headers: { dstcode: 'VN' } } as const;
    expect(await http.call({ ...call, schema: Answer, repeatable: true })).toMatchObject({ ok: true });
    expect(server.bodies).toEqual(['{"tên":"Đúng Hẹn"}', '{"tên":"Đúng Hẹn"}']);
    expect(server.headers[1]).toMatchObject({ dstcode: 'VN', 'content-type': 'application/json' });
    expect(Number(server.headers[1]?.['content-length'])).toBe(Buffer.byteLength('{"tên":"Đúng Hẹn"}'));
  });

  it('takes a cancellation to the socket', async () => {
    const control = new AbortController();
    let closed: (finished: boolean) => void;
    const gone = new Promise<boolean>((resolve) => {
      closed = resolve;
    });
    const server = await serve((_, response) => {
      response.on('close', () => closed(response.writableFinished));
      control.abort();
    });
    const http = clientOf(server.url, transportOf());
    expect(await http.get('x', {}, Answer, control.signal)).toMatchObject({ error: { kind: 'cancelled' } });
    expect(await gone).toBe(false);
  });

  it('tells a broken, a refused and a redirected connection apart', async () => {
    const broken = await serve((request) => request.socket.destroy());
    expect(await clientOf(broken.url, transportOf()).get('x', {}, Answer)).toMatchObject({
      error: { kind: 'network' },
    });
    expect(broken.calls).toHaveLength(3);
    const moved = await serve(answer(301, '', { location: 'http://127.0.0.1:9/x' }));
    expect(await clientOf(moved.url, transportOf()).get('x', {}, Answer)).toMatchObject({
      error: { kind: 'upstream' },
    });
  });

  it('is not reachable from what the extension loads', () => {
    const graph = new Map(productSources().map(({ file, imports }) => [file, imports]));
    const reached = new Set(['connectors/index.ts']);
    for (const file of reached) for (const next of graph.get(file) ?? []) reached.add(next);
    expect(reached).toContain('connectors/http.ts');
    expect([...reached].filter((file) => file === 'undici' || file.startsWith('node:'))).toEqual([]);
  });
});
