import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Http } from '../../connectors/http.ts';
import { type Limiter, makeLimiter } from '../../connectors/limit.ts';
import { answer, clientOf, inTurn, nowhere, serve } from './local-server.ts';

const Answer = z.object({ total: z.number() });
const ask = (http: Http, signal?: AbortSignal) => http.get('danh-sach', {}, Answer, signal);
const post = (http: Http, repeatable?: boolean) =>
  http.call({ method: 'POST', path: 'gui', json: { a: 1 }, schema: Answer, repeatable });

describe('what an answer means', () => {
  it.each([
    [203, { total: 1 }, 'auth'],
    [400, 'sai', 'upstream'],
    [401, 'sai', 'auth'],
    [403, 'No Content.', 'permission'],
    [404, '<html>không có</html>', 'upstream'],
    [409, 'đã tồn tại', 'duplicate'],
    [501, 'sai', 'upstream'],
  ])('HTTP %i is final', async (status, body, kind) => {
    const server = await serve(answer(status, body));
    expect(await ask(clientOf(server).http)).toMatchObject({ ok: false, error: { kind, status, call: '/danh-sach' } });
    expect(server.calls).toEqual(['GET /danh-sach']);
  });

  it.each([408, 429, 500, 502, 503, 504])('HTTP %i passes by itself: asked again', async (status) => {
    const server = await serve(inTurn(answer(status), answer(status), answer(200, { total: 3 })));
    const { http, lines } = clientOf(server);
    expect(await ask(http)).toEqual({ ok: true, value: { total: 3 } });
    expect(lines.map((line) => [line.try, line.status])).toEqual([
      [1, status],
      [2, status],
      [3, 200],
    ]);
  });

  it('every try waits for the limiter and is reported to it', async () => {
    const server = await serve(inTurn(answer(500), answer(429, '', { 'retry-after': '2' }), answer(200, { total: 3 })));
    const seen: unknown[] = [];
    const limiter: Limiter = {
      rate: 1,
      quota: 1,
      take: async () => void seen.push('take'),
      report: ({ status, retryAfter, failed }) => void seen.push([status, retryAfter, failed]),
    };
    expect(await ask(clientOf(server, { limiter }).http)).toMatchObject({ ok: true });
    const reports = [
      [500, undefined, false],
      [429, 2, false],
      [200, undefined, undefined],
    ];
    expect(seen).toEqual(reports.flatMap((report) => ['take', report]));
    seen.length = 0;
    await ask(clientOf({ url: await nowhere() }, { limiter, retries: 0 }).http);
    expect(seen).toEqual(['take', [undefined, undefined, true]]);
  });

  it('gives up after the last try and says what the page of the proxy was about', async () => {
    const page = '<html><head><title>502 Bad Gateway</title><style>b{}</style></head><body>nginx</body></html>';
    const server = await serve(answer(502, page, { 'content-type': 'text/html' }));
    expect(await ask(clientOf(server).http)).toMatchObject({
      error: { kind: 'upstream', status: 502, upstream: '502 Bad Gateway' },
    });
    expect(server.calls).toHaveLength(3);
  });

  it('no answer, an empty answer and an answer that says "none" are three things', async () => {
    for (const server of [await serve(answer(204)), await serve(answer(200, '  \n'))]) {
      const { http } = clientOf(server);
      expect(await ask(http)).toMatchObject({ ok: false, error: { kind: 'schema' } });
      expect(await http.call({ path: 'x', schema: Answer, empty: { total: 0 } })).toEqual({
        ok: true,
        value: { total: 0 },
      });
    }
    const none = await serve(answer(200, { total: 0 }));
    expect(await ask(clientOf(none).http)).toEqual({ ok: true, value: { total: 0 } });
  });

  it('takes 404 for "has none" only from the system itself', async () => {
    const own = clientOf(await serve(answer(404, { message: 'không tìm thấy' })));
    const proxy = clientOf(await serve(answer(404, '<html>404</html>')));
    const call = { path: 'ho-so/1', schema: Answer as z.ZodMiniType<{ total: number } | null>, notFound: null };
    expect(await own.http.call(call)).toEqual({ ok: true, value: null });
    expect(await proxy.http.call(call)).toMatchObject({ ok: false, error: { status: 404 } });
    expect(await ask(own.http)).toMatchObject({ ok: false, error: { status: 404, upstream: 'không tìm thấy' } });
  });

  it('reads UTF-8 whatever the header says, and passes over a BOM', async () => {
    const Name = z.object({ name: z.string() });
    const body = Buffer.from('\uFEFF{"name":"Đã trả kết quả"}');
    const server = await serve(answer(200, body, { 'content-type': 'application/json; charset=windows-1252' }));
    expect(await clientOf(server).http.get('x', {}, Name)).toEqual({ ok: true, value: { name: 'Đã trả kết quả' } });
  });

  it('a page, words, and a JSON that was cut are told apart; only the last is asked for again', async () => {
    const page = await serve(answer(200, '<html><title>Đăng nhập</title></html>'));
    expect(await ask(clientOf(page).http)).toMatchObject({ error: { kind: 'schema', upstream: 'Đăng nhập' } });
    const words = await serve(answer(200, 'He thong bao tri'));
    expect(await ask(clientOf(words).http)).toMatchObject({ error: { kind: 'schema', upstream: 'He thong bao tri' } });
    expect([...page.calls, ...words.calls]).toHaveLength(2);
    const cut = await serve(
      inTurn(answer(200, '{"total": 1, "data": [{"applicantName": "A'), answer(200, { total: 1 })),
    );
    expect(await ask(clientOf(cut).http)).toEqual({ ok: true, value: { total: 1 } });
    const always = await serve(answer(200, '{"total": 1, "applicantName": "NGƯỜI MẪU'));
    const broken = await ask(clientOf(always).http);
    expect(broken).toMatchObject({ error: { kind: 'schema', message: 'Máy chủ trả về JSON bị cắt giữa chừng.' } });
    expect(JSON.stringify(broken)).not.toContain('NGƯỜI');
  });

  it('a wrong type names the field', async () => {
    const server = await serve(answer(200, { total: 'mười' }));
    expect(await ask(clientOf(server).http)).toMatchObject({
      error: { kind: 'schema', message: 'Dữ liệu sai dạng ở «total».' },
    });
  });

  it('a refusal inside HTTP 200 is a failure, and slows everybody down like 429', async () => {
    const server = await serve(answer(200, { total: 1, error_code: '9', message: 'quá hạn mức 0909000111' }));
    const limiter = makeLimiter({ quota: 1000 });
    const { http } = clientOf(server, { limiter, retries: 0 });
    const before = limiter.rate;
    const refused = await http.call({
      path: 'x',
      schema: Answer,
      refuse: (body) => ({ kind: 'rate', message: 'Bị từ chối.', upstream: (body as { message: string }).message }),
    });
    expect(refused).toMatchObject({ ok: false, error: { kind: 'rate', status: 200, upstream: 'quá hạn mức …' } });
    expect(limiter.rate).toBeLessThan(before);
  });

  it('an answer without an end is refused, and the connection closed', async () => {
    let closed: () => void;
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = await serve((_, response) => {
      response.on('close', closed);
      const more = () => response.destroyed || response.write('x'.repeat(10_000), () => setImmediate(more));
      more();
    });
    expect(await ask(clientOf(server, { maxBytes: 50_000 }).http)).toMatchObject({
      error: { kind: 'schema', status: 200 },
    });
    await gone;
  });
});

