import { afterEach, describe, expect, it } from 'vitest';
import { FaultBox, type FaultRule } from '../sandbox/faults.ts';
import type { BookRow } from '../sandbox/planted.ts';
import { closeAll, first, json, madonvi, portal, postJson, session, start } from '../sandbox/upstream-client.ts';
import { SANDBOX_SECRETS, type Upstreams } from '../sandbox/upstream-types.ts';
import { dateText } from '../sandbox/wire-shape.ts';

afterEach(closeAll);

describe('faults', () => {
  const on = (fault: FaultRule['fault'], more: Partial<FaultRule> = {}): FaultRule => ({
    fault,
    upstream: 'dvcqg',
    service: 'DanhSachHoSo',
    ...more,
  });
  const WINDOW = { donViXuLy: 'H29.999', ngayNhan1: '2026-11-20', ngayNhan2: '2026-11-20' };

  it.each<[FaultRule['fault'], number]>([
    ['401', 401],
    ['403', 403],
    ['429', 429],
    ['500', 500],
    ['502-html', 502],
    ['203', 203],
    ['204', 204],
  ])('%s', async (fault, status) => {
    const { up, raw } = await portal({ faults: [on(fault, { when: { nth: 2 } })] });
    expect((await raw('DanhSachHoSo', WINDOW)).status).toBe(200);
    const response = await raw('DanhSachHoSo', WINDOW);
    expect(response.status).toBe(status);
    const text = await response.text();
    if (fault === '502-html') expect(text).toContain('<html>');
    if (fault === '204') expect(text).toBe('');
    expect((await raw('DanhSachHoSo', WINDOW)).status).toBe(200);
    expect(up.calls.map((call) => [call.service, call.number, call.status, call.faults])).toEqual([
      ['login', 1, 200, []],
      ['DanhSachHoSo', 1, 200, []],
      ['DanhSachHoSo', 2, status, [fault]],
      ['DanhSachHoSo', 3, 200, []],
    ]);
  });

  it('429 with Retry-After or without', async () => {
    const { raw } = await portal({
      faults: [on('429', { when: { nth: 1 }, retryAfter: 7 }), on('429', { when: { nth: 2 } })],
    });
    expect((await raw('DanhSachHoSo', WINDOW)).headers.get('retry-after')).toBe('7');
    expect((await raw('DanhSachHoSo', WINDOW)).headers.get('retry-after')).toBeNull();
  });

  it('a hang answers nothing, a reset closes the connection, a delay answers after all', async () => {
    const { up, raw, held } = await portal({
      faults: [
        on('hang', { when: { nth: 1 } }),
        on('reset', { when: { nth: 2 } }),
        on('delay', { when: { nth: 3 }, ms: 30 }),
      ],
    });
    const body = JSON.stringify({ session: held, madonvi, service: 'DanhSachHoSo', ...WINDOW });
    const headers = { 'content-type': 'application/json' };
    const hanging = fetch(`${up.urls.dvcqg}/mapi/g`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(150),
    });
    await expect(hanging).rejects.toThrow();
    await expect(raw('DanhSachHoSo', WINDOW)).rejects.toThrow();
    expect((await raw('DanhSachHoSo', WINDOW)).status).toBe(200);
    expect(up.calls.slice(1).map(({ status }) => status)).toEqual([0, 0, 200]);
  });

  it('truncated JSON', async () => {
    const { raw } = await portal({ faults: [on('truncated')] });
    const text = await (await raw('DanhSachHoSo', WINDOW)).text();
    expect(text.startsWith('{"error_code":0')).toBe(true);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('a session that ends at one call stays ended', async () => {
    const { up, call } = await portal({ faults: [on('session-expired', { when: { nth: 2 } })] });
    expect(await call('DanhSachHoSo', WINDOW)).toMatchObject({ error_code: 0 });
    for (let i = 0; i < 2; i += 1) expect(await call('DanhSachHoSo', WINDOW)).toMatchObject({ error_code: '9' });
    const again = { session: await session(up), madonvi, service: 'DanhSachHoSo', ...WINDOW };
    expect(await json(postJson(`${up.urls.dvcqg}/mapi/g`, again))).toMatchObject({ error_code: 0 });
  });

  it('a refusal and a duplicate inside HTTP 200', async () => {
    const { raw, call } = await portal({
      faults: [on('refused-in-200', { when: { nth: 1 } }), on('duplicate', { code: '-3' })],
    });
    const response = await raw('DanhSachHoSo', WINDOW);
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({ error_code: '-99' });
    expect(await call('DanhSachHoSo', WINDOW)).toEqual({ error_code: '-3', message: 'Hồ sơ đã tồn tại' });
  });

  it.each([0, '0', '00'])('error_code %j', async (code) => {
    const { call } = await portal({ faults: [on('error-code', { code })] });
    expect((await call('DanhSachHoSo', WINDOW)).error_code).toBe(code);
  });

  it('one item as an object, numbers as strings, NFD', async () => {
    const faults: FaultRule[] = [{ fault: 'one-as-object' }, { fault: 'numbers-as-strings' }, { fault: 'nfd' }];
    const { up, call } = await portal({ faults });
    const row = first(up.planted.national);
    const { error_code, result } = await call('TraCuuHoSo', { mahoso: row.code });
    expect(error_code).toBe('0');
    const { DonViXuLy } = result as { DonViXuLy: string };
    expect(DonViXuLy).not.toBe(row.unit.name);
    expect(DonViXuLy.normalize('NFC')).toBe(row.unit.name);
  });

  it.each<[FaultRule['fault'], (row: BookRow) => string]>([
    ['false-z', (row) => `${dateText(row.receivedAt, 'slash').replaceAll('/', '-').replace(' ', 'T')}.000Z`],
    ['offset-0700', (row) => `${dateText(row.receivedAt, 'slash').replaceAll('/', '-').replace(' ', 'T')}.000+0700`],
    ['epoch', (row) => String(row.receivedAt * 1000)],
  ])('dates as %s', async (fault, text) => {
    const { up, call } = await portal({ faults: [{ fault }] });
    const row = first(up.planted.national);
    expect((await call('TraCuuHoSo', { mahoso: row.code })).result).toMatchObject([{ NgayTiepNhan: text(row) }]);
  });

  it.each<[FaultRule['fault'], RegExp]>([
    ['second-code', /^H29\.996-/],
    ['slash-code', /^PX\.96\/.+\/$/],
  ])('%s', async (fault, form) => {
    const { up, call } = await portal({ faults: [{ fault }] });
    const row = first(up.planted.national, ({ otherCode }) => otherCode === '');
    const { result } = await call('TraCuuHoSo', { mahoso: row.code });
    expect(result).toMatchObject([{ MaHoSo: expect.stringMatching(form), MaHoSoKhac: row.code }]);
  });

  it('a list of 10 000, and a page that is bigger than asked for', async () => {
    const { up, call } = await portal({
      faults: [
        { fault: 'big-page', upstream: 'dvcqg' },
        { fault: 'big-page', upstream: 'citysearch', rows: 50 },
      ],
    });
    const { data } = (await call('DanhSachHoSo', WINDOW)) as { data: { maHoSo: string }[] };
    expect(new Set(data.map(({ maHoSo }) => maHoSo)).size).toBe(10_000);
    const headers = { groupId: SANDBOX_SECRETS.citysearch.groupId };
    const page = await json(fetch(`${up.urls.citysearch}/o/rest/v2/dossiers?start=0&end=5`, { headers }));
    expect(page.data).toHaveLength(50);
    expect(page.total).toBe(400);
  });

  it('meets calls by number, in turn, in a range, by chance and so many times', () => {
    const met = (when: FaultRule['when'], more: Partial<FaultRule> = {}): number[] => {
      const box = new FaultBox([{ fault: '500', service: 'x', when, ...more }], 'hat-giong');
      return Array.from({ length: 200 }, () => box.next('dvcqg', 'x')).flatMap(({ number, faults }) =>
        faults.length ? [number] : [],
      );
    };
    expect(met({ nth: [3, 5] })).toEqual([3, 5]);
    expect(met({ every: 50 })).toEqual([50, 100, 150, 200]);
    expect(met({ from: 198 })).toEqual([198, 199, 200]);
    expect(met({ from: 2, to: 3 })).toEqual([2, 3]);
    expect(met(undefined, { times: 2 })).toEqual([1, 2]);
    const chance = met({ chance: 0.2 });
    expect(chance).toEqual(met({ chance: 0.2 }));
    expect(chance.length).toBeGreaterThan(15);
    expect(chance.length).toBeLessThan(75);
    const box = new FaultBox([{ fault: '500', upstream: 'lgsp' }]);
    expect(box.next('dvcqg', 'x').faults).toEqual([]);
    expect(box.next('lgsp', 'x').faults).toHaveLength(1);
  });

  it('are refused when they are not well formed', () => {
    const bad =
      (rule: unknown): (() => FaultBox) =>
      () =>
        new FaultBox([rule as FaultRule]);
    expect(bad({ fault: 'no-such' })).toThrow();
    expect(bad({ fault: '500', sevice: 'x' })).toThrow();
    expect(bad({ fault: '500', when: { nth: 0 } })).toThrow();
    expect(bad({ fault: '500', when: { chance: 2 } })).toThrow();
  });

  it('can be changed while the server runs', async () => {
    const { up, raw } = await portal();
    up.setFaults([on('500')]);
    expect((await raw('DanhSachHoSo', WINDOW)).status).toBe(500);
    up.setFaults([]);
    expect((await raw('DanhSachHoSo', WINDOW)).status).toBe(200);
  });
});

describe('quotas', () => {
  const status = async (up: Upstreams): Promise<number> => (await postJson(`${up.urls.dvcqg}/mapi/g`, {})).status;

  it('refuse what is too much in a minute, with the wait', async () => {
    const up = await start({ quota: { dvcqg: { perMinute: 3, retryAfter: 60 } } });
    expect([await status(up), await status(up), await status(up), await status(up)]).toEqual([200, 200, 200, 429]);
    const refused = await postJson(`${up.urls.dvcqg}/mapi/g`, {});
    expect(refused.headers.get('retry-after')).toBe('60');
    // Another system has its own.
    expect((await fetch(`${up.urls.lgsp}/token`, { method: 'POST' })).status).toBe(415);
    expect(up.calls.filter((call) => call.status === 429)).toHaveLength(2);
  });

  it('refuse a burst above a second’s worth, and change while the server runs', async () => {
    const up = await start({ quota: { dvcqg: { perSecond: 1 } } });
    const burst = await Promise.all([1, 2, 3, 4, 5, 6].map(() => status(up)));
    expect(burst.filter((one) => one === 429).length).toBeGreaterThan(2);
    up.setQuota('dvcqg', { perSecond: 1000 });
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(() => status(up)))).toEqual([200, 200, 200, 200, 200, 200]);
  });
});
