import { defineContentScript } from 'wxt/utils/define-content-script';
import { BUILT_IN_HOSTS, GATEWAY_ORIGINS, SANDBOX_HOSTS } from '../lib/hosts/index.ts';
import { startObserver } from '../lib/observe/index.ts';

/** Page world: listens to the answers the page itself asked for. Asks for nothing, changes nothing. */
export default defineContentScript({
  matches: __SANDBOX__ ? [...BUILT_IN_HOSTS, ...SANDBOX_HOSTS] : [...BUILT_IN_HOSTS],
  world: 'MAIN',
  runAt: 'document_start',
  allFrames: true,
  noScriptStartedPostMessage: true,
  main() {
    startObserver(window, (origin) => {
      if (origin === location.origin) return true;
      if (__SANDBOX__ && new URL(origin).hostname === 'localhost') return true;
      return (GATEWAY_ORIGINS as readonly string[]).includes(origin);
    });
  },
});
