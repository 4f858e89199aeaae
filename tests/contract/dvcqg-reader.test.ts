import { describe, expect, it } from 'vitest';
import {
  agencies,
  DvcqgClient,
  type DvcqgReaderOptions,
  dvcqgReader,
  procedure,
  procedures,
  sectors,
} from '../../connectors/index.ts';
import { RefusedLogins } from '../../connectors/session.ts';
import { isoDayOf } from '../../connectors/wire.ts';
import type { FaultRule } from '../sandbox/faults.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import { makePopulation } from '../sandbox/population.ts';
import { SANDBOX_SECRETS } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { closeAfter, serve, skippingClock } from './local-server.ts';

const NOW = wall('2026-11-25T09:40');
const { signal } = new AbortController();

type Capabilities = DvcqgReaderOptions['capabilities'];
const LOOKUP: Capabilities = { list: 'none', windowDays: 3, unitInLookup: false };

const clientFor = (baseUrl: string) =>
  new DvcqgClient({
    baseUrl,
    ...SANDBOX_SECRETS.dvcqg,
    timeout: 10_000,
    totalTimeout: 20_000,
    retries: 1,
    memory: new RefusedLogins(),
    timers: skippingClock(),
  });

async function portal(capabilities: Capabilities, { faults = [] as FaultRule[], share = 0, falseZ = false } = {}) {
  const planted = plant(makePopulation({ seed: 'reader', now: NOW, count: 120 }), { share });
  const sandbox = await startUpstreams({ planted, faults });
  closeAfter(sandbox.close);
  const client = clientFor(sandbox.urls.dvcqg);
  const reader = dvcqgReader({
    client,
    capabilities,
    units: planted.units,
    period: planted.period,
    perSecond: 5,
    falseZ,
  });
  const lookup = (...codes: string[]) => reader.lookup?.(codes, signal) ?? Promise.reject(new Error('no lookup'));
  const list = (unit: string, day: string) =>
    reader.list?.({ unit, day }, signal) ?? Promise.reject(new Error('no list'));
  const number = (service: string) => sandbox.calls.filter((call) => call.service === service).length;
  return { planted, sandbox, client, reader, lookup, list, number };
}

/** A portal that answers every look-up with these rows. */
async function withRows(...rows: object[]) {
  const seen = await serve((_, response) =>
    response.end(JSON.stringify({ error_code: '0', session: 's', result: rows })),
  );
  const reader = dvcqgReader({ client: clientFor(seen.url), capabilities: LOOKUP, units: ['00029'] });
  return (code: string) => reader.lookup?.([code], signal);
}

function daysOf({ from, to }: { from: string; to: string }): string[] {
  const first = Date.parse(from) / 86_400_000;
  return Array.from({ length: Date.parse(to) / 86_400_000 - first + 1 }, (_, i) => isoDayOf((first + i) * 86_400));
}

