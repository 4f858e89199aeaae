import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIG_COUNT } from '../sandbox/context.ts';
import type { SandboxDossier } from '../sandbox/types.ts';
import { NOW, type Stage, screenshot, setStage, settled } from './harness.ts';

const LETTERS = 500;
/** Rows of the list of which a little more than LETTERS need a letter. */
const ROWS = 1150;
const TODAY = '2026-11-25';
const UNIT = {
  coQuanChuQuan: 'UBND THÀNH PHỐ KHÔNG THẬT',
  coQuanBanHanh: 'UBND PHƯỜNG KHÔNG THẬT',
  diaDanh: 'Phường Không Thật',
  kyHieu: 'PXL',
  noiNhan: ['Như trên', 'Lưu: VT'],
  nguoiKy: { chucVu: 'CHỦ TỊCH', hoTen: 'Người Ký Mẫu' },
};

/** What is wrong with three of the dossiers, and how the result names it. */
const FAULTS: readonly { spoil(dossier: SandboxDossier): void; says: string }[] = [
  {
    spoil(dossier) {
      dossier.owner = { ...dossier.owner, name: '' };
    },
    says: 'Trang không cho biết tên chủ hồ sơ hay người được ủy quyền: soạn riêng',
  },
  {
    spoil(dossier) {
      delete dossier.receivedAt;
    },
    says: 'Thiếu Ngày tiếp nhận',
  },
  {
    spoil(dossier) {
      dossier.receivedAt = (dossier.dueAt ?? 0) + 1440;
    },
    says: 'Ngày hẹn trả phải sau ngày tiếp nhận',
  },
];

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
/** Without spaces, so that a name is found however it is set. */
const squeezed = (text: string) => text.normalize('NFC').replace(/\s+/g, '');
/** What a part of an Office file says, squeezed. */
const words = (part: Uint8Array | undefined) =>
  squeezed(
    strFromU8(part ?? new Uint8Array())
      .replace(/<[^>]+>/g, '')
      .replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity),
  );
const wordsOfDocx = (bytes: Uint8Array | undefined) => words(unzipSync(bytes ?? new Uint8Array())['word/document.xml']);

