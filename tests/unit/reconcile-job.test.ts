import { describe, expect, it } from 'vitest';
import { JobControl, type JobEvent, memoryAfter, planJob, runJob } from '../../lib/reconcile/index.ts';
import {
  DAY,
  dossier,
  type FakeSource,
  type Fault,
  fakeTime,
  MemoryStore,
  network,
  refused,
  START,
  source,
  spec,
} from './job-world.ts';

const BOOK = Array.from({ length: 24 }, (_, n) => dossier(n));
const ALL = ['city', 'national', 'lgsp'] as const;
const lists = (fault: Partial<Record<(typeof ALL)[number], Fault>> = {}) =>
  ALL.map((side) => source(side, 'list', BOOK, { fault: fault[side] }));
const listSpec = spec(ALL.map((side) => ({ side })));

const run = (
  sources: FakeSource[],
  store: MemoryStore,
  job = listSpec,
  more: Partial<Parameters<typeof runJob>[0]> = {},
) => {
  store.state.spec ??= job;
  const readers = Object.fromEntries(sources.map(({ reader }) => [reader.side, reader]));
  const time = fakeTime();
  return runJob({ spec: job, readers, store, clock: time.clock, wait: time.wait, ...more });
};
const gathered = async (result: ReturnType<typeof run>) => {
  const done = await result;
  if (done.state === 'stopped') throw new Error('đã dừng');
  return done.gathered;
};

