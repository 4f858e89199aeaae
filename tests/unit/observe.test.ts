import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { igateJson } from '../../lib/observe/igate.ts';
import { fromWire } from '../../lib/observe/index.ts';
import { opencpsJson } from '../../lib/observe/opencps.ts';
import { Knowledge } from '../../lib/overlay/knowledge.ts';
import { Dossier, WireBatch, WireDossier } from '../../lib/schema/index.ts';
import { isoOf } from '../../lib/text/index.ts';

const READ_AT = 29_930_000;

/** One list item with every personal field that the sources show, all invented. */
const item = {
  id: '68990000000000000000abcd',
  code: 'H29.999-261125-0012',
  nationCode: 'G00.99-261125-0077',
  applicant: {
    data: {
      fullname: 'TRẦN THỊ MẪU',
      ownerFullname: 'LÊ VĂN MẪU',
      identityNumber: '999000000001',
      phoneNumber: '0999000001',
      email: 'mau@example.invalid',
      address: '1 đường Không Có',
      noidungyeucaugiaiquyet: 'Xin cấp cho ông LÊ VĂN MẪU',
    },
  },
  procedure: {
    code: '9.900001',
    translate: [
      { languageId: 46, name: 'Registration' },
      { languageId: 228, name: 'Đăng ký mẫu' },
    ],
    sector: { code: 'HT' },
  },
  agency: { id: 'x', name: [{ languageId: 228, name: 'UBND phường Mẫu' }] },
  appliedDate: '2026-11-20T08:00:11.000+0700',
  acceptedDate: '2026-11-20T09:15:22.000+0700',
  appointmentDate: '2026-11-27T17:00:00.000+0700',
  processingTime: '5',
  processingTimeUnit: 'd',
  dossierStatus: 4,
  dossierTaskStatus: { name: [{ languageId: 228, name: 'Đang xử lý' }] },
  currentTask: [
    {
      id: 't',
      assignee: { fullname: 'CÁN BỘ MẪU' },
      createdDate: '2026-11-23T08:00:00.000+0700',
      bpmProcessDefinitionTask: { name: 'Thẩm định', processingTime: 8, processingTimeUnit: 'h' },
    },
  ],
  applyMethod: { id: 1, name: 'Trực tuyến' },
  dossierFormFile: [
    {
      formName: 'Tờ khai',
      requirement: { typeName: 'Bản chính', quantity: 1 },
      file: [{ filename: 'cccd-tran-thi-mau.PDF', size: 67000, downloadURL: 'https://x/y' }],
    },
    { procedureForm: { name: 'Giấy tờ khác' }, file: [] },
  ],
};

const PERSONAL = [
  'TRẦN',
  'LÊ VĂN',
  '999000000001',
  '0999000001',
  'example.invalid',
  'Không Có',
  'CÁN BỘ',
  'cccd',
  'https://',
];

describe('iGate answers', () => {
  const [wire] = igateJson.project({ content: [item], last: true });

  it('keep the fields of the record', () => {
    expect(wire).toMatchObject({
      id: item.id,
      code: item.code,
      otherCode: item.nationCode,
      procedureCode: '9.900001',
      procedureName: 'Đăng ký mẫu',
      unit: 'UBND phường Mẫu',
      channel: 'Trực tuyến',
      limitValue: 5,
      limitUnit: 'd',
      status: 'Đang xử lý',
      stepName: 'Thẩm định',
      stepLimitValue: 8,
      stepLimitUnit: 'h',
      components: [
        { name: 'Tờ khai', type: 'Bản chính', quantity: 1, files: [{ size: 67000, type: 'pdf' }] },
        { name: 'Giấy tờ khác', files: [] },
      ],
    });
    expect(WireDossier.safeParse(wire).success).toBe(true);
  });

  it('leave every personal field behind', () => {
    const text = JSON.stringify(wire);
    for (const word of PERSONAL) expect(text).not.toContain(word);
  });

  it('become a record with moments at UTC+7', () => {
    if (!wire) throw new Error('nothing projected');
    const record = fromWire(wire, 'igate', READ_AT);
    expect(Dossier.safeParse(record).error?.issues).toBeUndefined();
    expect(isoOf(record.dueAt ?? 0)).toBe('2026-11-27T17:00:00+07:00');
    expect(isoOf(record.receivedAt ?? 0)).toBe('2026-11-20T09:15:00+07:00');
    expect(record).toMatchObject({
      channel: 'online',
      status: { code: 4 },
      aliases: [item.nationCode],
      step: { limit: { value: 8, unit: 'hour' } },
    });
  });

  it.each([
    ['translate as an object', { procedure: { code: 'x', translate: { name: 'Đăng ký mẫu' } } }],
    ['a plain name', { procedure: { code: 'x', name: 'Đăng ký mẫu' } }],
    ['a list with one object', { procedure: [{ code: 'x', translate: [{ name: 'Đăng ký mẫu' }] }] }],
  ])('read a procedure given as %s', (_, change) => {
    expect(igateJson.project({ content: [{ ...item, ...change }] })[0]?.procedureName).toBe('Đăng ký mẫu');
  });

  it('read a task given as an object, and a single item given as an object', () => {
    const [single] = igateJson.project({ content: { ...item, currentTask: item.currentTask[0] } });
    expect(single?.stepName).toBe('Thẩm định');
  });

  it('a missing appointment is a gap, an impossible date too, never a guess', () => {
    const [absent] = igateJson.project({ content: [{ ...item, appointmentDate: undefined }] });
    const [broken] = igateJson.project({ content: [{ ...item, appointmentDate: '0000-00-00T00:00:00.000+0700' }] });
    if (!absent || !broken) throw new Error('nothing projected');
    expect(fromWire(absent, 'igate', READ_AT)).toMatchObject({ gaps: [{ field: 'dueAt', reason: 'absent' }] });
    expect(fromWire(broken, 'igate', READ_AT)).toMatchObject({ gaps: [{ field: 'dueAt', reason: 'unreadable' }] });
    expect(fromWire(broken, 'igate', READ_AT).dueAt).toBeUndefined();
  });

  it.each([
    ['/pa/dossier/search', 'list'],
    ['/pa/dossier-search/dvc', 'list'],
    ['/pa/dossier/68990000000000000000abcd/--online', 'detail'],
    ['/pa/dossier/68990000000000000000abcd', null],
    ['/fake/pa/dossier/search', null],
    ['/hu/user', null],
  ])('%s is %s', (path, kind) => {
    expect(igateJson.kindOf(path)).toBe(kind);
  });

  it('never throw, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (body) => void igateJson.project(body)));
    fc.assert(
      fc.property(
        fc.anything(),
        (value) =>
          void igateJson.project({
            content: [{ code: 'x', procedure: value, currentTask: value, dossierFormFile: value, agency: value }],
          }),
      ),
    );
    fc.assert(fc.property(fc.anything(), (body) => void opencpsJson.project(body)));
  });
});