describe('TraCuuHoSo, code by code', () => {
  it('gives every dossier of the book as one record, to the second, and nothing of a person', async () => {
    const { planted, lookup } = await portal(LOOKUP);
    for (const row of planted.national.slice(0, 40)) {
      const answer = await lookup(row.code);
      if (!answer.ok || !answer.value || 'reason' in answer.value) throw new Error(JSON.stringify(answer));
      expect(answer.value).toMatchObject({
        code: row.code,
        status: row.status,
        receivedAt: row.receivedAt,
        procedure: row.procedure.code,
        unit: row.unit.code,
        hasResult: row.hasResult,
      });
      expect([answer.value.dueAt, answer.value.finishedAt]).toEqual([row.dueAt, row.finishedAt]);
      const text = JSON.stringify(answer.value);
      for (const personal of [row.owner.name, row.owner.identity, row.owner.phone, row.owner.email])
        expect(text).not.toContain(personal);
    }
  });

  it.each<FaultRule['fault']>(['offset-0700', 'epoch', 'numbers-as-strings', 'one-as-object', 'nfd', 'error-code'])(
    '#6 #12 #18 the same record whatever the form: %s',
    async (fault) => {
      const plain = await portal(LOOKUP);
      const [row] = plain.planted.national;
      const bent = await portal(LOOKUP, { faults: [{ fault, service: 'TraCuuHoSo' }] });
      const code = row?.code ?? '';
      const answer = await bent.lookup(code);
      expect(answer).toMatchObject({ ok: true, value: { code } });
      expect(answer).toEqual(await plain.lookup(code));
    },
  );

  it('#12 a false Z is seven hours off unless the configuration knows of it', async () => {
    const faults: FaultRule[] = [{ fault: 'false-z', service: 'TraCuuHoSo' }];
    const told = await portal(LOOKUP, { faults, falseZ: true });
    const [row] = told.planted.national;
    expect(await told.lookup(row?.code ?? '')).toMatchObject({ ok: true, value: { receivedAt: row?.receivedAt } });
    const untold = await portal(LOOKUP, { faults });
    expect(await untold.lookup(row?.code ?? '')).toMatchObject({
      value: { receivedAt: (row?.receivedAt ?? 0) + 25_200 },
    });
  });

  it('#13 a dossier under two codes is found by either and tells both', async () => {
    for (const fault of ['second-code', 'slash-code'] as const) {
      const { planted, lookup } = await portal(LOOKUP, { faults: [{ fault, service: 'TraCuuHoSo' }] });
      const row = planted.national.find(({ otherCode }) => otherCode === '');
      const answer = await lookup('H29.999-000000-0000', row?.code ?? '');
      if (!answer.ok || !answer.value || 'reason' in answer.value) throw new Error(JSON.stringify(answer));
      expect(answer.value.code).not.toBe(row?.code);
      expect(answer.value.aliases).toEqual([row?.code]);
      if (fault === 'slash-code') expect(answer.value.code).toMatch(/\/$/);
    }
  });

  it('a code that the portal does not tell back becomes an alias; a code that only begins alike does not', async () => {
    const found = await withRows({ MaHoSo: 'H29.998-261125-0001', MaTrangThai: '4' });
    expect(await found('PX/0001')).toMatchObject({ value: { code: 'H29.998-261125-0001', aliases: ['PX/0001'] } });
    const longer = await withRows({ MaHoSo: 'H29.999-261125-00012' });
    expect(await longer('H29.999-261125-0001')).toEqual({ ok: true, value: null });
    const shared = await withRows({ MaHoSo: 'KHAC-1', MaHoSoKhac: 'A' }, { MaHoSo: 'a', MaTrangThai: '4' });
    expect(await shared('A')).toMatchObject({ value: { code: 'a', status: 4 } });
    const several = await withRows({ MaHoSo: 'KHAC-1' }, { MaHoSo: 'KHAC-2' });
    expect(await several('H29.999-261125-0001')).toEqual({ ok: true, value: null });
  });

  it('#21 a code without an answer leaves the dossier unknown, even when another code says "none"', async () => {
    const { planted, lookup } = await portal(LOOKUP, {
      faults: [{ fault: '500', service: 'TraCuuHoSo', when: { from: 2 } }],
    });
    const [row] = planted.national;
    expect(await lookup('H29.999-000000-0000')).toEqual({ ok: true, value: null });
    expect(await lookup('H29.999-000000-0000', row?.code ?? '')).toMatchObject({
      ok: false,
      error: { kind: 'upstream' },
    });
  });

  it('#11 a date that is empty is none; one that cannot be read is told by its field and not guessed', async () => {
    const none = await withRows({ MaHoSo: 'A', NgayTiepNhan: '25/11/2026 08:00:00', NgayHenTra: '' });
    expect(await none('A')).toEqual({
      ok: true,
      value: { code: 'A', at: 'TraCuuHoSo', receivedAt: Date.UTC(2026, 10, 25, 1) / 1000 },
    });
    const broken = await withRows({ MaHoSo: 'A', NgayHenTra: '32/13/2026 08:00:00' });
    expect(await broken('A')).toEqual({
      ok: true,
      value: { side: 'national', at: 'TraCuuHoSo', code: 'A', reason: 'NgayHenTra: không đọc được ngày' },
    });
  });

  it.each([
    [{ MaTrangThai: '9' }, 9],
    [{ MaTrangThai: 10 }, 10],
    [{ TrangThaiHoSo: '4' }, 4],
    [{ TrangThaiHoSo: 'Đang xử lý' }, 4],
    [{ TrangThaiHoSo: 'Không được tiếp nhận' }, 3],
    [{ MaTrangThai: '11' }, 0],
    [{ MaTrangThai: '' }, 0],
    [{ MaTrangThai: 0 }, 0],
    [{ TrangThaiHoSo: 'trạng thái không ai biết' }, 0],
    [{}, undefined],
  ])('#5 #30 status %j is %s', async (fields, status) => {
    const lookup = await withRows({ MaHoSo: 'A', ...fields });
    expect(((await lookup('A')) as { value: { status?: number } }).value.status).toBe(status);
  });

  it('#27 what the portal tells is not corrected: a 9 stays a 9 (its class is decided later)', async () => {
    const lookup = await withRows({ MaHoSo: 'A', MaTrangThai: '9', TrangThaiHoSo: 'Đã xử lý xong' });
    expect(await lookup('A')).toMatchObject({ value: { status: 9, statusText: 'Đã xử lý xong' } });
  });

  it('#17 a result paper is there or not; its address, new at every answer, is not kept', async () => {
    const paper = (t: number) => ({ GiayToId: '7', DuongDanTepTinKetQua: `http://10.0.0.9/tep/7.pdf?t=${t}` });
    const first = await (await withRows({ MaHoSo: 'A', DanhSachGiayToKetQua: paper(1) }))('A');
    const second = await (await withRows({ MaHoSo: 'A', DanhSachGiayToKetQua: [paper(2)] }))('A');
    expect(first).toEqual(second);
    expect(first).toMatchObject({ value: { hasResult: true } });
    for (const none of [[], '', null, [{}], [{ DuongDanTepTinKetQua: '' }]])
      expect(await (await withRows({ MaHoSo: 'A', DanhSachGiayToKetQua: none }))('A')).toMatchObject({
        value: { hasResult: false },
      });
  });

  it('#8 a unit code that came as a number is the unit of the configuration', async () => {
    expect(await (await withRows({ MaHoSo: 'A', MaDonViXuLy: 29 }))('A')).toMatchObject({ value: { unit: '00029' } });
  });

  it('#19 no name is read at all, so an upper-cased one makes no difference', async () => {
    const rows = (name: string) => withRows({ MaHoSo: 'A', HoTenNguoiNop: name, ChuHoSo: name });
    expect(await (await rows('Người Mẫu'))('A')).toEqual(await (await rows('NGƯỜI MẪU; HAI'))('A'));
  });
});

