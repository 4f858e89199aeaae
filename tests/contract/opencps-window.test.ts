import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { OpenCpsClient, type OpenCpsConfig, opencpsReader } from '../../connectors/index.ts';
import { answer, inTurn, PATIENT, serve, skippingClock } from './local-server.ts';

const DAY = '2026-11-05';
const PARTITION = { unit: 'H29.999', day: DAY };
const NEVER = new AbortController().signal;

interface Wire {
  [name: string]: unknown;
}

/** A row as the server writes it, with a person in it. */
function row(number: number, changes: Wire = {}): Wire {
  const serial = String(number).padStart(4, '0');
  return {
    dossierId: number,
    dossierNo: `H29.999-261105-${serial}`,
    nationCode: '',
    serviceCode: '1.004944',
    govAgencyCode: 'H29.999',
    govAgencyName: 'UBND phường Không Thật',
    applicantName: 'NGƯỜI MẪU',
    applicantIdNo: '079099000001',
    receiveDate: '05/11/2026 08:30:15',
    dueDate: '19/11/2026 08:30:00',
    extendDate: '',
    releaseDate: '',
    finishDate: '',
    dossierStatus: 'processing',
    dossierStatusText: 'Đang xử lý',
    online: 'false',
    ...changes,
  };
}

/** A server that pages through these rows as OpenCPS does. */
const paging =
  (rows: readonly Wire[]): RequestListener =>
  (request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const data = rows.slice(Number(query.get('start')), Number(query.get('end')));
    response.end(JSON.stringify({ total: rows.length, data }));
  };

async function city(
  handler: RequestListener,
  { results = false, ...config }: Partial<OpenCpsConfig> & { results?: boolean } = {},
) {
  const server = await serve(handler);
  const client = new OpenCpsClient({
    baseUrl: server.url,
    groupId: '35417',
    ...PATIENT,
    timers: skippingClock(),
    ...config,
  });
  return { server, client, reader: opencpsReader({ client, results }) };
}

const read = async (handler: RequestListener) => (await city(handler)).reader.list?.(PARTITION, NEVER);
const seconds = (iso: string) => Date.parse(`${iso}+07:00`) / 1000;

