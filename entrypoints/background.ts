import { defineBackground } from 'wxt/utils/define-background';
import { assessPapers, papersView } from '../lib/digitization/index.ts';
import {
  allSeen,
  announcePause,
  askDossierInFocus,
  clearSeen,
  every,
  expireSeen,
  handle,
  isOfBasis,
  loadSupplement,
  lockStorage,
  now,
  onCommand,
  onInstall,
  onSeenChanged,
  openLetter,
  openPage,
  putSeen,
  readBasis,
  readCatalogue,
  readSetting,
  readUnit,
  registerOf,
  setPaused,
  setSandboxNow,
  setToolbar,
  startClock,
  syncHosts,
  watchHosts,
  watchSettings,
} from '../lib/platform/index.ts';
import type { SeenDossier, SeenLetters } from '../lib/schema/index.ts';
import { countUrgent, lettersOf, toolbarOf } from '../lib/ui/index.ts';

const TIDY_MINUTES = 5;
/** One count for a burst of batches: a person cannot read the toolbar faster. */
const RECOUNT_DELAY = 400;

export default defineBackground(() => {
  const log = (where: string) => (error: unknown) =>
    console.error(`[dung-hen] ${where}`, error instanceof Error ? error.name : 'failed');

  async function recount(): Promise<void> {
    await ready;
    const basis = await readBasis();
    const { entries } = await allSeen();
    await setToolbar(toolbarOf(countUrgent(entries, { ...basis, now: now() })));
  }

  /** Marks of the rows that a page has just told of. Without a register there are none: a letter may have been sent already. */
  async function lettersSeen(host: string, items: readonly SeenDossier[]): Promise<SeenLetters['letters']> {
    try {
      const records = items.map(({ record }) => record);
      const entries = await registerOf(
        host,
        records.map(({ code }) => code),
      );
      return lettersOf(records, { ...(await readBasis()), now: now() }, (code) => entries.get(code));
    } catch (error) {
      log('letters')(error);
      return [];
    }
  }

  let waiting: ReturnType<typeof setTimeout> | undefined;
  function recountSoon(): void {
    if (waiting !== undefined) return;
    waiting = setTimeout(() => {
      waiting = undefined;
      recount().catch(log('toolbar'));
    }, RECOUNT_DELAY);
  }

  async function tidy(): Promise<void> {
    await ready;
    await expireSeen(now());
    await recount();
  }

  const ready = startClock(recountSoon).catch(log('clock'));

  handle('page.config', async (_payload, { host }) => {
    return { paused: (await readSetting('pausedHosts')).includes(host), ...(await readUnit()) };
  });

  handle('page.supplement', async (_payload, { frame }) => ({
    loaded: frame !== null && (await loadSupplement(frame)),
  }));

  handle('dossiers.seen', async (batch, { host }) => {
    await ready;
    if (__SANDBOX__) await setSandboxNow(batch.sandboxNow);
    const noted = await putSeen({ ...batch, host }, now());
    return { ...noted, letters: await lettersSeen(host, batch.items) };
  });

  handle('papers.assess', async ({ record }) => papersView(assessPapers(record, { catalogue: await readCatalogue() })));

  handle('letter.open', async ({ code }, { frame }) => {
    if (frame === null) return { opened: false };
    await openLetter({ tabId: frame.tabId, code });
    return { opened: true };
  });

  handle('inspect.open', async () => {
    await openPage('inspect');
    return { opened: true };
  });

  onCommand('draft-letter', (tabId) => {
    askDossierInFocus(tabId)
      .then((code) => openLetter(code === null ? null : { tabId, code }))
      .catch(log('letter'));
  });

  handle('site.pause', async ({ host, paused }) => {
    await setPaused(host, paused);
    await announcePause(host, paused);
    return { paused };
  });

  handle('dossiers.clear', async () => ({ cleared: await clearSeen() }));

  handle('site.hosts', async () => ({ hosts: await syncHosts() }));

  onInstall(() => {
    openPage('welcome').catch(log('welcome'));
  });
  onSeenChanged(recountSoon);
  watchSettings((name) => {
    if (isOfBasis(name)) recountSoon();
  });
  watchHosts();
  every(TIDY_MINUTES, () => {
    tidy().catch(log('tidy'));
  });

  lockStorage().catch(log('storage'));
  syncHosts().catch(log('hosts'));
  tidy().catch(log('tidy'));
});
