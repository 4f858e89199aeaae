import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { type DesignForm, madeOf, NEW_DESIGN } from '../../entrypoints/spotcheck/design.ts';
import { listCsv } from '../../entrypoints/spotcheck/files.ts';
import { ALL, countsOf, type Loaded, type Row, rowsOf } from '../../entrypoints/spotcheck/population.ts';
import type { Answer, Answers, Ask, FreezeAsk } from '../../entrypoints/spotcheck/protocol.ts';
import { Session } from '../../entrypoints/spotcheck/session.ts';
import { fromJob } from '../../entrypoints/spotcheck/sources.ts';
import { percentOf, sourceWords } from '../../entrypoints/spotcheck/words.ts';
import { BrowserJobStore } from '../../lib/platform/job-store.ts';
import { frozenList, loadSpotcheck } from '../../lib/platform/spotchecks.ts';
import { freeze } from '../../lib/sampling/index.ts';
import { parseIsoDay } from '../../lib/text/index.ts';
import { dossier, spec } from './job-world.ts';

const day = (iso: string) => parseIsoDay(iso) as number;
const row = (n: number, part: Partial<Row> = {}): Row => ({
  code: `H29.999-261101-${String(n).padStart(4, '0')}`,
  procedure: null,
  unit: 'A',
  field: null,
  channel: null,
  day: day('2026-11-05'),
  at: `ds.csv:${n + 1}`,
  ...part,
});
const loaded = (rows: Row[], part: Partial<Loaded> = {}): Loaded => ({
  source: 'ds.csv',
  columns: { unit: null, field: null, channel: null },
  rows,
  unreadable: [],
  ignored: [],
  undated: [],
  notes: [],
  ...part,
});

describe('counts before the draw', () => {
  const list = loaded([
    row(1),
    row(2, { unit: 'B', day: day('2026-11-06') }),
    row(3, { unit: 'B', field: 'Đất đai', day: null }),
    row(4, { unit: null }),
    row(1, { at: 'ds.csv:9' }),
  ]);

  it('are those of the filter, each value under the filters of the others', () => {
    const { total, kept, values, days, leftOutUndated } = countsOf(list, { ...ALL, unit: ['B'] });
    expect({ total, kept, days, leftOutUndated }).toEqual({
      total: 5,
      kept: 2,
      days: [day('2026-11-05'), day('2026-11-06')],
      leftOutUndated: 0,
    });
    // The chosen value does not hide the others of its own kind.
    expect(values.unit).toEqual([
      ['A', 2],
      ['B', 2],
      ['(trống)', 1],
    ]);
    expect(values.field).toEqual([
      ['(trống)', 1],
      ['Đất đai', 1],
    ]);
  });

  it('a period takes both its days and leaves out what has none, and says so', () => {
    const filter = { ...ALL, from: day('2026-11-06'), to: day('2026-11-06') };
    expect(rowsOf(list, filter).map(({ code }) => code.slice(-1))).toEqual(['2']);
    expect(countsOf(list, filter).leftOutUndated).toBe(1);
    expect(countsOf(list, { ...filter, unit: ['A'] }).leftOutUndated).toBe(0);
  });

  it('what stands for no value can be chosen', () => {
    expect(rowsOf(list, { ...ALL, unit: ['(trống)'] })).toEqual([row(4, { unit: null })]);
  });

  it('name every place of a code that stands twice among those kept', () => {
    expect(countsOf(list, ALL).repeated).toEqual({
      codes: 1,
      rows: 1,
      examples: [{ at: 'ds.csv:2, ds.csv:9', reason: row(1).code }],
    });
    expect(countsOf(list, { ...ALL, unit: ['B'] }).repeated.codes).toBe(0);
  });
});

