import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClassifyContext,
  COMPARED_FIELDS,
  classify,
  codeKey,
  DIFFERENCE_CLASSES,
  type Difference,
  fieldText,
  type RecordGroup,
  recordLines,
  rulesAt,
  SIDES,
  type SideRecord,
} from '../../lib/reconcile/index.ts';

const DAY = 86_400;
const RECEIVED = Date.UTC(2026, 10, 5, 7, 30, 12) / 1000;
const NOW = RECEIVED + 18 * DAY;
const rules = rulesAt(20_765);

const moment = fc.constantFrom(
  undefined,
  RECEIVED,
  RECEIVED + 59,
  RECEIVED + 61,
  RECEIVED + 7 * 3600,
  RECEIVED - DAY,
  NOW - 60,
);
const row: fc.Arbitrary<SideRecord> = fc.record({
  code: fc.constantFrom('H29.999-261105-0001', 'h29.999 - 261105-0001', 'PKT.01/0001', 'PKT.01/0001/'),
  aliases: fc.constantFrom<SideRecord['aliases'][]>(undefined, ['H29.998-261105-00001']),
  procedure: fc.constantFrom(undefined, '9.900012', '9.900012.000.00.00.H29', '9.900099', '1.012796', 'KHAI-SINH'),
  unit: fc.constantFrom(undefined, 'H29.999', 'Chi nhánh Văn phòng đăng ký đất đai'),
  status: fc.constantFrom(undefined, 0, 1, 2, 4, 5, 9, 10, 11),
  receivedAt: moment,
  dueAt: moment,
  finishedAt: moment,
  dayOnly: fc.constantFrom<SideRecord['dayOnly'][]>(undefined, ['dueAt'], ['receivedAt', 'finishedAt']),
  hasResult: fc.constantFrom(undefined, true, false),
  updatedAt: moment,
  at: fc.constantFrom('x.csv:2', 'x.csv:3', 'TraCuuHoSo'),
});
const rowsOf = (of: fc.Arbitrary<SideRecord>): fc.Arbitrary<RecordGroup> => {
  const some = fc.oneof(
    { weight: 1, arbitrary: fc.constant<SideRecord[]>([]) },
    { weight: 3, arbitrary: fc.array(of, { minLength: 1, maxLength: 3 }) },
  );
  return fc.record({ city: some, national: some, lgsp: some });
};
const group = rowsOf(row);
const context = (changes: Partial<ClassifyContext> = {}): ClassifyContext => ({
  rules,
  sides: SIDES,
  now: NOW,
  ...changes,
});
const classesOf = (one: Difference | null) => one?.findings.map((finding) => finding.class) ?? [];
const set = (names: readonly string[]) => [...new Set(names)].sort();

describe('laws', () => {
  it('the order of a side’s rows changes nothing', () => {
    const shuffled = (rows: SideRecord[]) => fc.shuffledSubarray(rows, { minLength: rows.length });
    const both = group.chain((one) =>
      fc
        .record({ city: shuffled(one.city), national: shuffled(one.national), lgsp: shuffled(one.lgsp) })
        .map((other) => [one, other] as const),
    );
    fc.assert(
      fc.property(both, ([one, other]) => {
        expect(classify(other, context())).toEqual(classify(one, context()));
      }),
    );
  });

  it('a dossier that all sides have alike is nothing to tell of, whatever it says', () => {
    fc.assert(
      fc.property(row, (one) => {
        expect(classify({ city: [one], national: [{ ...one }], lgsp: [one] }, context())).toBeNull();
      }),
    );
  });

  it('what differs does not depend on which side says what, expected differences and the lag apart', () => {
    const bare = { ...rules, cosmetic: [], outside: [], lagHours: 0 };
    const own = context({ rules: bare, now: 0 });
    fc.assert(
      fc.property(group, ({ city, national, lgsp }) => {
        const swapped = classesOf(classify({ city: national, national: city, lgsp }, own)).map((name) =>
          name === 'missing-city' ? 'missing-national' : name === 'missing-national' ? 'missing-city' : name,
        );
        expect(set(swapped)).toEqual(set(classesOf(classify({ city, national, lgsp }, own))));
      }),
    );
  });

  it('a side that is unknown or was not asked is never missing, and a side that has the dossier is not either', () => {
    fc.assert(
      fc.property(group, fc.subarray([...SIDES]), fc.boolean(), (one, sides, asked) => {
        const quiet = asked ? { unknownSides: sides } : { sides: SIDES.filter((side) => !sides.includes(side)) };
        const names = classesOf(classify(one, context(quiet)));
        for (const side of sides) expect(names).not.toContain(`missing-${side}`);
        for (const side of SIDES) if (one[side].length > 0) expect(names).not.toContain(`missing-${side}`);
      }),
    );
  });

  it('every absence is accounted for: told as missing, as unknown, as elsewhere or as fresh', () => {
    fc.assert(
      fc.property(group, (one) => {
        const there = SIDES.filter((side) => one[side].length > 0);
        if (there.length === 0 || there.length === 3) return;
        const names = classesOf(classify(one, context()));
        const told = SIDES.every((side) => there.includes(side) || names.includes(`missing-${side}`));
        expect(told || names.includes('outside-system') || names.includes('stale')).toBe(true);
      }),
    );
  });

  it('findings are of known classes, once each but for the lag, only told or else different; nothing differs without two values', () => {
    fc.assert(
      fc.property(group, (one) => {
        const difference = classify(one, context());
        if (!difference) return;
        const names = classesOf(difference).filter((name) => name !== 'stale');
        expect(names).toEqual([...new Set(names)]);
        for (const { class: name, values, curable } of difference.findings) {
          expect(DIFFERENCE_CLASSES).toContain(name);
          if (['status', 'due-date', 'finish-date', 'received-date', 'procedure', 'result-file'].includes(name))
            expect(new Set(Object.values(values)).size).toBeGreaterThan(1);
          if (curable) expect(one.city.length).toBeGreaterThan(0);
        }
        for (const side of SIDES) expect(difference.rows[side] ?? 0).toBe(one[side].length);
      }),
    );
  });

  it('never throws on odd values, and has words for them', () => {
    const any = fc.oneof(
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e300, 4e9, 0.5),
      fc.double(),
      fc.integer(),
    );
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', '\u0000', '\ud800', 'Hồ sơ lạ/'));
    const odd = fc.record({
      code: text,
      aliases: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
      procedure: text,
      unit: text,
      status: any,
      statusText: text,
      receivedAt: any,
      dueAt: any,
      finishedAt: any,
      updatedAt: any,
      at: text,
    });
    fc.assert(
      fc.property(rowsOf(odd), any, (one, now) => {
        const difference = classify(one, context({ now }));
        if (difference) expect(recordLines(difference).length).toBeGreaterThan(0);
        for (const side of SIDES)
          for (const record of one[side])
            for (const field of COMPARED_FIELDS) expect(fieldText(field, record) ?? '').not.toMatch(/NaN|undefined/);
      }),
    );
  });

  it('the drill marks exactly the fields that a finding names', () => {
    fc.assert(
      fc.property(group, (one) => {
        const difference = classify(one, context({ now: 0 }));
        if (!difference) return;
        const marked = recordLines(difference).filter(({ differs }) => differs).length;
        const named = classesOf(difference).filter((name) =>
          /^(status|cosmetic|procedure|result-file)$|-date$/.test(name),
        ).length;
        const codes = new Set(Object.values(difference.records).map(({ code }) => codeKey(code)));
        expect(marked).toBe(named + (codes.size > 1 ? 1 : 0));
      }),
    );
  });
});
