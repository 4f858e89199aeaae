import { describe, expect, it } from 'vitest';
import { DvcqgClient, type DvcqgConfig } from '../../connectors/index.ts';
import { RefusedLogins } from '../../connectors/session.ts';
import type { FaultRule } from '../sandbox/faults.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import { makePopulation } from '../sandbox/population.ts';
import { type DvcqgOptions, SANDBOX_SECRETS } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { answer, closeAfter, inTurn, serve, skippingClock } from './local-server.ts';

const NOW = wall('2026-11-25T09:40');
const ACCOUNT = SANDBOX_SECRETS.dvcqg;

const clientFor = (baseUrl: string, more: Partial<DvcqgConfig> = {}) =>
  new DvcqgClient({
    baseUrl,
    ...ACCOUNT,
    timeout: 10_000,
    totalTimeout: 20_000,
    retries: 1,
    memory: new RefusedLogins(),
    timers: skippingClock(),
    ...more,
  });

async function portal(dvcqg: DvcqgOptions = {}, faults: FaultRule[] = [], more: Partial<DvcqgConfig> = {}) {
  const planted = plant(makePopulation({ seed: 'dvcqg', now: NOW, count: 60 }), { share: 0 });
  const sandbox = await startUpstreams({ planted, dvcqg, faults });
  closeAfter(sandbox.close);
  const [row] = planted.national;
  if (!row) throw new Error('empty book');
  const calls = () => sandbox.calls.map(({ service }) => service);
  return { client: clientFor(sandbox.urls.dvcqg, more), sandbox, row, calls };
}

/** A portal of our own: logs everybody in, and answers everything else in turn. */
async function fake(...bodies: unknown[]) {
  const next = inTurn(...bodies.map((body) => answer(200, body)));
  let logins = 0;
  const seen = await serve((request, response) => {
    if (!request.url?.endsWith('/login')) return next(request, response);
    logins += 1;
    response.end(JSON.stringify({ error_code: '00', session: `phien-${logins}` }));
  });
  return { client: clientFor(seen.url), seen, logins: () => logins };
}