describe('OpenCPS as a source, one unit and one day at a time', () => {
  it('asks for the day in the only form that the server does not drop (quirk 28), and reads all its pages', async () => {
    const rows = Array.from({ length: 250 }, (_, i) => row(i + 1));
    const { reader, server } = await city(paging(rows));
    const outcome = await reader.list?.(PARTITION, NEVER);
    expect(outcome).toMatchObject({ ok: true, value: { unreadable: [] } });
    expect(outcome?.ok && outcome.value.records.map(({ code }) => code)).toEqual(
      rows.map(({ dossierNo }) => dossierNo),
    );
    const query = 'agency=H29.999&fromReceiveDate=5%2F11%2F2026&toReceiveDate=5%2F11%2F2026';
    expect(server.calls).toEqual(
      [0, 100, 200].map((start) => `GET /o/rest/v2/dossiers?start=${start}&end=${start + 100}&${query}`),
    );
    expect(server.headers[0]).toMatchObject({ groupid: '35417' });
  });

  it('keeps what is compared, to the second, and nothing of a person', async () => {
    const outcome = await read(
      paging([
        row(1, {
          nationCode: ' H29.999-261105-9001 ',
          extendDate: '26/11/2026',
          releaseDate: '20/11/2026 16:05:09',
          finishDate: '21/11/2026 09:00:00',
          modifiedDate: '21/11/2026 09:00:01',
          dossierStatus: 'done',
          dossierStatusText: 'Đã trả kết quả',
        }),
      ]),
    );
    expect(outcome?.ok && outcome.value.records).toEqual([
      {
        code: 'H29.999-261105-0001',
        aliases: ['H29.999-261105-9001'],
        at: 'o/rest/v2/dossiers',
        procedure: '1.004944',
        unit: 'H29.999',
        status: 10,
        statusText: 'Đã trả kết quả',
        receivedAt: seconds('2026-11-05T08:30:15'),
        dueAt: seconds('2026-11-26T00:00:00'),
        finishedAt: seconds('2026-11-20T16:05:09'),
        dayOnly: ['dueAt'],
        updatedAt: seconds('2026-11-21T09:00:01'),
      },
    ]);
  });

  it.each([
    [
      { dossierStatusText: 'Một chữ lạ', dossierStatus: 'waiting' },
      { status: 5, statusText: 'Một chữ lạ' },
    ],
    [
      { dossierStatusText: '', dossierStatus: 'releasing' },
      { status: 9, statusText: 'releasing' },
    ],
    [{ dossierStatusText: 'Liên thông', dossierStatus: 'interoperating' }, { status: 0 }],
    [{ dueDate: '19/11/2026 00:00:00' }, { dueAt: seconds('2026-11-19T00:00:00'), dayOnly: ['dueAt'] }],
    [{ dueDate: '' }, { dueAt: undefined }],
    [{ govAgencyCode: '' }, { unit: 'UBND phường Không Thật' }],
    [{ nationCode: 'H29.999-261105-0001' }, { aliases: undefined }],
    [{ dossierNo: ' 0000/2026/11/05/ ' }, { code: '0000/2026/11/05/' }],
  ])('%o becomes %o', async (changes, expected) => {
    const outcome = await read(paging([row(1, changes)]));
    const [record] = outcome?.ok ? outcome.value.records : [];
    for (const [name, value] of Object.entries(expected)) expect(record?.[name as 'code']).toEqual(value);
    expect(record).toBeDefined();
  });

  it.each([
    [{ dossierNo: '' }, { reason: 'dossierNo: không có mã hồ sơ' }],
    [{ dossierNo: { a: 1 } }, { reason: 'dossierNo: không có mã hồ sơ' }],
    [{ dueDate: '31/02/2026' }, { reason: 'dueDate: Ngày hẹn trả không đọc được', code: 'H29.999-261105-0001' }],
    [{ receiveDate: 'hôm qua' }, { reason: 'receiveDate: Ngày tiếp nhận không đọc được' }],
    [{ releaseDate: true }, { reason: 'releaseDate: Ngày kết thúc xử lý không đọc được' }],
  ])('%o is counted as unreadable, beside a row that is not', async (changes, expected) => {
    const outcome = await read(paging([row(1, changes), row(2)]));
    expect(outcome).toMatchObject({ ok: true, value: { unreadable: [{ side: 'city', ...expected }] } });
    expect(outcome?.ok && outcome.value.records.map(({ code }) => code)).toEqual(['H29.999-261105-0002']);
  });

  it('takes a list of one that comes as an object, a total as text, and a day without dossiers', async () => {
    expect(await read(answer(200, { total: '1', data: row(1) }))).toMatchObject({
      value: { records: [{ status: 4 }] },
    });
    for (const none of [{ total: 0 }, { total: '0', data: null }, { total: 0, data: [] }])
      expect(await read(answer(200, none))).toEqual({ ok: true, value: { records: [], unreadable: [] } });
  });

  it('a server that ignores the day is found out: no part of its answer is taken', async () => {
    for (const other of ['06/11/2026 07:30:00', '04/11/2026 23:59:59', ''])
      expect(await read(paging([row(1), row(2, { receiveDate: other })]))).toMatchObject({
        ok: false,
        error: { kind: 'schema', call: 'o/rest/v2/dossiers' },
      });
    const whole = await city(paging([row(1), row(2, { receiveDate: '' })]));
    const everything = await whole.reader.list?.({ unit: '', day: '' }, NEVER);
    expect(everything?.ok && everything.value.records).toHaveLength(2);
    expect(whole.server.calls).toEqual(['GET /o/rest/v2/dossiers?start=0&end=100']);
  });

  it('reads again from the beginning when rows move between pages', async () => {
    const before = Array.from({ length: 150 }, (_, i) => row(i + 1));
    const after = [row(999), ...before];
    const slid = inTurn(paging(before), paging([...before.slice(0, 1), ...before.slice(0, 149)]), paging(before));
    const grown = inTurn(paging(before), paging(after));
    for (const [handler, count] of [
      [slid, 150],
      [grown, 151],
    ] as const) {
      const { reader, server } = await city(handler);
      const outcome = await reader.list?.(PARTITION, NEVER);
      expect(outcome?.ok && new Set(outcome.value.records.map(({ code }) => code)).size).toBe(count);
      expect(server.calls).toHaveLength(4);
    }
  });

  it.each([30, 1000])('follows a server that gives %i rows whatever is asked for', async (size) => {
    const rows = Array.from({ length: 130 }, (_, i) => row(i + 1));
    const outcome = await read((request, response) => {
      const start = Number(new URL(request.url ?? '', 'http://x').searchParams.get('start'));
      response.end(JSON.stringify({ total: '130', data: rows.slice(start, start + size) }));
    });
    expect(outcome?.ok && outcome.value.records).toHaveLength(130);
  });

  it('a list that never stands still counts as not read', async () => {
    let extra = 0;
    const restless: RequestListener = (request, response) => {
      extra += 1;
      paging(Array.from({ length: 150 + extra }, (_, i) => row(i + 1)))(request, response);
    };
    const { reader, server } = await city(restless);
    expect(await reader.list?.(PARTITION, NEVER)).toMatchObject({ ok: false, error: { kind: 'upstream' } });
    expect(server.calls).toHaveLength(6);
    expect(await read(answer(200, { total: 5, data: [row(1)] }))).toMatchObject({ ok: false });
  });

  it('two rows with one code are both kept: that is for the reconciliation to tell', async () => {
    const outcome = await read(paging([row(1), row(2, { dossierNo: 'H29.999-261105-0001' })]));
    expect(outcome?.ok && outcome.value.records).toHaveLength(2);
  });

  it.each([
    [answer(203, { total: 0 }), 'auth'],
    [answer(401), 'auth'],
    [answer(403, 'No Content.'), 'permission'],
    [answer(429), 'rate'],
    [answer(500), 'upstream'],
    [answer(502, '<html>Bad Gateway</html>'), 'upstream'],
    [answer(204), 'schema'],
    [answer(200, '{"total": 1, "data": [{'), 'schema'],
    [answer(200, { total: -1, data: [] }), 'schema'],
    [answer(200, { total: 1, data: ['H29'] }), 'schema'],
    [answer(200, { data: [] }), 'schema'],
  ])('a failure is never an empty day', async (handler, kind) => {
    expect(await read(handler)).toMatchObject({ ok: false, error: { kind, call: 'o/rest/v2/dossiers' } });
  });

  it('a failure on a later page fails the day', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => row(i + 1));
    const outcome = await read(inTurn(paging(rows), answer(403)));
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'permission' } });
  });

  it('sends a session or a password as configured', async () => {
    const session = await city(paging([]), { token: 'p-auth' });
    await session.reader.list?.(PARTITION, NEVER);
    expect(session.server.headers[0]).toMatchObject({ token: 'p-auth' });
    const basic = await city(paging([]), { username: 'đối soát', password: 'bí mật' });
    await basic.reader.list?.(PARTITION, NEVER);
    const sent = basic.server.headers[0]?.authorization ?? '';
    expect(Buffer.from(sent.replace('Basic ', ''), 'base64').toString()).toBe('đối soát:bí mật');
  });
});

