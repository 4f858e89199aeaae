import type { Dossier, DossierComponent } from '../../schema/index.ts';
import type { ListReading, PageAdapter, PageKind, Paginator, ReadContext } from '../adapter.ts';
import { pathOf, textOf } from '../cells.ts';
import { readComponents } from '../components.ts';
import { buildDetail } from '../detail.ts';
import { closestOf, type FindOptions, findTable, firstOf, tableIn, unknownRowsOf } from '../find.ts';
import { BUILT_IN_HOSTS } from '../hosts.ts';
import { type LabelMap, readLabels } from '../labels.ts';
import { positionOfRange, pressable } from '../paging.ts';
import { matchesPattern } from '../pattern.ts';
import { dossierRowsOf, readTableRows } from '../rows.ts';
import * as at from './selectors.ts';

const ID = 'igate';
const HEX_ID = /^[0-9a-f]{24}$/;

/** The dossier's id in an address: a path segment. The query holds ids of the procedure and the task. */
function idInPath(path: string): string | undefined {
  return path.split('/').find((segment) => HEX_ID.test(segment));
}

/** In a dossier list of the city's own host a table of codes is the list even when all its words are new. */
function byCodes(url: URL): boolean {
  return url.pathname.includes('/dossier/') || BUILT_IN_HOSTS.some((pattern) => matchesPattern(pattern, url));
}

const options = (codes: boolean): FindOptions => ({
  fieldByClass: at.fieldByClass,
  outside: at.OUTSIDE,
  byCodes: codes,
});

function labelsOf(doc: Document): LabelMap {
  return readLabels(doc.body, at.LABELS);
}

function componentsOf(doc: Document): DossierComponent[] | undefined {
  for (const { css } of at.PAPER_TABLES) {
    for (const table of doc.querySelectorAll(css)) {
      const components = readComponents(table, {
        file: at.PAPER_FILE,
        slot: at.PAPER_SLOT,
        columnByClass: at.componentByClass,
      });
      if (components !== null) return components;
    }
  }
  return undefined;
}

function systemIdOf(row: Element, codeCell: Element): string | undefined {
  for (const links of [codeCell.getElementsByTagName('a'), row.getElementsByTagName('a')]) {
    for (const link of links) {
      const id = idInPath(pathOf(link) ?? '');
      if (id !== undefined) return id;
    }
  }
  return undefined;
}

function detect(doc: Document, url: URL): PageKind {
  if (!doc.body) return 'none';
  if (idInPath(url.pathname) !== undefined) {
    if (labelsOf(doc).has('code')) return 'detail';
    // Material takes the other tabs out of the page: on the tab of the papers there is no label to see.
    return firstOf(doc, at.FAMILY) && componentsOf(doc) ? 'detail' : 'none';
  }
  if (!firstOf(doc, at.FAMILY)) return 'none';
  return findTable(doc, at.TABLES, options(byCodes(url))) || doc.querySelector('.searchtbl') ? 'list' : 'none';
}

function rowsOf(container: Element): Element[] {
  const shape = tableIn(container, at.TABLES, options(true));
  return shape === null ? unknownRowsOf(container, at.TABLES) : dossierRowsOf(shape);
}

function readRows(container: Element, context: ReadContext, only?: readonly Element[]): ListReading {
  const shape = tableIn(container, at.TABLES, options(true));
  if (shape === null) {
    // The host takes the table out while it builds it anew; the next change brings it back.
    const unreadable = only?.length ?? unknownRowsOf(container, at.TABLES).length;
    return { rows: [], unreadable, columns: {}, loading: unreadable === 0 && firstOf(container, at.TABLES) === null };
  }
  const channel = /\/dossier\/online-reception(?:\/|$)/.test(context.url.pathname) ? 'online' : undefined;
  const reading = readTableRows(shape, context, { adapter: ID, systemId: systemIdOf, channel }, only);
  const isEmpty = reading.rows.length === 0 && reading.unreadable === 0;
  return { ...reading, loading: isEmpty && container.querySelector(at.BUSY) !== null };
}

