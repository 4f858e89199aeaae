import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { beginRecord, evaluate, freeze, readRecord, recordText, type SampleRecord } from '../../lib/sampling/index.ts';
import type { SandboxDossier } from '../sandbox/types.ts';
import { axeFaults } from './axe.ts';
import { type Stage, screenshot, setStage } from './harness.ts';
import { type Killable, makeProfile, startKillable, startUsed } from './reconcile-stage.ts';

const COMPLETE = 'Thành phần hồ sơ đã số hóa đủ';
const READABLE = 'Tệp mở được và đọc được';
const SIGNED = 'Ký số hợp lệ';
const CHECKS = [COMPLETE, READABLE, SIGNED];
const SIZE = 6;

const lacking = ({ components }: SandboxDossier) =>
  components.some(
    ({ required, conditional, heading, files }) => required && !conditional && !heading && files.length === 0,
  );

describe('checking a drawn sample', () => {
  let stage: Stage;
  let address: string;
  let dossiers: readonly SandboxDossier[];
  let record: SampleRecord;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage({ count: 28 });
    address = `chrome-extension://${stage.extensionId}/spotcheck.html`;
    dossiers = stage.sandbox.population.dossiers;
    record = sampleOf(SIZE);
  });
  afterAll(() => stage?.close());
  afterEach(async () => {
    await page?.close();
  });

  function sampleOf(size: number): SampleRecord {
    const population = freeze(
      dossiers.map(({ code, procedure }) => ({ code, stratum: '', procedure: procedure.code })),
    );
    return beginRecord(
      population,
      { source: 'mot-cua.csv', by: null, column: null, pooledUnder: 1 },
      { goal: { kind: 'size', size }, confidence: 0.95, allocation: null, minimum: 2 },
      '83412',
      CHECKS.map((name) => ({ name, declared: null })),
    );
  }
  const json = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  const listFile = () => ({
    name: 'mot-cua.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Mã hồ sơ\n${dossiers.map(({ code }) => code).join('\n')}\n`),
  });

  /** Takes a sample file in and comes to its step of checking. */
  async function begin(context: BrowserContext, text = recordText(record), role = 'Làm tiếp'): Promise<Page> {
    const opened = await context.newPage();
    await opened.goto(address);
    await opened.bringToFront();
    await opened.locator('input[type=file]').setInputFiles(json('Tháng 11.json', text));
    await opened.getByRole('button', { name: new RegExp(`^${role}`) }).click();
    await opened.getByRole('tab', { name: 'Kiểm tra', exact: true }).click();
    await opened.locator('.check-step').waitFor();
    return opened;
  }
  const front = () => page.locator('#unit-title').textContent();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const saved = () => page.locator('.saving.saved').waitFor();
  /** The record as the page hands it out. */
  async function handedOut(button: string): Promise<{ text: string; record: SampleRecord }> {
    const hand = page.getByRole('button', { name: 'Giao cho đồng nghiệp' });
    if ((await hand.getAttribute('aria-expanded')) === 'false') await hand.click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    const reading = readRecord(text);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    return { text, record: reading.record };
  }

  it('by keyboard alone, with causes, notes, and a dossier that is replaced', async () => {
    page = await begin(stage.context);
    // A sample that was handed over brings no list; it is given once more, held against the hash.
    await page.getByRole('tab', { name: 'Mẫu', exact: true }).focus();
    await press('Enter');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Chọn tệp danh sách' }).press('Enter'),
    ]);
    await chooser.setFiles(listFile());
    await page.getByText('đúng danh sách đã chốt, mã băm khớp').waitFor();
    await page.getByRole('tab', { name: 'Mẫu', exact: true }).focus();
    await press('ArrowRight');
    await page.locator('.check-step').waitFor();

    const codes = record.units.map(({ code }) => code);
    expect(await front()).toBe(codes[0]);
    await press('1', '1', '3', 'g');
    await page.keyboard.type('chữ ký không xem được: 1 2 n u x z', { delay: 5 });
    await press('Escape', 'n');
    expect(await front()).toBe(codes[1]);
    await press('1', '2', 'c');
    await page.keyboard.type('Mờ, thiếu nét');
    await press('Enter', 'ArrowDown', '1', 'u');
    expect(await front()).toBe(codes[2]);
    await press('x');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Không có quyền xem hồ sơ này');
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(front).toBe(codes[3]);
    await press('1', '1', 'z', '2');
    await screenshot(page, 'spotcheck-check-keyboard');
    await press('3', 'ArrowDown', '1');
    for (let i = 0; i < 3; i++) await press('u', '1', '1', '1');
    await expect.poll(() => page.locator('.check-bar .progress').textContent()).toContain('6/6');
    await saved();

    const { record: done } = await handedOut('Tải tệp để làm tiếp');
    expect(done.units.map(({ first }) => CHECKS.map((name) => first[name]).join())).toEqual([
      'pass,pass,unknown',
      'pass,fail,pass',
      ',,',
      'pass,unknown,pass',
      'pass,pass,pass',
      'pass,pass,pass',
      'pass,pass,pass',
    ]);
    expect(done.units[0]?.note).toBe('chữ ký không xem được: 1 2 n u x z');
    expect(done.units[1]?.causes).toEqual({ [READABLE]: 'Mờ, thiếu nét' });
    expect(done.units[2]?.unavailable).toBe('Không có quyền xem hồ sơ này');
    expect(done.units[6]?.code).toBe(sampleOf(SIZE + 1).units[6]?.code);
    expect(evaluate(done).checks.every(({ open }) => open === 0)).toBe(true);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('the browser killed in the middle: nothing is lost, and it goes on at the first that is not done', async () => {
    const profile = makeProfile();
    let browser: Killable | null = null;
    try {
      browser = await startUsed(profile.path, address);
      page = await begin(browser.context);
      await press('1', '1', '2', 'n', '1', '2');
      await page.locator('#unit-cause-1').fill('Thiếu trang');
      await saved();
      const where = page.url();
      await browser.kill();
      browser = await startKillable(profile.path);
      page = await browser.context.newPage();
      await page.goto(where);
      await page.locator('.check-step').waitFor();
      expect(await front()).toBe(record.units[1]?.code);
      expect(await page.locator('fieldset.check[aria-current]').getAttribute('id')).toBe('unit-check-2');
      expect(await page.locator('#unit-cause-1').inputValue()).toBe('Thiếu trang');
      await press('p');
      const decisions = await page
        .locator('fieldset.check')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-decision')));
      expect(decisions).toEqual(['pass', 'pass', 'fail']);
    } finally {
      await browser?.kill();
      profile.remove();
    }
  });

  it('what the open page of the dossier tells is a suggestion, whichever tab it is in, and never a decision', async () => {
    const whole = sampleOf(dossiers.length);
    const of = (code: string) => dossiers.find((one) => one.code === code) as SandboxDossier;
    // Papers that the page marks as needed are missing in one of the first.
    const place = whole.units.findIndex(({ code }) => lacking(of(code)));
    const target = of(whole.units[place]?.code as string);
    page = await begin(stage.context, recordText(whole));
    const found = page.locator('.found');
    await found.getByText('Chưa mở hồ sơ này').waitFor();
    for (let i = 0; i < place; i++) await press('n');
    await expect.poll(front).toBe(target.code);

    const other = await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/processing`);
    const dossier = await stage.open(`${stage.sandbox.urls.webforms}/HoSo/ChiTiet.aspx?id=${target.numericId}`);
    await dossier.locator(`dh-panel[data-code="${target.code}"]`).waitFor();
    // The background judges the papers a moment after the panel stands.
    await dossier.locator('dh-panel[data-digitization="incomplete"]').waitFor();
    await page.bringToFront();
    await found.getByText('Đọc từ trang hồ sơ đang mở.').waitFor();
    const words = page.locator('#unit-check-0 .suggested');
    await expect.poll(() => words.textContent()).toContain('Tự động thấy: ');
    expect(await words.textContent()).toContain('Thiếu ');
    expect(await page.locator('#unit-check-0 .hint').textContent()).toContain('Không đạt');
    expect(await page.locator('[aria-pressed=true]').count()).toBe(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await screenshot(page, `spotcheck-check-suggestion-${colorScheme}`);
    }
    await press('2');
    await saved();

    // The next dossier is not the one that is shown.
    await press('n');
    await page.locator('.found:is([data-page=elsewhere], [data-page=list])').waitFor();
    await dossier.close();
    await other.close();
    await found.getByText('Chưa mở hồ sơ này').waitFor();
    // "O" opens it where it was seen, in either of the two systems: at its own address.
    await press('p');
    const [again] = await Promise.all([stage.context.waitForEvent('page'), press('o')]);
    await again.locator(`dh-panel[data-code="${target.code}"]`).waitFor();
    await again.close();
    expect(stage.takeErrors()).toEqual([]);
  });

  it('a second person checks the same sample blind; agreement is told and what differs is settled', async () => {
    page = await begin(stage.context);
    for (let i = 0; i < SIZE; i++) await press('1', '1', '1', 'n');
    await saved();
    const first = page;
    const { text: blind } = await handedOut('Tải tệp để kiểm tra lại độc lập');
    expect(blind).not.toContain('pass');

    page = await begin(stage.context, blind, 'Kiểm tra lại độc lập');
    await press('1', '2', 'ArrowDown', '1');
    for (let i = 1; i < SIZE; i++) await press('u', '1', '1', '1');
    await saved();
    const { text: theirs } = await handedOut('Tải tệp gửi lại người thứ nhất');
    await page.close();

    page = first;
    await page.bringToFront();
    const take = async (name: string, text: string) => {
      await page.locator('.pair input[type=file]').setInputFiles(json(name, text));
    };
    await take('khac.json', theirs.replace('"83412"', '"83413"'));
    await page.locator('.pair [role=alert]').getByText('khac.json').waitFor();
    await take('nguoi-thu-hai.json', theirs);
    await page.getByText('Khác nhau: 1 chỗ, còn 1 chỗ chưa xem lại').waitFor();
    await expect.poll(() => page.locator('.pair .numbers tbody tr').nth(1).textContent()).toContain('5/6');
    const one = page.locator('.differences-of-two fieldset');
    await one.getByRole('textbox').fill('trang 2 mờ');
    for (const colorScheme of ['light', 'dark'] as const) {
      expect(await axeFaults(page, colorScheme)).toEqual([]);
      await screenshot(page, `spotcheck-check-pair-${colorScheme}`);
    }
    await one.getByRole('button', { name: /^Đổi thành Không đạt/ }).click();
    await page.getByText('Khác nhau: 1 chỗ, đã xem lại hết').waitFor();
    await saved();
    const { record: settled } = await handedOut('Tải tệp để làm tiếp');
    expect(settled.units[0]).toMatchObject({
      first: { [READABLE]: 'fail' },
      second: { [READABLE]: 'fail' },
      settled: { [READABLE]: 'pass' },
    });
    expect(evaluate(settled).checks[1]?.agreement).toMatchObject({ both: 6, agreed: 5 });
    expect(stage.takeErrors()).toEqual([]);
  });

  it('has nothing for axe to say, in light and in dark, with the help open as well', async () => {
    page = await begin(stage.context);
    await press('1', '2');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const help of [false, true]) {
        if (help) await press('Shift+?');
        expect(await axeFaults(page, colorScheme)).toEqual([]);
        await screenshot(page, `spotcheck-check-${help ? 'keys' : 'unit'}-${colorScheme}`);
        if (help) await press('Escape');
      }
    }
    expect(stage.takeErrors()).toEqual([]);
  });
});
