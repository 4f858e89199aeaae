import { browser, type Tab } from './browser.ts';

/** Opens a page of the extension in a tab. */
export async function openPage(name: 'welcome' | 'deadline'): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`/${name}.html`) });
}

/** Opens the settings, or brings them to the front when they are open. */
export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
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
