import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, loadArgs } from '../../e2e/harness.ts';
import { SCRIPTS } from './stand-ins.ts';

/** Installing opens pages and wakes the worker; none of that belongs to the first list. */
const SETTLE_MS = 600;

export interface Tab {
  page: Page;
  client: CDPSession;
  /** What the addresses of the extension's content scripts begin with. */
  prefix: string;
}

/** A new browser with one extension: nothing compiled, nothing cached. */
export async function withTab<T>(extension: string, work: (tab: Tab) => Promise<T>): Promise<T> {
  const context: BrowserContext = await chromium.launchPersistentContext('', {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1366, height: 768 },
    args: [...CHROMIUM_ARGS, ...loadArgs(extension)],
  });
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const page = await context.newPage();
    await page.waitForTimeout(SETTLE_MS);
    // A page opened by the extension would lie on top, and a covered page draws one frame a second.
    for (const other of context.pages()) if (other !== page) await other.close();
    await page.bringToFront();
    const client = await context.newCDPSession(page);
    // Not `origin`: outside a browser, an address of this scheme has none ("null").
    const prefix = new URL(`/${SCRIPTS}/`, worker.url()).href;
    return await work({ page, client, prefix });
  } finally {
    await context.close();
  }
}
