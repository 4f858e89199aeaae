import type { Dossier } from '../schema/index.ts';
import type { ListReading, PageAdapter, PageKind, ReadContext } from './adapter.ts';
import { healthOf, type PageHealth } from './health.ts';
import { pickAdapter } from './registry.ts';

/** A whole page read once, for a saved page; the overlay reads in portions instead. */
export interface PageReading {
  adapter: PageAdapter | null;
  kind: PageKind;
  /** The host has an adapter of its own and it no longer recognises the page. */
  changed: boolean;
  records: Dossier[];
  unreadable: number;
  loading: boolean;
  health: PageHealth | null;
}

const NOTHING: PageReading = {
  adapter: null,
  kind: 'none',
  changed: false,
  records: [],
  unreadable: 0,
  loading: false,
  health: null,
};

function listOf(adapter: PageAdapter, doc: Document, kind: PageKind, context: ReadContext): ListReading | null {
  if (kind === 'list') {
    const container = adapter.container(doc);
    return container && adapter.readRows(container, context);
  }
  const detail = adapter.readDetail(doc, context);
  if (detail === null) return { rows: [], unreadable: 1, columns: {}, loading: false };
  const { record, anchor } = detail;
  return { rows: [{ record, row: anchor, anchor }], unreadable: 0, columns: {}, loading: false };
}

/** Reads a page with the adapter that claims it, or with the one that is asked for. */
export function readPage(doc: Document, context: ReadContext, forced?: PageAdapter): PageReading {
  const picked = forced
    ? { adapter: forced, kind: forced.detect(doc, context.url), changed: false }
    : pickAdapter(doc, context.url);
  if (picked === null || picked.kind === 'none') return { ...NOTHING, adapter: forced ?? null };
  const list = listOf(picked.adapter, doc, picked.kind, context);
  if (list === null) return { ...NOTHING, adapter: picked.adapter };
  return {
    ...picked,
    records: list.rows.map((row) => row.record),
    unreadable: list.unreadable,
    loading: list.loading,
    health: healthOf(list),
  };
}
