import { linesOf, textOf } from './cells.ts';
import { type HeaderField, matchHeader } from './headers.ts';

/** One way in which a host writes "label: value" on a detail page. Tried in order; data, so that a repair is a line. */
export interface LabelRule {
  /** Elements that hold a label. */
  label: string;
  /** The value: the next sibling, or a descendant of the label's parent, that matches. Empty: the text after the label. */
  value: string;
  /** For people; left out of what is loaded into a page. */
  since?: string;
  why?: string;
}

interface LabelledValue {
  lines: string[];
  label: Element;
  /** Where the value stands; the label's parent when it has no element of its own. */
  value: Element;
}

export type LabelMap = Map<HeaderField, LabelledValue>;

/** Nothing that is longer is a label. */
const LABEL_AT_MOST = 60;

/**
 * Label and value pairs below `root`; of each field the strongest label, then the first in the order of the page.
 * Personal labels are recognised and left: their values are never read. Labels inside `outside` are not the dossier's:
 * menus that hang elsewhere, dialogs.
 */
export function readLabels(root: ParentNode, rules: readonly LabelRule[], outside: string): LabelMap {
  const found: LabelMap = new Map();
  for (const rule of rules) {
    const scores = new Map<HeaderField, number>();
    const own: LabelMap = new Map();
    for (const label of root.querySelectorAll(rule.label)) {
      const text = textOf(label);
      if (text === '' || text.length > LABEL_AT_MOST) continue;
      const match = matchHeader([text]);
      if (match === null || match.field === 'private' || match.field === 'action') continue;
      if ((scores.get(match.field) ?? 0) >= match.score) continue;
      if (label.closest(outside)) continue;
      const value = readValue(label, rule.value);
      if (value === null) continue;
      scores.set(match.field, match.score);
      own.set(match.field, { ...value, label });
    }
    for (const [field, value] of own) if (!found.has(field)) found.set(field, value);
    // A rule that gave the code is the page's way; the later rules are for pages where it gave nothing.
    if (own.has('code')) break;
  }
  return found;
}

function readValue(label: Element, selector: string): { lines: string[]; value: Element } | null {
  const parent = label.parentElement;
  if (selector === '') {
    if (parent === null) return null;
    const whole = linesOf(parent).join('\n');
    const start = textOf(label);
    return whole.startsWith(start)
      ? {
          lines: whole
            .slice(start.length)
            .replace(/^[\s:]+/, '')
            .split('\n')
            .filter(Boolean),
          value: parent,
        }
      : null;
  }
  let next = label.nextElementSibling;
  // Angular and Vue leave wrappers between; two steps are enough and do not reach the next pair.
  for (let step = 0; next !== null && step < 2; step += 1) {
    if (next.matches(selector)) return { lines: linesOf(next), value: next };
    const inner = next.querySelector(selector);
    if (inner) return { lines: linesOf(inner), value: inner };
    next = next.nextElementSibling;
  }
  return null;
}

/**
 * Label and value in the cells of a table: `<td>Số hồ sơ:</td><td>…</td>`, one or more pairs a row. `rows` are the
 * table's rows; a row whose first label is unknown is passed over.
 */
export function readLabelRows(rows: Iterable<Element>): LabelMap {
  const found: LabelMap = new Map();
  const scores = new Map<HeaderField, number>();
  for (const row of rows) {
    const cells = [...row.children];
    for (let i = 0; i + 1 < cells.length; i += 1) {
      const label = cells[i] as Element;
      const value = cells[i + 1] as Element;
      const text = textOf(label);
      if (text === '' || text.length > LABEL_AT_MOST) continue;
      const match = matchHeader([text]);
      if (match === null) continue;
      i += 1;
      if (match.field === 'private' || match.field === 'action') continue;
      if ((scores.get(match.field) ?? 0) >= match.score) continue;
      scores.set(match.field, match.score);
      found.set(match.field, { lines: linesOf(value), label, value });
    }
  }
  return found;
}
