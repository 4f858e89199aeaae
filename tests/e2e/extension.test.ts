import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxPerson } from '../sandbox/types.ts';
import { axeFaults } from './axe.ts';
import { badges, dossierOf, routeTo, type Stage, screenshot, setStage, settled } from './harness.ts';

/** Everything the extension keeps on this machine, as text. */
async function everythingStored(stage: Stage): Promise<string> {
  return stage.worker.evaluate(async () => {
    const scope = globalThis as unknown as { chrome: { storage: Record<string, { get(): Promise<unknown> }> } };
    const parts: unknown[] = [await scope.chrome.storage.local?.get(), await scope.chrome.storage.session?.get()];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of db.objectStoreNames) {
        parts.push(
          await new Promise((resolve) => {
            const request = db.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => resolve(request.result);
          }),
        );
      }
      db.close();
    }
    return JSON.stringify(parts);
  });
}

/** Words of one person that must never be kept: whole name, its number, identity, phone, mail, address. */
function wordsOf(person: SandboxPerson): string[] {
  const number = /\d{5}/.exec(person.name)?.[0] ?? person.name;
  return [
    person.name,
    person.name.normalize('NFC'),
    `mẫu ${number}`,
    person.identity,
    person.phone,
    person.email,
    person.address,
  ];
}

