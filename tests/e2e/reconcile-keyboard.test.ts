import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plant } from '../sandbox/planted.ts';
import { plantedCsv } from '../sandbox/planted-csv.ts';
import { axeFaults } from './axe.ts';
import { NOW, type Stage, screenshot, setStage } from './harness.ts';
import { finished, KINDS, openAt } from './reconcile-stage.ts';

const planted = plant({ seed: 'ban-phim', now: NOW, count: 300 }, { share: 0.3, kinds: KINDS });
const DOSSIERS = 20_000;

/** Two systems that disagree on the due date of every dossier. */
function bigFiles(): { city: string; national: string } {
  const row = (due: string) => (_: unknown, i: number) => {
    const day = String((i % 20) + 1).padStart(2, '0');
    return `H29.999-2611${day}-${String(i).padStart(5, '0')},9.900001,H29.999,4,${day}/11/2026 08:00:00,${due}`;
  };
  const file = (due: string) =>
    [
      'Mã hồ sơ,Mã thủ tục,Mã đơn vị,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả',
      ...Array.from({ length: DOSSIERS }, row(due)),
    ].join('\r\n');
  return { city: file('10/12/2026 17:00:00'), national: file('14/12/2026 17:00:00') };
}

describe('"Đối soát" without a mouse, for every eye, and large', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage({ count: 8 });
  });
  afterAll(async () => {
    await stage?.close();
  });
  beforeEach(async () => {
    page = await openAt(stage.context, `chrome-extension://${stage.extensionId}/reconcile.html`);
  });
  afterEach(async () => {
    await page?.close();
  });

  const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const give = (side: string, text: string) =>
    page.locator(`[data-side="${side}"] input[type=file]`).setInputFiles(csv(`${side}.csv`, text));
  const readable = (side: string) =>
    page.locator(`[data-side="${side}"] [role=status]`).filter({ hasText: 'đọc' }).waitFor();

  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim();
    });

  /** Tab until the control of that name has the focus. */
  async function tabTo(name: string): Promise<void> {
    for (let i = 0; i < 60; i++) {
      if ((await focused()).startsWith(name)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way by Tab to «${name}»; at «${await focused()}»`);
  }

  it('from the files to one dossier and to the report, by keyboard only', async () => {
    // Before the first button is pressed: from now on no window of the system opens.
    page.on('filechooser', () => undefined);
    const books = plantedCsv(planted, { titled: true });
    for (const [side, name] of [
      ['city', 'Chọn tệp xuất của Hệ thống TTHC Thành phố'],
      ['national', 'Chọn tệp xuất của Cổng DVCQG'],
    ] as const) {
      await tabTo(name);
      await screenshot(page, 'reconcile-focus');
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
      await chooser.setFiles(csv(`${side}.csv`, books[side]));
      await readable(side);
    }
    await tabTo('Xem trước');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sẽ làm' }).waitFor();
    await tabTo('Bắt đầu đối soát');
    await page.keyboard.press('Enter');
    await finished(page);

    // A class on, the table, two rows down, into the dossier and back.
    await tabTo('Lệch ngày hẹn trả');
    await page.keyboard.press('Space');
    const chip = page.locator('.chip[data-class="due-date"]');
    expect(await chip.getAttribute('aria-pressed')).toBe('true');
    const wanted = [...planted.expected.values()].filter(({ classes }) => classes.includes('due-date')).length;
    expect(wanted).toBeGreaterThan(3);
    const row = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.code);
    for (let i = 0; i < 60 && (await row()) === undefined; i++) await page.keyboard.press('Tab');
    const first = await row();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const third = await row();
    expect(third).not.toBe(first);
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    expect(await row()).toBe(first);
    await page.keyboard.press('Enter');
    await page.locator('.drill').waitFor();
    await expect.poll(focused).toBe(first);
    await screenshot(page, 'reconcile-keyboard');
    await page.keyboard.press('Escape');
    await page.locator('.drill').waitFor({ state: 'detached' });
    // The table has the focus again, where it was.
    await expect.poll(row).toBe(first);

    for (let i = 0; i < 60 && !(await focused()).startsWith('Tải báo cáo'); i++) await page.keyboard.press('Shift+Tab');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toBe('doi-soat.xlsx');
    expect(stage.takeErrors()).toEqual([]);
  });

  it('axe has nothing to say of results and dossier, in light and in dark', async () => {
    const books = plantedCsv(planted, { titled: true });
    await give('city', books.city);
    await give('national', books.national);
    await give('lgsp', books.lgsp);
    await readable('lgsp');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
    await finished(page);
    await page.getByRole('switch', { name: 'Hiện cả loại chỉ để biết' }).click();
    await page.locator('.differences tbody tr[data-code]').nth(2).click();
    await page.locator('.drill').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      expect(await axeFaults(page, colorScheme)).toEqual([]);
      await screenshot(page, `reconcile-results-${colorScheme}`);
      await page.locator('.charts').scrollIntoViewIfNeeded();
      await screenshot(page, `reconcile-charts-${colorScheme}`);
      await page.evaluate(() => scrollTo(0, 0));
    }
  });

  it(`${DOSSIERS} differences are a table of the rows in sight`, async () => {
    const big = bigFiles();
    await give('city', big.city);
    await give('national', big.national);
    await readable('national');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
    await finished(page);
    await screenshot(page, 'reconcile-large');
    await page.getByText(`${DOSSIERS} hồ sơ`, { exact: true }).waitFor();
    const drawn = () => page.locator('.differences tbody tr').count();
    expect(await drawn()).toBeLessThan(60);
    await page.locator('.differences tbody tr[data-code]').first().focus();
    await page.keyboard.press('End');
    const code = () => page.evaluate(() => (document.activeElement as HTMLElement).ariaRowIndex ?? '');
    await expect.poll(code).toBe(String(DOSSIERS + 1));
    expect(await drawn()).toBeLessThan(60);
    await page.getByLabel('Tìm mã').fill('-00007');
    await page.getByText(`1 hồ sơ trong ${DOSSIERS}`).waitFor();
  });
});
