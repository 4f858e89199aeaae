import { afterEach, describe, expect, it } from 'vitest';
import { wall } from '../sandbox/naive-time.ts';
import { type BookRow, plant } from '../sandbox/planted.ts';
import { startSandbox } from '../sandbox/server.ts';
import {
  closeAll,
  first,
  type Json,
  json,
  NOW,
  password,
  portal,
  postJson,
  session,
  start,
  username,
} from '../sandbox/upstream-client.ts';
import { SANDBOX_SECRETS, type Upstreams } from '../sandbox/upstream-types.ts';
import { dateText } from '../sandbox/wire-shape.ts';

afterEach(closeAll);

const sync = (row: BookRow, more: Json = {}): Json => ({
  MaHoSo: row.code,
  MaTTHC: row.procedure.code,
  TenTTHC: row.procedure.name,
  MaLinhVuc: 'LV1',
  TenLinhVuc: row.procedure.sector,
  LoaiDoiTuong: '1',
  TrichYeuHoSo: 'Hồ sơ mẫu',
  NgayTiepNhan: dateText(row.receivedAt, 'compact'),
  NgayHenTra: dateText(row.dueAt, 'compact'),
  TrangThaiHoSo: String(row.status),
  HinhThuc: '0',
  DonViXuLy: row.unit.code,
  ...more,
});

const step = (code: string): Json => ({
  MaHoSo: code,
  NguoiXuLy: 'Cán bộ Mẫu 01',
  ThoiDiemXuLy: '20261120080000',
  NoiDungXuLy: 'Xử lý xong',
  TrangThai: '9',
});

