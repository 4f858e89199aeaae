import type { SelectorRule } from '../find.ts';

/** Any table at all: this adapter knows no host, only words. */
export const CHECKED_ON = '2026-11-22';

export const TABLES: readonly SelectorRule[] = [
  {
    css: 'table, [role="table"], [role="grid"], mat-table, .cdk-table',
    since: '2026-11-22',
    why: 'native and ARIA tables',
  },
];

/** Tables in dialogs and menus are not the list of a page. */
export const OUTSIDE =
  'dialog, [role="dialog"], [role="menu"], .modal, .v-dialog, .v-dialog__content, .cdk-overlay-container, ' +
  '.ui-dialog, .ant-modal-root, [aria-hidden="true"]';