describe('what a record says of its list', () => {
  const none = { repeated: { codes: 0, rows: 0, examples: [] }, unreadable: { count: 0, examples: [] } };
  it('is the name of the source alone when nothing was left out', () => {
    expect(sourceWords('ds.csv', ALL, none)).toBe('ds.csv');
  });
  it('names filters and what was left out, and never grows beyond what a record takes', () => {
    const many = Array.from({ length: 300 }, (_, i) => `Phường ${i} ${'x'.repeat(100)}`);
    const words = sourceWords('ds.csv', { ...ALL, unit: ['A', 'B', 'C', 'D'], from: day('2026-11-01') }, none);
    expect(words).toBe('ds.csv; đơn vị: A, B, C và 1 đơn vị khác; tiếp nhận từ 01/11/2026');
    expect(sourceWords('ds.csv', { ...ALL, unit: many }, none).length).toBeLessThanOrEqual(400);
  });
  it.each([
    ['5', 0.05],
    ['2,5 %', 0.025],
    ['98.5', 0.985],
    ['100', 1],
    ['101', null],
    ['', null],
    ['năm', null],
  ])('%s as a rate: %s', (text, rate) => {
    expect(percentOf(text)).toBe(rate);
  });
});

/** A session, one question after the other. */
function desk() {
  const answers: Answer[] = [];
  const session = new Session((answer) => answers.push(answer));
  return async <Type extends Ask['type']>(ask: Extract<Ask, { type: Type }>): Promise<Answers[Type] | string> => {
    await session.receive({ nr: answers.length, ask });
    const last = answers.at(-1);
    if (last?.kind === 'refused') return last.changed ? `changed: ${last.message}` : last.message;
    return (last?.kind === 'done' ? last.value : null) as Answers[Type];
  };
}
const HEADER = 'Mã hồ sơ,Mã TTHC,Phòng,Ngày tiếp nhận';
const line = (i: number) => `H29.999-261105-${String(i).padStart(4, '0')},9.90000${i % 3},P${i % 2},05/11/2026`;
const text = (count: number, ...more: string[]) =>
  [HEADER, ...Array.from({ length: count }, (_, i) => line(i)), ...more].join('\n');
const COLUMNS = { 'Mã hồ sơ': 'code', 'Mã TTHC': 'procedure', Phòng: 'field', 'Ngày tiếp nhận': 'receivedAt' } as const;
const LIST: FreezeAsk = { filter: ALL, by: null, pooledUnder: 1, firstOfEach: false, withoutUnreadable: false };
const DESIGN = {
  goal: { kind: 'size', size: 6 } as const,
  confidence: 0.95,
  allocation: null,
  minimum: 2,
  deviations: {},
};
const read = (content: string) =>
  ({
    type: 'read',
    source: { kind: 'file', file: new Blob([content]), name: 'ds.csv', choice: { columns: COLUMNS } },
  }) as const;

