import type { Dossier, DossierComponent } from '../../schema/index.ts';
import { fold } from '../../text/index.ts';
import type { ListReading, PageAdapter, PageKind, Paginator, ReadContext } from '../adapter.ts';
import { isBlock, readBlocks } from '../blocks.ts';
import { linesOf, textOf } from '../cells.ts';
import { extensionOf } from '../components.ts';
import { buildDetail } from '../detail.ts';
import { type FindOptions, firstOf, tableIn, unknownRowsOf } from '../find.ts';
import { type LabelMap, readLabels } from '../labels.ts';
import { pressable } from '../paging.ts';
import { dossierRowsOf, type RowOptions, readTableRows } from '../rows.ts';
import { bodyRowsOf, type TableShape } from '../table.ts';
import { titleStatus } from '../title.ts';
import { readProcedure } from '../values.ts';
import at from './data/selectors.json' with { type: 'json' };

const ID = 'opencps';
/** When the selectors were last held against a page of this kind. */
const CHECKED_ON = '2026-11-22';
const UNWALKABLE = 'Trang này không có thanh chuyển trang.';
const DETAIL_ROUTE = /\/danh-sach-ho-so\/([^/?]+)\/chi-tiet-ho-so\/(\d+)/;
const LIST_ROUTE = /\/danh-sach-ho-so\/([^/?]+)/;

const FIND: FindOptions = { outside: at.outside, byCodes: true };

function panelOf(doc: Document): Element | null {
  return firstOf(doc, at.detailPanels);
}

function labelsOf(doc: Document): LabelMap {
  const panel = panelOf(doc);
  return panel === null ? new Map() : readLabels(panel, at.labels, at.outside);
}

/** The list's element; on a page whose names have changed, the table of the content pane that holds codes. */
function containerOf(doc: Document): Element | null {
  for (const { css } of at.containers) {
    for (const list of doc.querySelectorAll(css)) if (list.closest(at.outside) === null) return list;
  }
  for (const { css } of at.changedContainers) {
    for (const pane of doc.querySelectorAll(css)) {
      if (pane.closest(at.outside) === null && tableIn(pane, at.tables, FIND)) return pane;
    }
  }
  return null;
}

function detect(doc: Document, url: URL): PageKind {
  if (!doc.body) return 'none';
  if (DETAIL_ROUTE.test(url.hash)) return labelsOf(doc).has('code') ? 'detail' : 'none';
  return containerOf(doc)?.querySelector('table') ? 'list' : 'none';
}

function rowOptions(container: Element, portion: boolean): RowOptions {
  return { adapter: ID, pageStatus: titleStatus(container, at.titles, portion), weakDue: false };
}

interface Layout {
  kind: 'columns' | 'blocks' | 'unknown' | 'loading';
  shape: TableShape | null;
  rows: Element[];
}

/** Wide screen, narrow screen, or neither; and the rows. `only` saves looking for them when they are given. */
function layoutOf(container: Element, only?: readonly Element[]): Layout {
  const shape = tableIn(container, at.tables, FIND);
  if (shape !== null && shape.columns.index.code !== undefined) {
    if (isLoading(only ?? bodyRowsOf(shape, 1))) return { kind: 'loading', shape, rows: [] };
    return { kind: 'columns', shape, rows: only ? [...only] : dossierRowsOf(shape) };
  }
  const rows = only ? [...only] : unknownRowsOf(container, at.tables);
  if (isLoading(rows)) return { kind: 'loading', shape: null, rows: [] };
  if (rows.some(isBlock)) return { kind: 'blocks', shape: null, rows };
  return { kind: shape === null ? 'unknown' : 'columns', shape, rows };
}

/** Placeholders come in all cells at once, so one row tells. */
function isLoading([first]: readonly Element[]): boolean {
  return first !== undefined && first.querySelector(at.placeholders) !== null;
}

function readRows(container: Element, context: ReadContext, only?: readonly Element[]): ListReading {
  const nothing: ListReading = { rows: [], unreadable: 0, columns: {}, loading: false };
  const { kind, shape, rows } = layoutOf(container, only);
  if (kind === 'loading') return { ...nothing, loading: true };
  const options = rowOptions(container, only !== undefined);
  if (kind === 'blocks') return readBlocks(rows, context, options);
  return shape === null ? { ...nothing, unreadable: rows.length } : readTableRows(shape, context, options, rows);
}

/** True for the panel of results ("II. Kết quả xử lý"): what is in it was not handed in. */
function isResult(part: Element): boolean {
  const header = part.closest(at.partPanel)?.querySelector(at.partPanelHeader);
  return header !== null && header !== undefined && fold(textOf(header)).includes('ket qua');
}

const FILE_DATE = /\d{2}\/\d{2}\/\d{4}/;

