import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EngineOptions, joinRecords, MASK, normalCode } from '../../lib/reconcile/engine/index.ts';
import { SIDES, type Side, type SideRecord } from '../../lib/reconcile/types.ts';

const DAY = 86_400;
const dayOf = (second: number) => Math.floor((second + 7 * 3600) / DAY);
const options: EngineOptions = {
  sides: SIDES,
  tolerance: { receivedAt: { seconds: 60 }, dueAt: { days: 0 }, finishedAt: { seconds: 0 } },
};

type Records = Record<Side, SideRecord[]>;
interface Row {
  side: Side;
  row: number;
  record: SideRecord;
}

/** The join as one would write it with strings and a Map: rows that share a code, over any number of steps, are one dossier. */
function naive(records: Records): Map<string, number> {
  const all: Row[] = SIDES.flatMap((side) => records[side].map((record, row) => ({ side, row, record })));
  const rows = all.filter(({ record }) => normalCode(record.code) !== '');
  const groups = new Map<string, Set<string>>();
  const codesOf = ({ record }: Row) => [record.code, ...(record.aliases ?? [])].map(normalCode).filter(Boolean);
  for (const row of rows) {
    const merged = new Set<string>();
    for (const code of codesOf(row)) for (const one of groups.get(code) ?? [code]) merged.add(one);
    for (const code of merged) groups.set(code, merged);
  }
  const found = new Map<string, number>();
  for (const codes of new Set(groups.values())) {
    const own = rows.filter((row) => codes.has(normalCode(row.record.code)));
    const mask = maskOf(own, records);
    if (own.length === 0 || mask === 0) continue;
    found.set(own.map(({ side, row }) => `${side}:${row}`).join(' '), mask);
  }
  return found;
}

function maskOf(rows: Row[], records: Records): number {
  let mask = 0;
  const of = (side: Side) => rows.filter((row) => row.side === side).length;
  if (of('city') === 0) mask |= MASK.missingCity;
  if (of('national') === 0) mask |= MASK.missingNational;
  if (of('lgsp') === 0) mask |= MASK.missingLgsp;
  if (SIDES.some((side) => of(side) > 1)) mask |= MASK.duplicate;
  if (new Set(rows.map(({ record }) => normalCode(record.code))).size > 1) mask |= MASK.alias;
  const tells = (side: Side, key: keyof SideRecord) => records[side].some((record) => record[key] !== undefined);
  const differ = (key: keyof SideRecord, same: (a: SideRecord, b: SideRecord) => boolean) =>
    rows.some((a) => rows.some((b) => tells(a.side, key) && tells(b.side, key) && !same(a.record, b.record)));
  const moment = (key: 'receivedAt' | 'dueAt' | 'finishedAt') => (a: SideRecord, b: SideRecord) => {
    const [x, y] = [a[key], b[key]];
    if (x === undefined || y === undefined) return x === y;
    const tolerance = options.tolerance[key];
    if ('days' in tolerance) return Math.abs(dayOf(x) - dayOf(y)) <= tolerance.days;
    if (a.dayOnly?.includes(key) || b.dayOnly?.includes(key)) return dayOf(x) === dayOf(y);
    return Math.abs(x - y) <= tolerance.seconds;
  };
  if (differ('status', (a, b) => a.status === b.status)) mask |= MASK.status;
  if (differ('procedure', (a, b) => a.procedure?.trim().toUpperCase() === b.procedure?.trim().toUpperCase()))
    mask |= MASK.procedure;
  if (differ('hasResult', (a, b) => a.hasResult === b.hasResult)) mask |= MASK.result;
  if (differ('receivedAt', moment('receivedAt'))) mask |= MASK.received;
  if (differ('dueAt', moment('dueAt'))) mask |= MASK.due;
  if (differ('finishedAt', moment('finishedAt'))) mask |= MASK.finish;
  return mask;
}

function fast(records: Records, how = options): Map<string, number> {
  const outcome = joinRecords(records, how);
  return new Map(
    [...outcome.groups].map((group) => [
      SIDES.flatMap((side) => group[side].map((row) => `${side}:${row}`)).join(' '),
      group.mask,
    ]),
  );
}

const sorted = (map: Map<string, number>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));

const code = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('H29.999', 'h29.999', 'H29.999.01', '000.00.99.H29', 'X'),
      fc.constantFrom('260115', '260116', '20260115', '261399', '260132'),
      fc.constantFrom('1', '01', '000001', '000002', '12345678', '123456789'),
    )
    .map((parts) => parts.join('-')),
  fc.constantFrom(
    '',
    ' ',
    '0000/2018/07/03/',
    'HS 1',
    'Hồ-1',
    'Hồ-1'.normalize('NFD'),
    ' H29.999 - 260115 - 000001 ',
    'ﬁ',
  ),
);
const noon = Date.UTC(2026, 0, 15, 5) / 1000;
const second = fc.oneof(
  fc.constantFrom(undefined, noon, noon + 60, noon + 61, noon - 40, noon + DAY, 0, -5, 2 ** 33),
  fc.integer({ min: noon - DAY, max: noon + DAY }),
);
const record: fc.Arbitrary<SideRecord> = fc
  .record(
    {
      code,
      aliases: fc.array(code, { maxLength: 2 }),
      status: fc.constantFrom(undefined, 0, 4, 9),
      procedure: fc.constantFrom(undefined, '1.999999', ' 1.999999.h29', '1.999999.H29'),
      hasResult: fc.constantFrom(undefined, true, false),
      receivedAt: second,
      dueAt: second,
      finishedAt: second,
      dayOnly: fc.subarray(['receivedAt', 'dueAt', 'finishedAt'] as const),
    },
    { requiredKeys: ['code'] },
  )
  .map((one) => ({ ...one, at: '' }) as SideRecord);
