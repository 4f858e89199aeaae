import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocate,
  compareBytes,
  draw,
  drawKey,
  freeze,
  SamplingError,
  Sha256,
  sha256Hex,
  type Unit,
} from '../../lib/sampling/index.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const codeOf = (i: number) => `H29.999-261110-${String(i).padStart(4, '0')}`;
const list = (count: number, strata: readonly string[] = ['']): Unit[] =>
  Array.from({ length: count }, (_, i) => ({ code: codeOf(i), stratum: strata[i % strata.length] as string }));
const fault = (action: () => unknown) => {
  try {
    action();
  } catch (error) {
    if (error instanceof SamplingError) return [error.fault, error.message];
    throw error;
  }
  return null;
};

describe('SHA-256', () => {
  it('the examples of FIPS 180-4', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  });

  it('every length around the blocks', () => {
    for (let n = 0; n < 200; n++) expect(sha256Hex('x'.repeat(n))).toBe(sha('x'.repeat(n)));
  });

  it('any text, in any pieces, like Node', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 8 }), (pieces) => {
        const hash = new Sha256().add('nothing of this').reset();
        for (const piece of pieces) hash.add(piece);
        expect(hash.hex()).toBe(sha(pieces.join('')));
      }),
    );
  });
});

describe('a frozen list', () => {
  it('has the hash of its sorted lines', () => {
    const units = [
      { code: 'H29.999-2', stratum: 'Hộ tịch' },
      { code: 'H29.999-10', stratum: 'Đất đai' },
      { code: 'H29.999-1', stratum: 'Hộ tịch' },
      { code: 'H29.999-3', stratum: 'Đất đai' },
    ];
    const lines = 'H29.999-1\tHộ tịch\nH29.999-10\tĐất đai\nH29.999-2\tHộ tịch\nH29.999-3\tĐất đai\n';
    expect(freeze(units).sha256).toBe(sha(lines));
    expect(freeze(units.map(({ code }) => ({ code, stratum: '' }))).sha256).toBe(sha(lines.replace(/\t[^\n]+/g, '')));
  });

  it('sorts as the bytes do, beyond the basic plane too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareBytes('\uffee', '\u{1f600}')).toBeLessThan(0);
  });

  it('is the same whatever the order of the file; one code or stratum changed makes it another', () => {
    const units = list(40, ['a', 'b']);
    const { sha256 } = freeze(units);
    fc.assert(
      fc.property(fc.shuffledSubarray(units, { minLength: 40 }), fc.nat(39), (shuffled, i) => {
        expect(freeze(shuffled).sha256).toBe(sha256);
        expect(freeze(units.filter((_, j) => j !== i)).sha256).not.toBe(sha256);
        expect(
          freeze(units.map((unit, j) => (j === i ? { ...unit, stratum: unit.stratum === 'a' ? 'b' : 'a' } : unit)))
            .sha256,
        ).not.toBe(sha256);
      }),
      { numRuns: 30 },
    );
  });

  it('names what stands in the way', () => {
    expect(fault(() => freeze([]))).toEqual(['empty', 'danh sách không có hồ sơ nào để rút']);
    const twice = [...list(3), { code: codeOf(1), stratum: '', at: 'a.csv:9' }];
    expect(fault(() => freeze(twice))).toEqual(['duplicate', `1 mã đứng nhiều lần: ${codeOf(1)} (a.csv:9)`]);
    expect(fault(() => freeze([...list(4, ['a', 'b']), { code: 'X', stratum: 'c' }]))?.[1]).toContain(
      'nhóm chỉ có một hồ sơ',
    );
    for (const code of ['', ' H29', 'H29\n', 'H\u0000', 'e\u0301', '\ud800'])
      expect(fault(() => freeze([{ code, stratum: '' }]))?.[0]).toBe('code');
    expect(fault(() => freeze([{ code: 'A', stratum: 'x\ty' }]))?.[0]).toBe('code');
  });

  it('pools small strata when told to', () => {
    const units = [...list(20, ['a', 'b']), { code: 'X', stratum: 'c' }, { code: 'Y', stratum: 'd' }];
    expect(freeze(units, 5).strata.map(({ name, units }) => [name, units.length])).toEqual([
      ['(gộp)', 2],
      ['a', 10],
      ['b', 10],
    ]);
  });
});