describe('the thread of the set-up', () => {
  it("reads, freezes by a column of the person's choice, draws and keeps list and sample", async () => {
    const ask = desk();
    expect(await ask(read(text(20)))).toMatchObject({ total: 20, kept: 20 });
    const frozen = await ask({ type: 'freeze', list: { ...LIST, by: 'field' }, known: [] });
    const units = Array.from({ length: 20 }, (_, i) => line(i).split(',')).map(([code = '', , stratum = '']) => ({
      code,
      stratum,
    }));
    const { sha256 } = freeze(units);
    expect(frozen).toMatchObject({ summary: { sha256, count: 20 }, source: 'ds.csv', column: 'Phòng', hosts: [] });
    const draw = {
      id: 'thu',
      name: 'Thử',
      host: null,
      sha256,
      design: { ...DESIGN, allocation: 'proportional' as const },
      seed: 's',
      checks: [{ name: 'Đủ', declared: null }],
      now: 5,
    };
    expect(await ask({ type: 'draw', ask: { ...draw, sha256: '0'.repeat(64) } })).toContain('hãy chốt lại');
    expect(await ask({ type: 'draw', ask: draw })).toMatchObject({ id: 'thu', updatedAt: 5 });
    const kept = await loadSpotcheck('thu');
    expect(kept?.record.units).toHaveLength(6);
    expect(kept?.record.units[0]?.procedure).toMatch(/^9\.90000/);
    expect((await frozenList('thu'))?.population.sha256).toBe(sha256);

    // More of the same order; another list is never mixed in, the list that was handed out is the same.
    await ask({ type: 'extend', id: 'thu', goal: { kind: 'size', size: 9 }, now: 1 });
    const longer = await loadSpotcheck('thu');
    expect(longer?.record.units).toHaveLength(9);
    expect(longer?.updatedAt).toBe(6);
    const file = (content: string) =>
      ({ type: 'attach', id: 'thu', file: new Blob([content]), name: 'x.csv' }) as const;
    expect(await ask(file(text(21)))).toMatch(/^changed: danh sách đã đổi/);
    expect(await ask(file('Mã hồ sơ\nH29.999-261105-0000'))).toContain('không có cột lĩnh vực');
    const list = await frozenList('thu');
    if (!list || !longer) throw new Error('not kept');
    expect(await ask(file(listCsv(list, longer.record.population)))).toBeNull();
  });

  it('refuses what it cannot stand for, until it is told to leave it out', async () => {
    const ask = desk();
    expect(await ask({ type: 'count', filter: ALL })).toContain('hãy chọn lại nguồn');
    await ask(read(text(5, line(2), ',9.900001,P1,05/11/2026')));
    expect(await ask({ type: 'freeze', list: LIST, known: [] })).toContain('1 dòng không đọc được mã');
    const without = { ...LIST, withoutUnreadable: true };
    expect(await ask({ type: 'freeze', list: without, known: [] })).toContain('ds.csv:4, ds.csv:7');
    expect(await ask({ type: 'freeze', list: { ...without, firstOfEach: true }, known: [] })).toMatchObject({
      summary: { count: 5 },
      source: 'ds.csv; bỏ 1 dòng trùng mã; bỏ 1 dòng không đọc được mã',
    });
    expect(await ask({ type: 'freeze', list: { ...LIST, by: 'weekday' as never }, known: [] })).toContain(
      'tải lại trang',
    );
  });

  it('knows the city system by the dossiers that were seen there', async () => {
    const ask = desk();
    await ask(read(text(4)));
    const known = [0, 1, 2, 9].map((i) => ({
      code: line(i).split(',')[0] as string,
      host: i === 0 ? 'b.example' : 'a.example',
    }));
    expect(await ask({ type: 'freeze', list: LIST, known })).toMatchObject({ hosts: ['a.example', 'b.example'] });
  });
});

describe('the city of a reconciliation', () => {
  it('is read from its cells: two windows may bring one dossier, the other sides bring none', async () => {
    const store = new BrowserJobStore('cu');
    await store.start(spec([{ side: 'city' }, { side: 'national' }]), []);
    const cell = async (side: 'city' | 'national', unit: string, records: ReturnType<typeof dossier>[]) => {
      const key = { phase: 'read', side, partition: { unit, day: '2026-11-02' } } as const;
      const unreadable = [{ side, at: `${side}:7`, reason: 'hỏng' }];
      await store.commit(key, await store.claim(key), { records, unreadable });
    };
    await cell('city', 'u1', [dossier(1), dossier(2)]);
    await cell('city', 'u2', [dossier(2), dossier(3), dossier(3)]);
    await cell('national', 'u1', [dossier(8)]);
    const ask = { phase: 'ask', side: 'city', partition: { unit: '', day: '' } } as const;
    const asked = [{ code: 'X', digest: '1', unanswered: { kind: 'timeout' as const, message: 'quá lâu' } }];
    await store.commit(ask, await store.claim(ask), { records: [], unreadable: [], asked });
    const { rows, unreadable, notes } = await fromJob('cu', 'Đối soát', () => undefined);
    const codes = [1, 2, 3, 3].map((n) => dossier(n).code);
    expect(rows.map(({ code }) => code).sort()).toEqual(codes.sort());
    expect(unreadable).toHaveLength(2);
    expect(notes).toEqual([expect.stringContaining('chưa trả lời về 1 hồ sơ')]);
  });
});

