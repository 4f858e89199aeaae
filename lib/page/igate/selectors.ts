import type { SelectorRule } from '../find.ts';
import type { ComponentColumn, HeaderField } from '../headers.ts';
import type { LabelRule } from '../labels.ts';

/**
 * Where an iGate 2.0 page keeps its facts (host-systems notes §1.2, §1.3, §2.1, §6a). Ordered: the first that gives
 * something wins. A repair after a change of the host is a new line here with its date, not code.
 */
export const CHECKED_ON = '2026-11-22';

/** Tables that may be the list. */
export const TABLES: readonly SelectorRule[] = [
  {
    css: '.searchtbl [role="table"], .searchtbl table',
    since: '2025-08-20',
    why: 'result wrapper in a public HCMC script [V S3]',
  },
  {
    css: 'mat-table, table[mat-table], .cdk-table',
    since: '2026-11-22',
    why: 'cdk-* classes survive the move to MDC; never .mat-row alone',
  },
  {
    css: '.mat-table, .mat-mdc-table',
    since: '2026-11-22',
    why: 'legacy and MDC names, when the cdk class is stripped',
  },
];

/** What marks a page as one of this family, wherever it is hosted. */
export const FAMILY: readonly SelectorRule[] = [
  { css: 'mat-table, .cdk-table, .mat-table, .mat-mdc-table', since: '2026-11-22', why: 'Angular Material tables' },
  { css: '[class*="cdk-column-"], [class*="mat-column-"]', since: '2025-08-20', why: 'column classes [V S3]' },
  { css: '.searchtbl', since: '2025-08-20', why: 'wrapper that stays while the table is rebuilt [V S3]' },
];

/** The element around the table that survives sorting, paging and rebuilding. */
export const CONTAINERS: readonly SelectorRule[] = [
  { css: '.searchtbl', since: '2025-08-20', why: 'result wrapper [V S3]' },
  {
    css: 'app-list-search, app-list-processing',
    since: '2025-08-20',
    why: 'component root [V S3]; the second inferred',
  },
  { css: 'mat-sidenav-content, main', since: '2026-11-22', why: 'content pane' },
];

/** Shown while a list is fetched. */
export const BUSY = 'mat-progress-bar, .mat-progress-bar, .mat-mdc-progress-bar, mat-spinner';

/** Dialogs, menus and the like: no dossier of the page is in them. */
export const OUTSIDE = '.cdk-overlay-container, mat-dialog-container, .mat-menu-panel';

/** Fields by column class, for headers whose words are not known. `dueDate` is left out: its meaning is unconfirmed. */
const COLUMN_FIELDS: Readonly<Record<string, HeaderField>> = {
  code: 'code',
  dossierCode: 'code',
  nationCode: 'otherCode',
  procedureName: 'procedure',
  procedure: 'procedure',
  appliedDate: 'submittedAt',
  acceptedDate: 'receivedAt',
  appointmentDate: 'dueAt',
  completedDate: 'completedAt',
  status: 'status',
  dossierStatus: 'status',
  dossierTaskStatus: 'status',
  applicantName: 'private',
  applicant: 'private',
  owner: 'private',
  agency: 'unit',
  applyMethod: 'channel',
  action: 'action',
  stt: 'action',
};

const COLUMN_CLASS = /(?:^|\s)(?:cdk|mat)-column-([\w-]+)/;

export function fieldByClass(className: string): HeaderField | null {
  const name = COLUMN_CLASS.exec(className)?.[1];
  return name !== undefined && Object.hasOwn(COLUMN_FIELDS, name) ? (COLUMN_FIELDS[name] ?? null) : null;
}

const COMPONENT_FIELDS: Readonly<Record<string, ComponentColumn>> = { formName: 'name', type: 'kind', file: 'files' };

export function componentByClass(className: string): ComponentColumn | null {
  const name = COLUMN_CLASS.exec(className)?.[1];
  return name !== undefined && Object.hasOwn(COMPONENT_FIELDS, name) ? (COMPONENT_FIELDS[name] ?? null) : null;
}

