import { adapterById, type Paginator } from '../page/index.ts';
import type { ListView } from './list-view.ts';

/** Between two pages: what an officer who reads would need at least; a host is never hurried. */
const PACE_MS = 700;
/** A page that does not change within this time is given up. */
const PATIENCE_MS = 12_000;
/** More pages than this are not walked in one go; the officer may start again from there. */
const MAX_PAGES = 400;

export interface WalkProgress {
  /** Pages read so far, the first included. */
  read: number;
  pages: number | null;
  dossiers: number;
  phase: 'forward' | 'back';
}

export type WalkEnd = { ok: true; read: number; dossiers: number; cancelled: boolean } | { ok: false; reason: string };

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

function paginatorOf({ adapter }: ListView, doc: Document): Paginator | null {
  const found = adapterById(adapter.meta.id)?.paginator(doc);
  return found && !('reason' in found) ? found : null;
}

/**
 * "Quét các trang": presses the host's own next-page button, page by page, so that the worklist covers the whole list, then
 * goes back to where it began. No request of ours: the host fetches what it would fetch for the officer.
 * @param current the view of the moment; null when the officer has gone elsewhere.
 */
export async function walkPages(
  doc: Document,
  current: () => ListView | null,
  progress: (state: WalkProgress) => void,
  signal: AbortSignal,
): Promise<WalkEnd> {
  const first = current();
  if (!first) return { ok: false, reason: 'Không còn ở trang danh sách.' };
  const start = paginatorOf(first, doc);
  if (!start) return { ok: false, reason: 'Không thấy nút sang trang.' };

  const codes = new Set(first.codes);
  let read = 1;
  const tell = (phase: WalkProgress['phase'], pages: number | null) =>
    progress({ read, pages, dossiers: codes.size, phase });
  let failure: string | null = null;
  let turned = 0;
  tell('forward', start.position.pages);
  while (!signal.aborted && read < MAX_PAGES) {
    const paginator = paginatorOf(first, doc);
    if (!paginator?.next) break;
    await wait(PACE_MS, signal);
    if (signal.aborted) break;
    if (!(await turn(doc, current, paginator.next, signal))) {
      if (!signal.aborted) failure = 'Đã bấm sang trang nhưng danh sách không đổi.';
      break;
    }
    turned += 1;
    read += 1;
    for (const code of current()?.codes ?? []) codes.add(code);
    tell('forward', paginator.position.pages);
  }
  // Cancelling stops the reading; the officer still gets back the page they were on, unless they have left it.
  const home = new AbortController();
  for (; turned > 0; turned--) {
    const previous = current() ? paginatorOf(first, doc)?.previous : null;
    if (!previous) break;
    tell('back', start.position.pages);
    await wait(PACE_MS / 3, home.signal);
    if (!(await turn(doc, current, previous, home.signal))) break;
  }
  if (failure) return { ok: false, reason: failure };
  return { ok: true, read, dossiers: codes.size, cancelled: signal.aborted };
}

/** Presses a button of the paginator and waits until other rows stand there and have been read. */
async function turn(
  doc: Document,
  current: () => ListView | null,
  button: HTMLElement,
  signal: AbortSignal,
): Promise<boolean> {
  const before = (current()?.codes ?? []).join('\n');
  button.click();
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end && !signal.aborted) {
    await wait(120, signal);
    const view = current();
    if (!view || doc.visibilityState !== 'visible') continue;
    const codes = view.codes;
    if (codes.length > 0 && codes.join('\n') !== before && !view.isBusy && !view.summary().loading) return true;
  }
  return false;
}