describe('login and session', () => {
  it('logs in once for many calls, and the session goes in the body, not in a header', async () => {
    const { client, seen } = await fake({ error_code: 0, result: [] });
    await Promise.all([client.dossier('A'), client.dossier('B'), client.dossier('C')]);
    await client.dossier('D');
    expect(seen.calls.filter((call) => call.endsWith('/mapi/login'))).toHaveLength(1);
    expect(JSON.parse(seen.bodies[1] ?? '')).toEqual({
      session: 'phien-1',
      madonvi: ACCOUNT.madonvi,
      service: 'TraCuuHoSo',
      mahoso: expect.any(String),
    });
    expect(seen.headers[1]).not.toHaveProperty('authorization');
    expect(seen.headers[0]).toMatchObject({ accept: 'application/json', charset: 'utf-8' });
    expect(seen.headers[0]).not.toHaveProperty('dstcode');
  });

  it('sends dstcode as a header when it is configured, with the login too', async () => {
    const { client, row } = await portal({ dstcode: 'VN:GOV:999' }, [], { dstcode: 'VN:GOV:999' });
    expect(await client.dossier(row.code)).toMatchObject({ ok: true });
    const without = await portal({ dstcode: 'VN:GOV:999' });
    expect(await without.client.dossier(row.code)).toMatchObject({ ok: false });
  });

  it('uses a session for less than ten minutes', async () => {
    const time = { now: 1_000 };
    const seen = await serve((_, response) =>
      response.end(JSON.stringify({ error_code: 0, session: 's', result: [] })),
    );
    const client = clientFor(seen.url, { clock: () => time.now });
    const logins = () => seen.calls.filter((call) => call.endsWith('login')).length;
    await client.dossier('A');
    time.now += 400;
    await client.dossier('A');
    expect(logins()).toBe(1);
    time.now += 200;
    await client.dossier('A');
    expect(logins()).toBe(2);
  });

  it('a session that the portal has ended is renewed once, and the call is answered', async () => {
    const { client, row, calls } = await portal({}, [
      { fault: 'session-expired', upstream: 'dvcqg', service: 'TraCuuHoSo', when: { nth: 2 } },
    ]);
    for (let i = 0; i < 3; i++)
      expect(await client.dossier(row.code)).toMatchObject({ ok: true, value: [{ MaHoSo: expect.any(String) }] });
    expect(calls()).toEqual(['login', 'TraCuuHoSo', 'TraCuuHoSo', 'login', 'TraCuuHoSo', 'TraCuuHoSo']);
  });

  it('sessions that are worn out after a few calls do not stop many callers', async () => {
    const { client, row } = await portal({ sessionCalls: 4 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.dossier(row.code)));
    expect(answers.map(({ ok }) => ok)).toEqual(Array(6).fill(true));
  });

  it('a refusal that a new session does not cure is given up, and does not log in again for every further call', async () => {
    const { client, seen, logins } = await fake(
      { error_code: 0, result: [] },
      { error_code: '-99', message: 'Có lỗi 12345' },
    );
    expect(await client.dossier('A')).toMatchObject({ ok: true });
    for (let i = 0; i < 5; i++)
      expect(await client.dossier('A')).toMatchObject({ ok: false, error: { kind: 'upstream', call: 'TraCuuHoSo' } });
    expect(logins()).toBe(2);
    expect(seen.calls).toHaveLength(2 + 1 + 2 + 4);
  });

  it('a wrong secret is tried once, in clear words, until it is another secret', async () => {
    const memory = new RefusedLogins();
    const { sandbox, row, calls } = await portal();
    const wrong = clientFor(sandbox.urls.dvcqg, { password: 'sai', memory });
    for (let i = 0; i < 4; i++) {
      const refused = await wrong.dossier(row.code);
      expect(refused).toMatchObject({ ok: false, error: { kind: 'auth' } });
      expect(!refused.ok && refused.error.message).toContain('Đã thử một lần và không thử lại');
      expect(JSON.stringify(refused)).not.toContain('"sai"');
    }
    const again = clientFor(sandbox.urls.dvcqg, { password: 'sai', memory });
    expect(await again.dossier(row.code)).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(calls()).toEqual(['login']);
    const right = clientFor(sandbox.urls.dvcqg, { memory });
    expect(await right.dossier(row.code)).toMatchObject({ ok: true });
    expect(await again.check()).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(calls().filter((service) => service === 'login')).toHaveLength(3);
  });

  it('a portal that is too busy to log anybody in has not refused the secret', async () => {
    const seen = await serve(
      inTurn(
        answer(200, { error_code: '-1', message: 'Hệ thống đang bận, vui lòng thử lại sau' }),
        answer(200, { error_code: 0, session: 's', result: [] }),
      ),
    );
    const client = clientFor(seen.url);
    expect(await client.dossier('A')).toMatchObject({ ok: false, error: { kind: 'upstream' } });
    expect(await client.dossier('A')).toMatchObject({ ok: true });
  });

  it('one caller who gives up does not end the login of the others', async () => {
    const seen = await serve((request, response) => {
      const body = JSON.stringify({ error_code: 0, session: 's', result: [] });
      if (request.url?.endsWith('login')) setTimeout(() => response.end(body), 50);
      else response.end(body);
    });
    const client = clientFor(seen.url);
    const control = new AbortController();
    const first = client.dossier('A', undefined, control.signal);
    const second = client.dossier('B');
    control.abort();
    expect(await first).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(await second).toMatchObject({ ok: true });
    expect(seen.calls.filter((call) => call.endsWith('login'))).toHaveLength(1);
  });
});