describe('the list as a file', () => {
  it.each([1, 5])('comes back to the same hash, with nothing told and with pooled strata (under %i)', async (pool) => {
    const ask = desk();
    const rows = Array.from({ length: 12 }, (_, i) => row(i, { unit: i < 3 ? null : i < 6 ? 'Ít' : '=Nhiều' }));
    await ask({ type: 'read', source: { kind: 'rows', rows, name: 'Bảng' } });
    const frozen = await ask({ type: 'freeze', list: { ...LIST, by: 'unit', pooledUnder: pool }, known: [] });
    if (typeof frozen === 'string') throw new Error(frozen);
    const id = `bang-${pool}`;
    const design = { ...DESIGN, allocation: 'proportional' as const };
    const { sha256 } = frozen.summary;
    const checks = [{ name: 'Đủ', declared: null }];
    await ask({ type: 'draw', ask: { id, name: 'x', host: null, sha256, design, seed: 's', checks, now: 1 } });
    const [list, check] = [await frozenList(id), await loadSpotcheck(id)];
    if (!list || !check) throw new Error('not kept');
    expect(list.population.strata.map(({ name }) => name)).toEqual(
      pool === 1 ? ['(trống)', '=Nhiều', 'Ít'] : ['(gộp)', '=Nhiều'],
    );
    const file = new Blob([listCsv(list, check.record.population)]);
    expect(await ask({ type: 'attach', id, file, name: 'ds.csv' })).toBeNull();
  });
});

describe('a design in its fields', () => {
  const frozen = {
    summary: {
      count: 600,
      sha256: '0'.repeat(64),
      strata: [
        { name: 'a', count: 400 },
        { name: 'b', count: 200 },
      ],
    },
    source: 'ds.csv',
    column: 'Phòng',
    hosts: [],
  };
  const whole = { ...frozen, summary: { ...frozen.summary, strata: [{ name: '', count: 600 }] } };
  const sizes = (form: Partial<DesignForm>) => {
    const result = madeOf({ ...NEW_DESIGN, by: 'field', ...form }, frozen);
    return result.ok ? result.made.planned.population.strata.map(({ size }) => size) : result.problems;
  };
  const problems = (form: Partial<DesignForm>, list = whole) => {
    const result = madeOf({ ...NEW_DESIGN, ...form }, list);
    return result.ok ? [] : result.problems.map(({ field }) => field);
  };

  it('deals by size, or by what was uncertain last time; never less than the minimum', () => {
    expect(sizes({ goal: 'size', size: '60' })).toEqual([40, 20]);
    const [a = 0, b = 0] = sizes({
      goal: 'size',
      size: '60',
      allocation: 'neyman',
      rates: { a: '100', b: '50' },
    }) as number[];
    expect(a + b).toBe(60);
    expect(b).toBeGreaterThan(a);
    expect(sizes({ goal: 'size', size: '60', minimum: '30' })).toEqual([30, 30]);
  });

  it.each<[Partial<DesignForm>, string[]]>([
    [{}, []],
    [{ margin: 'x' }, ['margin']],
    [{ margin: '60' }, ['margin']],
    [{ confidence: '40' }, ['confidence']],
    [{ expected: '0' }, ['expected']],
    [{ goal: 'size', size: '' }, ['size']],
    [{ goal: 'size', size: '601' }, ['size']],
    [{ goal: 'plan', acceptable: '5', rejectable: '5' }, ['acceptable']],
    [{ goal: 'plan', producerRisk: '60' }, ['producerRisk']],
    [{ checks: [] }, ['checks']],
    [{ checks: [{ name: ' ', declared: '120' }] }, ['check-0-name', 'check-0-declared']],
    [
      {
        checks: [
          { name: 'A', declared: '' },
          { name: 'A ', declared: '' },
        ],
      },
      ['check-1-name'],
    ],
  ])('%j: %j stands in the way', (form, fields) => {
    expect(problems(form)).toEqual(fields);
  });

  it('a plan is for a list that is not divided', () => {
    expect(problems({ goal: 'plan', by: null }, frozen)).toEqual(['acceptable']);
    expect(problems({ by: 'unit', minimum: '1' }, frozen)).toEqual(['minimum']);
  });
});