/** Nearest part of the page that is a component of its own; the whole application is too much to watch. */
function componentAround(element: Element): Element | null {
  for (let node = element.parentElement; node !== null; node = node.parentElement) {
    if (node.localName.startsWith('app-') && node.localName !== 'app-root') return node;
  }
  return closestOf(element, at.DETAIL_ROOTS) ?? element.parentElement;
}

function detailAnchor(doc: Document, labels: LabelMap): Element | null {
  const label = labels.get('code')?.label;
  if (label === undefined) return firstOf(doc, at.DETAIL_ANCHORS);
  return closestOf(label, at.DETAIL_ANCHORS) ?? label.parentElement?.parentElement ?? label;
}

interface Seen {
  systemId: string | undefined;
  record: Dossier;
}

const seen = new WeakMap<Element, Seen>();

/**
 * Material keeps only the open tab in the page: the facts stand on one, the papers on another. What was read on this
 * very element for this very dossier is kept, so that turning a tab does not take the dossier away.
 */
function acrossTabs(
  anchor: Element,
  systemId: string | undefined,
  record: Dossier | null,
  papers: () => DossierComponent[] | undefined,
): Dossier | null {
  const before = seen.get(anchor);
  const same = systemId !== undefined && before?.systemId === systemId ? before.record : undefined;
  if (record === null && same === undefined) return null;
  const base = record ?? (same as Dossier);
  const components = (record === null ? papers() : record.components) ?? same?.components;
  const whole = components === undefined ? base : { ...base, components };
  seen.set(anchor, { systemId, record: whole });
  return whole;
}

/**
 * VNPT iGate 2.0: the city's officer host and its sisters. Angular Material tables whose columns are found by header
 * words, then by column class, the code at last by its form.
 */
export const igate: PageAdapter = {
  meta: { id: ID, label: 'iGate (một cửa Thành phố)', checkedOn: at.CHECKED_ON, hosts: BUILT_IN_HOSTS },

  detect,

  container(doc) {
    const table = findTable(doc, at.TABLES, options(true));
    if (table === null) return doc.querySelector('.searchtbl');
    return closestOf(table.table, at.CONTAINERS) ?? table.table.parentElement;
  },

  rowsOf,

  readRows,

  readDetail(doc, context) {
    const labels = labelsOf(doc);
    const anchor = detailAnchor(doc, labels);
    if (anchor === null) return null;
    const systemId = idInPath(context.url.pathname);
    const record = buildDetail(labels, context, { adapter: ID, systemId, components: componentsOf(doc) });
    const whole = acrossTabs(anchor, systemId, record, () => componentsOf(doc));
    return whole === null ? null : { record: whole, anchor };
  },

  detailRoot(doc) {
    const anchor = firstOf(doc, at.DETAIL_ANCHORS) ?? labelsOf(doc).get('code')?.label ?? null;
    return anchor === null ? null : componentAround(anchor);
  },

  paginator(doc): Paginator | { reason: string } {
    const bar = firstOf(doc, at.PAGINATORS);
    if (bar === null) return { reason: 'Trang này không có thanh chuyển trang.' };
    const label = firstOf(bar, at.RANGE_LABELS);
    const size = Number.parseInt(firstOf(bar, at.PAGE_SIZES)?.textContent ?? '', 10);
    return {
      position: positionOfRange(label ? textOf(label) : '', Number.isInteger(size) && size > 0 ? size : null),
      next: pressable(firstOf(bar, at.NEXT_BUTTONS)),
      previous: pressable(firstOf(bar, at.PREVIOUS_BUTTONS)),
    };
  },

  overlays: at.OVERLAYS,

  link({ systemId }, page) {
    if (systemId === undefined || !HEX_ID.test(systemId)) return null;
    const language = /^\/([a-z]{2})(?:\/|$)/.exec(page.pathname)?.[1] ?? 'vi';
    return `/${language}/dossier/search/${systemId}`;
  },
};
