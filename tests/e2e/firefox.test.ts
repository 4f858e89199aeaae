import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makePdf, scanPage } from '../fixtures/pdf/make.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { type BadgeState, differences, NOW, SEED } from './harness.ts';

const FIREFOX = process.env.FIREFOX_PATH;
const EXTENSION = join(import.meta.dirname, '..', '..', '.output', 'firefox-mv3-sandbox');
const ARTIFACTS = join(import.meta.dirname, '..', '.artifacts');

/** set-up names the browser; on a developer's machine without Firefox it has said so and these tests do not run. */
describe.runIf(FIREFOX)('Firefox', () => {
  let sandbox: Sandbox;
  let browser: Browser;

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: SEED, now: NOW });
    browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true });
    await browser.installExtension(EXTENSION);
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
    await page.screenshot({ path: join(ARTIFACTS, 'firefox-igate.png') });
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

/** The address that Firefox gives to the pages of our extension is a chance number, unless it is told which. */
const UUID = 'd0a9d0a9-0000-4000-8000-00000000d0a9';
const ID = 'dung-hen@dung-hen.example';

describe.runIf(FIREFOX)('pages of the extension in Firefox', () => {
  let sandbox: Sandbox;
  let browser: Browser;
  let page: Page;
  let folder: string;
  const errors: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dung-hen-firefox-'));
    sandbox = await startSandbox({ seed: SEED, now: NOW });
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      headless: true,
      // Without it Firefox lets no driver near a page of an extension.
      args: ['--remote-allow-system-access'],
      extraPrefsFirefox: {
        'extensions.webextensions.uuids': JSON.stringify({ [ID]: UUID }),
        'browser.download.folderList': 2,
        'browser.download.dir': folder,
        'browser.download.always_ask_before_handling_new_types': false,
      },
    });
    await browser.installExtension(EXTENSION);
    // The pages take the simulated present from a list.
    const list = await browser.newPage();
    await list.goto(`${sandbox.urls.igate}/vi/dossier/processing`);
    await list.waitForSelector('dh-badge', { timeout: 30_000 });
    await list.waitForSelector('html[data-dunghen]');
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    await page.close();
    expect(errors.splice(0)).toEqual([]);
  });

  /** Opens a page of the extension and waits for something on it. */
  async function open(path: string, selector: string): Promise<void> {
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.setViewport({ width: 1366, height: 768 });
    // The page comes, but the driver is never told that it is there.
    await page.goto(`moz-extension://${UUID}/${path}`, { timeout: 2000 }).catch(() => undefined);
    await page.waitForSelector(selector, { timeout: 20_000 });
  }

  const fill = (selector: string, value: string) =>
    page.$eval(
      selector,
      (element, text) => {
        (element as HTMLInputElement).value = text;
        element.dispatchEvent(new Event('input', { bubbles: true }));
      },
      value,
    );
  const press = async (words: string) => (await page.waitForSelector(`button::-p-text(${words})`))?.click();
  const says = (words: string) =>
    page.waitForFunction((text) => document.body.textContent?.includes(text), { timeout: 20_000 }, words);
  const shoot = (name: string) => page.screenshot({ path: join(ARTIFACTS, `firefox-${name}.png`) });

  it('letters: draws the letter and gives the .docx', async () => {
    await open('letters.html', '#to');
    await press('Thông tin đơn vị');
    await page.waitForSelector('#unit-coQuanBanHanh');
    const unit = {
      coQuanBanHanh: 'UBND phường Không Thật',
      diaDanh: 'Phường Không Thật',
      kyHieu: 'PXL',
      noiNhan: 'Như trên',
      'nguoiKy.chucVu': 'CHỦ TỊCH',
      'nguoiKy.hoTen': 'Trần Thị Ký',
    };
    for (const [id, value] of Object.entries(unit)) await fill(`[id="unit-${id}"]`, value);
    await press('Lưu thông tin đơn vị');
    await press('Soạn thư');
    const draft = {
      to: 'Nguyễn Thị Mẫu',
      code: 'H29.999-261101-0007',
      procedure: 'Đăng ký khai sinh',
      received: '2026-11-12',
      due: '2026-11-24',
      status: 'Đang xử lý',
      reason: 'chờ xác minh',
    };
    for (const [id, value] of Object.entries(draft)) await fill(`[id="${id}"]`, value);
    await page.waitForSelector('.paper[data-complete=true][data-state=ready]');
    await page.waitForFunction(() =>
      document.querySelector('.paper')?.shadowRoot?.textContent?.includes('chờ xác minh'),
    );
    await shoot('letters');
    await press('Tải .docx');
    // Firefox puts an empty file there first, and one beside it while it writes.
    const name = 'xin-loi_H29.999-261101-0007_2026-11-25.docx';
    const given = () =>
      readdirSync(folder).filter((one) => /\.(?:docx|part)$/.test(one) && statSync(join(folder, one)).size > 0);
    await expect.poll(given).toEqual([name]);
    const parts = unzipSync(new Uint8Array(readFileSync(join(folder, name))));
    const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
    expect(xml.replace(/<[^>]+>/g, '').replace(/\s/g, '')).toContain('Kínhgửi:Ông/BàNguyễnThịMẫu');
  });

  it('settings: takes a calendar and keeps it', async () => {
    await open('options.html', '#calendar-choose');
    const layer = {
      kind: 'unit',
      id: 'phuong-mau',
      version: '1',
      label: 'Phường mẫu',
      source: 'Công văn 01/UBND',
      years: [{ year: 2026, off: [{ date: '2026-11-26', reason: 'mất điện toàn phường' }] }],
    };
    const path = join(folder, 'phuong-mau.json');
    writeFileSync(path, JSON.stringify(layer));
    await (await page.waitForSelector('#calendar input[type=file]'))?.uploadFile(path);
    await press('Nhận lịch này');
    await says('Đã nhận lịch');
    await shoot('options');
    await page.close();
    await open('options.html', '#calendar-choose');
    await says('Phường mẫu');
  });

  it('«Thử tính hạn»: counts over Tết', async () => {
    await open('deadline.html#nhan=2026-02-12T16:59&han=5&dv=workday', 'main');
    await says('17:00 thứ Năm 26/02/2026');
    await shoot('deadline');
  });

  it('«Kiểm tra tệp»: reads a scan in its own thread', async () => {
    const path = join(folder, 'mo.pdf');
    writeFileSync(path, makePdf([scanPage(72)]));
    await open('inspect.html', 'input[type=file]');
    await (await page.waitForSelector('input[aria-label="Chọn tệp để kiểm tra"]'))?.uploadFile(path);
    await says('thấp nhất 72 dpi');
    await shoot('inspect');
  });
});
