import { describe, expect, it } from 'vitest';
import { DIFFERENCE_CLASSES, type DifferenceClass, SIDES, type Side } from '../../lib/reconcile/types.ts';
import { wall } from '../sandbox/naive-time.ts';
import { type BookRow, type Expectation, plant } from '../sandbox/planted.ts';
import { plantedCsv } from '../sandbox/planted-csv.ts';
import { PLANT_KINDS } from '../sandbox/planted-kinds.ts';
import { makePopulation } from '../sandbox/population.ts';
import { dateText } from '../sandbox/wire-shape.ts';

const NOW = wall('2026-11-25T09:40');
const planted = plant({ seed: 'gieo', now: NOW, count: 3000 }, { share: 0.3 });
const { expected } = planted;

const plain = (code: string): string => code.trim().normalize('NFC').toUpperCase();

function indexOf(rows: readonly BookRow[]): Map<string, Set<BookRow>> {
  const index = new Map<string, Set<BookRow>>();
  for (const row of rows) {
    if (row.broken === 'code') continue;
    for (const code of [row.code, row.otherCode].filter((one) => one !== '').map(plain)) {
      index.set(code, (index.get(code) ?? new Set()).add(row));
    }
  }
  return index;
}

const indexes: Record<Side, Map<string, Set<BookRow>>> = {
  city: indexOf(planted.city),
  national: indexOf(planted.national),
  lgsp: indexOf(planted.lgsp),
};

/** The rows of a planted dossier in each book, found by any of its codes. */
function rowsOf({ codes }: Expectation): Record<Side, BookRow[]> {
  const of = (side: Side): BookRow[] => [
    ...new Set(codes.flatMap((code) => [...(indexes[side].get(plain(code)) ?? [])])),
  ];
  return { city: of('city'), national: of('national'), lgsp: of('lgsp') };
}

/** Everything that can be seen to be wrong with the rows of one dossier, by looking only. */
function visible(rows: Record<Side, BookRow[]>): Set<DifferenceClass> {
  const seen = new Set<DifferenceClass>();
  const all = SIDES.flatMap((side) => rows[side]);
  const readable = all.filter(({ broken }) => broken === undefined);
  const differ = (tell: (row: BookRow) => unknown): boolean =>
    new Set(readable.map(tell).filter((value) => value !== undefined)).size > 1;
  for (const side of SIDES) {
    if (rows[side].length === 0) seen.add(`missing-${side}`);
    if (rows[side].length > 1) seen.add('duplicate');
  }
  if (readable.length < all.length) seen.add('unreadable');
  if (differ(({ status }) => status)) seen.add('status');
  if (differ(({ receivedAt }) => Math.floor(receivedAt / 60))) seen.add('received-date');
  if (differ(({ dueAt }) => dueAt && Math.floor(dueAt / 60))) seen.add('due-date');
  if (differ(({ finishedAt }) => finishedAt && Math.floor(finishedAt / 60))) seen.add('finish-date');
  if (differ(({ procedure }) => procedure.code.slice(0, 8))) seen.add('procedure');
  if (differ(({ hasResult }) => hasResult)) seen.add('result-file');
  if (differ(({ code }) => plain(code))) seen.add('code-alias');
  return seen;
}

