import { readFileSync } from 'node:fs';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import type { LetterUnit, TagValues } from '../../../lib/letters/index.ts';
import { extensionFolder } from '../../../scripts/run.ts';
import { CHROMIUM_ARGS, loadArgs, settled } from '../../e2e/harness.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { bundled } from '../bundle.ts';
import { type Engine, LETTERS } from './engines.ts';

/** What letters cost in a browser: through the pages of the built extension, and the engines alone in an empty page. */

const PATIENCE_MS = 120_000;
/** Rows of the list of which a little more than LETTERS need a letter. */
const ROWS = 1150;

const UNIT: LetterUnit = {
  coQuanChuQuan: 'UBND THÀNH PHỐ KHÔNG THẬT',
  coQuanBanHanh: 'UBND PHƯỜNG KHÔNG THẬT',
  diaDanh: 'Phường Không Thật',
  kyHieu: 'PXL',
  noiNhan: ['Như trên', 'Lưu: VT'],
  nguoiKy: { chucVu: 'CHỦ TỊCH', hoTen: 'Người Ký Mẫu' },
};

export interface Cost {
  perSecond: number;
  /** Of scripts in Chromium, of the process in Node. */
  peakMB: number;
}

async function withBrowser<T>(extension: boolean, work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await chromium.launchPersistentContext('', {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1366, height: 768 },
    // Without the last one `performance.memory` moves in large steps.
    args: [
      ...CHROMIUM_ARGS,
      ...(extension ? loadArgs(extensionFolder('chrome', 'sandbox')) : []),
      '--enable-precise-memory-info',
    ],
  });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url, { timeout: PATIENCE_MS });
  return page;
}

/** The extension's background, told what the unit is called. */
async function backgroundOf(context: BrowserContext): Promise<Worker> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await worker.evaluate(async (unit) => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { set(value: object): Promise<void> } } };
    };
    await chrome.storage.local.set({ 'settings.letterUnit': unit });
  }, UNIT);
  return worker;
}

/** Notes in the letters page when the letter of its dossier stands on the paper for the first time. */
function watchPaper(): void {
  if (!location.pathname.endsWith('/letters.html')) return;
  const code = new URLSearchParams(location.hash.slice(1)).get('code') ?? '';
  const look = () => {
    const text = document.querySelector('.paper')?.shadowRoot?.textContent ?? '';
    if (code === '' || !text.includes(code)) requestAnimationFrame(look);
    // The frame after the one that drew it.
    else
      requestAnimationFrame(() => {
        document.documentElement.dataset.paperAt = String(performance.timeOrigin + performance.now());
      });
  };
  look();
}

/** Milliseconds from the command to the letter on the paper, for the first rows of a list; the first one finds everything cold. */
export function shortcutTimes({ urls }: Sandbox, count: number): Promise<number[]> {
  return withBrowser(true, async (context) => {
    const worker = await backgroundOf(context);
    await context.addInitScript(watchPaper);
    const list = await open(context, `${urls.igate}/vi/dossier/processing`);
    await settled(list, count);
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      await list.bringToFront();
      await list.locator('dh-badge').nth(i).locator('button').focus();
      const opened = context.waitForEvent('page');
      // The key itself is the browser's and cannot be pressed without a window; this calls what it calls.
      const start = await worker.evaluate(async () => {
        type Api = {
          tabs: { query(query: object): Promise<object[]> };
          commands: { onCommand: { dispatch(command: string, tab: object | undefined): void } };
        };
        const { chrome } = globalThis as unknown as { chrome: Api };
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        const at = performance.timeOrigin + performance.now();
        chrome.commands.onCommand.dispatch('draft-letter', tab);
        return at;
      });
      const letter = await opened;
      await letter.waitForSelector('html[data-paper-at]', { timeout: PATIENCE_MS });
      times.push(Number(await letter.getAttribute('html', 'data-paper-at')) - start);
      await letter.close();
    }
    return times;
  });
}

/** Unticks rows until LETTERS are left. One after the other: each click draws the table anew. */
async function chooseLetters(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^Soạn \d+ thư$/ });
  const offered = Number(/\d+/.exec((await button.textContent()) ?? '')?.[0]);
  if (offered < LETTERS) throw new Error(`Chỉ có ${offered} hồ sơ cần thư.`);
  const ticks = page.locator('#panel-batch tbody input[type=checkbox]');
  for (let left = offered; left > LETTERS; left--) await ticks.nth(left - 1).uncheck();
  await page.getByRole('button', { name: `Soạn ${LETTERS} thư`, exact: true }).waitFor();
}

/** The whole batch as an officer makes it: recipients read from the open list, progress drawn, a merged file made as well. */
export function batchInPage({ urls }: Sandbox, template: string): Promise<Cost> {
  return withBrowser(true, async (context) => {
    const worker = await backgroundOf(context);
    const list = await open(context, `${urls.igate}/vi/dossier/processing?size=${ROWS}`);
    await settled(list, ROWS);
    const page = await open(context, `chrome-extension://${new URL(worker.url()).host}/letters.html`);
    await page.getByRole('tab', { name: 'Soạn hàng loạt' }).click();
    await page.selectOption('#batch-preset', 'volume');
    await page.selectOption('#batch-template', template);
    await chooseLetters(page);
    const cost = await page.evaluate(async (letters) => {
      const scriptBytes = () =>
        (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
      const button = [...document.querySelectorAll('button')].find(({ textContent }) =>
        /^Soạn \d+ thư$/.test(textContent ?? ''),
      );
      const start = performance.now();
      button?.click();
      let peak = 0;
      while (!document.querySelector('#batch-results')) {
        peak = Math.max(peak, scriptBytes());
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return { perSecond: (letters * 1000) / (performance.now() - start), peakMB: peak / 1e6 };
    }, LETTERS);
    const told = await page.locator('#batch-results').textContent();
    if (told !== `Soạn được ${LETTERS} thư`) throw new Error(`Mẻ thư trong Chromium: ${told}`);
    return cost;
  });
}

/** An engine alone in an empty page: nothing read, nothing drawn. */
export async function engineInPage(engine: Engine, template: string, sample: TagValues): Promise<Cost> {
  const content = await bundled(new URL('./page-batch.ts', import.meta.url));
  return withBrowser(false, async (context) => {
    const page = await open(context, 'about:blank');
    await page.addScriptTag({ content });
    const bytes = [...readFileSync(template)];
    return page.evaluate(
      ([name, file, values]) => {
        type Run = (engine: string, file: number[], values: object) => Promise<{ perSecond: number; peakMB: number }>;
        return (globalThis as unknown as { runBatch: Run }).runBatch(name, file, values);
      },
      [engine, bytes, sample] as const,
    );
  });
}
