import { describe, expect, it } from 'vitest';
import {
  DvcqgClient,
  dvcqgReader,
  type JournalEntry,
  planResync,
  type ResyncItem,
  type ResyncJournal,
  runResync,
} from '../../connectors/index.ts';
import { RefusedLogins } from '../../connectors/session.ts';
import { compactMoment } from '../../connectors/wire.ts';
import type { FaultRule } from '../sandbox/faults.ts';
import { wall } from '../sandbox/naive-time.ts';
import { plant } from '../sandbox/planted.ts';
import type { BookRow } from '../sandbox/planted-types.ts';
import { makePopulation } from '../sandbox/population.ts';
import { SANDBOX_SECRETS } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { closeAfter, skippingClock } from './local-server.ts';

const NOW = wall('2026-11-25T09:40');

class Journal implements ResyncJournal {
  readonly lines: JournalEntry[] = [];
  async append(entry: JournalEntry) {
    this.lines.push(entry);
  }
  async done(code: string, digest: string) {
    return this.lines.some(
      (line) => line.code === code && line.digest === digest && ['created', 'updated'].includes(line.outcome),
    );
  }
}

/** What a city system would send of a row, with `steps` steps. */
function item(row: BookRow, steps = 2): ResyncItem {
  const status = String(row.status);
  return {
    dossier: {
      MaHoSo: row.code,
      MaTTHC: row.procedure.code,
      TenTTHC: row.procedure.name,
      MaLinhVuc: 'LV99',
      TenLinhVuc: row.procedure.sector,
      ChuHoSo: row.owner.name,
      SoGiayToChuHoSo: row.owner.identity,
      LoaiDoiTuong: '1',
      SoDienThoai: row.owner.phone,
      TrichYeuHoSo: 'Hồ sơ mẫu',
      NgayTiepNhan: compactMoment(row.receivedAt),
      NgayHenTra: compactMoment(row.dueAt),
      NgayKetThucXuLy: compactMoment(row.finishedAt),
      TrangThaiHoSo: status,
      HinhThuc: '0',
      DonViXuLy: row.unit.name,
      TaiLieuNop: [],
      DanhSachLePhi: [],
      DanhSachTepDinhKemKhac: [],
      DanhSachHoSoBoSung: [],
      DanhSachGiayToKetQua: row.hasResult
        ? [{ TenGiayTo: 'Kết quả', DuongDanTepTinKetQua: 'https://tep.example.invalid/1' }]
        : [],
    },
    progress: Array.from({ length: steps }, (_, i) => ({
      MaHoSo: row.code,
      NguoiXuLy: 'Cán bộ mẫu',
      ThoiDiemXuLy: compactMoment(row.receivedAt + i * 60),
      NoiDungXuLy: 'Bước mẫu',
      TrangThai: '4',
    })),
  };
}

async function setUp(faults: FaultRule[] = []) {
  const planted = plant(makePopulation({ seed: 'resync', now: NOW, count: 60 }), { share: 0 });
  const missing = planted.city.slice(0, 6);
  const differing = planted.city.slice(6, 9);
  const codes = (rows: BookRow[]) => rows.map(({ code }) => code);
  planted.national = planted.national.filter(({ code }) => !codes(missing).includes(code));
  for (const row of planted.national) if (codes(differing).includes(row.code)) row.status = row.status === 4 ? 2 : 4;
  const sandbox = await startUpstreams({ planted, faults });
  closeAfter(sandbox.close);
  const client = new DvcqgClient({
    baseUrl: sandbox.urls.dvcqg,
    ...SANDBOX_SECRETS.dvcqg,
    timeout: 10_000,
    totalTimeout: 20_000,
    memory: new RefusedLogins(),
    timers: skippingClock(),
  });
  const journal = new Journal();
  const send = async (items: ResyncItem[], more: Partial<Parameters<typeof runResync>[0]> = {}) => {
    const plan = await planResync(client, items);
    if (!plan.ok) throw new Error(plan.error.message);
    const report = await runResync({
      client,
      plan: plan.value,
      confirmation: plan.value.confirmation,
      journal,
      ...more,
    });
    if (!report.ok) throw new Error(report.error.message);
    return report.value;
  };
  const services = () => sandbox.calls.map(({ service }) => service).filter((service) => service !== 'login');
  return {
    planted,
    sandbox,
    client,
    journal,
    send,
    services,
    missing,
    differing,
  };
}

const first = (rows: BookRow[]): BookRow => {
  const [row] = rows;
  if (!row) throw new Error('nothing planted');
  return row;
};

