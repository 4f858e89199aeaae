import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Options } from '../../entrypoints/options/options.tsx';
import type { CalendarLayer } from '../../lib/calendar/index.ts';
import { readSetting, type Settings, updateSetting } from '../../lib/platform/index.ts';
import { NOW } from '../fixtures/records.ts';

export const all = (selector: string, root: ParentNode = document) => [...root.querySelectorAll<HTMLElement>(selector)];
export const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
export const texts = (selector: string) => all(selector).map(words);
export const part = (id: string) => document.getElementById(id) as HTMLElement;
export const button = (name: string, root: ParentNode = document) => {
  const found = all('button', root).find((one) => (one.getAttribute('aria-label') ?? words(one)) === name);
  if (!found) throw new Error(`no button «${name}» among ${all('button', root).map(words).join(', ')}`);
  return found;
};
/** Not within `act`, which holds every drawing back until it ends. */
export const until = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });
export const click = (element: HTMLElement) => act(() => element.click());
export const type = (id: string, value: string) =>
  act(() => {
    const field = part(id) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
export const choose = (id: string, value: string) =>
  act(() => {
    const field = part(id) as HTMLSelectElement;
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
/** What the live region of a section says. */
export const said = (id: string) => words(part(id).querySelector('.status [role=status]'));
export const rules = () => readSetting('rules');
export const layers = () => readSetting('calendars');

/** A small calendar of a unit that nothing is said against. */
export const UNIT_LAYER: CalendarLayer = {
  kind: 'unit',
  id: 'ubnd-thu',
  version: '1',
  label: 'UBND phường Thử',
  source: 'Thông báo 12/TB-UBND',
  years: [{ year: 2026, off: [{ date: '2026-06-15', reason: 'Kỷ niệm thành lập' }] }],
};

export async function open(stored: Partial<Settings> = {}): Promise<void> {
  if (stored.rules) await updateSetting('rules', () => stored.rules as Settings['rules']);
  if (stored.calendars) await updateSetting('calendars', () => stored.calendars as Settings['calendars']);
  if (stored.catalogues) await updateSetting('catalogues', () => stored.catalogues as Settings['catalogues']);
  act(() => render(<Options />, part('app')));
  await until(() => expect(all('h1')).toHaveLength(1));
}

export function close(): void {
  act(() => render(null, part('app')));
}

/** Text of the next file that is downloaded, with its name. */
export function nextDownload(): Promise<{ name: string; text: string }> {
  return new Promise((resolve) => {
    let blob: Blob | undefined;
    vi.spyOn(URL, 'createObjectURL').mockImplementation((object) => {
      blob = object as Blob;
      return 'blob:test';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      const { download } = this;
      void blob?.text().then((text) => resolve({ name: download, text }));
    });
  });
}

/** Files for the import of the calendar; for another section in `giveTo`. */
export const give = (...files: File[]) => giveTo('calendar', ...files);
export async function giveTo(section: string, ...files: File[]): Promise<void> {
  const input = part(section).querySelector('input[type=file]') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  act(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
  await until(() => expect(all('.review')).toHaveLength(1));
}
export const file = (content: unknown, name = 'lich.json') =>
  new File([typeof content === 'string' ? content : JSON.stringify(content, null, 2)], name);

/** A browser without settings on the simulated morning of the records. */
export async function startOptions(): Promise<void> {
  fakeBrowser.reset();
  await fakeBrowser.storage.session.set({ sandboxOffsetMinutes: NOW - Math.floor(Date.now() / 60_000) });
  vi.spyOn(fakeBrowser.runtime, 'getManifest').mockReturnValue({ version: '0.1.0' } as never);
  document.body.innerHTML = '<div id="app"></div>';
}

export function endOptions(): void {
  close();
  vi.restoreAllMocks();
  vi.useRealTimers();
}
