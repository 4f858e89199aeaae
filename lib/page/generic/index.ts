import type { PageAdapter } from '../adapter.ts';
import { type FindOptions, findTable, tableIn } from '../find.ts';
import { dossierRowsOf, readTableRows } from '../rows.ts';
import at from './data/selectors.json' with { type: 'json' };

const ID = 'generic';
/** When the selectors were last held against a page of this kind. */
const CHECKED_ON = '2026-11-22';
const UNWALKABLE = 'Chưa có bộ đọc riêng cho trang này, nên Đúng Hẹn không biết nút chuyển trang của nó.';
const FIND: FindOptions = { outside: at.outside };

/**
 * The last resort: a table whose header has at least three words that we know, one of them a code or a promised date,
 * and whose rows bear it out. For hosts without an adapter, and for hosts whose markup has changed. It knows no
 * detail page, no address and no paginator, and does not pretend to.
 */
export const generic: PageAdapter = {
  meta: { id: ID, label: 'Bảng bất kỳ (nhận theo tiêu đề cột)', checkedOn: CHECKED_ON, hosts: [] },

  detect: (doc) => (doc.body && findTable(doc, at.tables, FIND) ? 'list' : 'none'),

  container(doc) {
    const table = findTable(doc, at.tables, FIND)?.table;
    return table?.parentElement ?? null;
  },

  rowsOf(container) {
    const shape = tableIn(container, at.tables, FIND);
    return shape === null ? [] : dossierRowsOf(shape);
  },

  readRows(container, context, only) {
    const shape = tableIn(container, at.tables, FIND);
    if (shape === null) return { rows: [], unreadable: only?.length ?? 0, columns: {}, loading: false };
    return readTableRows(shape, context, { adapter: ID }, only);
  },

  readDetail: () => null,

  detailRoot: () => null,

  unwalkable: () => UNWALKABLE,

  paginator: () => ({ reason: UNWALKABLE }),

  overlays: {
    root: 'body',
    open: 'dialog[open], [role="dialog"][aria-modal="true"], .modal.show, .modal.in',
  },

  link: () => null,
};