export const LABELS: readonly LabelRule[] = [
  {
    label: '.lbl',
    value: '.val',
    outside: OUTSIDE,
    since: '2026-11-22',
    why: 'label and value of the detail page (notes §6a)',
  },
  { label: 'dt', value: 'dd', outside: OUTSIDE, since: '2026-11-22', why: 'definition lists' },
  {
    label: '[class*="label"]',
    value: '[class*="value"]',
    outside: OUTSIDE,
    since: '2026-11-22',
    why: 'renamed classes',
  },
  { label: 'label, strong, b', value: 'span, div, p', outside: OUTSIDE, since: '2026-11-22', why: 'no classes at all' },
  { label: 'strong, b', value: '', outside: OUTSIDE, since: '2026-11-22', why: 'value as plain text behind the label' },
];

export const PAPER_TABLES: readonly SelectorRule[] = [
  {
    css: 'mat-table, table[mat-table], .cdk-table',
    since: '2026-11-22',
    why: 'papers are a Material table [V S28, S29]',
  },
];
/** A paper has a place for its file: an upload block or a link; heading rows have neither [V S29]. */
export const PAPER_SLOT = '.uploadBtn, .btn_upload, input[type="file"]';
export const PAPER_FILE = 'a.file-name, a[href*="/fi/file/"], a[download]';

/** The block the panel is put before, and the one that changes when the page does. */
export const DETAIL_ANCHORS: readonly SelectorRule[] = [
  {
    css: 'mat-tab-group, .mat-tab-group, .mat-mdc-tab-group',
    since: '2026-11-22',
    why: 'tabs of the detail page (notes §6a)',
  },
  { css: 'mat-card, .mat-card, .mat-mdc-card', since: '2026-11-22', why: 'pages without tabs' },
];
export const DETAIL_ROOTS: readonly SelectorRule[] = [
  { css: 'app-dossier-detail, app-detail', since: '2026-11-22', why: 'component root, inferred' },
  { css: 'mat-sidenav-content, main', since: '2026-11-22', why: 'content pane' },
];

export const PAGINATORS: readonly SelectorRule[] = [
  { css: 'mat-paginator', since: '2026-11-22', why: 'element name, same in legacy and MDC' },
  { css: '.mat-paginator, .mat-mdc-paginator', since: '2026-11-22', why: 'class names' },
];
export const RANGE_LABELS: readonly SelectorRule[] = [
  { css: '.mat-paginator-range-label', since: '2026-11-22', why: 'legacy' },
  { css: '.mat-mdc-paginator-range-label', since: '2026-11-22', why: 'MDC' },
];
export const NEXT_BUTTONS: readonly SelectorRule[] = [
  {
    css: '.mat-paginator-navigation-next, .mat-mdc-paginator-navigation-next',
    since: '2026-11-22',
    why: 'both generations',
  },
  { css: 'button[aria-label="Trang sau"], button[aria-label="Next page"]', since: '2026-11-22', why: 'by its name' },
];
export const PREVIOUS_BUTTONS: readonly SelectorRule[] = [
  {
    css: '.mat-paginator-navigation-previous, .mat-mdc-paginator-navigation-previous',
    since: '2026-11-22',
    why: 'both generations',
  },
  {
    css: 'button[aria-label="Trang trước"], button[aria-label="Previous page"]',
    since: '2026-11-22',
    why: 'by its name',
  },
];
export const PAGE_SIZES: readonly SelectorRule[] = [
  { css: '.mat-paginator-page-size .mat-select-value-text', since: '2026-11-22', why: 'legacy select' },
  { css: '.mat-mdc-paginator-page-size .mat-mdc-select-value-text', since: '2026-11-22', why: 'MDC select' },
  {
    css: '.mat-paginator-page-size-value, .mat-mdc-paginator-page-size-value',
    since: '2026-11-22',
    why: 'one size only',
  },
];

export const OVERLAYS = {
  root: '.cdk-overlay-container',
  // Tooltips hang there too and are no reason to stop.
  open:
    '.cdk-overlay-container mat-dialog-container, .cdk-overlay-container .mat-dialog-container, ' +
    '.cdk-overlay-container .mat-mdc-dialog-container, .cdk-overlay-container .cdk-dialog-container, ' +
    '.cdk-overlay-container .mat-menu-panel, .cdk-overlay-container .mat-mdc-menu-panel, ' +
    '.cdk-overlay-container .mat-select-panel, .cdk-overlay-container .mat-mdc-select-panel, ' +
    '.cdk-overlay-container .mat-datepicker-content',
};
