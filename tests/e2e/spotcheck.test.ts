import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { evaluate, freeze, readRecord, type SampleRecord, verifyDraw } from '../../lib/sampling/index.ts';
import { axeFaults } from './axe.ts';
import { badges, type Stage, screenshot, setStage, settled } from './harness.ts';

const UNITS = ['Phường Một', 'Phường Hai', 'Phường Ba'];
const HEADER = 'Mã hồ sơ,Mã thủ tục,Tên đơn vị,Lĩnh vực,Kênh nộp,Ngày tiếp nhận';
const codeOf = (i: number) => `H29.999-2611${String((i % 20) + 1).padStart(2, '0')}-${String(i).padStart(4, '0')}`;
const rowOf = (i: number) => {
  const day = String((i % 20) + 1).padStart(2, '0');
  const channel = i % 3 === 0 ? 'Trực tiếp' : 'Trực tuyến';
  const field = i % 4 === 0 ? 'Đất đai' : 'Hộ tịch';
  return `${codeOf(i)},9.90000${i % 5},${UNITS[i % 3 === 0 ? 0 : i % 7 === 0 ? 2 : 1]},${field},${channel},${day}/11/2026 08:00`;
};
const listOf = (count: number) => [HEADER, ...Array.from({ length: count }, (_, i) => rowOf(i + 1))].join('\r\n');
const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describe('"Kiểm tra mẫu": list, design, draw', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage({ count: 8 });
  });
  afterAll(async () => {
    await stage?.close();
  });
  beforeEach(async () => {
    page = await open();
  });
  afterEach(async () => {
    await page?.close();
  });

  async function open(): Promise<Page> {
    const opened = await stage.open(`chrome-extension://${stage.extensionId}/spotcheck.html`);
    await opened.bringToFront();
    await opened.getByRole('heading', { name: 'Kiểm tra mẫu', level: 1 }).waitFor();
    return opened;
  }

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      // The page itself has all words of the page.
      if (element?.matches('body, main')) return '';
      const named = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      const label = named ? element.labels?.[0]?.textContent : undefined;
      return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim();
    });

  async function tabTo(name: string): Promise<void> {
    for (let i = 0; i < 80; i++) {
      if ((await focused()).startsWith(name)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way by Tab to «${name}»; at «${await focused()}»`);
  }
  async function pick(name: string, text: string): Promise<void> {
    await page.locator('input[type=file]').first().setInputFiles(csv(name, text));
  }
  async function readList(name: string, text: string): Promise<void> {
    await button('Đợt kiểm tra mới').click();
    await pick(name, text);
    await button('Đọc danh sách').click();
    await page.getByText('sẽ nằm trong danh sách').waitFor();
  }
  async function freezeList(name: string, text: string): Promise<void> {
    await readList(name, text);
    await button('Chốt danh sách').click();
    await page.getByRole('heading', { name: 'Đợt kiểm tra mới: thiết kế' }).waitFor();
  }
  async function drawList(name: string, text: string, size: number, seed: string): Promise<void> {
    await freezeList(name, text);
    await page.getByLabel('Số hồ sơ cho trước').check();
    await page.locator('#size').fill(String(size));
    await button('Chốt cách rút').click();
    await page.locator('#seed').fill(seed);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hồ sơ trong mẫu' }).waitFor();
  }
  async function sampleFile(): Promise<{ text: string; record: SampleRecord }> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      button(/^Tải tệp mẫu/)
        .first()
        .click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    const reading = readRecord(text);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    return { text, record: reading.record };
  }

  it('from the file to the drawn sample by keyboard only, and the same sample by rule', async () => {
    page.on('filechooser', () => undefined);
    await page.getByText('Chưa có đợt kiểm tra nào').waitFor();
    await screenshot(page, 'spotcheck-empty');
    await tabTo('Đợt kiểm tra mới');
    await page.keyboard.press('Enter');
    await tabTo('Chọn tệp danh sách');
    await screenshot(page, 'spotcheck-source');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
    await chooser.setFiles(csv('thang-11.csv', listOf(600)));
    await page.getByText('600 dòng').waitFor();
    await tabTo('Đọc danh sách');
    await page.keyboard.press('Enter');
    await page.getByText('sẽ nằm trong danh sách').waitFor();
    await screenshot(page, 'spotcheck-list');
    await tabTo('Chốt danh sách');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Đợt kiểm tra mới: thiết kế' }).waitFor();

    // What is half done stays while the other part of the page is looked at.
    await tabTo('Kiểm tra mẫu');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Chỉ số QĐ 766', selected: true }).waitFor();
    await page.keyboard.press('ArrowLeft');

    // Size by margin: the textbook number of 600, ±5, 95 %.
    await page.getByText('235 hồ sơ', { exact: true }).waitFor();
    const whole = await page.locator('.hash').textContent();
    await tabTo('Rút theo');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('rowheader', { name: 'Phường Ba' }).waitFor();
    expect(await page.locator('.hash').textContent()).not.toBe(whole);
    await screenshot(page, 'spotcheck-design');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Đợt kiểm tra mới: danh sách' }).waitFor();
    await tabTo('Chốt danh sách');
    await page.keyboard.press('Enter');
    await page.getByRole('rowheader', { name: 'Phường Ba' }).waitFor();
    await tabTo('Chốt cách rút');
    await page.keyboard.press('Enter');
    await tabTo('Hạt giống');
    await page.keyboard.type('83412');
    await screenshot(page, 'spotcheck-draw');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hồ sơ trong mẫu' }).waitFor();
    await screenshot(page, 'spotcheck-drawn');

    const { record } = await sampleFile();
    const units = Array.from({ length: 600 }, (_, i) => {
      const [code = '', , stratum = ''] = rowOf(i + 1).split(',');
      return { code, stratum };
    });
    verifyDraw(record, freeze(units));
    expect(record.population.source).toBe('thang-11.csv');
    expect(record.population.column).toBe('Tên đơn vị');
    expect(record.units).toHaveLength(235);
    expect(record.units[0]?.procedure).toMatch(/^9\.90000/);
    expect(evaluate(record).checks).toHaveLength(3);

    // The sample is there after the page is loaded again, and the way to the checking leads on.
    await page.reload();
    await page.getByRole('heading', { name: 'Hồ sơ trong mẫu' }).waitFor();
    await tabTo('Bắt đầu kiểm tra');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Kiểm tra', exact: true, selected: true }).waitFor();
    expect(stage.takeErrors()).toEqual([]);
  });

  it('narrows the list and writes into the sample how', async () => {
    await readList('loc.csv', listOf(600));
    await page.getByLabel('Tiếp nhận từ ngày').fill('2026-11-05');
    await page.getByLabel('đến ngày').fill('2026-11-14');
    await page.getByRole('checkbox', { name: 'Phường Một' }).check();
    await page.getByRole('checkbox', { name: 'Hộ tịch' }).check();
    const wanted = Array.from({ length: 600 }, (_, i) => rowOf(i + 1).split(',')).filter(
      ([, , unit, field, , day = '']) =>
        unit === 'Phường Một' && field === 'Hộ tịch' && day >= '05/11/2026' && day < '15/11/2026',
    );
    await page.getByText(`${wanted.length} hồ sơ sẽ nằm trong danh sách`).waitFor();
    await screenshot(page, 'spotcheck-filtered');
    await button('Chốt danh sách').click();
    await page.getByLabel('Số hồ sơ cho trước').check();
    await page.locator('#size').fill('20');
    await button('Chốt cách rút').click();
    await page.locator('#seed').fill('hạt');
    await button(/^Rút 20 hồ sơ/).click();
    await page.getByRole('heading', { name: 'Hồ sơ trong mẫu' }).waitFor();
    const { record } = await sampleFile();
    verifyDraw(record, freeze(wanted.map(([code = '']) => ({ code, stratum: '' }))));
    expect(record.population.source).toBe(
      'loc.csv; đơn vị: Phường Một; lĩnh vực: Hộ tịch; tiếp nhận từ 05/11/2026 đến 14/11/2026',
    );
  });

  it('names what is wrong with a list by file and line, and goes on only when told to', async () => {
    const rows = listOf(30).split('\r\n');
    rows.push(
      rowOf(4),
      ',9.900001,Phường Một,Hộ tịch,Trực tiếp,05/11/2026 08:00',
      rowOf(31).replace(/,[^,]*$/, ',31/31/2026'),
    );
    await readList('hong.csv', rows.join('\r\n'));
    await page.getByText('1 mã đứng nhiều lần').waitFor();
    await page.getByText('hong.csv:5, hong.csv:32').waitFor();
    await page.getByText('hong.csv:33', { exact: true }).waitFor();
    await page.getByText('1 hồ sơ có ngày tiếp nhận không đọc được').waitFor();
    await screenshot(page, 'spotcheck-problems');
    const next = button('Chốt danh sách');
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Chỉ lấy dòng đầu của mỗi mã').check();
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Bỏ các dòng này').check();
    expect(await next.getAttribute('aria-disabled')).toBeNull();
    await next.click();
    await page.getByText('hong.csv; bỏ 1 dòng trùng mã; bỏ 1 dòng không đọc được mã').waitFor();
    // A sample larger than the list, and a stratum of one.
    await page.getByLabel('Số hồ sơ cho trước').check();
    await page.locator('#size').fill('40');
    await page.locator('.design').getByText('danh sách chỉ có 31 hồ sơ, không rút được 40').first().waitFor();
    expect(stage.takeErrors()).toEqual([]);
  });

  it('refuses an empty list and a stratum of one, and pools', async () => {
    await readList('mot.csv', [...listOf(20).split('\r\n'), 'H29.999-261101-9999,,Phường Lẻ,,,'].join('\r\n'));
    await page.getByLabel('Tiếp nhận từ ngày').fill('2027-01-01');
    await page.getByText('Danh sách trống').first().waitFor();
    await page.getByLabel('Tiếp nhận từ ngày').fill('');
    await button('Chốt danh sách').click();
    await page.getByLabel('Rút theo').selectOption('unit');
    await page.locator('.design').getByText('nhóm chỉ có một hồ sơ').first().waitFor();
    expect(await button('Chốt cách rút').getAttribute('aria-disabled')).toBe('true');
    await page.locator('#pool').fill('5');
    await page.getByRole('rowheader', { name: '(gộp)' }).waitFor();
  });

  it('draws the operating curve of an acceptance plan, which is not extended', async () => {
    await freezeList('lo.csv', listOf(1000));
    await page.getByLabel('Phương án chấp nhận').check();
    await page.getByText('128 hồ sơ; chấp nhận khi có không quá 3 hồ sơ lỗi').waitFor();
    await page.getByRole('img', { name: 'Đường đặc tính của phương án' }).waitFor();
    await page.locator('.design-result').scrollIntoViewIfNeeded();
    await screenshot(page, 'spotcheck-plan');
    await button('Chốt cách rút').click();
    await page.locator('#seed').fill('83412');
    await page.keyboard.press('Enter');
    await page.getByText('Phương án chấp nhận có cỡ mẫu cố định').waitFor();
    expect(await button('Rút thêm').getAttribute('aria-disabled')).toBe('true');
  });

  it('draws more and keeps what was drawn; refuses to mix in another list and offers a new draw', async () => {
    await drawList('goc.csv', listOf(200), 20, 'them');
    const { record: before } = await sampleFile();
    await page.locator('#extend-to').fill('30');
    await page.keyboard.press('Enter');
    await page.getByText('30 hồ sơ, không chia nhóm').waitFor();
    const { record: after } = await sampleFile();
    expect(after.units.slice(0, 20)).toEqual(before.units);
    expect(after.units).toHaveLength(30);

    // The frozen list as a file is the same list; with one dossier more it is another.
    const [file] = await Promise.all([page.waitForEvent('download'), button('Tải danh sách đã chốt (.csv)').click()]);
    const text = readFileSync(await file.path(), 'utf8');
    await pick('danh-sach.csv', text);
    await page.getByText('đúng danh sách đã chốt, mã băm khớp').waitFor();
    await pick('khac.csv', listOf(201));
    await page.getByText('Danh sách đã đổi từ khi rút mẫu').waitFor();
    await screenshot(page, 'spotcheck-changed');
    await button('Rút mẫu mới từ tệp này').click();
    await button('Đọc danh sách').click();
    await page.getByText('201 hồ sơ sẽ nằm trong danh sách').waitFor();
  });

  it('keeps, deletes with undo, hands over and takes in; says what a strange file is', async () => {
    await drawList('giao.csv', listOf(100), 10, 'giao');
    const { text } = await sampleFile();
    await button('Về danh sách đợt').click();
    const row = () => page.getByRole('row', { name: /^giao\.csv/ });
    await row().first().waitFor();
    await screenshot(page, 'spotcheck-kept');
    const before = await row().count();
    await row().first().getByRole('button', { name: /^Xóa/ }).click();
    await expect.poll(() => row().count()).toBe(before - 1);
    expect(await focused()).toBe('Hoàn tác');
    await page.keyboard.press('Enter');
    await expect.poll(() => row().count()).toBe(before);

    const give = (name: string, content: string) =>
      page
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
    await give('la.json', text.replace('dunghen-sample/1', 'dunghen-sample/9'));
    await page.getByRole('alert').getByText('tệp của phiên bản khác').waitFor();
    await give('giao-lai.json', text);
    await button('Kiểm tra lại độc lập (người thứ hai)').click();
    await page.getByRole('heading', { name: 'giao-lai' }).waitFor();
    // A file that is handed over brings no list.
    await page.getByText('Máy này chưa có danh sách của mẫu').first().waitFor();
    await pick('giao.csv', listOf(100));
    await page.getByText('đúng danh sách đã chốt').first().waitFor();
    expect(stage.takeErrors()).toEqual([]);
  });

  it('takes its list from a reconciliation that is done, and from the worklist', async () => {
    const reconcile = await stage.open(`chrome-extension://${stage.extensionId}/reconcile.html`);
    for (const side of ['city', 'national'])
      await reconcile.locator(`[data-side="${side}"] input[type=file]`).setInputFiles(csv(`${side}.csv`, listOf(120)));
    await reconcile.locator('[data-side="national"] [role=status]').filter({ hasText: 'đọc' }).waitFor();
    await reconcile.getByRole('button', { name: 'Xem trước' }).click();
    await reconcile.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
    await reconcile.getByRole('heading', { name: 'Kết quả đối soát' }).waitFor();
    await reconcile.close();
    const city = await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/search`);
    await settled(city, 4);
    const seen = await badges(city);
    await city.close();

    await button('Đợt kiểm tra mới').click();
    const host = new URL(stage.sandbox.urls.igate).host;
    await page.getByText(`${host} ${seen.length} hồ sơ`).waitFor();
    await screenshot(page, 'spotcheck-sources');
    await page.locator('[aria-labelledby="from-job"]').getByRole('button').first().click();
    await page.getByText('120 hồ sơ sẽ nằm trong danh sách, trong 120 hồ sơ đọc được').waitFor();
    await page.getByRole('checkbox', { name: 'Phường Một' }).waitFor();
    await button('Chọn nguồn khác').click();
    await button(host).click();
    await page.getByText(`${seen.length} hồ sơ sẽ nằm trong danh sách`).waitFor();
    await button('Chốt danh sách').click();
    await page.getByLabel('Số hồ sơ cho trước').check();
    await page.locator('#size').fill('3');
    await button('Chốt cách rút').click();
    await page.locator('#seed').fill('7');
    // The list is of this system, so its dossiers are opened there.
    expect(await page.getByLabel('Mở hồ sơ trong hệ thống').inputValue()).toBe(host);
    await page.locator('#seed').press('Enter');
    await page.getByRole('heading', { name: 'Hồ sơ trong mẫu' }).waitFor();
    const { record } = await sampleFile();
    expect(seen.map(({ code }) => code)).toEqual(expect.arrayContaining(record.units.map(({ code }) => code)));
    expect(stage.takeErrors()).toEqual([]);
  });

  it('a long reading shows how far it is, and stops when told to', async () => {
    await button('Đợt kiểm tra mới').click();
    await pick('lon.csv', listOf(120_000));
    await button('Đọc danh sách').click();
    await page.getByText(/Đang đọc danh sách… [\d.]+ dòng/).waitFor();
    await button('Dừng').click();
    await button('Đọc danh sách').waitFor();
    // The thread that was stopped is replaced.
    await button('Chọn nguồn khác').click();
    await pick('nho.csv', listOf(10));
    await button('Đọc danh sách').click();
    await page.getByText('10 hồ sơ sẽ nằm trong danh sách').waitFor();
  });

  it('axe has nothing to say, in light and in dark', async () => {
    const looked = async (name: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        expect([name, ...(await axeFaults(page, colorScheme))]).toEqual([name]);
        await screenshot(page, `spotcheck-${name}-${colorScheme}`);
      }
    };
    await looked('home');
    await readList('axe.csv', listOf(300));
    await looked('list');
    await button('Chốt danh sách').click();
    await page.getByLabel('Rút theo').selectOption('unit');
    await page.getByLabel('Chia mẫu cho các nhóm').selectOption('neyman');
    await page.getByRole('rowheader', { name: 'Phường Ba' }).waitFor();
    await looked('design');
    await page.getByLabel('Phương án chấp nhận').check();
    await page.getByRole('img', { name: 'Đường đặc tính của phương án' }).waitFor();
    await looked('plan');
    await button('Chốt cách rút').click();
    await page.locator('#seed').fill('1');
    await looked('draw');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hồ sơ trong mẫu' }).waitFor();
    await looked('drawn');
  });
});
