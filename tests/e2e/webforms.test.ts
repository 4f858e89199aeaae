import type { Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectFor } from '../sandbox/expect.ts';
import { badges, differences, NOW, type Stage, screenshot, setStage, settled } from './harness.ts';

const LIST = { dom: 'webforms-list' } as const;

describe('ASP.NET-like host in Chromium', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage?.close());
  afterEach(() => page?.close());

  const open = async (path: string) => {
    page = await stage.open(`${stage.sandbox.urls.webforms}${path}`);
  };
  const wrong = async () => differences(stage.sandbox, await badges(page), LIST);

  it('is right for every dossier, page by page, through post-backs', async () => {
    await open('/HoSo/DanhSach.aspx?size=60');
    await settled(page, 10);
    await screenshot(page, 'webforms-list');
    const seen = new Set<string>();
    for (let number = 1; ; number++) {
      await settled(page, 1);
      expect(await wrong()).toEqual([]);
      for (const { code } of await badges(page)) seen.add(code);
      const next = page.locator('.GridPager a').filter({ hasText: new RegExp(`^${number + 1}$`) });
      if ((await next.count()) === 0) break;
      await Promise.all([page.waitForEvent('load'), next.first().click()]);
    }
    expect(seen.size).toBe(stage.sandbox.population.dossiers.length);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('reads a page of 2,000 rows', async () => {
    await open('/HoSo/DanhSach.aspx?size=2000');
    await settled(page, 2000);
    const among = stage.sandbox.extended(2400).dossiers;
    expect(differences(stage.sandbox, await badges(page), LIST, NOW, among)).toEqual([]);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('stays right through partial post-backs', async () => {
    await open('/HoSo/DanhSach.aspx?kieu=updatepanel');
    await settled(page, 10);
    const first = (await badges(page))[0]?.code;
    await page.locator('.GridPager a').filter({ hasText: /^2$/ }).click();
    await page.waitForFunction((code) => document.querySelector('dh-badge')?.getAttribute('data-code') !== code, first);
    await settled(page, 10);
    expect(await wrong()).toEqual([]);
    expect(await page.locator('dh-bar').count()).toBe(1);
    expect(stage.takeErrors()).toEqual([]);
  });

  it.each([['/Khung.aspx'], ['/Khung.aspx?kieu=frameset']])('reads the list inside %s', async (path) => {
    await open(path);
    const main = (): Frame | undefined => page.frames().find((frame) => frame.url().includes('DanhSach.aspx'));
    await expect.poll(() => main()?.locator('dh-badge').count(), { timeout: 15_000 }).toBeGreaterThan(5);
    const found = await main()?.$$eval('dh-badge', (elements) =>
      elements.map((element) => ({
        code: element.getAttribute('data-code') ?? '',
        verdict: element.getAttribute('data-verdict') ?? '',
      })),
    );
    for (const { code, verdict } of found ?? []) {
      const dossier = stage.sandbox.population.dossiers.find((one) => one.code === code);
      expect(dossier && expectFor(dossier, 'webforms-list', NOW).verdict).toBe(verdict);
    }
  });

  it('reads the PHP sibling', async () => {
    await open('/HoSo/DanhSach.aspx?kieu=epar');
    await settled(page, 10);
    expect(await wrong()).toEqual([]);
  });

  it('is unknown, never late, when the page tells no status', async () => {
    await open('/HoSo/DanhSach.aspx?kieu=khongtrangthai');
    await settled(page, 10);
    expect((await badges(page)).filter(({ verdict }) => verdict === 'overdue' || verdict === 'finished-late')).toEqual(
      [],
    );
  });

  it('shows no wrong date on a page whose header words changed', async () => {
    await open('/HoSo/DanhSach.aspx?kieu=doicot');
    await page.waitForTimeout(2500);
    expect((await badges(page)).filter(({ verdict }) => verdict !== 'unknown')).toEqual([]);
    expect(stage.takeErrors()).toEqual([]);
  });

  it('says why the pages cannot be walked', async () => {
    await open('/HoSo/DanhSach.aspx');
    await settled(page, 10);
    const button = page.locator('dh-bar button[data-key="scan"]');
    expect(await button.isDisabled()).toBe(true);
    expect(await button.getAttribute('title')).not.toBe('');
  });

  it('the panel of a detail page is right for one dossier of every situation', async () => {
    const done = new Set<string>();
    page = await stage.context.newPage();
    for (const dossier of stage.sandbox.population.dossiers) {
      if (done.has(dossier.situation)) continue;
      done.add(dossier.situation);
      await page.goto(`${stage.sandbox.urls.webforms}/HoSo/ChiTiet.aspx?id=${dossier.numericId}`);
      const panel = page.locator(`dh-panel[data-code="${dossier.code}"]`);
      await panel.waitFor({ timeout: 15_000 });
      const expected = expectFor(dossier, 'webforms-detail', NOW);
      expect(await panel.getAttribute('data-verdict'), `${dossier.situation} ${dossier.code}`).toBe(expected.verdict);
      if (dossier.situation === 'overdue-days') await screenshot(page, 'webforms-detail');
    }
    expect(stage.takeErrors()).toEqual([]);
  });
});
