import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plant } from '../sandbox/planted.ts';
import { plantedCsv } from '../sandbox/planted-csv.ts';
import type { Upstreams } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { NOW, type Stage, screenshot, setStage } from './harness.ts';
import { begin, chooseSystems, connect, finished, KINDS, openAt, reportOf } from './reconcile-stage.ts';

const planted = plant({ seed: 'trang-thai', now: NOW, count: 60 }, { share: 0.2, kinds: KINDS });
const files = plantedCsv(planted, { titled: true });

describe('"Đối soát" when something is wrong', () => {
  let stage: Stage;
  let page: Page;
  let up: Upstreams | undefined;

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
    await up?.close();
    up = undefined;
  });

  const card = (side: string) => page.locator(`[data-side="${side}"]`);
  const give = (side: string, name: string, content: string | Buffer) =>
    card(side)
      .locator('input[type=file]')
      .setInputFiles({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(content),
      });
  const look = () => page.getByRole('button', { name: 'Xem trước' });

  it('names what is wrong with a file that is none, and goes no further with it', async () => {
    await give('national', 'cong.csv', files.national);
    const wrong: [name: string, content: string | Buffer, words: RegExp][] = [
      ['trong.csv', '', /tệp trống/],
      ['van-ban.pdf', '%PDF-1.7\n%âãÏÓ\n', /PDF/],
      ['may.csv', Buffer.from([0x4d, 0x5a, 0, 0, 3, 0, 0, 0]), /không phải tệp chữ/],
      ['hong.xlsx', Buffer.from('PK\x03\x04 không phải zip'), /\S/],
    ];
    for (const [name, content, words] of wrong) {
      await give('city', name, content);
      await card('city').getByText(name, { exact: true }).waitFor();
      const alert = card('city').getByRole('alert');
      await expect.poll(() => alert.first().textContent()).toMatch(words);
      expect(await look().getAttribute('aria-disabled')).toBe('true');
    }
    await screenshot(page, 'reconcile-wrong-file');
    await give('city', 'thanh-pho.csv', files.city);
    await expect.poll(() => look().getAttribute('aria-disabled')).not.toBe('true');
    expect(stage.takeErrors()).toEqual([]);
  });

  it('asks which column is what when the headers do not say, and works with the answer', async () => {
    const [, ...rows] = plantedCsv(planted, {}).city.split('\r\n');
    await give('city', 'la.csv', [`A1,B2,C3,D4,E5,F6,G7,H8,I9,K10,L11,M12,N13,O14`, ...rows].join('\r\n'));
    await give('national', 'cong.csv', files.national);
    const column = (header: string) => card('city').getByLabel(`Cột «${header}»`, { exact: false });
    await column('B2').selectOption('code');
    for (const [header, field] of Object.entries({ C3: 'alias', D4: 'procedure', G7: 'unit', I9: 'status' })) {
      await column(header).selectOption(field);
      await expect.poll(() => column(header).inputValue()).toBe(field);
    }
    for (const [header, field] of Object.entries({ K10: 'receivedAt', L11: 'dueAt', M12: 'finishedAt' })) {
      await column(header).selectOption(field);
      await expect.poll(() => column(header).inputValue()).toBe(field);
    }
    await screenshot(page, 'reconcile-mapping');
    await begin(page);
    await finished(page);
    const { report } = await reportOf(page);
    expect(report.totals.city?.total).toBe(planted.city.length);
    expect(report.totals.city?.matched).toBeGreaterThan(planted.city.length / 2);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('a file that was cut within quotation marks is read to the cut, and the rest is told', async () => {
    const at = files.city.indexOf('\r\n', Math.floor(files.city.length / 2));
    await give('city', 'cut.csv', `${files.city.slice(0, at)}\r\n1,"H29.999-261103-9`);
    await give('national', 'cong.csv', files.national);
    await begin(page);
    await finished(page);
    await page.getByText('dòng không đọc được').first().click();
    await page.getByText('dấu nháy mở ra mà không đóng').waitFor();
    await screenshot(page, 'reconcile-cut');
  });

  it('a system that fails throughout leaves its parts undone, and makes nothing missing', async () => {
    up = await startUpstreams({
      planted: plant({ seed: 'hong', now: NOW, count: 40 }, { share: 0 }),
      faults: [{ fault: '403', upstream: 'dvcqg' }],
      lgsp: { schemes: ['lgspaccesstoken'] },
    });
    await connect(page, up);
    // Few parts, so that nobody waits for the pauses between many failures.
    const { to } = up.planted.period;
    await chooseSystems(page, { ...up.planted, period: { from: to, to } });
    await begin(page);
    await finished(page);
    const { report } = await reportOf(page);
    expect(report.notDone.length).toBeGreaterThan(0);
    expect(new Set(report.notDone.map(({ side }) => side))).toEqual(new Set(['national']));
    expect(report.byClass['missing-national']).toBeUndefined();
    // The portal works again: only what is not done is asked for.
    up.setFaults([]);
    const before = up.calls.length;
    await page.getByRole('button', { name: 'Hỏi lại phần chưa làm' }).click();
    await finished(page);
    const after = (await reportOf(page)).report;
    expect([after.notDone, after.differences]).toEqual([[], []]);
    expect(new Set(up.calls.slice(before).map(({ upstream }) => upstream))).toEqual(new Set(['dvcqg']));
    expect(stage.takeErrors().filter((line) => !line.includes('403'))).toEqual([]);
  });

  it('stops at once although no answer comes', async () => {
    up = await startUpstreams({
      planted: plant({ seed: 'treo', now: NOW, count: 40 }, { share: 0 }),
      faults: [{ fault: 'delay', upstream: 'citysearch', ms: 20_000 }],
      lgsp: { schemes: ['lgspaccesstoken'] },
    });
    await connect(page, up);
    await chooseSystems(page, up.planted);
    await begin(page);
    const waiting = up.calls;
    await expect.poll(() => waiting.some(({ upstream }) => upstream === 'citysearch')).toBe(true);
    await page.getByRole('button', { name: 'Dừng', exact: true }).click();
    // Before the answer that hangs could have come.
    await page.getByRole('heading', { name: 'Đã dừng' }).waitFor({ timeout: 5000 });
    expect(waiting.filter(({ upstream, status }) => upstream === 'citysearch' && status !== 0)).toEqual([]);
    await screenshot(page, 'reconcile-stopped');
  });
});
