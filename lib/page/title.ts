import { textOf } from './cells.ts';
import type { SelectorRule } from './find.ts';
import { readTitleStatus, type Status } from './values.ts';

/** The title element that named the status of a list last time; only where it stands is kept, never what it says. */
const lastTitle = new WeakMap<Element, Element>();

/**
 * Status that the page's title gives to all rows of a list, or null. The text is read anew each time: a menu entry
 * changes it while the element stays. `known`: look only where it was found before (a list is read in portions).
 */
export function titleStatus(list: Element, rules: readonly SelectorRule[], known = false): Status | null {
  const before = lastTitle.get(list);
  if (before?.isConnected) {
    const status = readTitleStatus(textOf(before));
    if (status || known) return status;
  } else if (known && before === undefined) {
    return null;
  }
  const doc = list.ownerDocument;
  for (const { css } of rules) {
    for (const title of doc.querySelectorAll(css)) {
      const status = readTitleStatus(textOf(title));
      if (status === null) continue;
      lastTitle.set(list, title);
      return status;
    }
  }
  lastTitle.delete(list);
  return null;
}
