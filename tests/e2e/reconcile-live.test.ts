import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plant } from '../sandbox/planted.ts';
import type { UpstreamId, Upstreams } from '../sandbox/upstream-types.ts';
import { startUpstreams } from '../sandbox/upstreams.ts';
import { NOW, type Stage, screenshot, setStage } from './harness.ts';
import {
  begin,
  chooseSystems,
  configFor,
  connect,
  expectPlanted,
  finished,
  KINDS,
  openAt,
  reportOf,
  SECRETS,
} from './reconcile-stage.ts';

describe('"Đối soát" asking the systems themselves', () => {
  let stage: Stage;
  let up: Upstreams;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage({ count: 8 });
  });
  afterAll(async () => {
    await stage?.close();
  });
  beforeEach(async () => {
    const planted = plant({ seed: 'doi-soat-song', now: NOW, count: 300 }, { share: 0.3, kinds: KINDS });
    up = await startUpstreams({ planted, lgsp: { schemes: ['lgspaccesstoken'] } });
  });
  afterEach(async () => {
    await page?.close();
    await up?.close();
  });

  const open = async (path: string) => {
    page = await openAt(stage.context, `chrome-extension://${stage.extensionId}/${path}`);
  };
  const card = (side: string) => page.locator(`[data-side="${side}"]`);
  const calls = (upstream: UpstreamId, service?: string) =>
    up.calls.filter((call) => call.upstream === upstream && (service === undefined || call.service === service));

  it('an admin declares the systems, types the secrets, checks each, and finds all that is planted', async () => {
    await open('options.html#connections');
    const section = page.locator('#connections');
    await section.locator('input[type=file]').setInputFiles({
      name: 'dunghen.config.json',
      mimeType: 'application/json',
      buffer: Buffer.from(configFor(up)),
    });
    await section.getByRole('button', { name: 'Nhận khai báo này' }).click();
    for (const [name, value] of Object.entries(SECRETS)) {
      const field = section.locator('.secret').filter({ hasText: name });
      await field.locator('input').fill(value);
      await field.getByRole('button', { name: 'Giữ trong phiên này' }).click();
      await field.getByRole('button', { name: 'Quên' }).waitFor();
      expect(await field.locator('input').inputValue()).toBe('');
    }
    await section.scrollIntoViewIfNeeded();
    await screenshot(page, 'reconcile-connections');
    await page.emulateMedia({ colorScheme: 'dark' });
    await screenshot(page, 'reconcile-connections-dark');
    await page.close();

    await open('reconcile.html');
    await chooseSystems(page, up.planted);
    for (const side of ['city', 'national', 'lgsp']) {
      await card(side).getByRole('button', { name: 'Kiểm tra kết nối' }).click();
      await card(side).getByText('✓ Kết nối tốt').waitFor();
    }
    await screenshot(page, 'reconcile-systems');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('heading', { name: 'Sẽ làm' }).waitFor();
    await screenshot(page, 'reconcile-plan');
    const before = up.calls.length;
    await page.getByRole('button', { name: 'Bắt đầu đối soát' }).click();
    await finished(page);
    expect(up.calls.length).toBeGreaterThan(before);
    const { report } = await reportOf(page);
    expectPlanted(report, up.planted);
    expect(report.notDone).toEqual([]);
    // Two messages of one dossier are one row of the bus.
    for (const side of ['city', 'national'] as const) expect(report.totals[side]?.total).toBe(up.planted[side].length);
    await screenshot(page, 'reconcile-live-results');
    // Written to nobody, and nothing of a person in what is kept.
    expect(up.calls.filter(({ service }) => /DongBo|CapNhat|ack|sync/.test(service))).toEqual([]);
    const text = JSON.stringify(report);
    for (const { owner } of up.planted.city)
      expect(text.includes(owner.name) || text.includes(owner.identity)).toBe(false);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('a wrong secret is tried once, and said in plain words', async () => {
    await open('reconcile.html');
    await connect(page, up, { ...SECRETS, DVCQG_PASSWORD: 'sai' });
    await chooseSystems(page, up.planted);
    await card('national').getByRole('button', { name: 'Kiểm tra kết nối' }).click();
    await card('national').getByText('không nhận thông tin đăng nhập').waitFor();
    expect(calls('dvcqg', 'login')).toHaveLength(1);
    await screenshot(page, 'reconcile-wrong-secret');
    // The job finds the refusal remembered: the account is not tried again, and nothing is called missing.
    await begin(page);
    await finished(page);
    expect(calls('dvcqg')).toHaveLength(1);
    const { report } = await reportOf(page);
    expect(report.byClass['missing-national']).toBeUndefined();
    expect(report.notDone.filter(({ side }) => side === 'national').length).toBeGreaterThan(0);
    expect(new Set(report.notDone.map(({ side, kind }) => `${side} ${kind}`))).toEqual(new Set(['national auth']));
    await page.getByRole('region', { name: 'Phần chưa làm' }).getByText('không nhận thông tin đăng nhập').waitFor();
    await screenshot(page, 'reconcile-not-done');
    expect(stage.takeErrors()).toEqual([]);
  });

  it('without its secret a system is not asked at all', async () => {
    await open('reconcile.html');
    await connect(page, up);
    await page.evaluate(() =>
      (
        globalThis as unknown as { chrome: { storage: { session: { remove(name: string): Promise<void> } } } }
      ).chrome.storage.session.remove('secret.DVCQG_PASSWORD'),
    );
    await chooseSystems(page, up.planted);
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('alert').getByText('chưa nhập «DVCQG_PASSWORD»').waitFor();
    expect(up.calls).toEqual([]);
  });
});
