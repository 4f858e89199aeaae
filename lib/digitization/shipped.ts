import shipped from './catalogue/phuong-xa-2026-09.json' with { type: 'json' };
import { type Catalogue, mergeCatalogues } from './catalogue.ts';
import type { CatalogueFile } from './schema.ts';

/** The catalogue that ships. Third-party copies of the national database; the file says what was read and what was not. */
export const SHIPPED_CATALOGUE = shipped as unknown as CatalogueFile;

let own: Catalogue | undefined;
/** The shipped catalogue, indexed on first use. */
export function shippedCatalogue(): Catalogue {
  own ??= mergeCatalogues([SHIPPED_CATALOGUE]);
  return own;
}
