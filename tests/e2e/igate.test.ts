import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectFor } from '../sandbox/expect.ts';
import { badges, differences, dossierOf, NOW, routeTo, type Stage, screenshot, setStage, settled } from './harness.ts';

const LIST = { json: 'igate-json-list', dom: 'igate-dom-list' } as const;

describe('iGate-like host in Chromium', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage?.close());
  afterEach(() => page?.close());

  const open = async (path: string) => {
    page = await stage.open(`${stage.sandbox.urls.igate}${path}`);
  };
  const wrong = async () => differences(stage.sandbox, await badges(page), LIST);
  const codes = async () => (await badges(page)).map(({ code }) => code);
  const changed = (before: string | undefined) =>
    page.waitForFunction((code) => document.querySelector('dh-badge')?.getAttribute('data-code') !== code, before);

  it('is right for every dossier of the city on one long list', async () => {
    await open('/vi/dossier/search?size=500');
    await settled(page, 300);
    const found = await badges(page);
    expect(found.map(({ code }) => code).sort()).toEqual(
      stage.sandbox.population.dossiers.map(({ code }) => code).sort(),
    );
    expect(await wrong()).toEqual([]);
    expect(new Set(found.map(({ source }) => source))).toEqual(new Set(['json']));
    expect(new Set(found.map(({ verdict }) => verdict)).size).toBe(10);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('looks right', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 10);
    await screenshot(page, 'igate-list');
    const bar = page.locator('dh-bar');
    await expect.poll(() => bar.getByText('hồ sơ trên trang này').count()).toBe(1);
    expect(stage.takeErrors()).toEqual([]);
  });

  it.each([
    ['a native table', 'table=native'],
    ['renamed columns', 'cols=renamed'],
    ['the newer class names', 'mdc=1'],
    ['translations as a list', 'translate=list'],
    ['translations as an object', 'translate=dict'],
    ['the task as a list', 'task=list'],
    ['the task as an object', 'task=object'],
    ['a numeric status', 'status=number'],
    ['answers over fetch', 'json=fetch'],
  ])('reads %s', async (_, query) => {
    await open(`/vi/dossier/processing?${query}&size=60`);
    await settled(page, 60);
    expect(await wrong()).toEqual([]);
    expect((await badges(page)).every(({ source }) => source === 'json')).toBe(true);
    expect(stage.takeErrors()).toEqual([]);
  });

  it.each([
    ['no answer to read (a cached list)', 'json=none'],
    ['an answer beyond the size limit', 'json=huge'],
  ])('falls back to the screen with %s', async (_, query) => {
    await open(`/vi/dossier/processing?${query}&size=60`);
    await settled(page, 60);
    const found = await badges(page);
    expect(found.every(({ source }) => source === 'dom')).toBe(true);
    expect(await wrong()).toEqual([]);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('survives an answer that breaks off in the middle', async () => {
    await open('/vi/dossier/processing?json=broken&size=60');
    await settled(page, 60);
    expect(await wrong()).toEqual([]);
  });

  it('says unknown, not a wrong date, when the header words are unknown', async () => {
    await open('/vi/dossier/processing?cols=reworded&json=none');
    await page.waitForTimeout(2500);
    const found = await badges(page);
    expect(found.filter(({ verdict }) => verdict !== 'unknown')).toEqual([]);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('stays right after sorting, paging and both kinds of re-rendering', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    let [first] = await codes();
    await page.locator('.mat-paginator-navigation-next').click();
    await changed(first);
    await settled(page, 20);
    expect(await wrong()).toEqual([]);

    [first] = await codes();
    await page.locator('.mat-sort-header').filter({ hasText: 'Mã hồ sơ' }).first().click();
    await changed(first);
    await settled(page, 20);
    expect(await wrong()).toEqual([]);

    for (const button of ['.refreshBtn', '.rebuildBtn']) {
      await page.locator(button).click();
      await page.waitForTimeout(500);
      await settled(page, 20);
      expect(await page.locator('dh-badge').count()).toBe(20);
      expect(await wrong()).toEqual([]);
    }
    expect(await page.locator('dh-bar').count()).toBe(1);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('follows a dossier that changes in place', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    const target = (await badges(page)).find(({ verdict }) => verdict === 'overdue');
    if (!target) throw new Error('no overdue dossier on the first page');
    const dossier = dossierOf(stage.sandbox, target.code);
    const before = { status: dossier.status, statusText: dossier.statusText };
    Object.assign(dossier, { status: 5, statusText: 'Yêu cầu bổ sung giấy tờ' });
    try {
      await page.locator('.refreshBtn').click();
      await page.locator(`dh-badge[data-code="${target.code}"][data-verdict="paused"]`).waitFor({ state: 'attached' });
      expect(await wrong()).toEqual([]);
    } finally {
      Object.assign(dossier, before);
    }
  });

  it('steps aside while a menu or a dialog of the host is open', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    await page.locator('.mat-menu-trigger').first().click();
    await page.locator('.mat-menu-panel').waitFor();
    // A row loses its badge while the menu is open: it comes back only afterwards.
    await page.evaluate(() => document.querySelector('dh-badge')?.remove());
    await page.waitForTimeout(500);
    expect(await page.locator('dh-badge').count()).toBe(19);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dh-badge').count()).toBe(20);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('stops mounting when the host keeps removing the badges', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    await page.evaluate(() => {
      let removed = 0;
      const fight = () => {
        for (const badge of document.querySelectorAll('dh-badge')) {
          badge.remove();
          removed += 1;
        }
        document.documentElement.dataset.removed = String(removed);
        requestAnimationFrame(fight);
      };
      fight();
    });
    await expect.poll(() => page.locator('dh-bar').getByText('ngừng gắn lại').count(), { timeout: 20_000 }).toBe(1);
    const removed = () => page.evaluate(() => Number(document.documentElement.dataset.removed));
    // The last badge mounted before it gave up may still be on its way out; after that nothing more comes.
    await page.waitForTimeout(300);
    const then = await removed();
    await page.waitForTimeout(700);
    expect(await removed()).toBe(then);
  });

  it('follows routes without a reload, there and back', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    const [first] = await codes();
    await page.locator('.cdk-column-code a').first().click();
    const panel = page.locator('dh-panel');
    await panel.waitFor();
    expect(await panel.getAttribute('data-code')).toBe(first);
    expect(await page.locator('dh-badge, dh-bar').count()).toBe(0);
    await page.goBack();
    await settled(page, 20);
    expect(await page.locator('dh-panel').count()).toBe(0);
    expect(await wrong()).toEqual([]);
    await page.getByText('Trang chủ').click();
    await expect.poll(() => page.locator('dh-badge, dh-bar, dh-panel').count()).toBe(0);
    expect(await page.locator('html[data-dunghen]').count()).toBe(0);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('is right again when the browser brings the page back from its cache', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    await page.goto(`${stage.sandbox.urls.webforms}/HoSo/DanhSach.aspx`);
    await settled(page, 5);
    await page.goBack();
    await settled(page, 20);
    expect(await wrong()).toEqual([]);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('works in two tabs at once', async () => {
    await open('/vi/dossier/processing');
    const other = await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/online-reception`);
    await settled(page, 20);
    await other.bringToFront();
    await settled(other, 10);
    expect(differences(stage.sandbox, await badges(other), LIST)).toEqual([]);
    await other.close();
    expect(await wrong()).toEqual([]);
  });

  it('the panel of a detail page is right for one dossier of every situation', async () => {
    const done = new Set<string>();
    await open('/vi/home');
    for (const dossier of stage.sandbox.population.dossiers) {
      if (done.has(dossier.situation)) continue;
      done.add(dossier.situation);
      await routeTo(page, `/vi/dossier/search/${dossier.id}`);
      const panel = page.locator(`dh-panel[data-code="${dossier.code}"]`);
      await panel.waitFor({ timeout: 15_000 });
      const expected = expectFor(dossier, 'igate-json-detail', NOW);
      await expect
        .poll(() => panel.getAttribute('data-verdict'), {
          message: `${dossier.situation} ${dossier.code}`,
          timeout: 5000,
        })
        .toBe(expected.verdict);
      expect(await panel.getAttribute('data-digitization')).toMatch(/^(complete|unknown)$/);
      if (dossier.situation === 'mismatch') await screenshot(page, 'igate-detail');
      expect(await page.locator('dh-panel').count()).toBe(1);
    }
    expect(done.size).toBeGreaterThan(20);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('opens "Vì sao?" by mouse and by keyboard, and gives the focus back', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    const badge = page.locator('dh-badge[data-verdict="overdue"]').first();
    const url = page.url();
    await badge.click();
    const dialog = page.getByRole('dialog', { name: 'Vì sao?' });
    await dialog.waitFor();
    await expect.poll(() => dialog.getByText('Hệ thống hẹn trả').count()).toBeGreaterThan(0);
    await screenshot(page, 'igate-why');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('dh-badge');
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    expect(page.url()).toBe(url);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('dims by verdict and jumps to the next at risk without touching the rows', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    const attributes = () => page.$$eval('.cdk-row', (rows) => rows.map((row) => row.getAttributeNames().join()));
    const before = await attributes();
    await page.locator('dh-bar button[data-verdict="overdue"]').click();
    const opacities = await page.$$eval('.cdk-row', (rows) => rows.map((row) => getComputedStyle(row).opacity));
    const verdicts = (await badges(page)).map(({ verdict }) => verdict);
    expect(opacities.map((opacity) => opacity === '1')).toEqual(verdicts.map((verdict) => verdict === 'overdue'));
    await page.locator('dh-bar button[data-key="next"]').click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-verdict'))).toBe('overdue');
    await page.locator('dh-bar button[data-verdict="overdue"]').click();
    expect(new Set(await page.$$eval('.cdk-row', (rows) => rows.map((row) => getComputedStyle(row).opacity)))).toEqual(
      new Set(['1']),
    );
    expect(await attributes()).toEqual(before);
  });

  it('walks the pages on request and comes back to where it began', async () => {
    await open('/vi/dossier/processing?size=50');
    await settled(page, 50);
    const [first] = await codes();
    await page.locator('.mat-paginator-navigation-next').click();
    await changed(first);
    await settled(page, 50);
    const start = await codes();
    const requests = stage.sandbox.log.length;
    await page.locator('dh-bar button[data-key="scan"]').click();
    await expect.poll(() => page.locator('dh-bar').getByText('Đang đọc trang').count()).toBe(1);
    await screenshot(page, 'igate-scan');
    await page.locator('dh-bar').getByText('Đã đọc').waitFor({ timeout: 60_000 });
    await settled(page, 50);
    expect(await codes()).toEqual(start);
    const own = stage.sandbox.log.slice(requests).filter(({ path }) => !path.startsWith('/pa/dossier'));
    expect(own).toEqual([]);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('a walk can be stopped and still returns', async () => {
    await open('/vi/dossier/processing');
    await settled(page, 20);
    const start = await codes();
    await page.locator('dh-bar button[data-key="scan"]').click();
    await page.locator('dh-bar').getByText('Đang đọc trang 2').waitFor({ timeout: 20_000 });
    await page.locator('dh-bar').getByText('Dừng quét').click();
    await page.locator('dh-bar').getByText('Đã dừng').waitFor({ timeout: 30_000 });
    expect(await codes()).toEqual(start);
  });

  it('a hostile page gets no exception, no markup and no false verdict', async () => {
    await open('/vi/dossier/search?hostile=1&size=200');
    await settled(page, 150);
    await page.waitForTimeout(500);
    await settled(page, 200);
    expect(await wrong()).toEqual([]);
    expect(await page.evaluate(() => (window as { __pwned?: unknown }).__pwned)).toBeUndefined();
    const markup = await page.$$eval(
      'dh-badge, dh-bar',
      (elements) => elements.filter((element) => element.shadowRoot?.querySelector('script, img, b')).length,
    );
    expect(markup).toBe(0);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('does nothing on a page without a list', async () => {
    await open('/vi/home');
    await page.waitForTimeout(1500);
    expect(await page.locator('dh-badge, dh-bar, dh-panel, dh-why').count()).toBe(0);
    expect(await page.locator('html[data-dunghen]').count()).toBe(0);
    expect(stage.takeErrors()).toEqual([]);
  });
});