describe('OpenCPS answers', () => {
  it('read text dates and booleans that are text', () => {
    const [wire] = opencpsJson.project({
      total: 1,
      data: {
        dossierId: 38968,
        dossierNo: 'H29.999-261125-0013',
        dueDate: '27/11/2026 17:00:00',
        receiveDate: '20/11/2026 09:15:22',
        online: 'false',
        durationCount: 5,
        durationUnit: 0,
        dossierStatusText: 'Đang xử lý',
        applicantName: 'TRẦN THỊ MẪU',
        applicantIdNo: '999000000001',
        contactTelNo: '0999000001',
      },
    });
    if (!wire) throw new Error('nothing projected');
    expect(JSON.stringify(wire)).not.toMatch(/TRẦN|999000000001|0999/);
    expect(fromWire(wire, 'opencps', READ_AT)).toMatchObject({
      systemId: '38968',
      channel: 'counter',
      limit: { value: 5, unit: 'workday' },
    });
  });
});

describe('what comes through the port', () => {
  const batch = (records: unknown[]) => JSON.stringify({ version: 1, adapter: 'igate', kind: 'list', records });
  const shown = (code: string, due?: number): Dossier => ({
    code,
    aliases: [],
    codeKnown: true,
    procedure: {},
    dueAt: due,
    dayOnly: [],
    status: { code: 4, text: 'Đang xử lý' },
    pauses: [],
    source: { kind: 'dom', adapter: 'igate', readAt: READ_AT },
    gaps: [],
  });
  const wire = {
    code: 'H29.999-261125-0012',
    due: '2026-11-27T17:00:00.000+0700',
    status: 'Đang xử lý',
    channel: 'Trực tuyến',
  };

  it('completes the screen', () => {
    const knowledge = new Knowledge();
    expect(knowledge.learn(batch([wire]), READ_AT)).toEqual([wire.code]);
    expect(knowledge.complete(shown(wire.code))).toMatchObject({ channel: 'online', source: { kind: 'json' } });
  });

  it('is refused when malformed, too long or not text, without an exception', () => {
    const knowledge = new Knowledge();
    for (const message of ['{', 'null', '[]', '7', 12, null, {}, batch([{ code: '' }]), `"${'x'.repeat(5_000_000)}"`]) {
      expect(knowledge.learn(message, READ_AT)).toEqual([]);
    }
    fc.assert(fc.property(fc.anything(), (message) => void knowledge.learn(message, READ_AT)));
    fc.assert(fc.property(fc.json(), (message) => void knowledge.learn(message, READ_AT)));
  });

  it('one bad record does not cost the others', () => {
    const knowledge = new Knowledge();
    expect(knowledge.learn(batch([{ code: 5 }, wire, { code: 'x', due: 'y'.repeat(100) }]), READ_AT)).toEqual([
      wire.code,
    ]);
  });

  it('cannot turn the screen red: where they differ the screen stands and the conflict is noted', () => {
    const knowledge = new Knowledge();
    knowledge.learn(batch([{ ...wire, due: '2020-01-01T17:00:00.000+0700' }]), READ_AT);
    const due = 29_935_000;
    const record = knowledge.complete(shown(wire.code, due));
    expect(record.dueAt).toBe(due);
    expect(record.gaps).toContainEqual({ field: 'dueAt', reason: 'conflict' });
  });

  it('a batch the observer makes is one the other side accepts', () => {
    const records = igateJson.project({ content: [item] });
    expect(WireBatch.safeParse({ version: 1, adapter: 'igate', kind: 'list', records }).success).toBe(true);
  });
});
