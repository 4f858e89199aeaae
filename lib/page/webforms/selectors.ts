import type { SelectorRule } from '../find.ts';

/**
 * Where server-rendered pages keep their facts: ASP.NET Web Forms GridViews and the e-par grids in the same manner
 * (host-systems notes §6c). The grid is found by the words of its header, never by its id.
 */
export const CHECKED_ON = '2026-11-22';

/** What marks a page as one of this family. */
export const FAMILY: readonly SelectorRule[] = [
  {
    css: '#aspnetForm, input[name="__VIEWSTATE"]',
    since: '2026-11-22',
    why: 'every Web Forms page has its state [S58]',
  },
  { css: 'a[href*="__doPostBack"]', since: '2026-11-22', why: 'post-back links, when the state field was stripped' },
  { css: 'table.adminlist', since: '2015-01-01', why: 'e-par grid [V S12]' },
];

/** Grids as this family names them: here a column of codes is enough, even when every word of the header is new. */
export const GRIDS: readonly SelectorRule[] = [
  {
    css: 'table.Grid, table[id*="grv"], table[id*="Grid"]',
    since: '2026-11-22',
    why: 'usual names of a GridView [S58]',
  },
  { css: 'table.adminlist', since: '2015-01-01', why: 'e-par grid [V S12]' },
];

export const TABLES: readonly SelectorRule[] = [
  ...GRIDS,
  { css: 'table', since: '2026-11-22', why: 'any table whose header has the words' },
];

/** Update panels stay when a partial post-back replaces what is in them. */
export const CONTAINERS: readonly SelectorRule[] = [
  { css: '[id*="UpdatePanel"]', since: '2026-11-22', why: 'partial post-backs' },
];

export const OUTSIDE = '.ui-dialog, .modalPopup, .ModalPopup';

/** Titles that may name the status of all rows. */
export const TITLES: readonly SelectorRule[] = [
  {
    css: '.tieude, .TieuDe, .title, .page-title, .page-header',
    since: '2026-11-22',
    why: 'title line of the page (notes §6c)',
  },
  { css: 'h1, h2, h3, legend', since: '2026-11-22', why: 'headings' },
  { css: 'title', since: '2026-11-22', why: 'title of the document' },
];

export const FILE_LINKS = 'a[href]';

export const OVERLAYS = {
  root: 'body',
  open:
    '.ui-dialog:not([style*="display: none"]), .modalPopup:not([style*="display: none"]):not([style*="display:none"]), ' +
    'dialog[open]',
};
