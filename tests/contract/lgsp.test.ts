import { describe, expect, it } from 'vitest';
import {
  type DocumentTrace,
  LgspClient,
  type LgspConfig,
  planDocument,
  resultPapers,
  type SyncDocument,
  sendDocument,
} from '../../connectors/index.ts';
import { RefusedLogins } from '../../connectors/session.ts';
import type { FaultRule } from '../sandbox/faults.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import { makePopulation } from '../sandbox/population.ts';
import { type LgspOptions, SANDBOX_SECRETS } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { answer, closeAfter, inTurn, serve, skippingClock } from './local-server.ts';

const NOW = wall('2026-11-25T09:40');
const { keys, clientId, clientSecret, busUser, busPassword } = SANDBOX_SECRETS.lgsp;
const KEYS = {
  appName: keys.AppName,
  accessKey: keys.AccessKey,
  secretKey: keys.SecretKey,
  partnerCode: keys.PartnerCode,
};
const OAUTH = { path: 'token', clientId, clientSecret, credentials: 'body' } as const;
const BUS = { user: busUser, password: busPassword };

const clientFor = (baseUrl: string, more: Partial<LgspConfig> = {}) =>
  new LgspClient({
    baseUrl,
    schemes: ['esb'],
    keys: KEYS,
    bus: BUS,
    timeout: 10_000,
    totalTimeout: 20_000,
    retries: 1,
    memory: new RefusedLogins(),
    timers: skippingClock(),
    ...more,
  });

async function gateway(lgsp: LgspOptions = {}, more: Partial<LgspConfig> = {}, faults: FaultRule[] = []) {
  const planted = plant(makePopulation({ seed: 'lgsp', now: NOW, count: 40 }), { share: 0 });
  const sandbox = await startUpstreams({ planted, lgsp, faults });
  closeAfter(sandbox.close);
  const services = () => sandbox.calls.map(({ service }) => service);
  return { client: clientFor(sandbox.urls.lgsp, more), planted, sandbox, services };
}

describe('header schemes', () => {
  it('esb: the five keys as bare base64 in Authorization, without a word before', async () => {
    const seen = await serve(answer(200, { StatusCode: 200, Status: 'SUCCESS', ResultObject: {} }));
    await clientFor(seen.url).enterprise('0300000000');
    const sent = seen.headers[0]?.authorization ?? '';
    expect(sent).not.toMatch(/\s/);
    const text = Buffer.from(sent, 'base64').toString('utf8');
    expect(text).toBe(
      JSON.stringify({
        AccessKey: keys.AccessKey,
        SecretKey: keys.SecretKey,
        AppName: keys.AppName,
        PartnerCode: keys.PartnerCode,
        PartnerCodeCus: keys.PartnerCode,
      }),
    );
    expect(seen.calls).toEqual(['GET /TraCuuThongTinDoanhNghiep?MaSoDoanhNghiep=0300000000']);
  });

  it.each<[string, LgspOptions, Partial<LgspConfig>]>([
    ['esb', { schemes: ['bare'] }, { schemes: ['esb'] }],
    ['lgspaccesstoken', { schemes: ['lgspaccesstoken'] }, { schemes: ['lgspaccesstoken'] }],
    ['oauth2, in the form', { schemes: ['bearer'] }, { schemes: ['oauth2'], oauth2: OAUTH }],
    ['oauth2, as Basic', { schemes: ['bearer'] }, { schemes: ['oauth2'], oauth2: { ...OAUTH, credentials: 'basic' } }],
    [
      'oauth2 and lgspaccesstoken',
      { schemes: ['bearer', 'lgspaccesstoken'] },
      { schemes: ['oauth2', 'lgspaccesstoken'], oauth2: OAUTH },
    ],
    ['esb and lgspaccesstoken', { schemes: ['bare', 'lgspaccesstoken'] }, { schemes: ['esb', 'lgspaccesstoken'] }],
  ])('%s is let through, and not without', async (_, options, more) => {
    const { client, sandbox } = await gateway(options, more);
    expect(await client.enterprise('0999999999')).toEqual({ ok: true, value: { found: true } });
    expect(await client.enterprise('0300000000')).toEqual({ ok: true, value: { found: false } });
    const other = clientFor(sandbox.urls.lgsp, {
      ...more,
      keys: { ...KEYS, secretKey: 'khac' },
      oauth2: { ...OAUTH, clientSecret: 'khac' },
    });
    expect(await other.enterprise('0999999999')).toMatchObject({ ok: false, error: { kind: 'auth' } });
  });

  it('with both headers the token call carries the keys as well', async () => {
    const seen = await serve(
      inTurn(
        answer(200, { access_token: 't', expires_in: '3600' }),
        answer(200, { StatusCode: '200', Status: 'Success' }),
      ),
    );
    await clientFor(seen.url, { schemes: ['oauth2', 'lgspaccesstoken'], oauth2: OAUTH }).enterprise('1');
    expect(seen.headers[0]).toMatchObject({
      lgspaccesstoken: expect.any(String),
      'content-type': expect.stringContaining('x-www-form-urlencoded'),
    });
    expect(new URLSearchParams(seen.bodies[0]).get('grant_type')).toBe('client_credentials');
    expect(seen.headers[1]).toMatchObject({ lgspaccesstoken: expect.any(String), authorization: 'Bearer t' });
  });

  it('Vietnamese in a key survives base64', async () => {
    const seen = await serve(answer(200, { StatusCode: 200, Status: 'SUCCESS' }));
    await clientFor(seen.url, { keys: { ...KEYS, appName: 'Một cửa phường' } }).enterprise('1');
    expect(Buffer.from(seen.headers[0]?.authorization ?? '', 'base64').toString('utf8')).toContain(
      '"AppName":"Một cửa phường"',
    );
  });
});

