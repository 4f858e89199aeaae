import { readCodes } from '../dossier/index.ts';
import { linesOf } from './cells.ts';
import { columnOfCodes } from './rows.ts';
import { bodyCells, bodyRowsOf, isDossierTable, readTable, type TableOptions, type TableShape } from './table.ts';
import { readMoment } from './values.ts';

/** One place to look, with the day it was last seen to be right. Lists of these are tried in order. */
export interface SelectorRule {
  css: string;
  /** For people; left out of what is loaded into a page. */
  since?: string;
  why?: string;
}

/** First element that one of the rules gives. */
export function firstOf(root: ParentNode, rules: readonly SelectorRule[]): Element | null {
  for (const { css } of rules) {
    const element = root.querySelector(css);
    if (element) return element;
  }
  return null;
}

/** Nearest ancestor (or the element itself) that one of the rules describes. */
export function closestOf(element: Element, rules: readonly SelectorRule[]): Element | null {
  for (const { css } of rules) {
    const found = element.closest(css);
    if (found) return found;
  }
  return null;
}

const EVIDENCE_ROWS = 20;

/**
 * Are these rows dossiers? At least one of the first rows has a code of a known form or a readable date where one
 * is expected. A table of statistics ("Đơn vị, Số hồ sơ, Tiếp nhận") has the words and neither of the two.
 */
function hasEvidence(shape: TableShape): boolean {
  const { index } = shape.columns;
  const dates = [index.dueAt, index.receivedAt, index.submittedAt, index.times];
  for (const row of bodyRowsOf(shape, EVIDENCE_ROWS)) {
    const cells = bodyCells(row, shape.titles.length);
    if (cells === null) continue;
    const code = index.code === undefined ? undefined : cells[index.code];
    if (code && readCodes(linesOf(code))?.codeKnown) return true;
    for (const at of dates) {
      const cell = at === undefined ? undefined : cells[at];
      if (cell && typeof readMoment(linesOf(cell)) !== 'string') return true;
    }
  }
  return false;
}

export interface FindOptions extends TableOptions {
  /** Tables inside these are never the list: dialogs, menus, what is hidden. */
  outside: string;
  /** Take a table of the host's own kind by the codes in it when its words are not known (a changed page). */
  byCodes?: boolean;
}

/** True when the element, or something around it, is hidden by its own markup. No layout is computed. */
function isHidden(element: Element): boolean {
  return element.closest('[hidden], dialog:not([open]), [style*="display:none"], [style*="display: none"]') !== null;
}

function isList(shape: TableShape, options: FindOptions): boolean {
  const { index } = shape.columns;
  const words = isDossierTable(shape);
  if (bodyRowsOf(shape, EVIDENCE_ROWS).length === 0) return words && index.code !== undefined;
  if (words && index.code !== undefined) return hasEvidence(shape);
  const codes = options.byCodes || words ? columnOfCodes(shape) : undefined;
  return codes !== undefined || (words && hasEvidence(shape));
}

/** So many known columns are no accident: the first table that has them needs no comparing with the others. */
const SURE = 5;

/** The table of dossiers below `root`: the rules in order, within a rule the table with the most known columns. */
export function findTable(root: ParentNode, rules: readonly SelectorRule[], options: FindOptions): TableShape | null {
  const seen = new Set<Element>();
  const listAt = (table: Element): TableShape | null => {
    if (seen.has(table)) return null;
    seen.add(table);
    if (table.closest(options.outside) || isHidden(table)) return null;
    const shape = readTable(table, options);
    return shape !== null && isList(shape, options) ? shape : null;
  };
  for (const { css } of rules) {
    // One look that ends at the first match, before one that goes through 2,000 rows.
    const first = root.querySelector(css);
    if (first === null) continue;
    let best = listAt(first);
    if (best !== null && best.columns.known >= SURE) return best;
    for (const table of root.querySelectorAll(css)) {
      const shape = listAt(table);
      if (shape === null) continue;
      if (best === null || shape.columns.known > best.columns.known) best = shape;
    }
    if (best !== null) return best;
  }
  return null;
}

const lastFound = new WeakMap<Element, Element>();

/**
 * `findTable` below a container, remembering which table it was: a list of 2,000 rows is read in many small
 * portions, and only its header has to be read anew for each.
 */
export function tableIn(container: Element, rules: readonly SelectorRule[], options: FindOptions): TableShape | null {
  const known = lastFound.get(container);
  if (known?.isConnected && container.contains(known)) {
    const shape = readTable(known, options);
    if (shape !== null && isDossierTable(shape)) return shape;
  }
  const found = findTable(container, rules, options);
  if (found === null) lastFound.delete(container);
  else lastFound.set(container, found.table);
  return found;
}

/** Rows that a list we no longer understand shows: counted, so that a changed page does not look like an empty one. */
export function unknownRowsOf(root: ParentNode, rules: readonly SelectorRule[]): Element[] {
  for (const { css } of rules) {
    for (const table of root.querySelectorAll(css)) {
      const shape = readTable(table);
      const rows = shape === null ? [] : bodyRowsOf(shape).filter((row) => row.childElementCount >= 3);
      if (rows.length > 0) return rows;
    }
  }
  return [];
}
