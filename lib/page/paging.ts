import type { PagePosition } from './adapter.ts';

/** Control that can be pressed, or null when it is absent or disabled in one of the ways hosts have. */
export function pressable(element: Element | null): HTMLElement | null {
  if (element === null) return null;
  if (element.hasAttribute('disabled') || element.getAttribute('aria-disabled') === 'true') return null;
  if (/disabled|not-allowed/.test(element.className)) return null;
  return element as HTMLElement;
}

/** "1.234" and "1,234" are one thousand two hundred and thirty-four on a paginator. */
const whole = (text: string | undefined) => Number((text ?? '').replace(/[.,\s]/g, ''));

const RANGE = /(\d[\d.,]*)\s*[-–—]\s*(\d[\d.,]*)\s*(?:of|của|trong(?: tổng số)?|trên(?: tổng số)?|\/)\s*(\d[\d.,]*)/iu;
const NOTHING = /^\s*0\s*(?:of|của|trong|trên|\/)\s*(\d[\d.,]*)/iu;

/**
 * Position from a range label ("1 – 10 of 340", "1 – 10 của 340"). The page size is the one that is shown; without it
 * the length of the range, which on the last page may be shorter than a page and then proves nothing.
 */
export function positionOfRange(label: string, shownSize: number | null): PagePosition {
  const text = label.normalize('NFC');
  const found = RANGE.exec(text);
  if (!found) {
    const total = NOTHING.exec(text);
    const none = total !== null && whole(total[1]) === 0;
    return none ? { page: 1, pages: 1, total: 0 } : { page: null, pages: null, total: null };
  }
  const from = whole(found[1]);
  const to = whole(found[2]);
  const total = whole(found[3]);
  if (from < 1 || to < from || total < to) return { page: null, pages: null, total: null };
  const length = to - from + 1;
  const size = shownSize ?? (to < total || from === 1 ? length : null);
  if (size === null || size < 1) return { page: null, pages: null, total };
  return { page: Math.floor((from - 1) / size) + 1, pages: Math.ceil(total / size), total };
}
