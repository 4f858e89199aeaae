import { defineContentScript } from 'wxt/utils/define-content-script';
import { offerSupplement, supplement } from '../../lib/overlay/more.ts';

/** In no manifest: the background puts it into a frame whose overlay asks for it. Same world, nothing of its own to start. */
export default defineContentScript({
  registration: 'runtime',
  noScriptStartedPostMessage: true,
  main() {
    offerSupplement(supplement());
  },
});
