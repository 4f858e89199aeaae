import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, limiterFor, makeLimiter } from '../../connectors/limit.ts';

/** Time that moves only when it is told to; timers run at their moment and in order. */
class ManualClock implements Clock {
  #now = 0;
  #timers: { at: number; run: () => void }[] = [];
  now = () => this.#now;
  after = (ms: number, run: () => void) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };
  async to(moment: number): Promise<void> {
    for (;;) {
      await settled();
      const next = this.#timers.filter(({ at }) => at <= moment).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = Math.max(this.#now, moment);
    await settled();
  }
}

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

/** The most starts in any window of `length` ms that begins with a start. */
function mostWithin(starts: readonly number[], length: number): number {
  return Math.max(0, ...starts.map((from) => starts.filter((at) => at >= from && at < from + length).length));
}

describe('the limit of an upstream', () => {
  it('never lets more than burst + rate × time through, in any window, whatever is asked when', async () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 30 })), {
      maxLength: 20,
    });
    const setting = {
      quota: fc.double({ min: 0.5, max: 200, noNaN: true }),
      burst: fc.double({ min: 1, max: 20, noNaN: true }),
    };
    await fc.assert(
      fc.asyncProperty(fc.record(setting), gaps, fc.boolean(), async ({ quota, burst }, asked, refusals) => {
        const clock = new ManualClock();
        const limiter = makeLimiter({ quota, burst, clock });
        const starts: number[] = [];
        for (const [gap, calls] of asked) {
          await clock.to(clock.now() + gap);
          for (let i = 0; i < calls; i++) void limiter.take().then(() => starts.push(clock.now()));
          if (refusals) limiter.report({ status: calls % 3 === 0 ? 429 : 200, ms: 1 });
        }
        await clock.to(clock.now() + 3_600_000);
        expect(starts).toHaveLength(asked.reduce((sum, [, calls]) => sum + calls, 0));
        for (const length of [1, 10, 100, 1000, 10_000])
          expect(mostWithin(starts, length)).toBeLessThanOrEqual(burst + (quota * length) / 1000 + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('is first come, first served, and whoever leaves the queue takes no place in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async (leaves) => {
        const clock = new ManualClock();
        const limiter = makeLimiter({ quota: 10, burst: 1, adaptive: false, clock });
        const order: number[] = [];
        const left: number[] = [];
        const controls = leaves.map(() => new AbortController());
        // The place of the one who stays out of the property: it keeps the others waiting.
        await limiter.take();
        controls.forEach(({ signal }, i) => {
          limiter.take(signal).then(
            () => order.push(i),
            () => left.push(i),
          );
        });
        leaves.forEach((leave, i) => {
          if (leave) controls[i]?.abort();
        });
        const stay = leaves.flatMap((leave, i) => (leave ? [] : [i]));
        // One start each 103 ms: were a place lost, the last would be late.
        await clock.to(105 * (stay.length + 1));
        expect(order).toEqual(stay);
        expect(left).toHaveLength(leaves.length - stay.length);
      }),
    );
  });

  it('refuses one who has already left, with the reason', async () => {
    const limiter = makeLimiter({ quota: 10, clock: new ManualClock() });
    await expect(limiter.take(AbortSignal.abort('hết cần'))).rejects.toBe('hết cần');
  });

  it('Retry-After holds everybody, and nobody storms in afterwards', async () => {
    const clock = new ManualClock();
    const limiter = makeLimiter({ quota: 10, burst: 2, clock });
    await limiter.take();
    limiter.report({ status: 429, ms: 5, retryAfter: 30 });
    const starts: number[] = [];
    for (let i = 0; i < 20; i++) void limiter.take().then(() => starts.push(clock.now()));
    await clock.to(29_999);
    expect(starts).toEqual([]);
    await clock.to(33_000);
    expect(starts.length).toBeGreaterThan(10);
    expect(mostWithin(starts, 1000)).toBeLessThanOrEqual(2 + 10);
  });

  it('an absurd Retry-After does not hold for ever', async () => {
    const clock = new ManualClock();
    const limiter = makeLimiter({ quota: 10, clock });
    limiter.report({ status: 429, ms: 5, retryAfter: 1e9 });
    let started = false;
    void limiter.take().then(() => {
      started = true;
    });
    await clock.to(3_600_001);
    expect(started).toBe(true);
  });

  it('is one for all callers of an upstream, and new settings reach those who wait', async () => {
    const clock = new ManualClock();
    const a = limiterFor('lgsp-thu', { quota: 1, burst: 1, clock });
    expect(limiterFor('lgsp-thu', { quota: 1, burst: 1, clock })).toBe(a);
    expect(limiterFor('dvcqg-thu', { quota: 1, burst: 1, clock })).not.toBe(a);
    let started = 0;
    for (let i = 0; i < 50; i++) void a.take().then(() => started++);
    await clock.to(2_000);
    expect(started).toBe(2);
    expect(limiterFor('lgsp-thu', { quota: 100, burst: 1, clock }).quota).toBe(100);
    await clock.to(3_500);
    expect(started).toBe(50);
  });

  it('takes no quota of nothing', () => {
    expect(() => makeLimiter({ quota: 0 })).toThrow(RangeError);
    expect(() => makeLimiter({ quota: Number.NaN })).toThrow(RangeError);
  });
});

