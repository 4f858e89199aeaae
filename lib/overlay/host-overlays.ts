import type { ListAdapter } from '../page/index.ts';

/**
 * Waits for the host's dialogs and menus. While one is open nothing of ours runs; only the element that holds them is
 * watched, and only until the last one has closed.
 */
export class HostOverlays {
  readonly #doc: Document;
  readonly #overlays: ListAdapter['overlays'];
  readonly #place: Element;
  #observer: MutationObserver | null = null;

  /** @param place the list or the detail: where no dialog is looked for, since a long list is most of its page. */
  constructor(doc: Document, overlays: ListAdapter['overlays'], place: Element) {
    this.#doc = doc;
    this.#overlays = overlays;
    this.#place = place;
  }

  isOpen(): boolean {
    const { open } = this.#overlays;
    if (open === '') return false;
    for (let inner = this.#place, outer = inner.parentElement; outer; inner = outer, outer = inner.parentElement) {
      for (const beside of outer.children) {
        if (beside !== inner && (beside.matches(open) || beside.querySelector(open))) return true;
      }
    }
    return false;
  }

  /** Calls `closed` once, when no dialog or menu is open any more. */
  whenClosed(closed: () => void): void {
    if (this.#observer) return;
    const root = this.#doc.querySelector(this.#overlays.root);
    if (!root) {
      closed();
      return;
    }
    const observer = new MutationObserver(() => {
      if (this.isOpen()) return watch();
      this.dispose();
      closed();
    });
    const watch = () => {
      observer.disconnect();
      observer.observe(root, { childList: true });
      const options = { attributes: true, attributeFilter: ['class', 'style'] };
      for (const child of root.children) observer.observe(child, options);
    };
    this.#observer = observer;
    watch();
  }

  dispose(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}