const list = fc.array(record, { maxLength: 12 });
const anyRecords: fc.Arbitrary<Records> = fc.record({ city: list, national: list, lgsp: list });

/** A moment that is no 32-bit number is never found equal: the kernel leaves it to whoever has the record. */
const isOdd = (second: number | undefined) => second !== undefined && (second <= 0 || second >= 2 ** 32 - 1);
const plain = (records: Records): Records => {
  const kept = (second: number | undefined) => (isOdd(second) ? undefined : second);
  const clean = (one: SideRecord) => ({
    ...one,
    receivedAt: kept(one.receivedAt),
    dueAt: kept(one.dueAt),
    finishedAt: kept(one.finishedAt),
  });
  return { city: records.city.map(clean), national: records.national.map(clean), lgsp: records.lgsp.map(clean) };
};

describe('joinRecords', () => {
  test('gives the groups and masks of a join written with strings and a Map', () => {
    fc.assert(
      fc.property(anyRecords.map(plain), (records) => {
        expect(sorted(fast(records))).toEqual(sorted(naive(records)));
      }),
      { numRuns: 600 },
    );
  });

  test('leaves out no group that the naive join has, whatever the moments', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const found = fast(records);
        for (const [rows, mask] of naive(records)) expect((found.get(rows) ?? 0) & mask).toBe(mask);
      }),
    );
  });

  test('accounts for every row exactly once', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const { rows, equalRows, unreadableRows, groups } = joinRecords(records, options);
        const seen = SIDES.map((side) => [...groups].flatMap((group) => group[side]));
        SIDES.forEach((side, i) => {
          expect(new Set(seen[i]).size).toBe(seen[i]?.length);
          expect(rows[side]).toBe(records[side].length);
          expect(equalRows[side] + unreadableRows[side] + (seen[i]?.length ?? 0)).toBe(rows[side]);
        });
      }),
    );
  });

  test('does not hang on the order of the rows', () => {
    const shuffled = anyRecords.chain((records) =>
      fc.record({
        records: fc.constant(records),
        city: fc.shuffledSubarray([...records.city.keys()], { minLength: records.city.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ records, city }) => {
        const moved = fast({ ...records, city: city.map((row) => records.city[row] as SideRecord) });
        const back = new Map(
          [...moved].map(([rows, mask]) => [
            rows
              .split(' ')
              .map((one) => one.replace(/^city:(\d+)$/, (_, n) => `city:${city[Number(n)]}`))
              .toSorted()
              .join(' '),
            mask,
          ]),
        );
        const same = new Map([...fast(records)].map(([rows, mask]) => [rows.split(' ').toSorted().join(' '), mask]));
        expect(sorted(back)).toEqual(sorted(same));
      }),
    );
  });
});

describe('what is one dossier', () => {
  const at = '';
  const one = (own: string, ...aliases: string[]): SideRecord => ({ code: own, aliases, at });

  test('codes that only look alike to a hash, to the eye or to a number stay apart', () => {
    const pairs = [
      ['H29.999-260115-1', 'H29.999-260115-01'],
      ['H29.999-260115-000001', 'H29.999-20260115-000001'],
      ['H29.999-20260115-000001', 'H29.999-19260115-000001'],
      ['H29.99-260115-000001', 'H29.999-260115-000001'],
      ['H29.999-260115-12345678', 'H29.999-260115-12345679'],
      ['0000/2018/07/03/', '0000/2018/07/03'],
    ] as const;
    for (const [a, b] of pairs)
      expect(fast({ city: [one(a)], national: [one(b)], lgsp: [one(a)] }).size, `${a} ${b}`).toBe(2);
  });

  test('a ring of second codes is one dossier', () => {
    const found = fast({ city: [one('A', 'B')], national: [one('B', 'C')], lgsp: [one('C', 'A')] });
    expect([...found]).toEqual([['city:0 national:0 lgsp:0', MASK.alias]]);
  });

  test('one second code on two dossiers shows both as duplicates', () => {
    const found = fast({
      city: [one('A', 'Z'), one('B', 'Z')],
      national: [one('A'), one('B')],
      lgsp: [one('A'), one('B')],
    });
    expect([...found.values()]).toEqual([MASK.alias | MASK.duplicate]);
  });

  test('a second code that nobody has changes nothing', () => {
    expect(fast({ city: [one('A', 'Z')], national: [one('A')], lgsp: [one('A')] }).size).toBe(0);
  });

  test('a side that was not asked is not missing', () => {
    const two = { ...options, sides: ['city', 'national'] as const };
    expect(fast({ city: [one('A')], national: [one('A')], lgsp: [] }, two).size).toBe(0);
    expect([...fast({ city: [one('A')], national: [], lgsp: [] }, two).values()]).toEqual([MASK.missingNational]);
  });

  test('more prefixes than a reader can number are still told apart', () => {
    const many = Array.from({ length: 9000 }, (_, n) => one(`P${n}-260115-000001`));
    const outcome = joinRecords({ city: many, national: many.toReversed(), lgsp: many.slice(1) }, options);
    expect([...outcome.groups]).toEqual([{ mask: MASK.missingLgsp, city: [0], national: [8999], lgsp: [] }]);
    expect(outcome.groups.code(0)).toBe('P0-260115-000001');
  });

  test('tells the code of a group as it is compared', () => {
    const codes = ['h29.999-260115-000007', ' H29.999-20260115-7', 'hồ/1', '0000/2018/07/03/'];
    const { groups } = joinRecords({ city: codes.map((text) => one(text)) }, options);
    expect(codes.map((_, n) => groups.code(n))).toEqual(codes.map(normalCode));
  });
});