describe('answers (protocol notes §3, by number)', () => {
  it.each([0, '0', '00'])('#1 error_code %j is success', async (error_code) => {
    const { client } = await fake({ error_code, result: [{ MaHoSo: 'A' }] });
    expect(await client.dossier('A')).toMatchObject({ ok: true, value: [{ MaHoSo: 'A' }] });
  });

  it.each([
    ['3', 'Hồ sơ trùng'],
    ['-3', ''],
    ['-1', 'Mã hồ sơ ĐÃ TỒN TẠI trong hệ thống'],
  ])('#1 %s «%s» is a duplicate, and no reason to log in again', async (error_code, message) => {
    const { client, logins } = await fake({ error_code: 0, result: [] }, { error_code, message });
    await client.dossier('A');
    const sent = await client.call({ service: 'DongBoHoSoMC', send: {}, writes: true });
    expect(sent).toMatchObject({ ok: false, error: { kind: 'duplicate' } });
    expect(logins()).toBe(1);
  });

  it('#2 code 0 with words of failure is a failure', async () => {
    const { client } = await fake({ error_code: 0, message: 'Cập nhật KHÔNG THÀNH CÔNG' });
    expect(await client.dossier('A')).toMatchObject({ ok: false, error: { kind: 'upstream' } });
  });

  it('#3 a refusal inside HTTP 200 is a failure with the words of the portal, and never an empty answer', async () => {
    const { client, row } = await portal({}, [{ fault: 'refused-in-200', service: 'TraCuuHoSo' }]);
    expect(await client.dossier(row.code)).toMatchObject({
      ok: false,
      error: { kind: 'upstream', upstream: expect.stringContaining('Có lỗi') },
    });
  });

  it.each([{}, { result: [] }, { message: 'Thành công' }, [], { error_code: null, result: [] }, { error_code: 0 }])(
    '#21 an answer without error_code or without rows is no answer: %j',
    async (body) => {
      const { client } = await fake(body);
      expect(await client.dossier('A')).toMatchObject({ ok: false, error: { kind: 'schema' } });
    },
  );

  it('#21 "has none" and "no answer" are different', async () => {
    const none = await portal();
    expect(await none.client.dossier('H29.999-000000-0000')).toEqual({ ok: true, value: [] });
    const silent = await portal({}, [{ fault: 'hang', service: 'TraCuuHoSo' }], {
      timers: undefined,
      timeout: 60,
      retries: 0,
    });
    expect(await silent.client.dossier(silent.row.code)).toMatchObject({ ok: false, error: { kind: 'timeout' } });
    for (const fault of ['reset', '500', '204', '203', 'truncated', '502-html', '429', '403'] as const) {
      const { client, row } = await portal({}, [{ fault, service: 'TraCuuHoSo' }]);
      expect((await client.dossier(row.code)).ok, fault).toBe(false);
    }
  });

  it.each([
    ['Không tìm thấy hồ sơ', true],
    ['Mã hồ sơ H29.999-261125-0001 không tồn tại', true],
    ['Hồ sơ không tồn tại'.normalize('NFD'), true],
    ['Dịch vụ tra cứu hồ sơ không tồn tại', false],
    ['Phiên tra cứu hồ sơ không tồn tại', false],
    ['Tài khoản không có quyền xem hồ sơ', false],
    ['Không có kết nối', false],
  ])('a refusal «%s» means that there is no such dossier: %s', async (message, none) => {
    const { client } = await fake({ error_code: -1, message });
    const result = await client.dossier('A');
    if (none) expect(result).toEqual({ ok: true, value: [] });
    else expect(result).toMatchObject({ ok: false });
  });

  it('#10 rows under result, data, or one row as an object', async () => {
    for (const rows of [
      { result: [{ MaHoSo: 'A' }] },
      { data: [{ MaHoSo: 'A' }] },
      { result: { MaHoSo: 'A' } },
      { result: { data: [{ MaHoSo: 'A' }] } },
    ]) {
      const { client } = await fake({ error_code: '0', ...rows });
      expect(await client.dossier('A')).toEqual({ ok: true, value: [{ MaHoSo: 'A' }] });
    }
  });

  it('#13 a code goes out exactly as it is, slashes and all', async () => {
    const { client, seen } = await fake({ error_code: 0, result: [] });
    await client.dossier('0000/2018/07/03/');
    expect(JSON.parse(seen.bodies[1] ?? '')).toMatchObject({ mahoso: '0000/2018/07/03/' });
  });

  it('#20 an answer is UTF-8 whatever its header says', async () => {
    const body = Buffer.from(
      JSON.stringify({ error_code: 0, session: 's', result: [{ DonViXuLy: 'Phường Không Thật' }] }),
      'utf8',
    );
    const seen = await serve(answer(200, body, { 'content-type': 'application/json; charset=windows-1252' }));
    expect(await clientFor(seen.url).dossier('A')).toEqual({ ok: true, value: [{ DonViXuLy: 'Phường Không Thật' }] });
  });

  it('#24 an address with a path, with and without a closing slash, is joined whole', async () => {
    const seen = await serve(answer(200, { error_code: 0, session: 's', result: [] }));
    for (const base of ['/VXPAdapter/RestService/forward', '/VXPAdapter/RestService/forward/'])
      await clientFor(seen.url + base).dossier('A');
    expect(new Set(seen.calls)).toEqual(
      new Set(['POST /VXPAdapter/RestService/forward/mapi/login', 'POST /VXPAdapter/RestService/forward/mapi/g']),
    );
  });

  it('#25 a 429 is waited out, and told as such when it stays', async () => {
    const once = await portal({}, [{ fault: '429', service: 'TraCuuHoSo', times: 1 }]);
    expect(await once.client.dossier(once.row.code)).toMatchObject({ ok: true });
    const always = await portal({}, [{ fault: '429', service: 'TraCuuHoSo' }]);
    expect(await always.client.dossier(always.row.code)).toMatchObject({
      ok: false,
      error: { kind: 'rate', status: 429 },
    });
  });

  it('#32 a page of a proxy in HTTP 200 is a failure that shows its title, and no new login', async () => {
    const { client, logins } = await fake('<html><title>Bảo trì hệ thống</title></html>');
    expect(await client.dossier('A')).toMatchObject({
      ok: false,
      error: { kind: 'schema', upstream: 'Bảo trì hệ thống' },
    });
    expect(logins()).toBe(1);
  });

  it('a lost connection or a 500 is no refusal of the session', async () => {
    for (const fault of ['500', 'reset'] as const) {
      const { client, row, calls } = await portal({}, [{ fault, service: 'TraCuuHoSo', when: { from: 2 } }]);
      await client.dossier(row.code);
      expect((await client.dossier(row.code)).ok).toBe(false);
      expect(calls().filter((service) => service === 'login')).toHaveLength(1);
    }
  });
});
