import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  followSpotchecks,
  frozenList,
  type KeptSpotchecks,
  listSpotchecks,
  loadSpotcheck,
  removeSpotcheck,
  type Spotcheck,
  saveFrozenList,
  saveSpotcheck,
} from '../../lib/platform/spotchecks.ts';
import { freeze } from '../../lib/sampling/index.ts';
import { simpleSample } from '../fixtures/samples.ts';

const codeOf = (n: number) => `H29.999-261110-000${n}`;

const record = simpleSample(200, { kind: 'size', size: 20 }, [{ name: 'Đủ', declared: 0.9 }]);
const check = (id: string, updatedAt: number): Spotcheck => ({
  id,
  name: `Đợt ${id}`,
  host: 'motcua.example',
  createdAt: 1,
  updatedAt,
  role: 'first',
  record,
});
const list = {
  population: freeze([
    { code: codeOf(1), stratum: 'a', procedure: '9.900001', at: 'ds.csv:2' },
    { code: codeOf(2), stratum: 'a' },
    { code: codeOf(3), stratum: 'b', procedure: 'Cấp giấy' },
    { code: codeOf(4), stratum: 'b' },
  ]),
  host: 'motcua.example',
};

async function putRaw(row: unknown): Promise<void> {
  const raw = await new Dexie('dung-hen-spotchecks').open();
  await raw.table('checks').put(row);
  raw.close();
}
const ids = async () => (await listSpotchecks()).map(({ id }) => id);

afterEach(async () => {
  for (const id of ['a', 'b', 'bad']) await removeSpotcheck(id);
});

describe('spot checks that are kept', () => {
  it('come back as they were, the latest first', async () => {
    await saveSpotcheck(check('a', 10));
    await saveSpotcheck(check('b', 20));
    expect(await ids()).toEqual(['b', 'a']);
    await saveSpotcheck(check('a', 30));
    expect(await ids()).toEqual(['a', 'b']);
    expect(await loadSpotcheck('a')).toEqual(check('a', 30));
    expect(await loadSpotcheck('none')).toBeNull();
  });

  it('that are no such thing are refused when written, and left out when read', async () => {
    const wrong = { ...check('a', 1), record: { ...record, format: 'dunghen-sample/9' } } as unknown as Spotcheck;
    await expect(saveSpotcheck(wrong)).rejects.toThrow();
    await saveSpotcheck(check('b', 1));
    await putRaw({ ...wrong, id: 'bad' });
    expect(await ids()).toEqual(['b']);
    expect(await loadSpotcheck('bad')).toBeNull();
  });

  it('keep their list with procedures and strata, under the same hash', async () => {
    await saveFrozenList('a', list);
    expect(await frozenList('a')).toEqual(list);
    const again = (await frozenList('a'))?.population.strata.flatMap(({ units }) => units) ?? [];
    expect(freeze(again).sha256).toBe(list.population.sha256);
    expect(await frozenList('b')).toBeNull();
  });

  it('go with their list, and come back with it', async () => {
    await saveSpotcheck(check('a', 1));
    await saveFrozenList('a', list);
    const back = await removeSpotcheck('a');
    expect([await loadSpotcheck('a'), await frozenList('a')]).toEqual([null, null]);
    await back();
    expect(await loadSpotcheck('a')).toEqual(check('a', 1));
    expect(await frozenList('a')).toEqual(list);
  });

  it('are followed until the signal, with those that cannot be read counted', async () => {
    const seen: (KeptSpotchecks | null)[] = [];
    const stop = new AbortController();
    followSpotchecks((kept) => seen.push(kept), stop.signal);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    await saveSpotcheck(check('a', 1));
    await vi.waitFor(() => expect(seen.at(-1)).toEqual({ checks: [check('a', 1)], bad: 0 }));
    stop.abort();
    const before = seen.length;
    await saveSpotcheck(check('b', 2));
    await putRaw({ id: 'bad', updatedAt: 3 });
    const other: (KeptSpotchecks | null)[] = [];
    const end = new AbortController();
    followSpotchecks((kept) => other.push(kept), end.signal);
    await vi.waitFor(() => expect(other.at(-1)?.bad).toBe(1));
    expect(other.at(-1)?.checks.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(seen).toHaveLength(before);
    end.abort();
  });
});
