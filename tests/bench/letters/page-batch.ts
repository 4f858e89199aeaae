import { type Batch, type Engine, makeBatch } from './engines.ts';

/** Each reading of `memory` is a new one; the object itself never changes. */
const scriptBytes = () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;

/** One batch in a page of its own, for Chromium: what it cost, on the wall, and the most memory that scripts had at any letter. */
async function run(engine: Engine, template: number[], sample: Batch['sample']) {
  let start: number | undefined;
  let letters = 0;
  let peak = 0;
  await makeBatch(engine, {
    template: new Uint8Array(template),
    sample,
    each() {
      start ??= performance.now();
      letters += 1;
      peak = Math.max(peak, scriptBytes());
    },
  });
  return { perSecond: ((letters - 1) * 1000) / (performance.now() - (start ?? 0)), peakMB: peak / 1e6 };
}

Object.assign(globalThis, { runBatch: run });
