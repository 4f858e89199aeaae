import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  allSeen,
  clearSeen,
  EXPIRE_HOURS,
  expireSeen,
  MERGE_MINUTES,
  onSeenChanged,
  putSeen,
  restoreSeen,
  type Worklist,
  watchSeen,
} from '../../lib/platform/index.ts';
import type { Dossier } from '../../lib/schema/index.ts';
import { batch, entry, HOST, NOW, record } from '../fixtures/records.ts';

const codes = async () => (await allSeen()).entries.map(({ code }) => code).sort();
const only = async () => {
  const { entries } = await allSeen();
  expect(entries).toHaveLength(1);
  return entries[0] as (typeof entries)[number];
};
const from = (kind: 'json' | 'dom', readAt: number, changes: Partial<Dossier> = {}) =>
  record('A', { source: { kind, adapter: 'igate', readAt }, ...changes });

/** Writes a row past every check, as an older version or a damaged disk would have left it. */
async function putRaw(...rows: unknown[]): Promise<void> {
  const raw = await new Dexie('dung-hen').open();
  await raw.table('seen').bulkPut(rows);
  raw.close();
}

beforeEach(async () => {
  await clearSeen();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('putSeen', () => {
  it('keeps one entry a dossier and host', async () => {
    await putSeen(batch([record('A'), record('B')]), NOW);
    await putSeen(batch([record('A')]), NOW + 5);
    await putSeen({ ...batch([record('A')]), host: 'other.example' }, NOW);
    expect((await allSeen()).entries.map(({ host, code, seenAt }) => [host, code, seenAt - NOW]).sort()).toEqual([
      [HOST, 'A', 5],
      [HOST, 'B', 0],
      ['other.example', 'A', 0],
    ]);
  });

  it('stores nothing but the fields of an entry', async () => {
    const extra = { ...record('A'), applicant: 'NGUYỄN VĂN MẪU' } as Dossier;
    await putSeen(batch([extra]), NOW);
    expect(JSON.stringify(await only())).not.toContain('MẪU');
  });

  it('leaves out and counts what is not valid, and keeps the rest', async () => {
    const bad = { ...record('B'), dueAt: 12 } as Dossier;
    expect(await putSeen(batch([record('A'), bad, record('C')]), NOW)).toEqual({ stored: 2, bad: 1 });
    expect(await codes()).toEqual(['A', 'C']);
  });

  it.each([
    ['https://motcua.example/ho-so/1?tab=2#x', true],
    ['http://motcua.example/ho-so/1', true],
    ['https://elsewhere.example/ho-so/1', false],
    ['https://motcua.example@elsewhere.example/', false],
    ['https://user:secret@motcua.example/', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['/ho-so/1', false],
  ])('link %s: kept %s', async (link, kept) => {
    await putSeen(batch([record('A')], link), NOW);
    expect((await only()).link).toBe(kept ? link : null);
  });

  it('keeps the link it knew when a page gives none', async () => {
    await putSeen(batch([record('A')], 'https://motcua.example/1'), NOW);
    await putSeen(batch([record('A')]), NOW + 1);
    expect((await only()).link).toBe('https://motcua.example/1');
  });

  it('makes room for new entries by dropping the oldest', async () => {
    await putSeen(batch([record('OLD1'), record('OLD2')]), NOW);
    await putSeen(batch([record('OLD1')]), NOW + 1);
    await putSeen(batch([record('NEW1'), record('NEW2')]), NOW + 2, 3);
    expect(await codes()).toEqual(['NEW1', 'NEW2', 'OLD1']);
  });
});

describe('a dossier seen again', () => {
  const limit = { value: 5, unit: 'workday' } as const;
  const rich = { receivedAt: NOW - 2880, limit, channel: 'online' as const };

  it('screen after answer: what the screen leaves open stays known', async () => {
    await putSeen(batch([from('json', NOW, rich)]), NOW);
    await putSeen(batch([from('dom', NOW + MERGE_MINUTES)]), NOW + MERGE_MINUTES);
    expect((await only()).record).toMatchObject({ ...rich, source: { kind: 'json', readAt: NOW } });
  });

  it('screen after answer: what the screen shows stands', async () => {
    await putSeen(batch([from('json', NOW, rich)]), NOW);
    await putSeen(batch([from('dom', NOW + 1, { status: { code: 9, text: 'Đã xử lý xong' } })]), NOW + 1);
    expect((await only()).record.status.code).toBe(9);
  });

  it('an answer of long ago does not colour a new screen, however often it was seen in between', async () => {
    await putSeen(batch([from('json', NOW, rich)]), NOW);
    for (let minute = 4; minute <= MERGE_MINUTES + 4; minute += 4) {
      await putSeen(batch([from('dom', NOW + minute)]), NOW + minute);
    }
    expect((await only()).record).toEqual(from('dom', NOW + MERGE_MINUTES + 2));
  });

  it('an answer replaces an answer and a screen replaces a screen', async () => {
    for (const kind of ['json', 'dom'] as const) {
      await clearSeen();
      await putSeen(batch([from(kind, NOW, rich)]), NOW);
      await putSeen(batch([from(kind, NOW + 1)]), NOW + 1);
      expect((await only()).record).toEqual(from(kind, NOW + 1));
    }
  });

  it('twice in one batch counts as twice', async () => {
    expect(await putSeen(batch([from('json', NOW, rich), from('dom', NOW)]), NOW)).toEqual({ stored: 1, bad: 0 });
    expect((await only()).record.limit).toEqual(limit);
  });

  it('replaces an entry that cannot be read any more', async () => {
    await putSeen(batch([]), NOW);
    await putRaw({ code: 'A', host: HOST, seenAt: NOW, record: 'damaged' });
    await putSeen(batch([record('A')]), NOW);
    expect((await only()).record).toEqual(record('A'));
  });
});

describe('allSeen', () => {
  it('drops and counts rows that are not valid', async () => {
    await putSeen(batch([record('A')]), NOW);
    await putRaw({ code: 'X', host: HOST, seenAt: NOW }, { ...entry('Y'), seenAt: 'today' });
    expect(await allSeen()).toMatchObject({ bad: 2 });
    expect(await codes()).toEqual(['A']);
  });
});

describe('expireSeen', () => {
  it('deletes what was last seen too long ago', async () => {
    await putSeen(batch([record('OLD')]), NOW - EXPIRE_HOURS * 60 - 1);
    await putSeen(batch([record('EDGE')]), NOW - EXPIRE_HOURS * 60);
    expect(await expireSeen(NOW)).toBe(1);
    expect(await codes()).toEqual(['EDGE']);
    expect(await expireSeen(NOW + 61, EXPIRE_HOURS + 1)).toBe(1);
  });

  it('deletes what a wrong clock put far into the future', async () => {
    await putSeen(batch([record('SOON')]), NOW + 60);
    await putSeen(batch([record('NEVER')]), NOW + 60 * 24 * 400);
    expect(await expireSeen(NOW)).toBe(1);
    expect(await codes()).toEqual(['SOON']);
  });
});

describe('clear and undo', () => {
  it('puts back what was cleared, except what was seen again since', async () => {
    await putSeen(batch([record('A'), record('B')]), NOW);
    const { entries } = await allSeen();
    expect(await clearSeen()).toBe(2);
    await putSeen(batch([record('A')]), NOW + 3);
    await restoreSeen(entries);
    expect((await allSeen()).entries.map(({ code, seenAt }) => [code, seenAt - NOW]).sort()).toEqual([
      ['A', 3],
      ['B', 0],
    ]);
  });
});

describe('watching', () => {
  it('tells of every change until it is stopped', async () => {
    const lists: Worklist[] = [];
    const changed = vi.fn();
    const ends = [watchSeen((list) => lists.push(list), vi.fn()), onSeenChanged(changed)];
    await vi.waitFor(() => expect(lists.at(-1)?.entries).toEqual([]));
    await putSeen(batch([record('A')]), NOW);
    await vi.waitFor(() => expect(lists.at(-1)?.entries).toHaveLength(1));
    expect(changed).toHaveBeenCalled();
    for (const end of ends) end();
    const heard = [lists.length, changed.mock.calls.length];
    await clearSeen();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([lists.length, changed.mock.calls.length]).toEqual(heard);
  });
});
