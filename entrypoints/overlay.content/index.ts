import { defineContentScript } from 'wxt/utils/define-content-script';
import { buildTable } from '../../lib/calendar/index.ts';
import { BUILT_IN_HOSTS, SANDBOX_HOSTS } from '../../lib/hosts/index.ts';
import { takePort } from '../../lib/observe/index.ts';
import { type Environment, Knowledge, type Session, startSession } from '../../lib/overlay/index.ts';
import { ask, askConfig, extensionVersion, isAlive, listen } from '../../lib/platform/content.ts';

/** Epoch minutes. A sandbox page may carry its own clock, so that its dossiers are due today on any day. */
function now(): number {
  if (__SANDBOX__) {
    const simulated = Number(document.documentElement.dataset.sandboxNow);
    if (simulated > 0) return Math.floor(simulated + performance.now() / 60_000);
  }
  return Math.floor(Date.now() / 60_000);
}

const parsed = () =>
  new Promise<void>((resolve) => {
    if (document.readyState === 'loading')
      document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
    else resolve();
  });

export default defineContentScript({
  matches: __SANDBOX__ ? [...BUILT_IN_HOSTS, ...SANDBOX_HOSTS] : [...BUILT_IN_HOSTS],
  runAt: 'document_start',
  allFrames: true,
  noScriptStartedPostMessage: true,
  async main(ctx) {
    const knowledge = new Knowledge();
    let session: Session | undefined;

    // Before any script of the page runs: whoever comes later cannot take or forge the port.
    takePort(
      document,
      (port) => {
        port.onmessage = ({ data }) => {
          const codes = knowledge.learn(data, now());
          if (codes.length > 0) session?.learned(codes);
        };
      },
      ctx.signal,
    );

    await parsed();
    const config = await askConfig(location.host);
    if (ctx.isInvalid || !config) return;

    const env: Environment = {
      doc: document,
      url: () => new URL(location.href),
      now,
      table: buildTable(config.calendar),
      rules: config.rules,
      knowledge,
      alive: isAlive,
      ask,
      seen: (items, adapter) =>
        ask('dossiers.seen', {
          host: location.host,
          adapter: adapter.meta.id,
          items,
          ...(__SANDBOX__ && { sandboxNow: now() }),
        }),
    };
    session = startSession(env, extensionVersion(), config.paused, ctx.signal);
    const own = session;
    listen({ ask: (type, data) => own.ask(type, data), paused: (paused) => own.setPaused(paused) }, ctx.signal);
  },
});
