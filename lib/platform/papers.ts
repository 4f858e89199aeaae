import { type Catalogue, mergeCatalogues, SHIPPED_CATALOGUE } from '../digitization/index.ts';
import { readSetting, watchSettings } from './settings.ts';

let kept: Promise<Catalogue> | undefined;

/** The catalogue that this unit judges by; indexed once, and again when an admin imports another. */
export function readCatalogue(): Promise<Catalogue> {
  if (!kept) {
    kept = readSetting('catalogues').then((files) => mergeCatalogues([SHIPPED_CATALOGUE, ...files]));
    const stop = watchSettings((name) => {
      if (name !== 'catalogues') return;
      kept = undefined;
      stop();
    });
  }
  return kept;
}
