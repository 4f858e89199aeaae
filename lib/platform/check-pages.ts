import type { ShownDossier } from '../schema/index.ts';
import { browser, type Tab } from './browser.ts';
import { askReport, askShownDossier } from './messages.ts';
import { tabsOf, webTabs } from './tabs.ts';

/**
 * What the open tabs show of a dossier. Without it: `closed`: no tab of the system is open; `silent`: the extension does not run in
 * any of them (opened before it was installed or updated); `paused`: it is paused there; `elsewhere`: other dossiers are shown.
 */
export type PageOfDossier = ShownDossier | { kind: 'closed' | 'silent' | 'paused' | 'elsewhere' };

const idsOf = (tabs: readonly Tab[]) => tabs.flatMap(({ id }) => id ?? []);

/**
 * Asks all open tabs of a host (with port) at once for a dossier; `host` null: those of every host that may be read. Its own page is
 * worth more than a row of a list. Never rejects.
 */
export async function askPageOfDossier(host: string | null, code: string): Promise<PageOfDossier> {
  const ids = idsOf(await (host === null ? webTabs() : tabsOf(host)).catch(() => []));
  if (ids.length === 0) return { kind: 'closed' };
  const answers = ids.map((id) => askShownDossier(id, code));
  const first = (kind: ShownDossier['kind']) =>
    Promise.any(
      answers.map(async (answer) => {
        const shown = await answer;
        if (shown?.kind !== kind) throw new Error('not shown');
        return shown;
      }),
    ).catch(() => null);
  const shown = (await first('detail')) ?? (await first('list'));
  if (shown) return shown;
  const states = (await Promise.all(ids.map((id) => askReport(id)))).flatMap((report) => report?.state ?? []);
  if (states.length === 0) return { kind: 'silent' };
  return { kind: states.every((state) => state === 'paused') ? 'paused' : 'elsewhere' };
}

/**
 * Brings the tab of a host (with port) to the front that the person was at last, or opens its first page.
 * @returns false when it cannot be opened
 */
export async function showHost(host: string): Promise<boolean> {
  try {
    const [last] = (await tabsOf(host)).sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0));
    if (last?.id === undefined) await browser.tabs.create({ url: `https://${host}/` });
    else await browser.tabs.update(last.id, { active: true });
    return true;
  } catch {
    return false;
  }
}