describe('tokens', () => {
  it('one for many callers, renewed before its end, and once when it is refused', async () => {
    const time = { now: 1000 };
    const { client, services } = await gateway(
      { schemes: ['bearer'], tokenLife: 1000 },
      { schemes: ['oauth2'], oauth2: OAUTH, clock: () => time.now },
      [{ fault: 'session-expired', upstream: 'lgsp', service: 'enterprise', when: { nth: 6 } }],
    );
    const tokens = () => services().filter((service) => service === 'token').length;
    await Promise.all(Array.from({ length: 4 }, () => client.enterprise('0999999999')));
    expect(tokens()).toBe(1);
    time.now += 750;
    await client.enterprise('0999999999');
    expect(tokens()).toBe(1);
    time.now += 100;
    expect(await client.enterprise('0999999999')).toMatchObject({ ok: true });
    expect(tokens()).toBe(3);
  });

  it('a wrong secret is tried once, whether the server says 401 or 400', async () => {
    const wrong = { ...OAUTH, clientSecret: 'khac' };
    const { client, services } = await gateway({ schemes: ['bearer'] }, { schemes: ['oauth2'], oauth2: wrong });
    for (let i = 0; i < 3; i++)
      expect(await client.enterprise('0999999999')).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(services()).toEqual(['token']);
    const bad = await serve(answer(400, { error: 'invalid_client' }));
    const other = clientFor(bad.url, { schemes: ['oauth2'], oauth2: OAUTH });
    for (let i = 0; i < 3; i++)
      expect(await other.enterprise('1')).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(bad.calls).toEqual(['POST /token']);
  });

  it('wrong keys are tried once too, however many callers there are, until they are others or a person asks', async () => {
    const memory = new RefusedLogins();
    const { sandbox, services } = await gateway();
    const wrong = clientFor(sandbox.urls.lgsp, { keys: { ...KEYS, secretKey: 'khac' }, memory });
    const answers = await Promise.all(Array.from({ length: 5 }, () => wrong.enterprise('0999999999')));
    for (const one of answers) {
      expect(one).toMatchObject({ ok: false, error: { kind: 'auth' } });
      expect(!one.ok && one.error.message).toContain('Đã thử một lần và không thử lại');
    }
    expect(services()).toEqual(['enterprise']);
    expect(await clientFor(sandbox.urls.lgsp, { memory }).enterprise('0999999999')).toMatchObject({ ok: true });
    expect(await wrong.check()).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(services().filter((service) => service === 'enterprise')).toHaveLength(3);
  });

  it('keys that were not judged do not keep the others waiting', async () => {
    const { client } = await gateway({}, {}, [{ fault: '500', service: 'enterprise', when: { to: 2, from: 1 } }]);
    const answers = await Promise.all(Array.from({ length: 3 }, () => client.enterprise('0999999999')));
    expect(answers.map(({ ok }) => ok)).toEqual([false, true, true]);
  });

  it('a server error at the token is no judgement of the secret', async () => {
    const { client } = await gateway({ schemes: ['bearer'] }, { schemes: ['oauth2'], oauth2: OAUTH }, [
      { fault: '500', service: 'token', when: { nth: [1, 2] } },
    ]);
    expect(await client.enterprise('0999999999')).toMatchObject({ ok: false, error: { kind: 'upstream' } });
    expect(await client.enterprise('0999999999')).toMatchObject({ ok: true });
  });

  it('«Kiểm tra kết nối» makes the smallest real calls, also after a refusal', async () => {
    const { client, services } = await gateway({ busPassword: 'khac' });
    expect(await client.waiting('H29.999')).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(await client.check()).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(services()).toEqual(['bus-token', 'bus-token']);
    const good = await gateway();
    expect(await good.client.check()).toEqual({ ok: true, value: null });
    expect(good.services()).toEqual(['bus-token', 'enterprise']);
  });
});

