import { browser } from './browser.ts';

/** One document of a tab. */
export interface Frame {
  tabId: number;
  frameId: number;
}

const SUPPLEMENT = '/content-scripts/overlay-more.js';

/**
 * Runs the overlay's second script beside the first, in the extension's own world of that frame. The browser refuses hosts
 * that nobody allowed, and a document that came in between is not waiting for it.
 * @returns false when the frame is gone or may not be touched.
 */
export async function loadSupplement({ tabId, frameId }: Frame): Promise<boolean> {
  try {
    await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [SUPPLEMENT] });
    return true;
  } catch {
    return false;
  }
}
