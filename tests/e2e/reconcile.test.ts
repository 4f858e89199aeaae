import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { className, type DifferenceClass } from '../../lib/reconcile/index.ts';
import { plant } from '../sandbox/planted.ts';
import { plantedCsv } from '../sandbox/planted-csv.ts';
import type { Planted } from '../sandbox/planted-types.ts';
import { axeFaults } from './axe.ts';
import { NOW, type Stage, screenshot, setStage } from './harness.ts';

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describe('"Đối soát"', () => {
  let stage: Stage;
  let page: Page;
  let planted: Planted;

  beforeAll(async () => {
    stage = await setStage({ count: 8 });
    planted = plant({ seed: 'doi-soat', now: NOW, count: 600 });
  });
  afterAll(async () => {
    await stage?.close();
  });
  beforeEach(async () => {
    page = await stage.open(`chrome-extension://${stage.extensionId}/reconcile.html`);
    await page.bringToFront();
    await page.getByRole('heading', { name: 'Đối soát', level: 1 }).waitFor();
  });
  afterEach(async () => {
    await page?.close();
  });

  const give = (side: string, name: string, text: string) =>
    page.locator(`[data-side="${side}"] input[type=file]`).setInputFiles(csv(name, text));

  async function giveAll(): Promise<void> {
    const files = plantedCsv(planted, { titled: true });
    await give('city', 'thanh-pho.csv', files.city);
    await give('national', 'cong-dvcqg.csv', files.national);
    await give('lgsp', 'lgsp.csv', files.lgsp);
    await page.locator('[data-side="lgsp"] [role=status]').filter({ hasText: 'đọc' }).waitFor();
  }

  /** What the page counts of each class, once everything is shown. */
  async function classes(): Promise<Record<string, number>> {
    await page.getByRole('switch', { name: 'Hiện cả loại chỉ để biết' }).click();
    const chips = page.locator('.chip[data-class]');
    const found = await chips.evaluateAll((list) =>
      list.map((chip) => [(chip as HTMLElement).dataset.class, Number(chip.querySelector('strong')?.textContent)]),
    );
    return Object.fromEntries(found as [string, number][]);
  }

  it('finds what is in the files, and its table, charts and files tell the same', async () => {
    await giveAll();
    await screenshot(page, 'reconcile-sources');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
    await page.getByRole('heading', { name: 'Kết quả đối soát' }).waitFor({ timeout: 30_000 });
    await screenshot(page, 'reconcile-results');
    const counted = await classes();
    const wanted = new Set([...planted.expected.values()].flatMap(({ classes: list }) => list));
    for (const name of wanted)
      if (name !== 'unreadable') expect(counted[name], className(name as DifferenceClass)).toBeGreaterThan(0);
    expect(await page.locator('figure svg').count()).toBe(2);
    expect(stage.takeErrors()).toEqual([]);

    await page.locator('.differences tbody tr[data-code]').first().click();
    await page.locator('.drill').waitFor();
    await screenshot(page, 'reconcile-drill');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải báo cáo .xlsx' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('doi-soat.xlsx');
  });

  it('has nothing for axe to say, in light and in dark', async () => {
    await giveAll();
    for (const colorScheme of ['light', 'dark'] as const) {
      expect(await axeFaults(page, colorScheme)).toEqual([]);
    }
  });
});