describe('the national portal', () => {
  it('opens a session, and locks an account after five wrong passwords', async () => {
    const up = await start();
    const login = (word: string): Promise<Json> =>
      json(postJson(`${up.urls.dvcqg}/mapi/login`, { username, password: word }));
    expect(await login(password)).toMatchObject({ error_code: 0, session: expect.any(String) });
    for (let i = 0; i < 5; i += 1) expect(await login('sai')).toMatchObject({ error_code: -1 });
    expect(await login(password)).toEqual({ error_code: -1, message: 'Tài khoản đã bị khóa' });
    expect(up.calls.filter(({ service }) => service === 'login').map(({ number }) => number)).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
  });

  it('wants dstcode only when it is configured, and JSON always', async () => {
    const up = await start({ dvcqg: { dstcode: 'VN:MAU' } });
    expect(await session(up)).toBeUndefined();
    expect(await session(up, { dstcode: 'VN:MAU' })).toEqual(expect.any(String));
    const plain = await fetch(`${up.urls.dvcqg}/mapi/login`, { method: 'POST', body: '{}' });
    expect(plain.status).toBe(415);
  });

  it('looks a dossier up by its code, whatever its case, and tells an unknown one from a refusal', async () => {
    const { up, call } = await portal();
    const row = first(up.planted.national, ({ dueAt }) => dueAt !== undefined);
    const answer = await call('TraCuuHoSo', { mahoso: `${row.code.toLowerCase()} ` });
    expect(answer).toMatchObject({
      error_code: 0,
      result: [
        {
          MaHoSo: row.code,
          MaTTHC: row.procedure.code,
          MaTrangThai: String(row.status),
          MaDonViXuLy: row.unit.code,
          NgayTiepNhan: dateText(row.receivedAt, 'vi'),
          NgayHenTra: dateText(row.dueAt, 'vi'),
          NgayKetThucXuLy: dateText(row.finishedAt, 'vi'),
        },
      ],
    });
    expect(await call('TraCuuHoSo', { mahoso: 'H29.999-000000-0000' })).toMatchObject({ error_code: 0, result: [] });
    expect(await call('TraCuuHoSo')).toMatchObject({ error_code: -1 });
    expect(up.calls.at(-3)).toMatchObject({
      service: 'TraCuuHoSo',
      number: 1,
      about: `${row.code.toLowerCase()} `,
      status: 200,
    });
  });

  it('lists a window of at most three days of one unit', async () => {
    const { up, call } = await portal();
    const day = '2026-11-20';
    const wanted = up.planted.national.filter(
      (row) => row.unit.code === 'H29.999' && dateText(row.receivedAt, 'slash').startsWith('2026/11/20'),
    );
    expect(wanted.length).toBeGreaterThan(1);
    const window = { donViXuLy: 'H29.999', ngayNhan1: day, ngayNhan2: day };
    const { data } = (await call('DanhSachHoSo', window)) as { data: { maHoSo: string }[] };
    expect(data.map(({ maHoSo }) => maHoSo).sort()).toEqual(wanted.map(({ code }) => code).sort());
    expect(await call('DanhSachHoSo', { ...window, ngayNhan2: '2026-11-22' })).toMatchObject({ error_code: 0 });
    expect(await call('DanhSachHoSo', { ...window, ngayNhan2: '2026-11-23' })).toMatchObject({
      error_code: -1,
      message: 'Khoảng thời gian tra cứu tối đa 3 ngày',
    });
    expect(await call('DanhSachHoSo', { ...window, ngayNhan1: '20/11/2026' })).toMatchObject({ error_code: -1 });
    const { call: plain } = await portal({ dvcqg: { list: false } });
    expect(await plain('DanhSachHoSo', window)).toMatchObject({ error_code: -1 });
  });

  it('ends a session after so many calls, or on a foreign unit refuses', async () => {
    const { call } = await portal({ dvcqg: { sessionCalls: 2 } });
    expect(await call('LayDanhSachTTHC')).toMatchObject({ error_code: 0 });
    expect(await call('LayDanhSachTTHC', { madonvi: '000.00.98.H29' })).toMatchObject({ error_code: -1 });
    expect(await call('LayDanhSachTTHC')).toMatchObject({ error_code: '9' });
    expect(await call('LayDanhSachTTHC')).toMatchObject({ error_code: '9' });
    const { call: brief } = await portal({ dvcqg: { sessionMinutes: 0 } });
    expect(await brief('LayDanhSachTTHC')).toMatchObject({ error_code: '9' });
  });

  it('gives catalogues and papers', async () => {
    const { up, call } = await portal();
    const { procedure } = first(up.planted.national);
    const known = await call('LayDanhSachTTHC');
    expect(known.result).toContainEqual({ MATTHC: procedure.code, TENTTHC: procedure.name });
    expect(await call('LayThuTuc', { maTTHC: procedure.code })).toMatchObject({ result: [{ MATTHC: procedure.code }] });
    expect(await call('LayDanhMucCoQuan')).toMatchObject({ error_code: 0, result: [{ CAPDONVI: '3' }, {}] });
    expect((await call('LayDanhMucLinhVuc')).result).toContainEqual(
      expect.objectContaining({ TENLINHVUC: procedure.sector }),
    );
    expect(await call('LayTaiLieuHoSo', { duongdanteptin: '/ket-qua/1.pdf' })).toMatchObject({
      TepTinDinhKem: [{ DuongDan: '/ket-qua/1.pdf', Base64: expect.any(String) }],
    });
    expect(await call('LayGiDo')).toMatchObject({ error_code: -1 });
  });

  it('says "đã tồn tại" to a known dossier, and a repeated sync with isUpdating cures it', async () => {
    const { up, call } = await portal();
    const row = first(up.planted.national, ({ status }) => status === 4);
    const sent = sync(row, { TrangThaiHoSo: '10', NgayKetThucXuLy: '20261120100000', DanhSachGiayToKetQua: [{}] });
    expect(await call('DongBoHoSoMC', { isUpdating: 'False', data: [sent] })).toMatchObject({
      error_code: '3',
      message: expect.stringContaining('đã tồn tại'),
    });
    expect(row.status).toBe(4);
    expect(await call('DongBoHoSoMC', { isUpdating: 'True', data: [sent] })).toMatchObject({ error_code: '0' });
    const { result } = await call('TraCuuHoSo', { mahoso: row.code });
    expect(result).toMatchObject([
      { MaTrangThai: '10', NgayKetThucXuLy: '20/11/2026 10:00:00', DanhSachGiayToKetQua: [{}] },
    ]);
    expect(up.planted.national.filter(({ code }) => code === row.code)).toHaveLength(1);
    const fresh = { ...sent, MaHoSo: 'H29.999-261120-9999' };
    expect(await call('DongBoHoSoMC', { isUpdating: 'True', data: [fresh] })).toMatchObject({ error_code: '-1' });
    expect(await call('DongBoHoSoMC', { isUpdating: 'False', data: [fresh] })).toMatchObject({ error_code: '0' });
    expect((await call('TraCuuHoSo', { mahoso: 'H29.999-261120-9999' })).result).toHaveLength(1);
  });

  it.each<[string, Json, string]>([
    ['a number', { LoaiDoiTuong: 1 }, 'LoaiDoiTuong phải là chuỗi'],
    ['a missing field', { TrichYeuHoSo: ' ' }, 'TrichYeuHoSo'],
    ['a date of another form', { NgayHenTra: '2026-11-20 08:00:00' }, 'NgayHenTra không đúng'],
    ['a day that is none', { NgayTiepNhan: '20260231080000' }, 'NgayTiepNhan không đúng'],
    ['a status that is none', { TrangThaiHoSo: '11' }, 'TrangThaiHoSo'],
    ['a long note', { GhiChu: 'x'.repeat(2001) }, 'GhiChu quá 2000'],
  ])('refuses %s in a sync', async (_, wrong, words) => {
    const { up, call } = await portal();
    const data = [sync(first(up.planted.national), wrong)];
    const answer = await call('DongBoHoSoMC', { isUpdating: 'True', data });
    expect(answer).toMatchObject({ error_code: '-1', message: expect.stringContaining(words) });
  });

  it('refuses isUpdating as a boolean and data that is no list', async () => {
    const { up, call } = await portal();
    const data = [sync(first(up.planted.national))];
    expect(await call('DongBoHoSoMC', { isUpdating: true, data })).toMatchObject({ error_code: '-1' });
    expect(await call('DongBoHoSoMC', { isUpdating: 'True', data: data[0] })).toMatchObject({ error_code: '-1' });
  });

  it('takes ten steps in a call and no more, of dossiers that it knows', async () => {
    const { up, call } = await portal();
    const row = first(up.planted.national, ({ finishedAt }) => finishedAt === undefined);
    const steps = (count: number, code: string): Json => ({ data: Array.from({ length: count }, () => step(code)) });
    expect(await call('CapNhatTienDoHoSoMC', steps(11, row.code))).toMatchObject({ error_code: '-1' });
    expect(row.finishedAt).toBeUndefined();
    expect(await call('CapNhatTienDoHoSoMC', steps(10, row.code))).toMatchObject({ error_code: '0' });
    expect(row.finishedAt).toBe(wall('2026-11-20T08:00') * 60);
    expect(await call('CapNhatTienDoHoSoMC', steps(1, 'H29.999-000000-0000'))).toMatchObject({ error_code: '-1' });
  });
});