describe('DanhSachHoSo, by window, where the counterpart has confirmed it', () => {
  const LIST: Capabilities = { ...LOOKUP, list: 'full' };

  it('gives every dossier of the book on exactly one day, in windows of three days asked once', async () => {
    const { planted, list, number, reader } = await portal(LIST);
    const partitions = planted.units.flatMap((unit) => daysOf(planted.period).map((day) => ({ unit, day })));
    const codes: string[] = [];
    for (const { unit, day } of partitions) {
      const answer = await list(unit, day);
      if (!answer.ok) throw new Error(answer.error.message);
      for (const record of answer.value.records) {
        expect(isoDayOf(record.receivedAt ?? 0)).toBe(day);
        codes.push(record.code);
      }
    }
    expect(codes.sort()).toEqual(planted.national.map(({ code }) => code).sort());
    const windows = Math.ceil(daysOf(planted.period).length / 3) * planted.units.length;
    expect(number('DanhSachHoSo')).toBe(windows);
    expect(reader.estimate?.(partitions)).toEqual({ calls: windows, perSecond: 5 });
  });

  it('asks for the same windows whichever day is asked first, so that a resumed job reads the same', async () => {
    const forwards = await portal(LIST);
    const backwards = await portal(LIST);
    const [unit = ''] = forwards.planted.units;
    const days = daysOf(forwards.planted.period).slice(0, 9);
    const first = await Promise.all(days.map((day) => forwards.list(unit, day)));
    const second: unknown[] = [];
    for (const day of [...days].reverse()) second.unshift(await backwards.list(unit, day));
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
    expect(plain(first)).toEqual(plain(second));
    expect(new Set(forwards.sandbox.calls.map(({ about }) => about))).toEqual(
      new Set(backwards.sandbox.calls.map(({ about }) => about)),
    );
  });

  it('a window that failed is asked for again, and is not an empty day', async () => {
    const { planted, list } = await portal(LIST, {
      faults: [{ fault: 'refused-in-200', service: 'DanhSachHoSo', when: { nth: [1, 2] } }],
    });
    const row = planted.national[0];
    const day = isoDayOf(row?.receivedAt ?? 0);
    expect(await list(row?.unit.code ?? '', day)).toMatchObject({
      ok: false,
      error: { kind: 'upstream', call: 'DanhSachHoSo' },
    });
    const answer = await list(row?.unit.code ?? '', day);
    expect(answer.ok && answer.value.records.map(({ code }) => code)).toContain(row?.code);
  });

  it('a portal without the call says so, and no dossier becomes missing', async () => {
    const planted = plant(makePopulation({ seed: 'reader', now: NOW, count: 20 }), { share: 0 });
    const sandbox = await startUpstreams({ planted, dvcqg: { list: false } });
    closeAfter(sandbox.close);
    const reader = dvcqgReader({ client: clientFor(sandbox.urls.dvcqg), capabilities: LIST, units: [] });
    expect(await reader.list?.({ unit: 'H29.999', day: '2026-11-25' }, signal)).toMatchObject({
      ok: false,
      error: { kind: 'upstream' },
    });
  });

  it('asks for no list without a unit and a day', async () => {
    const { list, sandbox } = await portal(LIST);
    expect(await list('', '2026-11-25')).toMatchObject({ ok: false, error: { kind: 'schema' } });
    expect(await list('H29.999', '')).toMatchObject({ ok: false, error: { kind: 'schema' } });
    expect(sandbox.calls).toEqual([]);
  });

  it('rows that cannot be read are told, with the code where it is known', async () => {
    const seen = await serve((_, response) =>
      response.end(
        JSON.stringify({
          error_code: 0,
          session: 's',
          data: [
            { maHoSo: 'A', ngayNhanHoSo: 'hôm qua' },
            { hoTen: 'Người Mẫu' },
            { maHoSo: 'B', ngayNhanHoSo: '24/11/2026' },
          ],
        }),
      ),
    );
    const reader = dvcqgReader({
      client: clientFor(seen.url),
      capabilities: LIST,
      units: [],
      period: { from: '2026-11-23', to: '2026-11-25' },
    });
    expect(await reader.list?.({ unit: 'U', day: '2026-11-23' }, signal)).toEqual({
      ok: true,
      value: {
        records: [],
        unreadable: [
          { side: 'national', at: 'DanhSachHoSo', code: 'A', reason: 'NgayTiepNhan: không đọc được ngày' },
          { side: 'national', at: 'DanhSachHoSo', reason: 'không có mã hồ sơ' },
        ],
      },
    });
    expect(await reader.list?.({ unit: 'U', day: '2026-11-24' }, signal)).toMatchObject({
      value: { records: [{ code: 'B', dayOnly: ['receivedAt'] }] },
    });
  });

  it('a list of codes only is completed by looking each up', async () => {
    const { planted, list, number } = await portal({ ...LIST, list: 'codes' });
    const row = planted.national.find(({ hasResult }) => hasResult);
    const day = isoDayOf(row?.receivedAt ?? 0);
    const answer = await list(row?.unit.code ?? '', day);
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.value.records.find(({ code }) => code === row?.code)).toMatchObject({
      at: 'TraCuuHoSo',
      hasResult: true,
    });
    expect(number('TraCuuHoSo')).toBe(answer.value.records.length);
  });

  it('reads a list of 10 000 rows', async () => {
    const { planted, list } = await portal(LIST, { faults: [{ fault: 'big-page', service: 'DanhSachHoSo' }] });
    const row = planted.national[0];
    const answers = await Promise.all(
      daysOf(planted.period)
        .slice(0, 3)
        .map((day) => list(row?.unit.code ?? '', day)),
    );
    const total = answers.reduce((sum, answer) => sum + (answer.ok ? answer.value.records.length : Number.NaN), 0);
    expect(total).toBe(10_000);
  });
});

describe('catalogues', () => {
  it('procedures, agencies, fields, and the times of one procedure', async () => {
    const { client, planted } = await portal(LOOKUP);
    const all = await procedures(client);
    if (!all.ok) throw new Error(all.error.message);
    expect(new Set(all.value.map(({ code }) => code))).toEqual(
      new Set(planted.national.map((row) => row.procedure.code)),
    );
    expect(await agencies(client)).toMatchObject({
      ok: true,
      value: expect.arrayContaining([{ code: planted.units[0], name: expect.any(String) }]),
    });
    expect(await sectors(client)).toMatchObject({
      ok: true,
      value: expect.arrayContaining([{ code: expect.any(String), name: expect.any(String) }]),
    });
    const code = all.value[0]?.code ?? '';
    expect(await procedure(client, code)).toMatchObject({
      ok: true,
      value: { code, times: [{ channel: '1', value: '5', unit: 'Ngày làm việc' }, { channel: '2' }] },
    });
    expect(await procedure(client, '9.999999')).toEqual({ ok: true, value: null });
  });
});