describe('the planted books', () => {
  it('hold every class and every case', () => {
    const classes = new Set([...expected.values()].flatMap((one) => one.classes));
    expect([...classes].sort()).toEqual([...DIFFERENCE_CLASSES].sort());
    const kinds = new Set([...expected.values()].map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(PLANT_KINDS.map(({ name }) => name).sort());
  });

  it('show every class in the small city as well', () => {
    const small = plant(makePopulation({ seed: 'phuong-khong-that', now: NOW }), { share: 0.3 });
    const classes = new Set([...small.expected.values()].flatMap((one) => one.classes));
    expect([...classes].sort()).toEqual([...DIFFERENCE_CLASSES].sort());
  });

  it('are the same for the same seed, and others for another', () => {
    const again = plant({ seed: 'gieo', now: NOW, count: 3000 }, { share: 0.3 });
    expect(again).toEqual(planted);
    expect(plant({ seed: 'khac', now: NOW, count: 3000 }, { share: 0.3 })).not.toEqual(planted);
  });

  it('leave all other dossiers equal in the three, once each', () => {
    const touched = new Set([...expected.values()].flatMap(({ codes }) => codes.map(plain)));
    const untouched = (side: Side): [string, BookRow][] =>
      planted[side]
        .filter(({ code, broken }) => broken !== 'code' && !touched.has(plain(code)))
        .map((row) => [row.code, row]);
    const city = new Map(untouched('city'));
    expect(city.size).toBe(untouched('city').length);
    for (const side of ['national', 'lgsp'] as const) {
      expect(untouched(side)).toHaveLength(city.size);
      expect(new Map(untouched(side))).toEqual(city);
    }
    // A case of two dossiers has one answer.
    const pairs = [...expected.values()].filter(({ kind }) => kind === 'shared-code').length;
    expect(city.size + expected.size + pairs).toBe(planted.count);
  });

  it('show what is expected of each planted dossier, and nothing else', () => {
    // Explains a difference in one of these instead of being one.
    const explained: Partial<Record<DifferenceClass, DifferenceClass[]>> = {
      cosmetic: ['status'],
      stale: ['status', 'missing-national', 'missing-lgsp'],
      'outside-system': ['missing-national', 'missing-city'],
    };
    for (const [code, one] of expected) {
      const seen = visible(rowsOf(one));
      const wanted = one.classes.flatMap((name) => explained[name] ?? [name]);
      const hidden = one.classes.filter((name) => explained[name] === undefined && !seen.has(name));
      const surplus = [...seen].filter((name) => !wanted.includes(name) && !one.may.includes(name));
      expect({ code, kind: one.kind, hidden, surplus }).toEqual({ code, kind: one.kind, hidden: [], surplus: [] });
      if (wanted.length !== one.classes.length || one.classes.some((name) => explained[name]))
        expect(wanted.some((name) => seen.has(name))).toBe(true);
      expect(one.outcome === 'matched').toBe(one.classes.length === 0);
    }
  });

  it('keep dossiers of the last days out of the cases that a lag could explain', () => {
    for (const one of expected.values()) {
      if (one.classes.length === 0 || one.classes.includes('stale')) continue;
      const first = SIDES.flatMap((side) => rowsOf(one)[side])[0];
      if (one.kind !== 'shared-code') expect(first?.updatedAt).toBeLessThan((NOW - 3 * 1440) * 60);
    }
    const stale = [...expected.values()].filter(({ classes }) => classes.includes('stale'));
    for (const one of stale) expect(rowsOf(one).city[0]?.updatedAt).toBeGreaterThan((NOW - 30) * 60);
  });

  it('hold nobody who exists and no code that can be', () => {
    for (const side of SIDES) {
      for (const { code, owner, procedure } of planted[side]) {
        expect(plain(code)).toMatch(
          /H29\.99\d|99\.H29|^HS\/LẠ |^HS\.\d{5}\/2026\/KT$|^PKT\.01\/|^\d{5}\/2026\/11\/03\/$/u,
        );
        expect(owner.identity).toMatch(/^999\d{9}$/);
        expect(procedure.code).toMatch(/^9\.9/);
      }
    }
  });

  it('tell the days, the units and the rows that nobody can read', () => {
    const days = SIDES.flatMap((side) =>
      planted[side].map(({ receivedAt }) => dateText(receivedAt, 'slash').slice(0, 10)),
    );
    days.sort();
    expect([days[0], days.at(-1)].map((day) => day?.replaceAll('/', '-'))).toEqual([
      planted.period.from,
      planted.period.to,
    ]);
    expect(planted.units).toEqual(['H29.999', 'H29.999.01']);
    const noCode = [...expected.values()].filter(({ kind }) => kind === 'no-code-row').length;
    const broken = [...expected.values()].filter(({ classes }) => classes.includes('unreadable')).length;
    const { city, national, lgsp } = planted.unreadable;
    expect(city + national + lgsp).toBe(noCode + broken);
  });

  it('can hold some of the cases only', () => {
    const some = plant({ seed: 'gieo', now: NOW, count: 300 }, { share: 1, kinds: ['never-sent', 'blanks'] });
    expect(new Set([...some.expected.values()].map(({ kind }) => kind))).toEqual(new Set(['never-sent', 'blanks']));
    expect(() => plant({ seed: 'gieo', now: NOW, count: 3 }, { kinds: ['khong-co'] })).toThrow('khong-co');
    const none = plant({ seed: 'gieo', now: NOW, count: 300 }, { share: 0 });
    expect(none.expected.size).toBe(0);
    expect(none.national).toHaveLength(300);
  });
});

describe('the books as files', () => {
  it('have a line for every row, in the forms of each system', () => {
    const files = plantedCsv(planted, { titled: true });
    const [title, header, ...rows] = files.city.split('\r\n');
    expect(title).toMatch(/^\uFEFF"?Báo cáo hồ sơ/);
    expect(header).toContain('Mã hồ sơ,Mã hồ sơ quốc gia,Mã thủ tục');
    expect(rows.filter((line) => line !== '')).toHaveLength(planted.city.length);
    expect(rows.some((line) => /,\d{2}\/\d{2}\/2026 \d{2}:\d{2}:\d{2},/.test(line))).toBe(true);
    expect(files.national.trimEnd().split('\n')).toHaveLength(planted.national.length + 1);
    expect(files.national).toMatch(/,2026\d{10},/);
    expect(files.lgsp).toMatch(/,2026\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2},/);
    expect(plantedCsv(planted).city.startsWith('\uFEFFSTT,')).toBe(true);
  });
});
