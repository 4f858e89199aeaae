import { describe, expect, it } from 'vitest';
import { type BusMessage, LgspClient, type LgspReaderOptions, lgspReader } from '../../connectors/index.ts';
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
const { busUser: user, busPassword: password } = SANDBOX_SECRETS.lgsp;

const clientFor = (baseUrl: string) =>
  new LgspClient({
    baseUrl,
    schemes: [],
    bus: { user, password },
    timeout: 10_000,
    totalTimeout: 20_000,
    retries: 1,
    memory: new RefusedLogins(),
    timers: skippingClock(),
  });

async function bus(faults: FaultRule[] = [], more: Partial<LgspReaderOptions> = {}) {
  const planted = plant(makePopulation({ seed: 'bus', now: NOW, count: 80 }), { share: 0 });
  const sandbox = await startUpstreams({ planted, faults });
  closeAfter(sandbox.close);
  const client = clientFor(sandbox.urls.lgsp);
  const newReader = (options: Partial<LgspReaderOptions> = {}) =>
    lgspReader({ client, period: planted.period, ...more, ...options });
  const number = (service: string) => sandbox.calls.filter((call) => call.service === service).length;
  return { planted, sandbox, client, newReader, number };
}

/** A bus with these messages, one list for every unit. */
async function messages(list: unknown, profiles: Record<string, object>) {
  const seen = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const body = url.pathname.endsWith('Token')
      ? { access_token: 't' }
      : url.pathname.endsWith('getListProfile')
        ? { profileReceivers: list }
        : { profileOutmodel: profiles[url.searchParams.get('profile_id') ?? ''] };
    response.end(JSON.stringify(body));
  });
  return lgspReader({ client: clientFor(seen.url), period: { from: '2026-11-01', to: '2026-11-30' } });
}

const all = async (reader: ReturnType<typeof lgspReader>, unit: string) => {
  const answer = await reader.list?.({ unit, day: '' }, signal);
  if (!answer?.ok) throw new Error(answer?.error.message);
  return answer.value;
};

