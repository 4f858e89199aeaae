import { describe, expect, it } from 'vitest';
import { runJob } from '../../lib/reconcile/index.ts';
import { dossier, type FakeSource, fakeTime, MemoryStore, network, source, spec } from './job-world.ts';

const BOOK = Array.from({ length: 16 }, (_, n) => dossier(n));
const job = spec([{ side: 'city' }, { side: 'national', mode: 'lookup', lookup: true }, { side: 'lgsp' }]);

/** The same three sources for every run; one call fails for good, and every seventh at first. */
function world(): FakeSource[] {
  const fault = ({ number }: { number: number }) => (number % 7 === 3 ? network : null);
  return [
    source('city', 'list', BOOK, { fault }),
    source('national', 'lookup', BOOK.slice(1), { fault }),
    source('lgsp', 'list', BOOK.slice(0, 15)),
  ];
}

async function run(store: MemoryStore, sources: FakeSource[], inHand: number) {
  const readers = Object.fromEntries(sources.map(({ reader }) => [reader.side, reader]));
  const time = fakeTime();
  const result = await runJob({ spec: job, readers, store, inHand, clock: time.clock, wait: time.wait });
  return JSON.stringify(result);
}

/** A store with the same content after the process died. */
function revived(dead: MemoryStore): MemoryStore {
  const store = new MemoryStore();
  store.state = dead.state;
  store.earlierEntries = dead.earlierEntries;
  return store;
}

describe.each([1, 3])('a process killed after any operation of its store, %i parts in hand', (inHand) => {
  it('gives the same bytes when it goes on, and repeats only what was in hand', async () => {
    const whole = new MemoryStore();
    const calm = world();
    const expected = await run(whole, calm, inHand);
    expect(JSON.parse(expected).state).toBe('complete');
    expect(whole.operations).toBeGreaterThan(60);
    for (let n = 0; n < whole.operations; n++) {
      const dying = new MemoryStore();
      dying.dieAfter = n;
      const before = world();
      await expect(run(dying, before, inHand)).rejects.toThrow('chết');
      const done = new Set([...dying.state.cells.keys()]);
      const after = world();
      expect(await run(revived(dying), after, inHand), `chết sau ${n} thao tác`).toBe(expected);
      for (const [n, { reader, calls }] of after.entries()) {
        // Nothing that was marked is asked for again.
        for (const about of calls) {
          const [unit, day] = about.split(' ');
          if (day) expect(done.has(`read/${reader.side}/${day}/${unit}`)).toBe(false);
        }
        // In hand are so many partitions of lists, and two of questions, of four dossiers each.
        const repeated = calls.filter((about) => before[n]?.answered.includes(about));
        expect(new Set(repeated).size).toBeLessThanOrEqual(reader.mode === 'list' ? inHand : 8);
      }
    }
  });

  it('may be killed again and again', async () => {
    const expected = await run(new MemoryStore(), world(), inHand);
    let store = new MemoryStore();
    let runs = 0;
    for (; runs < 200; runs++) {
      // Each life ends a few steps after the last one's work.
      store.dieAfter = 6 + (runs % 5);
      const result = await run(store, world(), inHand).catch(() => null);
      if (result !== null) {
        expect(result).toBe(expected);
        break;
      }
      store = revived(store);
      if (runs > 30) store.dieAfter = Number.POSITIVE_INFINITY;
    }
    expect(await run(revived(store), world(), inHand)).toBe(expected);
    expect(runs).toBeGreaterThan(3);
  });
});
