import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxDossier } from '../sandbox/types.ts';
import { routeTo, type Stage, screenshot, setStage } from './harness.ts';

/** Papers that are certainly needed and certainly without a file: headings and conditions are none. */
const lacking = ({ components }: SandboxDossier) =>
  components
    .filter(({ required, conditional, heading, files }) => required && !conditional && !heading && files.length === 0)
    .map(({ name }) => name);

describe('the papers on a page of one dossier', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage({ count: 28 });
  });
  afterAll(() => stage?.close());
  afterEach(async () => {
    expect(stage.takeErrors()).toEqual([]);
    await page.close();
  });

  const addressOf = {
    igate: ({ id }: SandboxDossier) => `${stage.sandbox.urls.igate}/vi/dossier/search/${id}`,
    webforms: ({ numericId }: SandboxDossier) => `${stage.sandbox.urls.webforms}/HoSo/ChiTiet.aspx?id=${numericId}`,
    opencps: ({ numericId }: SandboxDossier) =>
      `${stage.sandbox.urls.opencps}/web/mot-cua/mot-cua-dien-tu#/danh-sach-ho-so/0/chi-tiet-ho-so/${numericId}`,
  };

  const listOf = { igate: '/vi/dossier/processing', opencps: '#/danh-sach-ho-so/0' };

  /** Opens the page of a dossier with its papers, and gives what the panel says of them. */
  async function judged(host: keyof typeof addressOf, dossier: SandboxDossier) {
    if (host !== 'webforms' && page.url().startsWith(stage.sandbox.urls[host])) {
      // As an officer goes: from a dossier to the list, and on to the next.
      await routeTo(page, listOf[host]);
      await page.locator('dh-panel').waitFor({ state: 'detached' });
      await routeTo(page, addressOf[host](dossier));
    } else await page.goto(addressOf[host](dossier));
    const panel = page.locator(`dh-panel[data-code="${dossier.code}"]`);
    await panel.waitFor({ timeout: 15_000 });
    if (host === 'opencps') await page.locator('.v-tabs__item', { hasText: /thành phần/i }).click();
    const toggle = panel.locator('[data-key="papers"]');
    await toggle.waitFor();
    await expect.poll(() => toggle.textContent()).not.toContain('đang kiểm tra');
    await toggle.click();
    await panel.locator('section').waitFor();
    const names = panel.locator('section div:has(> h3:text-is("Còn thiếu")) li');
    return {
      verdict: await panel.getAttribute('data-digitization'),
      missing: Number(await panel.getAttribute('data-missing')),
      names: await names.allTextContents(),
    };
  }

  it.each(['webforms', 'opencps'] as const)(
    'are judged right where the page marks what is needed: %s',
    async (host) => {
      page = await stage.context.newPage();
      const seen = { complete: 0, incomplete: 0 };
      // A page of the old host comes in a blink; one of the other is drawn by its framework first.
      const enough = host === 'webforms' ? 28 : 14;
      for (const dossier of stage.sandbox.population.dossiers.slice(0, enough)) {
        const truth = lacking(dossier);
        const { verdict, missing, names } = await judged(host, dossier);
        const where = `${dossier.code} (${dossier.procedure.name})`;
        // By name alone a procedure can be one of the catalogue, which knows papers that are only shown or come as data.
        const known = verdict === 'unknown' || (truth.length > 0 && verdict === 'complete');
        if (!known) {
          expect([verdict, [...names].sort()], where).toEqual([
            truth.length > 0 ? 'incomplete' : 'complete',
            [...new Set(truth)].sort(),
          ]);
          expect(missing, where).toBe(names.length);
          seen[truth.length > 0 ? 'incomplete' : 'complete'] += 1;
        }
        // Never a paper that is not lacking.
        for (const name of names) expect(truth, where).toContain(name);
      }
      expect(seen.complete).toBeGreaterThan(enough / 4);
      expect(seen.incomplete).toBeGreaterThan(enough / 7);
      await screenshot(page, `papers-${host}`);
    },
  );

  it('are never called missing where the page marks nothing: iGate', async () => {
    page = await stage.context.newPage();
    for (const dossier of stage.sandbox.population.dossiers.slice(0, 14)) {
      const { verdict, names } = await judged('igate', dossier);
      expect(names, dossier.code).toEqual([]);
      const empty = dossier.components.some(({ heading, files }) => !heading && files.length === 0);
      if (!empty) expect(verdict, dossier.code).toBe('complete');
      else expect(verdict, dossier.code).toMatch(/^(complete|unknown)$/);
    }
    await screenshot(page, 'papers-igate');
  });

  it('lead to the page that inspects files', async () => {
    page = await stage.context.newPage();
    const dossier = stage.sandbox.population.dossiers[0] as SandboxDossier;
    await judged('webforms', dossier);
    const button = page.locator('dh-panel').getByRole('button', { name: 'Kiểm tra tệp' });
    const [files] = await Promise.all([stage.context.waitForEvent('page'), button.click()]);
    await files.waitForURL(/inspect\.html$/);
    await files.close();
  });
});
