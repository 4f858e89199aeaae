import type { SelectorRule } from '../find.ts';
import type { LabelRule } from '../labels.ts';

/**
 * Where the OpenCPS 2.1 staff front end (Vue 2, Vuetify 1) keeps its facts (protocol notes §5.3, §5.4; host-systems
 * notes §6b). Columns are server configuration: found by header words, never by place.
 */
export const CHECKED_ON = '2026-11-22';

/** The list, and the element that stays while its rows are replaced. Hidden dialogs hold other tables. */
export const CONTAINERS: readonly SelectorRule[] = [
  { css: '#table-dossier', since: '2023-04-26', why: 'id of the list in the public front end [V S11]' },
  { css: '.table-landing', since: '2023-04-26', why: 'class of the same element; the narrow screen has no id [V S11]' },
];

/** The list of a front end whose names have changed: the tables of its own content pane, if codes stand in them. */
export const CHANGED_CONTAINERS: readonly SelectorRule[] = [
  {
    css: '.onegate__fe .v-content .v-table__overflow',
    since: '2026-11-22',
    why: 'application class [V S11], Vuetify table',
  },
];

export const TABLES: readonly SelectorRule[] = [
  { css: 'table.v-datatable', since: '2023-04-26', why: 'Vuetify 1 data table' },
  { css: 'table', since: '2026-11-22', why: 'any table within the list' },
];

/** Menus and dialogs hang beside the application; the filer's block repeats labels in one of them. */
export const OUTSIDE = '.v-menu__content, .menuable__content, .v-dialog__content, .v-dialog';

export const PLACEHOLDERS = '.vue-content-placeholders, [class*="content-placeholders"]';

/** The title of the menu entry is the only word about the status of its rows. */
export const TITLES: readonly SelectorRule[] = [
  { css: '.row-header .background-triangle-big', since: '2023-04-26', why: 'wide screen [V S11]' },
  { css: '.row-header .text-bold', since: '2023-04-26', why: 'narrow screen [V S11]' },
  { css: '.background-triangle-big', since: '2026-11-22', why: 'the title box in a header row of another name' },
  { css: '.row-header', since: '2026-11-22', why: 'whatever the header row says' },
];

export const DETAIL_PANELS: readonly SelectorRule[] = [
  { css: '.form-chitiet', since: '2026-11-22', why: 'detail form, as rendered (protocol notes §5.4)' },
  { css: '.ext__form', since: '2023-04-26', why: 'panel "Thông tin chung hồ sơ" [V S11]' },
];

export const LABELS: readonly LabelRule[] = [
  {
    label: 'span.pr-2',
    value: '.text-bold',
    outside: OUTSIDE,
    since: '2026-11-22',
    why: 'label and value in one div.pb-1 (protocol notes §5.4)',
  },
  {
    label: '.pb-1 > span:first-child',
    value: 'span',
    outside: OUTSIDE,
    since: '2026-11-22',
    why: 'same without classes',
  },
];

export const PROCEDURE_TITLES: readonly SelectorRule[] = [
  { css: '.header_tools .text-bold[title]', since: '2026-11-22', why: 'heading with the full name as tooltip' },
  { css: '.header_tools .text-bold', since: '2026-11-22', why: 'heading' },
];

/** One paper: number and name in header__tphs, files as span.ml-1 with a date; filled only after a click on its tab. */
export const PARTS = '.form_alpaca';
export const PART_HEADER = '.header__tphs';
export const PART_FILE = 'span.ml-1';
export const PART_UPLOAD = '[title="Tải giấy tờ lên"], input[type="file"]';
export const PART_PANEL = '.v-expansion-panel__container, .v-expansion-panel > li';
export const PART_PANEL_HEADER = '.v-expansion-panel__header';

export const PAGINATORS: readonly SelectorRule[] = [
  { css: '.pagging-table ul.tiny-pagination', since: '2023-04-26', why: 'pager of the list [V S11]' },
  { css: 'ul.tiny-pagination', since: '2023-04-26', why: 'pager without its wrapper' },
];

export const OVERLAYS = {
  root: '[data-app]',
  open:
    '.v-dialog__content--active, .v-dialog--active, .v-overlay--active, ' +
    '.v-menu__content.menuable__content__active',
};
