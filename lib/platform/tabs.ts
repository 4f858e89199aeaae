import { browser, type Tab } from './browser.ts';

/** Open tabs of any web page that we may know the address of. */
export async function webTabs(): Promise<Tab[]> {
  return (await browser.tabs.query({ url: '*://*/*' })).filter(({ url }) => url !== undefined);
}

/** Open tabs of a host (with port) that we may know the address of. */
export async function tabsOf(host: string): Promise<Tab[]> {
  const hostname = host.replace(/:\d+$/, '');
  const tabs = await browser.tabs.query({ url: `*://${hostname}/*` });
  return tabs.filter(({ url }) => url !== undefined && URL.canParse(url) && new URL(url).host === host);
}