describe('a draw', () => {
  const strata = ['Hộ tịch', 'Chứng thực', 'Đất đai'];

  it('takes the smallest SHA-256(seed|code), as any tool would', () => {
    const population = freeze(list(500));
    const byHand = list(500)
      .map(({ code }) => ({ code, key: sha(`83412|${code}`) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .slice(0, 30)
      .map(({ code }) => code);
    expect(draw(population, '83412', new Map([['', 30]])).map(({ code }) => code)).toEqual(byHand);
    expect(drawKey('83412', byHand[0] as string)).toBe(sha(`83412|${byHand[0]}`));
  });

  it('takes the same from a long list, where most are dropped on the way', () => {
    const population = freeze(list(9000));
    const keys = list(9000)
      .map(({ code }) => [sha(`x|${code}`), code] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const drawn = draw(population, 'x', new Map([['', 7]]));
    expect(drawn.map(({ code }) => code)).toEqual(keys.slice(0, 7).map(([, code]) => code));
  });

  it('laws: order of the file does not matter, a larger size keeps what was drawn, ranks run from 1', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 12, max: 120 })
          .chain((n) => fc.tuple(fc.constant(n), fc.shuffledSubarray(list(n, strata), { minLength: n }))),
        fc.nat(40),
        fc.nat(40),
        fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }).filter((seed) => seed === seed.trim()),
        ([n, shuffled], less, more, seed) => {
          const sizes = strata.map((name) => ({
            name,
            count: shuffled.filter(({ stratum }) => stratum === name).length,
          }));
          const small = allocate(sizes, Math.min(n, 6 + less), 'proportional');
          const large = allocate(sizes, Math.min(n, 6 + less + more), 'proportional');
          const [a, b] = [draw(freeze(list(n, strata)), seed, small), draw(freeze(shuffled), seed, large)];
          const codes = new Set(b.map(({ code }) => code));
          expect(a.every(({ code }) => codes.has(code))).toBe(true);
          expect(b).toHaveLength(Math.min(n, 6 + less + more));
          for (const name of strata) {
            const own = b.filter(({ stratum }) => stratum === name);
            expect(own.map(({ rank }) => rank)).toEqual(own.map((_, i) => i + 1));
          }
        },
      ),
    );
  });

  it('refuses a stratum that is too small, and seeds that cannot be typed again', () => {
    const population = freeze(list(20));
    expect(fault(() => draw(population, 's', new Map([['', 21]])))?.[1]).toContain('chỉ có 20 hồ sơ');
    for (const seed of ['', ' s', 's\n', 'x'.repeat(201), 'e\u0301'])
      expect(fault(() => draw(population, seed, new Map()))?.[0]).toBe('seed');
  });
});

describe('allocation', () => {
  const drawnStrata = fc.array(
    fc.record({ count: fc.integer({ min: 2, max: 400 }), deviation: fc.double({ min: 0.05, max: 0.5, noNaN: true }) }),
    { minLength: 1, maxLength: 8 },
  );

  it('laws: sums to n, keeps minimum and size of strata, never takes one away when n grows', () => {
    fc.assert(
      fc.property(
        drawnStrata,
        fc.nat(300),
        fc.constantFrom('proportional' as const, 'neyman' as const),
        (drawn, wanted, allocation) => {
          const strata = drawn.map((stratum, i) => ({ name: `${i}`, ...stratum }));
          const total = strata.reduce((sum, { count }) => sum + count, 0);
          const n = Math.min(total - 1, Math.max(2 * strata.length, wanted));
          fc.pre(n >= 2 * strata.length);
          const sizes = allocate(strata, n, allocation);
          expect([...sizes.values()].reduce((a, b) => a + b)).toBe(n);
          for (const { name, count } of strata) {
            const size = sizes.get(name) as number;
            expect(size).toBeGreaterThanOrEqual(2);
            expect(size).toBeLessThanOrEqual(count);
            expect(allocate(strata, n + 1, allocation).get(name)).toBeGreaterThanOrEqual(size);
          }
        },
      ),
    );
  });

  it('proportional: each stratum within one of its share when nothing holds it back', () => {
    const strata = [
      { name: 'a', count: 343 },
      { name: 'b', count: 514 },
      { name: 'c', count: 343 },
    ];
    expect([...allocate(strata, 292, 'proportional').values()]).toEqual([84, 125, 83]);
  });
});