describe('a rate that adapts', () => {
  /** Calls for `seconds` against a token bucket whose rate changes; shares and refusals of each part of five seconds. */
  async function pull(quota: number, allowed: (second: number) => number, seconds: number) {
    const clock = new ManualClock();
    const limiter = makeLimiter({ quota, clock });
    let [tokens, last] = [Math.max(2, allowed(0) / 5), 0];
    const parts = Array.from({ length: seconds / 5 }, () => ({ served: 0, refused: 0, allowed: 0 }));
    const serve = () => {
      const now = clock.now();
      const rate = allowed(now / 1000);
      tokens = Math.min(Math.max(2, rate / 5), tokens + ((now - last) / 1000) * rate);
      last = now;
      const served = tokens >= 1;
      if (served) tokens -= 1;
      const part = parts[Math.floor(now / 5000)];
      if (part) part[served ? 'served' : 'refused'] += 1;
      return served;
    };
    for (let s = 0; s < seconds; s++)
      for (const part of parts.slice(Math.floor(s / 5), Math.floor(s / 5) + 1)) part.allowed += allowed(s);
    const work = async (): Promise<void> => {
      await limiter.take();
      const status = serve() ? 200 : 429;
      clock.after(40, () => {
        limiter.report({ status, ms: 40 });
        void work();
      });
    };
    for (let i = 0; i < 40; i++) void work();
    await clock.to(seconds * 1000 - 1);
    return { limiter, parts: parts.map((part) => ({ share: part.served / part.allowed, refused: part.refused })) };
  }

  it('uses the quota from the first second, and is never refused', async () => {
    for (const quota of [5, 50, 500]) {
      const { parts } = await pull(quota, () => quota, 20);
      for (const { share, refused } of parts) {
        expect(share).toBeGreaterThan(0.94);
        expect(refused).toBe(0);
      }
    }
  }, 30_000);

  it('finds a quota that fell, and one that was configured too high', async () => {
    const fell = await pull(50, (second) => (second < 10 ? 50 : 25), 40);
    const wrong = await pull(200, () => 100, 40);
    for (const { parts } of [fell, wrong]) {
      for (const { share, refused } of parts.slice(-2)) {
        expect(share).toBeGreaterThan(0.93);
        expect(refused).toBeLessThanOrEqual(1);
      }
    }
  }, 30_000);

  it('comes back when the quota does, and never passes its own', async () => {
    const { parts, limiter } = await pull(50, (second) => (second > 10 && second < 30 ? 25 : 50), 120);
    expect(parts.at(-1)?.share).toBeGreaterThan(0.94);
    expect(limiter.rate).toBeLessThanOrEqual(50);
  }, 30_000);

  it('one failing dossier does not slow the others; a failing or a slow server does', async () => {
    const clock = new ManualClock();
    const fresh = () => makeLimiter({ quota: 100, clock });
    const one = fresh();
    const before = one.rate;
    for (let i = 0; i < 200; i++) one.report({ status: i % 50 === 0 ? 500 : 200, ms: 20 });
    expect(one.rate).toBe(before);
    const failing = fresh();
    for (let i = 0; i < 3; i++) failing.report({ ms: 20, failed: true });
    expect(failing.rate).toBeLessThan(before);
    const slow = fresh();
    const report = async (ms: number, calls: number) => {
      for (let i = 0; i < calls; i++) {
        await clock.to(clock.now() + 100);
        slow.report({ status: 200, ms });
      }
    };
    await report(20, 100);
    await report(900, 1);
    expect(slow.rate).toBe(before);
    await report(900, 30);
    expect(slow.rate).toBeLessThan(before);
  });

  it('cuts once for all that was under way together, and keeps a floor', async () => {
    const clock = new ManualClock();
    const limiter = makeLimiter({ quota: 100, clock });
    const before = limiter.rate;
    await clock.to(10_000);
    for (let i = 0; i < 30; i++) limiter.report({ status: 429, ms: 50 });
    expect(limiter.rate / before).toBeCloseTo(0.7);
    await clock.to(12_000);
    // Sent before the cut, so it says nothing about the rate since then.
    limiter.report({ status: 429, ms: 3_000 });
    expect(limiter.rate / before).toBeCloseTo(0.7);
    for (let i = 0; i < 100; i++) {
      await clock.to(13_000 + i * 1000);
      limiter.report({ status: 429, ms: 1 });
    }
    expect(limiter.rate).toBeCloseTo(2);
  });
});
