import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  addressProblem,
  configProblems,
  readConfig,
  readerOf,
  resyncClient,
  type Secrets,
  upstreamOf,
} from '../../connectors/index.ts';

const dvcqg = (more: object = {}) => ({
  kind: 'dvcqg',
  id: 'quoc-gia',
  baseUrl: 'https://cong.example.invalid/adapter/',
  username: 'tai-khoan-mau',
  password: { env: 'DUNGHEN_DVCQG' },
  madonvi: '000.00.99.H29',
  ...more,
});
const lgsp = (more: object = {}) => ({
  kind: 'lgsp',
  id: 'truc',
  baseUrl: 'https://truc.example.invalid',
  schemes: ['esb'],
  keys: { appName: 'mau', accessKey: { env: 'A' }, secretKey: { file: 'khoa.txt' }, partnerCode: '000.00.99.H29' },
  ...more,
});

const read = (...upstreams: object[]) => readConfig(JSON.stringify({ upstreams }, null, 1));
const lines = (...upstreams: object[]) => {
  const reading = read(...upstreams);
  return reading.ok ? [] : configProblems('dunghen.config.json', reading.problems);
};

describe('dunghen.config.json', () => {
  it('fills in what is safe to assume, and assumes nothing that the counterpart must confirm', () => {
    const reading = read(dvcqg(), lgsp(), {
      kind: 'opencps',
      id: 'mot-cua',
      baseUrl: 'http://127.0.0.1:80',
      groupId: '1',
    });
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    expect(reading.data.upstreams[0]).toMatchObject({
      capabilities: { list: 'none', resync: false, windowDays: 3 },
      paths: { login: 'mapi/login', integration: 'mapi/g' },
      falseZ: false,
      quota: 5,
    });
    expect(reading.data.upstreams[1]).toMatchObject({ paths: { list: 'bus/getListProfile' } });
    expect(upstreamOf(reading.data, 'truc')).toMatchObject({ ok: true, value: { kind: 'lgsp' } });
    const unknown = upstreamOf(reading.data, 'khac');
    expect(!unknown.ok && unknown.error.message).toContain('quoc-gia, truc, mot-cua');
  });

  it('names file, line and field', () => {
    const [line] = lines(dvcqg({ quota: 'năm' }));
    expect(line).toMatch(/^dunghen\.config\.json:\d+: upstreams\[0\]\.quota: phải là số$/);
    expect(lines(dvcqg({ mat_khau: 1 }))[0]).toContain('có trường lạ: mat_khau');
    expect(lines(dvcqg(), dvcqg())[0]).toContain('«quoc-gia» đã có ở trên');
    expect(lines(dvcqg({ kind: 'ftp' }))).toHaveLength(1);
  });

  it('takes no secret, only where it is, and does not repeat it in the complaint', () => {
    const [line = ''] = lines(dvcqg({ password: 'mat-khau-that-su' }));
    expect(line).toContain('upstreams[0].password: không ghi bí mật vào tệp này');
    expect(line).not.toContain('mat-khau-that-su');
    expect(lines(dvcqg({ password: { env: '1 2' } }))).toHaveLength(1);
    expect(lines(dvcqg({ password: undefined }))[0]).toContain('thiếu trường này');
  });

  it.each([
    ['http://cong.example.invalid/', 'phải là https://'],
    ['ftp://cong.example.invalid/', 'phải là https://'],
    ['http://127.0.0.1.example.invalid/', 'phải là https://'],
    ['https://ai:matkhau@cong.example.invalid/', 'không ghi tài khoản'],
    ['https://cong.example.invalid/?key=1', 'dấu ? hoặc #'],
    ['cong.example.invalid', 'không phải địa chỉ web'],
  ])('refuses the address %s', (baseUrl, words) => expect(addressProblem(baseUrl)).toContain(words));

  it.each(['https://cong.example.invalid/a/b', 'http://localhost:8080', 'http://127.0.0.1/x', 'http://[::1]:1'])(
    'takes the address %s',
    (baseUrl) => expect(addressProblem(baseUrl)).toBeNull(),
  );

  it('knows which header schemes can go together and what each needs', () => {
    const oauth2 = { clientId: 'may', clientSecret: { env: 'B' } };
    expect(lines(lgsp({ schemes: ['esb', 'oauth2'], oauth2 }))[0]).toContain('Authorization');
    expect(lines(lgsp({ schemes: ['oauth2', 'lgspaccesstoken'] }))[0]).toContain('oauth2: thiếu trường này');
    expect(lines(lgsp({ schemes: ['lgspaccesstoken'], keys: undefined }))[0]).toContain('keys: thiếu trường này');
    expect(lines(lgsp({ schemes: ['esb', 'esb'] }))[0]).toContain('hai lần');
    expect(lines(lgsp({ schemes: ['oauth2', 'lgspaccesstoken'], oauth2 }))).toEqual([]);
  });

  it('a path in the configuration cannot lead to another host', () => {
    const paths = { login: 'https://khac.example.invalid/', integration: 'mapi/g', share: 'mapi/g' };
    expect(lines(dvcqg({ paths }))[0]).toContain('paths.login');
    expect(lines(dvcqg({ paths: { ...paths, login: '//khac.example.invalid/x' } }))[0]).toContain('paths.login');
  });
});

