import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { PDFDocument } from 'pdf-lib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults } from './axe.ts';
import { badges, NOW, type Stage, screenshot, setStage, settled } from './harness.ts';

const MILLIMETRE = 72 / 25.4;
const UNIT: Record<string, string> = {
  coQuanChuQuan: 'Ủy ban nhân dân Thành phố Hồ Chí Minh',
  coQuanBanHanh: 'Ủy ban nhân dân phường Mẫu',
  diaDanh: 'Phường Mẫu',
  kyHieu: 'PXL',
  noiNhan: 'Như trên\nLưu: VT',
  'nguoiKy.chucVu': 'CHỦ TỊCH',
  'nguoiKy.hoTen': 'Trần Thị Ký',
};

/** Text of the drawn letter. */
const paperText = (page: Page) =>
  page.evaluate(() => document.querySelector('.paper')?.shadowRoot?.textContent?.replace(/\u00a0/g, ' ') ?? '');

async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) };
}

describe('apology letters in Chromium', () => {
  let stage: Stage;
  let letter: Page;

  beforeAll(async () => {
    stage = await setStage({ now: NOW });
  });
  afterAll(() => stage?.close());

  it('opens from the panel of a dossier, filled from the page', async () => {
    const list = await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/processing?size=60`);
    await settled(list, 10);
    const code = (await badges(list)).find(
      ({ clock, verdict }) => clock === 'appointment' && verdict === 'overdue',
    )?.code;
    const row = list.locator('tr, mat-row').filter({ hasText: code as string });
    await list.goto(new URL((await row.locator('a').first().getAttribute('href')) as string, list.url()).href);
    const opened = stage.context.waitForEvent('page');
    await list.locator('dh-panel').getByRole('button', { name: 'Soạn thư xin lỗi' }).click();
    letter = await opened;
    await letter.waitForSelector('[data-source=read]');
    expect(await letter.inputValue('#code')).toBe(code);
    expect(await letter.inputValue('#to')).not.toBe('');
    expect(letter.url()).not.toContain(encodeURIComponent(await letter.inputValue('#to')));
    await expect.poll(() => paperText(letter)).toContain('[chưa có: Lý do trễ hạn]');
    await screenshot(letter, 'letter-open');
    expect(stage.takeErrors()).toEqual([]);
  });

  it('names what is missing and leads to it', async () => {
    await letter.keyboard.press('Control+s');
    await letter.getByRole('alert').getByText('Thiếu Nơi nhận').click();
    await expect.poll(() => letter.evaluate(() => document.activeElement?.id)).toBe('unit-noiNhan');
    for (const [key, value] of Object.entries(UNIT)) await letter.fill(`[id="unit-${key}"]`, value);
    await letter.getByRole('button', { name: 'Lưu thông tin đơn vị' }).click();
    await letter.getByRole('tab', { name: 'Soạn thư' }).click();
    await letter.selectOption('#preset', 'consult');
    await expect.poll(() => paperText(letter)).toContain('cơ quan phối hợp chưa có văn bản trả lời');
    await letter.waitForSelector('.paper[data-complete=true]');
  });

  it('prints one sheet of the template’s size, the letter alone', async () => {
    for (const [template, width, height] of [
      ['tt03-2025', 210, 297],
      ['tt01-2018', 148, 210],
    ] as const) {
      await letter.selectOption('#template', template);
      await expect
        .poll(() => letter.locator('.paper section.docx').evaluate((page) => page.clientWidth))
        .toBeCloseTo((width * 96) / 25.4, -1);
      const pdf = await PDFDocument.load(await letter.pdf({ preferCSSPageSize: true }));
      expect(pdf.getPageCount()).toBe(1);
      const size = pdf.getPage(0).getSize();
      expect(Math.abs(size.width - width * MILLIMETRE)).toBeLessThan(2);
      expect(Math.abs(size.height - height * MILLIMETRE)).toBeLessThan(2);
    }
    await letter.selectOption('#template', 'nd30-2020');
  });

  it('goes over two sheets with their margins when it is long', async () => {
    const reason = await letter.inputValue('#reason');
    await letter.fill('#reason', 'hệ thống gián đoạn trong thời gian giải quyết, '.repeat(42).slice(0, 1990));
    await letter.getByText('Thư dài hơn một trang').waitFor();
    const pdf = await PDFDocument.load(await letter.pdf({ preferCSSPageSize: true }));
    expect(pdf.getPageCount()).toBe(2);
    await letter.fill('#reason', reason);
    await letter.getByText('Thư dài hơn một trang').waitFor({ state: 'detached' });
  });

  it('gives the .docx under a name without a person', async () => {
    const { name, bytes } = await saved(letter, () => letter.keyboard.press('Control+s'));
    expect(name).toMatch(/^xin-loi_H29\.999-\d{6}-\d{4}_2026-11-25\.docx$/);
    expect(Object.keys(unzipSync(bytes))).toContain('word/document.xml');
    await letter.getByText('Sổ ghi: đã soạn').first().waitFor();
    await screenshot(letter, 'letter-ready');
  });

  it.each(['light', 'dark'] as const)('has no accessibility fault, %s', async (colorScheme) => {
    await letter.emulateMedia({ colorScheme });
    for (const tab of ['Soạn thư', 'Soạn hàng loạt', 'Sổ thư', 'Mẫu thư', 'Thông tin đơn vị']) {
      await letter.getByRole('tab', { name: tab, exact: true }).click();
      expect([tab, ...(await axeFaults(letter, colorScheme, '.paper'))]).toEqual([tab]);
    }
    await letter.getByRole('tab', { name: 'Soạn thư' }).click();
    await screenshot(letter, `letter-${colorScheme}`);
  });

  it('needs no sideways scrolling at 125 %', async () => {
    await letter.setViewportSize({ width: 1093, height: 614 });
    for (const tab of ['Soạn thư', 'Soạn hàng loạt', 'Sổ thư', 'Mẫu thư', 'Thông tin đơn vị']) {
      await letter.getByRole('tab', { name: tab, exact: true }).click();
      const beyond = () => letter.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(beyond).toBeLessThanOrEqual(0);
    }
    await letter.setViewportSize({ width: 1366, height: 768 });
  });

  it('makes many from an open list', async () => {
    const list = await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/processing?size=60`);
    await settled(list, 10);
    await letter.bringToFront();
    await letter.getByRole('tab', { name: 'Soạn hàng loạt' }).click();
    await letter.selectOption('#batch-preset', 'volume');
    await letter.getByRole('button', { name: /^Soạn \d+ thư$/ }).click();
    await letter.locator('#batch-results').waitFor({ timeout: 60_000 });
    const heading = await letter.locator('#batch-results').textContent();
    const { bytes } = await saved(letter, () => letter.getByRole('button', { name: /^Tải .zip/ }).click());
    const files = Object.keys(unzipSync(bytes));
    expect(heading).toContain(`Soạn được ${files.length} thư`);
    expect(files.length).toBeGreaterThan(3);
    expect(stage.takeErrors()).toEqual([]);
  });
});
