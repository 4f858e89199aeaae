import type { LetterFacts } from '../schema/index.ts';
import { browser } from './browser.ts';
import { webOrigin } from './hosts.ts';
import { askLetterFacts } from './messages.ts';
import { tabsOf } from './tabs.ts';

/** Host (with port) of the page in a tab; null when the tab is gone or shows a page that we may not know. */
export async function hostOfTab(tabId: number): Promise<string | null> {
  try {
    const origin = webOrigin((await browser.tabs.get(tabId)).url);
    return origin === null ? null : new URL(origin).host;
  } catch {
    return null;
  }
}

/** Brings a tab to the front; false when it is gone. */
export async function showTab(tabId: number): Promise<boolean> {
  try {
    await browser.tabs.update(tabId, { active: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads a dossier from whichever open tab of its host (with port) shows it now, all asked at once; null when none does. Personal data, as
 * `askLetterFacts`.
 */
export async function askLetterFactsOfHost(host: string, code: string): Promise<LetterFacts | null> {
  const ids = (await tabsOf(host)).flatMap(({ id }) => id ?? []);
  const answers = ids.map(async (id) => {
    const facts = await askLetterFacts(id, code);
    if (facts === null) throw new Error('not shown');
    return facts;
  });
  return Promise.any(answers).catch(() => null);
}
