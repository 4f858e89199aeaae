import type { Dossier } from '../schema/index.ts';

/**
 * A page adapter is a declaration: where a known system keeps its facts. It starts nothing, watches nothing and
 * never touches the page; one starter in the overlay runs all of them. Every reader takes `doc`, so that the same
 * code runs in Chromium, Firefox, happy-dom and the command line.
 */

export type PageKind = 'list' | 'detail' | 'none';

/** Fields whose presence on a page is counted for its health. */
export const HEALTH_FIELDS = ['code', 'procedure', 'receivedAt', 'dueAt', 'status'] as const;
export type HealthField = (typeof HEALTH_FIELDS)[number];

/** One row of a list: the record, and where the badge may go. */
export interface RowReading {
  record: Dossier;
  /** The host's row element. Only outlined or dimmed, never moved. */
  row: Element;
  /** The cell (or line) the badge is appended to, as its last child. */
  anchor: Element;
}

export interface ListReading {
  rows: RowReading[];
  /** Rows that are certainly rows of dossiers but gave no code. */
  unreadable: number;
  /** Which header gave which field, for the health panel. Missing = no such column. */
  columns: Partial<Record<HealthField, string>>;
  /** True while the host shows loading placeholders: not a fault, read again later. */
  loading: boolean;
}

export interface DetailReading {
  record: Dossier;
  /** The panel is put before this element. */
  anchor: Element;
}

export interface PagePosition {
  /** Counted from 1, when the paginator tells. */
  page: number | null;
  pages: number | null;
  total: number | null;
}

export interface Paginator {
  position: PagePosition;
  /** Null when there is no further page (or the control is disabled). */
  next: HTMLElement | null;
  previous: HTMLElement | null;
}

/** What it takes to put deadlines on a list. An adapter's detail pages are read by code that a list does not load. */
export interface ListAdapter {
  meta: {
    id: string;
    /** Shown in the popup. */
    label: string;
    /** When the selectors were last checked against a page, YYYY-MM-DD. */
    checkedOn: string;
    /** Match patterns of hosts that are built in; empty for families without a known host. */
    hosts: readonly string[];
  };
  /** The element that holds the rows and survives paging and sorting; the only one that is observed. */
  container(doc: Document): Element | null;
  /** The elements that are rows of dossiers below `container`, in page order; cheap, called at every change of structure. */
  rowsOf(container: Element): Element[];
  /**
   * Reads rows below `container`, in the order of the page. `only` limits the reading to some of `rowsOf`, because on a
   * page of 2,000 rows one changed row must not cost 2,000 readings; the header is read anew each time.
   */
  readRows(container: Element, context: ReadContext, only?: readonly Element[]): ListReading;
  /**
   * What the rows depend on outside the container, such as a page title that names their status. Asked before each pass;
   * when the answer changes, every row is read anew. Left out when rows stand for themselves.
   */
  outside?(container: Element): string;
  /** Why the pages of this list cannot be walked, in words; null when they can. */
  unwalkable(doc: Document): string | null;
  /** Where the host hangs its dialogs and menus, and how an open one is known. */
  overlays: { root: string; open: string };
  /** Path (and allowed query or hash) that opens a dossier, or null when the system has no such address. */
  link(record: Pick<Dossier, 'code' | 'systemId'>, page: URL): string | null;
}

export interface PageAdapter extends ListAdapter {
  /** What this page is. Cheap; called after navigation and when the container vanished. */
  detect(doc: Document, url: URL): PageKind;
  readDetail(doc: Document, context: ReadContext): DetailReading | null;
  /** The element whose subtree changes when a detail page changes; the only one observed there. */
  detailRoot(doc: Document): Element | null;
  /** The host's paginator; `reason` is that of `unwalkable`. */
  paginator(doc: Document): Paginator | { reason: string };
}

export interface PickedAdapter {
  adapter: PageAdapter;
  kind: Exclude<PageKind, 'none'>;
  /** This host has an adapter of its own, and it no longer recognises the page. */
  changed: boolean;
}

export interface ReadContext {
  url: URL;
  /** Epoch minutes of the reading. */
  readAt: number;
}
