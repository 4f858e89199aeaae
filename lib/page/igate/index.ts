import { BUILT_IN_HOSTS } from '../../hosts/index.ts';
import type { Dossier, DossierComponent } from '../../schema/index.ts';
import type { ListReading, PageAdapter, PageKind, Paginator, ReadContext } from '../adapter.ts';
import { pathOf, textOf } from '../cells.ts';
import { readComponents } from '../components.ts';
import { buildDetail } from '../detail.ts';
import { closestOf, type FindOptions, findTable, firstOf, tableIn, unknownRowsOf } from '../find.ts';
import { type LabelMap, readLabels } from '../labels.ts';
import { positionOfRange, pressable } from '../paging.ts';
import { matchesPattern } from '../pattern.ts';
import { dossierRowsOf, readTableRows } from '../rows.ts';
import { componentByClass, fieldByClass } from './columns.ts';
import at from './data/selectors.json' with { type: 'json' };

const ID = 'igate';
/** When the selectors were last held against a page of this kind. */
const CHECKED_ON = '2026-11-22';
const HEX_ID = /^[0-9a-f]{24}$/;
const HEX_SEGMENT = /\/([0-9a-f]{24})(?:\/|$)/;

/** The dossier's id in an address: a path segment. The query holds ids of the procedure and the task. */
function idInPath(path: string): string | undefined {
  return HEX_SEGMENT.exec(path)?.[1];
}

/** In a dossier list of the city's own host a table of codes is the list even when all its words are new. */
function byCodes(url: URL): boolean {
  return url.pathname.includes('/dossier/') || BUILT_IN_HOSTS.some((pattern) => matchesPattern(pattern, url));
}

const idInLink = (link: Element) => idInPath(pathOf(link) ?? '');

const options = (codes: boolean): FindOptions => ({
  fieldByClass: fieldByClass,
  outside: at.outside,
  byCodes: codes,
});

function labelsOf(doc: Document): LabelMap {
  return readLabels(doc.body, at.labels, at.outside);
}

function componentsOf(doc: Document): DossierComponent[] | undefined {
  for (const { css } of at.paperTables) {
    for (const table of doc.querySelectorAll(css)) {
      const components = readComponents(table, {
        file: at.paperFile,
        slot: at.paperSlot,
        columnByClass: componentByClass,
      });
      if (components !== null) return components;
    }
  }
  return undefined;
}

/** The id in the first link that has one: of the code cell, else of the row. */
function systemIdOf(row: Element, codeCell: Element): string | undefined {
  const first = codeCell.firstElementChild;
  const quick = first?.localName === 'a' ? idInLink(first) : undefined;
  if (quick !== undefined) return quick;
  for (const links of [codeCell.getElementsByTagName('a'), row.getElementsByTagName('a')]) {
    for (const link of links) {
      const id = idInLink(link);
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
    return firstOf(doc, at.family) && componentsOf(doc) ? 'detail' : 'none';
  }
  if (!firstOf(doc, at.family)) return 'none';
  return findTable(doc, at.tables, options(byCodes(url))) || doc.querySelector('.searchtbl') ? 'list' : 'none';
}

function rowsOf(container: Element): Element[] {
  const shape = tableIn(container, at.tables, options(true));
  return shape === null ? unknownRowsOf(container, at.tables) : dossierRowsOf(shape);
}

function readRows(container: Element, context: ReadContext, only?: readonly Element[]): ListReading {
  const shape = tableIn(container, at.tables, options(true));
  if (shape === null) {
    // The host takes the table out while it builds it anew; the next change brings it back.
    const unreadable = only?.length ?? unknownRowsOf(container, at.tables).length;
    return { rows: [], unreadable, columns: {}, loading: unreadable === 0 && firstOf(container, at.tables) === null };
  }
  const channel = /\/dossier\/online-reception(?:\/|$)/.test(context.url.pathname) ? 'online' : undefined;
  const reading = readTableRows(shape, context, { adapter: ID, systemId: systemIdOf, channel }, only);
  const isEmpty = reading.rows.length === 0 && reading.unreadable === 0;
  return { ...reading, loading: isEmpty && container.querySelector(at.busy) !== null };
}

/** Nearest part of the page that is a component of its own; the whole application is too much to watch. */
function componentAround(element: Element): Element | null {
  for (let node = element.parentElement; node !== null; node = node.parentElement) {
    if (node.localName.startsWith('app-') && node.localName !== 'app-root') return node;
  }
  return closestOf(element, at.detailRoots) ?? element.parentElement;
}

function detailAnchor(doc: Document, labels: LabelMap): Element | null {
  const label = labels.get('code')?.label;
  if (label === undefined) return firstOf(doc, at.detailAnchors);
  return closestOf(label, at.detailAnchors) ?? label.parentElement?.parentElement ?? label;
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
  meta: { id: ID, label: 'iGate (một cửa Thành phố)', checkedOn: CHECKED_ON, hosts: BUILT_IN_HOSTS },

  detect,

  container(doc) {
    const table = findTable(doc, at.tables, options(true));
    if (table === null) return doc.querySelector('.searchtbl');
    return closestOf(table.table, at.containers) ?? table.table.parentElement;
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
    const anchor = firstOf(doc, at.detailAnchors) ?? labelsOf(doc).get('code')?.label ?? null;
    return anchor === null ? null : componentAround(anchor);
  },

  paginator(doc): Paginator | { reason: string } {
    const bar = firstOf(doc, at.paginators);
    if (bar === null) return { reason: 'Trang này không có thanh chuyển trang.' };
    const label = firstOf(bar, at.rangeLabels);
    const size = Number.parseInt(firstOf(bar, at.pageSizes)?.textContent ?? '', 10);
    return {
      position: positionOfRange(label ? textOf(label) : '', Number.isInteger(size) && size > 0 ? size : null),
      next: pressable(firstOf(bar, at.nextButtons)),
      previous: pressable(firstOf(bar, at.previousButtons)),
    };
  },

  overlays: at.overlays,

  link({ systemId }, page) {
    if (systemId === undefined || !HEX_ID.test(systemId)) return null;
    const language = /^\/([a-z]{2})(?:\/|$)/.exec(page.pathname)?.[1] ?? 'vi';
    return `/${language}/dossier/search/${systemId}`;
  },
};