/** The papers of the files tab, when it has been opened; undefined before, because nothing is there yet. */
function componentsOf(panel: Element): DossierComponent[] | undefined {
  const parts = [...panel.querySelectorAll(at.parts)].filter((part) => !isResult(part));
  // Where papers can be handed in, a part without that button is a heading. On a page to look at, none has it.
  const takesFiles = parts.some((part) => part.querySelector(at.partUpload) !== null);
  const components: DossierComponent[] = [];
  for (const part of parts) {
    const words = [...part.querySelectorAll(at.partHeader)].map(textOf).join(' ');
    const name = words.replace(/^\s*[\d.]+\s*/, '').trim();
    const files = [...part.querySelectorAll(at.partFile)].map(textOf).filter((text) => FILE_DATE.test(text));
    const isHeading = takesFiles && files.length === 0 && part.querySelector(at.partUpload) === null;
    if (name === '' || isHeading) continue;
    components.push({
      name: name.slice(0, 600),
      required: /\(\s*\*\s*\)/.test(name),
      state: files.length > 0 ? 'present' : 'unknown',
      files: files.slice(0, 200).map((text) => {
        const type = extensionOf(text.replace(/\s+-\s+\d{2}\/\d{2}\/\d{4}.*$/s, ''));
        return type === undefined ? {} : { type };
      }),
    });
  }
  return components.length > 0 ? components.slice(0, 300) : undefined;
}

function procedureOf(doc: Document): Dossier['procedure'] {
  const heading = firstOf(doc, at.procedureTitles);
  return heading === null ? {} : readProcedure(linesOf(heading).join(' '), heading.getAttribute('title'));
}

const NEXT = /^(?:chevron_right|navigate_next|sau|tiếp|tiếp theo|trang sau|next|›|>|»)$/i;
const PREVIOUS = /^(?:chevron_left|navigate_before|trước|trang trước|previous|‹|<|«)$/i;

/** Words of a button, ligatures of its icon included: here the icon is the name. */
const nameOf = (button: Element) => (button.textContent ?? '').normalize('NFC').trim();

/** Page numbers: one number alone is the page; of several the active one is. */
function position(list: Element, doc: Document, next: HTMLElement | null): Paginator['position'] {
  const numbers = [...list.querySelectorAll('.page-item')].filter((item) => /^\d+$/.test(nameOf(item)));
  const active = numbers.length === 1 ? numbers[0] : numbers.find((item) => /\bactive\b/.test(item.className));
  const page = active === undefined ? null : Number(nameOf(active));
  const words = list.closest('.pagging-table')?.textContent ?? '';
  const count = /Tổng số\s*([\d.,]+)/.exec(words.normalize('NFC'))?.[1];
  const total = count === undefined ? null : Number(count.replace(/[.,]/g, ''));
  if (next === null) return { page, pages: page, total };
  // A page that is not the last is full, so its rows are the page size.
  const container = containerOf(doc);
  const rows = container === null ? 0 : layoutOf(container).rows.length;
  return { page, pages: total !== null && rows > 0 ? Math.ceil(total / rows) : null, total };
}

/**
 * OpenCPS 2.1 and its relatives. Columns come from the server's configuration, several moments share one cell, rows
 * have no link and no id, and only the title says the status.
 */
export const opencps: PageAdapter = {
  meta: { id: ID, label: 'OpenCPS (một cửa điện tử)', checkedOn: CHECKED_ON, hosts: [] },

  detect,

  container: containerOf,

  rowsOf(container) {
    return layoutOf(container).rows;
  },

  readRows,

  outside: (container) => String(titleStatus(container, at.titles)?.code),

  readDetail(doc, context) {
    const panel = panelOf(doc);
    if (panel === null) return null;
    const record = buildDetail(labelsOf(doc), context, {
      adapter: ID,
      systemId: DETAIL_ROUTE.exec(context.url.hash)?.[2],
      procedure: procedureOf(doc),
      components: componentsOf(panel),
    });
    return record === null ? null : { record, anchor: panel };
  },

  detailRoot(doc) {
    const panel = panelOf(doc);
    return panel?.parentElement ?? panel;
  },

  unwalkable: (doc) => (firstOf(doc, at.paginators) ? null : UNWALKABLE),

  paginator(doc) {
    const list = firstOf(doc, at.paginators);
    if (list === null) return { reason: UNWALKABLE };
    const buttons = [...list.querySelectorAll('.page-item button')];
    const next = pressable(buttons.find((button) => NEXT.test(nameOf(button))) ?? null);
    const previous = pressable(buttons.find((button) => PREVIOUS.test(nameOf(button))) ?? null);
    return { position: position(list, doc, next), next, previous };
  },

  overlays: at.overlays,

  link({ systemId }, page) {
    const index = LIST_ROUTE.exec(page.hash)?.[1];
    if (index === undefined || systemId === undefined || !/^\d+$/.test(systemId)) return null;
    return `${page.pathname}#/danh-sach-ho-so/${encodeURIComponent(index)}/chi-tiet-ho-so/${systemId}`;
  },
};
