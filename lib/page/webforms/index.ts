import type { DossierComponent } from '../../schema/index.ts';
import type { PageAdapter, PageKind } from '../adapter.ts';
import { readComponents } from '../components.ts';
import { buildDetail } from '../detail.ts';
import { closestOf, type FindOptions, findTable, firstOf, tableIn, unknownRowsOf } from '../find.ts';
import { type LabelMap, readLabelRows } from '../labels.ts';
import { dossierRowsOf, readTableRows } from '../rows.ts';
import { readSupplements } from '../supplements.ts';
import type { TableShape } from '../table.ts';
import { titleStatus } from '../title.ts';
import { readCodeCell } from '../values.ts';
import at from './data/selectors.json' with { type: 'json' };

const ID = 'webforms';
/** When the selectors were last held against a page of this kind. */
const CHECKED_ON = '2026-11-22';
const UNWALKABLE =
  'Trang này chuyển trang bằng cách gửi lại cả biểu mẫu cho máy chủ (postback). Đúng Hẹn không tự gửi biểu mẫu ' +
  'thay cán bộ, nên chỉ đếm các hồ sơ trên trang đang xem.';
/** Grids by their usual names first, then any table whose header has the words. */
const TABLES = [...at.grids, ...at.tables];
const FIND: FindOptions = { outside: at.outside, byCodes: true };

/** `id=55123` of a link's query; the link may be relative, and post-back links have none. */
function idOfLink(link: Element): string | undefined {
  const href = link.getAttribute('href') ?? '';
  if (/^\s*javascript:/i.test(href)) return undefined;
  return /[?&]id=([\w-]{1,80})(?:&|#|$)/i.exec(href)?.[1];
}

function systemIdOf(row: Element): string | undefined {
  const own = row.getAttribute('data-item_id');
  if (own) return own.slice(0, 80);
  for (const link of row.getElementsByTagName('a')) {
    const id = idOfLink(link);
    if (id !== undefined) return id;
  }
  return undefined;
}

interface LabelTable {
  table: Element;
  labels: LabelMap;
}

/** More rows than this are a grid, not the labels of one dossier. */
const LABEL_ROWS_AT_MOST = 80;

/** The table of labels of a detail page: a code that is one (a search form has only boxes), and two more labels. */
function labelTable(doc: Document): LabelTable | null {
  for (const table of doc.querySelectorAll('table')) {
    if (table.closest(at.outside) || table.rows.length > LABEL_ROWS_AT_MOST) continue;
    const labels = readLabelRows([...table.rows].filter((row) => row.closest('table') === table));
    const code = labels.get('code');
    if (code && labels.size >= 3 && readCodeCell(code.lines)) return { table, labels };
  }
  return null;
}

function detect(doc: Document, url: URL): PageKind {
  if (!doc.body || !firstOf(doc, at.family)) return 'none';
  if (url.searchParams.has('id') && labelTable(doc)) return 'detail';
  if (findTable(doc, TABLES, { outside: at.outside })) return 'list';
  if (labelTable(doc)) return 'detail';
  // All words are new, but in a grid of this family there are codes: a list that has changed.
  return findTable(doc, at.grids, FIND) ? 'list' : 'none';
}

/** The list by its words; failing that, a grid of this family with codes in it. */
function gridIn(root: Document | Element): TableShape | null {
  if (root.nodeType === 9) {
    return findTable(root, TABLES, { outside: at.outside }) ?? findTable(root, at.grids, FIND);
  }
  const container = root as Element;
  return tableIn(container, TABLES, { outside: at.outside }) ?? tableIn(container, at.grids, FIND);
}

function componentsOf(doc: Document): DossierComponent[] | undefined {
  for (const table of doc.querySelectorAll('table')) {
    const components = readComponents(table, { file: at.fileLinks, slot: '', skipEmpty: true });
    if (components !== null) return components;
  }
  return undefined;
}

/**
 * Server-rendered one-stop software of the ASP.NET Web Forms kind, and the PHP grids that look like it. Dates have no
 * time of day; whole pages come and go by post-back, which is never triggered from here.
 */
export const webforms: PageAdapter = {
  meta: { id: ID, label: 'Một cửa kiểu cũ (ASP.NET, e-par)', checkedOn: CHECKED_ON, hosts: [] },

  detect,

  container(doc) {
    const table = gridIn(doc)?.table;
    if (table === undefined) return null;
    return closestOf(table, at.containers) ?? table.parentElement;
  },

  rowsOf(container) {
    const shape = gridIn(container);
    return shape === null ? unknownRowsOf(container, TABLES) : dossierRowsOf(shape);
  },

  readRows(container, context, only) {
    const shape = gridIn(container);
    if (shape === null) {
      const unreadable = only?.length ?? unknownRowsOf(container, TABLES).length;
      return { rows: [], unreadable, columns: {}, loading: false };
    }
    const hasStatus = (shape.columns.match.status?.score ?? 0) > 2;
    const pageStatus = hasStatus ? null : titleStatus(container, at.titles);
    return readTableRows(shape, context, { adapter: ID, systemId: systemIdOf, pageStatus }, only);
  },

  readDetail(doc, context) {
    const found = labelTable(doc);
    if (found === null) return null;
    const record = buildDetail(found.labels, context, {
      adapter: ID,
      systemId: /^[\w-]{1,80}$/.exec(context.url.searchParams.get('id') ?? '')?.[0],
      components: componentsOf(doc),
      supplements: readSupplements(doc, at.outside, context.readAt),
    });
    return record === null ? null : { record, anchor: found.table };
  },

  detailRoot(doc) {
    const table = labelTable(doc)?.table;
    return table === undefined ? null : (closestOf(table, at.containers) ?? table.parentElement);
  },

  unwalkable: () => UNWALKABLE,

  paginator: () => ({ reason: UNWALKABLE }),

  overlays: at.overlays,

  link({ systemId }, page) {
    if (systemId === undefined || !/\.aspx$/i.test(page.pathname)) return null;
    return page.pathname.replace(/[^/]*$/, `ChiTiet.aspx?id=${encodeURIComponent(systemId)}`);
  },
};
