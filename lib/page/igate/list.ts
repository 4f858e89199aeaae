import { BUILT_IN_HOSTS } from '../../hosts/index.ts';
import type { ListAdapter, ListReading, ReadContext } from '../adapter.ts';
import { pathOf } from '../cells.ts';
import { closestOf, type FindOptions, findTable, firstOf, tableIn, unknownRowsOf } from '../find.ts';
import { matchesPattern } from '../pattern.ts';
import { dossierRowsOf, readTableRows } from '../rows.ts';
import { fieldByClass } from './columns.ts';
import at from './data/selectors.json' with { type: 'json' };

const ID = 'igate';
/** When the selectors were last held against a page of this kind. */
const CHECKED_ON = '2026-11-22';
const HEX_ID = /^[0-9a-f]{24}$/;
const HEX_SEGMENT = /\/([0-9a-f]{24})(?:\/|$)/;

/** The dossier's id in an address: a path segment. The query holds ids of the procedure and the task. */
export function idInPath(path: string): string | undefined {
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

/** Is this a list of the family, even one that is only being drawn? */
export function isList(doc: Document, url: URL): boolean {
  if (!firstOf(doc, at.family)) return false;
  return findTable(doc, at.tables, options(byCodes(url))) !== null || doc.querySelector('.searchtbl') !== null;
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

/** The lists of VNPT iGate 2.0: all that a list page loads of this adapter. */
export const igateList: ListAdapter = {
  meta: { id: ID, label: 'iGate (một cửa Thành phố)', checkedOn: CHECKED_ON, hosts: BUILT_IN_HOSTS },

  container(doc) {
    const table = findTable(doc, at.tables, options(true));
    if (table === null) return doc.querySelector('.searchtbl');
    return closestOf(table.table, at.containers) ?? table.table.parentElement;
  },

  rowsOf,

  readRows,

  unwalkable: (doc) => (firstOf(doc, at.paginators) ? null : 'Trang này không có thanh chuyển trang.'),

  overlays: at.overlays,

  link({ systemId }, page) {
    if (systemId === undefined || !HEX_ID.test(systemId)) return null;
    const language = /^\/([a-z]{2})(?:\/|$)/.exec(page.pathname)?.[1] ?? 'vi';
    return `/${language}/dossier/search/${systemId}`;
  },
};