const KEYS = Buffer.from(JSON.stringify(SANDBOX_SECRETS.lgsp.keys)).toString('base64');
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the LGSP', () => {
  const enterprise = (up: Upstreams, headers: Record<string, string>, number = '0999999999'): Promise<Response> =>
    fetch(`${up.urls.lgsp}/TraCuuThongTinDoanhNghiep?MaSoDoanhNghiep=${number}`, { headers });
  const { clientId, clientSecret, busUser, busPassword } = SANDBOX_SECRETS.lgsp;
  const form = `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`;
  const token = (up: Upstreams, headers: Record<string, string> = {}): Promise<Json> =>
    json(fetch(`${up.urls.lgsp}/token`, { method: 'POST', headers: { ...FORM, ...headers }, body: form }));

  it('takes the keys bare in Authorization, and answers in its envelope', async () => {
    const up = await start();
    expect((await enterprise(up, {})).status).toBe(401);
    expect((await enterprise(up, { authorization: `Bearer ${KEYS}` })).status).toBe(401);
    const answer = await json(enterprise(up, { authorization: KEYS }));
    expect(answer).toMatchObject({
      StatusCode: 200,
      Status: 'SUCCESS',
      ResultObject: { MaSoDoanhNghiep: '0999999999' },
    });
    expect(await json(enterprise(up, { authorization: KEYS }, '0999999998'))).toMatchObject({ ResultObject: null });
    expect(await json(enterprise(up, { authorization: KEYS }, 'x'))).toMatchObject({
      StatusCode: 400,
      Status: 'ERROR',
    });
  });

  it('gives a token, and wants the keys beside it where both are configured', async () => {
    const up = await start({ lgsp: { schemes: ['lgspaccesstoken', 'bearer'] } });
    expect(await token(up)).toMatchObject({ error: 'invalid_client' });
    const granted = await token(up, { lgspaccesstoken: KEYS });
    expect(granted).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const authorization = `Bearer ${granted.access_token}`;
    expect((await enterprise(up, { authorization })).status).toBe(401);
    expect((await enterprise(up, { lgspaccesstoken: KEYS })).status).toBe(401);
    expect((await enterprise(up, { authorization, lgspaccesstoken: KEYS })).status).toBe(200);
    await expect(start({ lgsp: { schemes: ['bare', 'bearer'] } })).rejects.toThrow('Authorization');
  });

  it('takes client credentials as Basic, and only as a form', async () => {
    const up = await start({ lgsp: { schemes: ['bearer'], tokenLife: 0 } });
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const ask = (headers: Record<string, string>, body: string): Promise<Response> =>
      fetch(`${up.urls.lgsp}/token`, { method: 'POST', headers, body });
    const granted = await json(ask({ ...FORM, authorization: basic }, 'grant_type=client_credentials'));
    expect(granted.access_token).toEqual(expect.any(String));
    expect((await enterprise(up, { authorization: `Bearer ${granted.access_token}` })).status).toBe(401);
    expect((await ask({ 'content-type': 'application/json' }, '{}')).status).toBe(415);
    expect((await ask(FORM, form.replace(clientSecret, 'sai'))).status).toBe(401);
    expect((await ask(FORM, 'grant_type=password')).status).toBe(400);
  });

  it('lists what waits on the bus, tells one message, and drops it when it is acknowledged', async () => {
    const up = await start();
    const basic = `Basic ${Buffer.from(`${busUser}:${busPassword}`).toString('base64')}`;
    const bus = `${up.urls.lgsp}/bus`;
    expect((await fetch(`${bus}/getListProfile?unit_code=H29.999`)).status).toBe(401);
    expect((await fetch(`${bus}/getToken`, { method: 'POST', headers: FORM })).status).toBe(401);
    const granted = await json(
      fetch(`${bus}/getToken`, { method: 'POST', headers: { ...FORM, authorization: basic } }),
    );
    const headers = { authorization: `Bearer ${granted.access_token}` };
    const list = async (): Promise<{ profileId: string; createTime: string }[]> =>
      (await json(fetch(`${bus}/getListProfile?unit_code=H29.999`, { headers }))).profileReceivers as never;
    const waiting = await list();
    expect(waiting).toHaveLength(up.planted.lgsp.filter(({ unit }) => unit.code === 'H29.999').length);
    const [{ profileId = '', createTime = '' } = {}] = waiting;
    const { profileOutmodel } = await json(fetch(`${bus}/getProfile?profile_id=${profileId}`, { headers }));
    const row = first(up.planted.lgsp, ({ code }) => code === (profileOutmodel as Json).source_id);
    expect(profileOutmodel).toMatchObject({
      procedures_code: row.procedure.code,
      profiles_status: String(row.status),
      accept_date: createTime,
      appointment_date: dateText(row.dueAt, 'slash'),
      end_date: dateText(row.finishedAt, 'slash'),
      ref_code: row.otherCode,
      profileAttachments: row.hasResult ? [{ description: 'KETQUA' }] : [],
    });
    const acknowledge = (status: string): Promise<Json> =>
      json(fetch(`${bus}/updateStatus?profile_id=${profileId}&status=${status}`, { method: 'POST', headers }));
    expect(await acknowledge('maybe')).toMatchObject({ status: 'fail' });
    expect(await acknowledge('fail')).toMatchObject({ status: 'success' });
    expect(await list()).toHaveLength(waiting.length);
    expect(await acknowledge('done')).toMatchObject({ status: 'success' });
    expect((await list()).map((one) => one.profileId)).not.toContain(profileId);
    expect(await json(fetch(`${bus}/getListProfile`, { headers }))).toMatchObject({ status: 'fail' });
    expect(await json(fetch(`${bus}/getProfile?profile_id=BT0`, { headers }))).toMatchObject({ status: 'fail' });
  });

  it('takes documents and traces, with all that is mandatory', async () => {
    const up = await start();
    const row = first(up.planted.lgsp, ({ status }) => status === 4);
    const moment = `${dateText(row.receivedAt, 'slash').replaceAll('/', '-').replace(' ', 'T')}.000Z`;
    const document: Json = {
      DocTypeCode: row.procedure.code,
      DocTypeName: row.procedure.name,
      DocCode: row.code,
      CitizenName: row.owner.name,
      ApplicantsId: row.owner.identity,
      Phone: row.owner.phone,
      DateReceived: moment,
      DateAppointed: moment,
      SuccessDate: moment,
      FinishedDate: moment,
      IsReturned: 'true',
      ReturnedDate: moment,
      ProcessingOrganName: row.unit.name,
      OrganInchargeIdLevel1: row.unit.code,
      OrganInchargeName: row.unit.name,
    };
    const post = (path: string, body: unknown): Promise<Json> =>
      json(postJson(`${up.urls.lgsp}/Document/${path}`, body, { authorization: KEYS }));
    expect(await post('SyncDocument', { ...document, Phone: '' })).toMatchObject({ Status: 'ERROR' });
    expect(await post('SyncDocument', { ...document, DateReceived: '20/11/2026' })).toMatchObject({ Status: 'ERROR' });
    expect(await post('SyncDocument', document)).toMatchObject({ Status: 'SUCCESS' });
    const [after, ...others] = up.planted.lgsp.filter(({ code }) => code === row.code);
    expect(others).toEqual([]);
    // The Z is not true: the moment is what the clock on the wall said.
    expect(after).toMatchObject({ status: 10, receivedAt: row.receivedAt, finishedAt: row.receivedAt });
    const trace = {
      DocCode: row.code,
      UserName: 'mau',
      DateCreated: moment,
      Comment: 'x',
      OrganizationInchargeName: 'x',
    };
    expect(await post('UpdateDocumentTraces', trace)).toMatchObject({ Status: 'SUCCESS' });
    expect(await post('UpdateDocumentTraces', { ...trace, DocCode: 'H29.999-0' })).toMatchObject({ Status: 'ERROR' });
    expect(await post('UpdateDocumentTraces', { ...trace, Comment: '' })).toMatchObject({ Status: 'ERROR' });
  });

  it('keeps results by owner and procedure', async () => {
    const up = await start();
    const row = first(up.planted.lgsp, ({ hasResult }) => hasResult);
    const ask = (body: Json): Promise<Json> =>
      json(postJson(`${up.urls.lgsp}/GetDanhSachKetQua`, body, { authorization: KEYS }));
    const found = await ask({ SoDinhDanhChuSoHuu: row.owner.identity, MaThuTuc: row.procedure.code });
    expect(found).toMatchObject({
      errorCode: '0',
      result: { DanhSachGiayToKetQua: [{ CoQuanChuQuan: row.unit.code }] },
    });
    expect(await ask({ MaThuTuc: row.procedure.code })).toMatchObject({ errorCode: '1' });
    const file = await fetch(`${up.urls.lgsp}/TaiTepKetQua?CoQuanChuQuan=x&DuongDan=/1.pdf`, {
      headers: { authorization: KEYS },
    });
    expect(file.headers.get('content-type')).toBe('application/pdf');
  });
});