describe('envelope', () => {
  it.each([
    [{ StatusCode: 200, Status: 'SUCCESS' }, null],
    [{ StatusCode: '200', Status: 'Success' }, null],
    [{ StatusCode: 200, Status: 'ERROR', Description: 'Không được' }, 'upstream'],
    [{ StatusCode: 200, Status: 'UNSUCCESS' }, 'upstream'],
    [{ StatusCode: 200 }, 'upstream'],
    [{ StatusCode: 401, Status: 'ERROR' }, 'auth'],
    [{ StatusCode: 403, Status: 'ERROR' }, 'permission'],
    [{ StatusCode: 429, Status: 'ERROR' }, 'rate'],
    [{ StatusCode: 500, Status: 'SUCCESS' }, 'upstream'],
    [{ Status: 'SUCCESS' }, 'schema'],
    [{}, 'schema'],
  ])('#3 HTTP 200 with %j', async (body, kind) => {
    const seen = await serve(answer(200, body));
    const result = await clientFor(seen.url).enterprise('1');
    if (kind === null) expect(result.ok).toBe(true);
    else expect(result).toMatchObject({ ok: false, error: { kind } });
  });

  it('the stack in ThrowException is not shown, the description is', async () => {
    const seen = await serve(
      answer(200, { StatusCode: 500, Status: 'ERROR', ThrowException: 'at Gov.Esb.Secret()', Description: 'Có lỗi' }),
    );
    const text = JSON.stringify(await clientFor(seen.url).enterprise('1'));
    expect(text).toContain('Có lỗi');
    expect(text).not.toContain('Gov.Esb');
  });

  it('#25 quota: a 429 is waited out', async () => {
    const { client, services } = await gateway({}, {}, [
      { fault: '429', service: 'enterprise', times: 1, retryAfter: 1 },
    ]);
    expect(await client.enterprise('0999999999')).toMatchObject({ ok: true });
    expect(services()).toEqual(['enterprise', 'enterprise']);
  });

  it('#32 a page of a proxy instead of JSON', async () => {
    const { client } = await gateway({}, {}, [{ fault: '502-html', service: 'enterprise' }]);
    expect(await client.enterprise('1')).toMatchObject({
      ok: false,
      error: { kind: 'upstream', status: 502, upstream: '502 Bad Gateway' },
    });
  });

  it('an echo of the keys is not told again', async () => {
    const seen = await serve((request, response) =>
      response.end(
        JSON.stringify({ StatusCode: 401, Status: 'ERROR', Description: `Sai khóa ${request.headers.authorization}` }),
      ),
    );
    const text = JSON.stringify(await clientFor(seen.url).enterprise('1'));
    expect(text).toContain('Sai khóa');
    expect(text).not.toContain(seen.headers[0]?.authorization);
  });
});

