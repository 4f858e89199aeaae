import { describe, expect, it } from 'vitest';
import {
  type ClassifyContext,
  causeName,
  classify,
  type Difference,
  fixName,
  type RecordGroup,
  ruleName,
  rulesAt,
  type Side,
  type SideRecord,
  type UnreadableRow,
} from '../../lib/reconcile/index.ts';

const DAY = 86_400;
const HOUR = 3600;
/** 05/11/2026 14:30:12 at UTC+7. */
const RECEIVED = Date.UTC(2026, 10, 5, 7, 30, 12) / 1000;
const NOW = RECEIVED + 18 * DAY;
const rules = rulesAt(20_765);
const CODE = 'H29.999-261105-0001';

const record = (changes: Partial<SideRecord> = {}): SideRecord => ({
  code: CODE,
  procedure: '9.900012',
  unit: 'H29.999',
  status: 4,
  receivedAt: RECEIVED,
  dueAt: RECEIVED + 5 * DAY,
  updatedAt: RECEIVED + HOUR,
  at: 'x.csv:2',
  ...changes,
});

type Sides = Partial<Record<Side, Partial<SideRecord> | Partial<SideRecord>[] | null>>;
/** A dossier that is the same on all three sides but for these changes; null: the side does not have it. */
function group(changes: Sides = {}, unreadable?: UnreadableRow[]): RecordGroup {
  const rows = (side: Side) => {
    const change = changes[side];
    if (change === null) return [];
    return (Array.isArray(change) ? change : [change ?? {}]).map(record);
  };
  return { city: rows('city'), national: rows('national'), lgsp: rows('lgsp'), unreadable };
}
const context = (changes: Partial<ClassifyContext> = {}): ClassifyContext => ({
  rules,
  sides: ['city', 'national', 'lgsp'],
  now: NOW,
  ...changes,
});
const found = (changes: Sides, own: Partial<ClassifyContext> = {}) => classify(group(changes), context(own));
const classes = (one: Difference | null) => one?.findings.map((finding) => finding.class) ?? null;
const only = (one: Difference | null) => {
  expect(one?.findings).toHaveLength(1);
  return (one as Difference).findings[0] as Difference['findings'][number];
};

describe('each class', () => {
  const later = { updatedAt: NOW - 20 * 60 };
  const cases: [string, Sides, string[], Difference['outcome']][] = [
    ['not on the portal', { national: null }, ['missing-national'], 'different'],
    ['not in the city', { city: null }, ['missing-city'], 'different'],
    ['not on the bus', { lgsp: null }, ['missing-lgsp'], 'different'],
    ['only on the bus', { city: null, national: null }, ['missing-national', 'missing-city'], 'different'],
    ['status', { national: { status: 2 } }, ['status'], 'different'],
    ['status of the bus only', { lgsp: { status: 7 } }, ['status'], 'different'],
    ['received', { national: { receivedAt: RECEIVED - DAY } }, ['received-date'], 'different'],
    ['due', { national: { dueAt: RECEIVED + 6 * DAY } }, ['due-date'], 'different'],
    [
      'finish',
      { city: { finishedAt: RECEIVED + DAY }, national: { finishedAt: RECEIVED + 2 * DAY } },
      ['finish-date'],
      'different',
    ],
    ['procedure', { national: { procedure: '9.900099' } }, ['procedure'], 'different'],
    ['result file', { city: { hasResult: true }, national: { hasResult: false } }, ['result-file'], 'different'],
    ['twice', { national: [{}, { at: 'x.csv:3' }] }, ['duplicate'], 'different'],
    ['two codes', { national: { code: 'H29.998-261105-00001', aliases: [CODE] } }, ['code-alias'], 'excluded'],
    ['5 as 9', { city: { status: 5 }, lgsp: { status: 5 }, national: { status: 9 } }, ['cosmetic'], 'excluded'],
    [
      '5 as 9, bus as the nation',
      { city: { status: 5 }, lgsp: { status: 9 }, national: { status: 9 } },
      ['cosmetic'],
      'excluded',
    ],
    ['land', { city: { procedure: '1.012796' }, lgsp: null, national: null }, ['outside-system'], 'excluded'],
    ['changed 20 minutes ago', { city: { status: 10, ...later } }, ['stale'], 'excluded'],
    [
      'received 20 minutes ago',
      { city: { receivedAt: NOW - 1200 }, national: null, lgsp: null },
      ['stale'],
      'excluded',
    ],
    ['several', { national: { status: 2, dueAt: RECEIVED + 9 * DAY } }, ['status', 'due-date'], 'different'],
    [
      'expected and not expected',
      { city: { status: 6 }, lgsp: { status: 6 }, national: { status: 9, dueAt: RECEIVED } },
      ['due-date', 'cosmetic'],
      'different',
    ],
    [
      'another way round it is an error',
      { city: { status: 9 }, lgsp: { status: 9 }, national: { status: 5 } },
      ['status'],
      'different',
    ],
  ];
  it.each(cases)('%s', (_, changes, names, outcome) => {
    const one = found(changes);
    expect([classes(one), one?.outcome]).toEqual([names, outcome]);
    for (const { rule, cause, fix } of (one as Difference).findings) {
      expect(ruleName(rule)).not.toBe(rule);
      expect(fixName(fix)).not.toBe(fix);
      if (cause !== undefined) expect(causeName(cause)).not.toBe(cause);
    }
  });

  it('a row that cannot be read is not missing, by whichever code it is known', () => {
    const row: UnreadableRow = { side: 'national', at: 'n.csv:7', reason: 'NgayHenTra: không phải ngày', code: CODE };
    const one = classify(group({ national: null }, [row]), context());
    expect(only(one)).toMatchObject({ class: 'unreadable', rule: 'unreadable-row', values: { national: row.reason } });
    expect(one?.outcome).toBe('different');
  });

  it('tells both values as they are read aloud, where it stands, and how many rows', () => {
    const one = found({
      city: { status: 10 },
      national: [{ receivedAt: RECEIVED - DAY }, { receivedAt: RECEIVED - DAY, at: 'x.csv:9' }],
    }) as Difference;
    const values = Object.fromEntries(one.findings.map((finding) => [finding.class, finding.values]));
    expect(values.status).toEqual({ city: '10 – Đã trả kết quả', national: '4 – Đang xử lý', lgsp: '4 – Đang xử lý' });
    expect(values['received-date']).toMatchObject({ city: '05/11/2026 14:30:12', national: '04/11/2026 14:30:12' });
    expect(values.duplicate?.national).toContain('2 dòng: ');
    expect(values.duplicate?.national).toContain('(x.csv:9)');
    expect(one).toMatchObject({
      code: CODE,
      day: '2026-11-05',
      unit: 'H29.999',
      rows: { city: 1, national: 2, lgsp: 1 },
    });
  });
});

