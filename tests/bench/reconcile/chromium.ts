import { readFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { SIDES } from '../../../lib/reconcile/engine/index.ts';
import { CHROMIUM_ARGS } from '../../e2e/harness.ts';
import { bundled } from '../bundle.ts';
import type { PageAnswer } from './page-join.ts';

/** The same files in a worker of a page in Chromium, as the extension works: one thread, bytes of `File`s. */

const ADDRESS = 'http://bench.invalid/';
const PATIENCE_MS = 600_000;

export interface PageCost extends PageAnswer {
  /** Most memory that the page's process held, kB. */
  peak: number;
}

/** One contestant in a browser of its own. */
export async function runInChromium(name: 'ours' | 'scan', paths: Record<string, string>): Promise<PageCost> {
  const script = await bundled(new URL('./page-join.ts', import.meta.url));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: CHROMIUM_ARGS,
  });
  try {
    const page = await browser.newPage();
    const inputs = SIDES.map((side) => `<input type="file" id="${side}">`).join('');
    await page.route(`${ADDRESS}**`, (route) => route.fulfill({ contentType: 'text/html', body: inputs }));
    await page.goto(ADDRESS);
    for (const side of SIDES) await page.setInputFiles(`#${side}`, paths[side] as string);
    const answer = await work(page, script, name);
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const peaks = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakOf(id));
    return { ...answer, peak: Math.max(...peaks) };
  } finally {
    await browser.close();
  }
}

function work(page: Page, script: string, name: string): Promise<PageAnswer> {
  page.setDefaultTimeout(PATIENCE_MS);
  return page.evaluate(
    ([code, contestant]) => {
      const inputs = [...document.querySelectorAll('input')];
      const files = Object.fromEntries(inputs.map(({ id, files: chosen }) => [id, chosen?.[0]]));
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      return new Promise<PageAnswer>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<PageAnswer>) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage({ name: contestant, files });
      });
    },
    [script, name] as const,
  );
}

/** kB; the kernel's own mark, so that nothing between two looks is missed. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