describe('readers from configuration and secrets', () => {
  const around = (secrets: Secrets) => ({ secrets, period: { from: '2026-11-01', to: '2026-11-30' } });
  const known: Secrets = { read: async () => ({ ok: true, value: 'bi-mat-mau' }) };
  const remotes = (...upstreams: object[]) => {
    const reading = read(...upstreams);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    return reading.data.upstreams.filter((upstream) => upstream.kind !== 'file');
  };

  it('each system speaks for its side, in the way that the counterpart has confirmed', async () => {
    const all = remotes(lgsp(), dvcqg(), dvcqg({ id: 'co-danh-sach', capabilities: { list: 'full' } }), {
      kind: 'opencps',
      id: 'mot-cua',
      baseUrl: 'http://127.0.0.1:80',
      groupId: '1',
    });
    const made = await Promise.all(all.map((upstream) => readerOf(upstream, around(known))));
    expect(made.map((one) => one.ok && [one.value.side, one.value.mode])).toEqual([
      ['lgsp', 'list'],
      ['national', 'lookup'],
      ['national', 'list'],
      ['city', 'list'],
    ]);
  });

  it('a city that writes local time with a Z is read as its configuration says', async () => {
    const row = { dossierId: 7, dossierNo: 'H29.999-261105-0001', receiveDate: '2026-11-05T08:00:00.000Z' };
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ total: 1, data: [row] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receivedAt = async (falseZ: boolean) => {
      const city = { kind: 'opencps', id: 'mot-cua', baseUrl: `http://127.0.0.1:${port}`, groupId: '1', falseZ };
      const [upstream] = remotes(city);
      if (!upstream) throw new Error('no upstream');
      const made = await readerOf(upstream, around(known));
      if (!made.ok || !made.value.list) throw new Error('no list');
      const outcome = await made.value.list({ unit: '', day: '2026-11-05' }, new AbortController().signal);
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.value.records.map((record) => record.receivedAt);
    };
    try {
      expect(await receivedAt(false)).toEqual([Date.UTC(2026, 10, 5, 8) / 1000]);
      expect(await receivedAt(true)).toEqual([Date.UTC(2026, 10, 5, 1) / 1000]);
    } finally {
      server.close();
    }
  });

  it('a client that sends again is not made before the counterpart has confirmed it', async () => {
    const [off, on] = remotes(dvcqg(), dvcqg({ id: 'duoc-gui', capabilities: { resync: true } }));
    if (off?.kind !== 'dvcqg' || on?.kind !== 'dvcqg') throw new Error('not dvcqg');
    const refused = await resyncClient(off, around(known));
    expect(refused).toMatchObject({ ok: false, error: { kind: 'permission' } });
    expect(!refused.ok && refused.error.message).toContain('«quoc-gia» chưa được phép gửi lại');
    expect((await resyncClient(on, around(known))).ok).toBe(true);
  });

  it('a secret that cannot be read is told by field, before any call', async () => {
    const [upstream] = remotes(dvcqg());
    if (!upstream) throw new Error('no upstream');
    const lost: Secrets = { read: async () => ({ ok: false, message: 'biến DUNGHEN_DVCQG chưa đặt' }) };
    const answer = await readerOf(upstream, around(lost));
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: 'auth', message: 'quoc-gia: password: biến DUNGHEN_DVCQG chưa đặt' },
    });
    const empty = await readerOf(upstream, around({ read: async () => ({ ok: true, value: '' }) }));
    expect(!empty.ok && empty.error.message).toContain('để trống');
  });
});
