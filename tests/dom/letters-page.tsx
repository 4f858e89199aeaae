import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Dexie } from 'dexie';
import { strFromU8, unzipSync } from 'fflate';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Letters } from '../../entrypoints/letters/page.tsx';
import type { LetterUnit } from '../../lib/letters/index.ts';
import { updateSetting } from '../../lib/platform/index.ts';
import type { LetterFacts } from '../../lib/schema/index.ts';
import { at, HOST, NOW, record } from '../fixtures/records.ts';

export const all = (selector: string, root: ParentNode = document) => [...root.querySelectorAll<HTMLElement>(selector)];
export const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const texts = (selector: string) => all(selector).map(words);
export const part = <T extends HTMLElement = HTMLInputElement>(id: string) => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found as T;
};
export const button = (name: string, root: ParentNode = document) => {
  const found = all('button', root).find((one) => (one.getAttribute('aria-label') ?? words(one)) === name);
  if (!found) throw new Error(`no button «${name}» among ${all('button', root).map(words).join(', ')}`);
  return found;
};
/** Not within `act`, which holds every drawing back until it ends. */
export const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 10 });
/** As an event: `click()` of a link is taken for a download here. */
export const click = (element: HTMLElement) =>
  act(() => void element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })));
function enter(id: string, value: string, event: string): void {
  act(() => {
    const field = part(id);
    field.value = value;
    field.dispatchEvent(new Event(event, { bubbles: true }));
  });
}
export const type = (id: string, value: string) => enter(id, value, 'input');
export const choose = (id: string, value: string) => enter(id, value, 'change');
export const press = (key: string) =>
  act(() => {
    const event = new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true });
    document.dispatchEvent(event);
  });

export const TAB = 7;
export const CODE = 'H29.999-261110-0001';
export const PERSON = { owner: 'Nguyễn Văn Mẫu', address: 'Số 0 đường Mẫu', phone: '0900000000' };
export const UNIT: LetterUnit = {
  coQuanChuQuan: 'Ủy ban nhân dân Thành phố Hồ Chí Minh',
  coQuanBanHanh: 'Ủy ban nhân dân phường Mẫu',
  diaDanh: 'Phường Mẫu',
  kyHieu: 'PXL',
  noiNhan: ['Như trên', 'Lưu: VT'],
  nguoiKy: { chucVu: 'Chủ tịch', hoTen: 'Trần Thị Ký' },
};

export function facts(changes: Partial<LetterFacts['record']> = {}, recipient: LetterFacts['recipient'] = PERSON) {
  const received = { receivedAt: at('08:00 10/11/2026'), procedure: { code: '1.001', name: 'Đăng ký khai sinh' } };
  return { record: record(CODE, { ...received, ...changes }), recipient };
}

/** What open pages show, by code. A test may change it while the page is open. */
export const shown = new Map<string, LetterFacts>();
export const tabs = new Map<number, string>();
export const copied = vi.fn();
export interface Download {
  name: string;
  bytes: Uint8Array;
}
export const downloads: Download[] = [];
const names: string[] = [];

export async function reset(): Promise<void> {
  fakeBrowser.reset();
  await fakeBrowser.storage.session.set({ sandboxOffsetMinutes: NOW - Math.floor(Date.now() / 60_000) });
  shown.clear();
  tabs.clear();
  tabs.set(TAB, `https://${HOST}/danh-sach`);
  downloads.length = 0;
  names.length = 0;
  copied.mockReset();
  document.title = 'Đúng Hẹn: thư xin lỗi';
  document.body.innerHTML = '<div id="app"></div>';
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({ version: '0.1.0' } as never);
  vi.spyOn(fakeBrowser.tabs, 'get').mockImplementation((async (id: number) => {
    const url = tabs.get(id);
    if (url === undefined) throw new Error('no tab');
    return { id, url };
  }) as never);
  vi.spyOn(fakeBrowser.tabs, 'query').mockImplementation((async () =>
    [...tabs].map(([id, url]) => ({ id, url }))) as never);
  fakeBrowser.tabs.sendMessage = (async (id: number, { data }: { data: { code: string } }) =>
    tabs.has(id) ? { res: shown.get(data.code) ?? null } : undefined) as never;
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => copied(text));
  vi.stubGlobal('fetch', async (address: string) => {
    const file = basename(address.split('?')[0] as string);
    return new Response(readFileSync(join('lib/letters/templates', file)));
  });
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    void (blob as Blob).arrayBuffer().then((buffer) => {
      downloads.push({ name: names[downloads.length] ?? '', bytes: new Uint8Array(buffer) });
    });
    return 'blob:test';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
}

export async function open(hash = `#tab=${TAB}&code=${CODE}`, unit: LetterUnit = UNIT): Promise<void> {
  await updateSetting('letterUnit', () => unit);
  history.replaceState(null, '', `/letters.html${hash}`);
  act(() => render(<Letters />, part('app')));
  await until(() => expect(document.querySelector('[data-source]:not([data-source=reading])')).not.toBeNull());
}

export function close(): void {
  act(() => render(null, part('app')));
}

export const tab = (id: string) => click(part(`tab-${id}`));

/** The next file that is downloaded. */
export async function nextDownload(count = downloads.length + 1): Promise<Download> {
  await until(() => expect(downloads).toHaveLength(count));
  return downloads[count - 1] as Download;
}

/** Text of a .docx, paragraph by paragraph. */
export function textOf(bytes: Uint8Array): string {
  const xml = strFromU8(unzipSync(bytes)['word/document.xml'] as Uint8Array);
  return xml
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/\u00a0/g, ' ');
}

/** Gives files to the file input of a panel. */
export async function give(panel: string, ...files: File[]): Promise<void> {
  const input = part(panel).querySelector('input[type=file]') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  act(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
}

/** Everything that this browser keeps, as one text. */
export async function everythingStored(): Promise<string> {
  const areas = await Promise.all([fakeBrowser.storage.local.get(), fakeBrowser.storage.session.get()]);
  const rows: unknown[] = [];
  for (const name of await Dexie.getDatabaseNames()) {
    const database = await new Dexie(name).open();
    for (const table of database.tables) rows.push(await table.toArray());
    database.close();
  }
  return JSON.stringify([areas, rows, { ...localStorage }, { ...sessionStorage }]);
}