describe('the search of the city', () => {
  const groupId = SANDBOX_SECRETS.citysearch.groupId;
  const ask = (up: Upstreams, path: string, headers: Record<string, string> = { groupId }): Promise<Response> =>
    fetch(`${up.urls.citysearch}/o/rest/v2/dossiers${path}`, { headers });

  it('filters by unit and days, page by page, and drops dates of another form silently', async () => {
    const up = await start();
    const rows = up.planted.city.filter(
      (row) => row.unit.code === 'H29.999' && dateText(row.receivedAt, 'slash').startsWith('2026/11/2'),
    );
    const seen: unknown[] = [];
    const filter = 'agency=H29.999&fromReceiveDate=20/11/2026&toReceiveDate=25/11/2026';
    for (let from = 0; from < rows.length; from += 7) {
      const { total, data } = await json(ask(up, `?${filter}&start=${from}&end=${from + 7}`));
      expect(total).toBe(rows.length);
      seen.push(...(data as Json[]).map(({ dossierNo }) => dossierNo));
    }
    expect(seen).toEqual(rows.map(({ code }) => code));
    const iso = await json(ask(up, '?fromReceiveDate=2026-11-20&toReceiveDate=2026-11-20&start=0&end=1'));
    expect(iso.total).toBe(up.planted.city.length);
    expect((await json(ask(up, '?status=done,releasing'))).data).toHaveLength(10);
  });

  it('tells a dossier by code, with slashes too, and its files', async () => {
    const kinds = ['slashes', 'trailing-slash', 'city-twice'];
    const planted = plant({ seed: 'may-chu', now: NOW, count: 400 }, { share: 0.5, kinds });
    const up = await start({ planted });
    for (const row of planted.city.filter(({ code }) => code.includes('/')).slice(0, 20)) {
      const detail = await json(ask(up, `/${encodeURIComponent(row.code)}`));
      expect(detail).toMatchObject({ dossierNo: row.code, receiveDate: dateText(row.receivedAt, 'vi') });
      const { data } = await json(ask(up, `/${detail.dossierId}/files`));
      expect((data as Json[]).some(({ dossierPartType }) => dossierPartType === 2)).toBe(row.hasResult);
    }
    const { total, data } = await json(ask(up, '?start=0&end=10000'));
    expect(new Set((data as Json[]).map(({ dossierId }) => dossierId)).size).toBe(total);
    expect((await ask(up, '/khong-co')).status).toBe(404);
  });

  it('answers 403 without a site and 203 without an account', async () => {
    const up = await start({ citysearch: { username: 'mau', password: 'mau' } });
    const authorization = `Basic ${Buffer.from('mau:mau').toString('base64')}`;
    expect((await ask(up, '', { authorization })).status).toBe(403);
    expect((await ask(up, '')).status).toBe(203);
    expect((await ask(up, '', { authorization, groupId })).status).toBe(200);
  });
});

it('the whole sandbox starts them over its own city, with differences', { timeout: 120_000 }, async () => {
  const sandbox = await startSandbox({ seed: 'may-chu', now: NOW, count: 120 });
  try {
    const { upstreams, population, urls } = sandbox;
    expect(upstreams.planted.expected.size).toBeGreaterThan(20);
    const known = new Set(population.dossiers.map(({ code }) => code));
    const groupId = SANDBOX_SECRETS.citysearch.groupId;
    const { data } = await json(
      fetch(`${urls.citysearch}/o/rest/v2/dossiers?start=0&end=500`, { headers: { groupId } }),
    );
    const codes = (data as Json[]).map(({ dossierNo }) => String(dossierNo));
    expect(codes.filter((code) => known.has(code)).length).toBeGreaterThan(80);
    expect(await session(upstreams)).toEqual(expect.any(String));
    expect((await fetch(`${urls.lgsp}/TraCuuThongTinDoanhNghiep`)).status).toBe(401);
  } finally {
    await sandbox.close();
  }
});