describe('nothing to tell', () => {
  it.each<[string, Sides]>([
    ['all the same', {}],
    ['a code in small letters and with blanks', { national: { code: ' h29.999 - 261105-0001' } }],
    ['seconds cut', { national: { receivedAt: RECEIVED - 12 }, lgsp: { receivedAt: RECEIVED + 48 } }],
    ['a bare day', { national: { dueAt: RECEIVED + 5 * DAY - 50_000, dayOnly: ['dueAt'] } }],
    ['a field that a side does not tell', { lgsp: { status: undefined, dueAt: undefined, procedure: undefined } }],
    ['the tail of a procedure', { national: { procedure: '9.900012.000.00.00.H29' } }],
    ['another unit', { national: { unit: 'H29.998' } }],
    ['a result file that only one tells of', { city: { hasResult: true } }],
  ])('%s', (_, changes) => expect(found(changes)).toBeNull());
});

describe('who was asked', () => {
  it('a side that was not asked is not missing', () => {
    expect(found({ lgsp: null }, { sides: ['city', 'national'] })).toBeNull();
  });

  it('a side that gave no answer is never missing, and the dossier is not called the same either', () => {
    for (const own of [{ unknownSides: ['national'] as Side[] }, { unknownFor: () => ['national'] as Side[] }]) {
      const one = found({ national: null }, own);
      expect(only(one)).toMatchObject({ class: 'unreadable', rule: 'no-answer', fix: 'run-again', curable: false });
      expect(one?.outcome).toBe('excluded');
    }
    expect(classes(found({ national: null, lgsp: { status: 9 } }, { unknownSides: ['national'] }))).toEqual([
      'unreadable',
      'status',
    ]);
  });

  it('a dossier received long ago is missing, however lately it changed; one received lately is not yet', () => {
    expect(classes(found({ city: { updatedAt: NOW - HOUR }, national: null }))).toEqual(['missing-national']);
    expect(classes(found({ city: { receivedAt: NOW - 23 * HOUR }, national: null, lgsp: null }))).toEqual(['stale']);
    expect(classes(found({ city: { receivedAt: NOW - 25 * HOUR }, national: null }))).toContain('missing-national');
  });

  it('the lag explains no other procedure and no other day of receipt', () => {
    const lately = { updatedAt: NOW - HOUR, status: 9 };
    expect(classes(found({ city: { ...lately, procedure: '9.900099' } }))).toEqual(['procedure', 'stale']);
    expect(classes(found({ city: { ...lately, receivedAt: RECEIVED - 3 * DAY } }))).toEqual(['received-date', 'stale']);
  });
});

