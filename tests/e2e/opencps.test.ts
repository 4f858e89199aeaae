import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectFor, openCpsGroups } from '../sandbox/expect.ts';
import { badges, differences, NOW, routeTo, type Stage, screenshot, setStage, settled } from './harness.ts';

const LIST = { json: 'opencps-json-list', dom: 'opencps-dom-list' } as const;
const APP = '/web/mot-cua/mot-cua-dien-tu';

describe('OpenCPS-like host in Chromium', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage?.close());
  afterEach(() => page?.close());

  const open = async (route: string, query = '') => {
    page = await stage.open(`${stage.sandbox.urls.opencps}${APP}${query}#${route}`);
  };
  const wrong = async () => differences(stage.sandbox, await badges(page), LIST);
  const firstCode = async () => (await badges(page))[0]?.code;
  const changed = (before: string | undefined) =>
    page.waitForFunction((code) => document.querySelector('dh-badge')?.getAttribute('data-code') !== code, before);

  it('is right on the list of every menu entry', async () => {
    const groups = openCpsGroups();
    expect(groups.length).toBe(10);
    let seen = 0;
    for (const [index] of groups.entries()) {
      await open(`/danh-sach-ho-so/${index}?page=1`, '?size=400');
      await settled(page, 1);
      const found = await badges(page);
      seen += found.length;
      expect(await wrong()).toEqual([]);
      expect(new Set(found.map(({ source }) => source))).toEqual(new Set(['json']));
      await page.close();
    }
    expect(seen).toBe(stage.sandbox.population.dossiers.length);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('looks right', async () => {
    await open('/danh-sach-ho-so/1?page=1');
    await settled(page, 10);
    await screenshot(page, 'opencps-list');
    expect(await page.locator('dh-bar').count()).toBe(1);
  });

  it.each([
    ['columns in another order', '?order=shuffled'],
    ['times in columns of their own', '?order=split'],
    ['one block of lines a row', '?mobile=1'],
  ])('reads %s', async (_, query) => {
    await open('/danh-sach-ho-so/1?page=1', query);
    await settled(page, 10);
    expect(await wrong()).toEqual([]);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('reads the screen alone when the page fetches nothing', async () => {
    await open('/danh-sach-ho-so/1?page=1', '?json=none');
    await settled(page, 10);
    const found = await badges(page);
    expect(found.every(({ source }) => source === 'dom')).toBe(true);
    expect(await wrong()).toEqual([]);
  });

  it('shows no wrong date on a page changed beyond recognition', async () => {
    await open('/danh-sach-ho-so/1?page=1', '?renamed=1&json=none');
    await page.waitForTimeout(3000);
    const found = await badges(page);
    expect(found.filter(({ verdict }) => verdict !== 'unknown')).toEqual([]);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('stays right through paging, refreshing and menus', async () => {
    await open('/danh-sach-ho-so/1?page=1');
    await settled(page, 15);
    const first = await firstCode();
    await page.locator('ul.tiny-pagination button').filter({ hasText: 'chevron_right' }).click();
    await changed(first);
    await settled(page, 15);
    expect(await wrong()).toEqual([]);
    await page.locator('.btn-refresh').click();
    await page.waitForTimeout(800);
    await settled(page, 15);
    expect(await wrong()).toEqual([]);
    const other = await firstCode();
    await page.locator('.nav_trang_thai_ho_so').getByText('Chờ bổ sung').click();
    await changed(other);
    await settled(page, 1);
    expect((await badges(page)).every(({ verdict }) => verdict === 'paused')).toBe(true);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('a click on the badge does not open the row', async () => {
    await open('/danh-sach-ho-so/1?page=1');
    await settled(page, 10);
    const before = page.url();
    await page.locator('dh-badge').first().click();
    await page.getByRole('dialog', { name: 'Vì sao?' }).waitFor();
    expect(page.url()).toBe(before);
  });

  it('walks the pages and comes back', async () => {
    await open('/danh-sach-ho-so/1?page=1', '?size=60');
    await settled(page, 30);
    const start = (await badges(page)).map(({ code }) => code);
    await page.locator('dh-bar button[data-key="scan"]').click();
    await page.locator('dh-bar').getByText('Đã đọc').waitFor({ timeout: 60_000 });
    await settled(page, 30);
    expect((await badges(page)).map(({ code }) => code)).toEqual(start);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('the panel of a detail page is right for one dossier of every situation', async () => {
    const done = new Set<string>();
    await open('/danh-sach-ho-so/1?page=1');
    for (const dossier of stage.sandbox.population.dossiers) {
      if (done.has(dossier.situation)) continue;
      done.add(dossier.situation);
      // As an officer goes: from a dossier to the list, and on to the next.
      await routeTo(page, '#/danh-sach-ho-so/1?page=1');
      await routeTo(page, `#/danh-sach-ho-so/1/chi-tiet-ho-so/${dossier.numericId}`);
      const panel = page.locator(`dh-panel[data-code="${dossier.code}"]`);
      await panel.waitFor({ timeout: 15_000 });
      const expected = expectFor(dossier, 'opencps-json-detail', NOW);
      await expect
        .poll(() => panel.getAttribute('data-verdict'), {
          message: `${dossier.situation} ${dossier.code}`,
          timeout: 5000,
        })
        .toBe(expected.verdict);
      if (dossier.situation === 'mismatch') {
        await page.locator('a[href="#tabs-2"]').click();
        await page.waitForTimeout(500);
        await screenshot(page, 'opencps-detail');
      }
      expect(await page.locator('dh-panel').count()).toBe(1);
    }
    expect(stage.takeErrors()).toEqual([]);
  });
});