describe('a job over lists', () => {
  it('asks every side once for every unit and day, and has all rows', async () => {
    const sources = lists();
    const result = await gathered(run(sources, new MemoryStore()));
    for (const { calls } of sources) expect([...calls].sort()).toEqual([...new Set(calls)].sort());
    for (const { calls } of sources) expect(calls).toHaveLength(8);
    for (const side of ALL) expect(result.records[side]).toHaveLength(24);
    expect(result.notDone).toEqual([]);
  });

  it('makes no call for a job that is done, and gathers the same', async () => {
    const store = new MemoryStore();
    const first = await gathered(run(lists(), store));
    const again = lists();
    const second = await gathered(run(again, store));
    expect(again.flatMap(({ calls }) => calls)).toEqual([]);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it('tries a part that failed again, later, and says nothing of it in the end', async () => {
    const store = new MemoryStore();
    const flaky = lists({ national: ({ number }) => (number % 3 === 2 ? network : null) });
    const result = await gathered(run(flaky, store));
    expect(result.notDone).toEqual([]);
    expect(result.records.national).toHaveLength(24);
    expect(store.lines.filter(({ event }) => event === 'failed').length).toBeGreaterThan(0);
    const steady = await gathered(run(lists(), new MemoryStore()));
    expect(JSON.stringify(result)).toBe(JSON.stringify(steady));
  });

  it('names exactly the part that gives no answer, and reads it when the job goes on', async () => {
    const store = new MemoryStore();
    const dead = '000.01.99.H29 2026-11-04';
    const sources = lists({ national: ({ about }) => (about === dead ? network : null) });
    const first = await run(sources, store);
    expect(first.state).toBe('incomplete');
    if (first.state === 'stopped') return;
    expect(first.gathered.notDone).toEqual([
      {
        partition: { unit: '000.01.99.H29', day: '2026-11-04' },
        side: 'national',
        kind: 'network',
        message: 'không có mạng',
      },
    ]);
    expect(sources[1]?.calls.filter((about) => about === dead)).toHaveLength(5);
    const later = lists();
    expect((await run(later, store)).state).toBe('complete');
    expect(later.flatMap(({ calls }) => calls)).toEqual([dead]);
  });

  it('waits longer from attempt to attempt, and as long as the other side asks', async () => {
    const time = fakeTime();
    const slow = { kind: 'rate', message: 'quá nhiều', retryAfter: 300 } as const;
    const sources = lists({ city: ({ number }) => (number === 3 ? slow : null) });
    await gathered(run(sources, new MemoryStore(), listSpec, { ...time, inHand: 1 }));
    expect(Math.max(...time.waited)).toBe(300_000);
  });

  it('tries a wrong secret once', async () => {
    const sources = lists({ lgsp: () => refused });
    const events: JobEvent[] = [];
    const result = await gathered(run(sources, new MemoryStore(), listSpec, { emit: (event) => events.push(event) }));
    expect(sources[2]?.calls).toHaveLength(1);
    expect(result.notDone).toHaveLength(8);
    expect(new Set(result.notDone.map(({ side, message }) => `${side} ${message}`))).toEqual(
      new Set(['lgsp sai mật khẩu']),
    );
    expect(events.filter(({ type }) => type === 'side-stopped')).toHaveLength(1);
  });

  it('counts what fails together once: a session that ends while several parts are in hand does not stop the side', async () => {
    const sources = lists({ lgsp: ({ number }) => (number >= 3 && number <= 6 ? refused : null) });
    const result = await gathered(run(sources, new MemoryStore()));
    expect(result.notDone).toEqual([]);
    expect(result.records.lgsp).toHaveLength(24);
  });

  it('stops a side that refuses us again and again, after it let us in', async () => {
    const sources = lists({ lgsp: ({ number }) => (number >= 3 ? refused : null) });
    const result = await gathered(run(sources, new MemoryStore(), listSpec, { inHand: 1 }));
    expect(sources[2]?.calls).toHaveLength(5);
    expect(result.notDone).toHaveLength(6);
  });

  it('leaves a side alone that is down, and finishes the others', async () => {
    const job = spec(
      ALL.map((side) => ({ side })),
      { period: { from: '2026-10-01', to: '2026-11-05' } },
    );
    const sources = lists({ city: () => network });
    const result = await gathered(run(sources, new MemoryStore(), job));
    expect(sources[0]?.calls).toHaveLength(8);
    expect(result.notDone).toHaveLength(72);
    expect(result.records.national).toHaveLength(24);
  });

  it('takes a source that throws for one that failed', async () => {
    const [city, national] = lists();
    if (!city || !national) return;
    city.reader.list = () => Promise.reject(new Error('hỏng'));
    const job = spec([{ side: 'city' }, { side: 'national' }]);
    const result = await gathered(run([city, national], new MemoryStore(), job));
    expect(result.notDone).toHaveLength(8);
    expect(result.notDone[0]).toMatchObject({ side: 'city', kind: 'upstream', message: 'hỏng' });
  });

  it('keeps a row that two windows bring once, and a row that one answer holds twice, twice', async () => {
    const twice = [...BOOK, BOOK[0] as (typeof BOOK)[0]];
    const city = source('city', 'list', twice);
    const job = spec([{ side: 'city' }], { units: ['', '000.01.99.H29'] });
    const result = await gathered(run([city], new MemoryStore(), job));
    expect(result.records.city).toHaveLength(25);
  });

  it('a worker that was frozen cannot overwrite what another one wrote since', async () => {
    const store = new MemoryStore();
    const key = { phase: 'read', side: 'city', partition: { unit: '', day: '2026-11-02' } } as const;
    const frozen = await store.claim(key);
    const newer = await store.claim(key);
    expect(await store.commit(key, newer, { records: [dossier(1)], unreadable: [] })).toBe(true);
    expect(await store.commit(key, frozen, { records: [], unreadable: [] })).toBe(false);
    expect((await store.get(key))?.records).toHaveLength(1);
  });

  it('says of a part that another process holds that it is not done', async () => {
    const store = new MemoryStore();
    store.commit = async () => false;
    const result = await gathered(run([source('city', 'list', BOOK)], store, spec([{ side: 'city' }])));
    expect(result.notDone).toHaveLength(8);
    expect(result.notDone[0]).toMatchObject({ kind: 'cancelled' });
  });
});

describe('pausing', () => {
  it('finishes what is in hand when stopped, and goes on from there', async () => {
    const store = new MemoryStore();
    const control = new JobControl();
    const first = lists({
      city: ({ number }) => {
        if (number === 3) control.stop();
        return null;
      },
    });
    expect(await run(first, store, listSpec, { control })).toEqual({ state: 'stopped' });
    const done = first.flatMap(({ calls }, side) => calls.map((about) => `${side} ${about}`));
    const second = lists();
    expect((await run(second, store)).state).toBe('complete');
    const rest = second.flatMap(({ calls }, side) => calls.map((about) => `${side} ${about}`));
    expect(new Set([...done, ...rest]).size).toBe(24);
    expect(done.length + rest.length).toBe(24);
    expect(rest.length).toBeGreaterThan(0);
  });

  it('begins nothing while paused', async () => {
    const control = new JobControl();
    const sources = lists();
    control.pause();
    const going = run(sources, new MemoryStore(), listSpec, { control });
    for (let i = 0; i < 200; i++) await Promise.resolve();
    expect(sources.flatMap(({ calls }) => calls)).toEqual([]);
    control.resume();
    expect((await going).state).toBe('complete');
  });

  it('drops what is in hand when cancelled: it counts neither as read nor as failed', async () => {
    const store = new MemoryStore();
    const control = new JobControl();
    const sources = lists({
      national: ({ number }) => {
        if (number === 4) control.cancel();
        return null;
      },
    });
    expect(await run(sources, store, listSpec, { control })).toEqual({ state: 'stopped' });
    expect(store.lines.filter(({ event }) => event === 'failed')).toEqual([]);
    expect((await gathered(run(lists(), store))).records.national).toHaveLength(24);
  });
});

describe('the plan', () => {
  it('tells calls and time at the allowed rate before anything is asked, and what cannot be seen', () => {
    const job = spec([{ side: 'city' }, { side: 'national', mode: 'lookup', lookup: true }]);
    const sources = [source('city', 'list', BOOK), source('national', 'lookup', BOOK)];
    const readers = Object.fromEntries(sources.map(({ reader }) => [reader.side, reader]));
    const plan = planJob(job, readers);
    expect(plan.partitions).toHaveLength(8);
    expect(plan.lines).toMatchObject([
      { side: 'city', partitions: 8, calls: 8, perSecond: 5, seconds: 1.6 },
      { side: 'national', partitions: 0 },
    ]);
    expect(plan.notes.join()).toContain('chỉ cho tra từng mã');
    expect(sources.flatMap(({ calls }) => calls)).toEqual([]);
  });

  it('counts months and leap days right', () => {
    expect(planJob(spec([{}], { units: [], period: { from: '2028-02-27', to: '2028-03-01' } }), {}).partitions).toEqual(
      ['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01'].map((day) => ({ unit: '', day })),
    );
  });

  it('tells progress, rate and time left', async () => {
    const events: JobEvent[] = [];
    let now = 0;
    const clock = () => (now += 100);
    await run(lists(), new MemoryStore(), listSpec, { clock, emit: (event) => events.push(event) });
    const progress = events.flatMap((event) => (event.type === 'progress' ? [event] : []));
    expect(progress.at(-1)).toMatchObject({ phase: 'read', done: 24, total: 24, dossiers: 72, secondsLeft: 0 });
    expect(progress[10]?.perSecond).toBeGreaterThan(0);
    expect(progress[10]?.secondsLeft).toBeGreaterThan(0);
  });
});

describe('asking code by code', () => {
  const job = spec([{ side: 'city' }, { side: 'national', mode: 'lookup', lookup: true }]);
  const codes = BOOK.map(({ code }) => code).sort();

  it('asks for every dossier of the list once', async () => {
    const national = source('national', 'lookup', BOOK.slice(2));
    const result = await gathered(run([source('city', 'list', BOOK), national], new MemoryStore(), job));
    expect([...national.calls].sort()).toEqual(codes);
    expect(result.records.national).toHaveLength(22);
    expect(result.unanswered.national).toEqual([]);
  });

  it('keeps what was answered, asks the rest again, and names what has no answer', async () => {
    const dead = codes[5] as string;
    const national = source('national', 'lookup', BOOK, { fault: ({ about }) => (about === dead ? network : null) });
    const store = new MemoryStore();
    const result = await gathered(run([source('city', 'list', BOOK), national], store, job));
    expect(national.calls.filter((about) => about !== dead).sort()).toEqual(codes.filter((code) => code !== dead));
    expect(result.notDone).toMatchObject([{ side: 'national', kind: 'network', dossiers: 1 }]);
    expect(result.unanswered.national).toEqual([dead]);
    const later = source('national', 'lookup', BOOK);
    const whole = await gathered(run([source('city', 'list', BOOK), later], store, job));
    expect(later.calls).toEqual([dead]);
    expect(whole.notDone).toEqual([]);
    expect(whole.records.national).toHaveLength(24);
  });

  it('tries a wrong secret once here, too', async () => {
    const national = source('national', 'lookup', BOOK, { fault: () => refused });
    const result = await gathered(run([source('city', 'list', BOOK), national], new MemoryStore(), job));
    expect(national.calls).toHaveLength(1);
    expect(result.unanswered.national).toHaveLength(24);
  });

  it('asks a side that gives lists only for what its lists did not show', async () => {
    const asked = spec([{ side: 'city' }, { side: 'national', lookup: true }]);
    // Two dossiers stand on another day with the nation, outside the period: its lists do not show them.
    const far = BOOK.map((row, n) => (n < 2 ? { ...row, receivedAt: START + 40 * DAY } : row)).slice(0, 23);
    const national = source('national', 'list', far, { lookup: true });
    const result = await gathered(run([source('city', 'list', BOOK), national], new MemoryStore(), asked));
    const questions = national.calls.filter((about) => about.includes('-261102-')).sort();
    expect(questions).toEqual([BOOK[0], BOOK[1], BOOK[23]].map((row) => row?.code).sort());
    expect(result.records.national).toHaveLength(23);
  });

  it('asks nothing of a side whose lists lack a part: what it did not show is unknown', async () => {
    const asked = spec([{ side: 'city' }, { side: 'national', lookup: true }]);
    const fault: Fault = ({ about }) => (about === '000.01.99.H29 2026-11-04' ? network : null);
    const national = source('national', 'list', BOOK.slice(3), { lookup: true, fault });
    const store = new MemoryStore();
    const result = await gathered(run([source('city', 'list', BOOK), national], store, asked));
    expect(national.calls.filter((about) => about.includes('-261102-'))).toEqual([]);
    expect(result.unanswered.national).toContain(BOOK[0]?.code);
    expect(result.notDone).toHaveLength(1);
    const later = source('national', 'list', BOOK.slice(3), { lookup: true });
    const whole = await gathered(run([source('city', 'list', BOOK), later], store, asked));
    expect(later.calls.filter((about) => about.includes('-261102-'))).toHaveLength(3);
    expect(whole.unanswered.national).toEqual([]);
  });

  it('takes a row that makes no sense for an answer', async () => {
    const national = source('national', 'lookup', BOOK);
    const { lookup } = national.reader;
    const bad = BOOK[4]?.code as string;
    national.reader.lookup = async (given, signal) =>
      given[0] === bad
        ? { ok: true, value: { side: 'national', at: 'TraCuuHoSo', reason: 'ngày «31/02»' } }
        : ((await lookup?.(given, signal)) ?? { ok: true, value: null });
    const store = new MemoryStore();
    const result = await gathered(run([source('city', 'list', BOOK), national], store, job));
    expect(result.notDone).toEqual([]);
    expect(result.unreadable).toEqual([{ side: 'national', at: 'TraCuuHoSo', reason: 'ngày «31/02»', code: bad }]);
    expect(result.records.national).toHaveLength(23);
    const again = await gathered(run([source('city', 'list', BOOK), national], store, job));
    expect(JSON.stringify(again)).toBe(JSON.stringify(result));
  });

  it('reads files in one go and asks for what they hold', async () => {
    const files = spec(
      [
        { side: 'city', mode: 'whole' },
        { side: 'national', mode: 'lookup', lookup: true },
      ],
      { period: null },
    );
    const national = source('national', 'lookup', BOOK);
    const result = await gathered(run([source('city', 'whole', BOOK), national], new MemoryStore(), files));
    expect(result.records.city).toHaveLength(24);
    expect([...national.calls].sort()).toEqual(codes);
  });
});

describe('a second run', () => {
  const job = spec([{ side: 'city' }, { side: 'national', mode: 'lookup', lookup: true }]);
  const different = { ...(BOOK[7] as (typeof BOOK)[0]), status: 4 };
  const nation = BOOK.map((row, n) => (n === 7 ? different : row));
  const verdict = { outcome: 'different', findings: [{ class: 'status' }], records: { national: different } } as never;

  async function secondRun(city = BOOK, nationNow = nation) {
    const first = new MemoryStore();
    const before = await gathered(
      run([source('city', 'list', BOOK), source('national', 'lookup', nation)], first, job),
    );
    const store = new MemoryStore();
    store.earlierEntries = memoryAfter(before, [verdict], []);
    const national = source('national', 'lookup', nationNow);
    const result = await gathered(run([source('city', 'list', city), national], store, job));
    return { national, result, before };
  }

  it('asks again only for what differed and for the sample', async () => {
    const { national, result, before } = await secondRun();
    expect(national.calls).toContain(different.code);
    expect(national.calls).toHaveLength(3);
    expect(result.records).toEqual(before.records);
    expect(result.rechecks).toEqual([
      { side: 'national', unchanged: 23, sampled: 2, changed: 0, undetected: expect.any(Number) },
    ]);
  });

  it('asks for what has changed in the city', async () => {
    const changed = BOOK.map((row, n) => (n === 12 ? { ...row, updatedAt: START + 9 * DAY } : row));
    const { national } = await secondRun(changed);
    expect(national.calls).toContain(BOOK[12]?.code);
    expect(national.calls).toHaveLength(4);
  });

  it('asks for what is open and has no change stamp', async () => {
    const bare = BOOK.map(({ updatedAt: _, ...row }) => ({ ...row, status: 4 }));
    const first = new MemoryStore();
    const before = await gathered(run([source('city', 'list', bare), source('national', 'lookup', bare)], first, job));
    const store = new MemoryStore();
    store.earlierEntries = memoryAfter(before, [], []);
    const national = source('national', 'lookup', bare);
    await gathered(run([source('city', 'list', bare), national], store, job));
    expect(national.calls).toHaveLength(24);
  });

  it('leaves alone, even without a stamp, what was over and equal twice', async () => {
    const bare = BOOK.map(({ updatedAt: _, ...row }) => row);
    let earlier: ReturnType<typeof memoryAfter> = [];
    const counts: number[] = [];
    for (let i = 0; i < 4; i++) {
      const store = new MemoryStore();
      store.earlierEntries = earlier;
      const national = source('national', 'lookup', bare);
      const result = await gathered(run([source('city', 'list', bare), national], store, job));
      earlier = memoryAfter(result, [], earlier);
      counts.push(national.calls.length);
    }
    expect(counts).toEqual([24, 24, 2, 2]);
  });

  it('sees in the sample that the other side has changed without a trace here', async () => {
    const { result } = await secondRun(
      BOOK,
      BOOK.map((row) => ({ ...row, status: 9 })),
    );
    expect(result.rechecks).toMatchObject([{ sampled: 2, changed: 2 }]);
  });
});