describe('dossier bus', () => {
  it('gives every dossier of the unit on its own day, to the second, nothing of a person, and acknowledges nothing', async () => {
    const { planted, newReader, number } = await bus();
    const reader = newReader();
    for (const unit of planted.units) {
      const rows = planted.lgsp.filter((row) => row.unit.code === unit);
      const { records, unreadable } = await all(reader, unit);
      expect(unreadable).toEqual([]);
      expect(records.map(({ code }) => code).sort()).toEqual(rows.map(({ code }) => code).sort());
      for (const record of records) {
        const row = rows.find(({ code }) => code === record.code);
        expect(record).toMatchObject({
          status: row?.status,
          receivedAt: row?.receivedAt,
          procedure: row?.procedure.code,
          unit,
        });
        expect([record.dueAt, record.finishedAt]).toEqual([row?.dueAt, row?.finishedAt]);
        const text = JSON.stringify(record);
        for (const personal of [row?.owner.name, row?.owner.identity, row?.owner.phone])
          expect(text).not.toContain(personal);
        const day = await reader.list?.({ unit, day: isoDayOf(record.receivedAt ?? 0) }, signal);
        expect(day?.ok && day.value.records.map(({ code }) => code)).toContain(record.code);
      }
    }
    // The list has no window: once for a unit, whatever the days.
    expect(number('bus-list')).toBe(planted.units.length);
    expect(number('bus-detail')).toBe(planted.lgsp.length);
    expect(number('bus-ack')).toBe(0);
    expect(number('bus-token')).toBe(1);
  });

  it.each<FaultRule['fault']>(['offset-0700', 'epoch', 'numbers-as-strings', 'one-as-object', 'nfd'])(
    '#6 #12 #18 the same records whatever the form: %s',
    async (fault) => {
      const plain = await bus();
      const bent = await bus([{ fault, upstream: 'lgsp' }]);
      const [unit = ''] = plain.planted.units;
      expect(await all(bent.newReader(), unit)).toEqual(await all(plain.newReader(), unit));
    },
  );

  it('#12 the false Z of this bus, when the configuration knows of it', async () => {
    const { planted, newReader } = await bus([{ fault: 'false-z', upstream: 'lgsp' }]);
    const [row] = planted.lgsp;
    const unit = row?.unit.code ?? '';
    const times = async (falseZ: boolean) =>
      (await all(newReader({ falseZ }), unit)).records.find(({ code }) => code === row?.code)?.receivedAt;
    expect(await times(true)).toBe(row?.receivedAt);
    expect(await times(false)).toBe((row?.receivedAt ?? 0) + 25_200);
  });

  it('what was kept under another reading of the Z is read anew', async () => {
    const seen = new Map<string, BusMessage>();
    const { planted, newReader } = await bus([{ fault: 'false-z', service: 'bus-detail' }], { seen });
    const [row] = planted.lgsp;
    const first = async (falseZ: boolean) =>
      (await all(newReader({ falseZ }), row?.unit.code ?? '')).records.find(({ code }) => code === row?.code);
    expect(await first(false)).not.toMatchObject({ receivedAt: row?.receivedAt });
    expect(await first(true)).toMatchObject({ receivedAt: row?.receivedAt });
  });

  it('a message whose stamp has not changed is not asked for again, from run to run', async () => {
    const seen = new Map<string, BusMessage>();
    const { planted, newReader, number } = await bus([], { seen });
    const [unit = ''] = planted.units;
    const first = await all(newReader(), unit);
    const before = number('bus-detail');
    expect(JSON.stringify([...seen])).not.toContain(planted.lgsp[0]?.owner.name);
    const kept = new Map<string, BusMessage>(JSON.parse(JSON.stringify([...seen])));
    expect(await all(newReader({ seen: kept }), unit)).toEqual(first);
    expect(number('bus-detail')).toBe(before);
    const changed = planted.lgsp.find((row) => row.unit.code === unit);
    if (!changed) throw new Error('no row');
    changed.status = changed.status === 4 ? 2 : 4;
    const second = await all(newReader(), unit);
    expect(number('bus-detail')).toBe(before + 1);
    expect(second.records.find(({ code }) => code === changed.code)?.status).toBe(changed.status);
  });

  it('one message without an answer leaves the whole unit unread; asking again costs only what is lacking', async () => {
    const { planted, newReader, number } = await bus(
      [{ fault: '500', service: 'bus-detail', when: { nth: [3, 4, 5] } }],
      { together: 1 },
    );
    const [unit = ''] = planted.units;
    const count = planted.lgsp.filter((row) => row.unit.code === unit).length;
    const reader = newReader();
    expect(await reader.list?.({ unit, day: '2026-11-20' }, signal)).toMatchObject({
      ok: false,
      error: { kind: 'upstream', call: 'bus-detail' },
    });
    // The others were read all the same, and are remembered.
    expect(number('bus-detail')).toBe(count + 2);
    expect((await all(reader, unit)).records).toHaveLength(count);
    expect(number('bus-detail')).toBe(count + 3);
  });

  it.each(['hang', 'reset', '403', '401', 'refused-in-200', 'truncated', '204', '502-html', 'duplicate'] as const)(
    '#3 #21 %s at the list is a failure and never an empty unit',
    async (fault) => {
      const { planted, sandbox } = await bus([{ fault, service: 'bus-list' }]);
      const quick =
        fault === 'hang'
          ? { timers: undefined, timeout: 60, retries: 0 }
          : { timers: skippingClock(), timeout: 10_000 };
      const client = new LgspClient({
        baseUrl: sandbox.urls.lgsp,
        schemes: [],
        bus: { user, password },
        memory: new RefusedLogins(),
        ...quick,
      });
      const reader = lgspReader({ client, period: planted.period });
      const answer = await reader.list?.({ unit: planted.units[0] ?? '', day: planted.period.from }, signal);
      expect(answer?.ok).toBe(false);
      expect(answer).not.toMatchObject({ error: { message: expect.stringContaining('không có hồ sơ') } });
    },
  );

  it('a body without profileReceivers is another answer, null is an empty list', async () => {
    expect(await all(await messages(null, {}), 'U')).toEqual({ records: [], unreadable: [] });
    expect(await all(await messages('', {}), 'U')).toEqual({ records: [], unreadable: [] });
    const reader = await messages(undefined, {});
    expect(await reader.list?.({ unit: 'U', day: '' }, signal)).toMatchObject({ ok: false, error: { kind: 'schema' } });
  });

  it('several messages of one dossier are one record: the newest stands, what only an older one tells stays', async () => {
    const reader = await messages(
      [
        { profileId: '2', createTime: '2026/11/20 10:00:00', status: 'KETQUA', type: 'status' },
        { profileId: '1', createTime: '2026/11/10 09:00:00', status: 'TIEPNHAN', type: 'profile' },
        { profileId: '3', createTime: '2026/11/21 10:00:00', status: 'CAPNHAT', type: 'status' },
      ],
      {
        1: {
          source_id: 'A',
          ref_code: 'R-1',
          status: 'TIEPNHAN',
          accept_date: '2026/11/10',
          appointment_date: '2026/11/20 17:00:00',
        },
        2: {
          source_id: 'A',
          status: 'KETQUA',
          end_date: '2026/11/20 09:59:00',
          profileAttachments: { attachment_name: 'kq.pdf', is_deleted: 'false' },
        },
        3: {
          source_id: 'A',
          status: 'CAPNHAT',
          profiles_status: '10',
          profileAttachments: [{ attachment_name: 'don.pdf' }],
        },
      },
    );
    const { records } = await all(reader, 'U');
    expect(records).toEqual([
      {
        code: 'A',
        aliases: ['R-1'],
        unit: 'U',
        status: 10,
        statusText: 'CAPNHAT',
        receivedAt: Date.UTC(2026, 10, 9, 17) / 1000,
        dueAt: Date.UTC(2026, 10, 20, 10) / 1000,
        finishedAt: Date.UTC(2026, 10, 20, 2, 59) / 1000,
        dayOnly: ['receivedAt'],
        hasResult: true,
        updatedAt: Date.UTC(2026, 10, 21, 3) / 1000,
        at: 'bus 1 2 3',
      },
    ]);
    expect(await reader.list?.({ unit: 'U', day: '2026-11-10' }, signal)).toMatchObject({
      value: { records: [{ code: 'A' }] },
    });
    expect(await reader.list?.({ unit: 'U', day: '2026-11-21' }, signal)).toMatchObject({ value: { records: [] } });
  });

  it('a day that a later message tells to the second is no bare day any more', async () => {
    const list = ['1', '2'].map((profileId) => ({ profileId, createTime: `2026/11/1${profileId} 09:00:00` }));
    const reader = await messages(list, {
      1: { source_id: 'A', accept_date: '2026/11/10' },
      2: { source_id: 'A', accept_date: '2026/11/10 08:00:00', appointment_date: '2026/11/20' },
    });
    expect((await all(reader, 'U')).records).toMatchObject([
      { receivedAt: Date.UTC(2026, 10, 10, 1) / 1000, dayOnly: ['dueAt'] },
    ]);
    const only = await messages(list, {
      1: { source_id: 'A', accept_date: '2026/11/10' },
      2: { source_id: 'A', accept_date: '2026/11/10 08:00:00' },
    });
    expect((await all(only, 'U')).records[0]).not.toHaveProperty('dayOnly');
  });

  it.each([
    [{ profiles_status: '9' }, 9],
    [{ profiles_status: 0 }, 0],
    [{ profiles_status: '11' }, 0],
    [{ status: 'RUT' }, 7],
    [{ status: 'THANHTOAN' }, 6],
    [{ status: 'CAPNHAT' }, undefined],
  ])('#30 status of %j is %s', async (profile, status) => {
    const reader = await messages({ profileId: 1 }, { 1: { source_id: 'A', ...profile } });
    expect((await all(reader, 'U')).records[0]?.status).toBe(status);
  });

  it('#5 a deleted result ("true" as text) is none; papers of the applicant say nothing of a result', async () => {
    const result = async (profile: object) =>
      (await all(await messages([{ profileId: '1' }], { 1: { source_id: 'A', ...profile } }), 'U')).records[0]
        ?.hasResult;
    expect(await result({ status: 'KETQUA', profileAttachments: [{ is_deleted: 'true' }] })).toBe(false);
    expect(await result({ status: 'KETQUA', profileAttachments: [{ is_deleted: 'false' }] })).toBe(true);
    expect(await result({ status: 'TIEPNHAN', profileAttachments: [{ is_deleted: 'false' }] })).toBeUndefined();
  });

  it('what cannot be read is told with its code and counted on one day of the job', async () => {
    const reader = await messages(
      [{ profileId: '1', createTime: '2026/11/12 09:00:00' }, { profileId: '2' }, { toUnitCode: 'U' }],
      {
        1: { source_id: 'A', accept_date: '2026/13/32 08:00:00' },
        2: { source_id: '' },
      },
    );
    expect(await reader.list?.({ unit: 'U', day: '2026-11-12' }, signal)).toMatchObject({
      value: {
        records: [],
        unreadable: [{ side: 'lgsp', at: '1', code: 'A', reason: 'accept_date: không đọc được ngày' }],
      },
    });
    const first = await reader.list?.({ unit: 'U', day: '2026-11-01' }, signal);
    expect(first?.ok && first.value.unreadable.map(({ at }) => at)).toEqual(['bus-list:3', '2']);
  });

  it('#14 a message stays on the list until it is acknowledged, which only an explicit call does', async () => {
    const { planted, client, newReader } = await bus();
    const [unit = ''] = planted.units;
    const waiting = async () => {
      const list = await client.waiting(unit);
      return list.ok ? list.value.length : -1;
    };
    const before = await waiting();
    const { records } = await all(newReader(), unit);
    expect(await waiting()).toBe(before);
    const id = records[0]?.at.replace('bus ', '') ?? '';
    expect(await client.acknowledge(id, 'fail')).toEqual({ ok: true, value: null });
    expect(await waiting()).toBe(before);
    expect(await client.acknowledge(id, 'done')).toEqual({ ok: true, value: null });
    expect(await waiting()).toBe(before - 1);
    expect(await client.acknowledge('khong-co', 'done')).toMatchObject({ ok: false, error: { kind: 'upstream' } });
  });
});