describe('OpenCPS, one dossier at a time', () => {
  const look = async (handler: RequestListener, codes: string[]) => {
    const { reader, server } = await city(handler);
    return { outcome: await reader.lookup?.(codes, NEVER), calls: server.calls };
  };

  it('tells a dossier, no dossier and no answer apart', async () => {
    const { outcome, calls } = await look(answer(200, row(1)), ['h29.999-261105-0001']);
    expect(outcome).toMatchObject({ ok: true, value: { code: 'H29.999-261105-0001', status: 4 } });
    expect(calls).toEqual(['GET /o/rest/v2/dossiers/h29.999-261105-0001']);
    const none = await look(answer(404, { code: 404, message: 'Không tìm thấy dữ liệu' }), ['A', 'B']);
    expect(none).toEqual({ outcome: { ok: true, value: null }, calls: [expect.anything(), expect.anything()] });
    for (const handler of [
      answer(404, '<html>nginx</html>'),
      answer(403),
      answer(500),
      answer(203, row(1)),
      answer(204),
    ])
      expect((await look(handler, ['A'])).outcome).toMatchObject({
        ok: false,
        error: { call: 'o/rest/v2/dossiers/*' },
      });
    const second = await look(inTurn(answer(404, {}), answer(500)), ['A', 'B']);
    expect(second.outcome).toMatchObject({ ok: false });
  });

  it('keeps the slashes of a code inside one segment, and takes no other dossier for it', async () => {
    const none = answer(404, { message: 'Không tìm thấy dữ liệu' });
    const { outcome, calls } = await look(inTurn(none, answer(200, row(12))), ['0000/2018/07/03/', '12']);
    expect(outcome).toEqual({ ok: true, value: null });
    expect(calls).toEqual(['GET /o/rest/v2/dossiers/0000%2F2018%2F07%2F03%2F', 'GET /o/rest/v2/dossiers/12']);
    const number = row(1, { dossierNo: '12' });
    expect((await look(answer(200, number), ['12'])).outcome).toMatchObject({ ok: true, value: { code: '12' } });
    expect((await look(answer(200, row(1)), ['..'])).calls).toEqual([]);
  });

  it('a dossier that cannot be read is an answer, and says what is wrong with it', async () => {
    const { outcome } = await look(answer(200, row(1, { dueDate: 'mai' })), ['H29.999-261105-0001']);
    expect(outcome).toMatchObject({
      ok: true,
      value: { side: 'city', code: 'H29.999-261105-0001', reason: expect.stringMatching(/\S/) },
    });
  });

  it.each([
    [[{ dossierPartType: '2', removed: 'false', displayName: 'ket-qua.pdf' }], true],
    [{ dossierPartType: 2 }, true],
    [[{ dossierPartType: 2, removed: 'true' }, { dossierPartType: 1 }], false],
    [[], false],
  ])('files %o: has a result %s', async (data, expected) => {
    const done = row(1, { dossierStatus: 'done', dossierStatusText: 'Đã trả kết quả' });
    const handler: RequestListener = (request, response) => {
      const files = request.url?.includes('/files');
      response.end(JSON.stringify(files ? { total: 1, data } : { total: 2, data: [done, row(2)] }));
    };
    const { reader, server } = await city(handler, { results: true });
    const outcome = await reader.list?.(PARTITION, NEVER);
    expect(outcome?.ok && outcome.value.records.map((record) => record.hasResult)).toEqual([expected, undefined]);
    expect(server.calls.filter((call) => call.includes('/files'))).toEqual(['GET /o/rest/v2/dossiers/1/files']);
  });

  it('files that could not be read fail the day', async () => {
    const done = row(1, { dossierStatus: 'done', dossierStatusText: 'Đã trả kết quả' });
    const { reader } = await city(inTurn(paging([done]), answer(403)), { results: true });
    expect(await reader.list?.(PARTITION, NEVER)).toMatchObject({ ok: false, error: { kind: 'permission' } });
  });
});
