import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { evaluate, readRecord } from '../../lib/sampling/index.ts';
import { screenshot } from './harness.ts';
import { type Killable, makeProfile, startKillable, startUsed } from './reconcile-stage.ts';

/** A supervisor's whole way, by keys alone, with the power gone in the middle. */

const COUNT = 40;
const SIZE = 5;
const LIST = [
  'Mã hồ sơ,Mã thủ tục,Tên đơn vị',
  ...Array.from({ length: COUNT }, (_, i) => `H29.999-261110-${String(i).padStart(4, '0')},9.900001,Phường Mẫu`),
].join('\r\n');

const profile = makeProfile();
let browser: Killable | null = null;
let page: Page;
afterEach(async () => {
  await browser?.kill();
  profile.remove();
});

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element.matches('body, main')) return '';
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return (label ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
  });
async function tabTo(name: string | RegExp): Promise<void> {
  for (let i = 0; i < 90; i++) {
    const at = await focused();
    if (typeof name === 'string' ? at.startsWith(name) : name.test(at)) return;
    await press('Tab');
  }
  throw new Error(`no way by Tab to «${name}»; at «${await focused()}»`);
}
const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
const front = () => page.locator('#unit-title').textContent();

it('from the file to the result that is signed off', async () => {
  browser = await startKillable(profile.path);
  const worker = browser.context.serviceWorkers()[0] ?? (await browser.context.waitForEvent('serviceworker'));
  const address = `chrome-extension://${new URL(worker.url()).host}/spotcheck.html`;
  await browser.close();
  browser = await startUsed(profile.path, address);
  page = await browser.context.newPage();
  await page.goto(address);
  await page.bringToFront();
  page.on('filechooser', () => undefined);

  await tabTo('Đợt kiểm tra mới');
  await press('Enter');
  await tabTo('Chọn tệp danh sách');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Enter')]);
  await chooser.setFiles({ name: 'thang-11.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
  await page.getByText(`${COUNT} dòng`).waitFor();
  await tabTo('Đọc danh sách');
  await press('Enter');
  await page.getByText('sẽ nằm trong danh sách').waitFor();
  await tabTo('Chốt danh sách');
  await press('Enter');
  await heading('Đợt kiểm tra mới: thiết kế');
  await tabTo('Theo sai số');
  await press('ArrowDown');
  await tabTo('Số hồ sơ');
  // The radio button has the word too; its field comes next.
  if ((await page.evaluate(() => document.activeElement?.id)) !== 'size') await press('Tab');
  await press('ControlOrMeta+a');
  await page.keyboard.type(String(SIZE));
  await page.getByText(`${SIZE} hồ sơ`, { exact: true }).waitFor();
  await tabTo('Chốt cách rút');
  await press('Enter');
  await tabTo('Hạt giống');
  await page.keyboard.type('83412');
  await press('Enter');
  await heading('Hồ sơ trong mẫu');
  await tabTo('Bắt đầu kiểm tra');
  await press('Enter');
  await page.locator('.check-step').waitFor();

  const checks = await page.locator('fieldset.check').count();
  const decideAll = (key: string) => press(...Array.from({ length: checks }, () => key));
  await decideAll('1');
  await press('u', '2');
  await page.locator('.saving.saved').waitFor();
  const [second, where] = [await front(), page.url()];
  await browser.kill();

  browser = await startKillable(profile.path);
  page = await browser.context.newPage();
  await page.goto(where);
  await page.bringToFront();
  await page.locator('.check-step').waitFor();
  expect(await front()).toBe(second);
  await press(...Array.from({ length: checks - 1 }, () => '1'));
  for (let i = 2; i < SIZE; i++) {
    await press('u');
    await decideAll('1');
  }
  await expect.poll(() => page.locator('.check-bar .progress').textContent()).toContain(`${SIZE}/${SIZE}`);
  await page.locator('.saving.saved').waitFor();

  await tabTo(/^Kiểm tra$/);
  await press('ArrowRight');
  await tabTo('Chốt kết quả');
  await press('Enter');
  await page.getByText('✓ Đã chốt lúc').waitFor();
  await screenshot(page, 'spotcheck-signed-off');
  await tabTo('Tải tệp mẫu (JSON)');
  const [file] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
  const reading = readRecord(readFileSync(await file.path(), 'utf8'));
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { record } = reading;
  expect(record.signedOffAt).not.toBeNull();
  expect(record.units).toHaveLength(SIZE);
  expect(record.units[1]?.code).toBe(second);
  const result = evaluate(record);
  expect(result.checks.map(({ failed }) => failed.length)).toEqual([1, ...Array.from({ length: checks - 1 }, () => 0)]);
  expect(record.figures).toBeDefined();
});
