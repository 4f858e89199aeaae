import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/server.ts';
import { withTab } from './browser.ts';
import { WEBFORMS } from './pages.ts';
import { writeExtension } from './stand-ins.ts';
import { costOf, record } from './trace.ts';

const BURN_MS = 50;
const TOLERANCE_MS = 10;

/** Busy for a known time: while loading, in a timer, and after an `await`, which no trace names. */
const BURNS = `
function burn() { const end = performance.now() + ${BURN_MS}; while (performance.now() < end); }
burn();
setTimeout(function timer() { burn(); }, 200);
(async () => { await new Promise((resolve) => setTimeout(resolve, 400)); burn(); })();
`;

/** Measures what is known, with the page busy beside it; throws when the method is wrong on this browser. */
export async function selfCheck(folder: string, { urls }: Sandbox): Promise<string> {
  const extension = writeExtension(join(folder, 'self-check'), BURNS);
  const cost = await withTab(extension, async ({ page, client, prefix }) => {
    const recording = await record(client, async () => {
      await page.goto(WEBFORMS.url(urls, 20));
      // The page's own work must not be counted as ours.
      await page.evaluate(async (ms) => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        const end = performance.now() + ms;
        while (performance.now() < end);
      }, BURN_MS);
      await page.waitForTimeout(500);
    });
    return costOf(recording, prefix);
  });
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const text = [
    `burnt ${3 * BURN_MS} ms in 3 calls (load, timer, continuation), measured ${ms(cost.wall)} on the wall,`,
    `${ms(cost.total)} of processor time (less when the machine is busy with others); longest ${ms(cost.longest)}`,
  ].join(' ');
  if (Math.abs(cost.wall - 3 * BURN_MS) > TOLERANCE_MS || cost.total > cost.wall + TOLERANCE_MS) {
    throw new Error(`Phép đo sai trên trình duyệt này: ${text}`);
  }
  return text;
}
