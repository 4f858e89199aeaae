import { browser, type Tab } from './browser.ts';
import { tabsOf } from './tabs.ts';

/** Opens a page of the extension in a tab. */
export async function openPage(name: 'welcome' | 'deadline' | 'inspect' | 'reconcile' | 'spotcheck'): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`/${name}.html`) });
}

/** Opens the settings, or brings them to the front when they are open. */
export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}

/**
 * Opens the page that drafts a letter: for a dossier of a tab, for one that no tab shows (only its code is known then), or with
 * nothing filled in. The address holds no person.
 */
export async function openLetter(from: { tabId: number | null; code: string } | null): Promise<void> {
  const about = new URLSearchParams();
  if (from && from.tabId !== null) about.set('tab', String(from.tabId));
  if (from) about.set('code', from.code);
  await browser.tabs.create({ url: browser.runtime.getURL(`/letters.html${from ? `#${about}` : ''}`) });
}

/**
 * Opens that page for a dossier of the worklist, with the tab that most likely shows it: the one at its own address, else the
 * tab of its host that the person was at last. Whether it does show it, the page finds out; nothing is read from the tab here.
 */
export async function openLetterFor(dossier: { host: string; code: string; link: string | null }): Promise<void> {
  const { host, code, link } = dossier;
  const tabs = (await tabsOf(host)).sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0));
  const tab = tabs.find(({ url }) => url === link) ?? tabs[0];
  await openLetter({ tabId: tab?.id ?? null, code });
}

/** Calls `work` when the person presses the shortcut of a command. Register while starting. */
export function onCommand(name: string, work: (tabId: number) => void): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === name && tab?.id !== undefined) work(tab.id);
  });
}

/** Opens an address of a host in a tab. */
export async function openLink(link: string): Promise<void> {
  if (/^https?:\/\//.test(link)) await browser.tabs.create({ url: link });
}

/**
 * Opens the worklist beside the page. Call it first thing in a click: both browsers need the gesture, so there is
 * no await before. Where there is no side panel it opens in a small window.
 */
export function openPanel(windowId: number | undefined): Promise<unknown> {
  if (browser.sidePanel?.open && windowId !== undefined) return browser.sidePanel.open({ windowId });
  if (browser.sidebarAction) return browser.sidebarAction.open();
  return browser.windows.create({
    type: 'popup',
    url: browser.runtime.getURL('/sidepanel.html'),
    width: 420,
    height: 760,
  });
}

/** The tab in front of the person, with its address when we may know it. */
export async function activeTab(): Promise<Tab | undefined> {
  if (__SANDBOX__) {
    // A test cannot open the popup of a tab, only the popup's page: there the tab is named in the address.
    const id = new URLSearchParams(globalThis.location?.search ?? '').get('tab');
    if (id !== null) return browser.tabs.get(Number(id));
  }
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab;
}

/** Loads the page of a tab again. */
export async function reloadTab(tabId: number): Promise<void> {
  await browser.tabs.reload(tabId);
}

/** Version of the extension. */
export function version(): string {
  return browser.runtime.getManifest().version;
}

/** The key combination that opens the popup, as the browser writes it; empty when the person took it away. */
export async function popupShortcut(): Promise<string> {
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => name === '_execute_action')?.shortcut ?? '';
}
