import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxDossier } from '../sandbox/types.ts';
import { type Stage, screenshot, setStage, settled } from './harness.ts';

const UNIT = {
  coQuanChuQuan: 'UBND THÀNH PHỐ KHÔNG THẬT',
  coQuanBanHanh: 'UBND PHƯỜNG KHÔNG THẬT',
  diaDanh: 'Phường Không Thật',
  kyHieu: 'PXL',
  noiNhan: ['Như trên', 'Lưu: VT'],
  nguoiKy: { chucVu: 'CHỦ TỊCH', hoTen: 'Người Ký Mẫu' },
};

/** Words of a .docx, paragraph by paragraph. */
function wordsOf(file: string): string {
  const xml = strFromU8(unzipSync(new Uint8Array(readFileSync(file)))['word/document.xml'] ?? new Uint8Array());
  const text = xml
    .replace(/<\/w:p>/g, '\n')
    .replace(/<w:br\/>/g, '\n')
    .replace(/<[^>]+>/g, '');
  return text
    .replace(/\u00a0/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

describe('an apology letter', () => {
  let stage: Stage;
  const find = (wanted: (dossier: SandboxDossier) => boolean) => {
    const found = stage.sandbox.population.dossiers.find(wanted);
    if (!found) throw new Error('no such dossier in the population');
    return found;
  };

  beforeAll(async () => {
    stage = await setStage({ count: 96 });
    await stage.worker.evaluate(async (unit) => {
      const scope = globalThis as unknown as { chrome: { storage: { local: { set(value: object): Promise<void> } } } };
      await scope.chrome.storage.local.set({ 'settings.letterUnit': unit });
    }, UNIT);
  });
  afterAll(() => stage?.close());

  async function draftFrom(page: Page): Promise<Page> {
    const button = page.locator('dh-panel').getByRole('button', { name: 'Soạn thư xin lỗi' });
    const [letters] = await Promise.all([stage.context.waitForEvent('page'), button.click()]);
    await letters.setViewportSize({ width: 1366, height: 768 });
    await letters
      .getByText(/Đọc từ/)
      .first()
      .waitFor();
    return letters;
  }

  it('is filled from the page, refuses what is missing, and comes out as a .docx that says what was asked', async () => {
    const dossier = find(({ situation }) => situation === 'overdue-days');
    const page = await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/search/${dossier.id}`);
    await page.locator(`dh-panel[data-code="${dossier.code}"]`).waitFor();
    const letters = await draftFrom(page);
    // Only the reason is missing: the rest came from the page and from the unit.
    await letters.getByText(/Còn thiếu 1 nội dung/).waitFor();
    await letters.getByLabel('Lý do trễ hạn, như ghi trong thư').fill('Chờ cơ quan phối hợp trả lời & <xác minh>');
    await expect.poll(() => letters.getByText(/Còn thiếu/).count()).toBe(0);
    await letters.locator('.docx-wrapper, .docx, section.docx').first().waitFor({ state: 'attached', timeout: 10_000 });
    await screenshot(letters, 'letter');
    const [download] = await Promise.all([
      letters.waitForEvent('download'),
      letters.getByRole('button', { name: 'Tải .docx' }).click(),
    ]);
    expect(download.suggestedFilename()).not.toMatch(/mau|mẫu/i);
    const text = wordsOf(await download.path());
    for (const words of [
      `Ông/Bà ${dossier.owner.name}`.normalize('NFC'),
      dossier.code,
      dossier.procedure.name,
      'Chờ cơ quan phối hợp trả lời & <xác minh>',
      'UBND PHƯỜNG KHÔNG THẬT',
      'Người Ký Mẫu',
    ]) {
      expect(text.replace(/\s+/g, ' ')).toContain(words.replace(/\s+/g, ' '));
    }
    expect(text).toMatch(/Số: ……\/PXL/);
    expect(text).toContain('ngày … tháng … năm …');
    expect(text).not.toContain('{');
    // Nothing of the person is kept.
    const kept = await letters.evaluate(async () => {
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
      return JSON.stringify(parts) + location.href + document.title;
    });
    expect(kept).toContain(dossier.code);
    for (const personal of [dossier.owner.name, dossier.owner.phone, dossier.owner.address, dossier.owner.identity])
      expect(kept).not.toContain(personal);
    expect(stage.takeErrors()).toEqual([]);
    await letters.close();
    await page.close();
  });

  it('is asked for by the row with the focus', async () => {
    const page = await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/processing`);
    await settled(page, 10);
    const badge = page.locator('dh-badge').nth(3);
    const code = await badge.getAttribute('data-code');
    await badge.locator('button').focus();
    // The shortcut itself belongs to the browser's own surface; this is the question that it asks.
    const answer = await stage.worker.evaluate(async () => {
      type Tabs = { query(q: object): Promise<{ id: number }[]>; sendMessage(id: number, m: object): Promise<unknown> };
      const { tabs } = (globalThis as unknown as { chrome: { tabs: Tabs } }).chrome;
      const [tab] = await tabs.query({ active: true, lastFocusedWindow: true });
      return tabs.sendMessage(tab?.id ?? 0, { id: 1, type: 'letter.which', data: {}, timestamp: 0 });
    });
    expect(answer).toEqual({ res: code });
    await page.close();
  });
});
