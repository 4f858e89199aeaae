import { clean } from '../text/index.ts';

/**
 * Text of a cell, line by line, **without layout**: no innerText, so reading a list never makes the browser compute a
 * style. A line ends at <br> and around block elements. What is not the host's words is left out: our own
 * elements (tags that begin with DH-), icons whose "text" is a ligature, and what is hidden on purpose.
 */

const BLOCKS = new Set(
  (
    'address article blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p' +
    ' pre section table tbody td tfoot th thead tr ul mat-card mat-chip-list mat-list mat-list-item'
  ).split(' '),
);

const SKIPPED = new Set(
  'button-icon canvas datalist iframe input mat-icon noscript object option script select style svg template textarea video'.split(
    ' ',
  ),
);

const ICON =
  /(?:^|\s)(?:(?:v-|mat-|material-)?icons?|material-(?:icons|symbols)-\S+|cdk-visually-hidden|sr-only)(?:\s|$)/;

/** A tooltip that was not hung elsewhere repeats the words it explains. */
const TOOLTIP = /tooltip__content|menu__content|cdk-visually-hidden/;

/** True for elements that carry no words of the host. */
function isSilent(element: Element, tag: string): boolean {
  if (SKIPPED.has(tag)) return true;
  if (tag.startsWith('dh-')) return true;
  if (tag === 'i' || tag === 'span' || tag === 'div') {
    const { className } = element;
    if (className !== '' && (tag === 'div' ? TOOLTIP : ICON).test(className)) return true;
  }
  return element.hasAttribute('hidden');
}

const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** `clean`, without the work when there is nothing to clean: most cells of a list are dates and codes. */
function cleanLine(text: string): string {
  return PLAIN.test(text) ? text : clean(text);
}

class Lines {
  readonly done: string[] = [];
  private current = '';

  add(text: string): void {
    this.current += text;
  }

  end(): void {
    if (this.current === '') return;
    const line = cleanLine(this.current);
    if (line !== '') this.done.push(line);
    this.current = '';
  }
}

function walk(node: Node, lines: Lines): void {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === 3) {
      lines.add(child.nodeValue ?? '');
      continue;
    }
    if (child.nodeType !== 1) continue;
    const element = child as Element;
    const tag = element.localName;
    if (tag === 'br') {
      lines.end();
    } else if (!isSilent(element, tag)) {
      const block = BLOCKS.has(tag);
      if (block) lines.end();
      walk(element, lines);
      if (block) lines.end();
    }
  }
}

/** The lines of an element that are not empty, cleaned (NFC, single spaces). A cell of `&nbsp;` has none. */
export function linesOf(element: Element): string[] {
  const first = element.firstChild;
  if (first === null) return [];
  // Most cells hold one text and nothing else.
  if (first.nodeType === 3 && first.nextSibling === null) {
    const line = cleanLine(first.nodeValue ?? '');
    return line === '' ? [] : [line];
  }
  const lines = new Lines();
  walk(element, lines);
  lines.end();
  return lines.done;
}

/** The whole text of an element on one line. */
export function textOf(element: Element): string {
  return linesOf(element).join(' ');
}

/** Link target without query and hash, as written by the host; null when it is no address (javascript:, none). */
export function pathOf(link: Element): string | null {
  const href = link.getAttribute('href');
  if (href === null || /^\s*(?:javascript|mailto|tel):/i.test(href)) return null;
  return href.replace(/[?#].*$/s, '');
}
