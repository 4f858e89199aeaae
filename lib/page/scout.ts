import type { ListAdapter } from './adapter.ts';
import { findTable, firstOf } from './find.ts';
import generic from './generic/data/selectors.json' with { type: 'json' };
import { idInPath, igateList, isList } from './igate/list.ts';
import opencps from './opencps/data/selectors.json' with { type: 'json' };
import webforms from './webforms/data/selectors.json' with { type: 'json' };

/** What each other family's `detect` cannot do without. */
const SIGNS = [opencps.containers, opencps.changedContainers, opencps.detailPanels, webforms.family];

/**
 * `pickAdapter` for a page that carries the lists of the city's own host and nothing else. That list is claimed at once;
 * `more` says that something else may stand here, which only the whole registry can tell. Never null where it would pick.
 */
export function scout(doc: Document, url: URL): ListAdapter | 'more' | null {
  if (!doc.body) return null;
  // An address of one dossier: read by its labels, if it is one.
  if (idInPath(url.pathname) !== undefined) return 'more';
  if (isList(doc, url)) return igateList;
  if (SIGNS.some((rules) => firstOf(doc, rules))) return 'more';
  return findTable(doc, generic.tables, { outside: generic.outside }) ? 'more' : null;
}
