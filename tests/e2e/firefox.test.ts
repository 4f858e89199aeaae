import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { type BadgeState, differences, NOW, SEED } from './harness.ts';

const FIREFOX = process.env.FIREFOX_PATH;

/** set-up names the browser; on a developer's machine without Firefox it has said so and these tests do not run. */
describe.runIf(FIREFOX)('Firefox', () => {
  let sandbox: Sandbox;
  let browser: Browser;

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: SEED, now: NOW });
    browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
    await browser.installExtension(join(import.meta.dirname, '..', '..', '.output', 'firefox-mv3-sandbox'));
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.close();
  });

  const read = (page: Page): Promise<BadgeState[]> =>
    page.$$eval('dh-badge', (elements) =>
      elements.map((element) => {
        const number = (name: string) => {
          const text = element.getAttribute(name);
          return text === null || text === '' ? null : Number(text);
        };
        return {
          code: element.getAttribute('data-code') ?? '',
          clock: element.getAttribute('data-clock') ?? '',
          verdict: element.getAttribute('data-verdict') ?? '',
          due: element.getAttribute('data-due') ?? '',
          left: number('data-left'),
          mismatch: number('data-mismatch'),
          source: element.getAttribute('data-source') ?? '',
        };
      }),
    );

  /** Until two looks in a row see the same badges. */
  async function settledBadges(page: Page): Promise<BadgeState[]> {
    await page.waitForSelector('dh-badge', { timeout: 30_000 });
    let before = '';
    for (;;) {
      const found = await read(page);
      const now = JSON.stringify(found);
      if (now === before) return found;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }

  it('shows the right badge on every row of the iGate list, from the answers of the page', async () => {
    const page = await browser.newPage();
    await page.setViewport({ width: 1366, height: 768 });
    await page.goto(`${sandbox.urls.igate}/vi/dossier/processing`);
    const found = await settledBadges(page);
    await page.screenshot({ path: join(import.meta.dirname, '..', '.artifacts', 'firefox-igate.png') });
    expect(found.length).toBeGreaterThanOrEqual(10);
    expect(differences(sandbox, found, { json: 'igate-json-list', dom: 'igate-dom-list' })).toEqual([]);
    expect(new Set(found.map(({ source }) => source))).toEqual(new Set(['json']));
    await page.close();
  });

  it('shows the right badge after the next page', async () => {
    const page = await browser.newPage();
    await page.goto(`${sandbox.urls.igate}/vi/dossier/processing`);
    const first = await settledBadges(page);
    await page.click('.mat-paginator-navigation-next');
    await page.waitForFunction(
      (code) => document.querySelector('dh-badge')?.getAttribute('data-code') !== code,
      { timeout: 20_000 },
      first[0]?.code,
    );
    const second = await settledBadges(page);
    expect(second[0]?.code).not.toBe(first[0]?.code);
    expect(differences(sandbox, second, { json: 'igate-json-list', dom: 'igate-dom-list' })).toEqual([]);
    await page.close();
  });

  it('brings the second script for "Vì sao?"', async () => {
    const page = await browser.newPage();
    await page.goto(`${sandbox.urls.igate}/vi/dossier/processing`);
    await settledBadges(page);
    await page.click('dh-badge');
    await page.waitForFunction(() => document.querySelector('dh-why')?.shadowRoot?.querySelector(':popover-open'), {
      timeout: 10_000,
    });
    await page.close();
  });
});
