import 'fake-indexeddb/auto';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../cli/job-lock.ts';
import { FileJobStore } from '../../cli/job-store.ts';
import { BrowserJobStore, journalOf, keptJobs, removeJob } from '../../lib/platform/job-store.ts';
import { type Cell, type CellKey, type JobStore, type Memory, runJob } from '../../lib/reconcile/index.ts';
import { dossier, MemoryStore, source, spec } from './job-world.ts';

const folders: string[] = [];
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dunghen-job-'));
  folders.push(path);
  return path;
}
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

const key = (unit: string, day = '2026-11-02'): CellKey => ({ phase: 'read', side: 'city', partition: { unit, day } });
const memory: Memory = {
  side: 'national',
  code: 'A',
  digest: '0',
  answer: dossier(1),
  equalRuns: 1,
  settled: true,
};
const job = spec([{ side: 'city' }]);
/** A cell with all that a store has to give back, sentences in Vietnamese and a line break included. */
const full: Cell = {
  records: [dossier(1, { statusText: 'Đã xử lý xong\n"x"', aliases: ['#dunghen-end 3'] }), dossier(2)],
  unreadable: [{ side: 'city', at: 'dòng 3', reason: 'ngày «31/02»' }],
  asked: [
    { code: 'A', digest: '1', record: 0 },
    { code: 'B', digest: '2', record: null, sampled: true },
    { code: 'C', digest: '3', unanswered: { kind: 'timeout', message: 'quá lâu' } },
  ],
};

let browserJobs = 0;
const makers: [string, () => { store: JobStore; again: () => JobStore }][] = [
  [
    'memory',
    () => {
      const store = new MemoryStore();
      return { store, again: () => store };
    },
  ],
  [
    'files',
    () => {
      const path = folder();
      return { store: new FileJobStore(path), again: () => new FileJobStore(path) };
    },
  ],
  [
    'browser',
    () => {
      const id = `việc ${browserJobs++}`;
      return { store: new BrowserJobStore(id), again: () => new BrowserJobStore(id) };
    },
  ],
];

describe.each(makers)('a store in %s', (_name, make) => {
  it('is empty at first', async () => {
    const { store } = make();
    expect(await store.spec()).toBeNull();
    expect(await store.marks()).toEqual([]);
    expect(await store.get(key('x'))).toBeNull();
    expect(await store.left()).toEqual([]);
  });

  it('gives back the job and what the earlier one left', async () => {
    const { store, again } = make();
    await store.start(job, [memory]);
    await store.leave([memory, { ...memory, code: 'B', answer: null }]);
    expect(await again().spec()).toEqual(job);
    expect(await again().earlier()).toEqual([memory]);
    expect((await again().left()).map(({ code }) => code)).toEqual(['A', 'B']);
  });

  it('gives back a cell as it was, with its mark', async () => {
    const { store, again } = make();
    const cell = key('000.01.99.H29');
    expect(await store.commit(cell, await store.claim(cell), full)).toBe(true);
    expect(await again().get(cell)).toEqual(full);
    expect(await again().marks()).toMatchObject([{ key: cell, records: 2, unreadable: 1, unanswered: 1 }]);
  });

  it('takes the later content of a cell, and nothing from a worker that was overtaken', async () => {
    const { store, again } = make();
    const cell = key('x');
    const old = await store.claim(cell);
    await store.commit(cell, old, full);
    const newer = await store.claim(cell);
    expect(await store.commit(cell, old, { records: [], unreadable: [] })).toBe(false);
    expect((await again().get(cell))?.records).toHaveLength(2);
    expect(await store.commit(cell, newer, { records: [dossier(5)], unreadable: [] })).toBe(true);
    expect((await again().get(cell))?.records).toEqual([dossier(5)]);
    expect(await again().marks()).toHaveLength(1);
  });

  it('tells apart units of any name, days and none', async () => {
    const { store, again } = make();
    const long = 'Ủy ban nhân dân '.repeat(30);
    const cells = [
      ...['', '_', '.', '..', 'a/b', 'A/B', 'ấp 1', 'Ấp 1', 'con*', long, `${long}2`].map((unit) => key(unit)),
      key('_', ''),
      key(''),
    ];
    for (const [n, cell] of cells.entries())
      await store.commit(cell, await store.claim(cell), { records: [dossier(n)], unreadable: [] });
    expect(await again().marks()).toHaveLength(12);
    expect((await again().get(key('A/B')))?.records).toEqual([dossier(5)]);
    expect((await again().get(key(long)))?.records).toEqual([dossier(9)]);
    expect((await again().get(key('_', '')))?.records).toEqual([dossier(11)]);
  });

  it('carries a whole job', async () => {
    const { store, again } = make();
    const book = Array.from({ length: 20 }, (_, n) => dossier(n));
    const sources = [source('city', 'list', book), source('national', 'lookup', book.slice(3))];
    const both = spec([{ side: 'city' }, { side: 'national', mode: 'lookup', lookup: true }]);
    const readers = Object.fromEntries(sources.map(({ reader }) => [reader.side, reader]));
    await store.start(both, []);
    const first = await runJob({ spec: both, readers, store });
    const calls = sources.flatMap((one) => one.calls).length;
    const second = await runJob({ spec: both, readers, store: again() });
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(sources.flatMap((one) => one.calls)).toHaveLength(calls);
  });
});