describe('when a call is made again', () => {
  it('waits as long as it is asked to: seconds, or a date', async () => {
    const seconds = await serve(inTurn(answer(429, '', { 'retry-after': '7' }), answer(200, { total: 1 })));
    const first = clientOf(seconds);
    expect(await ask(first.http)).toMatchObject({ ok: true });
    expect(first.timers.pauses.filter((ms) => ms >= 7000 && ms < 7300)).toHaveLength(1);
    const date = new Date(Date.now() + 5_000).toUTCString();
    const dated = await serve(inTurn(answer(503, '', { 'retry-after': date }), answer(200, { total: 1 })));
    const second = clientOf(dated);
    expect(await ask(second.http)).toMatchObject({ ok: true });
    expect(second.timers.pauses.filter((ms) => ms > 1000 && ms < 5300)).toHaveLength(1);
  });

  it('does not wait longer than the caller does, and says how long it would have been', async () => {
    const server = await serve(answer(429, 'chậm lại', { 'retry-after': '3600' }));
    expect(await ask(clientOf(server).http)).toMatchObject({
      error: { kind: 'rate', status: 429, retryAfter: 3600, upstream: 'chậm lại' },
    });
    expect(server.calls).toHaveLength(1);
  });

  it('an unreadable Retry-After counts as none', async () => {
    const server = await serve(inTurn(answer(429, '', { 'retry-after': 'lat nua' }), answer(200, { total: 1 })));
    expect(await ask(clientOf(server).http)).toMatchObject({ ok: true });
  });

  it('a POST that may have been received is not repeated, unless it was said to be repeatable', async () => {
    for (const handler of [
      answer(500),
      answer(429),
      answer(200, '{"total":'),
      inTurn((request) => request.socket.destroy()),
    ]) {
      const server = await serve(handler);
      expect(await post(clientOf(server).http)).toMatchObject({ ok: false });
      expect(server.calls).toHaveLength(1);
      expect(await post(clientOf(server).http, true)).toMatchObject({ ok: false });
      expect(server.calls).toHaveLength(4);
      expect(new Set(server.bodies)).toEqual(new Set(['{"a":1}']));
    }
  });

  it('a POST that was never sent may be', async () => {
    const { http, lines } = clientOf({ url: await nowhere() });
    expect(await post(http)).toMatchObject({ error: { kind: 'network', message: 'Không nối được tới máy chủ.' } });
    expect(lines).toHaveLength(3);
  });

  it('a connection that breaks before or inside the answer is network, and asked again', async () => {
    const before = await serve(inTurn((request) => request.socket.destroy(), answer(200, { total: 1 })));
    expect(await ask(clientOf(before).http)).toMatchObject({ ok: true });
    const inside = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"total": 1, ', () => request.socket.destroy());
    });
    expect(await ask(clientOf(inside).http)).toMatchObject({ error: { kind: 'network', status: 200 } });
    expect(inside.calls).toHaveLength(3);
  });

  it('silence and a body that never ends are timeouts, each try on its own', async () => {
    const limits = { timeout: 100, totalTimeout: 5_000, retries: 1, timers: undefined };
    const silent = await serve(() => {});
    expect(await ask(clientOf(silent, limits).http)).toMatchObject({ error: { kind: 'timeout' } });
    expect(silent.calls).toHaveLength(2);
    const endless = await serve((_, response) => {
      response.writeHead(200);
      response.write('{"total":');
    });
    expect(await ask(clientOf(endless, limits).http)).toMatchObject({ error: { kind: 'timeout', status: 200 } });
    const late = await serve(inTurn(() => {}, answer(200, { total: 1 })));
    expect(await ask(clientOf(late, limits).http)).toMatchObject({ ok: true });
  });

  it('the time for all tries ends the last one', async () => {
    const silent = await serve(() => {});
    const { http, lines } = clientOf(silent, { timeout: 60_000, totalTimeout: 100, retries: 5, timers: undefined });
    expect(await ask(http)).toMatchObject({ error: { kind: 'timeout' } });
    expect(lines).toHaveLength(1);
  });
});