describe('the extension around the pages', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage?.close());
  afterEach(() => page?.close());

  const own = (path: string) => stage.open(`chrome-extension://${stage.extensionId}/${path}`);
  const list = async (query = '') => {
    page = await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/search${query}`);
    await settled(page, 20);
  };
  const popupFor = async (target: Page) => {
    const id = await stage.worker.evaluate(async (url) => {
      const { tabs } = (
        globalThis as unknown as { chrome: { tabs: { query(q: object): Promise<{ id: number; url?: string }[]> } } }
      ).chrome;
      return (await tabs.query({})).find((tab) => tab.url === url)?.id;
    }, target.url());
    const popup = await own(`popup.html?tab=${id}`);
    await popup.setViewportSize({ width: 360, height: 600 });
    return popup;
  };

  it('opens the welcome page on install, without a fault of accessibility', async () => {
    await expect.poll(() => stage.context.pages().some((one) => one.url().endsWith('/welcome.html'))).toBe(true);
    page = await own('welcome.html');
    await page.getByRole('heading').first().waitFor();
    await screenshot(page, 'welcome');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('fills the worklist from the page and counts what is urgent', async () => {
    await list('?size=500');
    const found = await badges(page);
    const urgent = found.filter(({ verdict }) => verdict === 'overdue' || verdict === 'due-today').length;
    const count = () =>
      stage.worker.evaluate(() =>
        (
          globalThis as unknown as { chrome: { action: { getBadgeText(d: object): Promise<string> } } }
        ).chrome.action.getBadgeText({}),
      );
    await expect.poll(count, { timeout: 20_000 }).toBe(String(urgent));
    const panel = await own('sidepanel.html');
    await panel.setViewportSize({ width: 400, height: 768 });
    await panel.locator('.row').first().waitFor();
    expect(await panel.getByText('đọc lúc').count()).toBeGreaterThan(10);
    await screenshot(panel, 'sidepanel');
    expect(await axeFaults(panel)).toEqual([]);

    const target = found.find(({ verdict }) => verdict === 'paused');
    if (!target) throw new Error('no paused dossier');
    await panel.keyboard.press('/');
    await panel.keyboard.type(target.code.slice(-11).toLowerCase());
    await expect.poll(() => panel.locator('.row').count()).toBeLessThan(5);
    expect(await panel.locator('.row').first().textContent()).toContain(target.code);
    expect(await axeFaults(panel, 'dark')).toEqual([]);
    await screenshot(panel, 'sidepanel-dark');

    const [opened] = await Promise.all([
      stage.context.waitForEvent('page'),
      panel.locator('.row').first().press('Enter'),
    ]);
    await opened.waitForURL(/\/vi\/dossier\//);
    expect(opened.url()).toContain(dossierOf(stage.sandbox, target.code).id);
    await opened.close();
    await panel.close();
    expect(stage.takeErrors()).toEqual([]);
  });

  it('the popup says what the page is, field by field', async () => {
    await list();
    const popup = await popupFor(page);
    await popup.getByText('20/20').first().waitFor();
    expect(await popup.getByText('20/20').count()).toBeGreaterThanOrEqual(3);
    expect(await popup.getByText('iGate').count()).toBeGreaterThan(0);
    await screenshot(popup, 'popup');
    expect(await axeFaults(popup)).toEqual([]);
    await popup.close();
    expect(stage.takeErrors()).toEqual([]);
  });

  it('the popup says that nothing runs on a page without a list, and what changed on a changed page', async () => {
    page = await stage.open(`${stage.sandbox.urls.igate}/vi/home`);
    await page.waitForTimeout(800);
    const none = await popupFor(page);
    await screenshot(none, 'popup-none');
    await none
      .getByText(/không (thấy|nhận ra|có)/i)
      .first()
      .waitFor();
    await none.close();
    await page.goto(`${stage.sandbox.urls.webforms}/HoSo/DanhSach.aspx?kieu=doicot`);
    await page.waitForTimeout(2000);
    const changed = await popupFor(page);
    await screenshot(changed, 'popup-changed');
    await changed
      .getByText(/thay đổi|đã khác|không đọc được/i)
      .first()
      .waitFor();
    await changed.close();
  });

  it('pauses on a site and comes back', async () => {
    await list();
    const ask = (paused: boolean) =>
      own('popup.html').then(async (popup) => {
        await popup.evaluate(
          async ([host, value]) => {
            const { runtime } = (
              globalThis as unknown as { chrome: { runtime: { sendMessage(m: object): Promise<unknown> } } }
            ).chrome;
            await runtime.sendMessage({
              id: 1,
              type: 'site.pause',
              data: { host, paused: value },
              timestamp: Date.now(),
            });
          },
          [new URL(page.url()).host, paused] as const,
        );
        await popup.close();
      });
    await ask(true);
    await expect.poll(() => page.locator('dh-badge, dh-bar').count()).toBe(0);
    await page.reload();
    await page.waitForTimeout(1500);
    expect(await page.locator('dh-badge').count()).toBe(0);
    await ask(false);
    await settled(page, 20);
  });

  it('keeps no person: no name, identity, phone, mail or address in any store, message or log', async () => {
    const spoken: string[] = [];
    const listen = (one: Page) => one.on('console', (message) => spoken.push(message.text()));
    stage.context.on('page', listen);
    stage.worker.on('console', (message) => spoken.push(message.text()));
    // Every message that reaches the background, as it was sent.
    await stage.worker.evaluate(() => {
      const scope = globalThis as unknown as {
        heard: string[];
        chrome: { runtime: { onMessage: { addListener(f: (m: unknown) => void): void } } };
      };
      scope.heard = [];
      scope.chrome.runtime.onMessage.addListener((message) => {
        scope.heard.push(JSON.stringify(message));
      });
    });
    const { urls, population } = stage.sandbox;
    for (const url of [
      `${urls.igate}/vi/dossier/search?size=500`,
      `${urls.opencps}/web/mot-cua/mot-cua-dien-tu?size=400#/danh-sach-ho-so/1?page=1`,
      `${urls.webforms}/HoSo/DanhSach.aspx?size=400`,
    ]) {
      page = await stage.open(url);
      await settled(page, 100);
      await page.waitForTimeout(1500);
      await page.close();
    }
    page = await stage.open(`${urls.igate}/vi/home`);
    for (const dossier of population.dossiers.slice(0, 6)) {
      await routeTo(page, `/vi/dossier/search/${dossier.id}`);
      await page.locator(`dh-panel[data-code="${dossier.code}"]`).waitFor();
      await page.waitForTimeout(400);
    }
    await page.close();
    const heard = await stage.worker.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
    expect(heard.length).toBeGreaterThan(5);
    const stored = await everythingStored(stage);
    expect(stored).toContain(population.dossiers[0]?.code);
    const all = [stored, ...heard, ...spoken].join('\n').normalize('NFC').toLowerCase();
    const words = population.dossiers.flatMap((dossier) => [
      ...wordsOf(dossier.owner),
      ...wordsOf(dossier.submitter),
      dossier.step?.officer ?? '',
      ...dossier.components.flatMap((component) => component.files.map(({ name }) => name)),
    ]);
    const leaks = [...new Set(words).add('khoa-gia-cua-hop-cat')].filter(
      (word) => word !== '' && all.includes(word.normalize('NFC').toLowerCase()),
    );
    expect(leaks).toEqual([]);
  });

  it('an old overlay offers to reload the page instead of throwing', async () => {
    await list();
    stage.takeErrors();
    // Reloading the extension orphans the script in the open page, as an update does.
    await stage.worker
      .evaluate(() => (globalThis as unknown as { chrome: { runtime: { reload(): void } } }).chrome.runtime.reload())
      .catch(() => {});
    await page.waitForTimeout(1500);
    await page.locator('.refreshBtn').click();
    await page.locator('.mat-paginator-navigation-next').click();
    await page.locator('dh-bar').getByRole('button', { name: 'Tải lại trang' }).waitFor({ timeout: 15_000 });
    await screenshot(page, 'orphan');
    // Rows are reused for other dossiers: a badge that nobody corrects any more would lie.
    expect(await page.locator('dh-badge').count()).toBe(0);
    expect(stage.takeErrors()).toEqual([]);
  });
});