describe('files that were cut', () => {
  it('are as if they had never been, wherever the cut is', async () => {
    const path = folder();
    const cell = key('000.01.99.H29');
    const write = async () => {
      const store = new FileJobStore(path);
      await store.commit(cell, await store.claim(cell), full);
    };
    await write();
    const file = readdirSync(path, { recursive: true, encoding: 'utf8' }).find((name) =>
      name.endsWith('.ndjson'),
    ) as string;
    const bytes = readFileSync(join(path, file));
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(join(path, file), bytes);
      truncateSync(join(path, file), length);
      const store = new FileJobStore(path);
      expect(await store.get(cell), `cắt ở byte ${length}`).toBeNull();
      expect(await store.marks()).toEqual([]);
    }
    await write();
    expect(await new FileJobStore(path).get(cell)).toEqual(full);
  });

  it('are seen when a byte is another', async () => {
    const path = folder();
    const store = new FileJobStore(path);
    await store.start(job, []);
    const file = join(path, 'job.ndjson');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"seed":"thử"', '"seed":"khác"'));
    expect(await new FileJobStore(path).spec()).toBeNull();
  });

  it('leaves nothing of a write that did not come to its end', async () => {
    const path = folder();
    const store = new FileJobStore(path);
    const cell = key('x1');
    await store.commit(cell, await store.claim(cell), full);
    const file = readdirSync(path, { recursive: true, encoding: 'utf8' }).find((name) =>
      name.endsWith('.ndjson'),
    ) as string;
    writeFileSync(join(path, `${file}.123.part`), 'nửa chừng');
    expect(await new FileJobStore(path).marks()).toHaveLength(1);
    expect(readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part'))).toEqual(
      [],
    );
  });
});

describe('the lock of a folder', () => {
  it('keeps a second process out while the first is there', async () => {
    const lock = join(folder(), 'khoa');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(lock, JSON.stringify({ pid: child.pid, started }));
    expect(() => lockFolder(lock)).toThrow(`tiến trình khác (số ${child.pid})`);
    child.kill('SIGKILL');
    await gone;
    const release = lockFolder(lock);
    expect(JSON.parse(readFileSync(lock, 'utf8')).pid).toBe(process.pid);
    release();
    expect(() => readFileSync(lock)).toThrow('ENOENT');
  });

  it('is not fooled by a number that was given to another process since', () => {
    const lock = join(folder(), 'khoa');
    writeFileSync(lock, JSON.stringify({ pid: process.ppid, started: '1' }));
    lockFolder(lock)();
  });

  it('takes over what is no lock at all', () => {
    const lock = join(folder(), 'khoa');
    writeFileSync(lock, '');
    lockFolder(lock)();
  });
});

describe('jobs of a browser', () => {
  it('are listed and thrown away with all they hold', async () => {
    const store = new BrowserJobStore('để bỏ');
    await store.start(job, [memory]);
    const cell = key('x');
    await store.commit(cell, await store.claim(cell), full);
    await store.journal({ at: 5, event: 'start' });
    expect((await keptJobs()).map(({ id }) => id)).toContain('để bỏ');
    expect(await journalOf('để bỏ')).toEqual([{ at: 5, event: 'start' }]);
    await removeJob('để bỏ');
    expect((await keptJobs()).map(({ id }) => id)).not.toContain('để bỏ');
    expect(await store.get(cell)).toBeNull();
    expect(await store.marks()).toEqual([]);
    expect(await store.earlier()).toEqual([]);
    expect(await journalOf('để bỏ')).toEqual([]);
  });

  it('holds the fence between two contexts', async () => {
    const [one, two] = [new BrowserJobStore('hàng rào'), new BrowserJobStore('hàng rào')];
    const cell = key('x');
    const old = await one.claim(cell);
    const newer = await two.claim(cell);
    expect(await one.commit(cell, old, full)).toBe(false);
    expect(await two.commit(cell, newer, full)).toBe(true);
  });

  it('does not start over a job that is there', async () => {
    const store = new BrowserJobStore('một lần');
    await store.start(job, []);
    await expect(store.start({ ...job, seed: 'khác' }, [])).rejects.toThrow();
    expect((await store.spec())?.seed).toBe('thử');
  });
});