describe('dry run', () => {
  it('shows the exact JSON, makes no call, and has a word of its own', async () => {
    const { client, sandbox, missing } = await setUp();
    const one = item(first(missing), 23);
    const plan = await planResync(client, [one]);
    if (!plan.ok) throw new Error(plan.error.message);
    const [planned] = plan.value.dossiers;
    expect(planned?.dossier).toEqual({
      service: 'DongBoHoSoMC',
      body: {
        session: '(lấy khi gửi)',
        madonvi: SANDBOX_SECRETS.dvcqg.madonvi,
        service: 'DongBoHoSoMC',
        isUpdating: 'False',
        data: [one.dossier],
      },
    });
    expect(planned?.progress.map(({ body }) => (body.data as unknown[]).length)).toEqual([10, 10, 3]);
    expect(plan.value.calls).toBe(4);
    expect(sandbox.calls).toEqual([]);
    const other = await planResync(client, [{ ...one, dossier: { ...one.dossier, TrangThaiHoSo: '5' } }]);
    expect(other.ok && other.value.confirmation).not.toBe(plan.value.confirmation);
  });

  it.each([
    ['a number where text belongs', { TrangThaiHoSo: 4 }, 'dossier.TrangThaiHoSo thiếu, hoặc không phải là chữ'],
    ['a field nobody knows', { HoTen: 'Người Mẫu' }, 'có trường lạ: HoTen'],
    ['another form of date', { NgayHenTra: '25/11/2026' }, 'dossier.NgayHenTra phải là yyyyMMddHHmmss'],
    ['no reception date', { NgayTiepNhan: '' }, 'dossier.NgayTiepNhan phải là yyyyMMddHHmmss'],
    ['#30 a status in no table', { TrangThaiHoSo: '11' }, 'dossier.TrangThaiHoSo phải là trạng thái 1 đến 10'],
    ['#16 a note that would fail on the way', { GhiChu: 'x'.repeat(2001) }, 'dossier.GhiChu dài quá 2000 ký tự'],
    [
      '#16 a text that would be cut on one side',
      { TrichYeuHoSo: 'x'.repeat(1001) },
      'dossier.TrichYeuHoSo dài quá 1000',
    ],
    ['no code', { MaHoSo: '' }, 'dossier.MaHoSo không được để trống'],
  ])('refuses %s, naming the field and no value', async (_, change, words) => {
    const { client, missing } = await setUp();
    const one = item(first(missing), 0);
    const plan = await planResync(client, [{ ...one, dossier: { ...one.dossier, ...change } as never }]);
    expect(plan).toMatchObject({ ok: false, error: { kind: 'schema' } });
    expect(!plan.ok && plan.error.message).toContain(words);
    expect(JSON.stringify(plan)).not.toContain('Người Mẫu');
  });

  it('refuses steps of another dossier, and one dossier twice', async () => {
    const { client, missing, differing } = await setUp();
    const [one, two] = [item(first(missing)), item(first(differing))];
    expect(await planResync(client, [{ ...one, progress: two.progress }])).toMatchObject({ ok: false });
    expect(await planResync(client, [one, one])).toMatchObject({ ok: false });
  });

  it('sends nothing without the word of this very plan', async () => {
    const { client, sandbox, missing, journal } = await setUp();
    const plan = await planResync(client, [item(first(missing))]);
    if (!plan.ok) throw new Error(plan.error.message);
    for (const confirmation of ['', 'có', `${plan.value.confirmation}x`])
      expect(await runResync({ client, plan: plan.value, confirmation, journal })).toMatchObject({
        ok: false,
        error: { kind: 'permission' },
      });
    expect([sandbox.calls, journal.lines]).toEqual([[], []]);
  });
});