/** Everything that the browser keeps for the extension, as one text. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    type Area = { get(): Promise<unknown> };
    const { chrome } = globalThis as unknown as { chrome: { storage: Record<'local' | 'session' | 'sync', Area> } };
    const { local, session, sync } = chrome.storage;
    const parts: unknown[] = await Promise.all([local, session, sync].map((area) => area.get()));
    parts.push({ ...localStorage }, { ...sessionStorage }, await caches.keys(), document.cookie);
    parts.push(location.href, document.title, history.state);
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of db.objectStoreNames) {
        const request = db.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => {
          request.onsuccess = resolve;
        });
        parts.push(name, store, request.result);
      }
      db.close();
    }
    return JSON.stringify(parts);
  });
}

describe(`a batch of ${LETTERS} letters`, () => {
  let stage: Stage;
  let letters: Page;
  let bad: SandboxDossier[];
  let codes: string[];
  /** Requests of the extension's pages, and what they say in their consoles. */
  const traces: string[] = [];
  const names: string[] = [];

  beforeAll(async () => {
    stage = await setStage({ now: NOW, count: BIG_COUNT });
    const own = `chrome-extension://${stage.extensionId}/`;
    stage.context.on('request', (request) => {
      if (request.frame()?.url().startsWith(own)) traces.push(request.url(), request.postData() ?? '');
    });
    stage.context.on('console', (message) => {
      if (message.location().url.startsWith(own)) traces.push(message.text());
    });
    stage.worker.on('console', (message) => traces.push(message.text()));
    await stage.worker.evaluate(async (unit) => {
      const scope = globalThis as unknown as { chrome: { storage: { local: { set(value: object): Promise<void> } } } };
      await scope.chrome.storage.local.set({ 'settings.letterUnit': unit });
    }, UNIT);
    // Spoiled before any page has shown them.
    const late = stage.sandbox.population.dossiers.filter(({ situation }) => situation === 'overdue-days');
    bad = FAULTS.map(({ spoil }, i) => {
      const dossier = late[i * 5] as SandboxDossier;
      spoil(dossier);
      return dossier;
    });
    await settled(await stage.open(`${stage.sandbox.urls.igate}/vi/dossier/processing?size=${ROWS}`), ROWS);
    letters = await stage.open(`${own}letters.html`);
    await letters.getByRole('tab', { name: 'Soạn hàng loạt' }).click();
  });
  afterAll(() => stage?.close());

  async function saved(button: string): Promise<Uint8Array> {
    const [download] = await Promise.all([
      letters.waitForEvent('download'),
      letters.getByRole('button', { name: button }).click(),
    ]);
    names.push(download.suggestedFilename());
    return new Uint8Array(readFileSync(await download.path()));
  }

  it('makes 497 and names what is wrong with three', async () => {
    await letters.selectOption('#batch-preset', 'volume');
    const rows = letters.locator('#panel-batch tbody tr');
    const offered = await rows.locator('th').allTextContents();
    expect(offered.length).toBeGreaterThanOrEqual(LETTERS);
    const spoiled = bad.map(({ code }) => code);
    const left = offered.filter((code) => !spoiled.includes(code)).slice(LETTERS - bad.length);
    for (const code of left) await letters.getByRole('checkbox', { name: `Chọn ${code}`, exact: true }).uncheck();
    codes = offered.filter((code) => !left.includes(code));
    await letters.getByRole('button', { name: `Soạn ${LETTERS} thư`, exact: true }).click();
    await letters.locator('#batch-results').waitFor({ timeout: 90_000 });
    expect(await letters.locator('#batch-results').textContent()).toBe('Soạn được 497 thư, 3 hồ sơ chưa soạn được');
    const told = await letters.locator('#panel-batch .bullets li').allInnerTexts();
    expect(told.sort()).toEqual(FAULTS.map(({ says }, i) => `${spoiled[i]}: ${says}`).sort());
    await screenshot(letters, 'letters-batch');
  });

  it('gives each letter to its own recipient, apart and together', async () => {
    const zip = unzipSync(await saved('Tải .zip (mỗi thư một tệp)'));
    const files = Object.keys(zip);
    names.push(...files);
    expect(files).toHaveLength(497);
    const merged = wordsOfDocx(await saved('Tải một .docx gộp để in'));
    for (const code of codes.filter((one) => bad.every((dossier) => dossier.code !== one))) {
      const dossier = stage.sandbox.population.dossiers.find((one) => one.code === code) as SandboxDossier;
      const file = files.find((one) => one === `xin-loi_${code}_${TODAY}.docx`);
      const text = wordsOfDocx(zip[file ?? '']);
      const { name } = dossier.owner;
      const honorific = /^(?:CÔNG TY|Hộ kinh doanh|Hội) /.test(name) ? '' : 'Ông/Bà';
      expect(text).toContain(`Kínhgửi:${honorific}${squeezed(name)}`);
      expect(text).toContain(`Mãhồsơ:${code}-`);
      expect(text).toContain(squeezed(dossier.procedure.name));
      expect(text).not.toMatch(/[{}]|undefined/);
      expect(merged.split(`Mãhồsơ:${code}-`)).toHaveLength(2);
    }
    expect(merged.split('Kínhgửi:')).toHaveLength(498);
  });

  it('leaves no personal data: not in stores, file names, tables, the report, the console or requests', async () => {
    const table = strFromU8(await saved('Tải bảng kết quả .csv'));
    expect(table.match(/đã soạn/g)).toHaveLength(497);
    for (const { says } of FAULTS) expect(table.toLowerCase()).toContain(`"${says.toLowerCase()}"`);
    await letters.getByRole('button', { name: 'Xong, bỏ các thư này' }).click();
    await letters.getByRole('tab', { name: 'Sổ thư' }).click();
    await letters.locator('#panel-register').getByText('497 hồ sơ', { exact: true }).waitFor({ timeout: 90_000 });
    await screenshot(letters, 'letters-batch-register');
    const report = unzipSync(await saved('Báo cáo theo đơn vị và tháng (.xlsx)'));
    const stores = await kept(letters);
    // What is looked for would be found: the codes are there.
    expect(codes.filter((code) => !stores.includes(`"${code}"`))).toEqual([]);
    expect(names).toHaveLength(501);
    const places = {
      stores,
      names: names.join('\n'),
      table,
      report: Object.values(report).map(words).join('\n'),
      traces: traces.join('\n'),
    };
    const people = stage.sandbox.population.dossiers
      .slice(0, ROWS)
      .flatMap(({ owner, submitter }) => [owner, submitter]);
    const personal = new Set(
      people.flatMap(({ name, identity, phone, email, address }) => [name, identity, phone, email, address]),
    );
    personal.delete('');
    for (const [place, text] of Object.entries(places)) {
      const plain = squeezed(text);
      expect({ place, found: [...personal].filter((one) => plain.includes(squeezed(one))) }).toEqual({
        place,
        found: [],
      });
    }
    expect(stage.takeErrors()).toEqual([]);
  });
});