describe('cancelling', () => {
  it('reaches the socket', async () => {
    const control = new AbortController();
    let closed: (finished: boolean) => void;
    const gone = new Promise<boolean>((resolve) => {
      closed = resolve;
    });
    const server = await serve((_, response) => {
      response.on('close', () => closed(response.writableFinished));
      control.abort();
    });
    expect(await ask(clientOf(server).http, control.signal)).toMatchObject({ error: { kind: 'cancelled' } });
    expect(await gone).toBe(false);
  });

  it('ends a wait between tries and a wait for the limiter, and calls nobody', async () => {
    const control = new AbortController();
    const server = await serve((request, response) => {
      answer(503, '', { 'retry-after': '60' })(request, response);
      response.on('close', () => setImmediate(() => control.abort()));
    });
    expect(await ask(clientOf(server).http, control.signal)).toMatchObject({ error: { kind: 'cancelled' } });
    expect(server.calls).toHaveLength(1);
    const limiter = makeLimiter({ quota: 0.001, burst: 1 });
    await limiter.take();
    const other = new AbortController();
    const waiting = ask(clientOf(server, { limiter }).http, other.signal);
    other.abort();
    expect(await waiting).toMatchObject({ error: { kind: 'cancelled' } });
    expect(await ask(clientOf(server).http, other.signal)).toMatchObject({ error: { kind: 'cancelled' } });
    expect(server.calls).toHaveLength(1);
  });
});