describe('documents: writing only after a dry run', () => {
  const document: SyncDocument = {
    DocTypeCode: '1.000001',
    DocTypeName: 'Thủ tục mẫu',
    DocCode: 'H29.999-261125-9001',
    CitizenName: 'Người Mẫu',
    ApplicantsId: '000000000000',
    Phone: '0000000000',
    DateReceived: '2026-11-25T08:00:00.000Z',
    DateAppointed: '2026-11-27T17:00:00.000Z',
    SuccessDate: '',
    IsReturned: false,
    ReturnedDate: '',
    ProcessingOrganName: 'Phường Không Thật',
    OrganInchargeIdLevel1: 'H29.999',
    OrganInchargeName: 'Phường Không Thật',
  };
  const trace: DocumentTrace = {
    DocCode: document.DocCode,
    UserName: 'Cán bộ mẫu',
    DateCreated: document.DateReceived,
    Comment: 'Bước mẫu',
    OrganizationInchargeName: 'Phường Không Thật',
  };

  it('shows what would go, sends it only with its own word, and the gateway has it then', async () => {
    const { client, sandbox, services } = await gateway();
    const plan = await planDocument('document', document);
    if (!plan.ok) throw new Error(plan.error.message);
    expect(plan.value).toMatchObject({ path: 'Document/SyncDocument', body: document, code: document.DocCode });
    expect(await sendDocument(client, plan.value, 'có')).toMatchObject({ ok: false, error: { kind: 'permission' } });
    expect(services()).toEqual([]);
    expect(await sendDocument(client, plan.value, plan.value.confirmation)).toEqual({ ok: true, value: null });
    // #12 the Z of this service is false: 08:00 in Vietnam.
    expect(sandbox.planted.lgsp.find(({ code }) => code === document.DocCode)?.receivedAt).toBe(
      Date.UTC(2026, 10, 25, 1) / 1000,
    );
    const steps = await planDocument('trace', trace);
    if (!steps.ok) throw new Error(steps.error.message);
    expect(await sendDocument(client, steps.value, steps.value.confirmation)).toEqual({ ok: true, value: null });
    expect(services()).toEqual(['sync-document', 'traces']);
  });

  it.each([
    [{ DateReceived: '25/11/2026' }, 'DateReceived'],
    [{ DocCode: undefined }, 'DocCode'],
    [{ IsReturned: 'false' }, 'IsReturned'],
    [{ Ten: 'x' }, 'Ten'],
  ])('refuses %j by the name of the field, without its values', async (change, field) => {
    const plan = await planDocument('document', { ...document, ...change });
    expect(plan).toMatchObject({
      ok: false,
      error: { kind: 'schema', message: expect.stringContaining(`«${field}»`) },
    });
    expect(JSON.stringify(plan)).not.toContain('Người Mẫu');
  });

  it.each<[string, number, object | string, string | null]>([
    ['#4 HTTP 204, an empty body, is success', 204, '', null],
    ['a status in words', 200, { Status: 'SUCCESS', Message: 'Thành công' }, null],
    ['#2 a status as number, success in words', 200, { Status: 1, Message: 'Đồng bộ thành công' }, null],
    ['#2 words alone', 200, { Message: 'Thành công' }, null],
    ['words that deny', 200, { Status: 'SUCCESS', Message: 'Không thành công' }, 'upstream'],
    ['nothing that means success', 200, {}, 'upstream'],
    ['an error', 200, { Status: 'ERROR', Message: 'Thiếu trường' }, 'upstream'],
    ['#14 a duplicate', 200, { Status: 'ERROR', Message: 'Hồ sơ ĐÃ TỒN TẠI' }, 'duplicate'],
    ['a page', 200, '<html>lỗi</html>', 'schema'],
  ])('%s', async (_, status, body, kind) => {
    const seen = await serve(answer(status, body));
    const plan = await planDocument('document', document);
    if (!plan.ok) throw new Error(plan.error.message);
    const sent = await sendDocument(clientFor(seen.url), plan.value, plan.value.confirmation);
    if (kind === null) expect(sent).toEqual({ ok: true, value: null });
    else expect(sent).toMatchObject({ ok: false, error: { kind } });
  });

  it('what got no answer is not sent twice', async () => {
    const { client, services } = await gateway({}, {}, [{ fault: 'reset', service: 'sync-document' }]);
    const plan = await planDocument('document', document);
    if (!plan.ok) throw new Error(plan.error.message);
    expect(await sendDocument(client, plan.value, plan.value.confirmation)).toMatchObject({
      ok: false,
      error: { kind: 'network' },
    });
    expect(services()).toEqual(['sync-document']);
  });
});

describe('result store', () => {
  it('lists results by owner and procedure; the number goes in the body, never in the address', async () => {
    const { client, planted, sandbox } = await gateway();
    const row = planted.lgsp.find(({ hasResult }) => hasResult);
    if (!row) throw new Error('no result');
    const papers = await resultPapers(client, { owner: row.owner.identity, procedure: row.procedure.code });
    expect(papers).toMatchObject({
      ok: true,
      value: [{ code: expect.stringContaining('KQ.'), files: [{ path: expect.stringContaining('/ket-qua/') }] }],
    });
    expect(sandbox.calls[0]?.about).toBe(row.procedure.code);
    expect(await resultPapers(client, { owner: '', procedure: '' })).toMatchObject({
      ok: false,
      error: { kind: 'upstream' },
    });
    const seen = await serve(
      answer(200, {
        errorCode: '00',
        result: { DanhSachGiayToKetQua: { MaKetQua: 'KQ.1', DanhSachTepDinhKem: { DuongDan: '/1' } } },
      }),
    );
    expect(await resultPapers(clientFor(seen.url), { owner: '000000000000', procedure: '1' })).toMatchObject({
      value: [{ code: 'KQ.1', files: [{ path: '/1' }] }],
    });
    expect(seen.calls).toEqual(['POST /GetDanhSachKetQua']);
  });
});