describe('known causes (rules.md §4.5)', () => {
  const local = Date.UTC(2026, 2, 4, 3, 0, 0) / 1000; // 04/03/2026 10:00
  const swap = Date.UTC(2026, 3, 3, 3, 0, 0) / 1000; // 03/04/2026 10:00
  const midnight = Date.UTC(2026, 10, 4, 17, 0, 0) / 1000; // 05/11/2026 00:00
  const cases: [string, Sides, string, string, boolean][] = [
    [
      '5/6/8 pushed as 9',
      { city: { status: 8 }, lgsp: { status: 8 }, national: { status: 9 } },
      'pushed-as-9',
      'none-expected',
      false,
    ],
    [
      'a 9 for a dossier without a due date',
      { city: { dueAt: undefined }, lgsp: { dueAt: undefined }, national: { status: 9, dueAt: undefined } },
      'pushed-as-9',
      'none-expected',
      false,
    ],
    [
      'other code on the portal',
      { national: { code: 'H29.998-261105-00001', aliases: [CODE] } },
      'other-code',
      'record-code',
      false,
    ],
    ['never sent', { national: null }, 'never-sent', 'send', true],
    [
      'never sent, and the code has no province',
      { city: { code: 'PKT.01/05112026/0001' }, lgsp: { code: 'PKT.01/05112026/0001' }, national: null },
      'never-sent',
      'find-other-code',
      false,
    ],
    [
      'nobody fetched it from the portal',
      { city: null, lgsp: { status: 1 }, national: { status: 1 } },
      'not-fetched',
      'take-in',
      false,
    ],
    ['the update was refused', { city: { status: 10 }, lgsp: { status: 10 } }, 'update-path', 'send-again', true],
    [
      'empty, 11 or 0',
      { national: { status: 0, statusText: 'posting' } },
      'unknown-status',
      'report-status-table',
      false,
    ],
    ['11', { national: { status: 11 } }, 'unknown-status', 'report-status-table', false],
    ['false Z', { national: { receivedAt: RECEIVED - 7 * HOUR } }, 'seven-hours', 'report-zone', false],
    [
      'false Z the other way',
      { national: { dueAt: RECEIVED + 5 * DAY + 7 * HOUR } },
      'seven-hours',
      'report-zone',
      false,
    ],
    [
      'day and month',
      { city: { receivedAt: local }, lgsp: { receivedAt: local }, national: { receivedAt: swap } },
      'day-month',
      'report-date-order',
      false,
    ],
    [
      'day and month of bare days',
      {
        city: { receivedAt: local },
        lgsp: { receivedAt: local },
        national: { receivedAt: swap - 7 * HOUR, dayOnly: ['receivedAt'] },
      },
      'day-month',
      'report-date-order',
      false,
    ],
    ['time cut', { national: { receivedAt: midnight } }, 'time-cut', 'report-time-cut', true],
    [
      'result not sent',
      { city: { hasResult: true }, national: { hasResult: false } },
      'result-not-sent',
      'attach-result',
      true,
    ],
    [
      'result replaced by an attachment',
      { city: { hasResult: false }, national: { hasResult: true } },
      'result-replaced',
      'check-result',
      false,
    ],
    [
      'procedure of the unit itself',
      { national: { procedure: 'TP-KHAISINH' } },
      'procedure-local',
      'correct-procedure',
      true,
    ],
    [
      'sent twice under one code',
      { national: [{ status: 2 }, { at: 'x.csv:3' }] },
      'update-path',
      'withdraw-extra',
      false,
    ],
    [
      'sent twice under two codes',
      { national: [{}, { code: 'H29.998-261105-00001', aliases: [CODE] }] },
      'two-codes',
      'withdraw-extra',
      false,
    ],
    [
      'one code for two dossiers',
      { national: [{}, { procedure: '9.900099', updatedAt: RECEIVED }] },
      'shared-code',
      'separate-codes',
      false,
    ],
    ['one row twice', { city: [{}, { at: 'x.csv:3', updatedAt: RECEIVED }] }, 'same-row-twice', 'drop-row', false],
  ];
  it.each(cases)('%s', (_, changes, cause, fix, curable) => {
    expect(only(found(changes))).toMatchObject({ cause, fix, curable });
  });

  it('sending again cures only what the city tells otherwise than the nation', () => {
    expect(only(found({ lgsp: { status: 2 } })).curable).toBe(false);
    expect(only(found({ city: null })).curable).toBe(false);
    expect(only(found({ city: { dueAt: RECEIVED + 6 * DAY } }))).toMatchObject({ fix: 'check-date', curable: true });
    expect(only(found({ lgsp: null }))).toMatchObject({ fix: 'ask-lgsp', curable: false });
  });
});

describe('several rows of one side', () => {
  it('the row that changed last stands for the dossier, whatever their order', () => {
    const rows = [
      { status: 2, updatedAt: RECEIVED, at: 'x.csv:2' },
      { status: 4, updatedAt: RECEIVED + DAY, at: 'x.csv:3' },
    ];
    for (const national of [rows, [...rows].reverse()]) {
      const one = found({ national });
      expect(classes(one)).toEqual(['duplicate']);
      expect(one?.records.national?.at).toBe('x.csv:3');
    }
  });
});