describe('sending', () => {
  it('one dossier a call, steps in tens after it, and the portal then tells the same as the city', async () => {
    const { client, send, services, missing } = await setUp();
    const row = first(missing);
    expect(await send([item(row, 12)])).toEqual({ dossiers: [{ code: row.code, outcome: 'created' }] });
    expect(services()).toEqual(['DongBoHoSoMC', 'CapNhatTienDoHoSoMC', 'CapNhatTienDoHoSoMC']);
    const reader = dvcqgReader({
      client,
      capabilities: { list: 'none', windowDays: 3, unitInLookup: false },
      units: [],
    });
    expect(await reader.lookup?.([row.code], new AbortController().signal)).toMatchObject({
      value: { code: row.code, status: row.status, receivedAt: row.receivedAt },
    });
  });

  it('#14 a dossier that is there already is updated', async () => {
    const { send, services, differing, sandbox } = await setUp();
    const row = first(differing);
    expect(await send([item(row)])).toEqual({ dossiers: [{ code: row.code, outcome: 'updated' }] });
    expect(services()).toEqual(['DongBoHoSoMC', 'DongBoHoSoMC', 'CapNhatTienDoHoSoMC']);
    expect(sandbox.planted.national.find(({ code }) => code === row.code)?.status).toBe(row.status);
  });

  it.each(['3', '-3'])('#1 #14 the duplicate code %s leads to the update too', async (code) => {
    const { send, services, differing } = await setUp([
      { fault: 'duplicate', service: 'DongBoHoSoMC', when: { nth: 1 }, code },
    ]);
    expect(await send([item(first(differing), 0)])).toMatchObject({ dossiers: [{ outcome: 'updated' }] });
    expect(services()).toEqual(['DongBoHoSoMC', 'DongBoHoSoMC']);
  });

  it('the journal keeps codes, times, outcomes and digests, nothing of a person, and a second run sends nothing', async () => {
    const { send, services, journal, missing, differing } = await setUp();
    const items = [item(first(missing)), item(first(differing))];
    await send(items, { clock: () => 1_764_000_000 });
    expect(
      journal.lines
        .filter(({ code }) => code === items[0]?.dossier.MaHoSo)
        .map(({ service, outcome }) => `${service} ${outcome}`),
    ).toEqual([
      'DongBoHoSoMC sending',
      'CapNhatTienDoHoSoMC sending',
      'CapNhatTienDoHoSoMC steps-sent',
      'DongBoHoSoMC created',
    ]);
    for (const line of journal.lines) {
      expect(
        Object.keys(line)
          .filter((name) => name !== 'kind')
          .sort(),
      ).toEqual(['at', 'code', 'digest', 'outcome', 'service']);
      expect(line).toMatchObject({ at: 1_764_000_000, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    }
    const before = services().length;
    expect((await send(items)).dossiers.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
    expect(services().length).toBe(before);
  });

  it('no answer is not repeated and is called unknown; three in a row end the sending', async () => {
    const { send, services, missing, journal } = await setUp([{ fault: 'reset', service: 'DongBoHoSoMC' }]);
    const rows = missing.slice(0, 4);
    expect(rows).toHaveLength(4);
    const report = await send(rows.map((row) => item(row)));
    expect(report.dossiers.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown', 'not-sent']);
    expect(report.stopped).toContain('không trả lời 3 hồ sơ liền');
    expect(services()).toEqual(['DongBoHoSoMC', 'DongBoHoSoMC', 'DongBoHoSoMC']);
    expect(journal.lines.filter(({ outcome }) => outcome === 'no-answer')).toHaveLength(3);
  });

  it('#15 a dossier that is refused does not hold up the next, and gets no steps', async () => {
    const { send, services, missing } = await setUp([
      { fault: 'refused-in-200', service: 'DongBoHoSoMC', when: { nth: 1 } },
    ]);
    const report = await send(missing.slice(0, 2).map((row) => item(row)));
    expect(report.dossiers.map(({ outcome }) => outcome)).toEqual(['refused', 'created']);
    expect(services()).toEqual(['DongBoHoSoMC', 'DongBoHoSoMC', 'CapNhatTienDoHoSoMC']);
  });

  it('steps that were refused are told, and the dossier is sent again next time', async () => {
    const { send, missing } = await setUp([
      { fault: 'refused-in-200', service: 'CapNhatTienDoHoSoMC', when: { nth: [1, 2] } },
    ]);
    const one = item(first(missing));
    expect(await send([one])).toMatchObject({ dossiers: [{ outcome: 'created', error: { kind: 'upstream' } }] });
    const again = await send([one]);
    expect(again.dossiers).toEqual([{ code: one.dossier.MaHoSo, outcome: 'updated' }]);
  });

  it('an account without the right stops everything at once', async () => {
    const { send, services, missing } = await setUp([{ fault: '403', service: 'DongBoHoSoMC' }]);
    const report = await send(missing.slice(0, 3).map((row) => item(row)));
    expect(report.dossiers.map(({ outcome }) => outcome)).toEqual(['refused', 'not-sent', 'not-sent']);
    expect(services()).toEqual(['DongBoHoSoMC']);
  });

  it('the stop switch is looked at before each call', async () => {
    for (let allowed = 0; allowed < 4; allowed++) {
      const { send, services, differing } = await setUp();
      let left = allowed;
      const report = await send([item(first(differing))], { stopped: () => services().length >= left });
      expect(services()).toHaveLength(Math.min(allowed, 3));
      left = 99;
      const [result] = report.dossiers;
      if (allowed < 2) expect(result?.outcome).toBe('not-sent');
      else if (allowed === 2) expect(result).toMatchObject({ outcome: 'updated', error: { kind: 'cancelled' } });
      else expect(result).toEqual({ code: result?.code, outcome: 'updated' });
    }
  });

  it('a cancellation reaches the call and leaves the rest unsent', async () => {
    const { send, missing } = await setUp([{ fault: 'hang', service: 'DongBoHoSoMC' }]);
    const control = new AbortController();
    const journal = new Journal();
    const append = journal.append.bind(journal);
    journal.append = async (entry) => {
      await append(entry);
      if (entry.outcome === 'sending') setTimeout(() => control.abort(), 20);
    };
    const report = await send(
      missing.slice(0, 2).map((row) => item(row)),
      { signal: control.signal, journal },
    );
    expect(report.dossiers.map(({ outcome }) => outcome)).toEqual(['unknown', 'not-sent']);
    expect(report.stopped).toBe('Đã dừng theo yêu cầu.');
  });
});
